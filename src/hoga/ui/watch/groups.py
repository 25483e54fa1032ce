"""Groups of watched instruments and their order, kept in the state. Pure of widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from hoga.domain.instruments import InstrumentId
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.state import StateStore

VERSION = 1
MOST = 100
"""Instruments in one group."""


class Group(Struct, frozen=True):
    """``name`` empty: the first group, which is called in the language of now."""

    name: str
    instruments: tuple[InstrumentId, ...] = ()


class Groups(QObject):
    """At least one group; one of them is shown. Signals:

    changed: the shown group's instruments or their order.
    listed: groups were made, named or removed, or another one is shown.
    """

    changed = Signal()
    listed = Signal()

    def __init__(self, state: StateStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._groups, self._shown = _read(state.get("watch", VERSION))
        self.fresh = not self._groups
        """Nothing was ever kept: a newcomer, who gets a first list when the master was read."""
        self._groups = self._groups or [Group("")]

    @property
    def all(self) -> tuple[Group, ...]:
        return tuple(self._groups)

    @property
    def shown(self) -> int:
        return self._shown

    @property
    def instruments(self) -> tuple[InstrumentId, ...]:
        return self._groups[self._shown].instruments

    def show(self, place: int) -> None:
        if 0 <= place < len(self._groups) and place != self._shown:
            self._shown = place
            self._tell_list()

    def add(self, instruments: Sequence[InstrumentId], at: int | None = None) -> tuple[InstrumentId, ...]:
        """Put instruments in (at the end, or before row ``at``); those that are there already stay where they are.
        Returns those that are new."""
        have = self.instruments
        new = tuple(dict.fromkeys(one for one in instruments if one not in have))[: max(MOST - len(have), 0)]
        if new:
            place = len(have) if at is None else max(0, min(at, len(have)))
            self._put((*have[:place], *new, *have[place:]))
        return new

    def remove(self, instruments: Sequence[InstrumentId]) -> None:
        self._put(tuple(one for one in self.instruments if one not in set(instruments)))

    def move(self, rows: Sequence[int], before: int) -> None:
        """Bring ``rows`` (in their order) to stand before the row that is now ``before``."""
        have = self.instruments
        moved = [have[row] for row in sorted(set(rows)) if 0 <= row < len(have)]
        rest = [one for row, one in enumerate(have) if row not in set(rows)]
        place = sum(1 for row in range(min(before, len(have))) if row not in set(rows))
        self._put((*rest[:place], *moved, *rest[place:]))

    def new_group(self, name: str, instruments: Sequence[InstrumentId] = ()) -> None:
        """Make a group and show it."""
        self._groups.append(Group(name.strip() or f"{len(self._groups) + 1}", tuple(instruments)[:MOST]))
        self._shown = len(self._groups) - 1
        self._tell_list()

    def rename(self, name: str) -> None:
        self._groups[self._shown] = replace(self._groups[self._shown], name=name.strip())
        self._tell_list()

    def remove_group(self) -> None:
        """The shown group goes; the last one is emptied instead."""
        if len(self._groups) == 1:
            self._put(())
            return
        del self._groups[self._shown]
        self._shown = max(self._shown - 1, 0)
        self._tell_list()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _put(self, instruments: tuple[InstrumentId, ...]) -> None:
        if instruments != self.instruments:
            self._groups[self._shown] = replace(self._groups[self._shown], instruments=instruments)
            self._keep()
            self.changed.emit()

    def _tell_list(self) -> None:
        self._keep()
        self.listed.emit()
        self.changed.emit()

    def _keep(self) -> None:
        self.fresh = False
        groups = [{"name": group.name, "instruments": [str(one) for one in group.instruments]} for group in self.all]
        self._state.put("watch", {"groups": groups, "shown": self._shown}, VERSION)


def _read(value: Any) -> tuple[list[Group], int]:
    """Whatever of a kept value makes sense."""
    if not isinstance(value, dict) or not isinstance(value.get("groups"), list):
        return [], 0
    groups = []
    for row in value["groups"]:
        if isinstance(row, dict) and isinstance(row.get("name"), str) and isinstance(row.get("instruments"), list):
            kept = (read_instrument(text) for text in row["instruments"])
            groups.append(Group(row["name"], tuple(dict.fromkeys(one for one in kept if one is not None))[:MOST]))
    shown = value.get("shown")
    return groups, shown if type(shown) is int and 0 <= shown < len(groups) else 0
