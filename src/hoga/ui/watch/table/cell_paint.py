"""How the cells of the watch table are drawn: figures from parts that come again, grounds filled in one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from hoga.ui.format import DASH
from hoga.ui.painting import bold, grid
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.tables.column import Cell, Tone
from hoga.ui.tables.delegate import Slot
from hoga.ui.theme.tokens import Tokens
from hoga.ui.watch.table.figures import Figures


class CellPaint:
    """One look; made anew when font or colours change. ``pad`` is the space left and right of a text."""

    def __init__(self, view: QWidget, tokens: Tokens, pad: int) -> None:
        font, ratio = view.font(), view.devicePixelRatioF()
        self._texts = TextCache(font)
        self._plain, self._strong = Figures(font, ratio), Figures(bold(font), ratio)
        self._tones = {tone: QColor(tone.colour(tokens)) for tone in Tone}
        self.ground, self._marked = QColor(tokens.ground), QColor(tokens.selection)
        self._line, self._accent = QColor(tokens.line), QColor(tokens.accent)
        self._pad, self._bar = pad, max(grid(view) - 1, 2)

    def row(
        self, painter: QPainter, slots: Sequence[Slot], cells: Sequence[Cell | None], top: int, height: int
    ) -> None:
        """The texts of one row over a ground that is painted, and the line under it."""
        first, last, pad = slots[0], slots[-1], self._pad
        painter.fillRect(first.left, top + height - 1, last.left + last.width - first.left, 1, self._line)
        within = top + (height - self._plain.height) // 2
        for slot in slots:
            cell = cells[slot.column]
            if cell is None or not cell.text:
                continue
            colour = self._tones[Tone.DIM if cell.text == DASH else cell.tone]
            room = slot.width - 2 * pad
            if slot.right:
                figures, end = self._strong if cell.strong else self._plain, slot.left + slot.width - pad
                if not figures.draw(painter, end, within, cell.text, colour, room):
                    figures.draw(painter, end, within, self._cut(cell.text, room), colour, slot.width)
            else:
                painter.setPen(colour)
                area = QRect(slot.left + pad, top, room, height)
                self._texts.draw(painter, area, self._cut(cell.text, room), Qt.AlignmentFlag.AlignLeft)

    def mark(self, painter: QPainter, slots: Sequence[Slot], top: int, height: int) -> None:
        """The ground of a row that was chosen."""
        left, end = slots[0].left, slots[-1].left + slots[-1].width
        painter.fillRect(left, top, end - left, height, self._marked)

    def bar(self, painter: QPainter, top: int, height: int) -> None:
        """At the left of the row whose instrument every tab shows."""
        painter.fillRect(0, top, self._bar, height, self._accent)

    def strike(self, painter: QPainter, slots: Sequence[Slot], top: int, height: int) -> None:
        """Through a row that left the list while its place is held."""
        left, end = slots[0].left, slots[-1].left + slots[-1].width
        painter.fillRect(left, top + height // 2, end - left, 1, self._tones[Tone.STALE])

    def _cut(self, text: str, room: int) -> str:
        """With an ellipsis where it does not fit."""
        if self._texts.width(text) <= room:
            return text
        return self._texts.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
