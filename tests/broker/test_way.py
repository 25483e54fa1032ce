"""From the key that asks for a cancel until its bytes have left, nothing else leaves: whatever had its turn before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from hoga.base.virtual_loop import run_virtual
from hoga.broker.addresses import PracticeAddress
from hoga.broker.exchange import HttpReply
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.line import Line
from hoga.broker.port import Accepted, Target
from hoga.broker.transport import ORDERS, READS, HttpCall, HttpChannel
from hoga.broker.way import RightOfWay
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Shares
from tests.broker.scripted import ACK, BUY, SAMSUNG, TODAY, Script, answer, ok, play
from tests.broker.test_transport import Server, answer_all

TARGET = Target(
    BrokerNumber(TODAY, "00950", 2696), SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(9)
)
READ, ORDER, CANCEL = HttpCall("GET", "/read"), HttpCall("POST", "/order"), HttpCall("POST", "/cancel")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written, in order."""
    paths: list[str] = []
    original: Callable[..., asyncio.Future[HttpReply]] = Line.ask

    def noted(line: Line, call: HttpCall, request: bytes) -> asyncio.Future[HttpReply]:
        paths.append(call.path)
        return original(line, call, request)

    monkeypatch.setattr(Line, "ask", noted)
    return paths


async def turns(count: int = 30) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("warm", [True, False], ids=["connected", "not connected yet"])
def test_what_is_ready_lets_a_cancel_go_first(written: list[str], warm: bool) -> None:
    async def main() -> None:
        async with Server(answer_all) as server:
            way, address = RightOfWay(), PracticeAddress(server.url)
            orders, reads = HttpChannel(address, ORDERS, way=way), HttpChannel(address, READS, way=way)
            if warm:
                await asyncio.gather(*(reads.send(READ) for _ in range(4)), orders.send(ORDER), orders.send(ORDER))
                written.clear()
            way.take()
            ready = [asyncio.create_task(reads.send(READ)) for _ in range(20)]
            ready += [asyncio.create_task(orders.send(ORDER)) for _ in range(6)]
            await turns()
            assert written == [] and way.taken
            await orders.send(CANCEL, urgent=True)
            assert written[0] == "/cancel" and not way.taken
            await asyncio.gather(*ready)
            assert sorted(written) == ["/cancel", *["/order"] * 6, *["/read"] * 20]
            await asyncio.gather(orders.aclose(), reads.aclose())

    asyncio.run(main())


def test_what_connects_meanwhile_waits_too(written: list[str]) -> None:
    async def main() -> None:
        async with Server(answer_all) as server:
            way, address = RightOfWay(), PracticeAddress(server.url)
            orders, reads = HttpChannel(address, ORDERS, way=way), HttpChannel(address, READS, way=way)
            await orders.send(ORDER)
            ready = [asyncio.create_task(reads.send(READ)) for _ in range(3)]
            await asyncio.sleep(0)
            way.take()
            async with asyncio.timeout(10):
                while server.connections < 4:  # noqa: ASYNC110 a server is waited for
                    await asyncio.sleep(0.01)
            await turns()
            assert written == ["/order"]
            await orders.send(CANCEL, urgent=True)
            await asyncio.gather(*ready)
            assert written[1] == "/cancel"
            await asyncio.gather(orders.aclose(), reads.aclose())

    asyncio.run(main())


def test_each_cancel_has_the_way_until_it_has_left() -> None:
    async def main() -> None:
        way = RightOfWay()
        way.take()
        way.take()
        waiting = asyncio.create_task(way.clear())
        way.passed()
        await turns()
        assert not waiting.done()
        way.passed()
        await waiting
        way.passed()  # one that nobody made way for
        assert not way.taken

    asyncio.run(main())


def test_a_cancel_that_never_comes_stops_the_others_for_a_moment_only() -> None:
    async def main() -> None:
        way, loop = RightOfWay(), asyncio.get_running_loop()
        way.take()
        began = loop.time()
        await way.clear()
        assert 1.0 < loop.time() - began < 3.0
        way.take()  # what never came is forgotten
        way.passed()
        assert not way.taken

    run_virtual(main())


def test_a_cancel_does_not_stop_the_token_that_it_needs() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        broker.make_way()
        began = asyncio.get_running_loop().time()
        order = asyncio.create_task(broker.place(BUY))
        await turns()
        assert isinstance(await broker.cancel(TARGET), Accepted)
        assert asyncio.get_running_loop().time() - began < 0.5
        await order
        assert [request.url.path.rpartition("/")[2] for request in script.requests] == ["order-rvsecncl", "order-cash"]

    play([answer(ok(output=ACK))], story)
