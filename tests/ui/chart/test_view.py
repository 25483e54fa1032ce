"""The window on the bars: what is seen where, and how it moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.ui.chart.pyramid import Extremes
from hoga.ui.chart.view import FEWEST, PriceRange, View

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("pan"), st.floats(-500, 500)),
        st.tuples(st.just("zoom"), st.floats(0.2, 5)),
        st.tuples(st.just("grow"), st.integers(1, 300)),
        st.tuples(st.just("prepend"), st.integers(1, 300)),
        st.tuples(st.just("to_newest"), st.none()),
        st.tuples(st.just("to_oldest"), st.none()),
        st.tuples(st.just("recentre"), st.none()),
    ),
    max_size=12,
)


@given(st.integers(1, 2_000), MOVES)
def test_some_bar_is_always_seen(total: int, moves: list) -> None:
    view = View(60)
    view.set_total(total)
    for name, value in moves:
        if name in ("grow", "prepend"):
            view.set_total(view.total + value, prepended=value if name == "prepend" else 0)
        elif value is None:
            getattr(view, name)()
        else:
            getattr(view, name)(value)
        first, last = view.visible
        assert 0 <= first < last <= view.total
        assert view.span >= FEWEST
        if view.following:
            assert last == view.total


@given(st.floats(0, 800), st.integers(20, 500))
def test_a_pixel_belongs_to_the_bar_painted_there(x: float, total: int) -> None:
    view = View(70)
    view.set_total(total)
    view.pan(-7.6)
    index = view.index_at(x, 800)
    if index is not None:
        assert view.x_of(index, 800) <= x + 1e-6
        assert x - 1e-6 <= view.x_of(index + 1, 800)
        assert view.nearest(x, 800) == index


def test_new_bars_on_the_left_leave_the_picture_still() -> None:
    view = View(50)
    view.set_total(200)
    view.pan(-100)
    before = [view.x_of(index, 800) for index in (60, 90)]
    view.set_total(500, prepended=300)
    assert [view.x_of(index + 300, 800) for index in (60, 90)] == before


def test_new_bars_on_the_right_move_it_only_while_it_follows() -> None:
    view = View(50)
    view.set_total(200)
    view.pan(-100)
    before = view.first
    view.set_total(201)
    assert view.first == before
    view.to_newest()
    view.set_total(202)
    assert view.visible[1] == 202


def test_zoom_holds_the_bar_under_the_pointer() -> None:
    view = View(100)
    view.set_total(1_000)
    view.pan(-300)
    held = view.index_at(200, 800)
    view.zoom(0.5, 200 / 800)
    assert view.index_at(200, 800) == held


@given(st.integers(1, 3_000_000), st.integers(1, 500_000), st.integers(40, 900), st.data())
def test_a_row_names_the_price_that_is_painted_there(low: int, span: int, height: int, data: st.DataObject) -> None:
    prices = PriceRange(low, low + span)
    row = data.draw(st.integers(0, height))
    units = prices.units_at(row, height)
    assert isinstance(units, int)
    assert low <= units <= low + span
    assert abs(prices.row_of(units, height) - row) <= max(height / span, 1.0) * 0.5 + 1e-6


def test_the_ends_of_the_range_are_exact() -> None:
    prices = PriceRange(70_100, 72_300)
    assert (prices.units_at(0, 333), prices.units_at(333, 333)) == (72_300, 70_100)


def test_the_usual_zoom_follows_the_size_unless_somebody_zoomed() -> None:
    view = View(100)
    view.set_total(1_000)
    view.set_usual(60)
    assert view.span == 60
    view.zoom(0.5)
    view.set_usual(80)
    assert view.span == 30
    view.recentre()
    assert view.span == 80
    view.set_usual(1)
    assert view.span == FEWEST


@pytest.mark.parametrize("stretch", [0.01, 0.5, 1.0, 3.0, 900.0])
def test_a_range_is_never_empty(stretch: float) -> None:
    view = View()
    view.stretch(stretch)
    for extremes in (Extremes(500, 500, 1), Extremes(1, 1, 0), Extremes(60_000, 90_000, 5), None):
        prices = view.prices(extremes)
        assert prices.high > prices.low


def test_the_range_takes_in_what_must_be_seen() -> None:
    prices = View().prices(Extremes(70_000, 71_000, 1), (69_000, 70_500))
    assert prices.low < 69_000
    assert prices.high > 71_000
