"""Figures of the account reckoned once more from the fills on the screen, to hold against what the desk says."""

from __future__ import annotations

from hoga.domain.calendar import KRX
from hoga.domain.costs import Sale, cost_of_buy, cost_of_sell, fee_model
from hoga.domain.instruments import Instrument
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Line, Portfolio, Position, opening_cost, realised
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.views import Fill
from hoga.ui.context import Context

_SETTLING = KRX.guessing()


def bought_since(context: Context, portfolio: Portfolio) -> Money | None:
    """What buys cost that filled after the balance was read, commission included; None where it cannot be told."""
    if isinstance(portfolio.cash, Unknown):
        return None
    amounts = [
        fill.execution.amount.units for fill in context.desk.fills()
        if fill.order.side is Side.BUY and fill.execution.at > portfolio.cash.at
    ]  # fmt: skip
    amount = Money(sum(amounts), portfolio.reserved.currency)
    if not amounts:
        return amount
    try:
        return amount + cost_of_buy(fee_model(context.desk.account.profile, amount.currency), amount).total
    except RuleUnknown:
        return None


def realised_again(context: Context, position: Position) -> Money | None:
    """Today's realised profit of a holding, from its fills backwards; None where they do not suffice."""
    fills = [fill for fill in context.desk.fills() if fill.order.instrument == position.instrument]
    known = context.desk.instrument(position.instrument)
    lines = [_line(context, fill, known) for fill in fills]
    whole = [line for line in lines if line is not None]
    if len(whole) < len(lines):
        return None
    opening = opening_cost(position.quantity.count, position.cost.units, whole)
    return None if opening is None else Money(realised(*opening, whole), position.cost.currency)


def costs_of(context: Context, fill: Fill, known: Maybe[Instrument]) -> Money | None:
    """Commission and tax of one fill by the rules on file; None where there are none."""
    amount, on = fill.execution.amount, fill.execution.number.trading_date
    try:
        fees = fee_model(context.desk.account.profile, amount.currency)
        if fill.order.side is Side.BUY:
            return cost_of_buy(fees, amount).total
        if not isinstance(known, Known):
            return None
        settles = _SETTLING.settlement_date(on)
        return cost_of_sell(fees, Sale(known.value, amount, fill.execution.quantity, on, settles)).total
    except RuleUnknown:
        return None


def _line(context: Context, fill: Fill, known: Maybe[Instrument]) -> Line | None:
    costs = costs_of(context, fill, known)
    if costs is None:
        return None
    return Line(fill.order.side, fill.execution.quantity.count, fill.execution.amount.units, costs.units)
