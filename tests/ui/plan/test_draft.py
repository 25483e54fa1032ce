"""The draft: changes, undoing them, keeping it, and what it makes of a day and an account."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.plans.inputs import Role, Rules, Target, Weighting
from hoga.ui.plan.draft import (
    Draft,
    History,
    from_plain,
    to_plain,
    value_at,
    with_row,
    with_rows,
    with_value,
    with_weights,
    without,
)
from hoga.ui.plan.kept import Sets, keep_draft, kept_draft
from hoga.ui.plan.words import exact_part_words, part_words, read_part, read_whole
from hoga.ui.state import StateStore

ONE, TWO = Target(code="005930", weight=300_000, sell_out=True), Target(code="000660", weight=200_000)
DRAFT = Draft(targets=(ONE, TWO))


def test_every_step_is_undone_and_made_again() -> None:
    history = History(DRAFT)
    assert not history.change(DRAFT)
    history.change(without(DRAFT, ["005930"]))
    history.change(with_weights(history.now, {"000660": 1_000_000}))
    assert history.undo() and history.undo() and history.now == DRAFT
    assert not history.undo()
    assert history.redo() and history.now.codes == ("000660",)
    history.change(DRAFT)
    assert not history.can_redo


def test_pasted_rows_change_weights_and_keep_the_rest() -> None:
    pasted = (Target(code="005930", weight=100_000), Target(code="035420", weight=50_000))
    draft = with_rows(DRAFT, pasted)
    assert draft.codes == ("005930", "000660", "035420")
    assert draft.targets[0] == replace(ONE, weight=100_000)
    assert draft.sum == 350_000


def test_equal_weights_ask_for_everything() -> None:
    equal = replace(DRAFT, rules=Rules(weighting=Weighting.EQUAL))
    assert equal.sum == 1_000_000
    assert replace(equal, targets=()).sum == 0
    assert with_weights(equal, {"005930": 1}).rules.weighting is Weighting.OWN


def test_a_deep_field_is_changed_alone() -> None:
    changed = with_value(DRAFT, ("timing", "sell", "rounds"), 30)
    assert value_at(changed, ("timing", "sell", "rounds")) == 30
    assert value_at(changed, ("timing", "buy", "rounds")) == 12
    assert with_value(changed, ("timing", "sell", "rounds"), 12) == DRAFT


def test_times_of_day_become_moments_of_the_day() -> None:
    timing = replace(DRAFT, sell_at=time(9, 5)).timing_on(date(2026, 11, 24))
    assert timing.sell.start == datetime(2026, 11, 24, 9, 5, tzinfo=KST)
    assert timing.buy.start is None


def test_other_holdings_are_excluded_only_where_that_is_chosen() -> None:
    assert DRAFT.targets_for(["035420"]) == DRAFT.targets
    rows = replace(DRAFT, others_excluded=True).targets_for(["035420", "005930"])
    assert rows[2:] == (Target(code="035420", role=Role.EXCLUDED),)


def test_a_draft_and_named_sets_are_kept() -> None:
    state = StateStore()
    keep_draft(state, "a", replace(DRAFT, sell_at=time(9, 5)))
    assert kept_draft(state, "a").sell_at == time(9, 5)
    assert kept_draft(state, "b") == Draft()
    sets = Sets(state)
    sets.save("mine", DRAFT)
    sets.save("other", with_row(DRAFT, Target(code="035420")))
    assert sets.names() == ("mine", "other")
    assert not sets.rename("mine", "other")
    assert sets.rename("mine", "ours")
    sets.delete("other")
    assert sets.names() == ("ours",) and sets.load("ours") == DRAFT
    assert sets.load("gone") is None


@pytest.mark.parametrize("value", [None, 7, {"targets": "x"}, {"targets": [{"code": 5}]}])
def test_what_is_no_draft_is_not_taken_for_one(value: object) -> None:
    assert from_plain(value) is None


def test_a_draft_survives_its_plain_form() -> None:
    assert from_plain(to_plain(DRAFT)) == DRAFT


@given(st.integers(0, 1_000_000))
def test_weights_are_read_as_they_are_written(ppm: int) -> None:
    assert read_part(exact_part_words(ppm)) == ppm


@pytest.mark.parametrize(
    ("text", "ppm"),
    [("12.5", 125_000), ("12.5%", 125_000), (" 7 ", 70_000), ("０.1", 1_000), ("0.00001", None), ("x", None)],
)
def test_typed_percent(text: str, ppm: int | None) -> None:
    assert read_part(text) == ppm


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("-3", -3), ("−3", -3), ("1만", 10_000), ("1.5", None), ("5%", None), ("", None)]
)
def test_typed_whole_numbers(text: str, number: int | None) -> None:
    assert read_whole(text) == number


def test_shown_parts_are_rounded_half_up() -> None:
    assert [part_words(ppm) for ppm in (123_449, 123_450, 333_333, None)] == ["12.34 %", "12.35 %", "33.33 %", "–"]
