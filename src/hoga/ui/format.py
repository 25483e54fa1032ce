"""Exact values as people read them (ux.md 3.2): one place for signs, commas, units and dashes.

Pure functions on whole units; copied text uses plain ASCII signs, shown text the typographic ones.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from hoga.base.message import Language
from hoga.domain.values import Currency, Money, Price, Shares

DASH = "–"
"""Unknown: never 0, never blank."""
MINUS = "−"

_JO, _EOK, _MAN = 1_000_000_000_000, 100_000_000, 10_000
_ENGLISH_SIZES = ((1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"))
_WEEKDAYS = {Language.KO: "월화수목금토일", Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


class Direction(Enum):
    """Up, down or neither; LIMIT_* when the price stands at the day's limit."""

    UP = "▲"
    DOWN = "▼"
    FLAT = ""
    UPPER_LIMIT = "↑"
    LOWER_LIMIT = "↓"

    @property
    def rising(self) -> int:
        """1, -1 or 0."""
        return {"▲": 1, "↑": 1, "▼": -1, "↓": -1}.get(self.value, 0)


def direction(change_units: int, *, at_upper: bool = False, at_lower: bool = False) -> Direction:
    if at_upper:
        return Direction.UPPER_LIMIT
    if at_lower:
        return Direction.LOWER_LIMIT
    return Direction.UP if change_units > 0 else Direction.DOWN if change_units < 0 else Direction.FLAT


def units(value: int, currency: Currency = Currency.KRW) -> str:
    """Whole units with thousands commas: won have no decimals, dollars 2 from one dollar up and 4 below."""
    if currency.scale == 0:
        return f"{value:,}".replace("-", MINUS)
    amount = Decimal(value).scaleb(-currency.scale)
    decimals = 2 if currency is not Currency.USD or abs(amount) >= 1 else 4
    decimals = min(decimals, currency.scale)
    # A finer price than the usual decimals is never rounded away: 192.6955 stays what it is.
    if amount != round(amount, decimals):
        decimals = currency.scale
    return f"{amount:,.{decimals}f}".replace("-", MINUS)


def price(value: Price | None) -> str:
    return DASH if value is None else units(value.units, value.currency)


def money(value: Money | None) -> str:
    return DASH if value is None else units(value.units, value.currency)


def shares(value: Shares | int | None, language: Language | None = None) -> str:
    """A share count; with a language its word is added (``10주``)."""
    if value is None:
        return DASH
    count = value if isinstance(value, int) else value.count
    word = {Language.KO: "주", Language.EN: " sh", None: ""}[language]
    return f"{count:,}{word}"


def signed(value: int, currency: Currency = Currency.KRW) -> str:
    """Profit and differences: + or −, nothing at zero."""
    return ("+" if value > 0 else "") + units(value, currency)


def change(value: int, currency: Currency = Currency.KRW) -> str:
    """A change in price: ▲1,200, ▼300, 0."""
    return f"{direction(value).value}{units(abs(value), currency)}"


def rate(numerator: int, denominator: int) -> str:
    """A percentage with two decimals and a sign, from exact parts; a dash when there is nothing to divide by."""
    if denominator == 0:
        return DASH
    # Half a hundredth rounds away from zero. In whole numbers: prices change by the thousand.
    hundredths = (abs(numerator) * 20_000 + abs(denominator)) // (2 * abs(denominator))
    sign = MINUS if (numerator < 0) != (denominator < 0) else "+" if hundredths else ""
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}%"


def big_won(value: int, language: Language) -> str:
    """A sum in summaries: 426.8조, 1.2억, 3,450만 in Korean; 426.8T, 1.2B, 120.0M in English. The exact number belongs
    in the tooltip."""
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if language is Language.EN:
        for whole, letter in _ENGLISH_SIZES:
            if size >= whole:
                return f"{sign}{Decimal(size) / whole:,.1f}{letter}"
        return f"{sign}{size:,}"
    if size >= _JO:
        return f"{sign}{Decimal(size) / _JO:,.1f}조"
    if size >= _EOK:
        return f"{sign}{Decimal(size) / _EOK:,.1f}억"
    if size >= 100 * _MAN:
        return f"{sign}{size // _MAN:,}만"
    return f"{sign}{size:,}"


def clock(moment: datetime | None, *, milliseconds: bool = False) -> str:
    if moment is None:
        return DASH
    text = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    return f"{text}.{moment.microsecond // 1000:03d}" if milliseconds else text


def day(value: date | None, language: Language) -> str:
    """2026-11-21 (토)."""
    return DASH if value is None else f"{value:%Y-%m-%d} ({_WEEKDAYS[language][value.weekday()]})"


def age(seconds: float, language: Language) -> str:
    """How old something is, in the coarsest unit that still says something."""
    whole = int(seconds)
    if seconds < 1:
        return f"{int(seconds * 1000)} ms"
    parts = [(whole // 3600, "시간", "h"), (whole // 60 % 60, "분", "m"), (whole % 60, "초", "s")]
    shown = [f"{n}{ko if language is Language.KO else en}" for n, ko, en in parts if n][:2]
    return " ".join(shown)


def plain(text: str) -> str:
    """What goes to the clipboard: ASCII minus, no thousands commas, a dash becomes nothing."""
    return "" if text == DASH else text.replace(MINUS, "-").replace(",", "")
