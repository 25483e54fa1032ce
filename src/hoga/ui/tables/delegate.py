"""How a table's cells look and how wide they are.

Rows are painted whole, by the view's own paint event: a cell then costs one or two drawn texts, instead of the dozen
questions that Qt's way through a delegate asks (baselines 3d). The delegate that Qt is given answers sizes alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hoga.ui.context import Context
from hoga.ui.painting import bold
from hoga.ui.tables.column import Cell, Tone
from hoga.ui.tables.model import RowModel

_TEXT = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT = _TEXT | int(Qt.AlignmentFlag.AlignLeft)
_RIGHT = _TEXT | int(Qt.AlignmentFlag.AlignRight)
_MOST_WIDTHS = 20_000


class Slot(Struct, frozen=True):
    """Where a column stands: its place in the model, left edge, width, and to which side its texts lean."""

    column: int
    left: int
    width: int
    right: bool


class CellPainter(QStyledItemDelegate):
    """Colours and measures of one look; ``measure`` again when the font or the theme is another. ``pad`` is the space
    left and right of a text, shared with the head above."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.measure(QFont())

    def measure(self, font: QFont) -> None:
        self._font, self._bold = QFont(font), bold(font)
        self._metrics = QFontMetrics(self._bold)
        self._widths: dict[str, int] = {}
        self.pad = max(self._metrics.height() * 3 // 8, 4)
        tokens = self._context.tokens
        self._tones = {tone: QColor(tone.colour(tokens)) for tone in Tone}
        self._ground, self._chosen = QColor(tokens.ground), QColor(tokens.selection)
        self._line, self._bar, self._focus = QColor(tokens.line), QColor(tokens.accent), QColor(tokens.focus)

    @property
    def row_height(self) -> int:
        return max(self._metrics.height() * 3 // 2, 24)

    def width_of(self, text: str) -> int:
        return self._advance(text) + 2 * self.pad + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        text = model.cell(index.row(), index.column()).text if isinstance(model, RowModel) else ""
        return QSize(self.width_of(text), self.row_height)

    def draw_row(
        self, painter: QPainter, cells: Sequence[tuple[Slot, Cell]], top: int, height: int, *, chosen: bool, gone: bool
    ) -> None:
        """One row, from its leftmost slot to its rightmost."""
        left, end = cells[0][0].left, cells[-1][0].left + cells[-1][0].width
        painter.fillRect(left, top, end - left, height, self._chosen if chosen else self._ground)
        for slot, cell in cells:
            if cell.bar is not None:
                self._draw_bar(painter, slot, top, height, cell.bar)
            if cell.text:
                self._draw_text(painter, slot, top, height, cell)
        painter.setPen(self._line)
        painter.drawLine(left, top + height - 1, end - 1, top + height - 1)
        if gone:
            painter.setPen(self._tones[Tone.STALE])
            painter.drawLine(left, top + height // 2, end - 1, top + height // 2)

    def draw_ring(self, painter: QPainter, slot: Slot, top: int, height: int) -> None:
        """Around the cell on which the keyboard stands."""
        painter.setPen(self._focus)
        painter.drawRect(slot.left, top, slot.width - 1, height - 1)

    def _draw_text(self, painter: QPainter, slot: Slot, top: int, height: int, cell: Cell) -> None:
        text, room = cell.text, slot.width - 2 * self.pad
        painter.setPen(self._tones[Tone.DIM if text == "–" else cell.tone])
        painter.setFont(self._bold if cell.strong else self._font)
        if self._advance(text) > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(slot.left + self.pad, top, room, height, _RIGHT if slot.right else _LEFT, text)

    def _draw_bar(self, painter: QPainter, slot: Slot, top: int, height: int, bar: tuple[int, int]) -> None:
        part, whole = bar
        thick, room = max(height // 6, 3), slot.width - 2 * self.pad
        left, under = slot.left + self.pad, top + height - thick - 2
        painter.fillRect(left, under, room, thick, self._line)
        if whole > 0 and part > 0:
            painter.fillRect(left, under, max(min(room * part // whole, room), 1), thick, self._bar)

    def _advance(self, text: str) -> int:
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            width = self._widths[text] = self._metrics.horizontalAdvance(text)
        return width
