"""Rules about an order's price against the market as it stands: too far, too deep into the book, into one's own order.

Guide rows J6 and J8. These hold for reducing orders too: a sell at a slip's price is as lost as a buy.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hoga.domain.book_walk import walk
from hoga.domain.market_data import Book
from hoga.domain.orders import Order
from hoga.domain.risk_limits import OwnCross, RiskLimits
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Price, Shares
from hoga.domain.verdict import PASSED, Verdict, all_of, ask, percent_text, refuse


class Terms(Struct, frozen=True):
    """At what an order would trade. ``limit`` is None where the market sets the price."""

    side: Side
    type: OrderType
    limit: Price | None
    quantity: Shares


class Prices(Struct, frozen=True):
    """The market as far as it is known. A crossed book (an auction) tells nothing about what would trade now."""

    last: Price | None
    book: Book | None

    @property
    def open_book(self) -> Book | None:
        book = self.book
        if book is None or (book.asks and book.bids and book.bids[0].price_units >= book.asks[0].price_units):
            return None
        return book

    def opposite(self, side: Side) -> Price | None:
        book = self.open_book
        return None if book is None else book.best_ask if side is Side.BUY else book.best_bid


def judge_price(terms: Terms, prices: Prices, working: Iterable[Order], limits: RiskLimits) -> Verdict:
    """``working``: this account's open orders in the instrument, the judged one not among them."""
    return all_of((distance(terms, prices, limits), depth(terms, prices, limits), own(terms, prices, working, limits)))


def distance(terms: Terms, prices: Prices, limits: RiskLimits) -> Verdict:
    """How far a limit lies from the market: towards the other side from its best price, else from the last."""
    if terms.limit is None or not terms.type.carries_price or prices.last is None:
        return PASSED
    ahead = (terms.limit.units - prices.last.units) * terms.side.sign > 0
    reference = (prices.opposite(terms.side) if ahead else None) or prices.last
    off = (terms.limit.units - reference.units) * (terms.side.sign if ahead else -terms.side.sign)
    if off <= 0 or not reference.units:
        return PASSED
    above = terms.limit.units > reference.units
    said = {
        "price": str(terms.limit), "reference": str(reference), "percent": percent_text(off, reference.units),
        "way": "above" if above else "below",
    }  # fmt: skip
    for most, deal, code in (
        (limits.distance_refuse_percent, refuse, "TOO_FAR_FROM_MARKET"),
        (limits.distance_ask_percent, ask, "FAR_FROM_MARKET"),
    ):
        if most is not None and off * 100 > most * reference.units:
            return deal(code, **said, most=most)
    return PASSED


def depth(terms: Terms, prices: Prices, limits: RiskLimits) -> Verdict:
    """How deep into the book it would trade at once, and whether the levels shown hold it at all."""
    book = prices.open_book
    if limits.deep_ask_percent is None or book is None or not terms.quantity:
        return PASSED
    best = prices.opposite(terms.side)
    outcome = walk(book, terms.side, terms.type, terms.limit, terms.quantity.count)
    verdict = ask("BEYOND_THE_LEVELS", rest=outcome.rest) if outcome.beyond else PASSED
    if best is None or outcome.worst is None or not best.units:
        return verdict
    off = abs(outcome.worst.units - best.units)
    if off * 100 > limits.deep_ask_percent * best.units:
        share = percent_text(off, best.units)
        said = {"worst": str(outcome.worst), "best": str(best), "percent": share, "most": limits.deep_ask_percent}
        verdict = verdict.plus(ask("CROSSES_DEEP", **said))
    return verdict


def own(terms: Terms, prices: Prices, working: Iterable[Order], limits: RiskLimits) -> Verdict:
    """Whether it would trade with an order of one's own on the other side."""
    if limits.own_cross is OwnCross.OFF or not terms.quantity:
        return PASSED
    met = [
        order
        for order in working
        if order.side is terms.side.opposite and order.leaves and _meets(terms, prices, order)
    ]
    if not met:
        return PASSED
    first = met[0]
    limit = nearest_limit(first)
    deal = refuse if limits.own_cross is OwnCross.REFUSE else ask
    price = str(limit) if limit is not None else first.type.value
    said = {"side": first.side.value, "price": price, "quantity": first.leaves.count, "orders": len(met)}
    return deal("CROSSES_OWN" if limits.own_cross is OwnCross.REFUSE else "CROSSES_OWN_ASKED", **said)


def nearest_limit(order: Order) -> Price | None:
    """The price nearest to the other side at which what is left may trade, reprices on their way included; None where
    the market sets it."""
    if not order.type.carries_price:
        return None
    limits = [request.limit for request in order.asked if request.limit is not None]
    if order.current_limit is not None:
        limits.append(order.current_limit)
    if not limits:
        return None
    return max(limits) if order.side is Side.BUY else min(limits)


def _meets(terms: Terms, prices: Prices, other: Order) -> bool:
    mine, theirs = _reach(terms, prices), nearest_limit(other)
    if terms.type is OrderType.PRIORITY:
        return False  # it joins its own side's queue
    if mine is None or theirs is None:
        return True  # no price holds one of them back
    return mine >= theirs if terms.side is Side.BUY else mine <= theirs


def _reach(terms: Terms, prices: Prices) -> Price | None:
    """The worst price it may trade at now; None: as far as there is anything."""
    if terms.type.carries_price:
        return terms.limit
    book = prices.open_book
    if book is None:
        return None
    outcome = walk(book, terms.side, terms.type, None, terms.quantity.count)
    return None if outcome.beyond else outcome.worst
