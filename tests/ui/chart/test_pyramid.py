"""The pyramid tells what the bars tell, however it was filled; a slice is what is seen."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.ui.chart import pyramid as module
from hoga.ui.chart.pyramid import FACTOR, HIGH, LOW, OPEN, ROWS, VOLUME, Extremes, Floats, Pyramid
from hoga.ui.chart.slices import THIN, visible
from hoga.ui.chart.view import View


def columns(seed: int, length: int) -> Floats:
    chance = np.random.default_rng(seed)
    low = chance.integers(1_000, 2_000, length)
    high = low + chance.integers(0, 50, length)
    return np.array(
        [chance.integers(low, high + 1), high, low, chance.integers(low, high + 1), chance.integers(0, 9, length)],
        np.float64,
    ).reshape(ROWS, length)


def test_a_place_for_every_figure() -> None:
    assert sorted((OPEN, HIGH, LOW, module.CLOSE, VOLUME)) == list(range(ROWS))


@settings(max_examples=60)
@given(st.integers(0, 99), st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 5_000)), max_size=6), st.data())
def test_extremes_of_any_stretch(seed: int, writes: list[tuple[int, int]], data: st.DataObject) -> None:
    made, plain = Pyramid(), np.empty((ROWS, 0))
    for step, (at, length) in enumerate(writes):
        first = min(at, plain.shape[1])
        fresh = columns(seed + step, length)
        made.write(first, fresh)
        plain = np.concatenate((plain[:, :first], fresh), axis=1)
    total = plain.shape[1]
    assert len(made) == total
    first = data.draw(st.integers(-5, total + 5))
    last = data.draw(st.integers(first, total + 9))
    part = plain[:, max(first, 0) : max(last, 0)]
    expected = None
    if part.shape[1]:
        expected = Extremes(int(part[LOW].min()), int(part[HIGH].max()), int(part[VOLUME].max()))
    assert made.extremes(first, last) == expected


@settings(max_examples=40)
@given(st.integers(0, 9), st.integers(1, 40_000))
def test_each_level_joins_four_of_the_one_below(seed: int, length: int) -> None:
    made = Pyramid()
    made.write(0, columns(seed, length))
    for depth in range(1, made.depth):
        below, above = made.level(depth - 1), made.level(depth)
        assert above.shape[1] == -(-below.shape[1] // FACTOR)
        for at in (0, above.shape[1] // 2, above.shape[1] - 1):
            four = below[:, at * FACTOR : (at + 1) * FACTOR]
            told = [four[OPEN, 0], four[HIGH].max(), four[LOW].min(), four[module.CLOSE, -1], four[VOLUME].max()]
            assert above[:, at].tolist() == [float(one) for one in told]


@settings(max_examples=40)
@given(st.integers(0, 9), st.integers(1, 30_000), st.integers(20, 1_500), st.integers(12, 40_000), st.booleans())
def test_a_slice_shows_the_extremes_of_what_is_seen(seed: int, length: int, width: int, span: int, back: bool) -> None:
    made, view = Pyramid(), View(float(span))
    made.write(0, columns(seed, length))
    view.set_total(length)
    if back:
        view.pan(-length / 3)
    first, last = view.visible
    figures = visible(made, view, width)
    if first >= last:
        assert figures is None
        return
    assert figures is not None
    seen = made.extremes(first, last)
    assert seen is not None
    # Where entries of a higher level stick out at the edges, the slice may show a little more, never less.
    assert figures.high.max() >= seen.high
    assert figures.low.min() <= seen.low
    assert figures.volume.max() >= seen.volume
    # What is drawn is bounded by the pixels, not by the bars.
    assert len(figures) <= width / THIN + 2 or (figures.body == 0 and len(figures) <= width + 8)
    if width / view.span >= THIN:
        assert len(figures) == last - first
        assert figures.body % 2 == 1


@settings(max_examples=40)
@given(st.integers(0, 9), st.integers(0, 9_000), st.lists(st.integers(1, 3_000), max_size=5), st.integers(0, 3_000))
def test_what_lies_before_may_come_later(seed: int, begin: int, before: list[int], newer: int) -> None:
    whole = columns(seed, begin + 4_000 + newer)
    made, at = Pyramid(begin), begin
    made.write(begin, whole[:, begin : begin + 4_000])
    for length in before:
        length = min(length, at)
        made.write_before(whole[:, at - length : at])
        at -= length
    made.write(begin + 4_000, whole[:, begin + 4_000 :])
    made.write_before(whole[:, :at])
    plain = Pyramid()
    plain.write(0, whole)
    assert made.begin == 0 and made.depth == plain.depth
    for depth in range(plain.depth):
        assert np.array_equal(made.level(depth), plain.level(depth))


def test_nothing_to_see() -> None:
    assert visible(Pyramid(), View(), 100) is None
