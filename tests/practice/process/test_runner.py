"""Pacing: market time follows wire time times the speed, never passes an event, and slips instead of running wild."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.practice.runner import MOST_LAG_SECONDS, Runner, run_until

START = datetime(2026, 11, 20, 9, 0, tzinfo=KST)


@dataclass
class Market:
    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)


@dataclass
class Model:
    """Acts every ``every`` seconds; each act takes ``cost`` seconds of the wire clock given."""

    market: Market
    every: float = 1.0
    done: list[datetime] = field(default_factory=list)
    costs: Wire | None = None
    cost: float = 0.0

    def __post_init__(self) -> None:
        self._due = START + timedelta(seconds=self.every)

    def next_due(self) -> datetime:
        return self._due

    def step(self) -> None:
        assert self.market.now() >= self._due
        self.done.append(self.market.now())
        self._due += timedelta(seconds=self.every)
        if self.costs is not None:
            self.costs.now += self.cost

    def skip_to(self, moment: datetime) -> None:
        while self._due < moment:
            self._due += timedelta(seconds=self.every)


@dataclass
class Wire:
    """A wire clock moved by hand."""

    now: float = 50.0

    def __call__(self) -> float:
        return self.now


def _run_for(wire_seconds: float, speed: float, model: Model, **more: float) -> Runner:
    async def main() -> Runner:
        loop = asyncio.get_running_loop()
        runner = Runner(
            model.market, model, speed=speed, wire_now=loop.time, slice_seconds=None, longest_nap=0.05, **more
        )  # type: ignore[arg-type]
        task = loop.create_task(runner.run())
        await asyncio.sleep(wire_seconds)
        runner.touch()
        task.cancel()
        return runner

    return run_virtual(main())


@settings(deadline=None, max_examples=30)
@given(st.sampled_from([0.5, 1.0, 20.0, 300.0]), st.floats(0.3, 40.0))
def test_events_happen_at_their_time_at_every_speed(speed: float, every: float) -> None:
    market = Market()
    model = Model(market, every)
    runner = _run_for(4.0, speed, model)
    expected = int(4.0 * speed / every)
    assert abs(len(model.done) - expected) <= 1
    assert model.done == [START + timedelta(seconds=every) * (n + 1) for n in range(len(model.done))]
    assert abs((market.now() - START).total_seconds() - 4.0 * speed) <= 0.01 * speed
    assert runner.reached() == pytest.approx(speed, rel=0.02)


def test_run_until_does_everything_due_and_no_more() -> None:
    market = Market()
    model = Model(market, 1.5)
    assert run_until(market, model, START + timedelta(seconds=6)) == 4
    assert market.now() == START + timedelta(seconds=6)
    assert run_until(market, model, START + timedelta(seconds=6)) == 0


def test_a_request_never_moves_time_past_an_event() -> None:
    wire, market = Wire(), Market()
    model = Model(market, 5.0)
    runner = Runner(market, model, wire_now=wire)
    wire.now += 0.125
    runner.touch()
    assert market.now() == START + timedelta(seconds=0.125)
    for _ in range(100):
        wire.now += 0.125
        runner.touch()
    assert market.now() == START + timedelta(seconds=5) and model.done == []


def test_a_slow_machine_makes_market_time_slower_not_wrong() -> None:
    """Each event costs 0.1 s of the wire, twice what lies between two: half of the speed is reached, in order."""
    wire, market = Wire(), Market()
    model = Model(market, 0.05, costs=wire, cost=0.1)
    runner = Runner(market, model, wire_now=wire, slice_seconds=0.0)
    began = wire.now
    for _ in range(1000):
        runner._work()
        runner._sample()
        wire.now += 0.0001
    assert runner.reached() == pytest.approx(0.5, rel=0.05)
    assert (market.now() - START).total_seconds() <= wire.now - began
    assert model.done == sorted(model.done)


def test_a_long_stall_is_let_go() -> None:
    wire, market = Wire(), Market()
    model = Model(market, 1.0)
    runner = Runner(market, model, wire_now=wire, slice_seconds=None)
    wire.now += 3600
    runner._work()
    assert market.now() == START + timedelta(seconds=MOST_LAG_SECONDS)


def test_a_market_that_follows_the_machine_catches_up() -> None:
    wire, market = Wire(), Market()
    model = Model(market, 60.0)
    runner = Runner(market, model, wire_now=wire, follow=True, slice_seconds=None)
    wire.now += 3600
    runner._work()
    assert market.now() == START + timedelta(hours=1) and len(model.done) == 60


def test_pausing_lets_time_run_and_drops_what_was_due() -> None:
    wire, market = Wire(), Market()
    model = Model(market, 1.0)
    runner = Runner(market, model, wire_now=wire, slice_seconds=None)

    def pass_time(seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            wire.now += 0.1
            runner._work()

    runner.set_paused(True)
    pass_time(2.5)
    assert market.now() == START + timedelta(seconds=2.5) and model.done == []
    runner.set_paused(False)
    pass_time(1.0)
    assert model.done == [START + timedelta(seconds=3)]


def test_the_speed_may_change_while_running() -> None:
    wire, market = Wire(), Market()
    runner = Runner(market, Model(market, 1e6), wire_now=wire)
    wire.now += 0.1
    runner.touch()
    runner.set_speed(10.0)
    wire.now += 0.1
    runner.touch()
    assert market.now() == START + timedelta(seconds=1.1)
    with pytest.raises(ValueError, match="speed is between"):
        runner.set_speed(0.0)


def test_others_get_their_turn_while_the_market_is_behind() -> None:
    """On a real loop: a busy market holds up nobody for much longer than its slice."""

    class Busy(Model):
        def step(self) -> None:
            super().step()
            until = time.perf_counter() + 0.0005
            while time.perf_counter() < until:
                pass

    async def main() -> list[float]:
        market = Market()
        runner = Runner(market, Busy(market, 0.001), speed=1000.0, wire_now=asyncio.get_running_loop().time)
        task = asyncio.get_running_loop().create_task(runner.run())
        waits = []
        for _ in range(100):
            asked = time.perf_counter()
            await asyncio.sleep(0)
            waits.append(time.perf_counter() - asked)
        task.cancel()
        return waits

    waits = sorted(asyncio.run(main()))
    assert waits[len(waits) // 2] < 0.02
