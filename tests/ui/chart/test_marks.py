"""Fills, average and last price on the chart: exact, at their bar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.marks import LastPrice, Mark, average_of, average_text, last_price, marks_of
from hoga.ui.chart.timeframe import Timeframe
from tests.support.fake_desk import FakeDesk, holding, portfolio
from tests.support.made_up import HYNIX, SAMSUNG, START, quote, trade
from tests.ui.chart.series import MINUTE, candle


def bars_until_now(timeframe: Timeframe = Timeframe.M1) -> Bars:
    bars = Bars(timeframe)
    bars.read([candle(START - k * MINUTE) for k in range(5, -1, -1)])
    return bars


def test_fills_of_one_side_in_one_bar_are_one_mark() -> None:
    desk = FakeDesk()
    buy = desk.working(SAMSUNG, Side.BUY, 10, 71_500)
    sell = desk.working(SAMSUNG, Side.SELL, 5, 71_900)
    other = desk.working(HYNIX, Side.BUY, 5, 192_500)
    desk.clock.advance(-120)
    desk.fill(buy.id, 4, 71_400)
    desk.clock.advance(120)
    desk.fill(buy.id, 3, 71_500)
    desk.fill(buy.id, 1, 71_300)
    desk.fill(sell.id, 2, 71_900)
    desk.fill(other.id, 5, 192_000)
    marks = marks_of(desk.fills(), SAMSUNG.id, bars_until_now())
    assert marks[0] == Mark(3, Side.BUY, 4, 4 * 71_400, Currency.KRW)
    assert set(marks[1:]) == {
        Mark(5, Side.BUY, 4, 3 * 71_500 + 71_300, Currency.KRW),
        Mark(5, Side.SELL, 2, 2 * 71_900, Currency.KRW),
    }
    assert [mark.price for mark in marks if mark.side is Side.BUY] == ["71,400", "71,450"]


def test_a_fill_outside_the_bars_has_no_mark() -> None:
    desk = FakeDesk()
    order = desk.working(SAMSUNG, Side.BUY, 10, 71_500)
    desk.clock.advance(-3_600)
    desk.fill(order.id, 4, 71_400)
    assert marks_of(desk.fills(), SAMSUNG.id, bars_until_now()) == ()
    assert marks_of(desk.fills(), None, bars_until_now()) == ()


def test_a_mark_between_two_units_says_so() -> None:
    mark = Mark(0, Side.BUY, 3, 71_400 + 71_500 + 71_500, Currency.KRW)
    assert (mark.units, mark.price) == (71_467, "71,466.67")


@pytest.mark.parametrize(
    ("units", "currency", "text"),
    [
        ("71433", Currency.KRW, "71,433"),
        ("71433.2857", Currency.KRW, "71,433.29"),
        ("1926955", Currency.USD, "192.6955"),
    ],
)
def test_an_average_is_said_as_it_is(units: str, currency: Currency, text: str) -> None:
    assert average_text(Decimal(units), currency) == text


def test_the_average_of_what_is_held() -> None:
    held = portfolio(START, holding(SAMSUNG, 7, 7 * 71_433 + 2))
    average = average_of(held, SAMSUNG.id)
    assert average is not None
    assert (average.row_units, average.text, average.quantity) == (71_433, "71,433.29", 7)
    assert average_of(held, HYNIX.id) is None
    assert average_of(held, None) is None


def test_the_last_price_is_the_newest_word() -> None:
    desk = FakeDesk()
    bars = bars_until_now()
    bars.read([candle(START + MINUTE, close=71_600)])
    assert last_price(desk.board, None, bars, stale=False) is None
    assert last_price(desk.board, SAMSUNG.id, bars, stale=True) == LastPrice(71_600, 100, True)
    assert last_price(desk.board, SAMSUNG.id, Bars(Timeframe.M1), stale=True) is None
    told = trade(SAMSUNG, price=72_000)
    desk.feed(told)
    assert last_price(desk.board, SAMSUNG.id, bars, stale=False) == LastPrice(72_000, told.change_units, False)
    desk.clock.advance(1)
    asked = quote(SAMSUNG, last=70_000)
    desk.feed(asked)
    assert last_price(desk.board, SAMSUNG.id, bars, stale=False) == LastPrice(70_000, asked.change_units, False)
