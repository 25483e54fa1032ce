"""What one leg costs or brings, in whole won. Rates are the domain's; a rule that is not on file raises RuleUnknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hoga.domain.costs import BILLION, FeeModel, selling_tax_rates, selling_taxes
from hoga.domain.reservation import held_units
from hoga.plans.inputs import Asset, Inputs


@dataclass(frozen=True)
class Tariff:
    """The costs of one plan's orders: commission of the account, tax of the settlement day."""

    inputs: Inputs

    @cached_property
    def _fees(self) -> FeeModel:
        return self.inputs.account.fees

    def held_back(self, price: int, shares: int) -> int:
        """What a buy of ``shares`` takes out of the cash at most when none costs more than ``price``."""
        return held_units(price * shares, self.inputs.account.fee_rate)

    def commission(self, amount: int) -> int:
        return self._fees.won(amount)

    def tax(self, asset: Asset, amount: int) -> int:
        """What selling for ``amount`` is taxed: every part of it, each cut down to the won."""
        return sum(selling_taxes(asset.market, asset.product, self.inputs.session.settles_on, amount))

    def proceeds(self, asset: Asset, price: int, shares: int) -> int:
        """What a sale brings at least, after commission and tax, when no share goes for less than ``price``.

        Costs are rounded up together. Reckoned one by one they are cut down, fill by fill, which can only bring more;
        and a little more at a lower price than at a higher one, so the cut figures would be no lower bound.
        """
        rates = selling_tax_rates(asset.market, asset.product, self.inputs.session.settles_on)
        amount = price * shares
        return max(amount + -amount * (self.inputs.account.fee_rate + sum(rates)) // BILLION, 0)
