"""What a fill cost by the rules on file: shown beside it until the broker's own figure is known."""

from __future__ import annotations

from hoga.domain.accounts import WireProfile
from hoga.domain.calendar import KRX
from hoga.domain.costs import Sale, cost_of_buy, cost_of_sell, fee_model
from hoga.domain.instruments import Instrument
from hoga.domain.known import Known, Maybe
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.views import Fill

_SETTLING = KRX.guessing()


def costs_of(profile: WireProfile, fill: Fill, known: Maybe[Instrument]) -> Money | None:
    """Commission and tax of one fill by the rules on file; None where there are none."""
    amount, on = fill.execution.amount, fill.execution.number.trading_date
    try:
        fees = fee_model(profile, amount.currency)
        if fill.order.side is Side.BUY:
            return cost_of_buy(fees, amount).total
        if not isinstance(known, Known):
            return None
        settles = _SETTLING.settlement_date(on)
        return cost_of_sell(fees, Sale(known.value, amount, fill.execution.quantity, on, settles)).total
    except RuleUnknown:
        return None
