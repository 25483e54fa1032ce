"""Open orders of several accounts: what is asked of a row goes to the account that the row says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.domain.accounts import ConnectionId
from hoga.domain.tickets import OrderId
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.pending.columns import pending_columns
from hoga.ui.pending.commands import OrderCommands
from hoga.ui.pending.rows import PendingRow, is_open, pending_rows
from hoga.ui.pending.slip import CancelSlip
from hoga.ui.pending.words import cancel_sentence
from hoga.ui.tables.column import Column
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import translate
from hoga.ui.together.gathering import Gathering


class AllPending(QWidget):
    """Cancels at once or after one sentence, as in the page of one account; changing an order is done in its own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.gathering = Gathering(context, self)
        self._commands: dict[ConnectionId, OrderCommands] = {}
        columns = (self._account_column(), *pending_columns(context, self._now))
        self.rows: RowModel[PendingRow] = RowModel(columns, lambda row: row.order.id, self)
        self.table: TablePane[PendingRow] = TablePane(context, "pending-all", self.rows, self)
        self.view = self.table.view
        self.view.empty = self._empty
        self.slip = CancelSlip(context, self, self._sentence)
        self.told = QLabel(self)
        self._words: dict[ConnectionId, str] = {}
        self._refresh = Paced(self, self.refresh)
        self._lay_out()
        self._add_actions()
        self.gathering.changed.connect(self._refresh.ask)
        self.view.opened.connect(lambda _key: self.show_account())
        self.view.chosen.connect(self._refresh_actions)
        self.slip.confirmed.connect(self.cancel)
        self.slip.closed.connect(self.view.setFocus)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def _account_column(self) -> Column[PendingRow]:
        return Column(
            "account", lambda: translate("Together", "Account"),
            lambda row: self.gathering.cell(row.order.connection),
            lambda row: self.gathering.cell(row.order.connection).text, sample="연습 PRACTICE KIS",
        )  # fmt: skip

    def _lay_out(self) -> None:
        unit = grid(self)
        self._buttons = {id: QPushButton(self) for id in ("together.cancel", "together.cancel_all", "together.show")}
        buttons = QHBoxLayout()
        buttons.setContentsMargins(unit * 2, unit, unit * 2, unit)
        buttons.setSpacing(unit)
        for id, button in self._buttons.items():
            button.setAutoDefault(False)
            if id == "together.show":
                buttons.addWidget(self.told, 1)
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.slip)
        whole.addLayout(buttons)
        self.setFocusProxy(self.view)

    def _add_actions(self) -> None:
        add = self._context.actions.add
        cancel = add(
            "together.cancel", lambda: self.tr("Cancel selected"), self.cancel_selected, shortcut="Del",
            where=self.view, why_not=self._why_none_chosen,
            tooltip=lambda: self.tr("One order is cancelled at once; several are asked about first, by account."),
        )  # fmt: skip
        add(
            "together.cancel_all", lambda: self.tr("Cancel all of these"), self.cancel_all, where=self,
            tooltip=lambda: self.tr("Every open order of the accounts shown. How many of each is said first."),
            why_not=lambda: "" if self._open_rows() else self.tr("There is no open order."),
        )  # fmt: skip
        show = add(
            "together.show", lambda: self.tr("Show in its account"), self.show_account, where=self,
            tooltip=lambda: self.tr("Turn to the account of the selected row: change the order there."),
            why_not=self._why_none_chosen,
        )  # fmt: skip
        self.table.menu_actions = (cancel, show)
        for id, button in self._buttons.items():
            self._context.actions.bind(button, id, show_key=True)

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Open orders of several accounts"))
        self.refresh()

    def refresh(self) -> None:
        keep = [OrderId(key) for key in self.rows.pinned() if isinstance(key, str)]
        rows = [row for desk in self.gathering.desks() for row in pending_rows(desk, keep)]
        rows.sort(key=lambda row: row.order.made_at, reverse=True)
        self.rows.set_rows(rows)
        if not self.slip.isHidden():
            self.slip.update_rows(self.rows.all_rows())
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        self._context.actions.refresh(*self._buttons)

    def _now(self, row: PendingRow) -> datetime:
        desk = self.gathering.desk(row.order.connection)
        return (desk or self._context.desk).clock.now()

    def _empty(self) -> Empty:
        if self.rows.all_rows():
            return Empty(self.tr("No order fits the filter"), self.tr("Clear the filter box to see them all."))
        return Empty(
            self.tr("No working orders in any of these accounts"),
            self.tr("What you place and what has not filled yet waits here. F2 buys, F3 sells."),
        )

    # --- commands ---------------------------------------------------------------------------------------------------

    def _open_rows(self) -> tuple[PendingRow, ...]:
        return tuple(row for row in self.rows.all_rows() if is_open(row.order) and not row.over)

    def _why_none_chosen(self) -> str:
        return "" if self.view.selected_rows() else self.tr("Select an order first.")

    def cancel_selected(self) -> None:
        self._ask([row for row in self.view.selected_rows() if not row.over])

    def cancel_all(self) -> None:
        self._ask(self._open_rows())

    def _ask(self, rows: Sequence[PendingRow]) -> None:
        if len(rows) == 1:
            self.cancel([rows[0].order.id])
        elif rows:
            self.slip.ask(rows)

    def _sentence(self, context: Context, rows: Sequence[PendingRow]) -> str:
        """Cancel 5 orders …? KIS 3 · Kiwoom 2."""
        counts = Counter(row.order.connection for row in rows)
        parts = [f"{self.gathering.cell(connection).text} {count}" for connection, count in counts.items()]
        return f"{cancel_sentence(context, rows)} {' · '.join(parts)}"

    def cancel(self, orders: Sequence[OrderId]) -> None:
        """Each account cancels its own."""
        self._words = {}
        by_account: dict[ConnectionId, list[OrderId]] = {}
        for id in orders:
            row = self.rows.find(id)
            if row is not None:
                by_account.setdefault(row.order.connection, []).append(id)
        for connection, own in by_account.items():
            desk = self.gathering.desk(connection)
            if desk is not None:
                commands = self._commands.get(connection)
                if commands is None or commands.desk is not desk:
                    commands = self._commands[connection] = OrderCommands(self._context, self, desk)
                    commands.told.connect(partial(self._say, connection))
                commands.cancel(own)

    def _say(self, connection: ConnectionId, text: str, _tone: object) -> None:
        self._words[connection] = f"{self.gathering.cell(connection).text}: {text}"
        self.told.setText("   ".join(self._words.values()))
        self.told.setToolTip(self.told.text())

    def show_account(self) -> None:
        rows = self.view.selected_rows()
        if rows:
            self._context.select(rows[0].order.instrument)
            self.gathering.go_to(rows[0].order.connection)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gathering.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gathering.look(False)
