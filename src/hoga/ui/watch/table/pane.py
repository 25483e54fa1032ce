"""The watch table with its filter box, copying and export."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.table.row import Row
from hoga.ui.watch.table.rows import WatchRows
from hoga.ui.watch.table.view import WatchTableView


class WatchTable(TablePane[Row]):
    """The same instruments in the same order as the list. Rows are read while it is shown alone; ``cells`` is the
    table without what stands around it."""

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QWidget | None = None) -> None:
        self.live = WatchRows(context, groups, feed)
        super().__init__(context, "watch", self.live, parent)
        self.live.setParent(self)
        self.view.empty = self._empty

    def make_view(self, name: str) -> WatchTableView:
        self.cells = WatchTableView(self._context, name, self.rows, self)
        return self.cells

    def wanted_width(self) -> int:
        """Room for every column that is shown."""
        bar = self.view.verticalScrollBar().sizeHint().width()
        return self.view.head.wanted_length() + bar + 2

    def _empty(self) -> Empty:
        if self.live.filtered:
            return Empty(self.tr("Nothing in this group holds these words."), self.tr("Clear the filter to see all."))
        return Empty(self.tr("This group is empty."), self.tr("Find an instrument, or paste a list of codes or names."))

    def retranslate(self) -> None:
        super().retranslate()
        self.view.setAccessibleName(self.tr("Watch list as a table"))
