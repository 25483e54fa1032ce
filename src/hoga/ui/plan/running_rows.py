"""The tables of a running plan: its legs with how far and how well, and its rounds with their orders and deviations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import Struct

from hoga.base.message import Counted
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Shares
from hoga.plans.views import (
    ChildView,
    Deviation,
    LegProgress,
    LegState,
    RoundProgress,
    RoundState,
    RunningPlan,
    Slippage,
)
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.plan.words import (
    average_words,
    bp_words,
    leg_state_words,
    round_state_words,
    said,
    side_words,
    time_words,
    translate,
    won_words,
)
from hoga.ui.tables.column import Cell, Column, Tone
from hoga.ui.tables.words import state_word, time_cell

Words = Callable[[], str]
_TONES = {
    LegState.HELD: Tone.WARN,
    LegState.MANUAL: Tone.WARN,
    LegState.LEFT_OVER: Tone.BAD,
    LegState.COMPLETE: Tone.GOOD,
}


class LegRow(Struct, frozen=True):
    leg: LegProgress
    name: str
    why: str


def leg_rows(context: Context, plan: RunningPlan) -> tuple[LegRow, ...]:
    return tuple(
        LegRow(
            leg,
            _name(context, leg.code, leg.name),
            said(context, leg.why) if leg.why is not None else "",
        )
        for leg in plan.legs
    )


def _name(context: Context, code: str, name: str) -> str:
    known = context.name(InstrumentId(code))
    return name if known == code else known


def leg_columns() -> tuple[Column[LegRow], ...]:
    return (*_leg_what(), *_leg_how_far(), *_leg_how_well())


def _leg_what() -> tuple[Column[LegRow], ...]:
    return (
        Column(
            "side", lambda: translate("PlanRun", "Side"),
            lambda row: Cell(side_words(row.leg.side), tone=Tone.UP if row.leg.side is Side.BUY else Tone.DOWN),
            lambda row: row.leg.side is Side.BUY, sample="Sell",
        ),
        Column(
            "name", lambda: translate("PlanRun", "Instrument"),
            lambda row: Cell(row.name, strong=True, tip=f"{row.name} {row.leg.code}"), lambda row: row.name, flex=True,
            sample="Samsung Electronics",
        ),
        Column(
            "state", lambda: translate("PlanRun", "State"),
            lambda row: Cell(leg_state_words(row.leg.state), tip=row.why, tone=_TONES.get(row.leg.state, Tone.TEXT)),
            lambda row: row.leg.state.value, sample="Complete",
        ),
    )  # fmt: skip


def _leg_how_far() -> tuple[Column[LegRow], ...]:
    return (
        Column(
            "filled", lambda: translate("PlanRun", "Filled"),
            lambda row: Cell(f"{row.leg.filled:,} / {row.leg.ceiling:,}", plain=f"{row.leg.filled}/{row.leg.ceiling}",
                             bar=(row.leg.filled, row.leg.ceiling), strong=True),
            lambda row: row.leg.filled * 1_000_000 // max(row.leg.ceiling, 1), right=True, sample="10,000 / 10,000",
            total=lambda row: Shares(row.leg.filled),
            about=lambda: translate("PlanRun", "Shares filled of those approved. It never passes them."),
        ),
        _number("due", lambda: translate("PlanRun", "Due"), lambda row: row.leg.due,
                lambda: translate("PlanRun", "Shares that should be done by now.")),
        _number("working", lambda: translate("PlanRun", "Working"), lambda row: row.leg.working + row.leg.waiting,
                lambda: translate("PlanRun", "Shares in orders at the broker, or waiting to be sent.")),
        _number("asked", lambda: translate("PlanRun", "Unknown"), lambda row: row.leg.in_flight + row.leg.unknown,
                lambda: translate("PlanRun", "Shares in orders on their way, or of unknown fate: they count as sent.")),
        _number("left", lambda: translate("PlanRun", "Left"), lambda row: row.leg.left,
                lambda: translate("PlanRun", "Shares neither filled nor on their way.")),
    )  # fmt: skip


def _number(name: str, title: Words, value: Callable[[LegRow], int], about: Words) -> Column[LegRow]:
    return Column(
        name, title, lambda row: Cell(fmt.shares(value(row)), tone=Tone.TEXT if value(row) else Tone.DIM), value,
        right=True, sample="100,000", about=about, total=lambda row: Shares(max(value(row), 0)),
    )  # fmt: skip


def _leg_how_well() -> tuple[Column[LegRow], ...]:
    return (
        Column(
            "average", lambda: translate("PlanRun", "Average"), lambda row: Cell(average_words(row.leg.average)),
            lambda row: row.leg.average, right=True, sample="1,000,000.00",
        ),
        Column(
            "amount", lambda: translate("PlanRun", "Amount"), lambda row: Cell(fmt.units(row.leg.amount)),
            lambda row: row.leg.amount, right=True, amount=True, sample="100,000,000",
            total=lambda row: Money(row.leg.amount),
        ),
        _slip("arrival", lambda: translate("PlanRun", "vs arrival"), lambda leg: leg.quality.arrival,
              lambda: translate("PlanRun", "Basis points against the middle of the book at approval; + has cost.")),
        _slip("twap", lambda: translate("PlanRun", "vs TWAP"), lambda leg: leg.quality.twap,
              lambda: translate("PlanRun", "Basis points against the average price over the time it traded.")),
        _slip("vwap", lambda: translate("PlanRun", "vs VWAP"), lambda leg: leg.quality.vwap,
              lambda: translate("PlanRun", "Basis points against the market's average by volume over that time.")),
        Column(
            "cost", lambda: translate("PlanRun", "Slippage, won"),
            lambda row: Cell(won_words(row.leg.quality.arrival.won)), lambda row: row.leg.quality.arrival.won,
            right=True, amount=True, sample="+1,000,000",
            about=lambda: translate("PlanRun", "Won against arrival for all filled shares; + has cost."),
        ),
        Column(
            "why", lambda: translate("PlanRun", "Why"), lambda row: Cell(row.why, tip=row.why), lambda row: row.why,
            sample="Waiting: it is halted, then it goes on",
        ),
    )  # fmt: skip


def _slip(name: str, title: Words, of: Callable[[LegProgress], Slippage], about: Words) -> Column[LegRow]:
    return Column(
        name, title, lambda row: Cell(bp_words(of(row.leg)), tip=won_words(of(row.leg).won)),
        lambda row: of(row.leg).bp, right=True, sample="+100.00", about=about,
    )  # fmt: skip


# --- rounds ---------------------------------------------------------------------------------------------------------


class Step(Struct, frozen=True):
    """One line below the other: a round, then its orders and what went otherwise in it. ``child`` and ``deviation``
    None: the round itself; round None: a deviation of no round."""

    key: str
    side: Side
    round: RoundProgress | None
    child: ChildView | None
    deviation: Deviation | None
    name: str
    why: str


def steps_of(context: Context, plan: RunningPlan) -> tuple[Step, ...]:
    return tuple(_steps(context, plan))


def _steps(context: Context, plan: RunningPlan) -> Iterator[Step]:
    names = {leg.leg: _name(context, leg.code, leg.name) for leg in plan.legs}

    def worded(one: Deviation | ChildView) -> str:
        return said(context, one.why) if one.why is not None else ""

    for number, one in enumerate(one for one in plan.deviations if not one.round):
        name = names.get(one.leg, "") if one.leg is not None else ""
        yield Step(f"d{number}", one.side, None, None, one, name, worded(one))
    for round in plan.rounds:
        head = f"{round.side.value}{round.number}"
        yield Step(head, round.side, round, None, None, "", "")
        for child in round.children:
            yield Step(f"{head}/{child.order}", round.side, round, child, None, names.get(child.leg, ""), worded(child))
        for number, one in enumerate(round.deviations):
            name = names.get(one.leg, "") if one.leg is not None else ""
            yield Step(f"{head}/d{number}", round.side, round, None, one, name, worded(one))


def step_columns() -> tuple[Column[Step], ...]:
    return (
        Column(
            "what", lambda: translate("PlanRun", "Round, order"), _what_cell, lambda row: row.key,
            sample="      Samsung Electronics (2)",
        ),
        Column("at", lambda: translate("PlanRun", "At"), _at_cell, _at, sample="00:00:00"),
        Column("state", lambda: translate("PlanRun", "State"), _state_cell, lambda row: _state_cell(row).text,
               sample="Unknown: asking the broker"),
        Column("shares", lambda: translate("PlanRun", "Shares"), _shares_cell, _shares, right=True, sample="100,000"),
        Column("filled", lambda: translate("PlanRun", "Filled"), _filled_cell, _filled, right=True, sample="100,000"),
        Column(
            "limit", lambda: translate("PlanRun", "Price"),
            lambda row: Cell(fmt.price(row.child.limit), tip=_reprices(row.child)) if row.child is not None
            else Cell(""),
            lambda row: row.child.limit.units if row.child is not None and row.child.limit is not None else None,
            right=True, sample="1,000,000",
        ),
        Column(
            "why", lambda: translate("PlanRun", "What went otherwise"),
            lambda row: Cell(row.why, tip=row.why, tone=Tone.WARN if row.why else Tone.TEXT), lambda row: row.why,
            flex=True, sample="Three shares were refused",
        ),
    )  # fmt: skip


def _what_cell(row: Step) -> Cell:
    if row.child is not None:
        attempt = f" ({row.child.attempt})" if row.child.attempt > 1 else ""
        return Cell(f"      {row.name}{attempt}", plain=row.name)
    if row.deviation is not None:
        head = "   " if row.round is not None else ""
        return Cell(f"{head}⚠ {row.name}".rstrip(), plain=row.name, tone=Tone.WARN)
    number = row.round.number if row.round is not None else 0
    return Cell(f"{side_words(row.side)} {number}", strong=True, tone=Tone.UP if row.side is Side.BUY else Tone.DOWN)


def _at(row: Step) -> datetime | None:
    if row.child is not None:
        return row.child.at
    if row.deviation is not None:
        return row.deviation.at
    return row.round.at if row.round is not None else None


def _at_cell(row: Step) -> Cell:
    if row.round is not None and row.child is None and row.deviation is None and row.round.at != row.round.planned:
        tip = translate("PlanRun", "Approved for {time}").format(time=time_words(row.round.planned))
        return Cell(time_words(row.round.at), tip=tip, tone=Tone.WARN)
    return time_cell(_at(row))


def _state_cell(row: Step) -> Cell:
    if row.child is not None:
        return Cell(state_word(row.child.state), tone=Tone.WARN if row.child.unknown else Tone.TEXT)
    if row.deviation is not None or row.round is None:
        return Cell("")
    tones = {RoundState.RUNNING: Tone.GOOD, RoundState.MERGED: Tone.WARN, RoundState.SKIPPED: Tone.WARN}
    return Cell(round_state_words(row.round.state), tone=tones.get(row.round.state, Tone.DIM))


def _shares(row: Step) -> int | None:
    if row.child is not None:
        return row.child.quantity
    if row.deviation is not None:
        return row.deviation.shares or None
    return sum(shares for _leg, shares in row.round.wanted) if row.round is not None else None


def _shares_cell(row: Step) -> Cell:
    shares = _shares(row)
    return Cell("" if shares is None else fmt.shares(shares), strong=row.child is None and row.deviation is None)


def _filled(row: Step) -> int | None:
    if row.child is not None:
        return row.child.filled
    if row.deviation is not None or row.round is None:
        return None
    return sum(child.filled for child in row.round.children)


def _filled_cell(row: Step) -> Cell:
    filled, shares = _filled(row), _shares(row)
    return Cell("" if filled is None else fmt.shares(filled), bar=(filled, shares) if filled and shares else None)


def _reprices(child: ChildView) -> str:
    return (
        translate("PlanRun", "Repriced {times} {times:time|times}").format(times=Counted(child.reprices))
        if child.reprices
        else ""
    )
