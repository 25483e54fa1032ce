"""The risk gate: pure rules over what is known now. It refuses with reasons and numbers, or asks; it never sends.

All rules speak at once, so that a person sees everything that is wrong with a ticket. What is unknown is never taken
for good: it becomes a question. Sources: markets.md 1 (ticks, limits), 2.4 and 2.5 (sessions, types), 4.6 (cash).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoga.base.message import Message
from hoga.broker.port import Capabilities
from hoga.domain.acceptance import SendRefusal, check_send
from hoga.domain.accounts import Account
from hoga.domain.broker_orders import RequestKind
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Instrument, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.limits import NO_LIMITS, DailyLimits, daily_limits
from hoga.domain.market_data import Quote
from hoga.domain.orders import Order
from hoga.domain.reservation import NoUnitPrice, reserve, unit_price
from hoga.domain.sessions import Schedule
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Hand, OrderType, Side, Ticket, TimeInForce
from hoga.domain.ticks import NoValidPrice, price_grid
from hoga.domain.values import Money, Price, Shares

MOST_SHARES = 9_999_999_999
"""Ten digits: what the brokers' quantity fields hold (kis.md 4.2.5)."""


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the gate looks at, put together at one moment.

    ``sellable`` and ``orderable`` already count our own working, queued and unresolved orders. ``locked`` says why the
    account takes no orders now; ``price_at`` when the newest price came; ``twin``: an order of the same fingerprint is
    unresolved; ``stopped``: the stop switch is pressed.
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """Accept when both are empty; refuse when there are ``reasons``; else ask the ``questions``."""

    reasons: tuple[Message, ...] = ()
    questions: tuple[Message, ...] = ()

    @property
    def accepted(self) -> bool:
        return not self.reasons and not self.questions

    def plus(self, other: Verdict) -> Verdict:
        return Verdict(self.reasons + other.reasons, self.questions + other.questions)


PASSED = Verdict()
_REFUSALS = {
    SendRefusal.CLOSED: "MARKET_CLOSED",
    SendRefusal.KIND_NEVER: "TYPE_NEVER",
    SendRefusal.KIND_NOT_NOW: "TYPE_NOT_NOW",
    SendRefusal.PRODUCT_NOT_NOW: "PRODUCT_NOT_NOW",
}


def _refuse(code: str, /, **values: object) -> Verdict:
    return Verdict(reasons=(Message(code, values),))


def _ask(code: str, /, **values: object) -> Verdict:
    return Verdict(questions=(Message(code, values),))


def judge_ticket(ticket: Ticket, facts: GateFacts) -> Verdict:
    """The verdict on a new order."""
    if ticket.account != facts.account:
        return _refuse("WRONG_ACCOUNT", ticket=ticket.account.label, here=facts.account.label)
    verdict = _account(facts).plus(_quantity(ticket.quantity, facts))
    verdict = verdict.plus(_instrument(ticket.venue, facts))
    verdict = verdict.plus(_kind(ticket.type, ticket.tif, ticket.venue, facts))
    verdict = verdict.plus(_price(ticket.type, ticket.limit, facts))
    if not verdict.reasons:
        rule = _cash if ticket.side is Side.BUY else _shares
        verdict = verdict.plus(rule(ticket, facts))
    if facts.stopped and not isinstance(ticket.origin, Hand):
        verdict = verdict.plus(_refuse("STOPPED"))
    if facts.twin:
        verdict = verdict.plus(_ask("TWIN_UNSETTLED", quantity=ticket.quantity.count))
    return verdict


def judge_reprice(order: Order, limit: Price, facts: GateFacts) -> Verdict:
    """The verdict on moving the whole remainder of an order to another price."""
    verdict = _account(facts).plus(_changeable(order))
    if order.type is OrderType.MARKET:
        verdict = verdict.plus(_refuse("PRICE_NOT_TAKEN", type=order.type.value))
    elif limit == order.current_limit:
        verdict = verdict.plus(_refuse("SAME_PRICE", price=str(limit)))
    verdict = verdict.plus(_kind(OrderType.LIMIT, TimeInForce.DAY, order.venue, facts))
    verdict = verdict.plus(_price(OrderType.LIMIT, limit, facts))
    if order.side is Side.BUY and not verdict.reasons:
        verdict = verdict.plus(_dearer(order, limit, facts))
    return verdict


