"""The market's and the broker's own rules about an order: session and type, ticks and limits, cash and shares.

What is unknown is never taken for good: it becomes a question. Sources: markets.md 1 (ticks, limits), 2.4 and 2.5
(sessions, types), 4.6 (cash).
"""

from __future__ import annotations

from hoga.domain.acceptance import SendRefusal, check_send
from hoga.domain.broker_orders import RequestKind
from hoga.domain.instruments import Instrument, Venue
from hoga.domain.known import Known, Unknown
from hoga.domain.limits import NO_LIMITS
from hoga.domain.orders import Order
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Side, Ticket, TimeInForce
from hoga.domain.ticks import NoValidPrice, price_grid
from hoga.domain.values import Price, Shares
from hoga.domain.verdict import PASSED, Verdict, ask, refuse
from hoga.trading.gate_facts import GateFacts, limits_today, needed_cash

MOST_SHARES = 9_999_999_999
"""Ten digits: what the brokers' quantity fields hold (kis.md 4.2.5)."""
_REFUSALS = {
    SendRefusal.CLOSED: "MARKET_CLOSED",
    SendRefusal.KIND_NEVER: "TYPE_NEVER",
    SendRefusal.KIND_NOT_NOW: "TYPE_NOT_NOW",
    SendRefusal.KIND_NOT_IN_VI: "TYPE_NOT_IN_VI",
    SendRefusal.PRODUCT_NOT_NOW: "PRODUCT_NOT_NOW",
}


def account_rule(facts: GateFacts) -> Verdict:
    return Verdict(reasons=(facts.locked,)) if facts.locked is not None else PASSED


def changeable(order: Order) -> Verdict:
    """Whether a reprice or reduce makes sense now. Cancels never ask this."""
    if order.state.over or not order.leaves:
        return refuse("NOTHING_LEFT")
    if any(request.kind is not RequestKind.NEW for request in order.asked):
        return refuse("ORDER_BUSY")
    if not order.heads:
        return refuse("NUMBER_NOT_KNOWN")
    return refuse("ORDER_SPLIT", numbers=len(order.heads)) if len(order.heads) > 1 else PASSED


def quantity_rule(quantity: Shares, facts: GateFacts) -> Verdict:
    if not quantity:
        return refuse("BAD_QUANTITY", quantity=quantity.count)
    if quantity.count > MOST_SHARES:
        return refuse("QUANTITY_TOO_BIG", quantity=quantity.count, most=MOST_SHARES)
    lot = facts.instrument.value.lot if isinstance(facts.instrument, Known) else 1
    return refuse("NOT_A_LOT", quantity=quantity.count, lot=lot) if quantity.count % lot else PASSED


def instrument_rule(venue: Venue, facts: GateFacts) -> Verdict:
    if isinstance(facts.instrument, Unknown):
        return refuse("UNKNOWN_INSTRUMENT") if facts.master_read else ask("INSTRUMENT_NOT_READ")
    instrument = facts.instrument.value
    flags = facts.quote.value.flags if isinstance(facts.quote, Known) else instrument.flags
    verdict = PASSED
    if flags.halted:
        verdict = verdict.plus(refuse("HALTED", name=instrument.name_ko, code=instrument.code))
    if venue is not Venue.SOR and venue not in instrument.venues:
        verdict = verdict.plus(refuse("NOT_AT_VENUE", venue=venue.value, code=instrument.code))
    return verdict


def kind_rule(type: OrderType, tif: TimeInForce, venue: Venue, facts: GateFacts) -> Verdict:
    """Type, time in force and venue: what this connection can say, and what the venue takes in this phase."""
    said = {"type": type.value, "tif": tif.value, "venue": venue.value}
    if (type, tif, venue) not in facts.capabilities.types:
        return refuse("TYPE_NOT_HERE", **said)
    if isinstance(facts.instrument, Unknown):
        return PASSED
    interrupted = isinstance(facts.quote, Known) and facts.quote.value.flags.volatility_interruption
    try:
        check = check_send(
            facts.schedule, venue, facts.now, (type, tif), facts.instrument.value.product, interrupted=interrupted
        )
    except RuleUnknown:
        return ask("HOURS_UNKNOWN", venue=venue.value)
    if check.refusal is None:
        return PASSED
    until = check.status.until.strftime("%m-%d %H:%M")
    said |= {"phase": check.status.phase.value, "until": until, "product": facts.instrument.value.product.value}
    return refuse(_REFUSALS[check.refusal], **said)


