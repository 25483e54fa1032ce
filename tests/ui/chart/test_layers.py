"""The chart's kept layer: whatever happens between two paints, they show what a paint of everything does."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from hoga.base.message import Language
from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.marks import LastPrice, Mark
from hoga.ui.chart.picture import Picture, volume_scale
from hoga.ui.chart.sight import Cross, Sight, Style
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.theme.tokens import Scheme, UpDown, tokens
from tests.ui.chart.series import MINUTE, START, candle, trade

BARS, WIDE, TALL = 300, 640, 420


@pytest.fixture(scope="module")
def frame(qapp: QApplication) -> QWidget:
    return QWidget()


def _sight(*studies: str, style: Style = Style.CANDLES) -> Sight:
    bars, sight = Bars(Timeframe.M1), Sight(Timeframe.M1)
    bars.read([candle(START + n * MINUTE, 71_500 + n * 7919 % 997 * 10, 1 + n % 90, 40) for n in range(BARS)])
    for kind in studies:
        sight.shelf.add(kind)
    sight.style = style
    sight.begin(bars)
    return sight


def _canvas(frame: QWidget, sight: Sight) -> Canvas:
    canvas = Canvas(sight, Looks(tokens(Scheme.LIGHT, UpDown.KOREA), UpDown.KOREA), Texts(Language.EN), frame)
    canvas.resize(WIDE, TALL)
    canvas.picture.resize(WIDE, TALL)
    return canvas


def _both(canvas: Canvas) -> tuple[QImage, QImage]:
    images = []
    fresh = Picture(canvas.sight, canvas.picture.looks, canvas.picture.texts, canvas.picture.scales)
    fresh.resize(WIDE, TALL)
    for paint in (canvas.picture.paint, fresh.draw):
        image = QImage(WIDE, TALL, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter)
        images.append(image)
    return images[0], images[1]


def _trade(sight: Sight, units: int, *, later: bool = False) -> None:
    at = sight.bars[len(sight.bars) - 1].start + (MINUTE if later else MINUTE / 2)
    sight.sync(sight.bars.trades([trade(at, units, 7)]), 0)
    sight.last = LastPrice(units, units - 71_500, stale=False)


def _something(sight: Sight, canvas: Canvas, chance: Random) -> None:
    """Mostly trades, as in a market; now and then whatever else changes a chart."""
    what = chance.randrange(16)
    if what < 8:
        _trade(sight, chance.randrange(72_000, 81_000, 100), later=what == 0)
    elif what == 8:
        _trade(sight, chance.choice((68_000, 90_000)))
    elif what == 9:
        sight.view.pan(chance.randrange(-40, 60))
    elif what == 10:
        sight.view.zoom(chance.choice((0.5, 0.8, 1.3, 3.0)))
    elif what == 11:
        sight.cross = Cross(chance.randrange(BARS), chance.choice((None, 90)))
    elif what == 12:
        sight.marks = (Mark(len(sight.bars) - 1, Side.BUY, 3, 3 * 75_000, Currency.KRW),)
    elif what == 13:
        sight.shelf.change(sight.shelf.entries[0], "span", chance.randrange(2, 30))
    elif what == 14:
        canvas.dress(Looks(tokens(chance.choice(tuple(Scheme)), UpDown.KOREA), UpDown.KOREA), Texts(Language.KO))
    else:
        sight.view.recentre()


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("studies", [(), ("BB", "VWAP", "VMA"), ("MACD", "RSI"), ("ICHI", "STO")])
def test_every_paint_is_the_whole_picture(frame: QWidget, studies: tuple[str, ...], style: Style) -> None:
    chance, sight = Random(f"{studies}{style}"), _sight(*studies, style=style)
    canvas = _canvas(frame, sight)
    for turn in range(24):
        painted, whole = _both(canvas)
        assert painted == whole, turn
        _something(sight, canvas, chance)


def test_a_trade_that_moves_no_scale_leaves_the_kept_layer(frame: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    sight = _sight("BB", "RSI")
    canvas = _canvas(frame, sight)
    scales = canvas.picture.scales
    drawn: list[object] = []
    real = scales.draw
    monkeypatch.setattr(scales, "draw", lambda *given: (drawn.append(given), real(*given)))
    _trade(sight, 75_000)
    images = []
    for turn in range(6):
        _trade(sight, 75_000 + turn * 100)
        image = QImage(WIDE, TALL, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            canvas.picture.paint(painter)
        images.append(image)
    assert len(drawn) == 2  # at once, and once more to be kept
    assert all(one != other for one, other in pairwise(images))
    canvas.picture.forget()
    _both(canvas)
    assert len(drawn) == 4


def test_the_top_of_the_volumes_holds_them_and_seldom_moves() -> None:
    busy = range(1, 30_000)
    assert all(one <= volume_scale(one) <= max(one * 4 // 3, 10) for one in busy)
    assert len(set(map(volume_scale, busy))) < 60 and volume_scale(0) == 0
