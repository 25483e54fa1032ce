"""The link to a real exchange process: started, joined, killed, brought back, never twice, and gone at the end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hoga.broker.addresses import PracticeAddress
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import Accepted, NewOrder, Stream, StreamChanged, StreamHealth
from hoga.broker.practice_endpoint import Endpoint, read_endpoint
from hoga.broker.practice_link import LinkState, PracticeLink, PracticeUnavailable, start_or_join
from hoga.broker.practice_process import Exchange, Launch, Presence, join_or_start, presence
from hoga.broker.wording import WORDING
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import OrderList
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Shares
from tests.broker.helpers import Vault, until
from tests.support.practice_process import practice

SAMSUNG = InstrumentId("005930")
LONG = 40.0


def alive(pid: int | None) -> bool:
    """Does this process run? One that has ended and that nobody has waited for counts as ended."""
    assert pid is not None
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill(link: PracticeLink) -> None:
    assert link.endpoint.pid is not None
    os.kill(link.endpoint.pid, signal.SIGKILL)


async def linked(folder: Path, story: Callable[[PracticeLink], Coroutine[Any, Any, None]], **how: Any) -> None:
    link = await start_or_join(folder, **how)
    try:
        await story(link)
    finally:
        await link.aclose()


class Desk:
    """A broker on the link's exchange, and what it said."""

    def __init__(self, link: PracticeLink) -> None:
        keys = next(one for one in link.endpoint.accounts if one.profile is WireProfile.KIS_REAL)
        self.broker = KisBroker(
            KisHost.on_practice(keys.profile, keys.rest, keys.ws, link.connection_name),
            KisKeys(keys.appkey, keys.appsecret, keys.hts_id),
            keys.account.reveal(),
            link.clock,
            Vault(),
        )
        self.heard: list[Any] = []
        self.broker.listen(self.heard.append)

    def health(self, stream: Stream) -> StreamHealth | None:
        told = [one.health for one in self.heard if isinstance(one, StreamChanged) and one.stream is stream]
        return told[-1] if told else None

    @property
    def live(self) -> bool:
        return all(self.health(stream) is StreamHealth.LIVE for stream in Stream)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_exchange_comes_back_at_its_addresses_with_its_ledger_and_the_desk_goes_on(tmp_path: Path) -> None:
    async def story(link: PracticeLink) -> None:
        desk, states = Desk(link), list[LinkState]()
        link.listen(states.append)
        link.listen(lambda state: desk.broker.hurry() if state is LinkState.UP else None)
        await desk.broker.open()
        await until(lambda: desk.live)
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        order = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(3), low)
        placed = await desk.broker.place(order)
        assert isinstance(placed, Accepted)
        before, moment = link.endpoint, link.clock.now()
        heard = len(desk.heard)

        kill(link)
        await until(lambda: desk.health(Stream.FILLS) is StreamHealth.DOWN)
        await until(lambda: link.state is LinkState.UP and desk.live, LONG)

        assert [one for one in states if one is not LinkState.SILENT] == [LinkState.STARTING, LinkState.UP]
        assert link.why is None
        assert (link.endpoint.control, link.endpoint.accounts[0].rest) == (before.control, before.accounts[0].rest)
        assert link.endpoint.ledger == before.ledger == link.ledger and link.endpoint.pid != before.pid
        assert link.clock.now() >= moment and link.restarts == 1 and link.started_here
        filled = [one for one in desk.heard[heard:] if isinstance(one, OrderList)]
        assert placed.number in {row.number for row in filled[0].rows}
        assert isinstance(await desk.broker.place(order), Accepted)
        await desk.broker.aclose()

    async def run() -> None:
        await linked(tmp_path, story)
        assert read_endpoint(tmp_path) is None  # ended in good order

    asyncio.run(run())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_one_that_was_joined_is_brought_back_too_and_two_desks_get_one_exchange(tmp_path: Path) -> None:
    async def run() -> None:
        with practice(tmp_path) as process:
            links = [await start_or_join(tmp_path) for _ in range(2)]
            assert not any(link.started_here for link in links)
            process.kill()
            await until(lambda: all(link.restarts and link.state is LinkState.UP for link in links), LONG)
        pids = {link.endpoint.pid for link in links}
        assert len(pids) == 1 and sum(link.started_here for link in links) == 1
        guest, owner = sorted(links, key=lambda link: link.started_here)
        await guest.aclose()
        assert await presence(owner.endpoint) is Presence.THERE  # a guest does not end it
        await owner.aclose()
        assert not alive(pids.pop())

    asyncio.run(run())


