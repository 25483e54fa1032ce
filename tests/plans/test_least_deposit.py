"""'Put in N won and nothing needs selling': the solver against trying every sum."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import composite

from hoga.domain.tickets import Side
from hoga.plans.inputs import WHOLE, Inputs, Rules
from hoga.plans.planner import make_plan
from hoga.plans.weights import from_current, least_deposit, rescaled
from tests.plans.made import asset, inputs, target, usual


@composite
def small(draw: st.DrawFn) -> Inputs:
    weights = draw(st.lists(st.sampled_from([0, 100_000, 200_000, 250_000, 333_333]), min_size=1, max_size=3))
    names = tuple(asset(f"{n:06}", draw(st.integers(1, 30)), draw(st.integers(0, 6))) for n in range(len(weights)))
    rules = Rules(
        buffer=draw(st.integers(0, 20)),
        buffer_part=draw(st.sampled_from([0, 5_000, 200_000])),
        volume_part=0,
        band=draw(st.sampled_from([0, 30_000])),
        band_relative=draw(st.sampled_from([0, 250_000])),
    )
    rows = tuple(target(name.code, weight) for name, weight in zip(names, weights, strict=True))
    return inputs(names, rows, draw(st.integers(0, 200)), rules)


def nothing_to_sell(given: Inputs, deposit: int) -> bool:
    rules = given.rules
    gross = sum(name.held * name.price for name in given.assets) + given.account.settled_d2 + deposit
    total = max(gross - max(rules.buffer, gross * rules.buffer_part // WHOLE), 0)
    for name, row in zip(given.assets, given.targets, strict=True):
        goal = Fraction(row.weight or 0, WHOLE) * total
        over = name.held * name.price - goal
        allowed = [total * Fraction(rules.band, WHOLE)] if rules.band else []
        allowed += [goal * Fraction(rules.band_relative, WHOLE)] if rules.band_relative else []
        if over > min(allowed, default=Fraction(0)):
            return False
    return True


@given(small())
@settings(max_examples=200, deadline=None)
def test_the_least_deposit_is_the_first_sum_of_all_that_does(given: Inputs) -> None:
    found = least_deposit(given)
    hopeless = any(row.weight == 0 and name.held for name, row in zip(given.assets, given.targets, strict=True))
    assert (found is None) is hopeless
    if found is not None:
        assert found == next(sum for sum in range(20_000) if nothing_to_sell(given, sum))


def test_putting_it_in_leaves_only_buys() -> None:
    start = usual()
    deposit = least_deposit(start)
    assert deposit is not None
    assert deposit > 0
    plan = make_plan(usual(deposit=deposit))
    assert {leg.side for leg in plan.legs} == {Side.BUY}
    assert not any(stay.why.code == "PLAN_STAYS_SIDE_OFF" for stay in plan.stays)
    less = make_plan(usual(deposit=deposit - 1))
    assert any(stay.why.code == "PLAN_STAYS_SIDE_OFF" for stay in less.stays)


def test_no_sum_helps_when_the_buffer_takes_everything() -> None:
    given = inputs((asset("000001", 10, 1),), (target("000001", 100_000),), rules=Rules(buffer_part=WHOLE))
    assert least_deposit(given) is None


@given(st.dictionaries(st.text("01", min_size=1, max_size=4), st.integers(0, WHOLE), min_size=1, max_size=9))
def test_rescaled_weights_sum_to_the_whole(weights: dict[str, int]) -> None:
    total = sum(weights.values())
    if not total:
        return
    scaled = rescaled(weights)
    assert sum(scaled.values()) == WHOLE
    for code, weight in weights.items():
        assert abs(scaled[code] - Fraction(weight * WHOLE, total)) < 1


def test_weights_set_from_current_never_pass_the_whole() -> None:
    weights = from_current(usual(buffer_part=0))
    assert weights == {"005930": 341_463, "000660": 390_243, "005380": 121_951, "035420": 0}
