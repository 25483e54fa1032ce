"""The risk gate: pure rules over what is known now. It refuses with reasons and numbers, or asks; it never sends.

All rules speak at once, so that a person sees everything that is wrong with a ticket. What is unknown is never taken
for good: it becomes a question, or a note where a limit could not be judged. The market's own rules stand in
``gate_rules``; the person's limits (``domain.risk_limits``) in ``domain.risk``, ``risk_market`` and ``slips``. Cancels
are never judged, and no limit of size, loss or rate refuses what only reduces a position.
"""

from __future__ import annotations

from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.instrument_lists import may_be_bought
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.limits import NO_LIMITS
from hoga.domain.market_data import Book
from hoga.domain.orders import Order
from hoga.domain.risk import Around, Stake, fit, judge_stake, open_count, order_rate, worst_unit
from hoga.domain.risk_market import Prices, Terms, judge_price
from hoga.domain.slips import Typed, slips
from hoga.domain.tickets import Hand, OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Currency, Price, Shares
from hoga.domain.verdict import PASSED as PASSED
from hoga.domain.verdict import Verdict as Verdict
from hoga.domain.verdict import ask, note, refuse
from hoga.trading.gate_facts import GateFacts as GateFacts
from hoga.trading.gate_facts import limits_today
from hoga.trading.gate_facts import needed_cash as needed_cash
from hoga.trading.gate_rules import (
    account_rule,
    cash_rule,
    changeable,
    dearer,
    instrument_rule,
    kind_rule,
    price_rule,
    quantity_rule,
    shares_rule,
)


def judge_ticket(ticket: Ticket, facts: GateFacts) -> Verdict:
    """The verdict on a new order."""
    if ticket.account != facts.account:
        return refuse("WRONG_ACCOUNT", ticket=ticket.account.label, here=facts.account.label)
    readable = quantity_rule(ticket.quantity, facts).plus(instrument_rule(ticket.venue, facts))
    price = price_rule(ticket.type, ticket.limit, facts)
    verdict = account_rule(facts).plus(readable).plus(kind_rule(ticket.type, ticket.tif, ticket.venue, facts))
    verdict = verdict.plus(price)
    if not verdict.reasons:
        rule = cash_rule if ticket.side is Side.BUY else shares_rule
        verdict = verdict.plus(rule(ticket, facts))
    if not readable.reasons and not price.reasons:
        verdict = verdict.plus(_limits(ticket, facts))
    if ticket.side is Side.BUY:
        verdict = verdict.plus(_listed(ticket.instrument, facts))
    verdict = verdict.plus(_stop(ticket, facts))
    if facts.twin and isinstance(ticket.origin, Hand):  # an automatic one waits for its twin in the outbox
        verdict = verdict.plus(ask("TWIN_UNSETTLED", quantity=ticket.quantity.count))
    slip = _slips(ticket, facts)
    # Beside a refusal the other reading is a hint: there is nothing to ask about.
    return verdict.plus(slip.as_notes() if verdict.reasons else slip)


def judge_reprice(order: Order, limit: Price, facts: GateFacts, *, hand: bool = True) -> Verdict:
    """The verdict on moving the whole remainder of an order to another price. ``hand``: a person asks for it."""
    verdict = account_rule(facts).plus(changeable(order))
    if order.type is OrderType.MARKET:
        verdict = verdict.plus(refuse("PRICE_NOT_TAKEN", type=order.type.value))
    elif limit == order.current_limit:
        verdict = verdict.plus(refuse("SAME_PRICE", price=str(limit)))
    price = price_rule(OrderType.LIMIT, limit, facts)
    verdict = verdict.plus(kind_rule(OrderType.LIMIT, TimeInForce.DAY, order.venue, facts)).plus(price)
    if order.side is Side.BUY and not verdict.reasons:
        verdict = verdict.plus(dearer(order, limit, facts))
    if not price.reasons:
        verdict = verdict.plus(_limits_of_move(order, limit, facts, hand=hand))
    return verdict


def judge_reduce(order: Order, by: Shares) -> Verdict:
    """The verdict on taking shares off an order. It only reduces, so no limit of risk stands in its way."""
    if not by:
        return refuse("BAD_QUANTITY", quantity=by.count)
    verdict = changeable(order)
    if not verdict.reasons and by >= order.leaves:
        return refuse("REDUCE_TOO_MUCH", by=by.count, leaves=order.leaves.count)
    return verdict


