"""The fills of the day as rows, with what each cost by the rules on file."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from hoga.domain.orders import Execution, Order
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.facade import Desk
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.fills.costs import costs_of
from hoga.ui.order.text import type_word
from hoga.ui.tables.column import Cell, Column
from hoga.ui.tables.words import kind_cell, origin_word, side_cell, time_cell, translate

Rows = Column["FillRow"]


class FillRow(Struct, frozen=True):
    """``costs`` are reckoned, not reported; None where no rule is on file."""

    order: Order
    execution: Execution
    costs: Money | None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.order.id, str(self.execution.number), self.execution.key

    @property
    def price(self) -> Decimal:
        """What one share cost; a line that completes the notices may be an average."""
        return self.execution.amount.decimal / self.execution.quantity.count

    @property
    def net(self) -> Money | None:
        """What it did to the cash: bought less than nothing, sold more."""
        if self.costs is None:
            return None
        amount = self.execution.amount
        return -(amount + self.costs) if self.order.side is Side.BUY else amount - self.costs


def fill_rows(desk: Desk) -> tuple[FillRow, ...]:
    """Newest first."""
    rows = [
        FillRow(
            fill.order, fill.execution, costs_of(desk.account.profile, fill, desk.instrument(fill.order.instrument))
        )
        for fill in desk.fills()
        if fill.execution.quantity
    ]
    rows.reverse()
    return tuple(rows)


def fill_columns(context: Context) -> tuple[Rows, ...]:
    return (*_what(context), *_how_much(), *_from_where())


def _what(context: Context) -> tuple[Rows, ...]:
    return (
        Column(
            "time", lambda: translate("Fills", "Time"), lambda row: time_cell(row.execution.at),
            lambda row: row.execution.at, sample="00:00:00",
        ),
        Column(
            "name", lambda: translate("Fills", "Instrument"),
            lambda row: Cell(context.name(row.order.instrument), strong=True),
            lambda row: context.name(row.order.instrument), flex=True, sample="Samsung Electronics",
        ),
        Column(
            "code", lambda: translate("Fills", "Code"), lambda row: Cell(row.order.instrument.code),
            lambda row: row.order.instrument.code, code=True, sample="000000",
        ),
        Column(
            "side", lambda: translate("Fills", "Side"), lambda row: side_cell(row.order.side),
            lambda row: row.order.side is Side.SELL, sample="▲ 매수",
        ),
    )  # fmt: skip


def _how_much() -> tuple[Rows, ...]:
    return (
        Column(
            "price", lambda: translate("Fills", "Price"), _price_cell, lambda row: row.price, right=True,
            sample="1,000,000",
        ),
        Column(
            "quantity", lambda: translate("Fills", "Filled"),
            lambda row: Cell(fmt.shares(row.execution.quantity), strong=True),
            lambda row: row.execution.quantity.count, right=True, sample="100,000",
            total=lambda row: row.execution.quantity,
        ),
        Column(
            "amount", lambda: translate("Fills", "Amount"), lambda row: Cell(fmt.money(row.execution.amount)),
            lambda row: row.execution.amount.units, right=True, amount=True, sample="100,000,000",
            total=lambda row: row.execution.amount,
        ),
        Column(
            "costs", lambda: translate("Fills", "Costs"), lambda row: Cell(fmt.money(row.costs)),
            lambda row: row.costs and row.costs.units, right=True, amount=True, sample="100,000",
            about=lambda: translate("Fills", "Commission and tax by the rules on file; the broker rounds per order."),
            total=lambda row: row.costs,
        ),
        Column(
            "net", lambda: translate("Fills", "To cash"), _net_cell, lambda row: row.net and row.net.units, right=True,
            amount=True, signed=True, sample="+100,000,000", total=lambda row: row.net,
            about=lambda: translate("Fills", "What it did to the cash: amount and costs together."),
        ),
    )  # fmt: skip


def _from_where() -> tuple[Rows, ...]:
    return (
        Column(
            "so far", lambda: translate("Fills", "Order so far"), _so_far_cell,
            lambda row: row.order.filled.count * 1_000_000 // max(row.order.quantity.count, 1), right=True,
            sample="10,000 / 10,000",
        ),
        Column(
            "type", lambda: translate("Fills", "Type"), lambda row: kind_cell(row.order),
            lambda row: type_word(row.order.type), sample="Limit",
        ),
        Column(
            "origin", lambda: translate("Fills", "From"), lambda row: Cell(origin_word(row.order)),
            lambda row: origin_word(row.order), sample="Elsewhere (MTS)",
        ),
        Column(
            "number", lambda: translate("Fills", "Broker number"),
            lambda row: Cell(f"{row.execution.number.number:010d}", tip=str(row.execution.number)),
            lambda row: row.execution.number, code=True, shown=False, sample="0000012345",
        ),
    )  # fmt: skip


def _price_cell(row: FillRow) -> Cell:
    currency, price = row.execution.amount.currency, row.price
    if price == price.quantize(Decimal(1).scaleb(-currency.scale)):
        return Cell(fmt.units(int(price.scaleb(currency.scale)), currency))
    shown = price.quantize(Decimal(1).scaleb(-currency.scale - 2), ROUND_HALF_UP)
    return Cell(f"{shown:,}", tip=translate("Fills", "The average of several fills, from the broker's list."))


def _net_cell(row: FillRow) -> Cell:
    return Cell(fmt.DASH, plain="") if row.net is None else Cell(fmt.signed(row.net.units, row.net.currency))


def _so_far_cell(row: FillRow) -> Cell:
    filled, quantity = row.order.filled, row.order.quantity
    plain = f"{filled.count}/{quantity.count}"
    return Cell(f"{fmt.shares(filled)} / {fmt.shares(quantity)}", plain, bar=(filled.count, quantity.count))
