"""The simulated campaign: desk core and exchange in one process on virtual time; a crash drops the desk's objects.

A campaign is a row of episodes, each with an exchange and a journal of its own, so that the lists stay as short as on a
busy day. Seed and number of an episode replay it exactly.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.domain.accounts import WireProfile
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.sessions import AlwaysOpen
from hoga.domain.tickets import Hand
from hoga.practice.api import Environment
from hoga.storage.database import Database, Statement
from hoga.trading.connection_desk import ConnectionDesk
from tests.broker.helpers import Vault
from tests.campaigns.judge import journaled, judge, judge_account, judge_memory, rows_of, was_sent
from tests.campaigns.person import Person
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS, SkewedClock, Wire, World

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=KST)
EVENING = datetime(2026, 11, 23, 23, 58, 30, tzinfo=KST)
EACH = 100
"""Actions of an episode."""
_API_TEXT = "OpnAPI"
_MOST_SKEW = 5.0
_LONGEST_LATE = 31.0


class LaggingDatabase(Database):
    """A journal whose disk takes its time: what it had not committed when the desk crashed is lost."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        super().__init__(path, inline=True, fsync=False)
        self._chance = chance
        self._line: deque[tuple[tuple[Statement, ...], asyncio.Future[None]]] = deque()

    def write(self, *statements: Statement) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._line.append((statements, done))
        loop.call_later(self._chance.choice([0.0, 0.001, 0.004, 0.03]), self._next)
        return done

    def drop(self) -> None:
        self._line.clear()
        super().drop()

    def _next(self) -> None:
        if not self._line:
            return
        statements, done = self._line.popleft()
        written = super().write(*statements)
        error = written.exception()
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)


