"""The desk in a window: opens the parts behind a small opening window, shows the desk, and takes all of it down.

One task lives as long as the desk. Closing the window sets an event; that task then ends what it began, in reverse.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtWidgets import QApplication

from hoga.app.connections import open_connections
from hoga.app.foresight import foreseen
from hoga.app.options import SETTINGS, DeskOptions
from hoga.app.start import STATE, application, load_later, load_the_rest, run
from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.storage.errors import FolderLocked, StorageError
from hoga.ui.app_look import application_font, choose_font
from hoga.ui.i18n import Translators
from hoga.ui.opening import Answer, Opening
from hoga.ui.settings_file import SettingsFile
from hoga.ui.shell import Shell

__all__ = ["Left", "application", "live", "run"]

_log = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PRICE_PATIENCE = 0.5
"""Wire seconds that all that can wait goes after the first live price, which may not come."""
Show = Callable[[QApplication, DeskOptions, Opening, Translators], Coroutine[Any, Any, "Left"]]


async def live(
    app: QApplication,
    options: DeskOptions,
    language: Language | None,
    replay: Path | None = None,
    shell: Shell | None = None,
) -> int:
    """Show the desk until it is left; returns the exit code. ``shell``: the window that is seen already."""
    settings = SettingsFile(options.desk / SETTINGS)
    if language is not None:
        settings.change(language=language)
    app.setFont(application_font(choose_font(), settings.now.font_percent))
    translators = Translators(app)
    opening = Opening(shell)
    if shell is None:
        opening.show()
    else:
        shell.closing.connect(opening.left.set)
    first: Show = partial(_desk, shell) if replay is None else partial(_replaying, replay)
    show = first
    try:
        while True:
            translators.use(settings.now.language)
            try:
                left = await _until_left(show(app, options, opening, translators), opening)
                if left is not Left.REOPENING:
                    return 0
                show = first
            except StorageError as error:
                _log.error("the desk could not be opened: %s", error.message)
                translators.use(settings.now.language)
                locked = isinstance(error, FolderLocked)
                answer = await opening.ask(words(error.message, settings.now.language), may_look=locked)
                if answer is Answer.LEAVE:
                    return 1
                show = _looking if answer is Answer.LOOK else first
            opening.working()
    finally:
        translators.close()
        opening.deleteLater()
        if shell is not None and shiboken6.isValid(shell):
            shell.close_for_good()  # no desk came, or none that is shown in it


class Left(Enum):
    """How a window was left."""

    ENDED = "ended"
    REOPENING = "reopening"
    """To open the desk properly in its place."""


async def _until_left(shown: Coroutine[Any, Any, Left], opening: Opening) -> Left:
    """Return when the window was left, or the person did not wait for it. Raises why it could not be opened."""
    desk = asyncio.create_task(shown, name="desk")
    with _asked_to_end(desk.cancel):
        opening.left.clear()
        gone = asyncio.create_task(opening.left.wait(), name="opening left")
        try:
            await asyncio.wait((desk, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and opening.isHidden() and not desk.done():
                desk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                return await desk
            return Left.ENDED
        finally:
            gone.cancel()
            desk.cancel()
            await asyncio.gather(gone, desk, return_exceptions=True)


async def _desk(
    shell: Shell | None, app: QApplication, options: DeskOptions, opening: Opening, translators: Translators
) -> Left:
    expected = foreseen(shell.state) if shell is not None else ()
    async with open_connections(options, foreseen=expected) as connections:
        await load_the_rest()
        from hoga.app.desk_window import price_seen
        from hoga.app.desks_view import DesksView
        from hoga.app.mending import shown_or_mended

        shown = await shown_or_mended(connections, opening, translators.language)
        if shown is None:
            return Left.ENDED
        translators.close()  # from here on the desk's preferences say which language
        view = DesksView(app, connections, shown, options.desk / SETTINGS, options.desk / STATE, shell=shell)
        if shell is not None:
            shell.closing.disconnect(opening.left.set)
        try:
            view.show()
            opening.hide()
            if view.face is not None:
                await price_seen(view.face.context, _PRICE_PATIENCE)
            await load_later()
            connections.let_go()
            await view.left.wait()
        finally:
            await view.aclose()
    return Left.ENDED


async def _looking(app: QApplication, options: DeskOptions, opening: Opening, translators: Translators) -> Left:
    """A window that only looks on. Where it stands and what it shows is not kept: that is the other window's."""
    from hoga.app.desk_window import DeskView
    from hoga.app.looking_on import looking_on

    async with looking_on(options) as looked_on:
        translators.close()
        view = DeskView(app, looked_on, options.desk / SETTINGS, None)
        left = Left.ENDED

        def reopen() -> None:
            nonlocal left
            left = Left.REOPENING
            view.left.set()

        def freed() -> None:
            free = looked_on.free
            view.context.offer_reopening(Message("READ_ONLY_FREE") if free else None, reopen if free else None)

        deaf = looked_on.listen(freed)
        try:
            view.show()
            opening.hide()
            await view.left.wait()
        finally:
            deaf()
            await view.aclose()
    if left is Left.REOPENING:
        opening.show()
    return left


async def _replaying(
    path: Path, app: QApplication, options: DeskOptions, opening: Opening, translators: Translators
) -> Left:
    """A window that plays a recording. Where it stands is not kept, as with one that looks on."""
    from hoga.app.desk_window import DeskView
    from hoga.app.replaying import replaying

    async with replaying(path) as replayed:
        translators.close()
        view = DeskView(app, replayed, options.desk / SETTINGS, None)
        try:
            view.context.select(next(iter(replayed.player.tape.listings)))
            view.show()
            opening.hide()
            if opening.instead_of is not None:
                opening.instead_of.hide()
            replayed.player.start()
            await view.left.wait()
        finally:
            await view.aclose()
    return Left.ENDED


@contextmanager
def _asked_to_end(end: Callable[[], object]) -> Iterator[None]:
    """Ctrl+C in the terminal and a polite kill close the window like its own button does."""
    loop = asyncio.get_running_loop()
    before = {one: signal.signal(one, lambda *_: loop.call_soon_threadsafe(end)) for one in _SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
