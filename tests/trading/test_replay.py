"""A tape played is the market as it was: at each moment what had come by then, and nothing of what came later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.broker.port import NotFound, NotSupported, Topic, TopicKind
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.known import Known
from hoga.domain.market_data import Book, Candle, Period, Trade
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId
from hoga.domain.values import Price, Shares
from hoga.storage.recordings.writer import RecordingWriter
from hoga.trading.facade import Desk
from hoga.trading.replay.desk import ReplayDesk
from hoga.trading.replay.player import SPEEDS, Player
from hoga.trading.replay.tape import Bar, Event, Tape, tape_of_events, tape_of_files
from hoga.trading.views import Denied
from tests.storage.recordings.events import OPEN, SAMSUNG, book, trade

OTHER = InstrumentId("000660")
FAR = datetime.min.replace(tzinfo=OPEN.tzinfo), datetime.max.replace(tzinfo=OPEN.tzinfo)


def some(count: int = 3000) -> list[Event]:
    """Five minutes, ten trades a second, a book after every third, another instrument after every seventh."""
    events = []
    for number in range(count):
        one = trade(number)
        events.append(Event(one.at, one))
        if number % 3 == 0:
            events.append(Event(one.at, book(one.at, one.price_units)))
        if number % 7 == 0:
            events.append(Event(one.at, trade(number, instrument=OTHER)))
    return events


EVENTS = some()
TAPE = tape_of_events("five minutes", EVENTS)


def played_to(tape: Tape, moment: datetime) -> Player:
    """Without a jump: everything from the start on."""
    player = Player(tape, elapsed=lambda: 0.0)
    for _ in range(sum(tape.first < event.at <= moment for event in EVENTS)):
        player.step()
    player.clock.at = moment
    return player


def seen(player: Player) -> tuple[object, ...]:
    ids = player.tape.listings
    days = [player.candles(id, Period.DAY, *FAR) for id in ids]
    minutes = [player.candles(id, Period.MINUTE, *FAR) for id in ids]
    values = [getattr(read(id), "value", None) for id in ids for read in (player.board.trade, player.board.book)]
    return player.clock.at, days, minutes, values, [player.quote(id) for id in ids]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 299_900), min_size=1, max_size=4))
def test_a_jump_shows_what_playing_to_there_shows(millis: list[int]) -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    for milli in millis:
        player.seek(OPEN + timedelta(milliseconds=milli))
    assert seen(player) == seen(played_to(TAPE, player.clock.at))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 299_900))
def test_nothing_that_came_later_is_shown(milli: int) -> None:
    moment = OPEN + timedelta(milliseconds=milli)
    player = Player(TAPE, elapsed=lambda: 0.0)
    player.seek(moment)
    past = [event.value for event in EVENTS if event.at <= moment]
    mine = [one for one in past if isinstance(one, Trade) and one.instrument == SAMSUNG]
    known = player.board.trade(SAMSUNG)
    assert isinstance(known, Known) and known.value == mine[-1]
    minutes = player.candles(SAMSUNG, Period.MINUTE, *FAR)
    assert sum(candle.volume for candle in minutes) == sum(one.quantity for one in mine)
    assert [candle.close_units for candle in minutes][-1] == mine[-1].price_units


def test_every_trade_comes_in_order_whatever_the_speed() -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    feed = player.board.feed(SAMSUNG, 100_000)
    player.play(True)
    heard: list[Trade] = []
    for speed in SPEEDS * 20:
        player.set_speed(speed)
        player.advance(0.2)
        heard += feed.take()
        assert heard[-1:] == [] or heard[-1].at <= player.clock.at
    while not player.at_end:
        player.advance(0.25)
    heard += feed.take()
    assert heard == [event.value for event in EVENTS if event.value.instrument == SAMSUNG
                     and isinstance(event.value, Trade)][1:]  # fmt: skip
    assert not player.playing


@pytest.mark.parametrize("speed", SPEEDS)
def test_time_runs_as_fast_as_it_was_told_to(speed: int) -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    player.set_speed(speed)
    for _ in range(10):
        player.advance(0.1)
    assert player.clock.at - OPEN == timedelta(seconds=speed)
    with pytest.raises(ValueError):
        player.set_speed(3)


def test_a_dense_tape_plays_slower_and_loses_nothing() -> None:
    now = [0.0]

    def elapsed() -> float:
        now[0] += 0.001
        return now[0]

    player = Player(TAPE, elapsed)
    feed = player.board.feed(SAMSUNG, 100_000)
    player.set_speed(60)
    player.advance(0.25)
    first = feed.take()
    assert OPEN < player.clock.at < OPEN + timedelta(seconds=15)
    assert first and first[-1].at <= player.clock.at
    player.advance(0.25)
    assert feed.take()[0].day_volume == first[-1].day_volume + 1


def test_steps_go_from_event_to_event() -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    player.seek(OPEN + timedelta(seconds=10))
    before = player.clock.at
    player.play(True)
    player.step()
    assert player.clock.at == before + timedelta(milliseconds=100) and not player.playing


def test_at_the_end_it_begins_again() -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    told: list[datetime] = []
    player.rewound = lambda: told.append(player.clock.at)
    player.seek(OPEN + timedelta(days=3))
    assert player.at_end and player.clock.at == TAPE.last
    player.play(True)
    assert player.clock.at == TAPE.first and player.playing
    assert told == [TAPE.last, TAPE.first]


def test_a_recording_on_the_disk_plays_as_it_came(tmp_path: Path) -> None:
    named = Instrument(SAMSUNG, Market.KOSPI, ProductType.STOCK, "삼성전자", "Samsung Electronics")
    writer = RecordingWriter(tmp_path, "korea", every=0.01)
    writer.name(OPEN, named)
    writer.start()
    for event in EVENTS:
        assert not isinstance(event.value, Bar)
        writer.put(event.at, event.value)
    writer.close()
    for path in (tmp_path, next(tmp_path.iterdir())):
        tape = tape_of_files(path)
        assert tape.listings[SAMSUNG] == named and tape.notes == ()
        for milli in (0, 59_950, 60_000, 299_900):
            player = Player(tape, elapsed=lambda: 0.0)
            player.seek(OPEN + timedelta(milliseconds=milli))
            same = played_to(TAPE, player.clock.at)
            assert seen(player)[:4] == seen(same)[:4]


def test_what_was_cut_off_is_said(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path, "korea", every=0.01)
    writer.start()
    for event in EVENTS[:900]:
        assert not isinstance(event.value, Bar)
        writer.put(event.at, event.value)
    writer.close()
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    tape = tape_of_files(path)
    assert [note.code for note in tape.notes] == ["REPLAY_CUT"]
    assert tape.last < EVENTS[899].at


# --- bars -----------------------------------------------------------------------------------------------------------

FIVE = timedelta(minutes=5)
BARS = [
    Event(OPEN + FIVE * (n + 1), Bar(SAMSUNG, Candle(OPEN + FIVE * n, 100 + n, 110 + n, 90, 105 + n, 10, 1000), FIVE))
    for n in range(12)
]


def test_a_bar_is_known_once_it_has_ended() -> None:
    player = Player(tape_of_events("bars", BARS), elapsed=lambda: 0.0)
    for count in range(1, 13):
        player.seek(OPEN + FIVE * count + timedelta(minutes=4))
        assert len(player.candles(SAMSUNG, Period.MINUTE, *FAR)) == count
        (day,) = player.candles(SAMSUNG, Period.DAY, *FAR)
        assert (day.open_units, day.close_units, day.volume) == (100, 104 + count, 10 * count)
        quote = player.quote(SAMSUNG)
        assert quote is not None and quote.last == Price(104 + count)
        assert quote.base == Price(0)  # the tape has no day before: nobody knows it
        assert player.board.quote(SAMSUNG) == Known(quote, player.clock.at, "recording")


# --- the desk -------------------------------------------------------------------------------------------------------


def test_nothing_can_be_ordered_and_the_reason_is_said() -> None:
    player = Player(TAPE, elapsed=lambda: 0.0)
    replayed = ReplayDesk(player)
    desk: Desk = replayed
    order = OrderId("1")
    assert desk.read_only is not None and desk.read_only.code == "REPLAY"

    async def try_everything() -> None:
        refused = [await desk.cancel(order), *await desk.cancel_all(), await desk.reduce(order, Shares(1))]
        refused.append(await desk.reprice(order, Price(1)))
        assert all(isinstance(one, Denied) and one.reasons[0].code == "REPLAY" for one in refused)
        for command in (desk.stop, desk.release, desk.reconcile):
            with pytest.raises(NotSupported):
                await command()
        quote = await desk.quote(SAMSUNG)
        assert (quote.last, quote.base) == (trade(0).price, Price(69_900))
        assert quote.upper_limit == Price(90_800) and quote.lower_limit == Price(49_000)
        with pytest.raises(NotFound):
            await desk.quote(InstrumentId("999999"))
        assert isinstance(await desk.book(SAMSUNG), Book)
        assert {one.id for one in await desk.instruments()} == {SAMSUNG, OTHER}

    asyncio.run(try_everything())
    assert desk.lease(Topic(TopicKind.TRADES, SAMSUNG)).live
    orders: Sequence[Order] = desk.orders()
    assert orders == () and desk.fills() == () and desk.market_recorder is None


def test_it_plays_by_itself_until_it_is_closed() -> None:
    async def play() -> None:
        player = Player(TAPE)
        reached = asyncio.Event()
        look: Callable[[], None] = lambda: reached.set() if player.at_end else None  # noqa: E731
        player.changed = look
        player.set_speed(60)
        player.start()
        await asyncio.wait_for(reached.wait(), 60)
        await player.aclose()

    asyncio.run(play())
