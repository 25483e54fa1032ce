"""What is said beside a limit that cannot be as it was typed."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


class Said(QLabel):
    """Takes no room while nothing is wrong."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str, colour: str) -> None:
        """Why it cannot be set; empty: nothing is wrong."""
        self.setText(text)
        self.setVisible(bool(text))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)
