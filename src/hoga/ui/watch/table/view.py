"""The watch table itself: only what changed is painted, and a click chooses the instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.painting import edges
from hoga.ui.tables.delegate import Slot
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.view import TableView
from hoga.ui.watch.table.cell_paint import CellPaint
from hoga.ui.watch.table.row import Row
from hoga.ui.watch.table.rows import WatchRows

Index = QModelIndex | QPersistentModelIndex


class WatchTableView(TableView[Row]):
    """Qt asks a dozen questions a cell and paints all that lies between two changed ones; prices change too often."""

    def __init__(self, context: Context, name: str, rows: RowModel[Row], parent: QWidget | None = None) -> None:
        self._brush: CellPaint | None = None
        super().__init__(context, name, rows, parent)
        self._live = cast(WatchRows, rows)
        self._standing: tuple[int, list[Slot]] | None = None
        """Where the columns stand, and how far the table was scrolled then."""
        self.head.sectionResized.connect(self._columns_moved)
        self.head.sectionMoved.connect(self._columns_moved)
        self.clicked.connect(self._take)
        self.opened.connect(context.select)
        context.selected.connect(self._selected)

    def chosen_instruments(self) -> tuple[InstrumentId, ...]:
        return cast(tuple[InstrumentId, ...], self.selected_keys())

    def remeasure(self) -> None:
        self._brush = None
        super().remeasure()

    def _columns_moved(self, *_what: int) -> None:
        self._standing = None

    def _columns(self) -> list[Slot]:
        """All that are shown, from the left; asked many times a second."""
        offset = self.head.offset()
        if self._standing is None or self._standing[0] != offset:
            whole = QRect(-offset, 0, max(self.head.length(), self.viewport().width()) + 1, 1)
            self._standing = (offset, self._slots(whole))
        return self._standing[1]

    def _take(self, index: QModelIndex) -> None:
        self._context.select(cast(InstrumentId, self.rows.shown_keys()[index.row()]))

    def _selected(self, _instrument: InstrumentId) -> None:
        self.viewport().update()

    # --- painting ---------------------------------------------------------------------------------------------------

    @property
    def brush(self) -> CellPaint:
        """How cells look now."""
        if self._brush is None:
            self._brush = CellPaint(self, self._context.tokens, self._cells.pad)
        return self._brush

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """Of the model: of live rows, the cells that look different."""
        fresh = self._live.fresh
        if not fresh:
            super().dataChanged(top, bottom, list(roles))
            self.viewport().update()
            return
        spans = {slot.column: (slot.left, slot.left + slot.width) for slot in self._columns()}
        height, offset = self.verticalHeader().defaultSectionSize(), self.verticalHeader().offset()
        update = self.viewport().update
        for first, last, columns in _runs(fresh):
            found = [spans[column] for column in columns if column in spans]
            if found:
                left, right = min(span[0] for span in found), max(span[1] for span in found)
                update(left, first * height - offset, right - left, (last - first + 1) * height)

    def paintEvent(self, event: QPaintEvent) -> None:
        count = self.rows.rowCount()
        if not count:
            super().paintEvent(event)
            return
        height, offset = self.verticalHeader().defaultSectionSize(), self.verticalHeader().offset()
        slots, brush, marked = self._columns(), self.brush, self._marked()
        with QPainter(self.viewport()) as painter:
            for part in cast(Iterable[QRect], event.region()):  # PySide's stubs do not say that it can be walked
                left, top, width, high = edges(part)
                # One rectangle at a time: cutting to the whole region costs as much as drawing does.
                painter.setClipRect(part)
                painter.fillRect(part, brush.ground)
                seen = [slot for slot in slots if slot.left < left + width and slot.left + slot.width > left]
                first, last = max((top + offset) // height, 0), min((top + high - 1 + offset) // height, count - 1)
                if seen:
                    for place in range(first, last + 1):
                        self._paint_row(painter, place, seen, place * height - offset, marked)
            if self.hasFocus():
                painter.setClipping(False)
                self._paint_ring(painter, slots, height, offset)

    def _marked(self) -> tuple[set[int], int | None]:
        """The rows that are selected, and the one whose instrument every tab shows."""
        shown = self._context.instrument
        return self._chosen_places(), self.rows.place(shown) if shown is not None else None

    def _paint_row(
        self, painter: QPainter, place: int, slots: list[Slot], top: int, marked: tuple[set[int], int | None]
    ) -> None:
        brush, height = self.brush, self.verticalHeader().defaultSectionSize()
        shown = place == marked[1]
        if shown or place in marked[0]:
            brush.mark(painter, slots, top, height)
        cells = self._live.ready(place, [slot.column for slot in slots])
        brush.row(painter, slots, cells, top, height)
        if shown:
            brush.bar(painter, top, height)
        if self.rows.is_gone(place):
            brush.strike(painter, slots, top, height)


def _runs(fresh: Iterable[tuple[int, tuple[int, ...]]]) -> Iterable[tuple[int, int, tuple[int, ...]]]:
    """Rows that lie one under the other are painted as one: first and last place, and every column of theirs."""
    run: list[Any] = []
    for place, columns in sorted(fresh):
        if run and place == run[1] + 1:
            run[1] = place
            run[2] = run[2] if run[2] == columns else tuple({*run[2], *columns})
        else:
            if run:
                yield run[0], run[1], run[2]
            run = [place, place, columns]
    if run:
        yield run[0], run[1], run[2]