MOODY = """
import pathlib, sys
mood = pathlib.Path(sys.argv.pop(1))
left = int(mood.read_text())
mood.write_text(str(left - 1))
if left == 1:
    sys.exit(5)
from hoga.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""An exchange that fails to start once, after it has run."""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_one_that_cannot_be_started_is_tried_again_and_again(tmp_path: Path) -> None:
    program, mood = tmp_path / "moody.py", tmp_path / "mood"
    program.write_text(MOODY)
    mood.write_text("2")
    states: list[LinkState] = []
    whys: list[str] = []

    async def story(link: PracticeLink) -> None:
        def note(state: LinkState) -> None:
            states.append(state)
            whys.append(link.why.code if link.why else "")

        link.listen(note)
        kill(link)
        await until(lambda: states[-1:] == [LinkState.UP], LONG)

    asyncio.run(linked(tmp_path / "data", story, command=(sys.executable, str(program), str(mood))))
    trying = [LinkState.STARTING, LinkState.FAILED]
    assert states == [*trying, LinkState.STARTING, LinkState.SILENT, LinkState.UP]
    assert whys == [
        "PRACTICE_RESTARTING",
        "PRACTICE_FAILED",
        "PRACTICE_RESTARTING",
        "PRACTICE_RESTARTING",
        "",
    ]
    assert set(whys) - {""} <= WORDING.keys()


def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    async def run() -> None:
        with pytest.raises(PracticeUnavailable) as caught:
            await start_or_join(tmp_path, command=(sys.executable, "-c", "raise SystemExit(7)"))
        assert (caught.value.message.code, caught.value.message.values) == ("PRACTICE_FAILED", {"code": 7})

    asyncio.run(run())


SLEEPER = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[-1], "pid").write_text(str(os.getpid()))
time.sleep(60)
"""


@pytest.mark.parametrize("how", ["patience", "cancel"])
def test_a_start_in_vain_leaves_no_process_behind(tmp_path: Path, how: str) -> None:
    launch = Launch(tmp_path, command=(sys.executable, "-c", SLEEPER), patience=1.0 if how == "patience" else 60.0)

    async def run() -> None:
        starting = asyncio.ensure_future(join_or_start(launch))
        await until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        if how == "cancel":
            starting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await starting
        else:
            with pytest.raises(PracticeUnavailable) as caught:
                await starting
            assert caught.value.message.code == "PRACTICE_SLOW"

    asyncio.run(run())
    assert not alive(int((tmp_path / "pid").read_text()))


def test_another_ledger_at_the_same_address_is_told_apart() -> None:
    """Somebody removed the folder: what answers now knows none of this connection's orders."""

    def told(ledger: str, minute: int) -> str:
        now = f"2026-11-20T09:{minute:02}:00+09:00"
        time = {"now": now, "speed": 1.0, "reached": 1.0, "trading_date": "2026-11-20", "ledger": ledger, "tick": 0.1}
        return json.dumps(time)

    async def run() -> None:
        says = [told("3f9a0c12", 30)]

        async def tell(socket: ServerConnection) -> None:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await socket.send(says[-1])
                    await asyncio.sleep(0.02)

        async with serve(tell, "127.0.0.1", 0) as server:
            control = PracticeAddress(f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
            link = PracticeLink(Exchange(Endpoint(control, (), ledger="3f9a0c12")))
            await link.open()
            assert link.connection_name == "practice-3f9a0c12"
            says.append(told("77777777", 59))
            await until(lambda: link.state is LinkState.OTHER_LEDGER)
            assert link.why is not None and link.why.code == "PRACTICE_OTHER_LEDGER"
            assert link.clock.now().minute == 30  # its time is not ours
            says.append(told("3f9a0c12", 31))
            await until(lambda: link.state is LinkState.UP and link.clock.now().minute == 31)
            says.append("what?")
            await until(lambda: link.state is LinkState.SILENT)
            assert link.why is not None and link.why.code == "PRACTICE_SILENT"
            await link.aclose()

    asyncio.run(run())
