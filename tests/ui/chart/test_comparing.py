"""Two instruments in one chart: both in per cent from the left edge, as far back as one looks, live, and kept."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from hoga.domain.market_data import Candle
from hoga.ui.chart import ChartPane, make
from hoga.ui.chart.axis import percent_marks
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.columns import Columns
from hoga.ui.chart.compare_dialog import CompareDialog
from hoga.ui.chart.rival import Rival
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.chart.view import PriceRange
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk, beat
from tests.support.made_up import HYNIX, SAMSUNG, trade
from tests.ui.chart.series import candles
from tests.ui.chart.sight import picture, shown


@given(candles(most=30), candles(most=30), st.data())
def test_the_line_is_the_last_close_known_in_per_cent(
    ours: list[Candle], theirs: list[Candle], data: st.DataObject
) -> None:
    own, bars, columns = Bars(Timeframe.M1), Bars(Timeframe.M1), Columns()
    own.read(ours)
    bars.read(theirs)
    columns.sync(own, 0)
    first = data.draw(st.integers(0, len(ours) - 1))
    last = data.draw(st.integers(first + 1, len(ours)))
    told = Rival("other", bars).compared(columns, first, last)
    closes = [
        next((one.close_units for one in reversed(theirs) if one.start <= bar.start), None) for bar in ours[first:last]
    ]
    begin = next((at for at, close in enumerate(closes) if close is not None), None)
    if begin is None:
        assert told is None
        return
    assert told is not None and told.base == ours[first + begin].close_units
    divisor = closes[begin] or 0
    for at, close in enumerate(closes):
        found = told.at(first + at)
        assert found == (None if close is None else pytest.approx(told.base * close / divisor))
    assert told.at(last) is None


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000), st.integers(1, 3_000_000), st.integers(2, 20))
def test_the_axis_has_round_changes(low: int, more: int, base: int, most: int) -> None:
    prices = PriceRange(low, low + more)
    marks = percent_marks(prices, base, most)
    assert len(marks) <= most + 1
    for part, units in marks:
        assert units == pytest.approx(base + base * part / 10_000)
        assert low - base / 5_000 <= units <= low + more + base / 5_000


def rival_of(pane: ChartPane) -> Rival | None:
    assert pane.canvas is not None
    return pane.canvas.sight.rival


def test_another_instrument_is_chosen_shown_and_kept(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    plain = picture(pane)
    assert context.actions.trigger("chart.compare")
    (dialog,) = pane.findChildren(CompareDialog)
    assert not dialog.go.isEnabled() and not dialog.nothing.isEnabled()
    dialog.edit.setText(HYNIX.id.code)
    assert dialog.hits.count() >= 1
    dialog.go.click()
    both = picture(pane)
    rival = rival_of(pane)
    assert both != plain and rival is not None and rival.name == context.name(HYNIX.id)
    assert pane.canvas is not None
    told = pane.canvas.sight.comparison
    assert told is not None
    assert told.at(told.first) == told.base == pane.source.bars[told.first].close_units
    assert context.state.get("chart/compare") == str(HYNIX.id)
    again = shown(qtbot, make(context))
    assert rival_of(again) is not None
    again.close()
    context.select(HYNIX.id)  # with itself there is nothing to compare
    picture(pane)
    assert rival_of(pane) is None
    context.select(SAMSUNG.id)
    assert rival_of(pane) is not None
    pane.ask_rival()
    pane.findChildren(CompareDialog)[-1].nothing.click()
    assert rival_of(pane) is None and picture(pane) == plain


def test_it_moves_with_its_trades_and_follows_the_period(pane: ChartPane, context: Context, desk: FakeDesk) -> None:
    pane.compare_with(HYNIX.id)
    picture(pane)
    assert pane.canvas is not None
    sight = pane.canvas.sight
    assert sight.comparison is not None
    newest = sight.view.visible[1] - 1
    before = sight.comparison.at(newest)
    desk.feed(trade(SAMSUNG, desk.clock.now(), 71_500))
    desk.feed(trade(HYNIX, desk.clock.now(), 300_000))
    beat(context)
    picture(pane)
    after = sight.comparison.at(newest + 1)
    assert before is not None and after is not None and after > before * 1.2
    pane.set_timeframe(Timeframe.DAY)
    rival = rival_of(pane)
    assert rival is not None and rival.bars.timeframe is Timeframe.DAY
    for _ in range(3):
        pane.to_oldest()
    oldest, theirs = pane.source.bars.oldest, rival.bars.oldest
    assert oldest is not None and theirs is not None and abs(oldest - theirs) <= timedelta(days=7)
    picture(pane)
    assert sight.comparison is not None and not np.isnan(sight.comparison.units).all()
    pane.set_timeframe(Timeframe.T10)
    assert rival_of(pane) is None
