"""The final report of a plan as lines for a spreadsheet: what was approved, what became of it, and how well."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from hoga.base.clock import KST
from hoga.plans.views import Quality, RunningPlan
from hoga.ui.context import Context
from hoga.ui.plan.running_rows import leg_rows, steps_of
from hoga.ui.plan.words import leg_state_words, plan_state_words, round_state_words, side_words, translate
from hoga.ui.tables.words import state_word


def report_csv(context: Context, plan: RunningPlan) -> bytes:
    """UTF-8 with a byte order mark; texts never read as formulas, codes kept as text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _lines(context, plan):
        writer.writerow([_harmless(str(cell)) for cell in line])
    return out.getvalue().encode("utf-8-sig")


_CODE = re.compile('="[0-9A-Z]{1,12}"')


def _harmless(cell: str) -> str:
    if _CODE.fullmatch(cell):
        return cell  # the one form that a spreadsheet leaves as text
    if cell[:1] in ("=", "@", "+", "\t", "\r") or (cell[:1] == "-" and not cell[1:2].isdigit()):
        return f"'{cell}"
    return cell


def _lines(context: Context, plan: RunningPlan) -> Iterator[tuple[object, ...]]:
    yield translate("PlanReport", "Digest"), plan.digest
    yield translate("PlanReport", "State"), plan_state_words(plan.state)
    yield translate("PlanReport", "Approved"), _moment(plan.approved_at)
    yield translate("PlanReport", "Started"), _moment(plan.started_at)
    yield translate("PlanReport", "Ended"), _moment(plan.ended_at)
    yield translate("PlanReport", "Filled of approved"), plan.filled, plan.total
    yield (translate("PlanReport", "Slippage (bp, won): arrival, TWAP, VWAP"), *_quality(plan.quality))
    yield ()
    yield from _legs(context, plan)
    yield ()
    yield from _steps(context, plan)


def _legs(context: Context, plan: RunningPlan) -> Iterator[tuple[object, ...]]:
    yield (
        translate("PlanReport", "Side"), translate("PlanReport", "Code"), translate("PlanReport", "Name"),
        translate("PlanReport", "State"), translate("PlanReport", "Approved shares"),
        translate("PlanReport", "Filled"), translate("PlanReport", "Average"), translate("PlanReport", "Amount"),
        "arrival bp", "arrival won", "TWAP bp", "TWAP won", "VWAP bp", "VWAP won", translate("PlanReport", "Why"),
    )  # fmt: skip
    for row in leg_rows(context, plan):
        leg = row.leg
        yield (
            side_words(leg.side), f'="{leg.code}"', row.name, leg_state_words(leg.state), leg.ceiling, leg.filled,
            "" if leg.average is None else leg.average, leg.amount, *_quality(leg.quality), row.why,
        )  # fmt: skip


def _steps(context: Context, plan: RunningPlan) -> Iterator[tuple[object, ...]]:
    yield (
        translate("PlanReport", "Side"), translate("PlanReport", "Round"), translate("PlanReport", "At"),
        translate("PlanReport", "Order or deviation"), translate("PlanReport", "State"),
        translate("PlanReport", "Shares"), translate("PlanReport", "Filled"), translate("PlanReport", "Price"),
        translate("PlanReport", "What went otherwise"),
    )  # fmt: skip
    for step in steps_of(context, plan):
        number = step.round.number if step.round is not None else ""
        head = (side_words(step.side), number)
        if step.child is not None:
            child = step.child
            price = child.limit.units if child.limit is not None else ""
            yield (
                *head, _moment(child.at), step.name, state_word(child.state), child.quantity, child.filled, price,
                step.why,
            )  # fmt: skip
        elif step.deviation is not None:
            yield *head, _moment(step.deviation.at), step.name, "", step.deviation.shares or "", "", "", step.why
        elif step.round is not None:
            wanted = sum(shares for _leg, shares in step.round.wanted)
            yield *head, _moment(step.round.at), "", round_state_words(step.round.state), wanted, "", "", ""


def _quality(quality: Quality) -> tuple[object, ...]:
    parts: list[object] = []
    for slip in (quality.arrival, quality.twap, quality.vwap):
        parts += ["" if slip.bp is None else slip.bp, "" if slip.won is None else slip.won]
    return tuple(parts)


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(KST):%Y-%m-%d %H:%M:%S}" if moment is not None else ""
