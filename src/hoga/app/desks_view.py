"""All accounts in one window: a face for each that is open, one of them shown; the others are heard.

A face is bound to one desk. When a connection gets another desk (edited, unlocked, its exchange moved) the old face
goes and a new one comes.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hoga.app.connections import OpenConnections, ShownConnection
from hoga.app.desk_window import painted
from hoga.app.face import Face
from hoga.app.words import words
from hoga.base.message import Message
from hoga.base.secret_store import SecretStoreError
from hoga.base.tasks import Busy, TaskOwner
from hoga.plans.facade import Plans
from hoga.trading.connections import Connection, ConnectionRefused, Key
from hoga.ui.accounts import Accounts
from hoga.ui.connect import Site, add_action, hint_once
from hoga.ui.context import Context, Event, Toast
from hoga.ui.preferences import Preferences
from hoga.ui.shell import Shell
from hoga.ui.sounds import Player
from hoga.ui.state import StateStore
from hoga.ui.vacant import Vacant
from hoga.ui.watch.groups import Groups

if TYPE_CHECKING:
    from hoga.ui.connect.dialog import ConnectionsDialog

_HEARD_LATE = ("tab.", "search", "settings", "help.", "watch.show", "amounts", "account.", "pane.", "rescue", "window.")
"""What may be done a moment after its key was pressed: it shows something."""


class DesksView:
    """A window on every open connection; ``first`` is shown first. ``shell``: a window seen already. ``left`` is set
    when the person closes it; then call ``aclose``, before the connections are closed."""

    def __init__(
        self,
        app: QApplication,
        connections: OpenConnections,
        first: ShownConnection,
        settings: Path | None,
        state: Path | None,
        player: Player | None = None,
        shell: Shell | None = None,
    ) -> None:
        self.left = asyncio.Event()
        self._connections = connections
        self._tasks = TaskOwner("accounts")
        self._player = player
        self._faces: dict[Key, Face] = {}
        self._shown: Face | None = None
        self._started = False
        self.accounts = Accounts(connections, self._choose_source)
        self.accounts.current = first.key
        self.window = shell if shell is not None else Shell(StateStore(state))
        self._state = self.window.state
        self._state.setParent(self.accounts)
        threshold = self.window.threshold
        if threshold is not None and threshold.pressed:
            self._state.put("tab", threshold.tab.value)
        self._stop_wanted = threshold is not None and threshold.stop_pressed
        self._keys = tuple(threshold.keys) if threshold is not None else ()
        self._typed = threshold.typed if threshold is not None else ""
        face = self._face(first.key, first)
        self.preferences = Preferences(app, face.context, settings)
        self.accounts.language = self.preferences.now.language
        self.preferences.file.changed.connect(self._settings_changed)
        self._groups = Groups(self._state, self.accounts)
        vacant = Vacant(self.accounts, self._worded)
        self.window.furnish(vacant)
        self._site = Site(connections, self._tasks, words, self.preferences.now.language, parent=self.window)
        self._dialog: ConnectionsDialog | None = None
        vacant.connections_wanted.connect(self._open_connections)
        vacant.again.connect(self._try_again)
        self.window.closing.connect(self.left.set)
        self.window.asks_first = self._asks_first
        self.accounts.wanted.connect(self.show_account)
        self._dress(face)
        self._deaf = connections.subscribe(self._look)
        self._look()

    @property
    def dialog(self) -> ConnectionsDialog:
        """The connections, made at the first look at them."""
        if self._dialog is None:
            from hoga.ui.connect.dialog import ConnectionsDialog

            self._dialog = ConnectionsDialog(self._site, self.window)
        return self._dialog

    def _open_connections(self) -> None:
        self.dialog.open_list()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def face(self) -> Face | None:
        """The account that is shown; None: none can be."""
        return self._shown

    @property
    def context(self) -> Context:
        """Of the account that is shown. Raises LookupError while none can be."""
        if self._shown is None:
            raise LookupError("no account is shown")
        return self._shown.context

    def face_of(self, key: Key) -> Face | None:
        return self._faces.get(key)

    def show(self) -> None:
        """Show the window; accounts that open later join it."""
        self.window.show()
        self._started = True
        if self._shown is not None:
            self._shown.start()
            hint_once(self._shown.context, self._connections)
            if self._stop_wanted:
                self._shown.context.actions.trigger("stop")
            self._press_keys(self._shown)

    def _press_keys(self, face: Face) -> None:
        """Do what was pressed before there was anything to hear it: only what looks, never what trades or unlocks."""
        actions = face.context.actions
        for key in self._keys:
            meant = actions.meant_by(key)
            if meant is not None and meant.startswith(_HEARD_LATE):
                actions.trigger(meant)
        box = face.window.palette_box if face.window is not None else None
        if self._typed and box is not None and box.isVisible():
            box.edit.insert(self._typed)

    async def painted(self) -> None:
        await painted(self.window)

    def show_account(self, key: Key) -> None:
        """Turn to this account; one that is not open is told about."""
        self.accounts.current = key
        face = self._faces.get(key)
        if face is None:
            self._shown = None
            self.window.vacant.about(key)
            self.window.show_vacant()
        else:
            self._dress(face)
        self.accounts.changed.emit()

    def _dress(self, face: Face) -> None:
        """Bring this face to the front; made now if it never was."""
        before, fresh = self._shown, face.window is None
        if face is before:
            return
        window = face.make_window(self.preferences, self.window, self._groups)
        if fresh:
            self._furnish(face)
        self._site.follow(face.context)
        self.window.show_face(window)
        self._shown = face
        if before is not None and before.window is not None:
            for toast in before.window.toasts.take():
                window.toasts.show(toast)
        if fresh and self._started:
            face.start()
        if before is not None:
            _clear_ticket(before.context, face.context)

    def _furnish(self, face: Face) -> None:
        """What every face's window has that is of them all."""
        window = face.window
        if window is None:
            return
        self.window.add(window)
        window.toasts.elsewhere = lambda toast: self._toast(face, toast)
        add_action(face.context, self._open_connections)
        window.layout_reset.connect(self.window.reset_place)
        window.retranslate()  # its menu has more entries now
        known = next((one.context for one in self._faces.values() if one.context.instruments), None)
        if known is not None:
            face.context.share_instruments(known)

    def _toast(self, face: Face, toast: Toast) -> None:
        """In the window that is seen, whosever it is."""
        shown = self._shown or face
        if shown.window is not None:
            shown.window.toasts.show(toast)

    # --- accounts that come and go ----------------------------------------------------------------------------------

    def _look(self) -> None:
        """Follow the connections: new desks get a face, closed ones lose theirs."""
        rows = self._rows()
        for key, face in list(self._faces.items()):
            row = rows.get(key)
            if row is None or row.desk is not face.context.desk:
                self._lose(key, face)
        for key, row in rows.items():
            if row.desk is not None and key not in self._faces:
                self._gain(key, row)
        if self._shown is None and self.accounts.current not in {row.details.key for row in self.accounts.rows()}:
            self._turn_to_another()

    def _turn_to_another(self) -> None:
        """The one that was shown is switched off or deleted: the next one that is open, if there is any."""
        key = next((key for key, row in self._rows().items() if row.desk is not None), None)
        if key is not None:
            self.show_account(key)
        else:
            self.accounts.current = None
            self.window.vacant.about(None)

    def _rows(self) -> dict[Key, Connection]:
        return {row.details.key: row for row in self._connections.all()}

    def _gain(self, key: Key, row: Connection) -> None:
        if row.desk is None:
            return
        face = self._face(key, ShownConnection(self._connections, row, row.desk))
        self.preferences.join(face.context)
        face.listen_only(self.preferences)
        face.context.toast.connect(lambda toast: self._overheard(face, toast))
        if self._shown is None and self.accounts.current in (key, None):
            self.show_account(key)

    def _overheard(self, face: Face, toast: Toast) -> None:
        if face.window is None:
            self._toast(face, face.context.named(toast))

    def _face(self, key: Key, opened: ShownConnection) -> Face:
        face = Face(opened, self._state, self.accounts, self._player, self._plans)
        self._faces[key] = face
        return face

    def _plans(self) -> tuple[tuple[str, Plans], ...]:
        """Of every open account, by what it is called."""
        found = ((self.accounts.name(row.details), self._connections.plans(key)) for key, row in self._rows().items())
        return tuple((name, plans) for name, plans in found if plans is not None)

    def _lose(self, key: Key, face: Face) -> None:
        """Its desk is about to close: nothing asks it any more from this moment."""
        del self._faces[key]
        face.silence()
        if face.window is not None:
            self.window.drop(face.window)
        self._site.leave()
        if face is self._shown:
            self._shown = None
            self.window.vacant.about(key)
        else:
            self._site_follows()
        self.preferences.leave(face.context)
        self._tasks.start(f"close {id(face)}", face.aclose())

    def _site_follows(self) -> None:
        if self._shown is not None:
            self._site.follow(self._shown.context)

    # --- what a person wants ----------------------------------------------------------------------------------------

    def _choose_source(self, key: Key | None) -> None:
        self._tasks.start("quotes", self._refusable(self._connections.choose_source(key)), busy=Busy.DROP)

    def _try_again(self, key: Key) -> None:
        self.accounts.current = key
        self.window.vacant.about(key)
        self._tasks.start("again", self._refusable(self._connections.enable(key, True)), busy=Busy.DROP)

    async def _refusable(self, work: object) -> None:
        try:
            await work  # type: ignore[misc]
        except (ConnectionRefused, SecretStoreError) as error:
            if self._shown is not None:
                self._shown.context.say(Event.NOTE, self._worded(error.message), merge="accounts", sticky=True)

    def _worded(self, message: Message) -> str:
        return words(message, self.preferences.now.language)

    def _settings_changed(self) -> None:
        self.accounts.language = self.preferences.now.language
        self.accounts.changed.emit()

    # --- the end ----------------------------------------------------------------------------------------------------

    def _asks_first(self) -> bool:
        """Plans are under way: nobody closes over them unaware. The machine's own end asks nothing."""
        app = QGuiApplication.instance()
        ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        if ending or self._shown is None or not any(plans.running() for _name, plans in self._plans()):
            return False
        self._tasks.start("leaving", self._ask_to_leave(self._shown), busy=Busy.DROP)
        return True

    async def _ask_to_leave(self, face: Face) -> None:
        from hoga.ui.plan.parting import may_leave

        if await may_leave(face.context, self._plans(), self.window):
            self.window.leave()

    async def aclose(self) -> None:
        """Take down every face, then the window."""
        self._deaf()
        self.window.asks_first = lambda: False
        self.accounts.close()
        self.window.keep()
        self.window.hide()
        if self._dialog is not None:
            self._dialog.close()
        self._site.leave()
        await asyncio.gather(*(face.aclose() for face in self._faces.values()))
        await self._tasks.aclose()
        self.window.close_for_good()
        self.preferences.close()
        self.accounts.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _clear_ticket(left: Context, shown: Context) -> None:
    """Nothing typed for one kind of money waits where another kind is shown (ux.md 3.3)."""
    if left.desk.account.stakes is not shown.desk.account.stakes:
        left.stakes_left.emit()
