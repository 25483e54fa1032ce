"""Paints cells from what the model keeps: few questions a cell, even padding, one thin line under each row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hoga.ui.context import Context
from hoga.ui.painting import bold
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.model import RowModel

_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class CellPainter(QStyledItemDelegate):
    """``pad`` is the space left and right of a text, shared with the head above."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._font = QFont()
        self._bold = QFont()
        self._metrics = QFontMetrics(self._font)
        self.pad = 6

    def measure(self, font: QFont) -> None:
        """Keep the measures of a font; called when the look changes."""
        self._font, self._bold = QFont(font), bold(font)
        self._metrics = QFontMetrics(self._bold)
        self.pad = max(self._metrics.height() * 3 // 8, 4)

    @property
    def row_height(self) -> int:
        return max(self._metrics.height() * 3 // 2, 24)

    def width_of(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text) + 2 * self.pad + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        text = model.cell(index.row(), index.column()).text if isinstance(model, RowModel) else ""
        return QSize(self.width_of(text), self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, RowModel):
            return
        column: Column[object] = model.columns[index.column()]
        cell = model.cell(index.row(), index.column())
        tokens, area, state = self._context.tokens, option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, QColor(tokens.selection if chosen else tokens.ground))
        if cell.bar is not None:
            self._draw_bar(painter, area, cell.bar)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._draw_text(painter, area, cell, right=column.right)
        if model.is_gone(index.row()):
            painter.setPen(QColor(tokens.stale))
            painter.drawLine(area.left(), area.center().y(), area.right(), area.center().y())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.focus))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _draw_text(self, painter: QPainter, area: QRect, cell: Cell, *, right: bool) -> None:
        tone = cell.tone if cell.text != "–" else Tone.DIM
        painter.setPen(QColor(tone.colour(self._context.tokens)))
        painter.setFont(self._bold if cell.strong else self._font)
        inner = area.adjusted(self.pad, 0, -self.pad, 0)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        text = cell.text
        if self._metrics.horizontalAdvance(text) > inner.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(side) | _CENTRE, text)

    def _draw_bar(self, painter: QPainter, area: QRect, bar: tuple[int, int]) -> None:
        part, whole = bar
        tokens, height = self._context.tokens, max(area.height() // 6, 3)
        rail = QRect(area.left() + self.pad, area.bottom() - height - 2, area.width() - 2 * self.pad, height)
        painter.fillRect(rail, QColor(tokens.line))
        if whole > 0 and part > 0:
            painter.fillRect(QRect(rail.left(), rail.top(), max(rail.width() * part // whole, 1), height),
                             QColor(tokens.accent))  # fmt: skip
