"""What the tabs show follows from the plan alone and adds up."""

from __future__ import annotations

import csv
from io import StringIO

from msgspec.structs import replace

from hoga.app.words import words
from hoga.base.message import Language
from hoga.plans.inputs import WHOLE, Role
from hoga.plans.planner import make_plan
from hoga.plans.preview import CASH, as_csv, as_rows, preview_of, weight_words
from tests.plans.made import asset, inputs, target, usual


def test_rows_values_and_the_matrix_of_rounds() -> None:
    plan = make_plan(usual())
    preview = preview_of(plan)
    assert [line.leg for line in (*preview.sells, *preview.buys)] == list(plan.legs)
    for line in (*preview.sells, *preview.buys):
        assert len(line.rounds) == 12
        assert sum(line.rounds) == line.leg.shares
        assert line.value == line.held * line.last
        assert line.difference == line.target - line.value
    sold = preview.sells[0]
    assert (sold.leg.code, sold.value, sold.target) == ("000660", 8_000_000, 20_397_500 // 5)
    assert sold.volume_part == sold.leg.shares * WHOLE // 4_000_000
    assert preview.timeline == plan.rounds
    assert preview.costs == plan.figures


def test_weights_before_and_after_are_of_everything_and_near_their_targets() -> None:
    preview = preview_of(make_plan(usual()))
    for when in ("before", "after"):
        total = sum(getattr(weight, when) for weight in preview.weights)
        assert WHOLE - len(preview.weights) <= total <= WHOLE
    for weight in preview.weights:
        assert weight.target is not None
        assert abs(weight.after - weight.target) < 20_000
    cash = preview.weights[-1]
    assert (cash.code, cash.target) == (CASH, 100_000)
    assert weight_words(preview.weights[0]).endswith(" %")


def test_what_stays_says_why() -> None:
    start = usual()
    rows = tuple(replace(row, role=Role.EXCLUDED) if row.code == "005930" else row for row in start.targets)
    preview = preview_of(make_plan(replace(start, targets=rows)))
    (stays,) = (row for row in preview.unchanged if row.code == "005930")
    assert (stays.role, stays.held, stays.value) == (Role.EXCLUDED, 100, 7_000_000)
    assert words(stays.why, Language.KO) == "제외한 종목입니다."
    assert "005930" not in {weight.code for weight in preview.weights}


def test_costs_add_up() -> None:
    plan = make_plan(usual())
    figures = plan.figures
    assert figures.commission == sum(leg.commission for leg in plan.legs)
    moved = sum(-leg.side.sign * leg.amount for leg in plan.legs) - figures.commission - figures.tax
    assert figures.cash_after == figures.cash_before + moved
    assert figures.cash_before == 3_000_000
    assert figures.buffer <= figures.cash_after_worst <= figures.cash_after
    assert figures.spread_known
    assert figures.spread == sum(leg.spread or 0 for leg in plan.legs) > 0


def test_an_unknown_spread_is_not_shown_as_none() -> None:
    plan = make_plan(inputs((asset("000001", 10_000, 10),), (target("000001", 500_000),)))
    assert plan.legs[0].spread is None
    assert not plan.figures.spread_known


def test_the_table_can_be_copied_and_saved() -> None:
    plan = make_plan(usual())
    for language in Language:
        rows = as_rows(plan, words, language)
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(rows) == 1 + len(plan.legs) + len(plan.stays)
        read = list(csv.reader(StringIO(as_csv(plan, words, language))))
        assert [tuple(row) for row in read[:-1]] == list(rows)
        assert read[-1] == ["digest", plan.digest]


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    given = inputs((asset("000001", 10_000, 10, name="=1+1"),), (target("000001", 500_000),))
    assert ",'=1+1," in as_csv(make_plan(given), words, Language.EN)
