"""What can be set about the exchange's accounts: starting cash, fees, branches."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct, field

from hoga.domain.accounts import WireProfile
from hoga.domain.costs import FeeModel, fee_model
from hoga.practice.api import Broker, Environment, PracticeAccount


class SelfMatch(Enum):
    """What happens when an order would trade with another one of its own account (markets.md 6.5)."""

    OFF = "off"
    """They trade, as ordinary retail orders do; the fills and a log line say so."""
    CANCEL_NEWEST = "cancel newest"
    """What is left of the arriving order is cancelled before it meets its own."""


class EngineSettings(Struct, frozen=True):
    """Cash in won. ``*_branch`` is the number of the order desk that goes with every order number (kis.md 4.2.5).

    The fee of KIS's paper server is not confirmed (markets.md 4.2), so it can be set here.
    """

    real_cash: int = 50_000_000
    paper_cash: int = 100_000_000
    real_fee: FeeModel = field(default_factory=lambda: fee_model(WireProfile.KIS_REAL))
    paper_fee: FeeModel = field(default_factory=lambda: fee_model(WireProfile.KIS_PAPER))
    kiwoom_real_fee: FeeModel = field(default_factory=lambda: fee_model(WireProfile.KIWOOM_REAL))
    kiwoom_mock_fee: FeeModel = field(default_factory=lambda: fee_model(WireProfile.KIWOOM_MOCK))
    real_branch: str = "91253"
    paper_branch: str = "00950"
    self_match: SelfMatch = SelfMatch.OFF
    tape_length: int = 1_000
    """How many of the day's latest trades of one instrument are kept."""

    def cash(self, environment: Environment) -> int:
        return self.real_cash if environment is Environment.REAL else self.paper_cash

    def fee(self, account: PracticeAccount) -> FeeModel:
        real = account.environment is Environment.REAL
        if account.broker is Broker.KIWOOM:
            return self.kiwoom_real_fee if real else self.kiwoom_mock_fee
        return self.real_fee if real else self.paper_fee

    def branch(self, environment: Environment) -> str:
        return self.real_branch if environment is Environment.REAL else self.paper_branch
