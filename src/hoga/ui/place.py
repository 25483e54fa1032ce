"""Where the window stood: given back at the next start, on a screen that is there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from hoga.ui.state import StateStore

SMALLEST = QRect(0, 0, 1024, 640)
VERSION = 1
_MAXIMIZED = Qt.WindowState.WindowMaximized
_SEEN = 64
"""So many pixels of a window's top edge must lie on a screen, or it is brought back."""


def fitted(wanted: QRect, screens: list[QRect]) -> QRect:
    """``wanted`` where it can be seen and reached: unchanged, or moved (and shrunk) onto the first screen."""
    top = QRect(wanted.left(), wanted.top(), wanted.width(), _SEEN)
    for screen in screens:
        seen = screen.intersected(top)
        if seen.width() >= _SEEN and seen.height() >= _SEEN // 2 and wanted.top() >= screen.top():
            return wanted
    home = screens[0]
    width, height = min(wanted.width(), home.width()), min(wanted.height(), home.height())
    left = home.left() + (home.width() - width) // 2
    return QRect(left, home.top() + (home.height() - height) // 2, width, height)


class Placed:
    """Keeps and gives back where one window stands, and its size."""

    def __init__(self, window: QWidget, state: StateStore, smallest: QRect) -> None:
        self._window = window
        self._state = state
        self._first = smallest

    def restore(self) -> None:
        """Call before it is shown."""
        value = self._state.get("window", VERSION)
        self._window.setGeometry(fitted(_rectangle(value) or self._default(), self._screens()))
        if isinstance(value, dict) and value.get("maximized") is True:
            self._window.setWindowState(self._window.windowState() | _MAXIMIZED)

    def keep(self) -> None:
        area = self._window.normalGeometry() if self._window.isMaximized() else self._window.geometry()
        self._state.put(
            "window",
            {
                "x": area.x(),
                "y": area.y(),
                "width": area.width(),
                "height": area.height(),
                "maximized": self._window.isMaximized(),
            },
            VERSION,
        )

    def reset(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~_MAXIMIZED)
        self._window.setGeometry(fitted(self._default(), self._screens()))

    def _default(self) -> QRect:
        """Most of the first screen, in its middle."""
        home = self._screens()[0]
        width = min(max(home.width() * 9 // 10, self._first.width()), home.width())
        height = min(max(home.height() * 9 // 10, self._first.height()), home.height())
        return QRect(
            home.left() + (home.width() - width) // 2, home.top() + (home.height() - height) // 2, width, height
        )

    @staticmethod
    def _screens() -> list[QRect]:
        return [screen.availableGeometry() for screen in QGuiApplication.screens()]


class WindowPlace:
    """Keeps and gives back one window's place, size and docks in the state. ``inside``: it is a part of another
    window, which stands where it stands, so only its docks are kept."""

    def __init__(self, window: QMainWindow, state: StateStore, smallest: QRect, *, inside: bool = False) -> None:
        self._window = window
        self._placed = None if inside else Placed(window, state, smallest)
        self._state = state
        self._original = QByteArray()
        self.docks_kept = False
        """Whether the docks stand as they were left."""
        self.docks_wanted = True
        """Whether how they stand is to be kept: the window that is shown says it."""

    def restore(self) -> None:
        """Call once, when everything is in the window and before it is shown."""
        self._original = self._window.saveState(VERSION)
        if self._placed is not None:
            self._placed.restore()
        if isinstance(docks := self._state.get("docks", VERSION), str):
            self.stand(docks)

    def keep(self) -> None:
        if self._placed is not None:
            self._placed.keep()
        if self.docks_wanted:
            self._state.put("docks", self.docks(), VERSION)

    def docks(self) -> str:
        """How the docks stand."""
        return bytes(self._window.saveState(VERSION).toBase64().data()).decode()

    def stand(self, docks: str) -> None:
        """Let the docks stand so."""
        self.docks_kept = self._window.restoreState(QByteArray.fromBase64(docks.encode()), VERSION)

    def reset(self) -> None:
        self._window.restoreState(self._original, VERSION)
        if self._placed is not None:
            self._placed.reset()


def _rectangle(value: Any) -> QRect | None:
    if not isinstance(value, dict):
        return None
    kept = (value.get(name) for name in ("x", "y", "width", "height"))
    numbers = [number for number in kept if isinstance(number, int)]
    if len(numbers) != 4 or min(numbers[2:]) < 100:
        return None
    return QRect(*numbers)
