"""When no connection is open at the start: why, and the connections themselves, to be mended before there is a desk."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QApplication

from hoga.app.connections import NothingOpen, OpenConnections, ShownConnection, first_shown
from hoga.app.words import words
from hoga.base.message import Language
from hoga.base.tasks import TaskOwner
from hoga.trading.connections import Standing
from hoga.ui.connect import Site
from hoga.ui.opening import Answer, Opening
from hoga.ui.theme.tokens import Scheme

_HALF_LIGHT = 128


async def shown_or_mended(connections: OpenConnections, opening: Opening, language: Language) -> ShownConnection | None:
    """The connection to show first. While none is open a person may try again or mend them; None: they left."""
    while True:
        try:
            return await first_shown(connections)
        except NothingOpen as error:
            answer = await opening.ask(words(error.message, language), may_mend=True)
        if answer is Answer.LEAVE:
            return None
        if answer is Answer.CONNECTIONS:
            await mended(connections, opening, language)
        else:
            await _again(connections)
        opening.working()


async def _again(connections: OpenConnections) -> None:
    for row in connections.all():
        if row.standing is Standing.FAILED:
            await connections.enable(row.details.key, True)


async def mended(connections: OpenConnections, opening: Opening, language: Language) -> None:
    """Show the connections until one of them is open, or the person closes the dialog."""
    from hoga.ui.connect.dialog import ConnectionsDialog

    tasks = TaskOwner("connections dialog")
    site = Site(connections, tasks, words, language, _scheme())
    dialog = ConnectionsDialog(site)
    over = asyncio.Event()
    dialog.finished.connect(over.set)

    def look() -> None:
        if any(row.standing is Standing.OPEN for row in connections.all()):
            over.set()

    deaf = connections.subscribe(look)
    try:
        dialog.open_list()
        await over.wait()
    finally:
        deaf()
        dialog.close()
        await tasks.aclose()
        dialog.deleteLater()
        site.deleteLater()


def _scheme() -> Scheme:
    """As the system looks: a window with its own preferences is not there yet."""
    ground = QApplication.palette().window().color()
    return Scheme.DARK if ground.lightness() < _HALF_LIGHT else Scheme.LIGHT
