"""The two faces of the watch list: narrow rows with their lines, and a table of many figures. One is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.view import WatchView

if TYPE_CHECKING:  # most windows open with the list
    from hoga.ui.watch.table.pane import WatchTable

_KEPT = "watch face"


class Faces(QStackedWidget):
    """The table is made when it is wanted first. Signals:

    made (WatchTable): the table is there now.
    turned (bool): the table is seen, or the list.
    """

    made = Signal(object)
    turned = Signal(bool)

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._groups, self._feed = context, groups, feed
        self.view = WatchView(context, groups, feed, self)
        self.table: WatchTable | None = None
        self.addWidget(self.view)

    @property
    def as_table(self) -> bool:
        return self.table is not None and self.currentWidget() is self.table

    def restore(self) -> None:
        """The face of last time."""
        if self._context.state.get(_KEPT) == "table":
            self.turn(True)

    def turn(self, table: bool) -> None:
        """Show this face, and keep it for the next start."""
        if table == self.as_table:
            return
        focus, face = QApplication.focusWidget(), self._made() if table else self.view
        self.setCurrentWidget(face)
        self._context.state.put(_KEPT, "table" if table else "list")
        self._read()
        if focus is not None and self.isAncestorOf(focus):
            face.setFocus()
        self.turned.emit(table)

    def chosen(self) -> tuple[InstrumentId, ...]:
        """What is selected, from the top."""
        return self.table.cells.chosen_instruments() if self.as_table and self.table else self.view.chosen()

    def move(self, step: int) -> None:  # type: ignore[override]  # a face has no place of its own to move to
        """Selected rows go up (−1) or down (1) by one in the group's own order."""
        if not self.as_table:
            self.view.move(step)
            return
        have = self._groups.instruments
        rows = sorted(have.index(one) for one in self.chosen() if one in have)
        if rows and (rows[0] > 0 if step < 0 else rows[-1] < len(have) - 1):
            self._groups.move(rows, rows[0] - 1 if step < 0 else rows[-1] + 2)

    def why_not_move(self) -> str:
        """In another order than its own a row has no place to go to."""
        if self.as_table and self.table is not None and self.table.live.sorted_by() is not None:
            return self.tr("The table is sorted: click its head until no arrow is left.")
        return ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._read()

    def _read(self) -> None:
        """The face that nobody sees costs nothing."""
        self.view.rows.watch(not self.as_table)
        if self.table is not None:
            self.table.live.watch(self.as_table and self.isVisible())

    def _made(self) -> WatchTable:
        from hoga.ui.watch.table.pane import WatchTable

        if self.table is None:
            self.table = WatchTable(self._context, self._groups, self._feed, self)
            self.addWidget(self.table)
            self.made.emit(self.table)
        return self.table
