"""What a plan is made from: one account, its instruments as they stood, targets, rules and times. Plain and complete.

Whoever holds these values makes the same plan with the same digest, on any machine. Money is whole won, weights are
parts per million, moments are aware. Nothing here is judged: ``hoga.plans.checks`` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, TypeAlias

import msgspec

from hoga.base.clock import KST
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType, Venue
from hoga.domain.tables import Strict

SCHEMA = 1
"""The version of the file that a preview saves."""

WHOLE = 1_000_000
"""100 % in parts per million."""

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with a zone; a file that leaves the zone out does not load."""


class Weighting(Enum):
    EQUAL = "equal"
    """Every managed instrument gets one n-th, exactly."""
    OWN = "own"


class Role(Enum):
    MANAGED = "managed"
    EXCLUDED = "excluded"
    """Neither bought nor sold; part of the total only where the row says so."""
    LOCKED = "locked"
    """Cannot be sold (a pledge, a pension): left alone like an excluded one, for that reason."""


class Style(Enum):
    """How a child order is priced; ``SidePlan.ticks`` moves the two limit styles."""

    MARKET = "market"
    CURRENT = "current"
    """A limit order at the last price."""
    BEST = "best"
    """A limit order at the best opposite price; at the last price where the book has none."""


class OverCap(Enum):
    """What is done about an order larger than its part of the average daily volume. Never a silent cut."""

    WARN = "warn"
    CUT = "cut"
    REFUSE = "refuse"


class Target(Strict, frozen=True, kw_only=True):
    """One row of the targets. ``weight`` counts with own weights only; None: no weight was given.

    ``counted``: the value of an excluded or locked holding belongs to the total all the same. ``sell_out`` permits that
    the last share is sold.
    """

    code: str
    role: Role = Role.MANAGED
    weight: int | None = None
    counted: bool = False
    sell_out: bool = False


class Asset(Strict, frozen=True, kw_only=True):
    """One instrument as it stood when the inputs were taken. ``listed`` False: no master file knows the code.

    ``volume`` is the average daily volume: the mean of the last 20 completed regular sessions, today and days without
    trading left out (markets.md 8.3); None: not known.
    """

    code: str
    name: str = ""
    market: Market = Market.KOSPI
    product: ProductType = ProductType.STOCK
    price: int
    bid: int | None = None
    ask: int | None = None
    lower_limit: int | None = None
    upper_limit: int | None = None
    held: int = 0
    sellable: int = 0
    volume: int | None = None
    listed: bool = True
    halted: bool = False
    liquidation: bool = False

    @property
    def instrument(self) -> Instrument:
        return Instrument(InstrumentId(self.code), self.market, self.product, self.name)

    @property
    def value(self) -> int:
        return self.held * self.price


class AccountState(Strict, frozen=True, kw_only=True):
    """The account when the inputs were taken. ``settled_d2`` is the D+2 cash, ``orderable`` what new buys may use."""

    connection: str
    label: str = ""
    connected: bool = True
    settled_d2: int
    orderable: int
    fee_rate: int
    """Commission per side, in parts per billion."""
    fee_unit: int = 1

    @property
    def fees(self) -> FeeModel:
        return FeeModel(self.fee_rate, self.fee_unit)


class Rules(Strict, frozen=True, kw_only=True):
    """How targets become orders.

    ``buffer`` (won) and ``buffer_part`` (of the total): the larger one stays cash. ``band`` is in points of the total,
    ``band_relative`` a part of the target; a holding off by more than either is traded, 0 switches that test off, and
    with both off every difference is. ``deposit`` is money put in for this plan: then nothing is sold.
    ``volume_part`` 0: orders of any size.
    """

    weighting: Weighting = Weighting.OWN
    buffer: int = 0
    buffer_part: int = 5_000
    band: int = 0
    band_relative: int = 0
    least_trade: int = 0
    sell: bool = True
    buy: bool = True
    deposit: int = 0
    volume_part: int = 10_000
    over_cap: OverCap = OverCap.WARN


class SidePlan(Strict, frozen=True, kw_only=True):
    """The rounds of one side. ``start`` None: sells as soon as they may, buys right after the last sell.

    ``ticks`` above 0 is more eager (a buy higher, a sell lower). ``collar`` is how many ticks worse than its price an
    order may ever become; the ceilings are reckoned there.
    """

    rounds: int = 12
    start: Moment | None = None
    spacing_s: int = 600
    style: Style = Style.BEST
    ticks: int = 0
    collar: int = 3


class Timing(Strict, frozen=True, kw_only=True):
    """``gap_s`` lies between two orders of a round, ``jitter_s`` is the most a round starts late (drawn from ``seed``),
    and the last order leaves ``margin_s`` before its session ends at the latest."""

    sell: SidePlan = SidePlan()
    buy: SidePlan = SidePlan()
    gap_s: int = 10
    jitter_s: int = 0
    seed: int = 0
    margin_s: int = 30


class Hours(Strict, frozen=True):
    """Continuous trading, from ``start`` up to ``end``."""

    start: Moment
    end: Moment


class Session(Strict, frozen=True, kw_only=True):
    """The day the plan runs on. No ``windows``: a day without trading. ``rules_on`` chooses the tick tables."""

    trading_date: date
    settles_on: date
    rules_on: date
    windows: tuple[Hours, ...]
    venue: Venue = Venue.KRX


class Inputs(Strict, frozen=True, kw_only=True):
    """Everything one account's plan is made from."""

    schema: int = SCHEMA
    at: Moment
    account: AccountState
    assets: tuple[Asset, ...]
    targets: tuple[Target, ...]
    rules: Rules = Rules()
    timing: Timing = Timing()
    session: Session

    @property
    def by_code(self) -> Mapping[str, Asset]:
        return {asset.code: asset for asset in self.assets}

    @property
    def managed(self) -> tuple[Target, ...]:
        return tuple(row for row in self.targets if row.role is Role.MANAGED)


def canonical(inputs: Inputs) -> Inputs:
    """The same inputs in the one form that is digested: rows by code, moments in Korean time."""
    timing = inputs.timing
    return msgspec.structs.replace(
        inputs,
        at=inputs.at.astimezone(KST),
        assets=tuple(sorted(inputs.assets, key=lambda asset: asset.code)),
        targets=tuple(sorted(inputs.targets, key=lambda row: row.code)),
        timing=msgspec.structs.replace(timing, sell=_korean(timing.sell), buy=_korean(timing.buy)),
        session=msgspec.structs.replace(
            inputs.session,
            windows=tuple(Hours(w.start.astimezone(KST), w.end.astimezone(KST)) for w in inputs.session.windows),
        ),
    )


def _korean(side: SidePlan) -> SidePlan:
    return side if side.start is None else msgspec.structs.replace(side, start=side.start.astimezone(KST))
