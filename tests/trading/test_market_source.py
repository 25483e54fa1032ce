"""Quotes from a chosen connection: failover with patience both ways, within one market, never at the cost of one's own
orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

from hoga.base.clock import LoopClock
from hoga.base.message import Message
from hoga.base.virtual_loop import run_virtual
from hoga.broker.port import (
    BrokerEvent,
    OrderNotice,
    Stream,
    StreamChanged,
    StreamHealth,
    Topic,
    TopicKind,
    Unreachable,
)
from hoga.domain.market_data import Quote
from hoga.trading.connections import Key, SourceState
from hoga.trading.market_source import MarketSource, Patience
from hoga.trading.routed_broker import RoutedBroker
from tests.support.fake_broker import SAMSUNG, FakeBroker, FakeExchange
from tests.trading.rig import START

A, B, C, REAL = Key("a"), Key("b"), Key("c"), Key("real")
PATIENCE = Patience(down=5.0, calm=10.0)


class Lease:
    def __init__(self, book: list[Topic], topic: Topic) -> None:
        self._book, self._topic = book, topic
        book.append(topic)

    live = True

    def release(self) -> None:
        if self._topic in self._book:
            self._book.remove(self._topic)


class Line(FakeBroker):
    """One connection whose reads and leases can be told apart from the others'."""

    def __init__(self, clock: LoopClock, price: int) -> None:
        super().__init__(FakeExchange(clock))
        self.last[SAMSUNG] = price
        self.leased: list[Topic] = []
        self.hangs = False

    def lease(self, topic: Topic) -> Lease:
        return Lease(self.leased, topic)

    def light(self, health: StreamHealth) -> None:
        self.emit(StreamChanged(Stream.QUOTES, health, self.exchange.now()))

    async def quote(self, instrument: Any) -> Quote:
        if self.hangs:
            await asyncio.sleep(1000)
        return await super().quote(instrument)


class Room:
    """A source with members a, b, c of one market and one of another."""

    def __init__(self) -> None:
        self.clock = LoopClock(START)
        self.said: list[Message] = []
        self.changes = 0
        self.source = MarketSource(self._changed, lambda message, market: self.said.append(message), PATIENCE)
        self.lines = {key: Line(self.clock, 1000 * place) for place, key in enumerate((A, B, C, REAL), 1)}
        self.heard: dict[Key, list[BrokerEvent]] = {key: [] for key in self.lines}
        self.stacks = {key: ExitStack() for key in self.lines}
        self.routed: dict[Key, RoutedBroker] = {}
        for key in self.lines:
            self.join(key)

    def _changed(self) -> None:
        self.changes += 1

    def join(self, key: Key) -> None:
        market = "korea" if key == REAL else "practice"
        routed = self.stacks[key].enter_context(self.source.member(key, f"name {key}", market, self.lines[key]))
        routed.listen(self.heard[key].append)
        self.routed[key] = routed
        self.lines[key].light(StreamHealth.LIVE)

    def leave(self, key: Key) -> None:
        self.stacks[key].close()

    def state(self) -> tuple[Key | None, Key | None, str | None]:
        state = self.source.state
        return state.chosen, state.active, state.why.code if state.why else None

    async def price_at(self, key: Key) -> int:
        return (await self.routed[key].quote(SAMSUNG)).last.units

    async def aclose(self) -> None:
        for key in self.lines:
            self.leave(key)
        await self.source.aclose()


