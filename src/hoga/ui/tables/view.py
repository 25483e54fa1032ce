"""The one table view of the window: whole rows, the keyboard's ring, an empty state that says why, order held under
the pointer. It never trades: a double click or Enter opens details."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic

from msgspec import Struct
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import bold, grid
from hoga.ui.tables.column import R
from hoga.ui.tables.delegate import CellPainter, Slot
from hoga.ui.tables.header import Head
from hoga.ui.tables.model import RowModel

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class Empty(Struct, frozen=True):
    """Why there is nothing to see, and what to do about it. ``trouble``: something failed."""

    title: str
    hint: str = ""
    trouble: bool = False


class TableView(QTableView, Generic[R]):
    """Signals:

    opened (object): the key of the row whose details are wanted.
    chosen: other rows are selected now.
    resized: it has another size now.
    """

    opened = Signal(object)
    chosen = Signal()
    resized = Signal()

    def __init__(self, context: Context, name: str, rows: RowModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows = rows
        self.empty: Callable[[], Empty] = lambda: Empty("")
        self._cells = CellPainter(context, self)
        self.setItemDelegate(self._cells)
        self.head = Head(context, name, rows.columns, self)
        self.setHorizontalHeader(self.head)
        self.setModel(rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.setSortingEnabled(False)
        self.head.restore()
        self.setSortingEnabled(True)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        self.doubleClicked.connect(self._open)
        context.look_changed.connect(self.remeasure)
        self.remeasure()

    # --- rows -------------------------------------------------------------------------------------------------------

    def selected_keys(self) -> tuple[Hashable, ...]:
        """From the top."""
        # Whole rows are selected, always: to ask Qt which rows are takes a question about each of their cells.
        ranges = self.selectionModel().selection().toList()
        places = sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})
        keys = self.rows.shown_keys()
        return tuple(keys[place] for place in places)

    def selected_rows(self) -> tuple[R, ...]:
        return tuple(row for key in self.selected_keys() if (row := self.rows.find(key)) is not None)

    def current_key(self) -> Hashable | None:
        """The row on which the keyboard stands; None where it stands on none."""
        index = self.currentIndex()
        return self.rows.shown_keys()[index.row()] if index.isValid() else None

    def choose(self, key: Hashable) -> bool:
        """Select this row alone and show it. False: it is not there."""
        place = self.rows.place(key)
        if place is None:
            return False
        # Not selectRow: that one toggles while Ctrl is still down from the shortcut that led here.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows.index(place, 0), flags)
        self.scrollTo(self.rows.index(place, 0))
        return True

    def visible_places(self) -> range:
        """The rows on the screen."""
        count = self.rows.rowCount()
        if not count or not self.isVisible():
            return range(0)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1)

    def scroll_down(self, pixels: int) -> None:
        """Move what is seen down by so much, rows that have just come included."""
        self.updateGeometries()
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + pixels)

    def remeasure(self) -> None:
        self._cells.measure(self.font())
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._cells.row_height)
        self.head.measure()
        self.viewport().update()

    # --- what happens -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport():
            if event.type() == QEvent.Type.Enter:
                self.rows.hold(True)
            elif event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
                self.rows.hold(False)
        return super().eventFilter(watched, event)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._open(self.currentIndex())
            return
        if event.key() in _ARROWS and not self.selectionModel().hasSelection() and self.rows.rowCount():
            # Qt's own first step leaves the row on which the ring stands, and a single row can never be selected.
            self.choose(self.rows.shown_keys()[max(self.currentIndex().row(), 0)])
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # Qt's own copies one cell; the pane's action copies rows
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.stretch()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole rows, and of those only the ones that changed or came into sight."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        dirty = event.region()
        painter.fillRect(event.rect(), self.palette().base())
        count, height = self.rows.rowCount(), self.verticalHeader().defaultSectionSize()
        if not count:
            self._paint_empty(painter, self.empty())
            return
        slots = self._slots(event.rect())
        chosen = self._chosen_places()
        offset = self.verticalHeader().offset()
        first, last = (event.rect().top() + offset) // height, (event.rect().bottom() + offset) // height
        for place in range(max(first, 0), min(last, count - 1) + 1) if slots else ():
            top = place * height - offset
            if dirty.intersects(QRect(0, top, self.viewport().width(), height)):
                cells = [(slot, self.rows.cell(place, slot.column)) for slot in slots]
                self._cells.draw_row(painter, cells, top, height, chosen=place in chosen, gone=self.rows.is_gone(place))
        self._paint_ring(painter, slots, height, offset)

    def _slots(self, within: QRect) -> list[Slot]:
        """The columns in sight, from the left."""
        head, found = self.head, []
        for at in range(head.count()):
            column = head.logicalIndex(at)
            left, width = head.sectionViewportPosition(column), head.sectionSize(column)
            if width and left + width >= within.left() and left <= within.right():
                found.append(Slot(column, left, width, self.rows.columns[column].right))
        return found

    def _chosen_places(self) -> set[int]:
        return {index.row() for index in self.selectionModel().selectedRows()}

    def _paint_ring(self, painter: QPainter, slots: list[Slot], height: int, offset: int) -> None:
        current = self.currentIndex()
        slot = next((slot for slot in slots if slot.column == current.column()), None)
        if self.hasFocus() and current.isValid() and slot is not None:
            self._cells.draw_ring(painter, slot, current.row() * height - offset, height)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.shown_keys()[index.row()])

    def _paint_empty(self, painter: QPainter, empty: Empty) -> None:
        tokens = self._context.tokens
        area = self.viewport().rect().adjusted(grid(self, 6), grid(self, 8), -grid(self, 6), -grid(self, 4))
        wrapped = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(tokens.bad if empty.trouble else tokens.text))
        title = painter.boundingRect(area, wrapped, empty.title)
        painter.drawText(area, wrapped, empty.title)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.dim))
        painter.drawText(QRect(area).adjusted(0, title.height() + grid(self, 2), 0, 0), wrapped, empty.hint)