def without_order(order: Order, facts: GateFacts) -> GateFacts:
    """The facts as if the order held nothing back and were none of those that work: it is being judged itself."""
    others = tuple(other for other in facts.working if other.id != order.id)
    facts = replace(facts, working=others, recent=max(facts.recent - 1, 0), now_open=max(facts.now_open - 1, 0))
    held = needed_cash(order.side, order.type, order.dearest_limit, order.leaves, facts)
    if held is not None and isinstance(facts.orderable, Known):
        facts = replace(facts, orderable=replace(facts.orderable, value=facts.orderable.value + held))
    if order.side is Side.SELL and isinstance(facts.sellable, Known):
        facts = replace(facts, sellable=replace(facts.sellable, value=facts.sellable.value + order.leaves))
    return facts


# --- the person's limits --------------------------------------------------------------------------------------------


def _stop(ticket: Ticket, facts: GateFacts) -> Verdict:
    if not facts.stopped:
        return PASSED
    return ask("STOP_IS_ON") if isinstance(ticket.origin, Hand) else refuse("STOPPED")


def _limits(ticket: Ticket, facts: GateFacts) -> Verdict:
    """Size, loss, rate and price of a new order against the limits of its connection."""
    terms = Terms(ticket.side, ticket.type, ticket.limit, ticket.quantity)
    verdict = judge_price(terms, _prices(facts), facts.working, facts.limits)
    unit = _unit(ticket, facts)
    if unit is None:
        return verdict.plus(note("SIZE_NOT_JUDGED"))
    stake = Stake(ticket.side, ticket.quantity, unit, isinstance(ticket.origin, Hand))
    verdict = verdict.plus(judge_stake(stake, _around(facts)))
    return verdict.plus(fit(stake, open_count(facts.now_open, facts.limits)))


def _listed(instrument: InstrumentId, facts: GateFacts) -> Verdict:
    """The person's lists of what is not bought, and of what alone is."""
    limits = facts.limits
    return may_be_bought(instrument, limits.blocked, limits.allowed, facts.now.astimezone(KST).date())


def _limits_of_move(order: Order, limit: Price, facts: GateFacts, *, hand: bool) -> Verdict:
    """A move is a new price for what is left, and one more order a minute. Only a dearer buy takes on more."""
    around = _around(replace(facts, working=tuple(other for other in facts.working if other.id != order.id)))
    terms = Terms(order.side, OrderType.LIMIT, limit, order.leaves)
    verdict = judge_price(terms, _prices(facts), around.working, facts.limits)
    stake = Stake(order.side, order.leaves, limit, hand)
    dearest = order.dearest_limit
    if order.side is Side.BUY and (dearest is None or limit > dearest):
        unmeasured = replace(around, limits=replace(around.limits, volume_percent=None))
        return verdict.plus(judge_stake(stake, unmeasured)).plus(_listed(order.instrument, facts))
    return verdict.plus(fit(stake, order_rate(facts.recent, facts.limits)))


def _slips(ticket: Ticket, facts: GateFacts) -> Verdict:
    """The other readings of what a person typed. What is not in won is not read: the sums are."""
    unit = _unit(ticket, facts)
    if not facts.limits.slips or not isinstance(ticket.origin, Hand):
        return PASSED
    if unit is None or unit.currency is not Currency.KRW:
        return PASSED
    typed = Typed(
        ticket.instrument, ticket.side, ticket.quantity.count, ticket.limit.units if ticket.limit else None, unit.units,
        facts.last.value.units if isinstance(facts.last, Known) else None, limits_today(facts) or NO_LIMITS,
        facts.held.value.count if isinstance(facts.held, Known) else None,
    )  # fmt: skip
    return Verdict(questions=slips(typed, facts.habit))


def _unit(ticket: Ticket, facts: GateFacts) -> Price | None:
    """What a share is reckoned with: the limit, else the worst the book can give; the last price where it is all."""
    limits = limits_today(facts) or NO_LIMITS
    book = _prices(facts).open_book
    unit = worst_unit(ticket.side, ticket.type, ticket.limit, ticket.quantity, book, limits.upper)
    return unit or _known(facts.last)


def _prices(facts: GateFacts) -> Prices:
    book: Book | None = facts.book.value if isinstance(facts.book, Known) else None
    return Prices(_known(facts.last), book)


def _known(price: Maybe[Price]) -> Price | None:
    return price.value if isinstance(price, Known) else None


def _around(facts: GateFacts) -> Around:
    return Around(
        facts.limits, facts.held, _known(facts.last), facts.working, facts.total, facts.day_result, facts.recent,
        facts.volume,
    )  # fmt: skip
