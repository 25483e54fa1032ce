"""What makes a person look twice (ux.md 3.4, level 2 and 3): our own cautions beside the gate's questions."""

from __future__ import annotations

from enum import IntEnum

from hoga.base.message import Message
from hoga.domain.instruments import Venue
from hoga.domain.known import Known
from hoga.domain.risk_limits import RiskLimits
from hoga.domain.sessions import Phase
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Ticket
from hoga.domain.values import Currency, Money
from hoga.trading.facade import Desk
from hoga.trading.views import Preview
from hoga.ui.order.market import Freshness, Market

BIG_AT_MARKET = Money(5_000_000)
"""A market order of more than this."""
TYPED = frozenset({"SLIP_TEN_TIMES", "SLIP_EXTRA_ZERO"})
"""Questions after which the amount is typed, in 만 (level 3): ten times the person's habit."""


class Level(IntEnum):
    """How an order is confirmed."""

    AT_ONCE = 0
    SLIP = 1
    DIALOG = 2
    TYPED = 3


def level_of(base: int, preview: Preview, cautions: tuple[Message, ...], limits: RiskLimits) -> Level:
    """``base`` is the account's: 0 sends at once (Practice, one-click), else a slip, and more where there is reason.

    The gate's own questions are asked by ``submit`` in any case; at level 0 nothing is asked before that.
    """
    if base <= 0:
        return Level.AT_ONCE
    if isinstance(preview.amount, Known) and is_very_large(preview.amount.value, limits):
        return Level.TYPED
    if asks_to_type(preview.questions):
        return Level.TYPED
    return Level.DIALOG if preview.questions or cautions else Level.SLIP


def cautions_of(ticket: Ticket, market: Market, preview: Preview, desk: Desk) -> tuple[Message, ...]:
    found = [
        _big(ticket, preview),
        _new(ticket, desk),
        _after_hours(ticket.venue, desk),
        _old(market),
    ]
    return tuple(message for message in found if message is not None)


def _big(ticket: Ticket, preview: Preview) -> Message | None:
    if ticket.type is not OrderType.MARKET or not isinstance(preview.amount, Known):
        return None
    amount = preview.amount.value
    if amount.currency is not Currency.KRW or amount <= BIG_AT_MARKET:
        return None
    return Message("BIG_AT_MARKET", {"amount": amount.units, "most": BIG_AT_MARKET.units})


def _new(ticket: Ticket, desk: Desk) -> Message | None:
    if desk.portfolio().holding(ticket.instrument) is not None:
        return None
    if any(order.instrument == ticket.instrument for order in desk.orders()):
        return None
    return Message("NEW_INSTRUMENT")


def _after_hours(venue: Venue, desk: Desk) -> Message | None:
    try:
        status = desk.schedule.status(venue, desk.clock.now())
    except RuleUnknown:
        return None  # the gate asks HOURS_UNKNOWN
    return None if status.phase is Phase.REGULAR else Message("AFTER_HOURS", {"phase": status.phase.value})


def _old(market: Market) -> Message | None:
    if market.freshness is Freshness.LIVE:
        return None
    return Message("PRICES_SILENT", {"seconds": int(market.age or 0)})


def is_very_large(amount: Money, limits: RiskLimits) -> bool:
    """Whether the amount is typed before it goes, by the connection's limits."""
    return amount.currency is Currency.KRW and limits.order_typed is not None and amount.units >= limits.order_typed


def asks_to_type(questions: tuple[Message, ...]) -> bool:
    return any(question.code in TYPED for question in questions)
