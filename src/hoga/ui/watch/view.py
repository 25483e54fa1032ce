"""The watch list itself: rows that are dragged into place, painted here, and only those that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.painting import edges
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.row_paint import PLAIN, RowPaint, State
from hoga.ui.watch.rows import ROW_ROLE, WatchModel

Index = QModelIndex | QPersistentModelIndex


class WatchView(QListView):
    """Enter or a click chooses a row.

    Qt's own way to paint asks several questions a row and paints all that lies between two changed ones; prices change
    too often for that. It is left what it alone can do: the place where a dragged row would be dropped.
    """

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._groups = groups
        self._feed = feed
        self._brush: RowPaint | None = None
        self.rows = WatchModel(context, groups, feed, self)
        self.setModel(self.rows)
        self.setItemDelegate(WatchDelegate(context, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._take)
        context.selected.connect(self._selected)
        context.look_changed.connect(self._measure)

    def chosen(self) -> tuple[InstrumentId, ...]:
        return tuple(self.rows.at(index.row()) for index in sorted(self.selectedIndexes(), key=lambda i: i.row()))

    def move(self, step: int) -> None:  # type: ignore[override]  # a list has no place of its own to move to
        """Selected rows go up (−1) or down (1) by one."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if not rows or (step < 0 and rows[0] == 0) or (step > 0 and rows[-1] == self.rows.rowCount() - 1):
            return
        moved = [self.rows.at(row) for row in rows]
        self._groups.move(rows, rows[0] - 1 if step < 0 else rows[-1] + 2)
        self._choose(moved)

    def _choose(self, instruments: list[InstrumentId]) -> None:
        model = self.selectionModel()
        for one in instruments:
            if (row := self.rows.row_of(one)) is not None:
                model.select(self.rows.index(row), model.SelectionFlag.Select)
                model.setCurrentIndex(self.rows.index(row), model.SelectionFlag.NoUpdate)

    def _take(self, index: QModelIndex) -> None:
        self._context.select(self.rows.at(index.row()))

    def _selected(self, _instrument: InstrumentId) -> None:
        self.viewport().update()

    def _measure(self) -> None:
        self._brush = None
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_brush"):
            self._brush = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # --- painting ---------------------------------------------------------------------------------------------------

    @property
    def brush(self) -> RowPaint:
        """How a row looks now."""
        if self._brush is None:
            self._brush = RowPaint(self, self._context.tokens, self._feed.sparks)
        return self._brush

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.state() == QAbstractItemView.State.DraggingState or not self.rows.rowCount():
            with QPainter(self.viewport()) as painter:
                painter.fillRect(event.rect(), self.palette().base())
            super().paintEvent(event)
            return
        first, ground = self.visualRect(self.rows.index(0)), self.palette().base()
        left, top, width, height = edges(first)
        states, brush, rows = self._states(), self.brush, self.rows
        under = event.rect()
        under.setTop(max(top + rows.rowCount() * height, under.top()))
        with QPainter(self.viewport()) as painter:
            if not under.isEmpty():
                painter.fillRect(under, ground)
            for row, since in sorted(self._rows_in(event.region(), first).items()):
                area, seen = QRect(left, top + row * height, width, height), max(since, left)
                # One rectangle at a time: cutting to the whole region costs as much as drawing does.
                painter.setClipRect(seen, top + row * height, left + width - seen, height)
                painter.fillRect(area, ground)
                if brush.row(painter, area, rows.row(row), states.get(row, PLAIN), seen):
                    self.viewport().update(area)

    def _rows_in(self, region: QRegion, first: QRect) -> dict[int, int]:
        """Rows that a region touches, and where it begins in each; ``first`` is where the topmost of the list lies."""
        _, above, _, high = edges(first)
        last = self.rows.rowCount() - 1
        found: dict[int, int] = {}
        for part in cast(Iterable[QRect], region):  # PySide's stubs do not say that it can be walked
            since, top, _, height = edges(part)
            for row in range(max((top - above) // high, 0), min((top + height - 1 - above) // high, last) + 1):
                found[row] = min(found.get(row, since), since)
        return found

    def _states(self) -> dict[int, State]:
        """The few rows that differ from the others."""
        selected = {index.row() for index in self.selectedIndexes()}
        shown = self._context.instrument
        chosen = self.rows.row_of(shown) if shown is not None else None
        hovered = self._hovered()
        focused = self.currentIndex().row() if self.hasFocus() else -1
        rows = {*selected, chosen, hovered, focused} - {None, -1}
        return {
            row: State(row == chosen, row in selected, row == hovered, row == focused)
            for row in rows
            if row is not None
        }

    def _hovered(self) -> int:
        view = self.viewport()
        return self.indexAt(view.mapFromGlobal(QCursor.pos())).row() if view.underMouse() else -1

    def dataChanged(self, _top: Index, _bottom: Index, _roles: Sequence[int] = ()) -> None:
        """Of the model. All rows are equally high, so nobody has to be asked where each of them lies."""
        first, view, brush = self.visualRect(self.rows.index(0)), self.viewport(), self.brush
        left, top, width, height = edges(first)
        for row, before in self.rows.fresh:
            since = brush.changed_since(first, before, self.rows.row(row))
            view.update(since, top + row * height, left + width - since, height)


class WatchDelegate(QStyledItemDelegate):
    """What Qt asks about a row: its height, and its looks while another one is dragged over it."""

    def __init__(self, context: Context, view: WatchView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._view.brush.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, state = index.data(ROW_ROLE), option.state
        looks = State(
            row.instrument == self._context.instrument,
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus(),
        )
        painter.save()
        self._view.brush.row(painter, option.rect, row, looks)
        painter.restore()
