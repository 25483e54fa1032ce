"""The rows of the book: the best levels next to the middle, nothing invented, marks and own orders at their price."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.broker_orders import RequestKind
from hoga.domain.market_data import Book, Level, MarketSession
from hoga.domain.tickets import OrderType, Side
from hoga.domain.ticks import tick_table_of
from hoga.ui.quote.book_rows import BAR_STEPS, LEVELS, BookInput, Mark, book_look, full_bar
from hoga.ui.quote.standing import Mine, standing_orders
from tests.support import made_up
from tests.support.fake_desk import FakeDesk

S = made_up.SAMSUNG
GRID = tick_table_of(S, made_up.START.date())


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Any book: some levels a side, with holes, sometimes none."""
    middle = draw(st.integers(1_000, 400_000).map(GRID.floor))
    steps = st.lists(st.integers(1, 4), max_size=LEVELS)
    sizes = st.integers(1, 3_000_000)
    asks, bids = [], []
    ask = bid = middle
    for step in draw(steps):
        ask = GRID.step(ask, step)
        asks.append(Level(ask, draw(sizes)))
    for step in draw(steps):
        bid = GRID.step(bid, -step)
        bids.append(Level(bid, draw(sizes)))
    return Book(S.id, made_up.START, tuple(asks), tuple(bids), 10, 20)


@given(books(), st.integers(1, LEVELS))
def test_levels_stand_by_the_middle_and_nothing_is_invented(book: Book, shown: int) -> None:
    look = book_look(BookInput(S.id, book), shown)
    assert len(look.levels) == 2 * shown
    top, under = look.levels[:shown], look.levels[shown:]
    assert [(one.units, one.quantity) for one in reversed(top) if one.units] == [
        (level.price_units, level.quantity) for level in book.asks[:shown]
    ]
    assert [(one.units, one.quantity) for one in under if one.units] == [
        (level.price_units, level.quantity) for level in book.bids[:shown]
    ]
    prices = [one.units for one in look.levels if one.units is not None]
    assert prices == sorted(prices, reverse=True), "prices fall from the top down"
    assert all(one.side is Side.SELL for one in top) and all(one.side is Side.BUY for one in under)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20))
def test_bars_are_at_most_full_and_at_least_two_fifths_for_the_largest(quantities: list[int]) -> None:
    full = full_bar(tuple(Level(1, quantity) for quantity in quantities))
    assert max(quantities) <= full <= max(quantities) * 5 // 2 + 1
    assert str(full).strip("0") in {"1", "2", "5"}


def test_bars_keep_their_order_and_length() -> None:
    book = replace(made_up.book(S), asks=(Level(71_600, 50), Level(71_700, 100)), bids=(Level(71_500, 1),))
    look = book_look(BookInput(S.id, book), 2)
    assert [one.bar for one in look.levels] == [BAR_STEPS, BAR_STEPS // 2, 1, 0]


def test_marks_last_price_and_change() -> None:
    marks = {Mark.HIGH: 71_600, Mark.AVERAGE: 71_600, Mark.LOW: 60_000}
    look = book_look(BookInput(S.id, made_up.book(S), last=71_500, base=70_700, marks=marks))
    best_ask, best_bid = look.levels[LEVELS - 1], look.levels[LEVELS]
    assert best_ask.marks == (Mark.HIGH, Mark.AVERAGE) and not best_bid.marks
    assert (best_bid.last, best_ask.last) == (True, False)
    assert (best_ask.change, best_bid.change) == (900, 800)
    assert look.middle.last is None, "it stands at a level"
    assert (look.middle.spread, look.middle.spread_ticks) == (100, None), "no table, no ticks"


def test_spread_in_ticks_and_a_last_price_between_the_levels() -> None:
    given_ = BookInput(S.id, made_up.book(S), last=71_550, ticks=GRID)
    middle = book_look(given_).middle
    assert (middle.spread_ticks, middle.last) == (1, 71_550)


def test_an_unknown_book_differs_from_an_empty_side() -> None:
    unknown = book_look(BookInput(S.id, None))
    assert not any(one.known for one in unknown.levels) and unknown.totals.ask is None
    empty = book_look(BookInput(S.id, replace(made_up.book(S), asks=())))
    assert all(one.known for one in empty.levels) and empty.levels[0].units is None
    assert empty.middle.spread is None


def test_an_auction_shows_what_is_expected() -> None:
    book = replace(made_up.book(S), expected_units=71_700, expected_quantity=5, session=MarketSession.OPENING_AUCTION)
    middle = book_look(BookInput(S.id, book, base=70_700)).middle
    assert middle.auction and (middle.expected, middle.expected_quantity) == (71_700, 5)


def test_own_orders_stand_at_their_price_on_their_side() -> None:
    desk = FakeDesk()
    desk.working(S, Side.SELL, 30, 71_600)
    desk.working(S, Side.SELL, 20, 71_600)
    partly = desk.working(S, Side.BUY, 10, 71_500)
    desk.fill(partly.id, 4, 71_500)
    desk.working(S, Side.BUY, 7, 60_000)
    desk.working(made_up.HYNIX, Side.BUY, 99, 71_500)
    desk.working(S, Side.BUY, 5, None, type=OrderType.MARKET)
    mine = standing_orders(desk.orders(), S.id)
    assert mine == {(Side.SELL, 71_600): Mine(50, 2), (Side.BUY, 71_500): Mine(6, 1), (Side.BUY, 60_000): Mine(7, 1)}
    look = book_look(BookInput(S.id, made_up.book(S), mine=mine))
    assert look.levels[LEVELS - 1].sells == Mine(50, 2) and look.levels[LEVELS].buys == Mine(6, 1)
    assert (look.totals.sells, look.totals.buys) == (50, 13), "those outside the levels count too"


def test_an_order_on_its_way_is_not_certain() -> None:
    desk = FakeDesk()
    order = desk.working(S, Side.BUY, 10, 71_500)
    desk.add_order(desk.book_of_orders.asked(order, RequestKind.CANCEL))
    assert standing_orders(desk.orders(), S.id) == {(Side.BUY, 71_500): Mine(10, 1, sure=False)}
