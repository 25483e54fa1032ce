"""One strip: a mark, one line of words, and what can be done about it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import draw_dot, grid


class Weight(Enum):
    """How much a strip matters."""

    NOTE = "ring"
    WARNING = "half"
    DANGER = "cross"


class Strip(QWidget):
    """Lies under the header over the whole width. Hidden until it has something to say."""

    def __init__(self, context: Context, weight: Weight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.weight = weight
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._space()
        context.look_changed.connect(self._space)

    def button(self) -> QPushButton:
        """Another button at the end."""
        made = QPushButton(self)
        self._row.addWidget(made)
        return made

    def closer(self) -> QToolButton:
        """A way to put the strip away; its owner says what happens then."""
        made = QToolButton(self)
        made.setText("✕")
        made.setAutoRaise(True)
        self._row.addWidget(made)
        return made

    def _space(self) -> None:
        self._row.setContentsMargins(grid(self, 8), grid(self), grid(self, 2), grid(self))
        self._row.setSpacing(grid(self, 2))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        ground, colour = {
            Weight.NOTE: (tokens.selection, tokens.accent),
            Weight.WARNING: (tokens.warn_ground, tokens.warn),
            Weight.DANGER: (tokens.bad_ground, tokens.bad),
        }[self.weight]
        painter.fillRect(self.rect(), QColor(ground))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(tokens.line))
        painter.setPen(QColor(colour))
        draw_dot(painter, QPoint(grid(self, 4), self.height() // 2), grid(self, 2) + 2, self.weight.value)