def play(story: Callable[[Room], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        room = Room()
        try:
            await story(room)
        finally:
            await room.aclose()

    run_virtual(main())


def test_at_first_each_has_its_own() -> None:
    async def story(room: Room) -> None:
        await asyncio.sleep(60)
        assert room.source.state == SourceState(None, None)
        assert [await room.price_at(key) for key in room.lines] == [1000, 2000, 3000, 4000]

    play(story)


def test_the_chosen_one_s_quotes_reach_all_of_its_market_and_no_other() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        await asyncio.sleep(0)
        assert room.state() == (B, B, None)
        assert [await room.price_at(key) for key in room.lines] == [2000, 2000, 2000, 4000]
        assert [one.quotes_from for one in room.routed.values()] == ["name b", "", "name b", ""]
        room.source.choose(None)
        await asyncio.sleep(0)
        assert [await room.price_at(key) for key in room.lines] == [1000, 2000, 3000, 4000]

    play(story)


def test_a_failing_source_is_left_after_a_while_and_followed_again_when_it_is_calm() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        await asyncio.sleep(20)
        room.lines[B].light(StreamHealth.DOWN)
        await asyncio.sleep(4)
        assert room.state() == (B, B, None), "a short loss is none"
        room.lines[B].light(StreamHealth.LIVE)
        await asyncio.sleep(1)
        room.lines[B].light(StreamHealth.DOWN)
        await asyncio.sleep(5.6)
        assert room.state() == (B, A, "SOURCE_FAILED_OVER")
        assert await room.price_at(C) == 1000
        room.lines[B].light(StreamHealth.LIVE)
        await asyncio.sleep(8)
        room.lines[B].light(StreamHealth.DOWN)
        await asyncio.sleep(1)
        room.lines[B].light(StreamHealth.LIVE)
        await asyncio.sleep(9)
        assert room.state() == (B, A, "SOURCE_FAILED_OVER"), "it must be calm for some time"
        await asyncio.sleep(1.6)
        assert room.state() == (B, B, None)
        assert [message.code for message in room.said] == ["SOURCE_FAILED_OVER", "SOURCE_HEALED"]

    play(story)


def test_one_that_stands_in_and_fails_too_is_left_for_another() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        await asyncio.sleep(6)
        room.lines[B].light(StreamHealth.DOWN)
        await asyncio.sleep(6)
        room.lines[A].light(StreamHealth.DOWN)
        await asyncio.sleep(6)
        assert room.state() == (B, C, "SOURCE_FAILED_OVER")
        room.lines[C].light(StreamHealth.DOWN)
        await asyncio.sleep(6)
        assert room.state()[2] == "SOURCE_DOWN"
        room.lines[B].light(StreamHealth.LIVE)
        await asyncio.sleep(11)
        assert room.state() == (B, B, None)

    play(story)


def test_one_that_is_closed_is_replaced_at_once_and_one_that_comes_back_is_followed() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        await asyncio.sleep(20)
        room.leave(B)
        assert room.state() == (B, A, "SOURCE_FAILED_OVER")
        room.join(B)
        await asyncio.sleep(10.6)
        assert room.state() == (B, B, None)

    play(story)


def test_the_real_market_never_stands_in_for_practice() -> None:
    async def story(room: Room) -> None:
        room.source.choose(A, "name a")
        await asyncio.sleep(20)
        for key in (A, B, C):
            room.lines[key].light(StreamHealth.DOWN)
        await asyncio.sleep(20)
        assert room.state()[1:] == (A, "SOURCE_DOWN")
        assert await room.price_at(REAL) == 4000
        room.leave(A)
        await asyncio.sleep(1)
        assert room.state() == (A, None, "SOURCE_NOT_OPEN")
        assert await room.price_at(B) == 2000

    play(story)


def test_leases_move_with_the_source_and_events_come_from_it_alone() -> None:
    async def story(room: Room) -> None:
        topic = Topic(TopicKind.TRADES, SAMSUNG)
        lease = room.routed[A].lease(topic)
        assert (room.lines[A].leased, room.lines[B].leased) == ([topic], [])
        room.source.choose(B, "name b")
        assert (room.lines[A].leased, room.lines[B].leased) == ([], [topic])
        room.heard[A].clear()
        own, others = await FakeBroker.quote(room.lines[A], SAMSUNG), await FakeBroker.quote(room.lines[B], SAMSUNG)
        room.lines[A].emit(own)
        room.lines[B].emit(others)
        await asyncio.sleep(0.1)
        assert room.heard[A] == [others]
        lease.release()
        lease.release()
        assert room.lines[B].leased == []
        room.source.choose(None)
        room.lines[A].emit(own)
        room.lines[B].emit(others)
        await asyncio.sleep(0.1)
        assert room.heard[A][-1] == own and room.heard[A].count(others) == 1

    play(story)


def test_fills_and_their_stream_are_always_one_s_own() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        room.heard[A].clear()
        for key in (A, B):
            room.lines[key].emit(StreamChanged(Stream.FILLS, StreamHealth.DOWN, room.clock.now()))
        await asyncio.sleep(0.1)
        assert len([event for event in room.heard[A] if isinstance(event, StreamChanged)]) == 1
        assert room.routed[A].account is room.lines[A].account
        assert not [event for event in room.heard[A] if isinstance(event, OrderNotice)]

    play(story)


def test_the_light_of_quotes_is_that_of_whom_one_follows() -> None:
    async def story(room: Room) -> None:
        room.lines[A].light(StreamHealth.DOWN)
        await asyncio.sleep(0.1)
        room.source.choose(B, "name b")
        await asyncio.sleep(0.1)
        lights = [event.health for event in room.heard[A] if isinstance(event, StreamChanged)]
        assert lights[-2:] == [StreamHealth.DOWN, StreamHealth.LIVE]
        room.source.choose(None)
        await asyncio.sleep(0.1)
        lights = [event.health for event in room.heard[A] if isinstance(event, StreamChanged)]
        assert lights[-1] is StreamHealth.DOWN

    play(story)


def test_a_source_that_does_not_answer_holds_nobody_up() -> None:
    async def story(room: Room) -> None:
        room.source.choose(B, "name b")
        room.lines[B].hangs = True
        began = asyncio.get_running_loop().time()
        assert await room.price_at(A) == 1000 and room.routed[A].read_from == ""
        assert asyncio.get_running_loop().time() - began < 3
        room.lines[B].hangs, room.lines[B].error = False, Unreachable(Message("BROKER_NO_CONNECTION"))
        assert await room.price_at(A) == 1000
        room.lines[B].error = None
        assert await room.price_at(A) == 2000 and room.routed[A].read_from == "name b"

    play(story)
