"""Ways to draw the same bars: a line, Heikin-Ashi, equal percentages; what is written stays the real bar."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from hoga.domain.market_data import Candle
from hoga.ui.chart import make
from hoga.ui.chart.axis import log_marks
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.columns import Columns
from hoga.ui.chart.pane import ChartPane
from hoga.ui.chart.sight import Style
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.chart.view import PriceRange
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk
from tests.ui.chart.series import START, candles
from tests.ui.chart.sight import count, picture, shown


def heikin(bars: list[Candle]) -> list[tuple[float, float, float, float]]:
    """Bar by bar, from the words of the rule."""
    made: list[tuple[float, float, float, float]] = []
    for bar in bars:
        close = (bar.open_units + bar.high_units + bar.low_units + bar.close_units) / 4
        opened = (made[-1][0] + made[-1][3]) / 2 if made else (bar.open_units + bar.close_units) / 2
        made.append((opened, max(bar.high_units, opened, close), min(bar.low_units, opened, close), close))
    return made


@given(candles(most=40), st.data())
def test_heikin_ashi_is_the_rule_however_bars_come(parts: list[Candle], data: st.DataObject) -> None:
    bars, columns = Bars(Timeframe.M1), Columns()
    cut = data.draw(st.integers(1, len(parts)))
    for piece in (parts[:cut], parts[cut:]):
        columns.sync(bars, bars.read(piece))
        averaged = columns.averaged().level(0)
        assert np.allclose(averaged[:4].T, np.array(heikin(list(bars.shown))), rtol=1e-12)


def test_the_next_style_is_kept_and_values_stay_real(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    assert pane.canvas is not None
    said = pane.readout.text
    before = picture(pane)
    seen = [before]
    for style in (Style.LINE, Style.HEIKIN):
        assert context.actions.trigger("chart.style")
        assert pane.canvas.sight.style is style
        seen.append(picture(pane))
        assert pane.readout.text == said
    assert all(one != other for at, one in enumerate(seen) for other in seen[:at])
    again = shown(qtbot, make(context))
    assert again.canvas is not None
    assert again.canvas.sight.style is Style.HEIKIN
    assert context.actions.trigger("chart.style")
    assert count(picture(pane), context.tokens.up) == count(before, context.tokens.up)


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000), st.integers(50, 900))
def test_a_log_axis_finds_its_prices_again(low: int, more: int, height: int) -> None:
    prices = PriceRange(low, low + more, log=True)
    assert prices.units_at(0, height) == prices.high
    assert prices.units_at(height, height) == prices.low
    for units in (low, low + more // 3, low + more):
        row = round(prices.row_of(units, height))
        assert abs(prices.row_of(prices.units_at(row, height), height) - row) <= height
        assert np.isclose(prices.rows(np.array([float(units)]), height)[0], prices.row_of(units, height))
    marks = log_marks(prices, 8)
    assert marks == sorted(set(marks))
    assert all(low < mark <= low + more for mark in marks)


def test_equal_percentages_are_equally_tall(pane: ChartPane, context: Context) -> None:
    assert pane.canvas is not None
    pane.set_timeframe(Timeframe.DAY)
    assert context.actions.trigger("chart.log")
    picture(pane)
    _, prices = pane.canvas.picture.geometry()
    assert prices.log
    heights = [prices.row_of(units, 400) - prices.row_of(units * 2, 400) for units in (20_000, 50_000)]
    assert heights[0] == pytest.approx(heights[1])
    assert context.state.get("chart/look") == {"style": "candles", "log": True, "raw": False}


def test_raw_prices_are_read_anew_named_and_kept(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    desk = context.desk
    assert isinstance(desk, FakeDesk) and pane.canvas is not None
    halved = [Candle(START, 50_000, 50_500, 49_500, 50_000, 7, 0)]
    desk.answers["raw candles"] = tuple(halved)
    before = picture(pane)
    assert context.actions.trigger("chart.raw")
    assert list(pane.source.bars.shown) == halved and "50,000" in pane.readout.text
    picture(pane)
    assert picture(pane) != before
    again = shown(qtbot, make(context))
    assert again.canvas is not None and again.canvas.sight.raw and list(again.source.bars.shown) == halved
    assert context.actions.trigger("chart.raw")
    asked = len(desk.named("raw candles"))
    pane.retry()
    assert not pane.canvas.sight.raw and len(desk.named("raw candles")) == asked
