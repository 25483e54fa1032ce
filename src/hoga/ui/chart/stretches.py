"""Typed stretches of time: ``3d``, ``1y6M``, ``2024``, ``2024-03``, ``2024-03-04..2024-06-30``. Pure.

Units are y, M (months), w, d, h and m (minutes), counted back from now; months and years by the calendar.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.ui.chart.timeframe import Timeframe

_BACK = re.compile(r"(?:\d{1,4}[yMwdhm])+")
_PART = re.compile(r"(\d{1,4})([yMwdhm])")
_DATE = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?")
_BETWEEN = re.compile(r"\s*(?:\.\.+|~|–|\s-\s|\sto\s)\s*")
_STEPS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_OLDEST = 1956
"""The year in which the exchange opened; nothing lies before."""


class Stretch(Struct, frozen=True):
    """From ``start`` up to ``end``, not included."""

    start: datetime
    end: datetime


def stretch_of(text: str, now: datetime) -> Stretch | None:
    """What the text means at this moment; None where it means nothing, or nothing that has begun."""
    text = text.strip()
    parts = _BETWEEN.split(text)
    if _BACK.fullmatch(text):
        found = _Range(_back(text, now), now)
    elif len(parts) == 1:
        found = _Range(*_dates(text))
    elif len(parts) == 2:
        found = _Range(_dates(parts[0])[0], _dates(parts[1])[1] if parts[1] else now)
    else:
        return None
    start, end = found.start, found.end
    if start is None or end is None or not start < min(end, now):
        return None
    return Stretch(start, min(end, now))


class _Range(Struct, frozen=True):
    start: datetime | None
    end: datetime | None


def _back(text: str, now: datetime) -> datetime:
    at, months = now.astimezone(KST), 0
    for number, unit in _PART.findall(text):
        if unit in _STEPS:
            at -= int(number) * _STEPS[unit]
        else:
            months += int(number) * (12 if unit == "y" else 1)
    return _months_before(at, months)


def _months_before(at: datetime, months: int) -> datetime:
    """The same day of an earlier month, or that month's last."""
    count = at.year * 12 + at.month - 1 - months
    if count < _OLDEST * 12:
        return at.replace(year=_OLDEST, month=1, day=1)
    first = at.replace(year=count // 12, month=count % 12 + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(at.day, last.day))


def _dates(text: str) -> tuple[datetime | None, datetime | None]:
    """The first moment of a day, month or year, and the first one after it."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None, None
    year, month, day = (int(one) if one else None for one in match.groups())
    try:
        start = datetime(year or 0, month or 1, day or 1, tzinfo=KST)
    except ValueError:
        return None, None
    if start.year < _OLDEST:
        return None, None
    if day:
        return start, start + timedelta(days=1)
    longer = start + timedelta(days=31 if month else 366)
    return start, longer.replace(day=1) if month else longer.replace(month=1, day=1)


def fitting(timeframe: Timeframe, stretch: Stretch) -> Timeframe:
    """The period to show so much time in: the chosen one, or a longer one where that would be endless to read."""
    days = (stretch.end - stretch.start).days
    if timeframe.trades and days > 1:
        timeframe = Timeframe.M5
    if timeframe.intraday and days > 31:
        timeframe = Timeframe.DAY
    return Timeframe.WEEK if timeframe is Timeframe.DAY and days > 20 * 366 else timeframe
