"""How far: filled of approved as a bar, with a mark where it should be by now, and the numbers beside it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoga.base.message import Counted
from hoga.ui.context import Context
from hoga.ui.painting import bold, draw_text, grid
from hoga.ui.plan.words import part_words


class ProgressLine(QWidget):
    """Words, bar, numbers: one line."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = ("", 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.look_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(grid(self, 60), QFontMetrics(self.font()).height() * 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(grid(self, 36), self.sizeHint().height())

    def show_progress(self, words: str, filled: int, due: int, whole: int) -> None:
        shown = (words, filled, due, whole)
        if shown != self._shown:
            self._shown = shown
            text = self.tr("{words}: {filled} of {whole} {whole:share|shares}, {due} due by now").format(
                words=words, filled=f"{filled:,}", whole=Counted(whole), due=f"{due:,}"
            )
            self.setToolTip(text)
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        words, filled, due, whole = self._shown
        height = self.height() // 2
        line = QRect(0, 0, self.width(), height + 2)
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(tokens.text))
        draw_text(painter, line, words, Qt.AlignmentFlag.AlignLeft)
        part = part_words(filled * 1_000_000 // whole, 1) if whole else ""
        draw_text(painter, line, f"{filled:,} / {whole:,}   {part}", Qt.AlignmentFlag.AlignRight)
        bar = QRect(0, height + 3, self.width(), max(height // 2, 5))
        painter.fillRect(bar, QColor(tokens.sunken))
        if whole:
            done = min(bar.width() * filled // whole, bar.width())
            painter.fillRect(QRect(bar.left(), bar.top(), done, bar.height()), QColor(tokens.accent))
            x = min(bar.width() * due // whole, bar.width() - 2)
            painter.fillRect(QRect(x, bar.top() - 2, 2, bar.height() + 4), QColor(tokens.warn))
