"""Bars become numbers when somebody looks at them, and are the same numbers as if all had become so at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from hoga.base.message import Language
from hoga.domain.market_data import Candle
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.columns import AT_ONCE, Columns
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.sight import Sight, Style
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.theme.tokens import Scheme, UpDown, tokens
from tests.ui.chart.series import MINUTE, START, trade

MANY = 4 * AT_ONCE + 7


def _candle(number: int) -> Candle:
    close = 70_000 + (number * 7919 % 997) - number % 13 * 50
    return Candle(START + number * MINUTE, close - 30, close + 90, close - 120, close, 1 + number % 90, 0)


CANDLES = [_candle(number) for number in range(MANY)]


def _bars() -> Bars:
    bars = Bars(Timeframe.M1)
    bars.read(CANDLES)
    return bars


def _whole(bars: Bars) -> Columns:
    columns = Columns()
    columns.sync(bars, 0)
    columns.load(bars, 0)
    return columns


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-50, MANY + 50), min_size=1, max_size=6), st.data())
def test_what_is_loaded_step_by_step_is_what_is_loaded_at_once(looks: list[int], data: st.DataObject) -> None:
    bars, columns = _bars(), Columns()
    columns.sync(bars, 0)
    assert columns.begin == MANY - AT_ONCE
    for first in looks:
        columns.load(bars, first)
        if data.draw(st.booleans()):
            columns.sync(bars, bars.trades([trade(bars[len(bars) - 1].start + MINUTE, 71_000 + first, 5)]))
    whole, begin = _whole(bars), columns.begin
    assert len(columns) == len(whole) == len(bars) and begin <= max(min(looks), 0)
    assert np.array_equal(columns.pyramid.level(0), whole.pyramid.level(0)[:, begin:])
    assert np.array_equal(columns.stamps[begin:], whole.stamps[begin:])
    assert np.array_equal(columns.days_change, whole.days_change[whole.days_change > begin])
    first = data.draw(st.integers(begin, len(bars) - 1))
    last = data.draw(st.integers(first + 1, len(bars)))
    assert columns.extremes(first, last) == whole.extremes(first, last)


def test_looking_back_bar_by_bar_loads_ever_larger_parts() -> None:
    bars, columns = _bars(), Columns()
    columns.sync(bars, 0)
    begins = set()
    for first in range(len(bars), -1, -1):
        columns.load(bars, first)
        begins.add(columns.begin)
    assert begins == {MANY - AT_ONCE, MANY - 2 * AT_ONCE, MANY - 4 * AT_ONCE, 0}


@pytest.fixture(scope="module")
def frame(qapp: QApplication) -> QWidget:
    return QWidget()


def _canvas(frame: QWidget, sight: Sight) -> Canvas:
    canvas = Canvas(sight, Looks(tokens(Scheme.DARK, UpDown.KOREA), UpDown.KOREA), Texts(Language.KO), frame)
    canvas.picture.resize(700, 500)
    return canvas


def _picture(frame: QWidget, sight: Sight) -> QImage:
    canvas = _canvas(frame, sight)
    image = QImage(700, 500, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.picture.draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("studies", [(), ("BB", "STO"), ("RSI", "VWAP")])
@pytest.mark.parametrize("first", [MANY - 400, MANY - AT_ONCE - 200, 30])
@pytest.mark.parametrize("style", [Style.CANDLES, Style.HEIKIN])
def test_the_picture_does_not_tell_how_much_was_loaded(
    frame: QWidget, studies: tuple[str, ...], first: int, style: Style
) -> None:
    pictures = []
    for load in (False, True):
        sight = Sight(Timeframe.M1)
        sight.style = style
        for kind in studies:
            sight.shelf.add(kind)
        sight.begin(_bars())
        sight.view.look_at(first, first + 300)
        if load:
            sight.columns.load(sight.bars, 0)
        pictures.append(_picture(frame, sight))
        everything = load or style is Style.HEIKIN or "RSI" in studies or first == 30
        assert (sight.columns.begin == 0) is everything
    assert pictures[0] == pictures[1]


def test_a_place_far_back_is_found_without_loading_it(frame: QWidget) -> None:
    sight = Sight(Timeframe.M1)
    sight.begin(_bars())
    places = _canvas(frame, sight).picture.places()
    assert [places.index(sight.stamp(index)) for index in (0, 5, MANY - 1)] == [0.0, 5.0, MANY - 1]
    assert places.index(sight.stamp(0) - 3) == -3.0 and sight.columns.begin > 0
