"""What a study is: a kind with settings, and lines that follow the bars."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hoga.ui.chart.studies.formulas import Column, nothing


class Place(Enum):
    """Where its lines are drawn."""

    PRICE = "price"
    """Over the candles, on their axis."""
    VOLUME = "volume"
    OWN = "own"
    """In a pane of its own below."""


class Setting(Struct, frozen=True):
    """One number that a person may change, within bounds. ``tenths``: it is written with one decimal."""

    name: str
    default: float
    least: float
    most: float
    tenths: bool = False

    def checked(self, value: object) -> float:
        """``value`` if it can be used, else the default: settings come from a file."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.least <= value <= self.most:
            return self.default
        return value if self.tenths else round(value)


class Figures(Struct, frozen=True):
    """The bars as columns of equal length; ``days`` are the bars that begin another day than the one before."""

    opens: Column
    highs: Column
    lows: Column
    closes: Column
    volumes: Column
    days: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.closes)

    @property
    def typical(self) -> Column:
        return (self.highs + self.lows + self.closes) / 3


class Study(ABC):
    """One study on one chart. ``update`` after every change; ``lines`` are as long as the bars, NaN where undefined."""

    kind: ClassVar[str]
    place: ClassVar[Place]
    settings: ClassVar[tuple[Setting, ...]] = ()
    line_names: ClassVar[tuple[str, ...]]
    bounds: ClassVar[tuple[float, float] | None] = None
    """The range of its pane where it always has the same."""
    levels: ClassVar[tuple[float, ...]] = ()
    """Where its pane has a rule to compare with."""
    windowed: ClassVar[bool] = False
    """Its values come from the last bars alone, as many as its spans together; else from all before."""
    cloud: ClassVar[tuple[str, str] | None] = None
    """Two lines with the room between them filled."""

    def __init__(self, values: Mapping[str, object] | None = None) -> None:
        self.values = {one.name: one.checked((values or {}).get(one.name)) for one in self.settings}
        self._kept: dict[str, Column] = {name: nothing(0) for name in self.line_names}
        self.beyond: dict[str, Column] = {}
        """Values of lines that reach further than the newest bar, from the first bar that is not there yet."""

    @property
    def lines(self) -> Mapping[str, Column]:
        return {name: self._kept[name] for name in self.line_names}

    @property
    def reach(self) -> int | None:
        """So many bars before one make its values; None where all of them do. More than enough: its spans together."""
        return sum(self.span(one.name) for one in self.settings) if self.windowed else None

    @property
    def ahead(self) -> int:
        """So many bars beyond the newest its lines reach."""
        return 0

    def span(self, name: str) -> int:
        return int(self.values[name])

    def update(self, figures: Figures, first: int) -> None:
        """Follow the bars, of which everything from ``first`` on is new. Bars may have become fewer."""
        first = min(first, len(figures))
        for name, column in self._kept.items():
            self._kept[name] = _resized(column, len(figures))
        self._compute(figures, first)

    def last(self) -> Mapping[str, float | None]:
        """The newest value of each line, None where there is none."""
        return self.at(-1)

    def at(self, index: int) -> Mapping[str, float | None]:
        """The values at a bar."""
        found: dict[str, float | None] = {}
        for name, column in self.lines.items():
            value = float(column[index]) if -len(column) <= index < len(column) else np.nan
            found[name] = None if np.isnan(value) else value
        return found

    def _aside(self, name: str, length: int) -> Column:
        """A column beside the lines that is kept from update to update."""
        column = self._kept.get(name)
        if column is None or len(column) != length:
            self._kept[name] = column = _resized(nothing(0) if column is None else column, length)
        return column

    @abstractmethod
    def _compute(self, figures: Figures, first: int) -> None: ...


def _resized(column: Column, length: int) -> Column:
    if len(column) == length:
        return column
    fresh = nothing(length)
    kept = min(len(column), length)
    fresh[:kept] = column[:kept]
    return fresh
