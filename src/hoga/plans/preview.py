"""What the preview's tabs show of a plan: sells, buys, what stays and why, timeline, costs, weights before and after.

Everything follows from the plan alone, so that the same plan always reads the same. Weights are parts per million of
holdings in the table and cash together.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO

from msgspec import Struct

from hoga.base.message import Language, Message
from hoga.domain.tickets import Side
from hoga.plans.checks import percent
from hoga.plans.inputs import WHOLE, Asset, Role
from hoga.plans.plan import Figures, Issue, Leg, Plan
from hoga.plans.schedule import Round
from hoga.plans.weights import weights_of

CASH = ""
"""Stands for cash where a weight has a code."""


class Line(Struct, frozen=True):
    """One leg as a row: ``value`` and ``target`` in won at the last price, ``rounds`` the shares of each round.

    ``volume_part``: shares as a part of the average daily volume; None where that is not known.
    """

    leg: Leg
    name: str
    last: int
    held: int
    value: int
    target: int
    rounds: tuple[int, ...]
    volume_part: int | None

    @property
    def difference(self) -> int:
        return self.target - self.value


class Unchanged(Struct, frozen=True):
    code: str
    name: str
    role: Role
    last: int
    held: int
    value: int
    why: Message


class Weight(Struct, frozen=True):
    """One bar: now, wanted (None outside the managed rows), and after the plan at expected prices."""

    code: str
    name: str
    before: int
    target: int | None
    after: int


class PlanPreview(Struct, frozen=True):
    sells: tuple[Line, ...]
    buys: tuple[Line, ...]
    unchanged: tuple[Unchanged, ...]
    timeline: tuple[Round, ...]
    costs: Figures
    weights: tuple[Weight, ...]
    issues: tuple[Issue, ...]


def preview_of(plan: Plan) -> PlanPreview:
    assets = plan.inputs.by_code
    matrix = _matrix(plan)
    parts = weights_of(plan.inputs)
    wanted = {code: part * plan.figures.total // parts.whole for code, part in parts.parts.items()}
    lines = [_line(leg, assets[leg.code], wanted[leg.code], matrix[n]) for n, leg in enumerate(plan.legs)]
    return PlanPreview(
        sells=tuple(line for line in lines if line.leg.side is Side.SELL),
        buys=tuple(line for line in lines if line.leg.side is Side.BUY),
        unchanged=tuple(_unchanged(plan, assets)),
        timeline=plan.rounds,
        costs=plan.figures,
        weights=tuple(_weights(plan, assets, parts.ppm)),
        issues=plan.issues,
    )


def _matrix(plan: Plan) -> dict[int, tuple[int, ...]]:
    rows: dict[int, list[int]] = {number: [] for number in range(len(plan.legs))}
    for round in plan.rounds:
        sent = {child.leg: child.quantity for child in round.children}
        for number, leg in enumerate(plan.legs):
            if leg.side is round.side:
                rows[number].append(sent.get(number, 0))
    return {number: tuple(row) for number, row in rows.items()}


def _line(leg: Leg, asset: Asset, target: int, rounds: tuple[int, ...]) -> Line:
    part = leg.shares * WHOLE // asset.volume if asset.volume else None
    return Line(leg, asset.name, asset.price, asset.held, asset.value, target, rounds, part)


def _unchanged(plan: Plan, assets: Mapping[str, Asset]) -> Iterator[Unchanged]:
    roles = {row.code: row.role for row in plan.inputs.targets}
    for stays in plan.stays:
        asset = assets[stays.code]
        yield Unchanged(stays.code, asset.name, roles[stays.code], asset.price, asset.held, asset.value, stays.why)


def _weights(plan: Plan, assets: Mapping[str, Asset], wanted: Mapping[str, int]) -> Iterator[Weight]:
    shares = {leg.code: leg.side.sign * leg.shares for leg in plan.legs}
    counted = [
        row.code for row in plan.inputs.targets if (row.role is Role.MANAGED or row.counted) and row.code in assets
    ]
    before = {code: assets[code].value for code in counted}
    after = {code: (assets[code].held + shares.get(code, 0)) * assets[code].price for code in counted}
    before[CASH], after[CASH] = plan.figures.cash_before, plan.figures.cash_after
    whole_before, whole_after = sum(before.values()), sum(after.values())
    for code in (*counted, CASH):
        yield Weight(
            code,
            assets[code].name if code else "",
            _part(before[code], whole_before),
            wanted.get(code) if code else max(WHOLE - sum(wanted.values()), 0),
            _part(after[code], whole_after),
        )


def _part(value: int, whole: int) -> int:
    return value * WHOLE // whole if whole > 0 else 0


Words = Callable[[Message, Language], str]

_HEAD = {
    Language.KO: (
        "구분", "코드", "이름", "현재가", "보유", "평가금액", "목표금액", "차이", "수량", "주문가", "한도가", "금액",
        "수수료", "세금", "회차별 수량", "비고",
    ),
    Language.EN: (
        "Side", "Code", "Name", "Last", "Held", "Value", "Target", "Difference", "Shares", "Price", "Worst price",
        "Amount", "Commission", "Tax", "Shares by round", "Note",
    ),
}  # fmt: skip

_SIDES = {
    Language.KO: {"sell": "매도", "buy": "매수", "": "그대로"},
    Language.EN: {"sell": "sell", "buy": "buy", "": "unchanged"},
}


def as_rows(plan: Plan, words: Words, language: Language) -> tuple[tuple[str, ...], ...]:
    """The preview as a table of text, heading first: what is copied and what is saved."""
    preview, sides = preview_of(plan), _SIDES[language]
    rows: list[tuple[str, ...]] = [_HEAD[language]]
    for line in (*preview.sells, *preview.buys):
        leg = line.leg
        numbers = (
            line.last, line.held, line.value, line.target, line.difference, leg.shares, leg.price, leg.worst,
            leg.amount, leg.commission, leg.tax,
        )  # fmt: skip
        spread = " ".join(str(shares) for shares in line.rounds)
        rows.append((sides[leg.side.value], leg.code, line.name, *map(str, numbers), spread, ""))
    for row in preview.unchanged:
        empty = ("",) * (len(_HEAD[language]) - 7)
        rows.append(
            (
                sides[""],
                row.code,
                row.name,
                str(row.last),
                str(row.held),
                str(row.value),
                *empty,
                words(row.why, language),
            )
        )
    return tuple(rows)


def as_csv(plan: Plan, words: Words, language: Language) -> str:
    """The table for a spreadsheet, the digest in the last line. Names that would start a formula are made text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in as_rows(plan, words, language):
        writer.writerow([_harmless(cell) for cell in row])
    writer.writerow(["digest", plan.digest])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+@\t" and cell else cell


def weight_words(weight: Weight) -> str:
    """``12.5 → 20 %``: before and after in one line."""
    return f"{percent(weight.before)} → {percent(weight.after)} %"
