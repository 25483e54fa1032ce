"""Weights before and after a plan as bars, to one scale, with the target as a mark and the numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.plans.preview import CASH, Weight
from hoga.ui.context import Context
from hoga.ui.painting import draw_text, grid, small
from hoga.ui.plan.words import part_words


class WeightsView(QWidget):
    """Paints itself; as high as its rows."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.weights: tuple[Weight, ...] = ()
        context.look_changed.connect(self.update)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Weights before and after"))
        self.update()

    def show_weights(self, weights: Sequence[Weight]) -> None:
        self.weights = tuple(weights)
        self.setMinimumHeight(self._row * (len(self.weights) + 1) + grid(self, 2))
        self.setAccessibleDescription("; ".join(self._words(one) for one in self.weights))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(grid(self, 100), self.minimumHeight())

    @property
    def _row(self) -> int:
        return QFontMetrics(self.font()).height() * 7 // 4

    def _name(self, one: Weight) -> str:
        if one.code == CASH:
            return self.tr("Cash")
        known = self._context.name(InstrumentId(one.code))
        return one.name if known == one.code else known

    def _words(self, one: Weight) -> str:
        return f"{self._name(one)} {part_words(one.before)} → {part_words(one.after)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        digits = metrics.horizontalAdvance("100.00 %") + grid(self, 2)
        names = min(metrics.averageCharWidth() * 22, self.width() // 3)
        left, right = grid(self, 2), self.width() - grid(self, 2)
        bars = QRect(left + names, 0, max(right - left - names - 3 * digits, 20), self._row)
        self._paint_head(painter, bars, digits)
        whole = max((max(one.before, one.after, one.target or 0) for one in self.weights), default=1) or 1
        for place, one in enumerate(self.weights, 1):
            top = place * self._row
            painter.setPen(QColor(tokens.text))
            draw_text(
                painter, QRect(left, top, names - grid(self, 2), self._row), self._name(one), Qt.AlignmentFlag.AlignLeft
            )
            self._paint_bars(painter, bars.translated(0, top), one, whole)
            for column, part in enumerate((one.before, one.target, one.after)):
                area = QRect(bars.right() + column * digits, top, digits, self._row)
                painter.setPen(QColor(tokens.dim if column < 2 else tokens.text))
                draw_text(painter, area, part_words(part), Qt.AlignmentFlag.AlignRight)

    def _paint_head(self, painter: QPainter, bars: QRect, digits: int) -> None:
        painter.save()
        painter.setFont(small(self.font()))
        painter.setPen(QColor(self._context.tokens.dim))
        for column, text in enumerate((self.tr("Before"), self.tr("Target"), self.tr("After"))):
            area = QRect(bars.right() + column * digits, 0, digits, self._row)
            draw_text(painter, area, text, Qt.AlignmentFlag.AlignRight)
        legend = self.tr("upper bar: before · lower bar: after · line: target")
        draw_text(painter, bars, legend, Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _paint_bars(self, painter: QPainter, area: QRect, one: Weight, whole: int) -> None:
        tokens, thick = self._context.tokens, max(area.height() // 5, 3)
        middle = area.center().y()
        for part, top, colour in (
            (one.before, middle - thick - 1, tokens.stale),
            (one.after, middle + 1, tokens.accent),
        ):
            painter.fillRect(QRect(area.left(), top, area.width(), thick), QColor(tokens.sunken))
            painter.fillRect(QRect(area.left(), top, area.width() * max(part, 0) // whole, thick), QColor(colour))
        if one.target is not None:
            x = area.left() + area.width() * one.target // whole
            painter.fillRect(QRect(x - 1, middle - thick - 3, 2, thick * 2 + 6), QColor(tokens.warn))
