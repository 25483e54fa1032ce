"""What a holding is worth after the costs of buying and selling it, as Kiwoom reckons it (kiwoom.md 4.4, kt00018)."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.calendar import KRX
from hoga.domain.costs import Sale, cost_of_buy, cost_of_sell
from hoga.domain.values import Money, Shares
from hoga.practice.held import Held, held_by
from hoga.practice.kiwoom.operation import Call

_SETTLEMENT = KRX.guessing()


class Worth(Struct, frozen=True):
    """A holding with its costs in won: ``profit`` is after all of them, so a fresh position shows a loss."""

    held: Held
    buy_fee: int
    sell_fee: int
    tax: int

    @property
    def fees(self) -> int:
        return self.buy_fee + self.sell_fee

    @property
    def profit(self) -> int:
        return self.held.value - self.held.entry.cost - self.fees - self.tax

    @property
    def net_value(self) -> int:
        """What its sale would bring, less the buying fee as well: value less every cost."""
        return self.held.entry.cost + self.profit

    @property
    def average(self) -> int:
        """The average price in whole won, half up."""
        quantity, cost = self.held.entry.quantity, self.held.entry.cost
        return (2 * cost + quantity) // (2 * quantity) if quantity else 0


def worth_of(call: Call) -> list[Worth]:
    """Every holding of the account that has shares left."""
    return [reckoned(call, held) for held in held_by(call.exchange, call.number) if held.entry.quantity]


def reckoned(call: Call, held: Held) -> Worth:
    today = call.exchange.trading_date()
    model = call.fees()
    sale = Sale(
        held.state.instrument,
        Money(held.value),
        Shares(held.entry.quantity),
        today,
        _SETTLEMENT.settlement_date(today),
    )
    selling = cost_of_sell(model, sale)
    buying = cost_of_buy(model, Money(held.entry.cost)).commission.units
    return Worth(held, buying, selling.commission.units, selling.tax.units)
