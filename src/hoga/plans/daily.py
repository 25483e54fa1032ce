"""Schedules: targets that become a plan at a time of day, once or on every trading day.

Due is ``now >= start and not done today``: a busy or sleeping minute misses nothing. A start that passed while the desk
was closed is told and asked about, never made up silently.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec

from hoga.base.clock import KST
from hoga.domain.instruments import Venue
from hoga.domain.sessions import Phase, Schedule
from hoga.domain.tables import RuleUnknown, Strict
from hoga.plans.inputs import Rules, Target, Timing
from hoga.plans.settings import ExecutionSettings

_DAYS_AHEAD = 14


class AutomaticLimits(Strict, frozen=True, kw_only=True):
    """A plan inside all of these runs without being asked; any other waits for the person. Won, and parts per million
    of the plan's total. A plan with a warning always waits."""

    most_won: int
    most_part: int = 100_000


class PlanSchedule(Strict, frozen=True, kw_only=True):
    """``sell_at`` and ``buy_at`` are Korean times of day; ``buy_at`` None: right after the sells. ``on`` set: once, on
    that date; else on every trading day. The starts in ``timing`` are replaced by these."""

    id: str
    name: str
    targets: tuple[Target, ...]
    rules: Rules = Rules()
    timing: Timing = Timing()
    sell_at: time
    buy_at: time | None = None
    on: date | None = None
    limits: AutomaticLimits | None = None
    settings: ExecutionSettings = ExecutionSettings()

    def start_on(self, day: date) -> datetime:
        """When it starts on a day: with its sells, or with its buys where it sells nothing."""
        first = self.sell_at if self.rules.sell or self.buy_at is None else self.buy_at
        return datetime.combine(day, first, KST)

    def timed(self, day: date, now: datetime) -> Timing:
        """The timing of one day's plan. A start that has passed already is left to the planner: as soon as it may."""
        timing = self.timing
        starts = [None if at is None else datetime.combine(day, at, KST) for at in (self.sell_at, self.buy_at)]
        sell, buy = (start if start is not None and start > now else None for start in starts)
        return msgspec.structs.replace(
            timing,
            sell=msgspec.structs.replace(timing.sell, start=sell),
            buy=msgspec.structs.replace(timing.buy, start=buy),
        )

    def falls_on(self, day: date, hours: Schedule) -> bool:
        """Whether it has a start on ``day``: a trading day with a regular session, and its date if it has one."""
        if self.on is not None and day != self.on:
            return False
        try:
            return any(window.phase is Phase.REGULAR for window in hours.windows(Venue.KRX, day))
        except RuleUnknown:
            return False

    def next_start(self, now: datetime, hours: Schedule) -> datetime | None:
        """The next start after ``now``; None when there is none within two weeks."""
        today = now.astimezone(KST).date()
        for ahead in range(_DAYS_AHEAD):
            day = today + timedelta(days=ahead)
            if self.falls_on(day, hours) and self.start_on(day) > now:
                return self.start_on(day)
        return None
