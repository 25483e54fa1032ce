"""How Kiwoom writes numbers: a price carries the day's direction as its sign, ``kt*`` figures are padded with zeros."""

from __future__ import annotations

from hoga.practice.api import MarketState
from hoga.practice.figures import percent

MILLION = 1_000_000
HUNDRED_MILLION = 100_000_000
_AMOUNT_WIDTH = 12
_WIDE_AMOUNT_WIDTH = 15


def priced(price: int, base: int) -> str:
    """``+61300`` above the previous close, ``-61300`` below it, bare at it; ``0`` where there is no price."""
    if price == 0 or price == base:
        return str(price)
    return f"+{price}" if price > base else f"-{price}"


def signed(value: int) -> str:
    """A figure whose sign is its own: ``+5``, ``-5``, ``0``."""
    return f"+{value}" if value > 0 else str(value)


def rate(part: int, whole: int) -> str:
    """A signed percentage with two decimals: ``+0.58``, ``-4.18``, ``0.00``."""
    text = percent(part, whole)
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


def padded(value: int, width: int = _AMOUNT_WIDTH) -> str:
    """Zeros on the left; the minus takes one place."""
    return f"{value:0{width}d}"


def wide(value: int) -> str:
    """Fifteen places, as kt00001 and kt00018 write won and shares."""
    return padded(value, _WIDE_AMOUNT_WIDTH)


def direction(price: int, state: MarketState) -> str:
    """1 at the upper limit, 2 up, 3 flat, 4 at the lower limit, 5 down."""
    if price == state.upper:
        return "1"
    if price == state.lower:
        return "4"
    return change_sign(price - state.base)


def change_sign(change: int) -> str:
    if change == 0:
        return "3"
    return "2" if change > 0 else "5"
