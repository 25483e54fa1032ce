"""A button that acts on a deliberate press only: a held or hasty Enter does nothing."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

GUARD_MS = 250
"""An Enter this soon after the focus came belongs to the step before (ux.md 3.1)."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SureButton(QPushButton):
    """Enter and Space press it, once it has had the focus for a moment and by a fresh stroke."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self._focused = QElapsedTimer()
        self.guard_ms = GUARD_MS

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focused.start()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressing = event.key() in (*_ENTER, Qt.Key.Key_Space)
        if pressing and (event.isAutoRepeat() or self._focused.elapsed() < self.guard_ms):
            event.accept()
        elif event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)
