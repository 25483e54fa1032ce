"""The trading dates that a desk has missed while it was not running: their lists are read once at its next start.

Orders of ours that were open are read for their own sake; these lists show what others did meanwhile, from a telephone
in the evening, and what ended before anybody looked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hoga.domain.instruments import Venue
from hoga.domain.sessions import Schedule
from hoga.domain.tables import RuleUnknown

_MOST = 4
"""Trading dates: longer ago, the balance alone tells what came of it."""
_FURTHEST = 21
"""Calendar days that are looked through for them: the longest holidays fit."""


def missed_days(
    alive: datetime | None, now: datetime, day_of: Callable[[datetime], date], schedule: Schedule
) -> tuple[date, ...]:
    """From the date on which the desk was last ``alive`` up to yesterday, oldest first; none for one that never was."""
    if alive is None:
        return ()
    first, today = day_of(alive), day_of(now)
    gone = min((today - first).days, _FURTHEST)
    days = (today - timedelta(days=ago) for ago in range(1, gone + 1))
    return tuple(sorted([day for day in days if _trades(schedule, day)][:_MOST]))


def _trades(schedule: Schedule, day: date) -> bool:
    try:
        return bool(schedule.windows(Venue.KRX, day))
    except RuleUnknown:
        return True
