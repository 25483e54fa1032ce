"""The resilient stream on virtual time with made-up wires: it comes back, notices silence, and measures the gap."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from hoga.base.clock import LoopClock
from hoga.base.message import Message
from hoga.base.virtual_loop import run_virtual
from hoga.broker.stream import Outage, ResilientStream, StreamEnded, StreamLimits, Wire, WireClosed
from tests.broker.helpers import START


class FakeWire:
    def __init__(self) -> None:
        self.inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self.sent: list[str] = []
        self.closed = False

    async def send(self, text: str) -> None:
        if self.closed:
            raise WireClosed("closed")
        self.sent.append(text)

    async def recv(self) -> str:
        text = await self.inbox.get()
        if text is None:
            self.inbox.put_nowait(None)
            raise WireClosed("closed")
        return text

    async def close(self) -> None:
        self.hang_up()

    def say(self, text: str) -> None:
        self.inbox.put_nowait(text)

    def hang_up(self) -> None:
        self.closed = True
        self.inbox.put_nowait(None)


class User:
    """Opens wires until told to fail; ``line`` is set by the story."""

    line: ResilientStream

    def __init__(self) -> None:
        self.wires: list[FakeWire] = []
        self.attempts: list[float] = []
        self.unreachable = False
        self.heard: list[str] = []
        self.lost_for: list[str] = []
        self.outages: list[Outage | None] = []
        self.gap_takes = 0.0

    async def connect(self) -> Wire:
        self.attempts.append(asyncio.get_running_loop().time())
        if self.unreachable:
            raise ConnectionRefusedError
        self.wires.append(FakeWire())
        return self.wires[-1]

    async def opened(self, wire: Wire) -> None:
        self.outages.append(self.line.outage())
        await asyncio.sleep(self.gap_takes)
        self.line.settled()

    def received(self, text: str) -> str | None:
        if text == "enough":
            raise StreamEnded(Message("ENOUGH"), wait=12.0)
        if text == "bug":
            raise ZeroDivisionError
        self.heard.append(text)
        return f"re: {text}" if text.startswith("ping") else None

    def lost(self, why: Message) -> None:
        self.lost_for.append(why.code)


LIMITS = StreamLimits(silence=40.0, first_pause=0.5, longest_pause=30.0, calm=20.0)


def play(story: Callable[[User, ResilientStream], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        user = User()
        user.line = ResilientStream(user, LoopClock(START), limits=LIMITS, dice=random.Random(7))
        user.line.start()
        user.line.start()  # twice changes nothing
        await asyncio.sleep(0.1)
        try:
            await story(user, user.line)
        finally:
            await user.line.aclose()

    run_virtual(run())


def test_texts_come_in_order_and_pings_are_echoed() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        for text in ("a", "ping 1", "b"):
            user.wires[0].say(text)
        await asyncio.sleep(0.1)
        assert user.heard == ["a", "ping 1", "b"] and user.wires[0].sent == ["re: ping 1"] and line.frames == 3

    play(story)


def test_it_comes_back_and_knows_how_long_it_was_gone() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        for _ in range(20):
            user.wires[0].say("tick")
            await asyncio.sleep(1)
        user.unreachable = True
        user.wires[0].hang_up()
        await asyncio.sleep(60)
        user.unreachable = False
        await asyncio.sleep(35)
        assert len(user.wires) == 2 and user.outages[0] is None
        outage = user.outages[1]
        assert outage is not None and 60 <= outage.seconds <= 97
        silent_since = (outage.since - START).total_seconds()
        assert 10 <= silent_since <= 20.1  # never later than the last thing that was heard

    play(story)


def test_an_outage_that_was_not_filled_goes_on_over_the_next_connection() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        user.wires[0].say("tick")
        await asyncio.sleep(0.1)
        user.gap_takes = 5.0
        user.wires[0].hang_up()
        await asyncio.sleep(2)
        user.wires[1].hang_up()  # broke again while the gap was being filled
        await asyncio.sleep(10)
        first, second = user.outages[1], user.outages[2]
        assert first is not None and second is not None
        assert second.since == first.since and second.seconds > first.seconds

    play(story)


def test_pauses_double_up_to_a_ceiling_with_jitter() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        user.unreachable = True
        user.wires[0].hang_up()
        await asyncio.sleep(400)
        pauses = [later - earlier for earlier, later in zip(user.attempts[1:], user.attempts[2:], strict=False)]
        for tries, pause in enumerate(pauses):
            ceiling = min(0.5 * 2 ** (tries + 1), 30.0)
            assert 0.69 * ceiling <= pause <= ceiling + 0.001, (tries, pause)
        assert len(pauses) < 30 and len(set(pauses)) == len(pauses)
        assert set(user.lost_for) == {"STREAM_LOST", "STREAM_UNREACHABLE"}

    play(story)


def test_a_calm_connection_starts_the_pauses_anew_and_a_short_one_does_not() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        for _ in range(6):
            user.wires[-1].hang_up()
            await asyncio.sleep(35)
            user.wires[-1].say("tick")
        assert len(user.wires) == 7
        gaps = [later - earlier for earlier, later in zip(user.attempts, user.attempts[1:], strict=False)]
        assert max(gaps[1:]) < 36  # each came back within half a second

    play(story)


def test_silence_ends_a_connection_that_looks_open() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        user.wires[0].say("tick")
        await asyncio.sleep(44)
        assert len(user.wires) == 1 or user.lost_for == ["STREAM_SILENT"]
        await asyncio.sleep(8)
        assert user.lost_for == ["STREAM_SILENT"] and len(user.wires) == 2 and user.wires[0].closed
        outage = user.outages[1]
        assert outage is not None and outage.seconds >= 40

    play(story)


def test_words_keep_a_connection_alive() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        for _ in range(20):
            user.wires[0].say("ping")
            await asyncio.sleep(30)
        assert len(user.wires) == 1 and line.age is not None and line.age <= 30

    play(story)


def test_the_user_may_end_it_and_ask_for_a_longer_pause() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        began = asyncio.get_running_loop().time()
        user.wires[0].say("enough")
        await asyncio.sleep(20)
        assert user.lost_for == ["ENOUGH"] and user.attempts[1] - began >= 12

    play(story)


def test_a_fault_of_ours_is_said_and_does_not_stop_the_reconnecting(caplog: pytest.LogCaptureFixture) -> None:
    async def story(user: User, line: ResilientStream) -> None:
        user.wires[0].say("bug")
        await asyncio.sleep(40)
        assert user.lost_for == ["STREAM_FAULT"] and len(user.wires) == 2
        user.wires[1].say("tick")
        await asyncio.sleep(0.1)
        assert user.heard == ["tick"]

    play(story)
    assert "ZeroDivisionError" in caplog.text


def test_a_burst_lets_others_run() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        for number in range(3200):
            user.wires[0].say(str(number))
        turns = 0
        while len(user.heard) < 3200:
            turns += 1
            await asyncio.sleep(0)
        assert turns >= 100

    play(story)


def test_closing_ends_everything() -> None:
    async def story(user: User, line: ResilientStream) -> None:
        await line.aclose()
        assert user.wires[0].closed
        await asyncio.sleep(100)
        assert len(user.attempts) == 1

    play(story)


@pytest.mark.parametrize("turns", range(8))
def test_closing_in_the_very_moment_in_which_the_connection_dies_ends_it_too(turns: int) -> None:
    async def story(user: User, line: ResilientStream) -> None:
        user.wires[0].hang_up()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await line.aclose()
        assert len(user.attempts) == 1

    play(story)
