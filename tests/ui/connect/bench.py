"""A connections dialog on fake connections, worked as a person works it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from PySide6.QtWidgets import QWidget

from hoga.app.words import words
from hoga.base.message import Language
from hoga.base.tasks import TaskOwner
from hoga.trading.connections import Field
from hoga.ui.connect import Site
from hoga.ui.connect.asking import DeleteDialog, UnlockDialog
from hoga.ui.connect.dialog import ConnectionsDialog
from hoga.ui.connect.form import ConnectionForm
from tests.support.fake_connections import FakeConnections

KEY, SECRET, ACCOUNT = "PS" + "k" * 34, "s" * 180, "12345678-01"


class Bench:
    def __init__(self, fake: FakeConnections, dialog: ConnectionsDialog) -> None:
        self.fake = fake
        self.dialog = dialog

    @property
    def form(self) -> ConnectionForm:
        return self.dialog.form_page.form

    @property
    def asking(self) -> UnlockDialog | DeleteDialog:
        asked = self.dialog.asking
        assert asked is not None
        return asked

    @property
    def digits(self) -> UnlockDialog:
        assert isinstance(self.asking, UnlockDialog)
        return self.asking

    def press(self, id: str) -> None:
        self.dialog.overview.buttons[id].click()

    def type(self, of: Field, text: str) -> None:
        self.form.fields.lines[of].edit.setText(text)

    def note(self, of: Field) -> str:
        return self.form.fields.notes[of].text()

    def fill(self) -> None:
        for of, text in ((Field.APP_KEY, KEY), (Field.APP_SECRET, SECRET), (Field.ACCOUNT, ACCOUNT)):
            self.type(of, text)
        self.type(Field.HTS_ID, "hong12")

    def shows(self, page: QWidget) -> bool:
        return self.dialog.pages.currentWidget() is page

    async def sees(self, holds: Callable[[], object]) -> None:
        for _ in range(500):
            if holds():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("did not appear")


@asynccontextmanager
async def at_the_list(fake: FakeConnections, language: Language = Language.EN) -> AsyncIterator[Bench]:
    failed: list[BaseException] = []
    tasks = TaskOwner("test", lambda _name, error: failed.append(error))
    site = Site(fake, tasks, words, language)
    dialog = ConnectionsDialog(site)
    try:
        dialog.open_list()
        yield Bench(fake, dialog)
    finally:
        dialog.close()
        await tasks.aclose()
        dialog.deleteLater()
        site.deleteLater()
    assert not failed, failed
