"""A desk without a face, in a process of its own: somebody trades at it until it is killed, leaves or has settled.

What it does is told through ``wire`` at once, as tuples: ``A`` an action begins, ``B`` it was blocked, ``C`` the
connection's name, ``T`` an order by hand has been sent, ``Q`` a question stands, ``P`` which orders were placed by
telephone?, ``E`` the disk takes everything again, ``J`` what does the exchange say of the account?, ``F`` a finding,
``end``. What it is told: ``phone`` and ``account`` answer, ``disk`` fills up or gets room, ``doom`` names the point
at which it kills itself, ``leave`` ends it in good order.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import sys
import threading
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from hoga.base.clock import MarketClock
from hoga.base.tasks import TaskOwner
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.port import BrokerError
from hoga.broker.practice_link import LinkState, PracticeLink, start_or_join
from hoga.domain.accounts import WireProfile
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.sessions import AlwaysOpen
from hoga.domain.tickets import Hand, OrderId
from hoga.domain.ticks import price_grid
from hoga.practice.api import Broker, CashFigures, HoldingEntry
from hoga.storage.database import Database
from hoga.storage.folder import DataFolder
from hoga.storage.opening import open_journal
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.views import Question
from tests.broker.helpers import Vault
from tests.campaigns.judge import journaled, judge_account, judge_memory
from tests.campaigns.ordeal import Disk, Doom, Hurried, Skewed
from tests.campaigns.person import Person, Prices
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS

PROFILES = {Broker.KIS: WireProfile.KIS_REAL, Broker.KIWOOM: WireProfile.KIWOOM_REAL}
_LONGEST_LATE = timedelta(seconds=45)
_PAUSES = (0.0, 0.0, 0.01, 0.02, 0.05, 0.1)
_SETTLING_SECONDS = 90.0
_STUBBORN = 0.1
"""How often somebody acts although they see that it leads nowhere."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a desk is to be: whose account, on which exchange, which of its lives. ``deed`` is act or settle.

    ``skew``: seconds of market time by which its clock is off. ``options`` bring the exchange back; None: it is left
    to others.
    """

    folder: Path
    practice: Path
    options: tuple[str, ...]
    brings_back: bool
    broker: Broker
    name: str
    seed: int
    deed: str
    skew: float


class Market:
    """Where the instruments stand, read anew all the time."""

    def __init__(self, desk: ConnectionDesk) -> None:
        self._desk = desk
        self._prices: dict[InstrumentId, Prices] = {}

    def __call__(self, id: InstrumentId) -> Prices:
        return self._prices[id]

    async def look(self) -> None:
        """Until each was read once."""
        while len(self._prices) < len(INSTRUMENTS):
            await self._read_all()
            await asyncio.sleep(0.05)

    async def follow(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            await self._read_all()

    async def _read_all(self) -> None:
        for id in INSTRUMENTS:
            try:
                quote = await self._desk.quote(id)
            except BrokerError:
                continue
            instrument = self._desk.instrument(id)
            if isinstance(instrument, Known):
                grid = price_grid(instrument.value, self._desk.clock.now().date())
                last = quote.last
                self._prices[id] = Prices(grid.down(last).units, grid.up(last).units, grid.up(last).units - last.units)


@dataclass
class Sitting:
    """One life at the desk."""

    wire: Connection
    wish: Wish
    desk: ConnectionDesk
    link: PracticeLink
    database: Database
    disk: Disk
    doom: Doom
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    _replies: asyncio.Queue[Any] = field(default_factory=asyncio.Queue)
    _asked: asyncio.Lock = field(default_factory=asyncio.Lock)
    _told_of: set[OrderId] = field(default_factory=set)

    def tell(self, *what: object) -> None:
        self.wire.send(what)

    def hear(self, what: str, *values: Any) -> None:
        """Something was said to this desk."""
        if what == "disk":
            self.disk.fill(values[0])
        elif what == "doom":
            self.doom.point = values[0]
        elif what == "leave":
            self.leaving.set()
        else:
            self._replies.put_nowait(values[0])

    async def ask(self, *what: object) -> Any:
        async with self._asked:
            self.tell(*what)
            return await self._replies.get()

    # --- acting -----------------------------------------------------------------------------------------------------

    async def act(self) -> None:
        """Trade until the end of the process, or until told to leave."""
        chance = random.Random(f"{self.wish.seed} {self.wish.name}")
        market = Market(self.desk)
        await market.look()
        tasks = TaskOwner("campaign", _broke)
        tasks.start("market", market.follow())
        tasks.start("disk", self._watch_disk())
        person = Person(self.desk, chance, INSTRUMENTS, market, self.wish.name)
        await person.clear_offers()
        while not self.leaving.is_set():
            if self._in_trouble() and chance.random() > _STUBBORN:
                await asyncio.sleep(0.1)
                continue
            blocked = person.blocked
            self.tell("A")
            await person.act()
            if person.blocked > blocked:
                self.tell("B")
            self._tell_of_sent()
            if chance.random() < 0.1:
                tasks.start(f"questions {person.actions}", self.answer_questions())
            await asyncio.sleep(chance.choice(_PAUSES))
        await tasks.aclose()

    def _in_trouble(self) -> bool:
        """What a person sees who does not act at all just now: the exchange is gone, or the journal is not written."""
        return self.link.state is not LinkState.UP or self.desk.health().journal is not None

    def _tell_of_sent(self) -> None:
        """The newest order by hand, once: somebody may be ordering just the same by telephone."""
        newest = next((o for o in reversed(self.desk.orders()) if isinstance(o.origin, Hand)), None)
        if newest is None or newest.id in self._told_of or newest.limit is None:
            return
        self._told_of.add(newest.id)
        self.tell("T", newest.instrument.code, newest.side.value, newest.quantity.count, newest.limit.units)

    async def _watch_disk(self) -> None:
        """Tell when a disk that was full takes everything again."""
        told = 0
        while True:
            await asyncio.sleep(0.02)
            health, disk = self.desk.health(), self.disk
            if disk.fills > told and not disk.full and health.journal is None and not health.unwritten:
                told = disk.fills
                self.tell("E", told)

    async def answer_questions(self) -> None:
        """The person looks up which orders the telephone has placed. They answer after the last straggler can have
        come."""
        for question in self.desk.questions():
            self.tell("Q", str(question.request.id))
            sent = question.request.sent_at or question.request.made_at
            if self.desk.clock.now() > sent + _LONGEST_LATE:
                await self._answer(question)

    async def _answer(self, question: Question) -> None:
        phoned = {(date.fromisoformat(day), number) for day, number in await self.ask("P")}
        if question.id not in {still.id for still in self.desk.questions()}:
            return  # it has answered itself meanwhile
        numbers = [row.number for row in question.candidates]
        ours = [number for number in numbers if (number.trading_date, number.number) not in phoned]
        await self.desk.answer(question.id, ours[0] if ours else None)

    # --- settling ---------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let everything that is open come to its end, then compare what is shown with what is."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _SETTLING_SECONDS
        while loop.time() < until:
            for offer in self.desk.offers():
                await self.desk.discard(offer.request.id)
            await self.answer_questions()
            if self.desk.health().aligned and not any(order.asked for order in self.desk.orders()):
                break
            await asyncio.sleep(0.1)
        await self._look()
        await asyncio.sleep(0.5)
        await self._look()
        for finding in await self._judge():
            self.tell("F", *finding.split(": ", 1))

    async def _look(self) -> None:
        try:
            await self.desk.reconcile()
        except BrokerError as error:
            _log.warning("a look failed: %s", error)

    async def _judge(self) -> list[str]:
        report = Report(self.wish.seed)
        judge_memory(report, self.desk, await journaled(self.database, self.desk.account.connection))
        said = await self.ask("J")
        cash = msgspec.convert(said["cash"], CashFigures)
        judge_account(report, self.desk, cash, msgspec.convert(said["holdings"], list[HoldingEntry]))
        return report.findings


def _broke(name: str, error: BaseException) -> None:
    """A person who cannot go on is a finding: the process ends, and its end was not asked for."""
    _log.critical("%s broke", name, exc_info=error)
    os._exit(1)


def _broker(link: PracticeLink, wish: Wish, clock: MarketClock, doom: Doom) -> BrokerAdapter:
    keys = next(one for one in link.endpoint.accounts if one.profile is PROFILES[wish.broker])
    name, number = link.connection_name, keys.account.reveal()
    if wish.broker is Broker.KIWOOM:
        there = KiwoomHost.on_practice(keys.profile, keys.rest, keys.ws, name)
        pair = KiwoomKeys(keys.appkey, keys.appsecret)
        return KiwoomBroker(there, pair, number, clock, Vault(), lambda: Hurried(doom))
    host = KisHost.on_practice(keys.profile, keys.rest, keys.ws, name)
    triple = KisKeys(keys.appkey, keys.appsecret, keys.hts_id)
    return KisBroker(host, triple, number, clock, Vault(), lambda: Hurried(doom))


async def _run(wire: Connection, wish: Wish) -> None:
    async with AsyncExitStack() as parts:
        held = parts.enter_context(DataFolder(wish.folder))
        link = await start_or_join(wish.practice, options=wish.options, bring_back=wish.brings_back)
        parts.push_async_callback(link.aclose, end_exchange=False)
        clock, doom = Skewed(link.clock, wish.skew), Doom()
        broker = _broker(link, wish, clock, doom)
        parts.callback(link.listen(lambda state: broker.hurry() if state is LinkState.UP else None))
        database = await open_journal(held.journal, clock.now())
        if database.rebuilt is not None:
            wire.send(("F", "unexplained", f"a journal that was killed was found damaged: {database.rebuilt}"))
        disk = Disk(database, random.Random(f"disk {wish.seed} {wish.name}"))
        parts.push_async_callback(database.aclose)
        desk = ConnectionDesk(broker, database, clock, AlwaysOpen(), lambda raw: raw, limits=NO_RISK_LIMITS)
        parts.push_async_callback(desk.aclose)
        parts.callback(link.listen(lambda _state: desk.market_silent(link.why)))
        sitting = Sitting(wire, wish, desk, link, database, disk, doom)
        _listen(sitting)
        await desk.open()
        sitting.tell("C", str(desk.account.connection))
        await (sitting.act() if wish.deed == "act" else sitting.settle())


def _listen(sitting: Sitting) -> None:
    """Hear what is said on a thread of its own; without the campaign there is no reason to live on."""
    loop = asyncio.get_running_loop()

    def listen() -> None:
        try:
            while True:
                said = sitting.wire.recv()
                loop.call_soon_threadsafe(partial(sitting.hear, *said))
        except RuntimeError:
            return  # the loop has closed: this life is ending
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=listen, name="campaign", daemon=True).start()


def live(wire: Connection, wish: Wish) -> None:
    """The whole life of a desk, in the process that it begins."""
    _keep_log(wish.folder.with_suffix(".log"))
    random.seed(f"{wish.seed} {wish.name}")
    asyncio.run(_run(wire, wish))
    wire.send(("end",))


def _keep_log(path: Path) -> None:
    """What is logged and what is written to standard error both go to the file."""
    log = path.open("a", encoding="utf-8")
    os.dup2(log.fileno(), sys.stderr.fileno())
    logging.raiseExceptions = False  # a full disk refuses the log, too
    logging.disable(logging.NOTSET)
    logging.basicConfig(
        stream=log, level=logging.WARNING, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
    )
