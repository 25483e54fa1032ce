"""The plain dialog of the window: a sentence, its contents, its buttons. Opened with ``open()``, never run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import grid


class PlainDialog(QDialog):
    """Deleted when it closes. ``body`` takes the contents."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.context = context
        self.body = QVBoxLayout()
        self.body.setSpacing(grid(self, 2))
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(grid(self, 5), grid(self, 4), grid(self, 5), grid(self, 4))
        column.setSpacing(grid(self, 4))
        column.addLayout(self.body, 1)
        column.addLayout(self._buttons)

    def say(self, text: str) -> QLabel:
        """A paragraph that can be selected and copied."""
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setMinimumWidth(self.fontMetrics().averageCharWidth() * 56)
        self.body.addWidget(label)
        return label

    def button(self, text: str, *, default: bool = False) -> QPushButton:
        made = QPushButton(text, self)
        made.setAutoDefault(default)
        made.setDefault(default)
        self._buttons.addWidget(made)
        return made
