"""The fills of the day in several accounts, newest first, with their sums."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoga.ui.context import Context
from hoga.ui.fills.rows import FillRow, fill_columns, fill_rows
from hoga.ui.tables.column import Column
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import translate
from hoga.ui.together.gathering import Gathering


class AllFills(QWidget):
    """Enter or a double click turns to the account of a fill."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.gathering = Gathering(context, self)
        columns = (self._account_column(), *fill_columns(context))
        self.rows: RowModel[FillRow] = RowModel(columns, lambda row: row.key, self)
        self.table: TablePane[FillRow] = TablePane(context, "fills-all", self.rows, self)
        self.view = self.table.view
        self.view.empty = lambda: Empty(
            self.tr("Nothing was filled today in any of these accounts"),
            self.tr("Each fill appears here the moment a broker tells of it."),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.table)
        self.setFocusProxy(self.view)
        self._refresh = Paced(self, self.refresh)
        self.gathering.changed.connect(self._refresh.ask)
        self.view.opened.connect(self._open)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def _account_column(self) -> Column[FillRow]:
        return Column(
            "account", lambda: translate("Together", "Account"),
            lambda row: self.gathering.cell(row.order.connection),
            lambda row: self.gathering.cell(row.order.connection).text, sample="연습 PRACTICE KIS",
        )  # fmt: skip

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Fills of several accounts"))
        self.refresh()

    def refresh(self) -> None:
        rows = [row for desk in self.gathering.desks() for row in fill_rows(desk)]
        rows.sort(key=lambda row: row.execution.at or row.order.made_at, reverse=True)
        self.rows.set_rows(rows)

    def _open(self, key: object) -> None:
        row = self.rows.find(key)
        if row is not None:
            self._context.select(row.order.instrument)
            self.gathering.go_to(row.order.connection)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gathering.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gathering.look(False)
