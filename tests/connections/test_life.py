"""The life of several connections: nothing is left behind, tokens are shared and never issued twice, and an exchange
that comes back elsewhere is followed."""

from __future__ import annotations

import asyncio
import gc
import re
import socket
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from hoga.app import DeskOptions, OpenConnections, open_connections, practice_desk
from hoga.broker.port import Topic, TopicKind
from hoga.domain.known import Known
from hoga.domain.tickets import Side
from hoga.secrets import ConnectionSecrets, KeyringStore
from hoga.storage.database import Database
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.connections import Key, Standing
from hoga.trading.facade import Desk
from tests.broker.helpers import until
from tests.connections.helpers import KIS, KIWOOM, PATIENCE, SAMSUNG, desk_of, live, opened, row, run, standings, traded
from tests.secrets.test_stores import MemoryKeyring
from tests.support.practice_process import practice
from tests.ui.whole.conftest import Control, Exchange

CYCLES = 50
_WARM = 5


def living() -> tuple[int, int, Counter[str]]:
    """Threads, desks and journals, and open files of this process by what they are."""
    gc.collect()
    parts = [one for one in gc.get_objects() if isinstance(one, ConnectionDesk | Database)]
    return threading.active_count(), len(parts), open_files()


def open_files() -> Counter[str]:
    found: Counter[str] = Counter()
    if sys.platform == "linux":
        for one in Path("/proc/self/fd").iterdir():
            with suppress(OSError):  # the one that looks
                found[re.sub(r":\[\d+\]$", "", str(one.readlink()))] += 1
    return found


def test_fifty_lives_leave_nothing_behind(exchange: Exchange, tmp_path: Path) -> None:
    async def lives(count: int) -> None:
        for turn in range(count):
            async with desk_of(exchange, tmp_path) as connections:
                if turn % 5:
                    await until(lambda: Standing.OPEN in standings(connections), PATIENCE)
                elif turn % 2:
                    await connections.first()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            assert not others, others

    run(lives(_WARM))
    before = living()
    run(lives(CYCLES))
    after = living()
    if after != before:  # something of Python's or Qt's own may have been opened once and for all: a leak goes on
        run(lives(CYCLES // 2))
    assert living() == after, f"after {_WARM} lives there was {before}"


def test_what_is_foreseen_is_told_before_anybody_asks_and_until_it_is_let_go(
    exchange: Exchange, tmp_path: Path
) -> None:
    topic = Topic(TopicKind.BOOK, SAMSUNG)

    async def story() -> None:
        options = DeskOptions(exchange.data, own_folder=tmp_path)
        secrets = ConnectionSecrets(exchange.data / "practice", KeyringStore(MemoryKeyring))
        async with open_connections(options, secrets, foreseen=(topic,)) as connections:
            desk, other = await opened(connections, KIS), await opened(connections, KIWOOM)
            await until(lambda: isinstance(desk.board.book(SAMSUNG), Known), PATIENCE)
            assert not isinstance(other.board.book(SAMSUNG), Known), "one connection alone is shown first"
            own = desk.lease(topic)
            connections.let_go()
            await until(lambda: own.live, PATIENCE)
            own.release()
            late = desk.lease(topic)
            assert not late.live, "nobody else holds it any more"
            late.release()

    run(story())


def test_a_connection_is_closed_and_opened_again_without_a_trace(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            await opened(connections, KIS)
            kiwoom = await opened(connections, KIWOOM)
            before = None
            for turn in range(8):
                await connections.enable(KIS, False)
                await connections.enable(KIS, True)
                await until(lambda: row(connections, KIS).standing is Standing.OPEN, PATIENCE)
                if turn == 2:
                    before = living()[:2]
            assert living()[:2] == before
            assert live(kiwoom), "the other one never noticed"

    run(story())


async def read(connections: OpenConnections, key: Key) -> Desk:
    """The desk of a connection that has asked its broker: only one of several can have the live line of a key."""
    await until(lambda: row(connections, key).standing is Standing.OPEN, PATIENCE)
    desk = row(connections, key).desk
    assert desk is not None
    await until(lambda: isinstance(desk.portfolio().cash, Known), PATIENCE)
    return desk


def tokens_issued(control: Control) -> list[tuple[str, str]]:
    """Broker and host of every token that the exchange has given out."""
    rows = control.ask("/requests?operation=token")
    return sorted((one["broker"], one["environment"]) for one in rows)


def test_no_token_is_issued_twice_in_its_life_whoever_asks(tmp_path: Path) -> None:
    """Two desks at once, a third program, and a second start: the broker sees one request for each account."""

    async def both(exchange: Exchange) -> None:
        async with (
            desk_of(exchange, tmp_path / "one") as first,
            desk_of(exchange, tmp_path / "two") as second,
            practice_desk(DeskOptions(exchange.data, own_folder=tmp_path / "three")) as third,
        ):
            desks = [third.desk, *[await read(one, key) for one in (first, second) for key in (KIS, KIWOOM)]]
            for desk in desks:
                await desk.reconcile()

    async def again(exchange: Exchange) -> None:
        async with desk_of(exchange, tmp_path / "one") as connections:
            await asyncio.gather(read(connections, KIS), read(connections, KIWOOM))

    with practice(tmp_path / "practice", "--seed", "31") as process:
        exchange = Exchange(process)
        run(both(exchange))
        run(again(exchange))
        assert tokens_issued(exchange) == [("kis", "real"), ("kiwoom", "real")]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_an_exchange_that_comes_back_elsewhere_is_followed(tmp_path: Path) -> None:
    """It was killed, and somebody has taken its ports: it comes back at others, and trading goes on there."""

    async def story(exchange: Exchange) -> None:
        async with desk_of(exchange, tmp_path / "desk") as connections:
            before = await asyncio.gather(opened(connections, KIS), opened(connections, KIWOOM))
            order = await traded(before[0], Side.BUY, 1)
            assert connections.link is not None
            addresses = {one.rest for one in connections.link.endpoint.accounts}
            exchange.process.kill()
            with taken(exchange.process.endpoint["kis"]["rest"]):
                await until(lambda: row(connections, KIS).desk not in (None, before[0]), 60)
                after = await asyncio.gather(opened(connections, KIS), opened(connections, KIWOOM))
            assert addresses != {one.rest for one in connections.link.endpoint.accounts}
            assert [desk.account for desk in after] == [desk.account for desk in before], "the ledger is the same"
            assert order.id in [one.id for one in after[0].orders()]
            await asyncio.gather(traded(after[0], Side.SELL, 1), traded(after[1], Side.BUY, 1))

    with practice(tmp_path / "practice", "--seed", "37") as process:
        run(story(Exchange(process)))


class taken:
    """Somebody else listens at an address."""

    def __init__(self, url: str) -> None:
        self._port = int(url.rsplit(":", 1)[1])
        self._socket = socket.socket()

    def __enter__(self) -> None:
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self._port))
        self._socket.listen()

    def __exit__(self, *_: object) -> None:
        self._socket.close()
