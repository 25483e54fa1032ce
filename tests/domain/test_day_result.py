"""The day's result against a plain account: cash and shares before and now, at yesterday's and today's prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.day_result import day_result
from hoga.domain.positions import Flow

FILLS = st.lists(st.tuples(st.booleans(), st.integers(1, 50), st.integers(100, 2_000)), max_size=12)


@given(st.integers(0, 200), FILLS, st.integers(100, 2_000), st.integers(100, 2_000), st.integers(0, 500))
def test_it_is_what_the_account_is_worth_more(
    began: int, fills: list[tuple[bool, int, int]], base: int, last: int, costs: int
) -> None:
    held, cash, flow = began, 0, Flow()
    for buys, shares, price in fills:
        count = shares if buys else min(shares, held)
        held += count if buys else -count
        cash += (-1 if buys else 1) * count * price
        amount = count * price
        flow = flow + (Flow(bought=count, bought_amount=amount) if buys else Flow(sold=count, sold_amount=amount))
    worth_before, worth_now = began * base, held * last + cash - costs
    assert day_result(held, last, base, flow, costs) == worth_now - worth_before


def test_losses_of_earlier_days_are_no_part_of_it() -> None:
    """Bought dear long ago, sold today above yesterday's close: a good day."""
    assert day_result(0, 0, 70_000, Flow(sold=10, sold_amount=710_000)) == 10_000


def test_more_sold_than_there_was_is_no_result() -> None:
    with pytest.raises(ValueError, match="3 were sold"):
        day_result(0, 100, 100, Flow(bought=4, sold=3))
