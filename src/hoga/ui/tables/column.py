"""A column of a table: what it is called, what a row shows in it, by what it sorts, what of it adds up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from hoga.domain.values import Money, Shares
from hoga.ui import format as fmt
from hoga.ui.theme.tokens import Tokens

R = TypeVar("R")
Total: TypeAlias = Money | Shares | None
HIDDEN = "•••"
"""Stands for an amount that a person does not want to be seen."""


class Tone(Enum):
    """What a text means; the colours are the tokens'."""

    TEXT = "text"
    DIM = "dim"
    STALE = "stale"
    UP = "up"
    DOWN = "down"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"

    def colour(self, tokens: Tokens) -> str:
        found: str = getattr(tokens, self.value)
        return found


def tone_of(change: int) -> Tone:
    """Up, down or neither, for a signed figure."""
    return Tone.UP if change > 0 else Tone.DOWN if change < 0 else Tone.TEXT


class Cell(Struct, frozen=True):
    """What one row shows in one column. ``plain`` is what is copied; None: the text without commas and signs of print.

    ``bar`` = (part, whole) is drawn behind the text.
    """

    text: str
    plain: str | None = None
    tone: Tone = Tone.TEXT
    tip: str = ""
    bar: tuple[int, int] | None = None
    strong: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """``name`` is what layouts are kept by, and never changes; ``title`` and the cells follow the language.

    ``sort`` gives exact values that compare with each other; None is unknown and comes last either way. ``amount``
    columns can be hidden by Ctrl+H. ``code`` columns stay text wherever they are copied to. ``sample`` is a wide but
    likely text: widths come from it, not from what happens to be shown. ``total`` gives what is summed in the footer.
    """

    name: str
    title: Callable[[], str]
    cell: Callable[[R], Cell]
    sort: Callable[[R], Any]
    right: bool = False
    amount: bool = False
    code: bool = False
    shown: bool = True
    flex: bool = False
    """Takes the width that is left over."""
    sample: str = ""
    about: Callable[[], str] | None = None
    total: Callable[[R], Total] | None = None
    live: bool = False
    """Depends on market data: the others stay as they are while only a price moves."""
    signed: bool = False
    """Its sum is shown with its sign."""

    def copied(self, cell: Cell) -> str:
        """One line of plain text without tabs."""
        shown = fmt.plain(cell.text) if self.right else cell.text
        return " ".join((shown if cell.plain is None else cell.plain).split())
