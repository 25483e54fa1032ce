"""Where an order lives and when it dies, from the schedule. Source: markets.md 2.2, 2.4, 2.5.

A day order at KRX dies with the session it was placed in: what was placed before or during the regular session at its
closing auction, what was placed for the after-market at 20:00. At NXT an order of the morning lives through the
after-market.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct

from hoga.domain.instruments import Venue
from hoga.domain.orders import Order
from hoga.domain.sessions import Phase, Schedule, Window
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, TimeInForce

_DAY_SESSION = frozenset({Phase.OPENING_AUCTION, Phase.REGULAR, Phase.CLOSING_AUCTION})
_SESSIONS = {
    Venue.KRX: (
        _DAY_SESSION,
        frozenset({Phase.PREVIOUS_CLOSE_PRICE}),
        frozenset({Phase.CLOSING_PRICE_ENTRY, Phase.CLOSING_PRICE}),
        frozenset({Phase.AFTER_ENTRY, Phase.AFTER}),
        frozenset({Phase.SINGLE_PRICE}),
    ),
    Venue.NXT: (frozenset(Phase) - {Phase.CLOSED, Phase.CLOSING_PRICE},),
    Venue.US: (
        frozenset({Phase.DAYTIME}),
        frozenset({Phase.PRE}),
        frozenset({Phase.REGULAR}),
        frozenset({Phase.AFTER}),
    ),
}
_SESSIONS[Venue.SOR] = _SESSIONS[Venue.NXT]


class End(Enum):
    """How an order ends if nobody touches it."""

    SESSION = "at the end of its session"
    AT_ONCE = "at once"
    """IOC, FOK: what does not trade on arrival is cancelled."""
    NOT_THERE = "it is not at the market"
    UNKNOWN = "no hours are on file"


class Life(Struct, frozen=True):
    """``until`` is None where no moment can be named. ``at_krx``: a routed order that rests at KRX dies then already.
    ``becomes_market``: when a conditional limit order turns into a market order."""

    venue: Venue
    end: End
    until: datetime | None = None
    at_krx: datetime | None = None
    becomes_market: datetime | None = None


def life_of(order: Order, schedule: Schedule, now: datetime) -> Life:
    """The life of an open order as it stands now."""
    acting = [life for life in order.numbers if life.carries and not life.refused]
    if not acting and not order.unknown:
        return Life(order.venue, End.NOT_THERE)
    if order.tif in (TimeInForce.IOC, TimeInForce.FOK):
        return Life(order.venue, End.AT_ONCE)
    placed = acting[-1].accepted_at or order.made_at if acting else order.made_at
    try:
        day = acting[-1].number.trading_date if acting else schedule.status(order.venue, now).trading_date
        until = _end(schedule.windows(order.venue, day), order.venue, placed)
        krx = schedule.windows(Venue.KRX, day)
    except RuleUnknown:
        return Life(order.venue, End.UNKNOWN)
    if until is None:
        return Life(order.venue, End.UNKNOWN)
    split = _last(krx, _DAY_SESSION) if order.venue is Venue.SOR else None
    auction = next((w.start for w in krx if w.phase is Phase.CLOSING_AUCTION), None)
    turns = auction if order.type is OrderType.CONDITIONAL and auction is not None and now < auction else None
    return Life(order.venue, End.SESSION, until, split if split != until else None, turns)


def _end(windows: Sequence[Window], venue: Venue, placed: datetime) -> datetime | None:
    """The end of the session that ``placed`` belongs to; placed outside of all, the day's main session."""
    groups = _SESSIONS[venue]
    held = [w for w in windows if w.holds(placed) and not w.beside]
    own = next((group for w in held for group in groups if w.phase in group), None)
    if own is None:
        own = next((group for group in groups if Phase.REGULAR in group), frozenset())
    return _last(windows, own)


def _last(windows: Iterable[Window], phases: frozenset[Phase]) -> datetime | None:
    return max((w.end for w in windows if w.phase in phases), default=None)
