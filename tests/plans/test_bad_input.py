"""Every kind of bad input gets its own clear message, before anything can be approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hoga.base.message import Language
from hoga.domain.instruments import Market, ProductType, Venue
from hoga.plans.inputs import Inputs, Role, SidePlan, Style, Timing
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.wording import WORDING
from tests.plans.made import CLOSE, MINUTE, NOW, PLAIN, asset, target, usual


def with_asset(code: str, **changes: Any) -> Inputs:
    start = usual()
    return replace(start, assets=tuple(replace(a, **changes) if a.code == code else a for a in start.assets))


def with_row(code: str, **changes: Any) -> Inputs:
    start = usual()
    return replace(start, targets=tuple(replace(r, **changes) if r.code == code else r for r in start.targets))


def with_side(**changes: Any) -> Inputs:
    start = usual()
    return replace(start, timing=replace(start.timing, sell=replace(start.timing.sell, **changes)))


def with_account(**changes: Any) -> Inputs:
    start = usual()
    return replace(start, account=replace(start.account, **changes))


def with_session(**changes: Any) -> Inputs:
    start = usual()
    return replace(start, session=replace(start.session, **changes))


def added(*rows: Any, assets: tuple[Any, ...] = ()) -> Inputs:
    start = usual()
    return replace(start, targets=(*start.targets, *rows), assets=(*start.assets, *assets))


MARKET = SidePlan(style=Style.MARKET)

UNUSABLE: dict[str, tuple[Callable[[], Inputs], str]] = {
    "weights over 100 %": (lambda: with_row("005930", weight=400_001), "PLAN_WEIGHTS_OVER"),
    "weight missing": (lambda: with_row("005930", weight=None), "PLAN_WEIGHT_MISSING"),
    "weight below 0": (lambda: with_row("005930", weight=-1), "PLAN_WEIGHT_NEGATIVE"),
    "unknown code": (lambda: added(target("999999", 1)), "PLAN_UNKNOWN_CODE"),
    "delisted holding": (lambda: with_asset("005930", listed=False), "PLAN_UNKNOWN_CODE"),
    "halted holding": (lambda: with_asset("005930", halted=True), "PLAN_HALTED"),
    "being delisted": (lambda: with_asset("005930", liquidation=True), "PLAN_LIQUIDATION"),
    "price of zero": (lambda: with_asset("005930", price=0), "PLAN_NO_PRICE"),
    "negative price": (lambda: with_asset("005930", price=-5), "PLAN_NUMBER"),
    "more sellable than held": (lambda: with_asset("005930", sellable=101), "PLAN_NUMBER"),
    "negative bid": (lambda: with_asset("005930", bid=-1), "PLAN_NUMBER"),
    "lots of ten": (lambda: with_asset("005930", product=ProductType.ELW), "PLAN_PRODUCT"),
    "no tax on file": (lambda: with_asset("000660", market=Market.NASDAQ), "PLAN_RULE_UNKNOWN"),
    "holding without a row": (lambda: added(assets=(asset("111111", 10, 1),)), "PLAN_HOLDING_WITHOUT_TARGET"),
    "row twice": (lambda: added(target("005930", 0)), "PLAN_ROW_TWICE"),
    "instrument twice": (lambda: added(assets=(asset("005930", 10),)), "PLAN_ASSET_TWICE"),
    "no rows": (lambda: replace(usual(), targets=(), assets=()), "PLAN_NO_TARGETS"),
    "no rounds": (lambda: with_side(rounds=0), "PLAN_NUMBER"),
    "121 rounds": (lambda: with_side(rounds=121), "PLAN_NUMBER"),
    "no spacing": (lambda: with_side(spacing_s=0), "PLAN_NUMBER"),
    "negative collar": (lambda: with_side(collar=-1), "PLAN_NUMBER"),
    "all of it buffer": (lambda: usual(buffer_part=1_000_000), "PLAN_NUMBER"),
    "negative deposit": (lambda: usual(deposit=-1), "PLAN_NUMBER"),
    "moment without a zone": (lambda: replace(usual(), at=NOW.replace(tzinfo=None)), "PLAN_NO_ZONE"),
}

UNFIT: dict[str, tuple[Callable[[], Inputs], str]] = {
    "start in the past": (lambda: with_side(start=NOW - MINUTE), "PLAN_START_PAST"),
    "holiday": (lambda: with_session(windows=()), "PLAN_NO_SESSION"),
    "too few minutes left": (lambda: with_side(start=CLOSE - MINUTE * 60), "PLAN_ROUNDS_DO_NOT_FIT"),
    "start before the open": (
        lambda: replace(with_side(start=NOW - MINUTE * 60), at=NOW - timedelta(hours=5)),
        "PLAN_ROUNDS_DO_NOT_FIT",
    ),
    "not connected": (lambda: with_account(connected=False), "PLAN_NOT_CONNECTED"),
    "market orders at NXT": (
        lambda: replace(with_session(venue=Venue.NXT), timing=Timing(sell=MARKET, buy=PLAIN)),
        "PLAN_STYLE_NOT_TAKEN",
    ),
    "both sides off": (lambda: usual(sell=False, buy=False), "PLAN_BOTH_SIDES_OFF"),
    "whole holding sold unasked": (lambda: with_row("005930", weight=0, sell_out=False), "PLAN_SELLS_OUT"),
    "volume not known": (lambda: with_asset("000660", volume=None), "PLAN_VOLUME_UNKNOWN"),
    "rounds too close": (lambda: with_side(spacing_s=9), "PLAN_SPACING_SHORT"),
    "market buy without a limit": (
        lambda: replace(with_asset("035420", upper_limit=None), timing=Timing(sell=PLAIN, buy=MARKET)),
        "PLAN_NO_UPPER_LIMIT",
    ),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_makes_a_plan_impossible(what: str) -> None:
    make, code = UNUSABLE[what]
    with pytest.raises(NoPlan) as caught:
        make_plan(make())
    assert code in {issue.message.code for issue in caught.value.issues}
    told(caught.value.issues)


@pytest.mark.parametrize("what", UNFIT)
def test_what_forbids_approving_is_shown_with_the_plan(what: str) -> None:
    make, code = UNFIT[what]
    plan = make_plan(make())
    assert not plan.approvable
    assert code in {issue.message.code for issue in plan.issues}
    told(plan.issues)


def told(issues: tuple[Any, ...]) -> None:
    """Everything said has an action, in both languages, and no value is missing from the sentence."""
    for issue in issues:
        wording = WORDING[issue.message.code]
        for language in Language:
            if issue.severity.value == "error":
                assert wording.action(issue.message, language)
            assert "–" not in wording.sentence(issue.message, language)


def test_every_fault_is_told_at_once() -> None:
    broken = replace(
        with_asset("005930", halted=True),
        targets=(*usual().targets, target("999999", 900_000)),
    )
    with pytest.raises(NoPlan) as caught:
        make_plan(broken)
    codes = {issue.message.code for issue in caught.value.issues}
    assert codes == {"PLAN_WEIGHTS_OVER", "PLAN_UNKNOWN_CODE", "PLAN_HALTED"}


def test_halted_unpriced_and_delisted_names_may_be_excluded() -> None:
    for changes in ({"halted": True}, {"price": 0}, {"liquidation": True}, {"listed": False}):
        given = with_asset("005930", **changes)
        rows = tuple(replace(row, role=Role.EXCLUDED) if row.code == "005930" else row for row in given.targets)
        plan = make_plan(replace(given, targets=rows))
        assert plan.approvable
        assert [stay.why.code for stay in plan.stays if stay.code == "005930"] == ["PLAN_STAYS_EXCLUDED"]


def test_no_cash_for_one_share_is_said() -> None:
    start = usual(sell=False)
    poor = replace(start, account=replace(start.account, settled_d2=150_000, orderable=150_000))
    plan = make_plan(poor)
    assert "PLAN_NO_CASH_FOR_ONE" in {issue.message.code for issue in plan.issues}
    assert not plan.approvable  # nothing is left to order


def test_fewer_shares_than_rounds_are_sent_one_a_round() -> None:
    plan = make_plan(with_side(rounds=30, spacing_s=60))
    few = {issue.code for issue in plan.issues if issue.message.code == "PLAN_FEWER_SHARES_THAN_ROUNDS"}
    leg = plan.legs[0]
    assert leg.shares < 30
    assert leg.code in few
    sent = [child.quantity for due in plan.rounds for child in due.children if child.leg == 0]
    assert sent == [1] * leg.shares


def test_what_does_not_fit_says_how_much() -> None:
    plan = make_plan(with_side(start=CLOSE - MINUTE * 30))
    (issue,) = (i for i in plan.issues if i.message.values.get("side") == "sell")
    # Eleven times five minutes and two orders of ten seconds need 56 minutes; half an hour is left.
    assert {key: issue.message.values[key] for key in ("rounds", "needed", "left", "closes")} == {
        "rounds": 12, "needed": 56, "left": 30, "closes": "15:20",
    }  # fmt: skip
    late = [due for due in plan.rounds if due.side.value == "sell" and not due.fits]
    assert issue.message.values["late"] == len(late) == 6
    assert late[0].at == CLOSE
