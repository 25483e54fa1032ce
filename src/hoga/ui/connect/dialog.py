"""The connections of the desk in one window: the list, one to fill in, keys out of a file, a test. Opened, never run.

It holds no connection and no secret of its own: what is typed is gone from its fields when it is saved, left or closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hoga.base.secret_store import SecretStoreError, StoreState
from hoga.base.tasks import Busy
from hoga.domain.accounts import Stakes
from hoga.trading.connections import Connection, ConnectionRefused, Details, Draft, Key, Standing, Step
from hoga.trading.key_fields import cleaned
from hoga.trading.key_files import Found
from hoga.ui.connect.asking import DeleteDialog, UnlockDialog
from hoga.ui.connect.form_page import FormPage
from hoga.ui.connect.import_page import ImportPage, dropped_file
from hoga.ui.connect.look import Note
from hoga.ui.connect.overview import Overview
from hoga.ui.connect.site import Site
from hoga.ui.connect.steps_view import StepsView
from hoga.ui.painting import grid

_TEST = "connection test"
Command = Callable[[], Coroutine[Any, Any, None]]


class ConnectionsDialog(QDialog):
    """Made once for a window; ``open_list`` shows it."""

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.site = site
        self.setAcceptDrops(True)
        self._testing: asyncio.Task[Any] | None = None
        self._after_form: QWidget | None = None
        self.asking: UnlockDialog | DeleteDialog | None = None
        self.overview = Overview(site, self)
        self.form_page = FormPage(site, self)
        self.import_page = ImportPage(site, self)
        self.steps = StepsView(site, self)
        self.pages = QStackedWidget(self)
        self.trouble = Note(self, little=False)
        self.close_button = QPushButton(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        test_page = QWidget(self)
        left.addWidget(self.steps)
        left.addStretch(1)
        test_page.setLayout(left)
        self.test_page = test_page
        for page in (self.overview, self.form_page, self.import_page, test_page):
            self.pages.addWidget(page)
        foot = QHBoxLayout()
        foot.addWidget(self.trouble, 1)
        self.close_button.setAutoDefault(False)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        gap = grid(self, 4)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(grid(self, 3))
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.overview.wanted.connect(self._wanted)
        self.form_page.back_wanted.connect(self.back)
        self.form_page.save_wanted.connect(self.save)
        self.form_page.test_wanted.connect(lambda: self.test(self.form_page.form.draft(), self.form_page))
        self.import_page.taken.connect(self.fill_in)
        for view in (self.form_page.steps, self.steps):
            view.stopped.connect(self.stop_test)
            view.remedy.connect(lambda _remedy: self._other_environment())
        self.close_button.clicked.connect(self.reject)
        self.site.changed.connect(self.retranslate)
        self._deaf = self.site.connections.subscribe(self._connections_changed)
        self.destroyed.connect(lambda *_: self._deaf())

    # --- pages ------------------------------------------------------------------------------------------------------

    def open_list(self) -> None:
        """Show the list, on top and with the keyboard."""
        if not self.isVisible():
            self._turn(self.overview)
            self.overview.refresh()
        self.show()
        self.raise_()
        self.activateWindow()

    def add(self) -> None:
        self._fill(None, None, self.overview)

    def edit(self, details: Details) -> None:
        self._fill(details, None, self.overview)

    def fill_in(self, found: Found) -> None:
        self._fill(None, found, self.import_page)

    def import_file(self, path: str = "") -> None:
        """The page for keys in files; with a path, what is in it."""
        self._turn(self.import_page)
        if path:
            self.import_page.read(path)
        self.import_page.choose.setFocus()

    def back(self) -> None:
        """One step back; nothing of what was typed stays."""
        self.stop_test()
        self.form_page.form.forget()
        came_from_file = self.pages.currentWidget() is self.form_page and self._after_form is self.import_page
        if came_from_file and self.import_page.open:
            self._turn(self.import_page)
            return
        self.import_page.forget()
        self._turn(self.overview)
        self.overview.refresh()
        self.overview.table.setFocus()

    def reject(self) -> None:
        """Esc goes back one step, and from the list it closes."""
        if self.pages.currentWidget() is self.overview:
            super().reject()
        else:
            self.back()

    def _fill(self, details: Details | None, found: Found | None, after: QWidget) -> None:
        self._after_form = after
        self.form_page.form.begin(details, found)
        self.form_page.begin()
        self._turn(self.form_page)
        (self.form_page.form.name if details is not None else self.form_page.form.house).setFocus()

    def _turn(self, page: QWidget) -> None:
        self.trouble.tell("", self.site.tokens.dim)
        self.pages.setCurrentWidget(page)
        self.close_button.setVisible(page is not self.form_page)
        self._name_close()

    # --- what is done -----------------------------------------------------------------------------------------------

    def _wanted(self, what: str, key: str) -> None:
        row = self._row(Key(key))
        if what == "add":
            self.add()
        elif what == "import":
            self.import_file()
        elif row is not None:
            self._act(what, row)

    def _act(self, what: str, row: Connection) -> None:
        details, connections = row.details, self.site.connections
        place = [one.details.key for one in connections.all()].index(details.key)
        if what == "edit":
            self.edit(details)
        elif what == "test":
            self.test(Draft(details))
        elif what == "delete":
            self.delete(row)
        elif what == "unlock" and row.standing is Standing.LOCKED:
            self.unlock(details)
        elif what == "unlock":
            self._do("lock", lambda: connections.lock(details.key))
        elif what == "again":
            self._do("enable", lambda: connections.enable(details.key, True))
        elif what == "enable":
            self._do("enable", lambda: connections.enable(details.key, not details.enabled))
        else:
            self._do("move", lambda: connections.move(details.key, place + (1 if what == "down" else -1)))

    def save(self) -> None:
        """Keep what was filled in. It stays in the form until it is kept."""
        draft = self.form_page.form.draft()
        self.form_page.working(True)
        self.site.do("save connection", self._save(draft))

    async def _save(self, draft: Draft) -> None:
        try:
            key = await self.site.connections.save(draft)
        except SecretStoreError as error:
            fits = error.state is not StoreState.TOO_LONG
            self.form_page.refuse(error.message, offer_this_run=fits)
            return
        except ConnectionRefused as error:
            self.form_page.refuse(error.message)
            return
        finally:
            self.form_page.working(False)
        self._clear_clipboard(draft)
        from_file = self._after_form is self.import_page
        if from_file:
            self.import_page.was_saved()
        self.back()
        if not from_file:
            self.overview.choose(key)

    def test(self, draft: Draft, page: FormPage | None = None) -> None:
        """Try a connection step by step; one with real money that is locked asks for a deliberate word first."""
        row = self._row(draft.details.key)
        open_ = row is not None and row.standing in (Standing.OPEN, Standing.OPENING)
        if draft.details.stakes is Stakes.REAL and not open_:
            self._ask_digits(draft, page)
        else:
            self._begin_test(draft, "", page)

    def _ask_digits(self, draft: Draft, page: FormPage | None) -> None:
        def act(typed: str) -> None:
            asking.accept()
            self._begin_test(draft, typed, page)

        asking = UnlockDialog(self.site, draft.details, act, self, test=True)
        self._ask(asking)

    def _begin_test(self, draft: Draft, typed: str, page: FormPage | None) -> None:
        if page is None:
            self._turn(self.test_page)
            self.steps.begin()
        view = self.steps if page is None else page.testing()
        self.stop_test()
        view.begin()
        if page is not None:
            page.working(True)
        self._testing = self.site.do(_TEST, self._test(draft, typed, view, page), Busy.REPLACE)

    async def _test(self, draft: Draft, typed: str, view: StepsView, page: FormPage | None) -> None:
        try:
            async with _closed_in_the_end(self.site.connections.test(draft, typed)) as steps:
                async for step in steps:
                    view.show_step(step)
        except (ConnectionRefused, SecretStoreError) as error:
            self._refuse(error, page)
        finally:
            view.end()
            if page is not None:
                page.working(False)

    def stop_test(self) -> None:
        task, self._testing = self._testing, None
        if task is not None and not task.done():
            task.cancel()

    def _other_environment(self) -> None:
        """The remedy: the same keys at the same broker's other host."""
        if self.pages.currentWidget() is self.form_page:
            self.form_page.form.to_other_environment()
            self.test(self.form_page.form.draft(), self.form_page)
        elif (row := self.overview.current) is not None:
            self.edit(row.details)
            self.form_page.form.to_other_environment()

    def unlock(self, details: Details) -> None:
        async def unlocked(typed: str) -> None:
            try:
                await self.site.connections.unlock(details.key, typed)
            except (ConnectionRefused, SecretStoreError) as error:
                asking.refuse(self.site.worded(error.message).replace(" · ", "\n"))
            else:
                asking.accept()

        asking = UnlockDialog(
            self.site, details, lambda typed: self._begin("unlock", unlocked(typed)), self, test=False
        )
        self._ask(asking)

    def delete(self, row: Connection) -> None:
        async def deleted() -> None:
            try:
                await self.site.connections.delete(row.details.key)
            except (ConnectionRefused, SecretStoreError) as error:
                asking.refuse(self.site.worded(error.message).replace(" · ", "\n"))
            else:
                asking.accept()

        asking = DeleteDialog(self.site, row, lambda: self._begin("delete", deleted()), self)
        self._ask(asking)

    # --- how --------------------------------------------------------------------------------------------------------

    def _ask(self, asking: UnlockDialog | DeleteDialog) -> None:
        self.asking = asking
        asking.finished.connect(self._asked)
        asking.open()

    def _asked(self) -> None:
        self.asking = None

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self.site.do(f"connections {name}", work)

    def _do(self, name: str, command: Command) -> None:
        self.trouble.tell("", self.site.tokens.dim)
        self._begin(name, self._told(command))

    async def _told(self, command: Command) -> None:
        """A command whose refusal is said below the list."""
        try:
            await command()
        except (ConnectionRefused, SecretStoreError) as error:
            self._refuse(error, None)

    def _refuse(self, error: ConnectionRefused | SecretStoreError, page: FormPage | None) -> None:
        if page is not None:
            page.refuse(error.message)
        else:
            words = self.site.worded(error.message).replace(" · ", "\n")
            self.trouble.tell("✕ " + words, self.site.tokens.bad)

    def _row(self, key: Key) -> Connection | None:
        return next((row for row in self.site.connections.all() if row.details.key == key), None)

    def _clear_clipboard(self, draft: Draft) -> None:
        """A key that was pasted lies in the clipboard for every program to read."""
        clipboard = QGuiApplication.clipboard()
        pasted = cleaned(clipboard.text()).text
        if pasted and any(secret.reveal() == pasted for secret in draft.secrets.values()):
            clipboard.clear()
            self.site.say(self.tr("The key was also taken out of the clipboard."))

    def _connections_changed(self) -> None:
        if self.isVisible():
            self.overview.refresh()

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        metrics, screen = self.fontMetrics(), self.screen().availableGeometry()
        width, height = metrics.averageCharWidth() * 104, metrics.height() * 40
        self.resize(min(width, screen.width() * 9 // 10), min(height, screen.height() * 9 // 10))

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: whatever was typed, found in a file or being tried ends with it."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        self.stop_test()
        self.form_page.form.forget()
        self.import_page.forget()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.stop_test()
            self.form_page.form.forget()
            self.import_file(path)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Connections"))
        self._name_close()

    def _name_close(self) -> None:
        first = self.pages.currentWidget() is self.overview
        self.close_button.setText(self.tr("&Close") if first else self.tr("&Back"))
        self.close_button.setToolTip(self.tr("Esc"))

    def setVisible(self, visible: bool) -> None:
        """Never modal: the market goes on, and so does the window behind it."""
        self.setWindowModality(Qt.WindowModality.NonModal)
        super().setVisible(visible)


@asynccontextmanager
async def _closed_in_the_end(steps: AsyncIterator[Step]) -> AsyncIterator[AsyncIterator[Step]]:
    """A test that is left in the middle is ended at once, not whenever its iterator is collected."""
    try:
        yield steps
    finally:
        close = getattr(steps, "aclose", None)
        if close is not None:
            await close()
