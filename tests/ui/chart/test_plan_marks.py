"""What a plan sent stands in the chart of its instrument, and nothing of another's."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Price
from hoga.plans.marks import PlanMark
from hoga.plans.views import RunningPlan
from hoga.ui.chart import ChartPane, make
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.plan_marks import Round, rounds_of
from hoga.ui.chart.sight import Cross
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk
from tests.support.fake_plans import FakePlans
from tests.support.made_up import HYNIX, START
from tests.ui.chart.series import MINUTE, candle
from tests.ui.chart.sight import count, picture, shown
from tests.ui.plan.made import running


def sent(minute: float, number: int, quantity: int, filled: int, limit: int | None = 71_500) -> PlanMark:
    at = START + minute * MINUTE
    price = Price(limit) if limit is not None else None
    return PlanMark(OrderId(f"{at}"), at, Side.SELL, number, quantity, filled, price, "d")


def test_orders_of_one_round_in_one_bar_are_one_mark() -> None:
    bars = Bars(Timeframe.M1)
    bars.read([candle(START + number * MINUTE) for number in range(10)])
    told = [sent(-3, 1, 5, 5), sent(1, 2, 30, 20), sent(1.5, 2, 10, 10, 71_400), sent(4, 3, 7, 2, None)]
    assert rounds_of(told, bars) == (
        Round(1, Side.SELL, 2, 30, 30, 71_400, "d"),
        Round(4, Side.SELL, 3, 7, 2, None, "d"),
    )
    assert [one.done for one in rounds_of(told, bars)] == [True, False]


def begun(quantity: int, filled: int) -> RunningPlan:
    """Approved ten minutes ago; its first round sent so much of each instrument."""
    plan, at = running(), START - timedelta(minutes=10)
    first = plan.rounds[0]
    children = tuple(replace(one, at=at, quantity=quantity, filled=filled) for one in first.children)
    return replace(plan, approved_at=at, rounds=(replace(first, children=children), *plan.rounds[1:]))


def test_a_plan_is_seen_in_the_chart(qtbot: QtBot, context: Context, desk: FakeDesk) -> None:
    pane: ChartPane = shown(qtbot, make(context))
    plain = picture(pane)
    plans = context.plans = FakePlans(desk)
    plans.set_running(begun(30, 20))
    context.orders_changed.emit()
    qtbot.waitUntil(lambda: pane.canvas is not None and len(pane.canvas.sight.rounds) == 1)
    canvas = pane.canvas
    assert canvas is not None
    (mark,) = canvas.sight.rounds
    assert (mark.side, mark.number, mark.quantity, mark.filled) == (Side.SELL, 1, 30, 20)
    assert pane.source.bars[mark.index].start == START - timedelta(minutes=10)
    open_ = picture(pane)
    assert count(open_, context.tokens.down) > count(plain, context.tokens.down)
    canvas.point(Cross(mark.index, None))
    assert "plan sells, round 1 20/30" in pane.readout.text and "70,000" in pane.readout.text
    canvas.point(None)
    plans.set_running(begun(30, 30))
    context.orders_changed.emit()
    qtbot.waitUntil(lambda: canvas.sight.rounds[0].done)
    assert count(picture(pane), context.tokens.down) > count(open_, context.tokens.down)
    context.select(HYNIX.id)
    qtbot.waitUntil(lambda: len(canvas.sight.rounds) == 1)  # the same round has an order in it too
    context.plans = None
    context.orders_changed.emit()
    qtbot.waitUntil(lambda: canvas.sight.rounds == ())
