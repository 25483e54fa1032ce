"""Follows a journal that another desk writes: its orders, fills, lines and holdings, and that desk's market time."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

from hoga.base.clock import KST, SystemClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import Unreachable
from hoga.domain.accounts import Account, Balance, ConnectionId, Stakes
from hoga.domain.costs import fee_model
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.requests import IllegalStep
from hoga.domain.sessions import AlwaysOpen, MarketSchedule, Schedule
from hoga.domain.tables import RuleUnknown
from hoga.storage.activity import ActivityLog, Line
from hoga.storage.errors import StorageError, Unwritable
from hoga.storage.journal import Journal
from hoga.storage.last_known import KnownAccount, KnownInstruments, LastKnown
from hoga.storage.reading import ReadOnlyDatabase
from hoga.trading.changes import Announcer
from hoga.trading.day_book import DayBook
from hoga.trading.market_board import MarketBoard
from hoga.trading.portfolio import PortfolioKeeper
from hoga.trading.records import OrderRecords
from hoga.trading.restoring import restore
from hoga.trading.views import Part

_LOOK_SECONDS = 1.0
_REPLAY_DAYS = 4
_MOST_LINES = 500
# Asked every second: ``+connection`` keeps SQLite from walking all lines of the connection for its newest.
_MARKS = (
    "SELECT (SELECT seq FROM entries WHERE +connection = ?1 ORDER BY seq DESC LIMIT 1),"
    " (SELECT seq FROM activity WHERE +connection = ?1 ORDER BY seq DESC LIMIT 1),"
    " (SELECT max(at) FROM last_known WHERE connection = ?1)"
)
_NEWEST = (
    "SELECT at FROM (SELECT at FROM (SELECT at FROM entries WHERE +connection = ?1 ORDER BY seq DESC LIMIT 1)"
    " UNION ALL SELECT at FROM (SELECT at FROM activity WHERE +connection = ?1 ORDER BY seq DESC LIMIT 1)"
    " UNION ALL SELECT max(at) FROM last_known WHERE connection = ?1) WHERE at IS NOT NULL"
)


class JournalClock:
    """Market time as far as a journal tells it: the newest moment in it, and the machine's time that passed since."""

    def __init__(self) -> None:
        self._machine = SystemClock()
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return self._machine.now() + self._ahead

    def told(self, at: datetime, age: float = 0.0) -> None:
        """It was ``at`` when the journal was written, ``age`` seconds ago."""
        self._ahead = at + timedelta(seconds=age) - self._machine.now()

    def age_of(self, written: float) -> float:
        """Seconds since a moment of the machine's, as files tell theirs."""
        return max(self._machine.now().timestamp() - written, 0.0)

    async def sleep(self, seconds: float) -> None:
        await self._machine.sleep(seconds)


