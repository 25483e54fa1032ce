"""Small painted things of the dialog: what is at stake in words, colour and pattern; notes in their colour."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hoga.domain.accounts import Stakes
from hoga.ui.header.parts import frame_pen
from hoga.ui.painting import bold, grid, small
from hoga.ui.theme.tokens import STAKES


class StakesChip(QWidget):
    """실전 REAL on its own ground, framed in its own pattern."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stakes = Stakes.PRACTICE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_stakes(self, stakes: Stakes) -> None:
        self.stakes = stakes
        self.setAccessibleName(STAKES[stakes].words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(look.words) for look in STAKES.values())
        return QSize(round(widest * 1.12) + grid(self, 6), metrics.height() + grid(self, 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = STAKES[self.stakes]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.ground))
        pen = frame_pen(look)
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(look.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, look.words)


class Note(QLabel):
    """A line of explanation in a colour by meaning. Plain text; can be selected with the mouse."""

    def __init__(self, parent: QWidget | None = None, *, little: bool = True) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._little = little
        if little:
            self.setFont(small(self.font(), 0.92))

    def tell(self, text: str, colour: str) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.setPalette(palette)
        self.setText(text)