class _AtOnce(ThreadPoolExecutor):
    """Does what is handed to it before ``submit`` returns: virtual time would jump over the work of a thread."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args, **named))
        return done


@dataclass
class Life:
    """One run of the desk, from its start to its crash."""

    desk: ConnectionDesk
    database: Database
    broker: KisBroker
    wire: Wire
    person: Person

    async def crash(self) -> None:
        """The process is gone; what it had sent is on its way all the same."""
        self.wire.cut = True
        await self.desk.drop()
        self.database.drop()
        await self.broker.aclose()

    async def aclose(self) -> None:
        await self.desk.aclose()
        await self.database.aclose()


class Episode:
    """Some hundred actions on one exchange. ``share`` is the part of requests that goes wrong."""

    def __init__(self, folder: Path, seed: int, number: int, *, share: float) -> None:
        self.report = Report(seed)
        self._folder = folder
        self._share = share
        self._chance = random.Random(f"person {seed} {number}")
        start = EVENING if self._chance.random() < 0.2 else MORNING
        self._world = World(folder / "practice", seed * 100_003 + number, start)
        self._vault = Vault()
        self._lives = 0
        self._full = False
        self._asked: set[str] = set()

    async def run(self, actions: int, kills: int) -> Report:
        """Raises nothing for what it finds: that is in the report."""
        asyncio.get_running_loop().set_default_executor(_AtOnce())
        world = self._world
        await world.open()
        keeper = asyncio.ensure_future(self._keep_running())
        self._life = await self._begin()
        await self._settle_in()
        world.misbehave(self._share)
        crashes = sorted(self._chance.randrange(actions) for _ in range(kills))
        for action in range(actions):
            await self._one(action, crashes.count(action))
        await self._calm()
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        await self._judge()
        await self._life.aclose()
        await world.aclose()
        return self.report

    # --- lives ------------------------------------------------------------------------------------------------------

    async def _begin(self) -> Life:
        """A desk on the journal of the last one."""
        world, self._lives = self._world, self._lives + 1
        account = world.practice.account(Environment.REAL)
        wire = Wire(world)
        clock = SkewedClock(world, self._chance.uniform(-_MOST_SKEW, _MOST_SKEW))
        broker = KisBroker(
            KisHost.on_practice(WireProfile.KIS_REAL, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-campaign"),
            KisKeys(Secret(account.appkey), Secret(account.appsecret), Secret(account.hts_id)),
            account.number, clock, self._vault, lambda: wire, wire.connect,
        )  # fmt: skip
        database = LaggingDatabase(self._folder / "journal.sqlite", self._chance)
        desk = ConnectionDesk(broker, database, clock, AlwaysOpen(), lambda raw: raw, limits=NO_RISK_LIMITS)
        self._full = False
        await desk.open(wait=self._chance.choice([0.0, 2.0, 5.0]))
        person = Person(desk, self._chance, INSTRUMENTS, world.prices, f"life-{self._lives}")
        return Life(desk, database, broker, wire, person)

    async def _settle_in(self) -> None:
        """One order in good weather: from it the desk learns how the broker marks what comes from here. Before that,
        nothing tells a lost first order from its twin off a telephone."""
        await self._life.person.buy_or_sell()
        await asyncio.sleep(2)
        await self._life.desk.reconcile()

    async def _crash(self, deed: asyncio.Task[None]) -> None:
        """The desk dies at some moment while it does ``deed``."""
        await asyncio.sleep(self._chance.choice([0.0, 0.0005, 0.003, 0.012, 0.02, 0.035, 0.1, 0.4, 0.6]))
        if self._life.desk.health().unwritten:
            await deed  # what the disk did not take would be lost with the process: nobody could tell it afterwards
            return
        self.report.kills += 1
        await self._life.crash()
        deed.cancel()
        with suppress(asyncio.CancelledError):
            await deed
        self._count(self._life.person)
        await asyncio.sleep(self._chance.choice([0.0, 0.1, 3.0]))
        self._life = await self._begin()
        await self._life.person.clear_offers()

    def _count(self, person: Person) -> None:
        self.report.actions += person.actions
        self.report.blocked += person.blocked

    async def _keep_running(self) -> None:
        """The exchange comes back some seconds after it died."""
        while True:
            await asyncio.sleep(0.25)
            if not self._world.alive:
                await self._world.rise(self._chance.uniform(0.0, 3.0))

    # --- what happens -----------------------------------------------------------------------------------------------

    async def _one(self, action: int, crashes: int) -> None:
        deed = asyncio.ensure_future(self._life.person.act())
        if crashes:
            await self._crash(deed)
        else:
            await deed
        for _ in range(crashes - 1):
            await self._crash(asyncio.ensure_future(self._life.person.clear_offers()))
        luck = self._chance.random
        if luck() < 0.4:
            self._world.something_trades()
        if luck() < 0.05:
            self._world.phone()
        if luck() < 0.02:
            self._twin()
        if luck() < 0.01 or self._full:
            self._disk()
        if luck() < 0.1:
            await self._answer_questions()
        await asyncio.sleep(self._chance.choice([0.0, 0.0, 0.01, 0.05, 0.2, 0.5, 1.0]))

    def _twin(self) -> None:
        ours = [order for order in self._life.desk.orders() if isinstance(order.origin, Hand)]
        if ours and ours[-1].limit is not None:
            order = ours[-1]
            self._world.twin(order.instrument, order.side, order.quantity.count, order.limit.units)

    def _disk(self) -> None:
        """The disk fills up for a moment."""
        self._full = not self._full
        self._life.database.rehearse_unwritable(self._full)

    async def _answer_questions(self, *, all_: bool = False) -> None:
        """The person knows what they did on the telephone. They answer after the last straggler can have come."""
        desk = self._life.desk
        for question in desk.questions():
            self._asked.add(str(question.request.id))
            sent = question.request.sent_at or question.request.made_at
            if not all_ and desk.clock.now() < sent + timedelta(seconds=_LONGEST_LATE + 2 * _MOST_SKEW):
                continue
            ours = [row.number for row in question.candidates if row.channel == _API_TEXT]
            await desk.answer(question.id, ours[0] if ours else None)

    async def _calm(self) -> None:
        """Everything works again; whatever is open gets its time to settle."""
        self._world.misbehave(0.0)
        self._life.database.rehearse_unwritable(False)
        desk = self._life.desk
        await asyncio.sleep(_LONGEST_LATE)
        for _ in range(8):
            await self._answer_questions(all_=True)
            for offer in desk.offers():
                await desk.discard(offer.request.id)
            if not any(order.asked for order in desk.orders()):
                break
            await asyncio.sleep(40)
        now = self._world.exchange.now()
        if (now + timedelta(seconds=_LONGEST_LATE)).date() != (now - timedelta(seconds=_LONGEST_LATE)).date():
            # For some seconds a desk whose clock is off has another date than the exchange.
            await asyncio.sleep(2 * _LONGEST_LATE)
        await desk.reconcile()

    async def _judge(self) -> None:
        report, world, desk = self.report, self._world, self._life.desk
        self._count(self._life.person)
        orders = await journaled(self._life.database, desk.account.connection)
        judge(report, orders, rows_of(world.rows()))
        judge_memory(report, desk, orders)
        judge_account(report, desk, world.exchange.cash(world.number), world.exchange.holdings(world.number))
        report.sent = sum(was_sent(request) for order in orders for request in order.requests)
        report.faults = sum(world.faults.values()) + world.restarts
        report.foreign, report.twins, report.asked = world.foreign, world.twins, len(self._asked)


def run_episode(
    seed: int, number: int, actions: int, kills: int, *, share: float = 0.25, keep: Path | None = None
) -> Report:
    """One episode. What it leaves behind is kept in ``keep`` when it failed."""
    with tempfile.TemporaryDirectory(dir=_memory()) as scratch:
        random.seed(f"{seed} {number}")
        report = run_virtual(Episode(Path(scratch), seed, number, share=share).run(actions, kills))
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


def run_planned(seed: int, parts: tuple[Part, ...], keep: Path | None, number: int) -> Report:
    """One episode of a plan."""
    return run_episode(seed, number, parts[number].actions, parts[number].kills, keep=keep)


def _share_of(total: int, place: int, of: int) -> int:
    return total * (place + 1) // of - total * place // of


def _memory() -> str | None:
    """A folder in memory where there is one: the ledger waits for its disk at every order."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a place for scratch files, made unique