def judge_reduce(order: Order, by: Shares) -> Verdict:
    """The verdict on taking shares off an order. It only reduces, so no limit of risk stands in its way."""
    if not by:
        return _refuse("BAD_QUANTITY", quantity=by.count)
    verdict = _changeable(order)
    if not verdict.reasons and by >= order.leaves:
        return _refuse("REDUCE_TOO_MUCH", by=by.count, leaves=order.leaves.count)
    return verdict


# --- rules ----------------------------------------------------------------------------------------------------------


def _account(facts: GateFacts) -> Verdict:
    return Verdict(reasons=(facts.locked,)) if facts.locked is not None else PASSED


def _changeable(order: Order) -> Verdict:
    """Whether a reprice or reduce makes sense now. Cancels never ask this."""
    if order.state.over or not order.leaves:
        return _refuse("NOTHING_LEFT")
    if any(request.kind is not RequestKind.NEW for request in order.asked):
        return _refuse("ORDER_BUSY")
    if not order.heads:
        return _refuse("NUMBER_NOT_KNOWN")
    return _refuse("ORDER_SPLIT", numbers=len(order.heads)) if len(order.heads) > 1 else PASSED


def _quantity(quantity: Shares, facts: GateFacts) -> Verdict:
    if not quantity:
        return _refuse("BAD_QUANTITY", quantity=quantity.count)
    if quantity.count > MOST_SHARES:
        return _refuse("QUANTITY_TOO_BIG", quantity=quantity.count, most=MOST_SHARES)
    lot = facts.instrument.value.lot if isinstance(facts.instrument, Known) else 1
    return _refuse("NOT_A_LOT", quantity=quantity.count, lot=lot) if quantity.count % lot else PASSED


def _instrument(venue: Venue, facts: GateFacts) -> Verdict:
    if isinstance(facts.instrument, Unknown):
        return _refuse("UNKNOWN_INSTRUMENT") if facts.master_read else _ask("INSTRUMENT_NOT_READ")
    instrument = facts.instrument.value
    flags = facts.quote.value.flags if isinstance(facts.quote, Known) else instrument.flags
    verdict = PASSED
    if flags.halted:
        verdict = verdict.plus(_refuse("HALTED", name=instrument.name_ko, code=instrument.code))
    if venue is not Venue.SOR and venue not in instrument.venues:
        verdict = verdict.plus(_refuse("NOT_AT_VENUE", venue=venue.value, code=instrument.code))
    return verdict


def _kind(type: OrderType, tif: TimeInForce, venue: Venue, facts: GateFacts) -> Verdict:
    """Type, time in force and venue: what this connection can say, and what the venue takes in this phase."""
    said = {"type": type.value, "tif": tif.value, "venue": venue.value}
    if (type, tif, venue) not in facts.capabilities.types:
        return _refuse("TYPE_NOT_HERE", **said)
    if isinstance(facts.instrument, Unknown):
        return PASSED
    interrupted = isinstance(facts.quote, Known) and facts.quote.value.flags.volatility_interruption
    try:
        check = check_send(
            facts.schedule, venue, facts.now, (type, tif), facts.instrument.value.product, interrupted=interrupted
        )
    except RuleUnknown:
        return _ask("HOURS_UNKNOWN", venue=venue.value)
    if check.refusal is None:
        return PASSED
    until = check.status.until.strftime("%m-%d %H:%M")
    said |= {"phase": check.status.phase.value, "until": until, "product": facts.instrument.value.product.value}
    return _refuse(_REFUSALS[check.refusal], **said)


