"""The head of a table: which columns are shown, in which order, how wide, sorted by which; kept by name.

A menu on the head shows and hides columns, fits them to what is shown, or gives the original state back. Widths are
kept in parts of the font's height, so that they mean the same at every font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from hoga.ui.context import Context
from hoga.ui.painting import draw_text
from hoga.ui.tables.column import Column
from hoga.ui.tables.delegate import CellPainter

SCHEMA = 1
_SORT_ARROW = 2  # widths of a digit that the arrow takes


class Head(QHeaderView):
    """``name`` is what its layout is kept under: ``columns/<name>``."""

    def __init__(self, context: Context, name: str, columns: Sequence[Column[Any]], view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._context = context
        self._kept = f"columns/{name}"
        self._columns = tuple(columns)
        self._painter = CellPainter(context, self)
        self._own_widths: dict[str, int] = {}
        self._busy = True
        self.menu: QMenu | None = None
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.open_menu)
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._changed)
        self.sortIndicatorChanged.connect(self._changed)
        # Many signals come in one go; what stands at the end of the turn is kept.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.keep)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Flat and quiet: the title where its column's texts begin or end, an arrow beside the one it is sorted by."""
        tokens, column = self._context.tokens, self._columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(tokens.raised))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(
            rect.right(), rect.top() + rect.height() // 4, rect.right(), rect.bottom() - rect.height() // 4
        )
        pad = self._painter.pad
        inner = rect.adjusted(pad, 0, -pad, 0)
        text = column.title()
        if self.sortIndicatorSection() == logicalIndex:
            falling = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            text = f"{text} {'▾' if falling else '▴'}"
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.dim))
        draw_text(painter, inner, text, side)
        painter.restore()

    # --- measures ---------------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """Widths for the font and language of now: the person's own, else from title and sample."""
        self._painter.measure(self.font())
        self.setMinimumHeight(self._painter.row_height)
        self.setMinimumSectionSize(self.fontMetrics().height() * 2)
        was, self._busy = self._busy, True
        for place, column in enumerate(self._columns):
            own = self._own_widths.get(column.name)
            self.resizeSection(place, own * self.fontMetrics().height() // 100 if own else self._natural(column))
        self._busy = was
        self.stretch()

    def stretch(self) -> None:
        """Give the width that is left over to the column that can use it."""
        flex = next((place for place, column in enumerate(self._columns) if column.flex), None)
        if flex is None or self.isSectionHidden(flex) or self._columns[flex].name in self._own_widths:
            return
        view = self.parentWidget()
        room = view.viewport().width() if isinstance(view, QTableView) else self.width()
        others = self.length() - self.sectionSize(flex)
        wanted = max(room - others, self._natural(self._columns[flex]))
        if wanted != self.sectionSize(flex):
            was, self._busy = self._busy, True
            self.resizeSection(flex, wanted)
            self._busy = was

    def fit(self) -> None:
        """As wide as what is shown now needs."""
        view = self.parentWidget()
        for place in range(self.count()):
            if not self.isSectionHidden(place) and isinstance(view, QTableView):
                self.resizeSection(place, max(view.sizeHintForColumn(place), self._title_width(self._columns[place])))
        self.stretch()

    def wanted_length(self) -> int:
        """Width that every column which is shown would like to have, whatever room there is."""
        shown = [place for place in range(self.count()) if not self.isSectionHidden(place)]
        return sum(
            self._natural(self._columns[place]) if self._columns[place].flex else self.sectionSize(place)
            for place in shown
        )

    def _natural(self, column: Column[Any]) -> int:
        return max(self._title_width(column), self._painter.width_of(column.sample))

    def _title_width(self, column: Column[Any]) -> int:
        return self._painter.width_of(column.title()) + _SORT_ARROW * self.fontMetrics().horizontalAdvance("0")

    # --- memory -----------------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Take over what was kept; columns that it does not know keep their default."""
        kept = self._context.state.get(self._kept, SCHEMA)
        self._busy = True
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if isinstance(kept, dict):
            self._take(kept)
        else:
            self._default()
        self.measure()
        self._busy = False

    def restore_defaults(self) -> None:
        """The original columns, order and widths; no sorting."""
        self._busy = True
        self._own_widths = {}
        for place in range(self.count()):
            self.moveSection(self.visualIndex(place), place)
        self._default()
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.measure()
        self._busy = False
        self.keep()

    def keep(self) -> None:
        sort = self.sortIndicatorSection()
        falling = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        value = {
            "order": [self._columns[self.logicalIndex(at)].name for at in range(self.count())],
            "hidden": [c.name for place, c in enumerate(self._columns) if self.isSectionHidden(place)],
            "widths": dict(self._own_widths),
            "sort": [self._columns[sort].name, "falling" if falling else "rising"] if sort >= 0 else None,
        }
        self._context.state.put(self._kept, value, SCHEMA)

    def _default(self) -> None:
        for place, column in enumerate(self._columns):
            self.setSectionHidden(place, not column.shown)

    def _take(self, kept: dict[str, Any]) -> None:
        places = {column.name: place for place, column in enumerate(self._columns)}
        order = [name for name in kept.get("order", ()) if name in places]
        known = set(order)
        hidden = set(kept.get("hidden", ()))
        for place, column in enumerate(self._columns):
            self.setSectionHidden(place, column.name in hidden if column.name in known else not column.shown)
        for at, name in enumerate(order):
            self.moveSection(self.visualIndex(places[name]), at)
        widths = kept.get("widths", {})
        self._own_widths = {name: int(width) for name, width in widths.items() if name in places}
        sort = kept.get("sort")
        if sort and sort[0] in places:
            way = Qt.SortOrder.DescendingOrder if sort[1] == "falling" else Qt.SortOrder.AscendingOrder
            self.setSortIndicator(places[sort[0]], way)

    def _resized(self, place: int, old: int, new: int) -> None:
        if not self._busy and new > 0 and old > 0:
            self._own_widths[self._columns[place].name] = new * 100 // max(self.fontMetrics().height(), 1)
            self._changed()

    def _changed(self, *_what: object) -> None:
        if not self._busy:
            self._later.start()

    # --- menu -------------------------------------------------------------------------------------------------------

    def open_menu(self, at: QPoint) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = QMenu(self)
        for place, column in enumerate(self._columns):
            action = menu.addAction(column.title())
            action.setObjectName(column.name)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(place))
            action.setEnabled(self.isSectionHidden(place) or self.count() - self.hiddenSectionCount() > 1)
        menu.addSeparator()
        menu.addAction(self.tr("Fit columns to content")).triggered.connect(self.fit)
        menu.addAction(self.tr("Reset columns")).triggered.connect(self.restore_defaults)
        menu.triggered.connect(self._toggled)
        menu.popup(self.mapToGlobal(at))

    def _toggled(self, action: QAction) -> None:
        place = next((i for i, c in enumerate(self._columns) if c.name == action.objectName()), None)
        if place is not None:
            self.setSectionHidden(place, not action.isChecked())
            self.measure()
            self.keep()
