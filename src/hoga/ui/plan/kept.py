"""Named sets of targets, and the draft that was being edited: kept with the window's state, for every account alike."""

from __future__ import annotations

from typing import Any

from hoga.ui.plan.draft import VERSION, Draft, from_plain, to_plain
from hoga.ui.state import StateStore

_SETS = "plan/sets"


class Sets:
    """Named drafts, in the order of their names."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._kept()))

    def load(self, name: str) -> Draft | None:
        """None: there is no such set, or it is of another version."""
        return from_plain(self._kept().get(name))

    def save(self, name: str, draft: Draft) -> None:
        self._put({**self._kept(), name: to_plain(draft)})

    def rename(self, old: str, new: str) -> bool:
        """False: the new name is taken or empty."""
        kept = self._kept()
        if not new or new in kept or old not in kept:
            return False
        self._put({new if name == old else name: value for name, value in kept.items()})
        return True

    def delete(self, name: str) -> None:
        self._put({other: value for other, value in self._kept().items() if other != name})

    def _kept(self) -> dict[str, Any]:
        kept = self._state.get(_SETS, VERSION)
        return dict(kept) if isinstance(kept, dict) else {}

    def _put(self, sets: dict[str, Any]) -> None:
        self._state.put(_SETS, sets, VERSION)


def kept_draft(state: StateStore, connection: str) -> Draft:
    """What was being edited for this account; an empty draft at first."""
    return from_plain(state.get(_draft_name(connection), VERSION)) or Draft()


def keep_draft(state: StateStore, connection: str, draft: Draft) -> None:
    state.put(_draft_name(connection), to_plain(draft), VERSION)


def _draft_name(connection: str) -> str:
    return f"plan/draft/{connection}"
