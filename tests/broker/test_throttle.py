"""Pacing: never above the limit, cancels behind nothing but it, reads always get on."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoga.base.clock import LoopClock, ManualClock
from hoga.base.virtual_loop import run_virtual
from hoga.broker.throttle import Budget, Lane, Throttle
from hoga.broker.transport import NeverWritten
from tests.broker.helpers import START


@dataclass(frozen=True)
class Grant:
    lane: Lane
    asked: float
    at: float
    turn: int


async def _flood(budget: Budget, asked: list[tuple[float, Lane]], speed: float = 1.0) -> list[Grant]:
    """Every request asks at its time; returns when each was granted, in market seconds."""
    clock = LoopClock(START, speed)
    throttle = Throttle(clock, budget)
    grants: list[Grant] = []

    turns = itertools.count()

    async def one(at: float, lane: Lane) -> None:
        await clock.sleep(at)
        since, turn = (clock.now() - START).total_seconds(), next(turns)
        with await throttle.turn(lane):
            pass
        grants.append(Grant(lane, since, (clock.now() - START).total_seconds(), turn))

    clock.now()
    await asyncio.gather(*(one(at, lane) for at, lane in asked))
    await throttle.aclose()
    return grants


def _most_in_a_second(moments: list[float]) -> int:
    return max((sum(1 for other in moments if start <= other < start + 1.0) for start in moments), default=0)


_requests = st.lists(
    st.tuples(st.integers(0, 30).map(lambda tenth: tenth / 10), st.sampled_from(list(Lane))), max_size=90
)
_budgets = st.sampled_from(
    [Budget(20, 15), Budget(20, 15, cancels=3), Budget(2, 1), Budget(5, 5), Budget(3, 1, cancels=1)]
)


@settings(max_examples=120, deadline=None)
@given(_budgets, _requests, st.sampled_from([1.0, 20.0]))
def test_no_window_of_a_second_ever_holds_more_than_the_limit(
    budget: Budget, asked: list[tuple[float, Lane]], speed: float
) -> None:
    # Cancels have a way past a market clock that stands still; here it runs, so they must keep the limit too:
    # at most as many as fit into the patience they have.
    asked = [(at, lane) for at, lane in asked if lane is not Lane.CANCEL] + [
        (at, lane) for at, lane in asked if lane is Lane.CANCEL
    ][: budget.calls]
    grants = run_virtual(_flood(budget, asked, speed))
    assert len(grants) == len(asked)
    assert _most_in_a_second([grant.at for grant in grants]) <= budget.calls
    assert _most_in_a_second([grant.at for grant in grants if grant.lane is Lane.READ]) <= budget.reads


_on_the_way = st.integers(0, 9).map(lambda tenth: tenth / 10)


@settings(max_examples=120, deadline=None)
@given(
    _budgets,
    st.lists(st.tuples(st.sampled_from([Lane.ORDER, Lane.READ]), _on_the_way, _on_the_way), max_size=60),
)
@example(Budget(2, 2), [(Lane.READ, 0.9, 0.0)] * 2 + [(Lane.READ, 0.0, 0.0)] * 2)  # the later ones would catch up
def test_however_calls_bunch_up_on_their_way_the_broker_never_counts_too_many(
    budget: Budget, calls: list[tuple[Lane, float, float]]
) -> None:
    """A broker counts a call when it arrives, which only its answer proves: there and back take their own times."""

    async def story() -> list[tuple[Lane, float]]:
        clock = LoopClock(START)
        throttle = Throttle(clock, budget)
        arrived: list[tuple[Lane, float]] = []

        async def call(lane: Lane, there: float, back: float) -> None:
            with await throttle.turn(lane):
                await asyncio.sleep(there)
                arrived.append((lane, (clock.now() - START).total_seconds()))
                await asyncio.sleep(back)

        await asyncio.gather(*(call(*each) for each in calls))
        await throttle.aclose()
        return arrived

    arrived = run_virtual(story())
    assert len(arrived) == len(calls)
    assert _most_in_a_second([at for _, at in arrived]) <= budget.calls
    assert _most_in_a_second([at for lane, at in arrived if lane is Lane.READ]) <= budget.reads


def test_a_broker_that_never_answers_stops_nobody_for_long() -> None:
    async def story() -> float:
        throttle = Throttle(LoopClock(START), Budget(2, 2))
        for _ in range(2):
            await throttle.turn(Lane.ORDER)  # and no answer ever
        began = asyncio.get_running_loop().time()
        await throttle.turn(Lane.ORDER)
        await throttle.aclose()
        return asyncio.get_running_loop().time() - began

    assert 2.0 < run_virtual(story()) < 3.5


def test_a_call_whose_caller_went_away_keeps_its_place() -> None:
    async def story() -> None:
        throttle = Throttle(LoopClock(START), Budget(1, 1))

        async def call() -> None:
            with await throttle.turn(Lane.READ):
                await asyncio.sleep(1.0)  # the request itself goes on without its caller

        gone = asyncio.ensure_future(call())
        await asyncio.sleep(0.5)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        await asyncio.sleep(1.3)
        assert throttle.meter.used == 1
        await asyncio.sleep(1.5)
        assert throttle.meter.used == 0
        await throttle.aclose()

    run_virtual(story())


@settings(max_examples=60, deadline=None)
@given(_budgets, _requests)
@example(Budget(2, 1), [(0.0, Lane.CANCEL)] * 4 + [(0.1, Lane.CANCEL)] * 2)  # two whose patience ends together
def test_one_lane_keeps_its_order(budget: Budget, asked: list[tuple[float, Lane]]) -> None:
    grants = run_virtual(_flood(budget, sorted(asked, key=lambda each: each[0])))
    for lane in Lane:
        turns = [grant.turn for grant in grants if grant.lane is lane]
        assert turns == sorted(turns)


@pytest.mark.parametrize("lane", list(Lane))
def test_a_newcomer_does_not_overtake_one_who_has_not_woken_up_yet(lane: Lane) -> None:
    async def story() -> list[str]:
        clock, bell = ManualClock(START), asyncio.Event()

        async def wait_for_the_bell(seconds: float) -> None:
            await bell.wait()

        clock.sleep = wait_for_the_bell  # type: ignore[method-assign]
        throttle = Throttle(clock, Budget(3, 3))
        left: list[str] = []

        async def leave(name: str) -> None:
            with await throttle.turn(lane):
                left.append(name)

        for _ in range(3):
            (await throttle.turn(lane)).answered()
        first = asyncio.ensure_future(leave("first"))
        await asyncio.sleep(0)
        clock.advance(2)
        bell.set()  # the timer grants the first one in the very step in which the second one comes
        await asyncio.gather(first, leave("second"))
        await throttle.aclose()
        return left

    assert run_virtual(story()) == ["first", "second"]


def test_a_cancel_passes_a_flood_of_reads_at_once() -> None:
    asked = [(0.0, Lane.READ)] * 300 + [(2.0, Lane.CANCEL)]
    grants = run_virtual(_flood(Budget(20, 15), asked))
    (cancel,) = [grant for grant in grants if grant.lane is Lane.CANCEL]
    assert cancel.at - cancel.asked < 0.2


def test_a_cancel_passes_orders_and_reads_that_are_never_answered_at_once() -> None:
    async def story() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        throttle = Throttle(LoopClock(START), Budget(20, 15, cancels=3))
        waiting = [asyncio.ensure_future(throttle.turn(lane)) for lane in [Lane.READ] * 40 + [Lane.ORDER] * 40]
        await asyncio.sleep(0.5)
        used, pressed = throttle.meter.used, loop.time()
        for _ in range(3):
            await throttle.turn(Lane.CANCEL)
        took = loop.time() - pressed
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await throttle.aclose()
        return used, took

    assert run_virtual(story()) == (17, 0.0)


def test_a_cancel_on_paper_passes_a_flood_of_reads_at_once() -> None:
    grants = run_virtual(_flood(Budget(2, 1), [(0.0, Lane.READ)] * 30 + [(2.5, Lane.CANCEL)]))
    (cancel,) = [grant for grant in grants if grant.lane is Lane.CANCEL]
    assert cancel.at - cancel.asked < 0.2


def test_a_cancel_goes_before_thirty_waiting_orders() -> None:
    grants = run_virtual(_flood(Budget(2, 1), [(0.0, Lane.ORDER)] * 30 + [(0.5, Lane.CANCEL)]))
    before = [grant for grant in grants if grant.lane is Lane.ORDER and grant.at <= 0.5]
    (cancel,) = [grant for grant in grants if grant.lane is Lane.CANCEL]
    assert len(before) == 2 and cancel.at == min(grant.at for grant in grants if grant.at > 0.5)


def test_reads_get_on_under_a_flood_of_orders() -> None:
    grants = run_virtual(_flood(Budget(2, 1), [(0.0, Lane.ORDER)] * 60 + [(0.0, Lane.READ)] * 3))
    reads = [grant.at for grant in grants if grant.lane is Lane.READ]
    assert max(reads) < 10 < max(grant.at for grant in grants)


def test_a_cancel_leaves_even_while_market_time_stands_still() -> None:
    async def story() -> float:
        class Frozen(ManualClock):
            async def sleep(self, seconds: float) -> None:
                await asyncio.sleep(3600)

        throttle = Throttle(Frozen(START), Budget(2, 1))
        for _ in range(2):
            (await throttle.turn(Lane.ORDER)).answered()
        began = asyncio.get_running_loop().time()
        (await throttle.turn(Lane.CANCEL)).answered()
        await throttle.aclose()
        return asyncio.get_running_loop().time() - began

    assert run_virtual(story()) == pytest.approx(1.5, abs=0.01)


def test_reads_are_held_after_too_many_and_orders_are_not() -> None:
    async def story() -> tuple[float, float]:
        clock = LoopClock(START)
        throttle = Throttle(clock, Budget(20, 15))
        began = clock.now()
        throttle.hold_reads(3.0)
        (await throttle.turn(Lane.ORDER)).answered()
        order = (clock.now() - began).total_seconds()
        (await throttle.turn(Lane.READ)).answered()
        await throttle.aclose()
        return order, (clock.now() - began).total_seconds()

    order, read = run_virtual(story())
    assert order == 0 and 3.0 <= read < 3.2


def test_the_meter_shows_what_is_used_and_who_waits() -> None:
    async def story() -> None:
        throttle = Throttle(LoopClock(START), Budget(3, 2))
        (await throttle.turn(Lane.READ)).answered()
        (await throttle.turn(Lane.READ)).answered()
        waiting = asyncio.ensure_future(throttle.turn(Lane.READ))
        await asyncio.sleep(0)
        meter = throttle.meter
        assert (meter.used, meter.calls, meter.reads_used, meter.reads, meter.waiting_reads) == (2, 3, 2, 2, 1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert throttle.meter.waiting_reads == 0
        await asyncio.sleep(1.2)
        assert throttle.meter.used == 0
        await throttle.aclose()

    run_virtual(story())


def test_somebody_who_stops_waiting_holds_nobody_up() -> None:
    async def story() -> None:
        throttle = Throttle(LoopClock(START), Budget(1, 1))
        (await throttle.turn(Lane.READ)).answered()
        first = asyncio.ensure_future(throttle.turn(Lane.READ))
        second = asyncio.ensure_future(throttle.turn(Lane.READ))
        await asyncio.sleep(0)
        first.cancel()
        async with asyncio.timeout(1.5):
            await second
        await throttle.aclose()

    run_virtual(story())


def test_closing_tells_everybody_who_waits_and_everybody_who_comes() -> None:
    async def story() -> None:
        throttle = Throttle(LoopClock(START), Budget(1, 1))
        (await throttle.turn(Lane.READ)).answered()
        waiting = [asyncio.ensure_future(throttle.turn(lane)) for lane in (*Lane, *Lane)]
        await asyncio.sleep(0)
        await throttle.aclose()
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(error) for error in ended] == [NeverWritten] * 6
        with pytest.raises(NeverWritten):
            (await throttle.turn(Lane.CANCEL)).answered()

    run_virtual(story())


@pytest.mark.parametrize(
    ("calls", "reads", "seconds", "cancels"),
    [(0, 0, 1.0, 0), (2, 3, 1.0, 0), (2, 0, 1.0, 0), (2, 1, 0.0, 0), (2, 1, 1.0, -1), (2, 2, 1.0, 1)],
)
def test_an_impossible_budget_is_refused(calls: int, reads: int, seconds: float, cancels: int) -> None:
    with pytest.raises(ValueError, match="budget"):
        Budget(calls, reads, seconds, cancels)
