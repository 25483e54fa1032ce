"""Whether the exchange takes an order: type, price, quantity, halt. Money and shares are judged by the account."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Rejected, RejectReason
from hoga.practice.engine.pit import Pit

_ANY_TIF = frozenset(TimeInForce)
_DAY_ONLY = frozenset({TimeInForce.DAY})

_ALLOWED: dict[OrderType, frozenset[TimeInForce]] = {
    OrderType.LIMIT: _ANY_TIF,
    OrderType.MARKET: _ANY_TIF,
    OrderType.BEST: _ANY_TIF,
    OrderType.CONDITIONAL: _DAY_ONLY,
    OrderType.PRIORITY: _DAY_ONLY,
    OrderType.STOP_LIMIT: _DAY_ONLY,
    OrderType.MID: _ANY_TIF,
}
"""markets.md 2.4: conditional, priority and stop-limit orders have no IOC or FOK form."""


_IN_AN_AUCTION = frozenset({OrderType.LIMIT, OrderType.MARKET, OrderType.CONDITIONAL, OrderType.STOP_LIMIT})
"""markets.md 2.5: what a volatility interruption takes, for the day alone."""


class Terms(Struct, frozen=True):
    """How an order trades: ``worst`` is the price it goes to at most, None for a market order and at the mid price."""

    type: OrderType
    tif: TimeInForce
    limit: int | None
    worst: int | None
    stop: int | None = None


class Prices(Struct, frozen=True):
    """What the sender says of prices; each counts only where the type carries it."""

    limit: int | None
    stop: int | None = None


def terms(pit: Pit, side: Side, type: OrderType, tif: TimeInForce, said: Prices, venue: Venue) -> Terms | Rejected:
    """The terms on which the exchange takes an order, or why not."""
    if tif not in _ALLOWED[type] or not _venue_takes(type, venue):
        return Rejected(RejectReason.TYPE_NOT_ALLOWED)
    if pit.halted:
        return Rejected(RejectReason.HALTED)
    if pit.interrupted and not (type in _IN_AN_AUCTION and tif is TimeInForce.DAY):
        return Rejected(RejectReason.TYPE_NOT_ALLOWED)
    if type.carries_price:
        stop = said.stop if type.carries_stop else None
        refusal = _bad_price(pit, said.limit) or (_bad_price(pit, stop) if type.carries_stop else None)
        return refusal or Terms(type, tif, said.limit, said.limit, stop)
    if type is OrderType.MARKET:
        return Terms(type, tif, None, None)
    if type is OrderType.MID:
        # Only between two quotes is there a middle.
        return Terms(type, tif, None, None) if pit.book.mid is not None else Rejected(RejectReason.NO_OPPOSITE_QUOTE)
    # The quote at acceptance is the price (markets.md 2.5), and without a quote there is none.
    quote = pit.book.best(side if type is OrderType.PRIORITY else side.opposite)
    if quote is None:
        own = type is OrderType.PRIORITY
        return Rejected(RejectReason.NO_OWN_QUOTE if own else RejectReason.NO_OPPOSITE_QUOTE)
    return Terms(type, tif, None, quote)


def bad_quantity(quantity: int) -> Rejected | None:
    if type(quantity) is not int or quantity <= 0:
        return Rejected(RejectReason.BAD_QUANTITY)
    return None


def _venue_takes(type: OrderType, venue: Venue) -> bool:
    """KRX is the one exchange that Practice runs, so SOR always routes to it; SOR takes no conditional order."""
    return venue is Venue.KRX or (venue is Venue.SOR and type is not OrderType.CONDITIONAL)


def _bad_price(pit: Pit, price: int | None) -> Rejected | None:
    if price is None or type(price) is not int or price <= 0:
        return Rejected(RejectReason.OFF_TICK)
    if not pit.book.lower <= price <= pit.book.upper:
        return Rejected(RejectReason.OUTSIDE_LIMITS)
    if not pit.book.ticks.is_valid(price):
        return Rejected(RejectReason.OFF_TICK)
    return None
