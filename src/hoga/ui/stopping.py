"""The stop switch of the window: one key and one button that stop every open desk, and a deliberate way back.

Stopping sends nothing and asks nothing: automatic orders stay here, new orders that wait are taken back, and what works
at the brokers is offered to be cancelled. Releasing is asked about first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from hoga.base.tasks import Busy
from hoga.trading.facade import Desk
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.dialog import PlainDialog

STOP_KEY = "F12"
RELEASE_GUARD_MS = 700
"""A hasty press does not release (ux.md 3.4, level 2)."""


def stopped_since(context: Context) -> datetime | None:
    """When the first of the open desks was stopped; None while none of them is."""
    return min(filter(None, (desk.health().stopped_since for desk in context.desks())), default=None)


def all_stopped(context: Context) -> bool:
    return all(desk.health().stopped_since is not None for desk in context.desks())


class Stopping(QObject):
    """The actions ``stop`` and ``release``. Signals:

    changed: pressed or released, here or elsewhere.
    pressed: a person has just stopped; orders may still be open at the brokers.
    """

    changed = Signal()
    pressed = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._since = stopped_since(context)
        self._withdrawn = 0
        self._add_actions()
        for signal in (context.health_changed, context.second, context.language_changed):
            signal.connect(self._look)

    def _add_actions(self) -> None:
        add = self._context.actions.add
        add(
            "stop",
            lambda: self.tr("Stop all"),
            self.press,
            shortcut=STOP_KEY,
            tooltip=lambda: self.tr(
                "Nothing automatic leaves any more, and orders that wait here are taken back. "
                "What works at the broker stays; its cancel is offered. From anywhere, nothing is asked."
            ),
        )
        add(
            "release",
            lambda: self.tr("Release…"),
            self.ask_release,
            tooltip=lambda: self.tr("Automatic orders may leave again. Asks first."),
            why_not=lambda: "" if self._since is not None else self.tr("Nothing is stopped."),
        )

    @property
    def since(self) -> datetime | None:
        """When it was pressed; None while nothing is stopped."""
        return self._since

    # --- pressing ---------------------------------------------------------------------------------------------------

    def press(self) -> None:
        """Stop every desk at once; one that hangs does not hold up the others."""
        self._withdrawn = 0
        for desk in self._context.desks():
            self._context.do(f"stop {desk.account.connection}", self._stop(desk), Busy.DROP, hurry=True)
        self.pressed.emit()

    async def _stop(self, desk: Desk) -> None:
        report = await desk.stop()
        self._withdrawn += len(report.withdrawn)
        self._look()
        text = self.tr("Stopped. Taken back before they left: {withdrawn}. Still open at the broker: {open}.")
        still_open = _open_orders(self._context.desks())
        self._context.say(
            Event.NOTE, text.format(withdrawn=self._withdrawn, open=still_open), merge="stop", sticky=False, account=""
        )

    # --- releasing --------------------------------------------------------------------------------------------------

    def ask_release(self) -> QDialog:
        """Ask; the way back is the default, and the button that releases takes a moment."""
        dialog = PlainDialog(self._context, self.tr("Release the stop?"), self._window)
        since = fmt.clock(self._since) if self._since is not None else fmt.DASH
        dialog.say(
            self.tr(
                "Stopped since {time}. Released, plans and other automatic orders may leave again, from now on. "
                "What was taken back stays taken back."
            ).format(time=since)
        )
        back = dialog.button(self.tr("Back"), default=True)
        back.clicked.connect(dialog.reject)
        go = dialog.button(self.tr("Release"))
        go.setAutoDefault(True)  # Enter presses what has the focus
        go.setEnabled(False)
        go.setToolTip(self.tr("In a moment: a hasty press does not release."))
        go.clicked.connect(self.release)
        go.clicked.connect(dialog.accept)
        guard = QTimer(dialog)
        guard.setSingleShot(True)
        guard.timeout.connect(lambda: go.setEnabled(True))
        guard.start(RELEASE_GUARD_MS)
        dialog.open()
        back.setFocus()
        return dialog

    def release(self) -> None:
        for desk in self._context.desks():
            self._context.do(f"release {desk.account.connection}", self._release(desk), Busy.DROP)

    async def _release(self, desk: Desk) -> None:
        await desk.release()
        self._look()

    # --- looking ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        since = stopped_since(self._context)
        if since != self._since:
            self._since = since
            self._context.actions.refresh("stop", "release")
            self.changed.emit()


def _open_orders(desks: Iterable[Desk]) -> int:
    return sum(not order.state.over for desk in desks for order in desk.orders())
