"""Weeks, months and years: where each begins."""

from __future__ import annotations

from datetime import date, timedelta

from hoga.domain.market_data import Period


def period_start(day: date, period: Period) -> date:
    """The first calendar day of the period that ``day`` belongs to: its Monday, the 1st of its month, 1 January; the
    day itself for anything shorter."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period is Period.MONTH:
        return day.replace(day=1)
    if period is Period.YEAR:
        return day.replace(month=1, day=1)
    return day
