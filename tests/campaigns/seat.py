"""One account's desk through all its lives: it starts on the journal of the one before, works, and crashes."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hoga.broker.adapter import BrokerAdapter
from hoga.broker.port import SessionExpired
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.sessions import AlwaysOpen
from hoga.domain.tickets import Hand
from hoga.storage.database import Database, Statement
from hoga.trading.connection_desk import ConnectionDesk
from tests.broker.helpers import Vault
from tests.campaigns.brokers import OWN_CHANNEL, Ways, broker_at
from tests.campaigns.judge import journaled, judge, judge_account, judge_memory, rows_of, was_sent
from tests.campaigns.person import Person
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS, Elsewhere, SkewedClock, Wire, World

LONGEST_LATE = 31.0
"""Seconds after which nothing comes any more that was sent before."""
MOST_SKEW = 5.0


class LaggingDatabase(Database):
    """A journal whose disk takes its time: what it had not committed when the desk crashed is lost."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        super().__init__(path, inline=True, fsync=False)
        self._chance = chance
        self._line: deque[tuple[tuple[Statement, ...], asyncio.Future[None]]] = deque()

    def write(self, *statements: Statement, stand_by: bool = False) -> asyncio.Future[None]:
        if stand_by and self._chance.random() < 0.5:  # the disk is waited for in the call
            while self._line:
                self._next()
            return super().write(*statements)
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


@dataclass
class Life:
    """One run of the desk, from its start to its crash."""

    desk: ConnectionDesk
    database: Database
    broker: BrokerAdapter
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


class Seat:
    """See the module. ``elsewhere`` is the account; what the person does is drawn from ``chance``."""

    def __init__(self, world: World, elsewhere: Elsewhere, folder: Path, chance: random.Random, report: Report) -> None:
        self._world = world
        self._chance = chance
        self._report = report
        self._journal = folder / f"journal-{elsewhere.broker.value}.sqlite"
        self._vault = Vault()
        self._lives = 0
        self._full = False
        self._asked: set[str] = set()
        self._unrecorded = 0
        self.elsewhere = elsewhere

    async def begin(self, skew: float | None = None) -> None:
        """A desk on the journal of the last one, its clock ``skew`` seconds ahead of the exchange's, or anyhow off."""
        world, self._lives = self._world, self._lives + 1
        wire = Wire(world)
        clock = SkewedClock(world, self._chance.uniform(-MOST_SKEW, MOST_SKEW) if skew is None else skew)
        broker = broker_at(self.elsewhere.account, Ways(clock, self._vault, wire, wire.connect))
        database = LaggingDatabase(self._journal, self._chance)
        desk = ConnectionDesk(broker, database, clock, AlwaysOpen(), lambda raw: raw, limits=NO_RISK_LIMITS)
        self._full = False
        await desk.open(wait=self._chance.choice([0.0, 2.0, 5.0]))
        person = Person(desk, self._chance, INSTRUMENTS, world.prices, f"life-{self._lives}")
        self.life = Life(desk, database, broker, wire, person)

    async def settle_in(self) -> None:
        """One order in good weather: from it the desk learns how the broker marks what comes from here."""
        await self.life.person.buy_or_sell()
        await asyncio.sleep(2)
        await self.life.desk.reconcile()

    async def crash(self) -> None:
        desk = self.life.desk
        if desk.health().unwritten:
            written = await journaled(self.life.database, desk.account.connection)
            known = {request.id for order in written for request in order.requests}
            sent = [request for order in desk.orders() for request in order.requests if was_sent(request)]
            self._unrecorded += sum(request.id not in known for request in sent)
        await self.life.crash()
        self._count()

    def _count(self) -> None:
        self._report.actions += self.life.person.actions
        self._report.blocked += self.life.person.blocked

    # --- what happens -----------------------------------------------------------------------------------------------

    def twin(self) -> None:
        ours = [order for order in self.life.desk.orders() if isinstance(order.origin, Hand)]
        if ours and ours[-1].limit is not None:
            order = ours[-1]
            self.elsewhere.twin(order.instrument, order.side, order.quantity.count, order.limit.units)

    @property
    def disk_is_full(self) -> bool:
        return self._full

    def fill_disk(self, *, full: bool) -> None:
        """The disk takes nothing, or takes everything again."""
        self._full = full
        self.life.database.rehearse_unwritable(full)

    async def answer_questions(self, *, all_: bool = False) -> None:
        """The person knows what they did on the telephone. They answer after the last straggler can have come."""
        desk = self.life.desk
        for question in desk.questions():
            self._asked.add(str(question.request.id))
            sent = question.request.sent_at or question.request.made_at
            if not all_ and desk.clock.now() < sent + timedelta(seconds=LONGEST_LATE + 2 * MOST_SKEW):
                continue
            mark = OWN_CHANNEL[self.elsewhere.broker]
            ours = [row.number for row in question.candidates if row.channel == mark]
            await desk.answer(question.id, ours[0] if ours else None)

    # --- the end ----------------------------------------------------------------------------------------------------

    async def calm(self) -> None:
        """Whatever is open gets its time to settle."""
        desk = self.life.desk
        for _ in range(8):
            await self.answer_questions(all_=True)
            for offer in desk.offers():
                await desk.discard(offer.request.id)
            if not any(order.asked for order in desk.orders()):
                return
            await asyncio.sleep(40)

    async def _catch_up(self) -> None:
        """Read everything once more. After a token died, the next one may be a minute away."""
        for _ in range(4):
            try:
                await self.life.desk.reconcile()
            except SessionExpired:
                await asyncio.sleep(30)
            else:
                if not self.life.desk.differences():
                    return
                await asyncio.sleep(30)  # what was late explains itself with the second balance that shows it

    async def judge(self) -> None:
        self._count()
        report, exchange, desk, at = self._report, self._world.exchange, self.life.desk, self.elsewhere
        await self._catch_up()
        orders = await journaled(self.life.database, desk.account.connection)
        judge(report, orders, rows_of(at.rows(), at.broker), self._unrecorded)
        judge_memory(report, desk, orders)
        judge_account(report, desk, exchange.cash(at.number), exchange.holdings(at.number))
        report.sent += sum(was_sent(request) for order in orders for request in order.requests)
        report.foreign += at.foreign
        report.twins += at.twins
        report.asked += len(self._asked)
