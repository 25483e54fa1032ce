"""The market board: the latest value wins, at a cost that nobody slow can raise, and nothing is lost silently."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.market_data import Trade
from hoga.trading.market_board import MarketBoard
from tests.support import made_up

NAMES = made_up.INSTRUMENTS[:3]


def trades(count: int) -> list[Trade]:
    """Taking turns, each at a price of its own."""
    start = made_up.START
    return [made_up.trade(NAMES[n % 3], start + timedelta(milliseconds=n), 70_000 + n) for n in range(count)]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=60))
def test_whoever_asks_seldom_gets_the_latest_of_each_once(steps: list[tuple[int, bool]]) -> None:
    board = MarketBoard(lambda: made_up.START)
    news: set[InstrumentId] = set()
    latest: dict[InstrumentId, int] = {}
    for number, (place, asks) in enumerate(steps):
        one = NAMES[place]
        board.update(made_up.trade(one, price=70_000 + number), "stream")
        news.add(one.id)
        latest[one.id] = 70_000 + number
        if asks:
            assert board.take_dirty() == news
            news.clear()
        for id, units in latest.items():
            shown = board.last(id)
            assert isinstance(shown, Known) and shown.value.units == units
    assert board.take_dirty() == news
    assert board.take_dirty() == frozenset()
    assert board.updates == len(steps)


def test_nobody_asking_the_board_keeps_one_value_of_each_and_a_feed_its_most() -> None:
    board = MarketBoard(lambda: made_up.START)
    feed, told = board.feed(NAMES[0].id, most=50), trades(3_000)
    for trade in told:
        board.update(trade, "stream")
    assert len(board._dirty) == 3, "what waits for a frame does not grow with what is told"
    kept = feed.take()
    assert kept == tuple(told[0::3][-50:])
    assert feed.dropped == 1_000 - 50
    assert feed.take() == ()


def test_a_feed_that_is_never_fetched_takes_nothing_from_another() -> None:
    board = MarketBoard(lambda: made_up.START)
    slow, quick = board.feed(NAMES[0].id, most=10), board.feed(NAMES[0].id, most=10)
    heard: list[Trade] = []
    told = trades(600)
    for trade in told:
        board.update(trade, "stream")
        heard.extend(quick.take())
    assert heard == told[0::3]
    assert (quick.dropped, slow.dropped) == (0, 190)
    slow.close()
    slow.close()
    assert board.open_feeds == 1


def test_the_age_of_what_is_shown_grows_while_nothing_comes() -> None:
    now = [made_up.START]
    board = MarketBoard(lambda: now[0])
    one = NAMES[0].id
    assert board.age(board.trade(one)) is None
    board.update(trades(1)[0], "stream")
    now[0] += timedelta(seconds=12.5)
    assert board.age(board.trade(one)) == 12.5
    assert board.age(board.last(one)) == 12.5
