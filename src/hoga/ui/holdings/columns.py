"""The columns of the holdings table. Columns that can answer 'why this number?' are named in ``WHY``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hoga.broker.port import Stream, StreamHealth
from hoga.domain.known import Known, Unknown
from hoga.domain.values import Money
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings import why
from hoga.ui.holdings.rows import HoldingRow
from hoga.ui.order.market import STALE_AFTER
from hoga.ui.tables.column import Cell, Column, Tone, tone_of
from hoga.ui.tables.words import money_cell, translate, unknown_cell

Rows = Column[HoldingRow]
WHY: Mapping[str, Callable[[Context, HoldingRow], why.Why]] = {
    "quantity": why.why_quantity,
    "sellable": why.why_sellable,
    "average": why.why_average,
    "cost": why.why_cost,
    "value": why.why_value,
    "profit": why.why_profit,
    "rate": why.why_rate,
    "weight": why.why_weight,
    "realised": lambda context, row: why.why_realised(context, row, row.holding.realised_today),
}


def holding_columns(context: Context) -> tuple[Rows, ...]:
    return (*_what(context), *_worth(context))


def _what(context: Context) -> tuple[Rows, ...]:
    return (
        Column(
            "name", lambda: translate("Holdings", "Instrument"),
            lambda row: Cell(context.name(row.holding.position.instrument), strong=True),
            lambda row: context.name(row.holding.position.instrument), flex=True, sample="Samsung Electronics",
        ),
        Column(
            "code", lambda: translate("Holdings", "Code"), lambda row: Cell(row.holding.position.instrument.code),
            lambda row: row.holding.position.instrument.code, code=True, shown=False, sample="000000",
        ),
        Column(
            "quantity", lambda: translate("Holdings", "Quantity"),
            lambda row: Cell(fmt.shares(row.holding.position.quantity), strong=True),
            lambda row: row.holding.position.quantity.count, right=True, amount=True, sample="100,000",
        ),
        Column(
            "sellable", lambda: translate("Holdings", "Sellable"), _sellable_cell,
            lambda row: row.holding.sellable.count, right=True, amount=True, sample="100,000",
            about=lambda: translate("Holdings", "Not held back by open sells."),
        ),
        Column(
            "average", lambda: translate("Holdings", "Average"),
            lambda row: Cell(why.average_shown(row)), lambda row: row.holding.position.average, right=True,
            sample="1,000,000",
        ),
        Column(
            "last", lambda: translate("Holdings", "Last"), lambda row: _last_cell(context, row),
            lambda row: None if isinstance(row.last, Unknown) else row.last.value.units, live=True, right=True,
            sample="1,000,000", about=lambda: translate("Holdings", "The last price, live; old prices are greyed."),
        ),
    )  # fmt: skip


def _worth(context: Context) -> tuple[Rows, ...]:
    return (
        Column(
            "cost", lambda: translate("Holdings", "Cost"), lambda row: Cell(fmt.money(row.holding.position.cost)),
            lambda row: row.holding.position.cost.units, right=True, amount=True, shown=False, sample="100,000,000",
            total=lambda row: row.holding.position.cost,
        ),
        Column(
            "value", lambda: translate("Holdings", "Value"), lambda row: money_cell(row.value, context),
            lambda row: _units(row.value), live=True, right=True, amount=True, sample="100,000,000",
            total=lambda row: row.value.value if isinstance(row.value, Known) else None,
        ),
        Column(
            "profit", lambda: translate("Holdings", "Profit"),
            lambda row: money_cell(row.profit, context, signed=True), lambda row: _units(row.profit), live=True,
            right=True, amount=True, signed=True, sample="+10,000,000",
            about=lambda: translate("Holdings", "At the last price, before the costs of selling."),
            total=lambda row: row.profit.value if isinstance(row.profit, Known) else None,
        ),
        Column(
            "rate", lambda: translate("Holdings", "Profit %"), _rate_cell,
            lambda row: row.rate and row.rate[0] * 1_000_000 // row.rate[1], live=True, right=True, sample="+1,000.00%",
        ),
        Column(
            "weight", lambda: translate("Holdings", "Weight"), _weight_cell,
            lambda row: row.weight and row.weight[0], live=True, right=True, sample="100.00%",
            about=lambda: translate("Holdings", "Of holdings and cash together."),
        ),
        Column(
            "realised", lambda: translate("Holdings", "Realised today"),
            lambda row: money_cell(row.holding.realised_today, context, signed=True),
            lambda row: _units(row.holding.realised_today), right=True, amount=True, signed=True, sample="+10,000,000",
            about=lambda: translate("Holdings", "From today's sales, after commission and tax."),
            total=lambda row: row.holding.realised_today.value
            if isinstance(row.holding.realised_today, Known) else None,
        ),
    )  # fmt: skip


def _units(value: Known[Money] | Unknown) -> int | None:
    return value.value.units if isinstance(value, Known) else None


def _sellable_cell(row: HoldingRow) -> Cell:
    less = row.holding.sellable < row.holding.position.quantity
    return Cell(fmt.shares(row.holding.sellable), tone=Tone.WARN if less else Tone.TEXT)


def _last_cell(context: Context, row: HoldingRow) -> Cell:
    if isinstance(row.last, Unknown):
        return unknown_cell(row.last, context)
    tip = why.source_text(context, row.last)
    if stale(context, row):
        return Cell(f"{fmt.price(row.last.value)} ◷", fmt.plain(fmt.price(row.last.value)), tone=Tone.STALE, tip=tip)
    return Cell(fmt.price(row.last.value), tip=tip)


def stale(context: Context, row: HoldingRow) -> bool:
    """The price is older than the limit while the stream that should bring newer ones is not live."""
    if isinstance(row.last, Unknown):
        return False
    stream = context.desk.health().streams.get(Stream.QUOTES)
    live = stream is not None and stream.health is StreamHealth.LIVE
    age = context.desk.board.age(row.last)
    return row.last.source == "balance" or (not live and age is not None and age > STALE_AFTER)


def _rate_cell(row: HoldingRow) -> Cell:
    if row.rate is None:
        return Cell(fmt.DASH, plain="")
    return Cell(fmt.rate(*row.rate), tone=tone_of(row.rate[0]))


def _weight_cell(row: HoldingRow) -> Cell:
    text = why.weight_text(row)
    if row.weight is None:
        return Cell(text, plain="")
    part, whole = row.weight
    return Cell(text, bar=(part, whole))
