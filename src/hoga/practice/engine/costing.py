"""What an execution costs its account: the growth of its order's costs, so that an order's total is exact to the won.

Whether brokers cut to the won per fill, order or day varies; markets.md 4.3 says: reckon with the order's total.
"""

from __future__ import annotations

from datetime import date

from hoga.domain.costs import Costs, FeeModel, Sale, cost_of_buy, cost_of_sell
from hoga.domain.instruments import Instrument
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Shares
from hoga.practice.engine.orders import Order


def added_costs(
    order: Order, instrument: Instrument, model: FeeModel, price: int, quantity: int, settles: date
) -> tuple[int, int]:
    """(fee, tax) in won that filling ``quantity`` more at ``price`` adds to what ``order`` has cost so far."""
    before = _costs(order, instrument, model, order.filled, order.filled_amount, settles)
    after = _costs(order, instrument, model, order.filled + quantity, order.filled_amount + price * quantity, settles)
    return after.commission.units - before.commission.units, after.tax.units - before.tax.units


def _costs(order: Order, instrument: Instrument, model: FeeModel, shares: int, amount: int, settles: date) -> Costs:
    if order.side is Side.BUY:
        return cost_of_buy(model, Money(amount))
    return cost_of_sell(model, Sale(instrument, Money(amount), Shares(shares), order.trading_date, settles))
