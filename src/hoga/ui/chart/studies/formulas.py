"""The arithmetic of studies, on columns of numbers. Every function writes ``out`` from an index on and is exact in both
ways of being called: once over everything, or again and again over what has changed at the end.

``out`` is as long as its values. Where a study is not defined yet it holds NaN. Seeds follow the common libraries: a
smoothed average starts from the plain average of its first span.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

_CHUNK = 1 << 16
"""Bars that are looked at in one go: bounds the memory of rolling windows."""


def nothing(length: int) -> Column:
    return np.full(length, np.nan)


# --- windows ----------------------------------------------------------------------------------------------------------


def mean(values: Column, span: int, out: Column, first: int) -> None:
    """The plain average of the last ``span`` values."""
    for part, windows in _windows(values, span, out, first):
        out[part] = windows.mean(axis=1)


def spread(values: Column, span: int, out: Column, first: int) -> None:
    """The standard deviation of the last ``span`` values, all of them counted (divided by ``span``)."""
    for part, windows in _windows(values, span, out, first):
        out[part] = windows.std(axis=1)


def highest(values: Column, span: int, out: Column, first: int) -> None:
    for part, windows in _windows(values, span, out, first):
        out[part] = windows.max(axis=1)


def lowest(values: Column, span: int, out: Column, first: int) -> None:
    for part, windows in _windows(values, span, out, first):
        out[part] = windows.min(axis=1)


def _windows(values: Column, span: int, out: Column, first: int) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Slices of ``out`` from ``first`` on and the window of each bar in them; NaN where no window is whole."""
    out[first : span - 1] = np.nan
    begin = max(first, span - 1)
    while begin < len(values):
        end = min(begin + _CHUNK, len(values))
        part = values[begin - span + 1 : end]
        # Of the newest bar alone, as with every trade, there is one window: what is made for many costs ten times more.
        alone = end - begin == 1
        yield slice(begin, end), part[np.newaxis] if alone else np.lib.stride_tricks.sliding_window_view(part, span)
        begin = end


# --- smoothing --------------------------------------------------------------------------------------------------------


def smooth(values: Column, span: int, weight: float, out: Column, first: int, begin: int = 0) -> None:
    """Each value moves the average by ``weight`` of its distance. Values before ``begin`` are not defined.

    Begins at ``begin + span - 1`` with the plain average up to there.
    """
    seed = begin + span - 1
    out[first : min(seed, len(values))] = np.nan
    if len(values) <= seed:
        return
    if first <= seed:
        out[seed] = values[begin : seed + 1].mean()
        first = seed + 1
    out[first:] = list(
        accumulate(values[first:].tolist(), lambda last, value: last + weight * (value - last), initial=out[first - 1])
    )[1:]


def exponential(values: Column, span: int, out: Column, first: int, begin: int = 0) -> None:
    """The exponential average of ``span``."""
    smooth(values, span, 2 / (span + 1), out, first, begin)


def wilder(values: Column, span: int, out: Column, first: int, begin: int = 0) -> None:
    """Wilder's average: as the exponential one, with a weight of one part in ``span``."""
    smooth(values, span, 1 / span, out, first, begin)


# --- within a day -----------------------------------------------------------------------------------------------------


def running_per_day(values: Column, starts: NDArray[np.int64], out: Column, first: int) -> None:
    """The sum since the day began. ``starts``: the bars with which days begin, the very first one left out."""
    day = int(np.searchsorted(starts, first, side="right"))
    begins = [int(starts[day - 1]) if day else 0, *(start for start in starts[day:].tolist() if start > 0)]
    for begin, end in zip(begins, [*begins[1:], len(values)], strict=True):
        since = max(begin, first)
        before = out[since - 1] if since > begin else 0.0
        out[since:end] = before + np.cumsum(values[since:end])


# --- by price ---------------------------------------------------------------------------------------------------------


def volume_by_price(lows: Column, highs: Column, volumes: Column, edges: Column) -> Column:
    """Volume in each band between ``edges``: a bar's volume is spread evenly over its range."""
    found = np.zeros(len(edges) - 1)
    flat = highs <= lows
    at = np.clip(np.searchsorted(edges, lows[flat], side="right") - 1, 0, len(found) - 1)
    inside = (lows[flat] >= edges[0]) & (lows[flat] <= edges[-1])
    np.add.at(found, at[inside], volumes[flat][inside])
    low, high, volume = lows[~flat], highs[~flat], volumes[~flat]
    for band in range(len(found)):
        shared = np.minimum(high, edges[band + 1]) - np.maximum(low, edges[band])
        found[band] += float((np.maximum(shared, 0) / (high - low) * volume).sum())
    return found
