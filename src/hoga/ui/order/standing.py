"""How a draft stands right now: the ticket it amounts to, what sending it would mean, and why it cannot go yet."""

from __future__ import annotations

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.acceptance import SendRefusal, check_send
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Venue
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Ticket, TicketId, TimeInForce
from hoga.trading.facade import Desk
from hoga.trading.views import Preview
from hoga.ui.order.cautions import cautions_of
from hoga.ui.order.draft import Draft, Quantity, Unit, quantity_of, ticket_of
from hoga.ui.order.market import Freshness, Market
from hoga.ui.order.numbers import Plain
from hoga.ui.order.sizing import fees_of


class Standing(Struct, frozen=True):
    """``blocks`` say why it cannot be sent now (empty: it can); ``waits``: it goes on by itself once prices flow."""

    draft: Draft
    market: Market | None
    fees: FeeModel | None = None
    quantity: Quantity | None = None
    ticket: Ticket | None = None
    preview: Preview | None = None
    blocks: tuple[Message, ...] = ()
    cautions: tuple[Message, ...] = ()
    waits: bool = False


def standing_of(desk: Desk, market: Market | None, draft: Draft, id: TicketId) -> Standing:
    if market is None:
        return Standing(draft, None, blocks=(Message("MASTER_NOT_READ"),), waits=True)
    fees = fees_of(desk.account, market.instrument)
    quantity = quantity_of(draft, market, desk.portfolio(), fees)
    waiting = _waiting(draft, market)
    missing = _missing(draft, quantity)
    ticket = ticket_of(draft, quantity.shares, market, desk.account, id)
    if missing or ticket is None:
        return Standing(draft, market, fees, quantity, None, None, waiting + missing, (), bool(waiting))
    preview = desk.preview(ticket)
    cautions = cautions_of(ticket, market, preview, desk)
    return Standing(draft, market, fees, quantity, ticket, preview, waiting + preview.reasons, cautions, bool(waiting))


def types_here(desk: Desk, market: Market) -> dict[tuple[OrderType, TimeInForce], Message | None]:
    """Every kind of order, and why it cannot be used here and now (None: it can)."""
    return {(type, tif): _not_here(desk, market, type, tif) for type in OrderType for tif in TimeInForce}


def _not_here(desk: Desk, market: Market, type: OrderType, tif: TimeInForce) -> Message | None:
    if (type, tif, Venue.KRX) not in desk.capabilities.types:
        return Message("KIND_NOT_HERE")
    quote = market.quote
    try:
        check = check_send(
            desk.schedule, Venue.KRX, desk.clock.now(), (type, tif), market.instrument.product,
            interrupted=quote is not None and quote.flags.volatility_interruption,
        )  # fmt: skip
    except RuleUnknown:
        return None  # the gate asks about hours that are not on file
    if check.refusal is None:
        return None
    if check.refusal is SendRefusal.KIND_NOT_IN_VI:
        return Message("TYPE_NOT_IN_VI", {"type": type.value, "tif": tif.value})
    return Message("KIND_NOT_NOW", {"phase": check.status.phase.value, "until": f"{check.status.until:%H:%M}"})


def _waiting(draft: Draft, market: Market) -> tuple[Message, ...]:
    """A ticket that leans on a live price waits while there is none."""
    leans = not draft.type.carries_price or draft.follow is not None
    if not leans:
        return ()
    if market.freshness is Freshness.NONE:
        return (Message("WAITS_FOR_FIRST_PRICE"),)
    if market.freshness is Freshness.STALE:
        return (Message("WAITS_FOR_FRESH_PRICE", {"seconds": int(market.age or 0)}),)
    if draft.follow is not None and draft.type.carries_price and market.followed(draft.follow, draft.side) is None:
        return (Message("WAITS_FOR_BOOK"),)
    return ()


def _missing(draft: Draft, quantity: Quantity) -> tuple[Message, ...]:
    found = []
    if draft.type.carries_price and draft.price is None:
        found.append(Message("PRICE_MISSING"))
    if quantity.why is not None:
        found.append(quantity.why)
    elif quantity.shares is not None and not quantity.shares:
        counted = isinstance(draft.size, Plain) and draft.unit is Unit.SHARES
        found.append(Message("BAD_QUANTITY", {"quantity": 0}) if counted else Message("ZERO_SHARES"))
    return tuple(found)
