"""The ticket while it is being composed: pure values, and what they come to in today's market.

A draft becomes a ``Ticket`` once, when a person asks for it; from then on the ticket is what is shown, confirmed and
sent, whatever the market does.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.accounts import Account
from hoga.domain.costs import FeeModel
from hoga.domain.known import Unknown
from hoga.domain.positions import Portfolio
from hoga.domain.tickets import OrderType, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.ui.order.market import Follow, Market
from hoga.ui.order.numbers import Part, Plain, Typed, Won, whole
from hoga.ui.order.sizing import Most, Sized, by_amount, most_of, part_of


class Unit(Enum):
    """What a bare number in the quantity field counts."""

    SHARES = "shares"
    WON = "won"
    PERCENT = "percent"


class Draft(Struct, frozen=True):
    """``price`` is what stands in the field; with ``follow`` it moves with the market until somebody touches it."""

    side: Side = Side.BUY
    type: OrderType = OrderType.LIMIT
    tif: TimeInForce = TimeInForce.DAY
    price: Price | None = None
    follow: Follow | None = Follow.LAST
    size: Typed | None = None
    unit: Unit = Unit.SHARES

    def on_side(self, side: Side) -> Draft:
        return replace(self, side=side)

    def priced(self, price: Price | None) -> Draft:
        """A touched price is pinned."""
        return replace(self, price=price, follow=None)

    @property
    def limit(self) -> Price | None:
        return self.price if self.type.carries_price else None


class Quantity(Struct, frozen=True):
    """What the quantity field comes to. ``shares`` is None while it cannot be told, and ``why`` says so."""

    shares: Shares | None
    most: Most
    sized: Sized | None = None
    why: Message | None = None


def quantity_of(draft: Draft, market: Market, portfolio: Portfolio, fees: FeeModel | None) -> Quantity:
    most = most_of(draft.side, draft.type, draft.limit, market, portfolio, fees)
    size = _meant(draft)
    if size is None:
        return Quantity(None, most, why=Message("QUANTITY_MISSING"))
    if isinstance(size, Plain):
        count = whole(size.value)
        if count is None:
            return Quantity(None, most, why=Message("QUANTITY_NOT_WHOLE"))
        return Quantity(Shares(count), most)
    if isinstance(size, Part):
        if isinstance(most, Unknown):
            return Quantity(None, most, why=most.why)
        return Quantity(part_of(most.most, size.percent, market.instrument.lot), most)
    return _for_amount(size, draft, market, fees, most)


def _for_amount(size: Won, draft: Draft, market: Market, fees: FeeModel | None, most: Most) -> Quantity:
    unit = draft.limit or market.best(draft.side) or market.last
    if draft.side is Side.BUY and not draft.type.carries_price:
        unit = market.limits.upper or unit
    units = whole(size.value * Decimal(10) ** market.instrument.currency.scale)
    if unit is None or not unit.units or fees is None or units is None:
        return Quantity(None, most, why=Message("PRICE_NEEDED"))
    sized = by_amount(Money(units, market.instrument.currency), unit, fees, draft.side, market.instrument.lot)
    return Quantity(sized.shares, most, sized)


def _meant(draft: Draft) -> Typed | None:
    """The field's number, read in the field's unit unless it says its own."""
    size = draft.size
    if not isinstance(size, Plain) or draft.unit is Unit.SHARES:
        return size
    if draft.unit is Unit.WON:
        return Won(size.value)
    return Part(size.value) if size.value <= 100 else None


def ticket_of(draft: Draft, shares: Shares | None, market: Market, account: Account, id: TicketId) -> Ticket | None:
    """The ticket that the draft amounts to; None while its quantity is not known."""
    if shares is None:
        return None
    return Ticket(
        id=id,
        account=account,
        instrument=market.instrument.id,
        side=draft.side,
        type=draft.type,
        quantity=shares,
        limit=draft.limit,
        tif=draft.tif,
    )
