"""The limits of risk that a person sets for one connection: what is asked about first, and what is refused.

Whole won, whole percent, whole counts; None switches a limit off. The defaults suit an account of some tens of millions
of won; a larger one is set by its owner. They hold for orders by hand and by a plan alike. Source of the kinds: the
guide's rows J1, J2, J5, J6 and J8; FSS 2007 asks for steps that warn, approve and block.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.instrument_lists import Listed, lets_more_pass


class OwnCross(Enum):
    """What becomes of an order that would trade with one's own working order."""

    OFF = "off"
    ASK = "ask"
    REFUSE = "refuse"


class RiskLimits(Struct, frozen=True):
    """Raises ValueError for a limit below 1, or a pair that asks only where it refuses already (see ``problem_of``)."""

    order_ask: int | None = 30_000_000
    """Won of one order: more is asked about."""
    order_typed: int | None = 100_000_000
    """Won of one order: from here on its amount is typed before it goes."""
    order_refuse: int | None = 300_000_000
    """Won of one order: more is refused."""
    position_ask_percent: int | None = 50
    """Percent of the account in one instrument, what is ordered and works included: more is asked about."""
    position_refuse: int | None = 1_000_000_000
    """Won in one instrument, what is ordered and works included: more is refused."""
    day_loss: int | None = None
    """Won lost since yesterday's close: from here on only reducing orders pass; asked about from 70 % of it."""
    day_loss_percent: int | None = 5
    """The same as percent of what the account was worth when the day began; whichever is reached first."""
    distance_ask_percent: int | None = 3
    """Percent from the last price (for one that would trade at once: from the best opposite one): asked about."""
    distance_refuse_percent: int | None = 20
    """The same: further is refused, even inside the day's limits."""
    deep_ask_percent: int | None = 2
    """Percent beyond the best opposite price that the order would trade to, by the book: asked about."""
    volume_percent: int | None = 1
    """Percent of the average daily volume: more is asked about."""
    orders_ask: int | None = 30
    """New orders and reprices within a minute: with more, each is asked about."""
    orders_refuse: int | None = 60
    """The same: more are refused."""
    open_ask: int | None = 100
    """Orders of the account that are open: with more, each new one is asked about."""
    open_refuse: int | None = 300
    """The same: more are refused."""
    cancels_tell: int | None = 60
    """Cancels within a minute: with more, it is told. Nothing holds back a cancel."""
    own_cross: OwnCross = OwnCross.REFUSE
    slips: bool = True
    """Whether the ticket is also read the other way, against slips of the hand."""
    blocked: Listed = ()
    """Instruments that are not bought."""
    allowed: Listed = ()
    """Where there are any, no others are bought."""

    def __post_init__(self) -> None:
        problem = problem_of({name: getattr(self, name) for name in self.__struct_fields__})
        if problem is not None:
            raise ValueError(str(problem))

    @property
    def day_loss_judged(self) -> bool:
        return self.day_loss is not None or self.day_loss_percent is not None


_PAIRS = (
    ("order_ask", "order_refuse"),
    ("order_typed", "order_refuse"),
    ("distance_ask_percent", "distance_refuse_percent"),
    ("orders_ask", "orders_refuse"),
    ("open_ask", "open_refuse"),
)
"""Asking above what is refused already would never happen."""

MOST: Mapping[str, int] = MappingProxyType(
    {
        "position_ask_percent": 100,
        "day_loss_percent": 100,
        "distance_ask_percent": 100,
        "distance_refuse_percent": 100,
        "deep_ask_percent": 100,
        "volume_percent": 100,
        "orders_ask": 10_000,
        "orders_refuse": 10_000,
        "open_ask": 10_000,
        "open_refuse": 10_000,
        "cancels_tell": 10_000,
    }
)
"""More than this is no limit; switch it off instead. Won go to a thousand trillion."""
_MOST_WON = 10**15


def problem_of(values: Mapping[str, object]) -> Message | None:
    """Why these values are no limits; None when they are."""
    for name, value in values.items():
        if isinstance(value, int) and not isinstance(value, bool):
            most = MOST.get(name, _MOST_WON)
            if not 1 <= value <= most:
                return Message("LIMIT_OUT_OF_RANGE", {"limit": name, "least": 1, "most": most})
    for lower, upper in _PAIRS:
        asks, refuses = values.get(lower), values.get(upper)
        if isinstance(asks, int) and isinstance(refuses, int) and asks > refuses:
            return Message("LIMIT_ASKS_TOO_LATE", {"limit": lower, "other": upper, "refuses": refuses})
    return None


DEFAULT_LIMITS = RiskLimits()
LISTS = ("blocked", "allowed")
"""Those that are lists of instruments."""
_OFF: dict[str, Any] = dict.fromkeys(
    name for name in RiskLimits.__struct_fields__ if name not in (*LISTS, "own_cross", "slips")
)
NO_RISK_LIMITS = RiskLimits(**_OFF, own_cross=OwnCross.OFF, slips=False)
"""Everything off: session, type, tick, daily limits, cash and shares are judged all the same."""

_STRICTNESS = {OwnCross.OFF: 0, OwnCross.ASK: 1, OwnCross.REFUSE: 2}


class LimitChange(Struct, frozen=True):
    """One limit that is another now."""

    name: str
    before: object
    after: object

    @property
    def loosens(self) -> bool:
        """Whether more passes than before: that is confirmed by the person first."""
        if isinstance(self.before, tuple) and isinstance(self.after, tuple):
            return lets_more_pass(self.name, self.before, self.after)
        if isinstance(self.before, OwnCross) and isinstance(self.after, OwnCross):
            return _STRICTNESS[self.after] < _STRICTNESS[self.before]
        if isinstance(self.before, bool) or isinstance(self.after, bool):
            return self.before is True and self.after is False
        if not isinstance(self.after, int):
            return self.before is not None
        return isinstance(self.before, int) and self.after > self.before


def changes(before: RiskLimits, after: RiskLimits) -> tuple[LimitChange, ...]:
    """What is another, in the order in which limits are listed."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in RiskLimits.__struct_fields__)
    return tuple(LimitChange(name, one, other) for name, one, other in pairs if one != other)
