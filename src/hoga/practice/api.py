"""What the wire doors see of the exchange, in the domain's words. The doors translate; the exchange decides.

The exchange is single-threaded and synchronous: a call returns when the order was matched and, for orders of accounts,
when the ledger has it on disk. Nothing here knows a wire name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Protocol, TypeAlias

from msgspec import Struct

from hoga.domain.instruments import Flags, Instrument, Venue
from hoga.domain.market_data import Book, Candle, Period, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce


class Broker(Enum):
    """Through whose door an account trades."""

    KIS = "kis"
    KIWOOM = "kiwoom"


class Environment(Enum):
    """PAPER is what KIS and Kiwoom both call 모의투자; Kiwoom's hosts say mock."""

    REAL = "real"
    PAPER = "paper"


class PracticeAccount(Struct, frozen=True):
    """An account of the exchange with its (non-secret) keys. ``number`` is 8+2 digits: ``50123456-01``.

    Kiwoom knows no HTS id: there it is blank.
    """

    number: str
    environment: Environment
    appkey: str
    appsecret: str
    hts_id: str
    holder: str
    broker: Broker = Broker.KIS


class Character(Enum):
    """How an instrument of the practice market behaves."""

    LIQUID = "liquid"
    THIN = "thin"
    AT_UPPER_LIMIT = "at its upper limit"
    HALTED = "halted"


class Listing(Struct, frozen=True):
    """One instrument of the practice market: what it is, and from where its made-up history starts.

    ``anchor`` is the close (won, on the tick grid) on ``anchor_date``; ``average_volume`` the shares of a usual day;
    ``volatility_bp`` the usual size of a day's own move in hundredths of a percent, the market's move not counted.
    """

    instrument: Instrument
    anchor: int
    anchor_date: date
    average_volume: int
    volatility_bp: int
    character: Character = Character.LIQUID
    listed_on: date = date.min
    """The first day that has a bar. Made-up pasts end somewhere: charts that are read without a start would never."""
    beta_percent: int = 100
    """How much of the market's own move it makes: 200 for a doubly leveraged ETF, -100 for an inverse one."""


class MarketState(Struct, frozen=True):
    """One instrument's day so far, plain won. ``base`` is the previous close; prices are 0 before the first trade."""

    instrument: Instrument
    at: datetime
    last: int
    base: int
    open: int
    high: int
    low: int
    upper: int
    lower: int
    tick: int
    volume: int
    amount: int
    buy_volume: int
    sell_volume: int
    buy_count: int
    sell_count: int
    open_at: datetime | None
    high_at: datetime | None
    low_at: datetime | None
    previous_volume: int
    flags: Flags

    @property
    def price(self) -> int:
        """The last price of the day, or the previous close before the first trade."""
        return self.last or self.base


class RejectReason(Enum):
    NO_SUCH_INSTRUMENT = "no such instrument"
    NO_SUCH_ACCOUNT = "no such account"
    OFF_TICK = "price off the tick grid"
    OUTSIDE_LIMITS = "price outside the daily limits"
    BAD_QUANTITY = "quantity not a positive whole number"
    CASH_SHORT = "order amount exceeds orderable cash"
    SHARES_SHORT = "order quantity exceeds sellable shares"
    NOTHING_HELD = "nothing held"
    HALTED = "trading in this instrument is halted"
    NO_OPPOSITE_QUOTE = "no opposite quote"
    NO_OWN_QUOTE = "no quote on the own side"
    TYPE_NOT_ALLOWED = "order type not allowed now"
    NO_SUCH_ORDER = "no such order"
    NOTHING_LEFT = "nothing left to modify or cancel"
    TOO_MANY = "quantity exceeds what is left"
    MARKET_CLOSED = "market closed"


class Rejected(Struct, frozen=True):
    """``needed`` and ``available`` are won or shares, whichever the reason speaks of."""

    reason: RejectReason
    needed: int | None = None
    available: int | None = None


class Taken(Struct, frozen=True):
    """Accepted: durable in the ledger, matched as far as it could be."""

    number: int
    branch: str
    at: datetime


class Submit(Struct, frozen=True):
    account: str
    code: str
    side: Side
    type: OrderType
    tif: TimeInForce
    quantity: int
    limit: int | None
    venue: Venue = Venue.KRX
    channel: str = "api"
    """``api``, or ``phone`` for orders that the control endpoint places as somebody with a telephone."""
    stop: int | None = None
    """The trade price that wakes a stop-limit order; None for every other type."""


class PauseKind(Enum):
    """Why an instrument does not trade for a while."""

    HALT = "halt"
    INTERRUPTION = "interruption"
    """The call auction of a volatility interruption (VI)."""


class OrderStatus(Enum):
    WORKING = "working"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """Everything left moved to a newer number."""


class EntryKind(Enum):
    NEW = "new"
    MODIFY = "modify"
    CANCEL = "cancel"


class OrderEntry(Struct, frozen=True):
    """One number of the day's list. A modify or cancel has a number of its own and names its original.

    For NEW and MODIFY entries ``quantity == filled + remaining + cancelled + moved``; ``moved`` went to a newer number.
    A CANCEL entry has ``quantity`` = what it cancelled, nothing filled and nothing remaining.
    """

    account: str
    trading_date: date
    number: int
    branch: str
    original: int | None
    kind: EntryKind
    code: str
    side: Side
    type: OrderType
    tif: TimeInForce
    limit: int | None
    quantity: int
    filled: int
    filled_amount: int
    remaining: int
    cancelled: int
    moved: int
    status: OrderStatus
    at: datetime
    venue: Venue
    channel: str
    resting_price: int | None = None
    """Where it stands (or last stood) in the book; None when it never rested. limit is as it was sent."""
    stop: int | None = None


