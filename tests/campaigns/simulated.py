"""The simulated campaign: desk cores and exchange in one process on virtual time; a crash drops the desk's objects.

A campaign is a row of episodes, each with an exchange and a journal of its own, so that the lists stay as short as on a
busy day. Seed and number of an episode replay it exactly.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.practice.api import Broker
from tests.campaigns.brokers import CHOICES
from tests.campaigns.report import Report
from tests.campaigns.seat import LONGEST_LATE, Seat
from tests.campaigns.world import World

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=KST)
EVENING = datetime(2026, 11, 23, 23, 58, 30, tzinfo=KST)
EACH = 100
"""Actions of an episode."""
_DAYS_EDGE = 20.0
"""Around midnight a desk whose clock is off has another date than the exchange."""


class _AtOnce(ThreadPoolExecutor):
    """Does what is handed to it before ``submit`` returns: virtual time would jump over the work of a thread."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args, **named))
        return done


class Episode:
    """Some hundred actions on one exchange, at one broker or by turns at several. ``share`` is the part of requests
    that goes wrong."""

    def __init__(self, folder: Path, seed: int, number: int, *, share: float, brokers: tuple[Broker, ...]) -> None:
        self.report = Report(seed)
        self._folder = folder
        self._share = share
        self._chance = random.Random(f"person {seed} {number}")
        start = EVENING if self._chance.random() < 0.2 else MORNING
        self._world = World(folder / "practice", seed * 100_003 + number, start, brokers)

    async def run(self, actions: int, kills: int) -> Report:
        """Raises nothing for what it finds: that is in the report."""
        asyncio.get_running_loop().set_default_executor(_AtOnce())
        world = self._world
        await world.open()
        keeper = asyncio.ensure_future(self._keep_running())
        self._seats = [
            Seat(world, elsewhere, self._folder, self._chance, self.report) for elsewhere in world.accounts.values()
        ]
        settled = self._chance.random() < 0.8
        for seat in self._seats:
            await seat.begin()
            if settled:
                await seat.settle_in()
        world.misbehave(self._share)
        await self._trade(actions, kills)
        await self._calm()
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        for seat in self._seats:
            await seat.judge()
        self.report.faults = sum(world.faults.values()) + world.restarts
        for seat in self._seats:
            await seat.life.aclose()
        await world.aclose()
        return self.report

    async def _keep_running(self) -> None:
        """The exchange comes back some seconds after it died."""
        while True:
            await asyncio.sleep(0.25)
            if not self._world.alive:
                await self._world.rise(self._chance.uniform(0.0, 3.0))

    # --- what happens -----------------------------------------------------------------------------------------------

    async def _trade(self, actions: int, kills: int) -> None:
        """``actions`` one after the other, and exactly ``kills`` crashes among them."""
        crashes = sorted(self._chance.randrange(actions) for _ in range(kills))
        for action in range(actions):
            seat = self._chance.choice(self._seats)
            deed = asyncio.ensure_future(seat.life.person.act())
            for again in range(crashes.count(action)):
                if again:
                    deed = asyncio.ensure_future(seat.life.person.clear_offers())
                await self._crash(seat, deed)
            await self._see_to(deed)
            await self._meanwhile(seat)

    @staticmethod
    async def _see_to(deed: asyncio.Task[None]) -> None:
        """Wait for a deed; one that was cut off by a crash has ended."""
        with suppress(asyncio.CancelledError):
            await deed

    async def _crash(self, seat: Seat, deed: asyncio.Task[None]) -> None:
        """The process dies at some moment while ``deed`` is done: every desk with it, or the one desk that has a
        process of its own."""
        await asyncio.sleep(self._chance.choice([0.0, 0.0005, 0.003, 0.012, 0.02, 0.035, 0.1, 0.4, 0.6]))
        dying = self._seats if self._chance.random() < 0.5 else [seat]
        self.report.kills += 1
        for each in dying:
            await each.crash()
        deed.cancel()
        await self._see_to(deed)
        await asyncio.sleep(self._chance.choice([0.0, 0.1, 3.0]))
        for each in dying:
            await each.begin()
            await each.life.person.clear_offers()

    async def _meanwhile(self, seat: Seat) -> None:
        """What happens between two actions."""
        luck = self._chance.random
        if luck() < 0.4:
            seat.elsewhere.something_trades()
        if luck() < 0.05:
            seat.elsewhere.phone()
        if luck() < 0.02:
            seat.twin()
        if luck() < 0.01 or seat.disk_is_full:
            seat.fill_disk(full=not seat.disk_is_full)
        if luck() < 0.1:
            await seat.answer_questions()
        await asyncio.sleep(self._chance.choice([0.0, 0.0, 0.01, 0.05, 0.2, 0.5, 1.0]))

    async def _calm(self) -> None:
        """Everything works again; whatever is open gets its time to settle."""
        self._world.misbehave(0.0)
        for seat in self._seats:
            seat.fill_disk(full=False)
        await asyncio.sleep(LONGEST_LATE)
        for seat in self._seats:
            await seat.calm()
        now, edge = self._world.exchange.now(), timedelta(seconds=_DAYS_EDGE)
        if (now + edge).date() != (now - edge).date():
            await asyncio.sleep(2 * _DAYS_EDGE)


def run_episode(
    seed: int,
    number: int,
    actions: int,
    kills: int,
    *,
    share: float = 0.25,
    keep: Path | None = None,
    brokers: tuple[Broker, ...] = CHOICES["kis"],
) -> Report:
    """One episode. What it leaves behind is kept in ``keep`` when it failed."""
    with tempfile.TemporaryDirectory(dir=_memory()) as scratch:
        random.seed(f"{seed} {number}")
        report = run_virtual(Episode(Path(scratch), seed, number, share=share, brokers=brokers).run(actions, kills))
        if report.findings and keep is not None:
            shutil.copytree(scratch, keep / f"seed-{seed}-episode-{number}", dirs_exist_ok=True)
    return report


@dataclass(frozen=True, slots=True)
class Part:
    """What one episode of a campaign has to do."""

    actions: int
    kills: int


def plan(actions: int, kills: int) -> tuple[Part, ...]:
    """Episodes of ``EACH`` actions, the kills spread evenly over them."""
    episodes = max(1, -(-actions // EACH))
    return tuple(
        Part(_share_of(actions, number, episodes), _share_of(kills, number, episodes)) for number in range(episodes)
    )


def run_planned(
    seed: int, parts: tuple[Part, ...], brokers: tuple[Broker, ...], keep: Path | None, number: int
) -> Report:
    """One episode of a plan."""
    part = parts[number]
    return run_episode(seed, number, part.actions, part.kills, keep=keep, brokers=brokers)


def _share_of(total: int, place: int, of: int) -> int:
    return total * (place + 1) // of - total * place // of


def _memory() -> str | None:
    """A folder in memory where there is one: the ledger waits for its disk at every order."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a place for scratch files, made unique
