"""The curve of the day's profit: exact, a gap where nobody knew, bounded, and told again after a restart."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.known import Known, Unknown
from hoga.domain.positions import Line, Portfolio, Realised, realised, realised_steps
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.day_curve import DayCurve, Point
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, portfolio

SECOND = timedelta(seconds=1)
_LINES = st.lists(
    st.builds(Line, st.sampled_from(Side), st.integers(1, 9), st.integers(1, 10_000), st.integers(0, 50)), max_size=12
)


def account(realised: int | None, open: int | None) -> Portfolio:
    unknown = Unknown(Message("NOT_READ_YET"))
    return replace(
        portfolio(m.START),
        realised_today=unknown if realised is None else Known(Money(realised), m.START, "test"),
        open_profit=unknown if open is None else Known(Money(open), m.START, "test"),
    )


def told(curve: DayCurve) -> list[tuple[int | None, int | None]]:
    return [(point.realised, point.total) for point in curve.points]


@settings(max_examples=50)
@given(st.integers(0, 20), st.integers(0, 50_000), _LINES)
def test_each_step_is_the_profit_so_far(shares: int, cost: int, lines: list[Line]) -> None:
    steps = realised_steps(shares, Fraction(cost), lines)
    assert steps == [realised(shares, Fraction(cost), lines[: at + 1]) for at in range(len(lines))]


def test_unknown_is_a_gap_and_the_newest_look_is_always_there() -> None:
    curve = DayCurve()
    for at, (done, open) in enumerate([(None, None), (0, 500), (0, 700), (0, None), (0, 900), (100, 900)]):
        curve.look(m.START + at * SECOND, account(done, open), tuple)
        assert curve.newest == Point(m.START + at * SECOND, done, open)
    assert told(curve) == [(None, None), (0, 500), (0, 700), (0, None), (0, 900), (100, 1000)]


def test_without_prices_what_is_open_is_not_known() -> None:
    curve = DayCurve()
    curve.look(m.START, account(40, 500), tuple)
    curve.look(m.START + SECOND, account(40, 500), tuple, live=False)
    assert told(curve) == [(40, 540), (40, None)]


def test_a_time_when_nobody_looked_is_a_gap() -> None:
    curve = DayCurve()
    curve.look(m.START, account(0, 500), tuple)
    curve.look(m.START + timedelta(hours=1), account(0, 300), tuple)
    assert told(curve) == [(0, 500), (None, None), (0, 300)]


@settings(max_examples=40)
@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=200), st.integers(4, 40))
@example([None, None, 0, None, 0, None, 0, None, None, 0], 9)
def test_it_stays_within_its_bounds(opens: list[int | None], most: int) -> None:
    curve = DayCurve(most)
    for at, open in enumerate(opens):
        curve.look(m.START + at * SECOND, account(0, open), tuple)
        assert len(curve.points) <= most + 1
    assert curve.newest == Point(m.START + (len(opens) - 1) * SECOND, 0, opens[-1])
    moments = [point.at for point in curve.points]
    assert moments == sorted(set(moments)) and moments[0] == m.START


def test_a_new_day_begins_anew() -> None:
    curve = DayCurve()
    curve.look(m.START, account(70, 500), tuple)
    curve.look(m.START + timedelta(days=1), account(0, 500), tuple)
    assert told(curve) == [(0, 500)]


def test_after_a_restart_the_fills_tell_what_was_realised_and_nobody_what_was_open() -> None:
    desk = FakeDesk()
    buy, sell = (desk.working(m.SAMSUNG, side, 4, 71_500) for side in (Side.BUY, Side.SELL))
    for order, quantity, price in ((buy, 4, 71_000), (sell, 1, 71_500), (sell, 3, 72_000)):
        desk.clock.advance(60)
        desk.fill(order.id, quantity, price)
    lines = tuple(
        Line(fill.order.side, fill.execution.quantity.count, fill.execution.amount.units, 15)
        for fill in sorted(desk.fills(), key=lambda fill: fill.execution.at)
    )
    now = desk.clock.now() + SECOND
    after = replace(account(3_455, 0), realised_from={m.SAMSUNG.id: Realised(0, Fraction(0), lines)})
    curve = DayCurve()
    curve.look(now, account(None, None), desk.fills)
    curve.look(now + SECOND, after, desk.fills)
    assert told(curve) == [(-15, None), (470, None), (3_455, None), (None, None), (3_455, 3_455)]
    strange = replace(after, realised_from={m.SAMSUNG.id: Realised(0, Fraction(0), lines[:-1])})
    curve = DayCurve()
    curve.look(now, strange, desk.fills)
    assert told(curve) == [(3_455, 3_455)]
