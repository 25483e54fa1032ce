"""The columns of the pending table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hoga.domain.known import Unknown
from hoga.domain.tickets import Side
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.pending.rows import PendingRow
from hoga.ui.pending.words import life_cell, life_short, state_cell
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.words import (
    kind_cell,
    origin_word,
    price_text,
    side_cell,
    time_cell,
    translate,
)

Rows = Column[PendingRow]


def pending_columns(context: Context, now: Callable[[PendingRow], datetime] | None = None) -> tuple[Rows, ...]:
    """``now``: the market time of a row's own account, where rows are of several."""
    return (*_what(context), *_how_much(), *_where(context, now or (lambda _row: context.desk.clock.now())))


def _what(context: Context) -> tuple[Rows, ...]:
    return (
        Column(
            "time", lambda: translate("Pending", "Time"),
            lambda row: time_cell(row.order.made_at), lambda row: row.order.made_at, sample="00:00:00",
        ),
        Column(
            "name", lambda: translate("Pending", "Instrument"),
            lambda row: Cell(context.name(row.order.instrument), strong=True),
            lambda row: context.name(row.order.instrument), sample="Samsung Electronics",
        ),
        Column(
            "code", lambda: translate("Pending", "Code"), lambda row: Cell(row.order.instrument.code),
            lambda row: row.order.instrument.code, code=True, shown=False, sample="000000",
        ),
        Column(
            "side", lambda: translate("Pending", "Side"), lambda row: side_cell(row.order.side),
            lambda row: row.order.side is Side.SELL, sample="▲ 매수",
        ),
        Column(
            "type", lambda: translate("Pending", "Type"), lambda row: kind_cell(row.order),
            lambda row: row.order.type.value, sample="Limit",
        ),
    )  # fmt: skip


def _how_much() -> tuple[Rows, ...]:
    return (
        Column(
            "price", lambda: translate("Pending", "Price"), _price_cell,
            lambda row: row.order.current_limit and row.order.current_limit.units, right=True, sample="1,000,000",
        ),
        Column(
            "progress", lambda: translate("Pending", "Filled / ordered"), _progress_cell, _progress, right=True,
            sample="1,000 / 1,000",
        ),
        Column(
            "left", lambda: translate("Pending", "Left"), lambda row: Cell(fmt.shares(row.order.leaves), strong=True),
            lambda row: row.order.leaves.count, right=True, sample="100,000", total=lambda row: row.order.leaves,
        ),
        Column(
            "amount", lambda: translate("Pending", "Left, won"), lambda row: Cell(fmt.money(row.left_amount)),
            lambda row: row.left_amount and row.left_amount.units, live=True, right=True, amount=True, shown=False,
            sample="100,000,000", total=lambda row: row.left_amount,
        ),
    )  # fmt: skip


def _where(context: Context, now: Callable[[PendingRow], datetime]) -> tuple[Rows, ...]:
    def life_text(row: PendingRow) -> str:
        return life_short(row.life, now(row))

    return (
        Column(
            "state", lambda: translate("Pending", "State"), lambda row: state_cell(context, row),
            lambda row: state_cell(context, row).text, flex=True, sample="Moving to 000,000",
        ),
        Column(
            "age", lambda: translate("Pending", "Age"),
            lambda row: Cell(fmt.age(max(row.age, 1), context.language), plain=str(row.age)), lambda row: row.age,
            right=True, sample="00h 00m",
        ),
        Column(
            "life", lambda: translate("Pending", "Lives"), lambda row: life_cell(context, row, now(row)), life_text,
            sample="KRX until 00:00",
            about=lambda: translate("Pending", "Where it lives and when it dies by itself."),
        ),
        Column(
            "away", lambda: translate("Pending", "Away"), _away_cell, lambda row: row.away, live=True, right=True,
            sample="+100,000", about=lambda: translate(
                "Pending", "How far the last price must still come; 0 or less: it could trade now."),
        ),
        Column(
            "last", lambda: translate("Pending", "Last"), _last_cell,
            lambda row: None if isinstance(row.last, Unknown) else row.last.value.units, live=True,
            right=True, shown=False, sample="1,000,000", about=lambda: translate("Pending", "The last price, live."),
        ),
        Column(
            "origin", lambda: translate("Pending", "From"), _origin_cell, lambda row: origin_word(row.order),
            sample="◆ Elsewhere",
        ),
        Column(
            "number", lambda: translate("Pending", "Broker number"), _number_cell,
            lambda row: row.order.heads[-1] if row.order.heads else None, code=True, shown=False, sample="0000012345",
        ),
    )  # fmt: skip


def _price_cell(row: PendingRow) -> Cell:
    return Cell(price_text(row.order), strong=True)


def _last_cell(row: PendingRow) -> Cell:
    return Cell(fmt.DASH, plain="") if isinstance(row.last, Unknown) else Cell(fmt.price(row.last.value))


def _away_cell(row: PendingRow) -> Cell:
    if row.away is None:
        return Cell(fmt.DASH, plain="")
    currency = row.order.current_limit.currency if row.order.current_limit else row.order.filled_amount.currency
    return Cell(fmt.signed(row.away, currency), tone=Tone.TEXT if row.away > 0 else Tone.WARN)


def _progress_cell(row: PendingRow) -> Cell:
    order = row.order
    text = f"{fmt.shares(order.filled)} / {fmt.shares(order.quantity)}"
    tip = translate("Pending", "{closed} taken back").format(closed=fmt.shares(order.closed)) if order.closed else ""
    return Cell(
        text, f"{order.filled.count}/{order.quantity.count}", tip=tip, bar=(order.filled.count, order.quantity.count)
    )


def _progress(row: PendingRow) -> int:
    return row.order.filled.count * 1_000_000 // max(row.order.quantity.count, 1)


def _origin_cell(row: PendingRow) -> Cell:
    if row.order.foreign:
        tip = translate("Pending", "Placed on the telephone or another program. It can be cancelled here.")
        return Cell(f"◆ {origin_word(row.order)}", origin_word(row.order), tone=Tone.WARN, tip=tip)
    return Cell(origin_word(row.order), tone=Tone.DIM)


def _number_cell(row: PendingRow) -> Cell:
    heads = row.order.heads
    if not heads:
        return Cell(fmt.DASH, plain="")
    return Cell(", ".join(f"{head.number:010d}" for head in heads), tip="\n".join(map(str, heads)))
