"""What sending a ticket would mean, before anything is sent: the gate's word, costs, cash and shares afterwards."""

from __future__ import annotations

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.calendar import KRX
from hoga.domain.costs import Costs, FeeModel, Sale, cost_of_buy, cost_of_sell
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.reservation import reserve
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side, Ticket
from hoga.domain.values import Money, Price, Shares
from hoga.trading.core import Core
from hoga.trading.gate import GateFacts, judge_ticket, needed_cash
from hoga.trading.views import Preview

_SETTLING = KRX.guessing()


def preview(ticket: Ticket, core: Core) -> Preview:
    """Reckoned at the limit; without one at the best opposite price known, else the last. Reads nothing."""
    facts = core.gate_room.now(ticket.instrument, (ticket.instrument, ticket.side, ticket.quantity.count))
    verdict = judge_ticket(ticket, facts)
    unit = _unit(ticket, core)
    amount: Maybe[Money]
    costs: Maybe[Costs]
    if isinstance(unit, Unknown):
        amount = costs = unit
    else:
        amount = Known(unit.value * ticket.quantity, unit.at, unit.source)
        costs = _costs(ticket, amount, facts, core)
    return Preview(
        verdict.reasons,
        verdict.questions,
        amount,
        costs,
        _cash_after(ticket, amount, costs, facts),
        _shares_after(ticket, core),
        unit,
        _held(ticket, facts),
        verdict.notes,
    )


def _unit(ticket: Ticket, core: Core) -> Maybe[Price]:
    if ticket.limit is not None:
        return Known(ticket.limit, core.clock.now(), "ticket")
    book = core.board.book(ticket.instrument)
    if isinstance(book, Known):
        best = book.value.best_ask if ticket.side is Side.BUY else book.value.best_bid
        if best is not None:
            return Known(best, book.at, book.source)
    return core.board.last(ticket.instrument)


def _costs(ticket: Ticket, amount: Known[Money], facts: GateFacts, core: Core) -> Maybe[Costs]:
    if ticket.side is Side.BUY:
        return Known(_cost_of_buy(ticket, amount.value, core.fees), amount.at, amount.source)
    if isinstance(facts.instrument, Unknown):
        return facts.instrument
    today = core.today()
    try:
        sale = Sale(facts.instrument.value, amount.value, ticket.quantity, today, _SETTLING.settlement_date(today))
        return Known(cost_of_sell(core.fees, sale), amount.at, amount.source)
    except RuleUnknown as error:
        return Unknown(Message("COSTS_UNKNOWN", {"why": str(error)}))


def _cost_of_buy(ticket: Ticket, amount: Money, fees: FeeModel) -> Costs:
    """At a limit, what the order holds back: rounded up to the won, so that it is what the gate asks the cash for. The
    bill is cut down to the won, or to ten."""
    costs = cost_of_buy(fees, amount)
    if not ticket.type.carries_price or ticket.limit is None:
        return costs
    return replace(costs, commission=reserve(ticket.quantity, ticket.limit, fees) - amount)


def _held(ticket: Ticket, facts: GateFacts) -> Maybe[Money] | None:
    """What a buy would hold back while it is open; nothing for a sell."""
    if ticket.side is Side.SELL:
        return None
    held = needed_cash(ticket.side, ticket.type, ticket.limit, ticket.quantity, facts)
    return Known(held, facts.now, "ticket") if held is not None else Unknown(Message("RESERVE_UNKNOWN"))


def _cash_after(ticket: Ticket, amount: Maybe[Money], costs: Maybe[Costs], facts: GateFacts) -> Maybe[Money]:
    """Orderable cash if everything fills at the reckoned price."""
    if isinstance(amount, Unknown):
        return amount
    if isinstance(costs, Unknown):
        return costs
    if isinstance(facts.orderable, Unknown):
        return facts.orderable
    cash = facts.orderable.value - costs.value.total
    cash = cash - amount.value if ticket.side is Side.BUY else cash + amount.value
    return Known(cash, facts.orderable.at, facts.orderable.source)


def _shares_after(ticket: Ticket, core: Core) -> Maybe[Shares]:
    held = core.portfolio.held(ticket.instrument)
    if isinstance(held, Unknown):
        return held
    after = held.value.count + ticket.quantity.count * ticket.side.sign
    if after < 0:
        return Unknown(Message("SHARES_SHORT", {"need": ticket.quantity.count, "have": held.value.count}))
    return Known(Shares(after), held.at, held.source)
