"""Long lists in pages: a cursor names the last row that was sent, not a position.

So rows that come or go between two pages neither repeat nor hide others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def page_of(
    items: Sequence[T], key: Callable[[T], str], cursor: str, most: int, *, newest_first: bool = False
) -> tuple[list[T], str]:
    """The ``most`` items after ``cursor`` ("" for the first page) in the order of their keys, and the next cursor.

    Keys are unique texts of one length. The next cursor is blank when nothing is left.
    """
    keyed = sorted(((key(item), item) for item in items), key=lambda pair: pair[0], reverse=newest_first)
    left = [pair for pair in keyed if not cursor or (pair[0] < cursor if newest_first else pair[0] > cursor)]
    sent = left[:most]
    return [item for _, item in sent], sent[-1][0] if len(left) > most else ""
