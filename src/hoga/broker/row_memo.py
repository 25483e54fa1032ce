"""Rows of the day's order list that say what they said before are not read again.

The list is read to its end at every turn, and of its rows few change: reading each anew, and masking what is kept of
it, would be most of what a desk does on a busy day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from hoga.domain.broker_orders import OrderReport

C = TypeVar("C", bound=Hashable)
_MOST_ROWS = 4_000


class RowMemo(Generic[C]):
    """Reads pages of a list that stands under ``name``. ``read(body, context)`` reads a whole page; its rows must each
    follow from their own fields and ``context`` (the date that was asked for) alone."""

    def __init__(self, name: str, read: Callable[[Mapping[str, Any], C], list[OrderReport]]) -> None:
        self._name = name
        self._read = read
        self._known: dict[tuple[object, ...], list[OrderReport]] = {}

    def page(self, body: Mapping[str, Any], context: C) -> list[OrderReport]:
        """The reports of one page. Raises what ``read`` raises."""
        rows = body.get(self._name)
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            return self._read(body, context)
        return [report for row in rows for report in self._row(row, context)]

    def _row(self, row: Mapping[str, Any], context: C) -> list[OrderReport]:
        key = (context, *row.items())
        try:
            known = self._known.get(key)
        except TypeError:  # something nested stands in it
            return self._read({self._name: [row]}, context)
        if known is None:
            known = self._read({self._name: [row]}, context)
            self._known[key] = known
            if len(self._known) > _MOST_ROWS:
                del self._known[next(iter(self._known))]
        return known
