"""Exact numbers: prices, money and share counts as whole units, with a scale that belongs to the currency.

Arithmetic changes the type when the meaning changes: price x shares is money, price + price has no meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import total_ordering

from msgspec import Struct


class Currency(Enum):
    """A currency and the number of decimals that its smallest unit in hoga stands for.

    Won have none; US prices are quoted with up to four decimals below one dollar (SEC rule 612).
    """

    KRW = ("KRW", 0)
    USD = ("USD", 4)
    HKD = ("HKD", 3)
    JPY = ("JPY", 1)
    CNY = ("CNY", 3)
    VND = ("VND", 0)

    def __init__(self, code: str, scale: int) -> None:
        self.code = code
        self.scale = scale


def _units(text: str | int | Decimal, currency: Currency) -> int:
    """Whole units for a decimal text; ValueError when it is no number or finer than the currency's unit."""
    if isinstance(text, (bool, float)):
        raise ValueError(f"an exact number is needed, not {text!r}")
    try:
        scaled = Decimal(text).scaleb(currency.scale)
        whole = int(scaled)
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise ValueError(f"not a number: {text!r}") from error
    if whole != scaled:
        raise ValueError(f"{text!r} is finer than the smallest unit of {currency.code}")
    return whole


@total_ordering
@dataclass(frozen=True, slots=True)
class Price:
    """A price per share in the smallest unit of its currency (won; 1/10,000 dollar). Never negative."""

    units: int
    currency: Currency = Currency.KRW

    def __post_init__(self) -> None:
        if type(self.units) is not int or self.units < 0:
            raise ValueError(f"a price is a whole number of units >= 0, was {self.units!r}")

    @classmethod
    def parse(cls, text: str | int | Decimal, currency: Currency = Currency.KRW) -> Price:
        """``Price.parse("192.69", Currency.USD)``. Raises ValueError for anything that is not exactly a price."""
        return cls(_units(text, currency), currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.units).scaleb(-self.currency.scale)

    def __mul__(self, shares: Shares) -> Money:
        return Money(self.units * shares.count, self.currency)

    def __lt__(self, other: Price) -> bool:
        _same_currency(self.currency, other.currency)
        return self.units < other.units

    def __str__(self) -> str:
        return f"{self.decimal:,f}"


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money in the smallest unit of its currency. May be negative."""

    units: int
    currency: Currency = Currency.KRW

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise ValueError(f"money is a whole number of units, was {self.units!r}")

    @classmethod
    def parse(cls, text: str | int | Decimal, currency: Currency = Currency.KRW) -> Money:
        return cls(_units(text, currency), currency)

    @classmethod
    def zero(cls, currency: Currency = Currency.KRW) -> Money:
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.units).scaleb(-self.currency.scale)

    def __add__(self, other: Money) -> Money:
        _same_currency(self.currency, other.currency)
        return Money(self.units + other.units, self.currency)

    def __sub__(self, other: Money) -> Money:
        _same_currency(self.currency, other.currency)
        return Money(self.units - other.units, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.units, self.currency)

    def __lt__(self, other: Money) -> bool:
        _same_currency(self.currency, other.currency)
        return self.units < other.units

    def __str__(self) -> str:
        return f"{self.decimal:,f}"


class Shares(Struct, frozen=True, order=True):
    """A share count. Never negative: direction belongs to the order's side."""

    count: int

    def __post_init__(self) -> None:
        if type(self.count) is not int or self.count < 0:
            raise ValueError(f"a share count is a whole number >= 0, was {self.count!r}")

    def __add__(self, other: Shares) -> Shares:
        return Shares(self.count + other.count)

    def __sub__(self, other: Shares) -> Shares:
        """Raises ValueError when more is taken than there is."""
        return Shares(self.count - other.count)

    def __bool__(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        return f"{self.count:,}"


NO_SHARES = Shares(0)


def _same_currency(one: Currency, other: Currency) -> None:
    if one is not other:
        raise ValueError(f"{one.code} and {other.code} do not mix")
