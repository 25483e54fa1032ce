"""How the wire writes derived figures: signs, rates and averages, rounded half up from whole numbers, never floats."""

from __future__ import annotations

from datetime import datetime


def rounded(numerator: int, denominator: int, decimals: int = 2) -> str:
    """``numerator / denominator`` with fixed decimals, half away from zero; zero when there is nothing to divide by.

    A value that rounds to zero has no minus sign.
    """
    if denominator == 0:
        return f"0.{'0' * decimals}"
    negative = (numerator < 0) != (denominator < 0)
    scaled, rest = divmod(abs(numerator) * 10**decimals, abs(denominator))
    if 2 * rest >= abs(denominator):
        scaled += 1
    whole, fraction = divmod(scaled, 10**decimals)
    return f"{'-' if negative and scaled else ''}{whole}.{fraction:0{decimals}d}"


def share(part: int, whole: int) -> str:
    """``part / whole`` with two decimals, rounded up: so the buyers' share of the volume is recorded everywhere."""
    hundredths = -(-part * 100 // whole) if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def percent(part: int, whole: int) -> str:
    """``part`` in percent of ``whole``, two decimals."""
    return rounded(part * 100, whole)


def direction(difference: int) -> str:
    """Sign code of a difference (kis.md 4.0.3): 2 up, 3 unchanged, 5 down."""
    if difference > 0:
        return "2"
    return "5" if difference < 0 else "3"


def day_direction(price: int, base: int, upper: int, lower: int) -> str:
    """Sign code against the previous close: 1 at the upper limit, 4 at the lower limit, else as ``direction``."""
    if price == upper:
        return "1"
    if price == lower:
        return "4"
    return direction(price - base)


def clock_text(moment: datetime | None) -> str:
    """``HHMMSS``; midnight where there is no moment, because some clients refuse a blank time."""
    return "000000" if moment is None else moment.strftime("%H%M%S")
