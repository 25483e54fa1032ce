"""Limits as values: what can be set, what a change loosens, and that nothing off judges anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.risk_limits import DEFAULT_LIMITS, LISTS, NO_RISK_LIMITS, OwnCross, RiskLimits, changes, problem_of

NUMBERS = [name for name in RiskLimits.__struct_fields__ if name not in (*LISTS, "own_cross", "slips")]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [0, -1])
def test_a_limit_below_one_is_none(name: str, value: int) -> None:
    with pytest.raises(ValueError, match="LIMIT_OUT_OF_RANGE"):
        replace(DEFAULT_LIMITS, **{name: value})


@pytest.mark.parametrize("name", [name for name in NUMBERS if name.endswith("percent")])
def test_a_percentage_ends_at_a_hundred(name: str) -> None:
    assert problem_of({name: 100}) is None
    problem = problem_of({name: 101})
    assert problem is not None and problem.values["most"] == 100


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("order_ask", "order_refuse"),
        ("order_typed", "order_refuse"),
        ("distance_ask_percent", "distance_refuse_percent"),
        ("orders_ask", "orders_refuse"),
    ],
)
def test_asking_above_what_is_refused_is_no_limit(lower: str, upper: str) -> None:
    same = replace(NO_RISK_LIMITS, **{lower: 10, upper: 10})
    assert getattr(same, lower) == 10
    with pytest.raises(ValueError, match="LIMIT_ASKS_TOO_LATE"):
        replace(NO_RISK_LIMITS, **{lower: 11, upper: 10})
    assert replace(NO_RISK_LIMITS, **{lower: 11}) is not None


@pytest.mark.parametrize(
    ("name", "before", "after", "loosens"),
    [
        ("order_ask", 10, 11, True),
        ("order_ask", 11, 10, False),
        ("order_ask", 10, None, True),
        ("order_ask", None, 10, False),
        ("own_cross", OwnCross.REFUSE, OwnCross.ASK, True),
        ("own_cross", OwnCross.ASK, OwnCross.OFF, True),
        ("own_cross", OwnCross.OFF, OwnCross.REFUSE, False),
        ("slips", True, False, True),
        ("slips", False, True, False),
    ],
)
def test_what_loosens(name: str, before: Any, after: Any, loosens: bool) -> None:
    (change,) = changes(replace(NO_RISK_LIMITS, **{name: before}), replace(NO_RISK_LIMITS, **{name: after}))
    assert (change.name, change.before, change.after) == (name, before, after)
    assert change.loosens is loosens


@given(st.sampled_from(NUMBERS), st.none() | st.integers(1, 100), st.none() | st.integers(1, 100))
def test_a_change_and_the_change_back_do_not_both_loosen(name: str, one: int | None, other: int | None) -> None:
    first, second = (replace(NO_RISK_LIMITS, **{name: value}) for value in (one, other))
    there, back = changes(first, second), changes(second, first)
    if one == other:
        assert there == back == ()
    else:
        assert there[0].loosens is not back[0].loosens


def test_the_defaults_ask_before_they_refuse() -> None:
    assert problem_of({name: getattr(DEFAULT_LIMITS, name) for name in NUMBERS}) is None
    assert all(getattr(NO_RISK_LIMITS, name) is None for name in NUMBERS)
    assert not NO_RISK_LIMITS.day_loss_judged
    assert DEFAULT_LIMITS.day_loss_judged