class LookingOn:
    """See the module. ``account`` and the parts are there once ``open`` has returned."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = ConnectionId(path.stem)
        self._database = ReadOnlyDatabase(path)
        self.journal = Journal(self._database, self._connection, _as_it_is)
        self.log = ActivityLog(self._database, _as_it_is)
        self._known = LastKnown(self._database, self._connection)
        self.clock = JournalClock()
        self.announcer = Announcer()
        self.board = MarketBoard(self.clock.now)
        self.trouble: Message | None = None
        """Why the journal cannot be read just now: what is shown is older."""
        self.lines: tuple[Line, ...] = ()
        self._marks: tuple[object, ...] = ()
        self._seq = 0
        self._balance: Balance | None = None
        self._balance_at: datetime | None = None
        self._instruments: dict[InstrumentId, Instrument] = {}
        self._tasks = TaskOwner("looking on")
        self.account: Account
        self.schedule: Schedule
        self.records: OrderRecords
        self.day_book: DayBook
        self.portfolio: PortfolioKeeper

    async def open(self) -> None:
        """Read everything once, then follow. Raises StorageError, also when the journal does not tell whose it is."""
        known = await self._known.get(KnownAccount)
        if known is None:
            raise Unwritable(Message("READ_ONLY_NOT_YET", {"file": self._path.name}))
        self.account = known[1].account(self._connection)
        self.schedule = AlwaysOpen() if self.account.stakes is Stakes.PRACTICE else MarketSchedule()
        await self._tell_time(first=True)
        await self.look()
        self._tasks.start("look", self._follow())

    async def aclose(self) -> None:
        await self._tasks.aclose()
        await self._database.aclose()
        self.announcer.close()

    def instruments(self) -> tuple[Instrument, ...]:
        return tuple(self._instruments.values())

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        found = self._instruments.get(id)
        if found is None or self._balance_at is None:
            return Unknown(Message("READ_ONLY_NO_BROKER"))
        return Known(found, self._balance_at, "journal")

    def trading_date(self, moment: datetime) -> date:
        try:
            return self.schedule.status(Venue.KRX, moment).trading_date
        except RuleUnknown:
            return moment.astimezone(KST).date()

    async def balance(self) -> Balance:
        """As the other desk last read it (``portfolio.Balances``)."""
        if self._balance is None:
            raise Unreachable(Message("READ_ONLY_NO_BALANCE"))
        return self._balance

    async def look(self) -> None:
        """Read what is new. Raises StorageError."""
        (marks,) = await self._database.read(_MARKS, (self._connection,))
        if marks == self._marks:
            return
        await self._tell_time(first=False)
        await self._read_instruments()
        await self._read_orders()
        await self._read_balance()
        self.lines = (await self.log.page(self._connection, None, _MOST_LINES))[::-1]
        self._marks = marks
        for part in (Part.ORDERS, Part.PORTFOLIO, Part.ACTIVITY, Part.HEALTH):
            self.announcer.tell(part)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            before = self.trouble
            try:
                await self.look()
                self.trouble = None
            except StorageError as error:
                self.trouble = error.message
            if self.trouble != before:
                self.announcer.tell(Part.HEALTH)

    async def _tell_time(self, *, first: bool) -> None:
        rows = await self._database.read(_NEWEST, (self._connection,))
        moments = [datetime.fromisoformat(str(at)) for (at,) in rows]
        if moments:
            age = self.clock.age_of(await asyncio.to_thread(_written, self._path)) if first else 0.0
            self.clock.told(max(moments), age)

    async def _read_orders(self) -> None:
        if not self._marks:
            await self._read_all_orders()
            return
        replay = await self.journal.after(self._seq)
        try:
            for entry in replay.entries:
                self.records.apply(entry.fact)
                self._seq = entry.seq
        except (IllegalStep, KeyError):
            await self._read_all_orders()  # about an order that had not been read

    async def _read_all_orders(self) -> None:
        records = OrderRecords(self._connection)
        (top,) = await self._database.read("SELECT coalesce(max(seq), 0) FROM entries")
        today = self.trading_date(self.clock.now())
        await restore(self.journal, records, today - timedelta(days=_REPLAY_DAYS))
        self.records, self._seq = records, int(str(top[0]))
        self.day_book = DayBook(records, self.clock.now, self.trading_date)
        self.portfolio = PortfolioKeeper(
            self, records, self.board, fee_model(self.account.profile), self.clock.now,
            lambda: self.trading_date(self.clock.now()), self.instrument, _nobody_hears,
        )  # fmt: skip
        self._balance_at = None

    async def _read_balance(self) -> None:
        known = await self._known.get(Balance)
        if known is not None and known[0] != self._balance_at:
            self._balance_at, self._balance = known
            await self.portfolio.refresh(known[0])

    async def _read_instruments(self) -> None:
        known = await self._known.get(KnownInstruments)
        if known is not None:
            self._instruments = {one.id: one for one in known[1].all}


def _written(path: Path) -> float:
    """When the file or its log was last written, in the machine's time."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return max(file.stat().st_mtime for file in files if file.exists())


def _as_it_is(value: object) -> object:
    """Nothing is read here that was not masked when it was stored."""
    return value


def _nobody_hears(_balance: Balance, _began: datetime, _moved: bool) -> None:
    """Differences are for the desk that trades."""
