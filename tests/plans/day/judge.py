"""Holds what the plans say against the exchange's own record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hoga.domain.tickets import Side
from hoga.practice.api import EntryKind, OrderEntry

_BILLION = 10**9


def findings(report: Mapping[str, Any], rows: Sequence[OrderEntry]) -> Iterator[str]:
    """What is wrong with one account's plan: ``rows`` is every number of the account, those off the telephone left
    out. Nothing found: below every ceiling at every moment, no round twice, exact or explained."""
    named = [(child["leg"], child["round"], child["attempt"]) for child in report["children"]]
    if len(named) != len(set(named)):
        yield "a round was repeated"
    if report["state"] != "done":
        yield f"it ended {report['state']}"
    for leg in report["legs"]:
        mine = [row for row in rows if row.code == leg["code"] and row.side is Side(leg["side"])]
        yield from (f"{leg['code']} {leg['side']}: {what}" for what in _leg(leg, mine, report["children"]))
    legs = {(leg["code"], Side(leg["side"])) for leg in report["legs"]}
    for row in rows:
        if (row.code, row.side) not in legs:
            yield f"{row.code} {row.side.value}: ordered outside the plan"


def _leg(leg: Mapping[str, Any], rows: list[OrderEntry], children: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    most = max(_exposures(rows), default=0)
    if most > leg["ceiling"]:
        yield f"{most} shares at once, {leg['ceiling']} approved"
    filled, amount = sum(row.filled for row in rows), sum(row.filled_amount for row in rows)
    if leg["ceiling_won"] is not None and amount * (_BILLION + leg["fee_rate"]) > leg["ceiling_won"] * _BILLION:
        yield f"{amount} won before fees, {leg['ceiling_won']} approved"
    if (filled, amount) != (leg["filled"], leg["amount"]):
        yield f"{leg['filled']} shares for {leg['amount']} told, {filled} for {amount} at the exchange"
    there = sum(row.kind is EntryKind.NEW for row in rows)
    lived = [c for c in children if c["leg"] == leg["leg"] and c["state"] not in ("refused", "absent", "withdrawn")]
    if there != len(lived):
        yield f"{len(lived)} orders told, {there} at the exchange"
    if filled < leg["ceiling"] and not leg["left"]:
        yield f"{filled} of {leg['ceiling']} filled and not a word"
    if any(row.remaining for row in rows):
        yield "something still works"


def _exposures(rows: list[OrderEntry]) -> Iterator[int]:
    """What was filled or could still be, after each thing that the exchange accepted, in the order of its numbers."""
    exposure = 0
    for row in sorted(rows, key=lambda row: (row.trading_date, row.number)):
        if row.kind is EntryKind.NEW:
            exposure += row.quantity
        elif row.kind is EntryKind.CANCEL:
            exposure -= row.quantity
        yield exposure
