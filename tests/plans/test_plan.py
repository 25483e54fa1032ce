"""The plan as a whole: same in, same out; the digest covers everything; sells before buys; rules do what they say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import FrameType, MappingProxyType
from typing import Any, TypeAlias

import msgspec
import pytest
from msgspec.structs import fields, replace

from hoga.domain.tickets import Side
from hoga.plans.inputs import Inputs, OverCap, Role, Rules, SidePlan, Style, Timing, Weighting
from hoga.plans.plan import Plan, is_genuine
from hoga.plans.planner import make_plan
from tests.plans.made import CLOSE, MINUTE, NOW, PLAIN, account, asset, inputs, target, usual


def codes(plan: Plan) -> set[str]:
    return {issue.message.code for issue in plan.issues}


def shares(plan: Plan) -> dict[str, int]:
    return {leg.code: leg.side.sign * leg.shares for leg in plan.legs}


def why(plan: Plan, code: str) -> str:
    return next(stay.why.code for stay in plan.stays if stay.code == code)


def test_a_usual_plan_can_be_approved_and_reads_as_reckoned() -> None:
    plan = make_plan(usual())
    # V = 8,000,000 + 2,500,000 + 7,000,000 + 3,000,000 - 0.5 % = 20,397,500; targets 30/20/20/20 %.
    assert plan.figures.total == 20_397_500
    assert shares(plan)["000660"] in (-20, -19)
    assert plan.legs[0].side is Side.SELL
    assert plan.approvable
    assert is_genuine(plan)
    assert len(plan.digest) == 64


def test_same_inputs_same_plan_same_digest_in_whatever_order_and_zone() -> None:
    one = usual()
    other = replace(
        one,
        at=one.at.astimezone(UTC),
        assets=tuple(reversed(one.assets)),
        targets=tuple(reversed(one.targets)),
    )
    assert make_plan(one) == make_plan(usual()) == make_plan(other)
    assert make_plan(one).digest == make_plan(other).digest


def test_the_digest_is_the_same_on_every_machine() -> None:
    """Pinned: a plan approved with one hoga must not silently become another one with the next."""
    plan = make_plan(inputs((asset("005930", 70_000, 10),), (target("005930", 500_000),), cash=1_000_000))
    assert shares(plan) == {"005930": 2}
    assert plan.digest == PINNED


PINNED = "c4e51c8eb079c48fb4f463ca3e7e2236f0bb5512e2e138bad34ad443cab60a9c"


def variations(value: Any) -> Iterator[tuple[str, Any]]:
    """Every value that differs from ``value`` in exactly one leaf."""
    if isinstance(value, msgspec.Struct):
        for field in fields(value):
            for where, other in variations(getattr(value, field.name)):
                yield f"{field.name}.{where}", replace(value, **{field.name: other})
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            for where, other in variations(item):
                yield f"{at}.{where}", (*value[:at], other, *value[at + 1 :])
    elif isinstance(value, Enum):
        yield from ((other.name, other) for other in type(value) if other is not value)
    elif value is not None:
        yield "other", OTHER[type(value)](value)


OTHER: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    str: lambda value: value + "X",
    datetime: lambda value: value + timedelta(seconds=1),
    date: lambda value: value + timedelta(days=1),
    dict: lambda value: {**value, "more": 1},
    MappingProxyType: lambda value: {**value, "more": 1},
}


def test_any_field_of_the_inputs_changed_is_another_digest() -> None:
    start = usual()
    base = make_plan(start)
    seen = 0
    for where, other in variations(start):
        changed = replace(base, inputs=other)
        assert not is_genuine(changed), where
        seen += 1
    assert seen > 100


def changed_leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        if value:
            yield value[:-1]
            yield from ((other, *value[1:]) for other in changed_leaves(value[0]))
    elif isinstance(value, msgspec.Struct):
        for name in () if isinstance(value, Inputs) else value.__struct_fields__:  # the inputs have their own test
            for other in changed_leaves(getattr(value, name)):
                yield replace(value, **{name: other})
    else:
        yield from (other for _, other in variations(value))


def test_any_field_of_the_plan_changed_after_approval_is_refused() -> None:
    plan = make_plan(usual(over_cap=OverCap.CUT, volume_part=1))
    assert is_genuine(plan)
    changed = [other for other in changed_leaves(plan) if other.digest == plan.digest]
    assert len(changed) > 35
    assert not any(is_genuine(other) for other in changed)


def test_buys_start_when_the_last_sell_has_had_its_time() -> None:
    start = usual()
    plan = make_plan(start)
    sells = [due for due in plan.rounds if due.side is Side.SELL]
    buys = [due for due in plan.rounds if due.side is Side.BUY]
    assert sells and buys
    assert buys[0].at == max(due.ends for due in sells)
    early = replace(start, timing=replace(start.timing, buy=replace(start.timing.buy, start=NOW + MINUTE)))
    plan = make_plan(early)
    assert next(due.at for due in plan.rounds if due.side is Side.BUY) == buys[0].at
    assert "PLAN_BUYS_WAIT" in codes(plan)


def test_equal_weights_are_exact() -> None:
    names = tuple(asset(code, 10_000) for code in ("000001", "000002", "000003"))
    rows = tuple(target(name.code, None) for name in names)
    plan = make_plan(inputs(names, rows, 3_000_300, Rules(weighting=Weighting.EQUAL, buffer_part=0, volume_part=0)))
    assert shares(plan) == dict.fromkeys(("000001", "000002", "000003"), 99) | {"000001": 100, "000002": 100}


def test_excluded_and_locked_are_left_alone_and_counted_only_when_asked() -> None:
    names = (asset("000001", 10_000, 100), asset("000002", 10_000, 100))
    for role, reason in ((Role.EXCLUDED, "PLAN_STAYS_EXCLUDED"), (Role.LOCKED, "PLAN_STAYS_LOCKED")):
        rows = (target("000001", 500_000), target("000002", None, role=role))
        plan = make_plan(inputs(names, rows, 0))
        assert shares(plan) == {"000001": -50}
        assert why(plan, "000002") == reason
        rows = (rows[0], replace(rows[1], counted=True))
        plan = make_plan(inputs(names, rows, 0))
        assert why(plan, "000001") == "PLAN_STAYS_ON_TARGET"
        assert "PLAN_COUNTED_NOT_TRADED" in codes(plan)


@pytest.mark.parametrize(
    ("rules", "traded"),
    [
        ({}, True),
        ({"band": 50_000}, False),
        ({"band": 39_999}, True),
        ({"band": 40_000}, False),  # off by exactly 4 points: not more than the band
        ({"band": 50_000, "band_relative": 79_999}, True),
        ({"band_relative": 80_000}, False),
    ],
)
def test_bands(rules: dict[str, int], traded: bool) -> None:
    names = (asset("000001", 10_000, 54), asset("000002", 10_000, 46))
    rows = (target("000001", 500_000), target("000002", 500_000))
    plan = make_plan(inputs(names, rows, 0, Rules(buffer_part=0, volume_part=0, **rules)))  # type: ignore[arg-type]
    if traded:
        assert shares(plan)["000001"] == -4
    else:
        assert {stay.why.code for stay in plan.stays} == {"PLAN_STAYS_INSIDE_BAND"}
        assert "PLAN_NOTHING_TO_DO" in codes(plan)


def test_each_side_can_be_switched_off() -> None:
    assert {leg.side for leg in make_plan(usual(sell=False)).legs} == {Side.BUY}
    assert {leg.side for leg in make_plan(usual(buy=False)).legs} == {Side.SELL}
    assert {leg.side for leg in make_plan(usual(deposit=1_000_000)).legs} == {Side.BUY}
    assert "PLAN_DEPOSIT_FIRST" in codes(make_plan(usual(deposit=1_000_000)))


def test_small_trades_are_left_out_with_their_reason() -> None:
    names = (asset("000001", 10_000, 100), asset("000002", 10_000, 99))
    rows = (target("000001", 400_000), target("000002", 500_000))
    plan = make_plan(inputs(names, rows, 10_000, Rules(buffer_part=0, volume_part=0, least_trade=50_000)))
    assert shares(plan) == {"000001": -20}
    assert why(plan, "000002") == "PLAN_STAYS_BELOW_MINIMUM"


def test_the_volume_cap_is_seen_refused_or_cut_but_never_silent() -> None:
    names = (asset("000001", 10_000, 0, volume=1_000),)
    rows = (target("000001", 1_000_000),)
    for how, expected, seen in (
        (OverCap.WARN, 100, "PLAN_OVER_VOLUME"),
        (OverCap.REFUSE, 100, "PLAN_OVER_VOLUME"),
        (OverCap.CUT, 10, "PLAN_CUT_TO_VOLUME"),
    ):
        plan = make_plan(inputs(names, rows, 1_000_141, Rules(buffer_part=0, over_cap=how)))
        assert shares(plan) == {"000001": expected}
        assert seen in codes(plan)
        assert plan.approvable is (how is not OverCap.REFUSE)
        told = next(issue.message.values for issue in plan.issues if issue.message.code == seen)
        assert (told["cap"], told["days"]) == (10, 10)


def test_a_debt_is_covered_first() -> None:
    plan = make_plan(inputs((asset("000001", 10_000, 100),), (target("000001", 1_000_000),), -250_000))
    assert shares(plan) == {"000001": -25}
    assert "PLAN_COVERS_DEBT" in codes(plan)


def test_cash_that_open_buys_hold_is_not_spent_twice() -> None:
    state = account(1_000_000, orderable=300_000)
    plan = make_plan(inputs((asset("000001", 10_000),), (target("000001", 1_000_000),), account=state))
    assert shares(plan) == {"000001": 29}
    assert "PLAN_BUYS_SCALED" in codes(plan)
    assert plan.figures.cash_after_worst == 1_000_000 - 290_041


@pytest.mark.parametrize(
    ("style", "ticks", "collar", "sold", "bought"),
    [
        (Style.CURRENT, 0, 0, (70_000, 70_000), (70_000, 70_000)),
        (Style.CURRENT, 2, 3, (69_800, 69_500), (70_200, 70_500)),
        (Style.CURRENT, -1, 0, (70_100, 70_100), (69_900, 69_900)),
        (Style.BEST, 0, 1, (69_900, 69_800), (70_100, 70_200)),
        (Style.MARKET, 0, 1, (69_900, 69_800), (70_100, 91_000)),
    ],
)
def test_order_prices_by_style(
    style: Style, ticks: int, collar: int, sold: tuple[int, int], bought: tuple[int, int]
) -> None:
    how = SidePlan(rounds=2, style=style, ticks=ticks, collar=collar)
    more = {"bid": 69_900, "ask": 70_100, "upper_limit": 91_000, "lower_limit": 49_000}
    names = (asset("000001", 70_000, 100, **more), asset("000002", 70_000, 0, **more))
    rows = (target("000001", 500_000), target("000002", 300_000))
    plan = make_plan(inputs(names, rows, timing=Timing(sell=how, buy=how)))
    assert [(leg.price, leg.worst) for leg in plan.legs] == [sold, bought]
    assert plan.legs[0].spread == 100 * plan.legs[0].shares


def test_prices_stay_inside_the_limits_of_the_day() -> None:
    how = SidePlan(rounds=1, style=Style.CURRENT, ticks=5, collar=5)
    names = (
        asset("000001", 49_100, 100, lower_limit=49_000),
        asset("000002", 90_900, 0, upper_limit=91_000),
    )
    rows = (target("000001", 100_000), target("000002", 100_000))
    plan = make_plan(inputs(names, rows, timing=Timing(sell=how, buy=how)))
    assert [(leg.price, leg.worst) for leg in plan.legs] == [(49_000, 49_000), (91_000, 91_000)]


def test_costs_of_a_sale() -> None:
    plan = make_plan(inputs((asset("000001", 10_000, 100),), (target("000001", 0),)))
    (leg,) = plan.legs
    assert (leg.amount, leg.commission, leg.tax) == (1_000_000, 140, 500 + 1_500)  # KOSPI 2026: 0.05 % + 0.15 %
    assert plan.figures.cash_after == 1_000_000 - 2_140
    assert plan.figures.cash_after_worst == 1_000_000 - 2_141  # 2,140.527 won, rounded against us


def test_a_plan_before_the_open_starts_when_the_session_does() -> None:
    plan = make_plan(replace(usual(), at=NOW.replace(hour=8)))
    assert plan.rounds[0].at == NOW.replace(hour=9, minute=0)
    assert all(due.at < CLOSE for due in plan.rounds)


TraceFunction: TypeAlias = Callable[[FrameType, str, Any], Any]


def many(count: int) -> Inputs:
    names = tuple(asset(f"{n:06}", 10_000 + 10 * (n % 50), n % 7 * 10) for n in range(count))
    weight = 900_000 // count
    return inputs(names, tuple(target(name.code, weight) for name in names), 1_000_000 * count)


def steps_for(given: Inputs) -> int:
    """Instructions of the interpreter that one plan takes: a measure that no busy machine changes."""
    counted = 0

    def count(frame: FrameType, event: str, _arg: object) -> TraceFunction:
        nonlocal counted
        frame.f_trace_opcodes = True
        counted += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        make_plan(given)
    finally:
        sys.settrace(before)
    return counted


def test_work_grows_in_proportion_to_the_instruments() -> None:
    small, large = many(40), many(160)
    make_plan(small)  # fills the caches of rules, which would count once only
    assert steps_for(large) < steps_for(small) * 4.4


def test_a_plan_for_more_than_a_market_is_made() -> None:
    how = replace(PLAIN, rounds=1)
    plan = make_plan(replace(many(900), timing=Timing(sell=how, buy=how, gap_s=1)))
    assert len(plan.legs) + len(plan.stays) == 900
