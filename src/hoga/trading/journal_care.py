"""What a connection does about the file behind it: backups, checks, and what follows when it had to be made anew.

A journal that was made anew may not know all orders of its last day: what the broker lists from before may be ours, new
orders get names that no lost one can have had, and plans do not go on by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.domain.accounts import Account, Balance
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.orders import Order
from hoga.storage.activity import Level
from hoga.storage.database import Database
from hoga.storage.keeper import JournalKeeper
from hoga.storage.last_known import KnownAccount, KnownInstruments, LastKnown
from hoga.storage.rebuild import Rebuilt
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords

_GAP = 1_000
"""Names left out after a rebuild: more than a person or a plan makes between a backup and the damage."""


class JournalCare:
    """See the module. ``log(level, message)`` writes a line. A file that nobody prepared (a rehearsal's) is left
    alone."""

    def __init__(
        self,
        database: Database,
        account: Account,
        clock: MarketClock,
        recorder: Recorder,
        log: Callable[[Level, Message], None],
    ) -> None:
        self._account = account
        self._now = clock.now
        self._rebuilt = database.rebuilt
        self._last_known = LastKnown(database, account.connection) if database.prepared else None
        self._log = log
        self._keeper = (
            JournalKeeper(database.path, clock, tell=lambda told: log(Level.WARNING, told), distrust=recorder.distrust)
            if database.prepared
            else None
        )

    @property
    def rebuilt(self) -> Rebuilt | None:
        """The journal was made anew today; None: it was sound."""
        return self._rebuilt

    @property
    def rebuilt_from(self) -> datetime | None:
        """The moment of the backup that today's journal was made from, of its making where there was none."""
        return None if self._rebuilt is None else self._rebuilt.backup_at or self._rebuilt.at

    def first_sequence(self, last: int) -> int:
        """The sequence after which new orders are named, ``last`` being the highest that the journal knows."""
        return last if self._rebuilt is None else last + _GAP

    def possibly_ours(self, foreign: Order) -> bool:
        """Whether an order that the journal does not explain may have been in what was lost."""
        return self._rebuilt is not None and foreign.made_at <= self._rebuilt.at

    def told(self, order: Order | None, lines: list[tuple[Level, Message]]) -> list[tuple[Level, Message]]:
        """Lines about an order, with what is called foreign in them told for what it may be."""
        if order is None or not self.possibly_ours(order):
            return lines
        return [_as_possibly_ours(level, message) for level, message in lines]

    def start(self) -> None:
        if self._rebuilt is not None:
            self._log(Level.ERROR, self._rebuilt.message)
        if self._last_known is not None:
            self._last_known.put(self._now(), KnownAccount.of(self._account))
        if self._keeper is not None:
            self._keeper.start()

    def remember(
        self, balance: Maybe[Balance], records: OrderRecords, find: Callable[[InstrumentId], Maybe[Instrument]]
    ) -> None:
        """Keep the balance, and what its instruments and those of the orders are called, for who only looks on."""
        if self._last_known is None or isinstance(balance, Unknown):
            return
        held = {holding.instrument for holding in balance.value.holdings}
        wanted = held | {order.instrument for order in records.orders}
        found = (find(instrument) for instrument in sorted(wanted))
        self._last_known.put(balance.at, balance.value)
        self._last_known.put(balance.at, KnownInstruments(tuple(one.value for one in found if isinstance(one, Known))))

    async def aclose(self) -> None:
        """After the last write: a day without a backup gets one."""
        if self._keeper is not None:
            await self._keeper.aclose()

    async def drop(self) -> None:
        """As a crash would: nothing more is looked at."""
        if self._keeper is not None:
            await self._keeper.drop()


def _as_possibly_ours(level: Level, message: Message) -> tuple[Level, Message]:
    if message.code != "FOREIGN_ORDER":
        return level, message
    return Level.WARNING, Message("POSSIBLY_OURS", message.values)
