"""What one leg costs or brings, in whole won. Rates are the domain's; a rule that is not on file raises RuleUnknown."""

from __future__ import annotations

from dataclasses import dataclass

from hoga.domain.costs import BILLION, Costs, Sale, cost_of_buy, cost_of_sell, selling_tax_rates
from hoga.domain.reservation import reserve
from hoga.domain.values import Money, Price, Shares
from hoga.plans.inputs import Asset, Inputs


@dataclass(frozen=True, slots=True)
class Tariff:
    """The costs of one plan's orders: commission of the account, tax of the settlement day."""

    inputs: Inputs

    def held_back(self, price: int, shares: int) -> int:
        """What a buy of ``shares`` takes out of the cash at most when none costs more than ``price``."""
        return reserve(Shares(shares), Price(price), self.inputs.account.fees).units

    def buying(self, price: int, shares: int) -> Costs:
        return cost_of_buy(self.inputs.account.fees, Money(price * shares))

    def selling(self, asset: Asset, price: int, shares: int) -> Costs:
        session = self.inputs.session
        amount = Money(price * shares)
        sale = Sale(asset.instrument, amount, Shares(shares), session.trading_date, session.settles_on)
        return cost_of_sell(self.inputs.account.fees, sale)

    def proceeds(self, asset: Asset, price: int, shares: int) -> int:
        """What a sale brings at least, after commission and tax, when no share goes for less than ``price``.

        Costs are rounded up together. Reckoned one by one they are cut down, fill by fill, which can only bring more;
        and a little more at a lower price than at a higher one, so the cut figures would be no lower bound.
        """
        rates = selling_tax_rates(asset.market, asset.product, self.inputs.session.settles_on)
        amount = price * shares
        return max(amount + -amount * (self.inputs.account.fee_rate + sum(rates)) // BILLION, 0)
