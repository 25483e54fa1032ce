"""The desk of a recording: the market as it was, and an account in which there is nothing and nothing can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoga.base.clock import MarketClock
from hoga.base.message import Language, Message
from hoga.broker.port import (
    Capabilities,
    Lease,
    NotFound,
    NotSupported,
    Stream,
    StreamChanged,
    StreamHealth,
    Topic,
)
from hoga.domain.accounts import Account, ConnectionId, PracticeAccount, WireProfile
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Book, Candle, Period, Quote
from hoga.domain.orders import Order
from hoga.domain.positions import Portfolio
from hoga.domain.sessions import AlwaysOpen, Schedule
from hoga.domain.tickets import OrderId
from hoga.domain.values import Money
from hoga.storage.activity import Line
from hoga.trading.changes import Announcer, Listener
from hoga.trading.export import ExportFailed
from hoga.trading.looking_desk import LookingDesk
from hoga.trading.market_board import MarketBoard
from hoga.trading.replay.player import SOURCE, Player
from hoga.trading.views import Biography, Fill, Health, RecoveryReport

WHY = Message("REPLAY")
_UNKNOWN = Unknown(WHY)
_NOT_YET = Message("NO_DATA_YET")
_CAN = Capabilities(frozenset(), frozenset(), False, False, False, True, 1_000, 1_000.0)


class TapeLease:
    """Everything on the tape comes by itself."""

    live = True

    def release(self) -> None:
        pass


class ReplayDesk(LookingDesk):
    """See ``hoga.trading.facade.Desk``. ``player`` is what plays; who opened it starts and closes it."""

    def __init__(self, player: Player) -> None:
        super().__init__(WHY)
        self.player = player
        self._announcer = Announcer()
        self._opened_at = player.clock.now()
        self._account = PracticeAccount(ConnectionId("replay"), player.tape.name, WireProfile.KIS_REAL)

    # --- snapshots --------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self._account

    @property
    def capabilities(self) -> Capabilities:
        return _CAN

    @property
    def clock(self) -> MarketClock:
        return self.player.clock

    @property
    def schedule(self) -> Schedule:
        return AlwaysOpen()

    @property
    def board(self) -> MarketBoard:
        return self.player.board

    def orders(self) -> tuple[Order, ...]:
        return ()

    def order(self, id: OrderId) -> Order | None:
        return None

    def fills(self) -> tuple[Fill, ...]:
        return ()

    def portfolio(self) -> Portfolio:
        now = self.clock.now()
        return Portfolio(now, _UNKNOWN, _UNKNOWN, _UNKNOWN, Money.zero(), _UNKNOWN, _UNKNOWN, _UNKNOWN)

    def health(self) -> Health:
        at = self._opened_at
        streams = {stream: StreamChanged(stream, StreamHealth.DOWN, at, WHY) for stream in Stream}
        streams[Stream.QUOTES] = StreamChanged(Stream.QUOTES, StreamHealth.LIVE, at)
        return Health(streams, False, None, 0, 0, 0, 0, 0, None)

    def recovery(self) -> RecoveryReport:
        return RecoveryReport(self._opened_at, True, ())

    def activity(self) -> tuple[Line, ...]:
        return ()

    # --- commands ---------------------------------------------------------------------------------------------------

    async def reconcile(self) -> None:
        """Raises NotSupported: there is no account."""
        raise NotSupported(WHY)

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        """Raises ExportFailed: there is no journal."""
        raise ExportFailed(WHY)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def biography(self, order: OrderId) -> Biography:
        raise LookupError(f"no order {order}")

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]:
        return ()

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]:
        return ()

    async def instruments(self) -> tuple[Instrument, ...]:
        return tuple(self.player.tape.listings.values())

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        found = self.player.tape.listings.get(id)
        return Known(found, self._opened_at, SOURCE) if found is not None else Unknown(_NOT_YET)

    async def quote(self, instrument: InstrumentId) -> Quote:
        """Raises NotFound where the tape has told nothing of it so far."""
        quote = self.player.quote(instrument)
        if quote is None:
            raise NotFound(_NOT_YET)
        self.board.update(quote, SOURCE)
        return quote

    async def book(self, instrument: InstrumentId) -> Book:
        """Raises NotFound, likewise."""
        known = self.board.book(instrument)
        if isinstance(known, Unknown):
            raise NotFound(_NOT_YET)
        self.board.update(known.value, SOURCE)
        return known.value

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        """Prices as they came, whatever was asked for."""
        return self.player.candles(instrument, period, start, end)

    def lease(self, topic: Topic) -> Lease:
        return TapeLease()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self._announcer.subscribe(listener)
