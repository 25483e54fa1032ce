"""A connection as its journal tells it, for a second window on the same folder: everything to see, nothing to press.

The implementation of ``hoga.trading.facade.Desk`` with no broker behind it. Orders, fills and activity are the
journal's, followed as the other desk writes it; holdings and cash are as that desk last read them. Every command is
refused with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoga.base.clock import MarketClock
from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamChanged, StreamHealth
from hoga.domain.accounts import Account
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Maybe
from hoga.domain.orders import Order
from hoga.domain.positions import Portfolio
from hoga.domain.requests import RequestState
from hoga.domain.sessions import Schedule
from hoga.domain.tickets import OrderId
from hoga.storage.activity import Line
from hoga.trading.changes import Listener
from hoga.trading.export import export_file
from hoga.trading.looking_desk import LookingDesk
from hoga.trading.looking_on import LookingOn
from hoga.trading.market_board import MarketBoard
from hoga.trading.views import (
    Biography,
    Fill,
    Health,
    RecoveryReport,
)


class ReadOnlyDesk(LookingDesk):
    """``open`` first. ``read_only`` says why nothing can be pressed."""

    def __init__(self, journal: Path, read_only: Message) -> None:
        super().__init__(read_only)
        self._path = journal
        self._on = LookingOn(journal)
        self._opened_at: datetime | None = None

    async def open(self) -> None:
        """Raises StorageError, also for a journal that does not tell whose it is yet."""
        await self._on.open()
        self._opened_at = self._on.clock.now()

    async def aclose(self) -> None:
        await self._on.aclose()

    # --- snapshots --------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self._on.account

    @property
    def clock(self) -> MarketClock:
        return self._on.clock

    @property
    def schedule(self) -> Schedule:
        return self._on.schedule

    @property
    def board(self) -> MarketBoard:
        return self._on.board

    def orders(self) -> tuple[Order, ...]:
        return self._on.day_book.orders()

    def order(self, id: OrderId) -> Order | None:
        return self._on.records.order(id)

    def fills(self) -> tuple[Fill, ...]:
        return self._on.day_book.fills()

    def portfolio(self) -> Portfolio:
        return self._on.portfolio.snapshot()

    def health(self) -> Health:
        since = self._opened_at or self._on.clock.now()
        records = self._on.records
        return Health(
            streams={stream: StreamChanged(stream, StreamHealth.DOWN, since, self.why) for stream in Stream},
            aligned=False,
            last_list=None,
            waiting=len(records.requests_in(RequestState.QUEUED)),
            in_flight=len(records.requests_in(RequestState.SENDING)),
            unknown=len(records.requests_in(RequestState.UNKNOWN)),
            parked_notices=0,
            drift=0,
            journal=self._on.trouble,
        )

    def recovery(self) -> RecoveryReport:
        return RecoveryReport(self._opened_at or self._on.clock.now(), True, ())

    def activity(self) -> tuple[Line, ...]:
        return self._on.lines

    # --- commands ---------------------------------------------------------------------------------------------------

    async def reconcile(self) -> None:
        """Read the journal now. Raises StorageError."""
        await self._on.look()

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        return await export_file(self._path, self.account.connection, folder, language, say)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def biography(self, order: OrderId) -> Biography:
        """Raises LookupError when the journal knows no such order."""
        replay = await self._on.journal.biography(order)
        known = self._on.records.order(order)
        if known is None or not replay.entries:
            raise LookupError(f"no order {order}")
        return Biography(known, replay.entries, tuple(life.number for life in known.numbers))

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]:
        return await self._on.log.page(self.account.connection, line, most)

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]:
        return await self._on.log.about(order)

    async def instruments(self) -> tuple[Instrument, ...]:
        return self._on.instruments()

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        return self._on.instrument(id)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self._on.announcer.subscribe(listener)
