"""What is being edited: targets, rules, times of day and settings as one immutable value, with every step undone.

Starts are times of day here, because a draft outlives the day it was made on; ``timing_on`` gives a day's plan its
moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import msgspec
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.tables import Strict
from hoga.plans.inputs import Inputs, Role, Rules, SidePlan, Target, Timing, Weighting
from hoga.plans.settings import ExecutionSettings

VERSION = 1
_MOST_STEPS = 200


class Draft(Strict, frozen=True, kw_only=True):
    """``sell_at`` and ``buy_at`` None: as soon as they may. ``others_excluded``: holdings without a row are left alone
    and do not count; without it each of them needs a row."""

    targets: tuple[Target, ...] = ()
    rules: Rules = Rules()
    timing: Timing = Timing()
    settings: ExecutionSettings = ExecutionSettings()
    sell_at: time | None = None
    buy_at: time | None = None
    others_excluded: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.targets)

    @property
    def sum(self) -> int:
        """Parts per million that the managed rows ask for."""
        managed = [row for row in self.targets if row.role is Role.MANAGED]
        if self.rules.weighting is Weighting.EQUAL:
            return 1_000_000 if managed else 0
        return sum(row.weight or 0 for row in managed)

    def timing_on(self, day: date) -> Timing:
        return replace(
            self.timing,
            sell=_started(self.timing.sell, day, self.sell_at),
            buy=_started(self.timing.buy, day, self.buy_at),
        )

    def targets_for(self, held: Iterable[str]) -> tuple[Target, ...]:
        """The rows for an account that holds these codes."""
        if not self.others_excluded:
            return self.targets
        rest = sorted(set(held) - set(self.codes))
        return (*self.targets, *(Target(code=code, role=Role.EXCLUDED) for code in rest))

    def applied(self, inputs: Inputs, now: datetime) -> Inputs:
        """Inputs of an account with these targets, rules and times instead of its own."""
        held = [asset.code for asset in inputs.assets if asset.held]
        return replace(
            inputs,
            at=now,
            targets=self.targets_for(held),
            rules=self.rules,
            timing=self.timing_on(inputs.session.trading_date),
        )


def _started(side: SidePlan, day: date, at: time | None) -> SidePlan:
    return replace(side, start=None if at is None else datetime.combine(day, at, KST))


# --- rows -----------------------------------------------------------------------------------------------------------


def with_row(draft: Draft, row: Target) -> Draft:
    """The row in its place; a new code comes last."""
    if row.code not in draft.codes:
        return replace(draft, targets=(*draft.targets, row))
    return replace(draft, targets=tuple(row if old.code == row.code else old for old in draft.targets))


def with_rows(draft: Draft, rows: Iterable[Target]) -> Draft:
    """Pasted rows: weights and roles are taken over, what else a row had stays. Told twice, the last one holds."""
    known = {row.code: row for row in draft.targets}
    for row in rows:
        old = known.get(row.code)
        known[row.code] = row if old is None else replace(old, weight=row.weight, role=row.role)
    return replace(draft, targets=tuple(known.values()))


def without(draft: Draft, codes: Iterable[str]) -> Draft:
    gone = set(codes)
    return replace(draft, targets=tuple(row for row in draft.targets if row.code not in gone))


def with_weights(draft: Draft, weights: Mapping[str, int]) -> Draft:
    """Weights by code in parts per million, as own weights."""
    rows = tuple(replace(row, weight=weights.get(row.code, row.weight)) for row in draft.targets)
    return replace(draft, targets=rows, rules=replace(draft.rules, weighting=Weighting.OWN))


# --- one field by its path ------------------------------------------------------------------------------------------


def value_at(draft: Draft, path: tuple[str, ...]) -> Any:
    found: Any = draft
    for name in path:
        found = getattr(found, name)
    return found


def with_value(draft: Draft, path: tuple[str, ...], value: object) -> Draft:
    """The draft with another value in one field, however deep."""
    changed: Draft = _put(draft, path, value)
    return changed


def _put(whole: Any, path: tuple[str, ...], value: object) -> Any:
    name, *rest = path
    inner = _put(getattr(whole, name), tuple(rest), value) if rest else value
    return replace(whole, **{name: inner})


# --- keeping and undoing --------------------------------------------------------------------------------------------


def to_plain(draft: Draft) -> Any:
    """Plain JSON values for the window's state."""
    return msgspec.to_builtins(draft)


def from_plain(value: Any) -> Draft | None:
    """None for what is no draft of this version."""
    try:
        return msgspec.convert(value, Draft)
    except msgspec.ValidationError:
        return None


class History:
    """The draft of now, and the steps back and forth."""

    def __init__(self, draft: Draft) -> None:
        self.now = draft
        self._before: list[Draft] = []
        self._after: list[Draft] = []

    def change(self, draft: Draft) -> bool:
        """False: it says the same."""
        if draft == self.now:
            return False
        self._before = [*self._before[-_MOST_STEPS:], self.now]
        self._after = []
        self.now = draft
        return True

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    def undo(self) -> bool:
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        return self._step(self._after, self._before)

    def _step(self, source: list[Draft], other: list[Draft]) -> bool:
        if not source:
            return False
        other.append(self.now)
        self.now = source.pop()
        return True
