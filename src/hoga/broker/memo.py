"""Texts that come again and again on a live connection are read once.

The prices of a feed are a few thousand texts that stand in millions of records: looking one up costs a third of what
reading it does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
_MOST_TEXTS = 8_192


class Memo(dict[str, V]):
    """``memo[text]`` is ``read(text)``, which must follow from the text alone; what it raises is raised and not kept.
    Holds so many texts at most and then begins anew."""

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> V:
        value = self._read(text)
        if len(self) >= _MOST_TEXTS:
            self.clear()
        self[text] = value
        return value
