"""What the risk gate looks at, put together at one moment, and what follows from it alone."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hoga.base.message import Message
from hoga.broker.port import Capabilities
from hoga.domain.accounts import Account
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Instrument, Venue
from hoga.domain.known import Maybe, Unknown
from hoga.domain.limits import NO_LIMITS, DailyLimits, daily_limits
from hoga.domain.market_data import Book, Quote
from hoga.domain.orders import Order
from hoga.domain.reservation import NoUnitPrice, reserve, unit_price
from hoga.domain.risk import AverageVolume
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits
from hoga.domain.sessions import Schedule
from hoga.domain.slips import Habit
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Money, Price, Shares

_NOT_READ = Unknown(Message("NOT_READ_YET"))
_NO_HABIT = Habit()


class GateFacts(Struct, frozen=True):
    """What the gate looks at, put together at one moment.

    ``sellable`` and ``orderable`` already count our own working, queued and unresolved orders. ``locked`` says why the
    account takes no orders now; ``price_at`` when the newest price came; ``twin``: an order of the same fingerprint is
    unresolved; ``stopped``: the stop switch is pressed. ``held``, ``total`` and ``day_result`` are the account's:
    shares of the instrument, everything it is worth, and the day's result. ``working``: open orders in the instrument,
    foreign ones included; ``recent``: new orders and reprices of the last minute; ``now_open``: open orders of the
    whole account.
    """

    account: Account
    locked: Message | None
    now: datetime
    schedule: Schedule
    capabilities: Capabilities
    fees: FeeModel
    instrument: Maybe[Instrument]
    master_read: bool
    quote: Maybe[Quote]
    stale_after: float
    orderable: Maybe[Money]
    sellable: Maybe[Shares]
    price_at: datetime | None = None
    twin: bool = False
    stopped: bool = False
    limits: RiskLimits = DEFAULT_LIMITS
    book: Maybe[Book] = _NOT_READ
    last: Maybe[Price] = _NOT_READ
    held: Maybe[Shares] = _NOT_READ
    total: Maybe[Money] = _NOT_READ
    day_result: Maybe[Money] = _NOT_READ
    volume: Maybe[AverageVolume] = _NOT_READ
    working: tuple[Order, ...] = ()
    recent: int = 0
    now_open: int = 0
    habit: Habit = _NO_HABIT


def limits_today(facts: GateFacts) -> DailyLimits | None:
    """Today's limits: the broker's own where its quote gives them, else from the base price; None while unknown."""
    if isinstance(facts.quote, Unknown) or isinstance(facts.instrument, Unknown):
        return None
    quote = facts.quote.value
    if quote.upper_limit is not None and quote.lower_limit is not None:
        return DailyLimits(quote.lower_limit, quote.upper_limit)
    try:
        day = facts.schedule.rules_day(facts.schedule.status(Venue.KRX, facts.now).trading_date)
        return daily_limits(facts.instrument.value, quote.base, day)
    except (RuleUnknown, ValueError):
        return None


def needed_cash(side: Side, type: OrderType, limit: Price | None, quantity: Shares, facts: GateFacts) -> Money | None:
    """What a buy holds back; None for sells and while the price to reckon with is unknown."""
    if side is Side.SELL:
        return None
    limits = limits_today(facts) or NO_LIMITS
    try:
        return reserve(quantity, unit_price(type, limit, limits.upper), facts.fees)
    except NoUnitPrice:
        return None