class FillEntry(Struct, frozen=True):
    """One execution of one number. ``execution`` counts up over the exchange's whole day. Costs in won."""

    account: str
    trading_date: date
    number: int
    execution: int
    code: str
    side: Side
    price: int
    quantity: int
    fee: int
    tax: int
    at: datetime
    self_match: bool = False
    """The account traded with itself (markets.md 6.5)."""


class CashFigures(Struct, frozen=True):
    """Won by settlement day, and what may be spent now (``d2`` less reservations)."""

    d0: int
    d1: int
    d2: int
    reserved: int
    orderable: int
    bought_today: int
    sold_today: int
    bought_yesterday: int
    sold_yesterday: int
    costs_today: int
    costs_yesterday: int


class HoldingEntry(Struct, frozen=True):
    code: str
    quantity: int
    sellable: int
    cost: int
    """What the held shares cost in won, fees not counted."""
    bought_today: int
    sold_today: int
    bought_yesterday: int
    sold_yesterday: int


class BuyPower(Struct, frozen=True):
    """``unit_price`` is the limit, or the day's upper limit for types without a price (markets.md 4.6)."""

    cash: int
    unit_price: int
    quantity: int


# --- events ---------------------------------------------------------------------------------------------------------


class NewsKind(Enum):
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REST_CANCELLED = "rest cancelled"
    REJECTED = "rejected"
    EXPIRED = "expired"


class OrderNews(Struct, frozen=True):
    """Something happened to a number of an account. ``entry`` is its state right after; ``fill`` only on FILLED."""

    kind: NewsKind
    entry: OrderEntry
    fill: FillEntry | None = None


ExchangeEvent: TypeAlias = Trade | Book | OrderNews
Sink: TypeAlias = Callable[[ExchangeEvent], None]


class Exchange(Protocol):
    """The exchange as a door sees it."""

    @property
    def ledger_id(self) -> str: ...

    def now(self) -> datetime:
        """Market time, aware, KST."""
        ...

    def trading_date(self) -> date:
        """The date that orders belong to. Rolls at 00:00 KST, when day orders lapse."""
        ...

    def accounts(self) -> Sequence[PracticeAccount]: ...

    def instruments(self) -> Mapping[str, Instrument]: ...

    def state(self, code: str) -> MarketState | None: ...

    def book(self, code: str) -> Book | None: ...

    def trades(self, code: str, most: int) -> Sequence[Trade]:
        """The latest trades of the day, newest first."""
        ...

    def candles(self, code: str, period: Period, start: datetime, end: datetime) -> Sequence[Candle]:
        """Candles whose start lies in [start, end], oldest first: generated history and own trades, joined."""
        ...

    def submit(self, order: Submit) -> Taken | Rejected: ...

    def modify(
        self,
        account: str,
        number: int,
        limit: int | None,
        type: OrderType,
        tif: TimeInForce,
        quantity: int | None,
        stop: int | None = None,
    ) -> Taken | Rejected:
        """Move ``quantity`` (None: everything left) of a working order to a new price or type, under a new number."""
        ...

    def cancel(self, account: str, number: int, quantity: int | None, channel: str = "api") -> Taken | Rejected: ...

    def orders(self, account: str, start: date, end: date) -> Sequence[OrderEntry]:
        """Every number of the trading dates, in the order of acceptance."""
        ...

    def fills(self, account: str, start: date, end: date) -> Sequence[FillEntry]: ...

    def cash(self, account: str) -> CashFigures: ...

    def holdings(self, account: str) -> Sequence[HoldingEntry]: ...

    def buy_power(self, account: str, code: str, type: OrderType, limit: int | None) -> BuyPower | Rejected: ...

    def pause(self, code: str, kind: PauseKind, ends: datetime) -> None:
        """Halt or interrupt an instrument until ``ends``, midnight at the latest. Raises KeyError."""
        ...

    def resume(self, code: str) -> None:
        """End its pause now, if there is one. Raises KeyError."""
        ...

    def subscribe(self, sink: Sink) -> Callable[[], None]:
        """Hear every trade, changed book and order news, in order, as it happens; returns its own undo."""
        ...


def of_broker(exchange: Exchange, broker: Broker) -> tuple[PracticeAccount, ...]:
    """The accounts that trade through one broker's door, in lasting order."""
    return tuple(account for account in exchange.accounts() if account.broker is broker)


class HouseDesk(Protocol):
    """What the market model may do: it trades for nobody in particular, with no account, cash or ledger row.

    House orders stand in the same queue as everybody's. Prices are plain won on the tick grid within the limits.
    """

    def now(self) -> datetime: ...

    def best(self, code: str, side: Side) -> int | None:
        """Best resting price of ``side`` (BUY: the best bid)."""
        ...

    def depth(self, code: str, side: Side, levels: int) -> Sequence[tuple[int, int, int]]:
        """(price, total quantity, house's part) best first."""
        ...

    def rest(self, code: str, side: Side, price: int, quantity: int) -> None:
        """Add ``quantity`` of house orders at ``price``; trades first what crosses."""
        ...

    def withdraw(self, code: str, side: Side, price: int, quantity: int) -> int:
        """Take back up to ``quantity`` of house orders at ``price``, newest first; returns what was taken back."""
        ...

    def take(self, code: str, side: Side, quantity: int, worst: int) -> int:
        """Aggress up to ``quantity`` down to price ``worst``; returns what traded. What is left does not rest."""
        ...
