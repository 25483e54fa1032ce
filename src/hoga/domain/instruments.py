"""Instruments: what can be traded, where, and in which currency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

from msgspec import Struct

from hoga.domain.values import Currency, Money


class Country(Enum):
    KR = "KR"
    US = "US"
    HK = "HK"
    JP = "JP"
    CN = "CN"
    VN = "VN"


class Market(Enum):
    """The market on which an instrument is listed."""

    KOSPI = "KOSPI"
    KOSDAQ = "KOSDAQ"
    KONEX = "KONEX"
    NASDAQ = "NASDAQ"
    NYSE = "NYSE"
    AMEX = "AMEX"

    # A member is one object for as long as there is a process, and is looked up in tables for every row of a plan: by
    # its identity that takes a third of the time that its name does.
    __hash__ = object.__hash__


class Venue(Enum):
    """Where an order goes. SOR lets the broker choose between KRX and NXT."""

    KRX = "KRX"
    NXT = "NXT"
    SOR = "SOR"
    US = "US"


class ProductType(Enum):
    STOCK = "stock"
    ETF = "ETF"
    ETN = "ETN"
    ELW = "ELW"
    REIT = "REIT"
    FUND = "fund"
    DR = "DR"

    __hash__ = object.__hash__  # as Market


class InvestmentWarning(Enum):
    """The market's investment warning (시장경고)."""

    NONE = "none"
    CAUTION = "caution"
    WARNING = "warning"
    RISK = "risk"


@total_ordering
@dataclass(frozen=True, slots=True)
class InstrumentId:
    """An instrument's name inside hoga. Codes are text: they may hold letters and leading zeros matter."""

    code: str
    country: Country = Country.KR

    def __post_init__(self) -> None:
        if not self.code or self.code != self.code.strip():
            raise ValueError(f"not an instrument code: {self.code!r}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.code == other.code and self.country is other.country

    def __hash__(self) -> int:
        """By the code alone, which few instruments of two countries share: this is asked for with every trade."""
        return hash(self.code)

    def __str__(self) -> str:
        return f"{self.country.value}:{self.code}"

    def __lt__(self, other: InstrumentId) -> bool:
        return (self.country.value, self.code) < (other.country.value, other.code)


class Flags(Struct, frozen=True):
    """What the market says of an instrument today."""

    halted: bool = False
    managed: bool = False
    liquidation: bool = False
    overheated: bool = False
    volatility_interruption: bool = False
    warning: InvestmentWarning = InvestmentWarning.NONE


class Instrument(Struct, frozen=True):
    """Everything lasting about one instrument, as of the day its master file was read.

    ``limit_multiple`` is 2 for a doubly leveraged ETF (limits of 60 %) and 1 otherwise. ``liquidation`` and the other
    flags are of that day; a quote may bring newer ones. ``tick_override`` (units) is the broker's own tick for US names
    from one dollar up, where it differs from the rule's; None: the rule's. ``market_cap`` is of the last close.
    """

    id: InstrumentId
    market: Market
    product: ProductType
    name_ko: str
    name_en: str = ""
    isin: str = ""
    currency: Currency = Currency.KRW
    venues: frozenset[Venue] = frozenset({Venue.KRX})
    lot: int = 1
    limit_multiple: int = 1
    listed_shares: int | None = None
    sector: str = ""
    flags: Flags = Flags()
    tick_override: int | None = None
    market_cap: Money | None = None

    @property
    def code(self) -> str:
        return self.id.code
