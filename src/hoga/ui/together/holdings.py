"""What several accounts hold, summed in won; a sum that lacks an account says which."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Portfolio
from hoga.domain.values import Money
from hoga.trading.together import HeldTogether, Part, Total, together
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings.figures import Shown, Strip
from hoga.ui.tables.column import HIDDEN, Cell, Column, Tone, tone_of
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import translate
from hoga.ui.together.gathering import Gathering

Rows = Column[HeldTogether]
Of = Callable[[Portfolio], Maybe[Money]]


def _d2(portfolio: Portfolio) -> Maybe[Money]:
    cash = portfolio.cash
    if isinstance(cash, Unknown):
        return cash
    won = [report.settled_d2 for report in cash.value if report.currency.code == "KRW"]
    return Known(sum(won, Money(0)), cash.at, cash.source)


_OF: tuple[Of, ...] = (
    lambda one: one.total, lambda one: one.open_profit, lambda one: one.realised_today, lambda one: one.orderable, _d2,
)  # fmt: skip


class AllHoldings(QWidget):
    """A row for each instrument, with how many of it lie in which account. A figure pressed says what it adds up."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.gathering = Gathering(context, self)
        self.strip = Strip(context, len(_OF), self._explain, self)
        self.rows: RowModel[HeldTogether] = RowModel(self._columns(), lambda row: row.instrument, self)
        self.table: TablePane[HeldTogether] = TablePane(context, "holdings-all", self.rows, self)
        self.view = self.table.view
        self.view.empty = self._empty
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self.table, 1)
        self.setFocusProxy(self.view)
        self._refresh = Paced(self, self.refresh)
        self.gathering.changed.connect(self._refresh.ask)
        self.view.opened.connect(self._open)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self.strip.repaint_all)
        context.amounts_hidden.connect(self.strip.repaint_all)
        self.retranslate()

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Holdings of several accounts"))
        self.refresh()

    def _parts(self) -> list[Part]:
        return [Part(self.gathering.name(d.account), d.account, d.portfolio()) for d in self.gathering.desks()]

    def refresh(self) -> None:
        sums = together(self._parts())
        self.rows.set_rows(one for one in sums.holdings if one.quantity)
        totals = (sums.total, sums.open_profit, sums.realised_today, sums.orderable, sums.cash)
        signed = (False, True, True, False, False)
        self.strip.show_figures([self._figure(place, total, signed[place]) for place, total in enumerate(totals)])

    def _headings(self) -> tuple[str, ...]:
        return (
            self.tr("Total, won"), self.tr("Open profit"), self.tr("Realised today"), self.tr("Orderable"),
            self.tr("Cash D+2"),
        )  # fmt: skip

    def _figure(self, place: int, total: Total, signed: bool) -> Shown:
        heading, tip = self._headings()[place], self._adds_up(place)
        value = total.value
        if isinstance(value, Unknown):
            return Shown(heading, fmt.DASH, tip=f"{self._context.worded(value.why)}\n{tip}")
        if signed:
            text = fmt.signed(value.value.units, value.value.currency)
            return Shown(heading, text, tone_of(value.value.units), tip)
        return Shown(heading, fmt.money(value.value), tip=tip)

    def _adds_up(self, place: int) -> str:
        """KIS 1,234 + Kiwoom –."""
        lines = []
        for part in self._parts():
            value = _OF[place](part.portfolio)
            text = fmt.money(value.value) if isinstance(value, Known) else fmt.DASH
            lines.append(f"{part.name} {HIDDEN if self._context.hidden and isinstance(value, Known) else text}")
        return " + ".join(lines)

    def _explain(self, place: int) -> None:
        figure = self.strip.figures[place]
        QToolTip.showText(figure.mapToGlobal(QPoint(0, figure.height())), figure.toolTip(), figure)

    def _empty(self) -> Empty:
        unread = together(self._parts()).unread
        if self.rows.all_rows():
            return Empty(self.tr("No holding fits the filter"), self.tr("Clear the filter box to see them all."))
        if unread:
            names = ", ".join(self.gathering.name(account) for account in unread)
            return Empty(self.tr("Not known yet"), self.tr("Being read: {accounts}").format(accounts=names))
        return Empty(self.tr("Nothing is held in any of these accounts"), self.tr("What is bought appears here."))

    def _open(self, key: object) -> None:
        row = self.rows.find(key)
        if row is not None:
            self._context.select(row.instrument)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gathering.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gathering.look(False)

    # --- columns ----------------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Rows, ...]:
        context = self._context
        return (
            Column(
                "name", lambda: translate("Holdings", "Instrument"),
                lambda row: Cell(context.name(row.instrument), strong=True), lambda row: context.name(row.instrument),
                flex=True, sample="Samsung Electronics",
            ),
            Column(
                "code", lambda: translate("Holdings", "Code"), lambda row: Cell(row.instrument.code),
                lambda row: row.instrument.code, code=True, shown=False, sample="000000",
            ),
            Column(
                "accounts", lambda: translate("Together", "In the accounts"), self._where_cell,
                lambda row: len(row.held_in), amount=True, sample="KIS 10,000 · Kiwoom 10,000",
            ),
            Column(
                "quantity", lambda: translate("Holdings", "Quantity"),
                lambda row: Cell(fmt.shares(row.quantity), strong=True), lambda row: row.quantity.count, right=True,
                amount=True, sample="100,000",
            ),
            Column(
                "sellable", lambda: translate("Holdings", "Sellable"), lambda row: Cell(fmt.shares(row.sellable)),
                lambda row: row.sellable.count, right=True, amount=True, sample="100,000",
            ),
            *self._worth(),
        )  # fmt: skip

    def _worth(self) -> tuple[Rows, ...]:
        return (
            Column(
                "average", lambda: translate("Holdings", "Average"), _average_cell, lambda row: row.average,
                right=True, sample="1,000,000",
            ),
            Column(
                "cost", lambda: translate("Holdings", "Cost"), lambda row: Cell(fmt.money(row.cost)),
                lambda row: row.cost.units, right=True, amount=True, sample="100,000,000",
                total=lambda row: row.cost,
            ),
            Column(
                "value", lambda: translate("Holdings", "Value"), lambda row: self._total_cell(row.value),
                lambda row: _units(row.value), right=True, amount=True, sample="100,000,000",
                total=lambda row: _known(row.value),
            ),
            Column(
                "profit", lambda: translate("Holdings", "Profit"),
                lambda row: self._total_cell(row.open_profit, signed=True), lambda row: _units(row.open_profit),
                right=True, amount=True, signed=True, sample="+10,000,000",
                total=lambda row: _known(row.open_profit),
            ),
            Column(
                "realised", lambda: translate("Holdings", "Realised today"),
                lambda row: self._total_cell(row.realised_today, signed=True), lambda row: _units(row.realised_today),
                right=True, amount=True, signed=True, sample="+10,000,000",
                total=lambda row: _known(row.realised_today),
            ),
        )  # fmt: skip

    def _where_cell(self, row: HeldTogether) -> Cell:
        parts = [
            f"{self.gathering.name(account)} {fmt.shares(holding.position.quantity)}"
            for account, holding in row.held_in
            if holding.position.quantity
        ]
        return Cell(" · ".join(parts), tone=Tone.DIM)

    def _total_cell(self, total: Total, *, signed: bool = False) -> Cell:
        if isinstance(total.value, Unknown):
            return Cell(fmt.DASH, plain="", tip=self._context.worded(total.value.why))
        money = total.value.value
        if signed:
            return Cell(fmt.signed(money.units, money.currency), tone=tone_of(money.units))
        return Cell(fmt.money(money))


def _known(total: Total) -> Money | None:
    return total.value.value if isinstance(total.value, Known) else None


def _units(total: Total) -> int | None:
    known = _known(total)
    return None if known is None else known.units


def _average_cell(row: HeldTogether) -> Cell:
    if row.average is None:
        return Cell(fmt.DASH, plain="")
    whole = row.average == row.average.to_integral_value()
    return Cell(f"{row.average:,.0f}" if whole else f"{row.average:,.2f}")
