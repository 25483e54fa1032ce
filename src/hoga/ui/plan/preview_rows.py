"""The tables of the preview: what is sold and bought, what stays and why, when, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Shares
from hoga.plans.preview import Line, Unchanged
from hoga.plans.schedule import Round
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.plan.words import part_words, role_words, said, side_words, time_words, translate
from hoga.ui.tables.column import Cell, Column, R, Tone, tone_of

COMPACT = 6
"""Rounds of which each is shown in a row; more are in the matrix below."""


class LineRow(Struct, frozen=True):
    """``said``: what is to be read about it."""

    line: Line
    name: str
    said: str = ""


def line_rows(context: Context, lines: Sequence[Line], said: dict[str, str]) -> tuple[LineRow, ...]:
    return tuple(LineRow(line, _name(context, line.leg.code, line.name), said.get(line.leg.code, "")) for line in lines)


def _name(context: Context, code: str, name: str) -> str:
    known = context.name(InstrumentId(code))
    return name if known == code else known


def line_columns() -> tuple[Column[LineRow], ...]:
    return (
        Column(
            "name", lambda: translate("PlanPreview", "Instrument"),
            lambda row: Cell(("⚠ " if row.said else "") + row.name, plain=row.name, strong=True, tip=row.said,
                             tone=Tone.WARN if row.said else Tone.TEXT),
            lambda row: row.name, flex=True, sample="KODEX 200 IT",
        ),
        Column(
            "code", lambda: translate("PlanPreview", "Code"), lambda row: Cell(row.line.leg.code),
            lambda row: row.line.leg.code, code=True, shown=False, sample="000000",
        ),
        _won("last", lambda: translate("PlanPreview", "Price"), lambda row: row.line.last, "1,000,000"),
        _won("value", lambda: translate("PlanPreview", "Value"), lambda row: row.line.value, amount=True, sums=True),
        _won("target", lambda: translate("PlanPreview", "Target"), lambda row: row.line.target, amount=True),
        Column(
            "difference", lambda: translate("PlanPreview", "Difference"),
            lambda row: Cell(fmt.signed(row.line.difference), tone=tone_of(row.line.difference)),
            lambda row: row.line.difference, right=True, amount=True, signed=True, sample="+100,000,000",
        ),
        _shares("shares", lambda: translate("PlanPreview", "Shares"), lambda row: row.line.leg.shares, sums=True),
        _won("amount", lambda: translate("PlanPreview", "Total"), lambda row: row.line.leg.amount, amount=True,
             sums=True),
        _won("costs", lambda: translate("PlanPreview", "Costs"), lambda row: row.line.leg.commission + row.line.leg.tax,
             "100,000", amount=True, sums=True),
        _shares("held", lambda: translate("PlanPreview", "Held"), lambda row: row.line.held),
        Column(
            "volume", lambda: translate("PlanPreview", "Of volume"),
            lambda row: Cell(part_words(row.line.volume_part)), lambda row: row.line.volume_part, right=True,
            sample="100.00 %",
            about=lambda: translate("PlanPreview", "The shares as a part of the average daily volume."),
        ),
        _won("price", lambda: translate("PlanPreview", "Order price"), lambda row: row.line.leg.price, "1,000,000"),
        Column(
            "worst", lambda: translate("PlanPreview", "Worst price"), lambda row: Cell(fmt.units(row.line.leg.worst)),
            lambda row: row.line.leg.worst, right=True, sample="1,000,000",
            about=lambda: translate("PlanPreview", "No order of the plan ever goes beyond it."),
        ),
        Column(
            "rounds", lambda: translate("PlanPreview", "By round"),
            lambda row: Cell(_compact(row.line.rounds), plain=" ".join(map(str, row.line.rounds)),
                             tip=" ".join(map(str, row.line.rounds))),
            lambda row: max(row.line.rounds, default=0), sample="100 100 100 …",
        ),
    )  # fmt: skip


def _compact(rounds: Sequence[int]) -> str:
    shown = " ".join(f"{shares:,}" for shares in rounds[:COMPACT])
    return f"{shown} …" if len(rounds) > COMPACT else shown


def _won(
    name: str,
    title: Callable[[], str],
    value: Callable[[R], int],
    sample: str = "100,000,000",
    *,
    amount: bool = False,
    sums: bool = False,
) -> Column[R]:
    return Column(
        name, title, lambda row: Cell(fmt.units(value(row))), value, right=True, amount=amount, sample=sample,
        total=(lambda row: Money(value(row))) if sums else None,
    )  # fmt: skip


def _shares(name: str, title: Callable[[], str], value: Callable[[R], int], *, sums: bool = False) -> Column[R]:
    return Column(
        name, title, lambda row: Cell(fmt.shares(value(row))), value, right=True, sample="100,000",
        total=(lambda row: Shares(value(row))) if sums else None,
    )  # fmt: skip


# --- what stays -----------------------------------------------------------------------------------------------------


class StayRow(Struct, frozen=True):
    stays: Unchanged
    name: str
    why: str


def stay_rows(context: Context, stays: Sequence[Unchanged]) -> tuple[StayRow, ...]:
    return tuple(StayRow(one, _name(context, one.code, one.name), said(context, one.why)) for one in stays)


def stay_columns() -> tuple[Column[StayRow], ...]:
    return (
        Column(
            "name", lambda: translate("PlanPreview", "Instrument"), lambda row: Cell(row.name, strong=True),
            lambda row: row.name, sample="Samsung Electronics",
        ),
        Column(
            "code", lambda: translate("PlanPreview", "Code"), lambda row: Cell(row.stays.code),
            lambda row: row.stays.code, code=True, sample="000000",
        ),
        Column(
            "role", lambda: translate("PlanPreview", "Role"), lambda row: Cell(role_words(row.stays.role)),
            lambda row: row.stays.role.value, sample="Excluded",
        ),
        _won("last", lambda: translate("PlanPreview", "Price"), lambda row: row.stays.last, "1,000,000"),
        _shares("held", lambda: translate("PlanPreview", "Held"), lambda row: row.stays.held),
        _won("value", lambda: translate("PlanPreview", "Value"), lambda row: row.stays.value, amount=True, sums=True),
        Column(
            "why", lambda: translate("PlanPreview", "Why it stays"), lambda row: Cell(row.why, tip=row.why),
            lambda row: row.why, flex=True, sample="Less than a share off its target.",
        ),
    )  # fmt: skip


# --- when -----------------------------------------------------------------------------------------------------------


class TimeRow(Struct, frozen=True):
    """One round. ``amount`` at expected prices."""

    round: Round
    shares: int
    amount: int


def time_rows(rounds: Sequence[Round], prices: Sequence[int]) -> tuple[TimeRow, ...]:
    return tuple(
        TimeRow(
            one,
            sum(child.quantity for child in one.children),
            sum(child.quantity * prices[child.leg] for child in one.children),
        )
        for one in rounds
    )


def time_columns() -> tuple[Column[TimeRow], ...]:
    return (
        Column(
            "round", lambda: translate("PlanPreview", "Round"), _round_cell,
            lambda row: (row.round.side is Side.BUY, row.round.number), sample="Sell 120",
        ),
        Column(
            "at", lambda: translate("PlanPreview", "At"), lambda row: Cell(time_words(row.round.at)),
            lambda row: row.round.at, sample="00:00:00",
        ),
        Column(
            "ends", lambda: translate("PlanPreview", "Last order until"), lambda row: Cell(time_words(row.round.ends)),
            lambda row: row.round.ends, sample="00:00:00",
        ),
        Column(
            "orders", lambda: translate("PlanPreview", "Orders"), lambda row: Cell(f"{len(row.round.children):,}"),
            lambda row: len(row.round.children), right=True, sample="100",
        ),
        _shares("shares", lambda: translate("PlanPreview", "Shares"), lambda row: row.shares, sums=True),
        _won("amount", lambda: translate("PlanPreview", "Total"), lambda row: row.amount, amount=True, sums=True),
        Column(
            "fits", lambda: translate("PlanPreview", "Session"), _fits_cell, lambda row: row.round.fits, flex=True,
            sample="Does not fit",
        ),
    )  # fmt: skip


def _round_cell(row: TimeRow) -> Cell:
    selling = row.round.side is Side.SELL
    return Cell(f"{side_words(row.round.side)} {row.round.number}", tone=Tone.DOWN if selling else Tone.UP, strong=True)


def _fits_cell(row: TimeRow) -> Cell:
    if row.round.fits:
        return Cell(translate("PlanPreview", "In it"), tone=Tone.DIM)
    return Cell(translate("PlanPreview", "✖ Outside its hours"), tone=Tone.BAD, strong=True)
