"""A read that is repeated: how soon the next one may come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from hoga.base.clock import LoopClock
from hoga.base.virtual_loop import run_virtual
from hoga.broker.port import BrokerError
from hoga.trading.watch import Watch
from tests.trading.rig import START

MINUTE = timedelta(minutes=1)


def moments(ask: Callable[[Watch], None]) -> list[float]:
    """When it was read, in seconds; each read takes 0.1. ``ask`` is called 0.05 after the first one has ended."""

    async def story() -> list[float]:
        loop, clock, found = asyncio.get_running_loop(), LoopClock(START), list[float]()

        async def read() -> None:
            found.append(round(loop.time(), 3))
            await asyncio.sleep(0.1)

        def failed(error: BrokerError) -> None:
            raise AssertionError(error)

        watch = Watch("test", clock, read, lambda: clock.now() + MINUTE, failed)
        watch.start()
        watch.soon()
        await asyncio.sleep(0.15)
        ask(watch)
        await asyncio.sleep(0.6)
        await watch.aclose()
        return found

    return run_virtual(story())


def test_reads_keep_a_pause_between_them() -> None:
    first, second = moments(Watch.soon)
    assert second - first >= 0.3


def test_what_is_known_to_be_old_is_read_again_without_a_pause() -> None:
    def asked_twice(watch: Watch) -> None:
        watch.soon()
        watch.at_once()

    assert moments(asked_twice) == [0.0, 0.15]


def test_a_read_that_is_under_way_is_followed_by_another_at_once() -> None:
    def asked_meanwhile(watch: Watch) -> None:
        watch.at_once()
        asyncio.get_running_loop().call_later(0.05, watch.at_once)

    assert moments(asked_meanwhile) == [0.0, 0.15, 0.25]
