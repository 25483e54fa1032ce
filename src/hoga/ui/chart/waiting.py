"""What stands in the chart's place while it has nothing to show: a skeleton, why there is nothing, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.ui.chart.looks import blend
from hoga.ui.context import Context

_SHAPE = (3, 5, 4, 6, 8, 7, 9, 8, 6, 7, 5, 4, 5, 3, 4, 6, 7, 9, 10, 9, 11, 10, 8, 9, 7, 6, 8, 9, 11, 12, 10, 11)
"""Heights of the skeleton's candles, in twentieths."""


class Waiting(QWidget):
    """A line of text over a skeleton of candles; a button where something can be done. Signals:

    painted: it is on the screen; what takes long may begin. Emitted from the event loop, once.
    """

    painted = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._bones = True
        self._painted = False
        self.words = QLabel(self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(self)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def say(self, text: str, *, bones: bool, button: bool = False) -> None:
        """``bones``: something is coming."""
        self.words.setText(text)
        self.button.setVisible(button)
        if bones is not self._bones:
            self._bones = bones
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # it may be closed by then
        painter = QPainter(self)
        tokens = self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.ground))
        if not self._bones:
            return
        bone = blend(tokens.ground, tokens.sunken, 0.8)
        metrics = QFontMetrics(self.font())
        step = max(metrics.height(), 8)
        for at in range(self.width() // step):
            height = self.height() * _SHAPE[at % len(_SHAPE)] // 20
            tall = max(self.height() // 10, 2)
            painter.fillRect(QRect(at * step + step // 4, self.height() - height - tall, step // 2, tall), bone)
