"""The market as a child order needs it: fresh prices, halts, and the price that the plan's style makes of them.

Never outside the collar: a buy at the leg's worst price at the dearest, a sell at its worst at the cheapest.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.market_data import Book, Quote
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.plans.inputs import Asset, Inputs, Style
from hoga.plans.plan import Leg
from hoga.plans.prices import prices_of, side_plan
from hoga.trading.facade import Desk

T = TypeVar("T")


class Fresh(Struct, frozen=True):
    """What the market offers now, and what of it speaks against trading (None: nothing)."""

    asset: Asset
    held_by: Message | None


async def fresh(desk: Desk, inputs: Inputs, code: str, stale_s: int) -> Fresh:
    """Read quote and book, unless they have just come. Raises BrokerError."""
    instrument = InstrumentId(code)
    quote = _young(desk, desk.board.quote(instrument), stale_s)
    quote = quote if quote is not None else await desk.quote(instrument)
    book = _young(desk, desk.board.book(instrument), stale_s)
    book = book if book is not None else await desk.book(instrument)
    return Fresh(as_asset(inputs.by_code[code], quote, book), held_by(quote))


def _young(desk: Desk, value: Maybe[T], stale_s: int) -> T | None:
    if isinstance(value, Known) and desk.clock.now() - value.at < timedelta(seconds=stale_s):
        return value.value
    return None


def held_by(quote: Quote) -> Message | None:
    """Why an instrument cannot be traded at this moment."""
    if quote.flags.halted:
        return Message("PLAN_LEG_HALTED", {"code": quote.instrument.code})
    if quote.flags.volatility_interruption:
        return Message("PLAN_LEG_INTERRUPTED", {"code": quote.instrument.code})
    return None


def as_asset(known: Asset, quote: Quote, book: Book) -> Asset:
    """The asset of the inputs with the prices of now."""
    return msgspec.structs.replace(
        known,
        price=quote.last.units,
        bid=book.best_bid.units if book.best_bid is not None else None,
        ask=book.best_ask.units if book.best_ask is not None else None,
        upper_limit=quote.upper_limit.units if quote.upper_limit is not None else known.upper_limit,
        lower_limit=quote.lower_limit.units if quote.lower_limit is not None else known.lower_limit,
    )


def child_price(inputs: Inputs, asset: Asset, leg: Leg) -> Price | None:
    """The limit of a child order now; None for market orders. Raises RuleUnknown."""
    if side_plan(inputs, leg.side).style is Style.MARKET:
        return None
    expected = prices_of(inputs, asset, leg.side).expected
    return Price(min(expected, leg.worst) if leg.side is Side.BUY else max(expected, leg.worst))


def beyond_collar(asset: Asset, leg: Leg) -> bool:
    """Whether the market has run so far that an order at the worst price would not trade now."""
    if leg.side is Side.BUY:
        return (asset.ask or asset.price) > leg.worst
    return (asset.bid or asset.price) < leg.worst


def twice_mid(asset: Asset) -> tuple[int, bool]:
    """Twice the mid price, and whether there was a two-sided book; without one twice the last price."""
    if asset.bid is not None and asset.ask is not None:
        return asset.bid + asset.ask, True
    return 2 * asset.price, False
