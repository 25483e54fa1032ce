"""Locks accounts with real money when nobody is at the desk any more, and after the machine has slept.

Locked is what Ctrl+L makes of it: nothing that trades can be pressed. What was approved goes on, and cancelling stays
possible.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from hoga.domain.accounts import Stakes
from hoga.ui.context import Context
from hoga.ui.event import Event
from hoga.ui.settings_file import SettingsFile

_EVERY_MS = 5_000
_ASLEEP_S = 60.0
"""A look that comes this much later than the last one was not made in time: the machine slept."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def _said(text: Callable[[], str], values: dict[str, object]) -> str:
    return text().format(**values)


class IdleLock(QObject):
    """Follows the window that has the keyboard until it is closed. ``now`` and ``wall`` are seconds, the second one
    counted through the machine's sleep."""

    def __init__(
        self,
        app: QGuiApplication,
        contexts: Callable[[], Iterable[Context]],
        settings: SettingsFile,
        parent: QObject | None = None,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._app, self._contexts, self._settings = app, contexts, settings
        self._now, self._wall = now, wall
        self._touched, self._looked = now(), wall()
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)

    def close(self) -> None:
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._follow)
        for window in self._app.allWindows():
            window.removeEventFilter(self)

    def look(self) -> None:
        """Lock what is to be locked by now."""
        asleep = self._wall() - self._looked >= _ASLEEP_S
        self._looked = self._wall()
        minutes = self._settings.now.lock_minutes
        if not minutes:
            return
        if asleep:
            self._lock(lambda: self.tr("Locked: the machine was asleep. {key} unlocks."))
        elif self._now() - self._touched >= minutes * 60:
            self._lock(lambda: self.tr("Locked: nobody was at the desk for {minutes} minutes. {key} unlocks."))

    def _lock(self, text: Callable[[], str]) -> None:
        for context in self._contexts():
            if context.desk.account.stakes is Stakes.REAL and not context.locked:
                context.set_locked(True)
                values = {"minutes": self._settings.now.lock_minutes, "key": context.actions.hint("lock")}
                context.say(Event.NOTE, partial(_said, text, values), merge="idle", sticky=True)

    def _follow(self, window: QWindow | None) -> None:
        """Who reads one of ours was at the desk just now."""
        if window is not None:
            self._touched = self._now()
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._now()
        return False
