"""The plans of one connection as they are kept: read once at the start, then written one entry at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hoga.base.message import Message
from hoga.plans import entries as kept
from hoga.plans.daily import PlanSchedule
from hoga.plans.entries import Entry, EntryUnreadable, from_text, kind_of, to_text
from hoga.plans.record import Record
from hoga.trading.plan_log import Kept, PlanLog


@dataclass
class Schedules:
    """The saved schedules, and what became of each on its days."""

    saved: dict[str, PlanSchedule] = field(default_factory=dict)
    done: dict[tuple[str, date], kept.DayDone] = field(default_factory=dict)

    def apply(self, entry: kept.ScheduleEntry) -> None:
        match entry:
            case kept.ScheduleSaved():
                self.saved[entry.schedule.id] = entry.schedule
            case kept.ScheduleRemoved():
                self.saved.pop(entry.id, None)
            case kept.DayDone():
                self.done[entry.id, entry.day] = entry


class PlanStore:
    """``open`` first. ``records`` are by digest, oldest first; an entry takes effect when it is durable."""

    def __init__(self, log: PlanLog) -> None:
        self._log = log
        self.records: dict[str, Record] = {}
        self.schedules = Schedules()
        self.damaged: list[str] = []
        """Why entries could not be read: they stay in the file and are told."""

    async def open(self) -> None:
        """Raises StorageError."""
        for row in await self._log.read():
            try:
                self._apply(row)
            except (EntryUnreadable, KeyError, ValueError) as error:
                self.damaged.append(f"{row.seq}: {error}")

    async def keep(self, digest: str, entry: Entry) -> Message | None:
        """Return when it is durable and in effect; a message: why it is neither."""
        failed = await self._log.append(digest, entry.at, kind_of(entry), to_text(entry))
        if failed is None:
            self._take(digest, entry)
        return failed

    def _apply(self, row: Kept) -> None:
        self._take(row.digest, from_text(row.body))

    def _take(self, digest: str, entry: Entry) -> None:
        if isinstance(entry, kept.ScheduleSaved | kept.ScheduleRemoved | kept.DayDone):
            self.schedules.apply(entry)
        elif isinstance(entry, kept.Approved):
            self.records[digest] = Record(entry)
        else:
            self.records[digest].apply(entry)