def price_rule(type: OrderType, limit: Price | None, facts: GateFacts) -> Verdict:
    """The grid with its two neighbours, the day's limits, and a price at all where one is needed."""
    if not type.carries_price:
        return refuse("PRICE_NOT_TAKEN", type=type.value) if limit is not None else _fresh(facts)
    if limit is None or limit.units == 0:
        return refuse("PRICE_NEEDED", type=type.value)
    if isinstance(facts.instrument, Unknown):
        return PASSED
    instrument = facts.instrument.value
    if limit.currency is not instrument.currency:
        return refuse("WRONG_CURRENCY", currency=limit.currency.code, wanted=instrument.currency.code)
    return _on_grid(limit, instrument, facts).plus(_within_limits(limit, facts))


def _on_grid(limit: Price, instrument: Instrument, facts: GateFacts) -> Verdict:
    try:
        day = facts.schedule.rules_day(facts.schedule.status(Venue.KRX, facts.now).trading_date)
        grid = price_grid(instrument, day)
        if grid.is_valid(limit):
            return PASSED
        below, above = grid.neighbours(limit)
    except (RuleUnknown, NoValidPrice):
        return ask("TICK_UNKNOWN", price=str(limit))
    return refuse("OFF_TICK", price=str(limit), below=str(below or above), above=str(above))


def _within_limits(limit: Price, facts: GateFacts) -> Verdict:
    limits = limits_today(facts)
    if limits is None:
        return ask("LIMITS_UNKNOWN", price=str(limit))
    if limits.upper is not None and limits.upper < limit:
        return refuse("ABOVE_LIMIT", price=str(limit), upper=str(limits.upper))
    if limits.lower is not None and limit < limits.lower:
        return refuse("BELOW_LIMIT", price=str(limit), lower=str(limits.lower))
    return PASSED


def _fresh(facts: GateFacts) -> Verdict:
    """An order that takes whatever the market offers needs to know what that is."""
    if facts.price_at is None:
        return ask("PRICE_UNKNOWN")
    age = (facts.now - facts.price_at).total_seconds()
    return ask("PRICE_STALE", seconds=int(age)) if age > facts.stale_after else PASSED


def cash_rule(ticket: Ticket, facts: GateFacts) -> Verdict:
    need = needed_cash(Side.BUY, ticket.type, ticket.limit, ticket.quantity, facts)
    if need is None or isinstance(facts.orderable, Unknown):
        return ask("CASH_UNKNOWN")
    have = facts.orderable.value
    if need <= have:
        return PASSED
    said = {"need": need.units, "have": max(have.units, 0), "short": need.units - max(have.units, 0)}
    upper = (limits_today(facts) or NO_LIMITS).upper
    if ticket.type.carries_price or upper is None:
        return refuse("CASH_SHORT", **said)
    return refuse("CASH_SHORT_AT_UPPER", **said, upper=str(upper))


def dearer(order: Order, limit: Price, facts: GateFacts) -> Verdict:
    held = needed_cash(Side.BUY, order.type, order.dearest_limit, order.leaves, facts)
    need = needed_cash(Side.BUY, OrderType.LIMIT, limit, order.leaves, facts)
    if need is None or held is None or isinstance(facts.orderable, Unknown):
        return ask("CASH_UNKNOWN")
    more, have = need - held, facts.orderable.value
    if more.units > 0 and have < more:
        return refuse("CASH_SHORT", need=more.units, have=max(have.units, 0), short=more.units - max(have.units, 0))
    return PASSED


def shares_rule(ticket: Ticket, facts: GateFacts) -> Verdict:
    if isinstance(facts.sellable, Unknown):
        return ask("SHARES_UNKNOWN")
    have = facts.sellable.value
    if ticket.quantity <= have:
        return PASSED
    if isinstance(facts.held, Known) and not facts.held.value:
        return refuse("SHARES_NONE")  # no open sell that could be cancelled
    return refuse("SHARES_SHORT", need=ticket.quantity.count, have=have.count)