def _price(type: OrderType, limit: Price | None, facts: GateFacts) -> Verdict:
    """The grid with its two neighbours, the day's limits, and a price at all where one is needed."""
    if not type.carries_price:
        return _refuse("PRICE_NOT_TAKEN", type=type.value) if limit is not None else _fresh(facts)
    if limit is None or limit.units == 0:
        return _refuse("PRICE_NEEDED", type=type.value)
    if isinstance(facts.instrument, Unknown):
        return PASSED
    instrument = facts.instrument.value
    if limit.currency is not instrument.currency:
        return _refuse("WRONG_CURRENCY", currency=limit.currency.code, wanted=instrument.currency.code)
    return _on_grid(limit, instrument, facts).plus(_within_limits(limit, facts))


def _on_grid(limit: Price, instrument: Instrument, facts: GateFacts) -> Verdict:
    try:
        day = facts.schedule.rules_day(facts.schedule.status(Venue.KRX, facts.now).trading_date)
        grid = price_grid(instrument, day)
        if grid.is_valid(limit):
            return PASSED
        below, above = grid.neighbours(limit)
    except (RuleUnknown, NoValidPrice):
        return _ask("TICK_UNKNOWN", price=str(limit))
    return _refuse("OFF_TICK", price=str(limit), below=str(below or above), above=str(above))


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


def _within_limits(limit: Price, facts: GateFacts) -> Verdict:
    limits = limits_today(facts)
    if limits is None:
        return _ask("LIMITS_UNKNOWN", price=str(limit))
    if limits.upper is not None and limits.upper < limit:
        return _refuse("ABOVE_LIMIT", price=str(limit), upper=str(limits.upper))
    if limits.lower is not None and limit < limits.lower:
        return _refuse("BELOW_LIMIT", price=str(limit), lower=str(limits.lower))
    return PASSED


def _fresh(facts: GateFacts) -> Verdict:
    """An order that takes whatever the market offers needs to know what that is."""
    if facts.price_at is None:
        return _ask("PRICE_UNKNOWN")
    age = (facts.now - facts.price_at).total_seconds()
    return _ask("PRICE_STALE", seconds=int(age)) if age > facts.stale_after else PASSED


def needed_cash(side: Side, type: OrderType, limit: Price | None, quantity: Shares, facts: GateFacts) -> Money | None:
    """What a buy holds back; None for sells and while the price to reckon with is unknown."""
    if side is Side.SELL:
        return None
    limits = limits_today(facts) or NO_LIMITS
    try:
        return reserve(quantity, unit_price(type, limit, limits.upper), facts.fees)
    except NoUnitPrice:
        return None


def _cash(ticket: Ticket, facts: GateFacts) -> Verdict:
    need = needed_cash(Side.BUY, ticket.type, ticket.limit, ticket.quantity, facts)
    if need is None or isinstance(facts.orderable, Unknown):
        return _ask("CASH_UNKNOWN")
    have = facts.orderable.value
    if have < need:
        return _refuse("CASH_SHORT", need=need.units, have=max(have.units, 0), short=need.units - max(have.units, 0))
    return PASSED


def _dearer(order: Order, limit: Price, facts: GateFacts) -> Verdict:
    held = needed_cash(Side.BUY, order.type, order.dearest_limit, order.leaves, facts)
    need = needed_cash(Side.BUY, OrderType.LIMIT, limit, order.leaves, facts)
    if need is None or held is None or isinstance(facts.orderable, Unknown):
        return _ask("CASH_UNKNOWN")
    more, have = need - held, facts.orderable.value
    if more.units > 0 and have < more:
        return _refuse("CASH_SHORT", need=more.units, have=max(have.units, 0), short=more.units - max(have.units, 0))
    return PASSED


def _shares(ticket: Ticket, facts: GateFacts) -> Verdict:
    if isinstance(facts.sellable, Unknown):
        return _ask("SHARES_UNKNOWN")
    have = facts.sellable.value
    if ticket.quantity <= have:
        return PASSED
    return _refuse("SHARES_SHORT", need=ticket.quantity.count, have=have.count)
