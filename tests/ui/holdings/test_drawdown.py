"""How far the day's profit fell from its best, and what plans have cost beside it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from hoga.plans.views import Slippage
from hoga.trading.day_curve import Point
from hoga.ui.holdings.curve import ProfitCurve
from hoga.ui.holdings.drawdown import Fall, deepest, falls
from tests.support.fake_desk import FakeDesk, make_context
from tests.support.fake_plans import FakePlans
from tests.support.made_up import START
from tests.ui.plan.made import running


def points(*totals: int | None) -> list[Point]:
    return [
        Point(START + timedelta(minutes=at), None if total is None else 0, total) for at, total in enumerate(totals)
    ]


def falls_of(*totals: int | None) -> list[Fall]:
    return falls(points(*totals))


def test_a_fall_is_counted_from_the_best_and_the_day_begins_with_nothing() -> None:
    told = falls_of(-300, 500, None, 200, 900, 850)
    assert [fall.units for fall in told] == [300, 0, None, 300, 0, 50]
    assert [fall.best for fall in told] == [0, 500, 500, 500, 900, 900]
    assert deepest(falls_of(-300, 500, None, 100)) == 400
    assert deepest(falls_of(None, None)) is None


@given(st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9)), max_size=30))
def test_no_fall_is_deeper_than_the_deepest(totals: list[int | None]) -> None:
    known = [fall.units for fall in falls_of(*totals) if fall.units is not None]
    assert deepest(falls_of(*totals)) == (max(known) if known else None)
    assert all(units >= 0 for units in known)


def test_the_curve_says_the_deepest_fall_and_the_plans_slippage(qtbot: QtBot) -> None:
    desk = FakeDesk()
    context = make_context(desk)
    curve = ProfitCurve(context)
    qtbot.addWidget(curve)
    curve.resize(700, 140)
    curve.show()
    context.day_curve.points = points(0, 10_000, 4_000, 7_000)
    bare = curve.grab().toImage()
    plans = context.plans = FakePlans(desk)
    plan = running()
    desk.clock.advance((plan.approved_at - START).total_seconds() + 180)
    nothing = replace(plan.quality, arrival=Slippage())
    plans.set_running(replace(plan, quality=nothing))
    assert curve._costs() == (), "a plan that filled nothing has cost nothing yet"
    plans.set_running(plan)
    (cost,) = curve._costs()
    assert curve._cost(cost) == "◆ slippage −4,600 (−7.1 bp)"
    context.day_curve.points = points(0, 10_000, 4_000, 7_000)
    assert curve.grab().toImage() != bare
    context.hide_amounts(True)
    assert "4,600" not in curve._cost(cost)
    context.stop()
