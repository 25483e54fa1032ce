"""Studies in the chart: drawn where they belong, chosen and changed by hand, kept, and right on every tick."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from hoga.base.message import Language
from hoga.ui.chart import make_mini
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.pane import ChartPane
from hoga.ui.chart.sight import Cross
from hoga.ui.chart.studies.kinds import KINDS
from hoga.ui.chart.studies.shelf import MOST, Shelf
from hoga.ui.chart.studies.study import Place
from hoga.ui.chart.studies.words import short_name
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk, beat
from tests.support.made_up import SAMSUNG, trade
from tests.ui.chart.sight import count, picture, shown


def canvas_of(pane: ChartPane) -> Canvas:
    assert pane.canvas is not None
    return pane.canvas


def names(pane: ChartPane) -> list[str]:
    return [short_name(one.study) for one in canvas_of(pane).sight.shelf.entries]


def test_a_new_chart_has_the_three_averages(pane: ChartPane, context: Context) -> None:
    assert names(pane) == ["MA 5", "MA 20", "MA 60"]
    image = picture(pane)
    for one in canvas_of(pane).sight.shelf.entries:
        assert count(image, getattr(context.tokens, one.colours[0])) > 40
    assert len({one.colours for one in canvas_of(pane).sight.shelf.entries}) == 3


def test_lines_are_those_of_all_bars_after_every_tick(pane: ChartPane, desk: FakeDesk, context: Context) -> None:
    sight = canvas_of(pane).sight
    for kind in KINDS:
        sight.shelf.add(kind)
    moment = desk.clock.now()
    for step in range(8):
        desk.feed(trade(SAMSUNG, moment + timedelta(seconds=25 * step), price=71_500 + 50 * (step % 3), quantity=3))
        beat(context)
        picture(pane)
    figures = sight.columns.figures()
    assert len(figures) == len(pane.source.bars)
    for one in sight.shelf.entries:
        whole = KINDS[one.study.kind](one.study.values)
        whole.update(figures, 0)
        for name, line in whole.lines.items():
            assert np.allclose(one.study.lines[name], line, rtol=1e-9, equal_nan=True), (one.study.kind, name)


def test_panes_of_their_own_leave_the_prices_half(pane: ChartPane) -> None:
    canvas = canvas_of(pane)
    before = canvas.picture.geometry()[0]
    for kind in ("RSI", "MACD", "STO", "ATR"):
        canvas.sight.shelf.add(kind)
    canvas.redraw()
    picture(pane)
    areas = canvas.picture.geometry()[0]
    assert 1 <= len(areas.own) <= 4
    assert areas.own[-1].bottom() + 1 == areas.time_axis.top()
    assert before.price.height() > areas.price.height() > areas.whole.height() // 3
    assert areas.volume.bottom() + 1 == areas.own[0].top()


def test_the_dialog_adds_changes_colours_and_removes(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    pane.choose_studies()
    dialog = pane.studies
    assert dialog is not None
    dialog.kind.setCurrentIndex(list(KINDS).index("RSI"))
    dialog.add.click()
    assert names(pane)[-1] == "RSI 14"
    spin = dialog.form.findChild(QSpinBox, "setting span")
    box = dialog.form.findChild(QComboBox, "colour rsi")
    assert isinstance(spin, QSpinBox)
    assert isinstance(box, QComboBox)
    spin.setValue(9)
    box.activated.emit(6)
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    dialog.profile.setChecked(True)
    assert names(pane) == ["MA 20", "MA 60", "RSI 9"]
    again = Shelf(context.state.get("chart/studies"))
    assert again.kept == canvas_of(pane).sight.shelf.kept
    assert again.entries[-1].colours == ("up",)
    assert again.profile
    context.set_language(Language.KO)
    assert dialog.kind.count() == len(KINDS)
    dialog.restore.click()
    assert names(pane) == ["MA 5", "MA 20", "MA 60"]
    dialog.close()
    qtbot.waitUntil(lambda: pane.studies is None)


def test_each_chart_keeps_its_own(qtbot: QtBot, pane: ChartPane, context: Context) -> None:
    mini = shown(qtbot, make_mini(context))
    canvas_of(mini).sight.shelf.add("BB")
    mini._keep_studies()
    fresh = shown(qtbot, make_mini(context))
    assert names(fresh) == [*names(pane), "BB 20 2"]
    assert context.state.get("chart/studies") is None


@pytest.mark.parametrize(
    "kept",
    [
        ["MA"],
        {"studies": "MA"},
        {"studies": [{"kind": "NONE"}, 3, {"kind": "MA", "values": {"span": -4}, "colours": ["#123456", 7]}]},
        {"studies": [{"kind": "MA"}] * 50, "profile": "yes"},
    ],
)
def test_what_a_damaged_file_says_is_never_believed(kept: object) -> None:
    shelf = Shelf(kept)
    assert len(shelf.entries) <= MOST
    assert not shelf.profile
    for one in shelf.entries:
        assert one.study.kind == "MA"
        assert one.study.values["span"] >= 1
        assert len(one.colours) == 1


def test_values_under_the_crosshair_are_the_lines(pane: ChartPane) -> None:
    canvas = canvas_of(pane)
    canvas.point(Cross(100, None))
    picture(pane)
    closes = [bar.close_units for bar in pane.source.bars.shown[96:101]]
    first = canvas.sight.shelf.entries[0].study
    assert first.at(100)["ma"] == pytest.approx(sum(closes) / 5)


def test_volume_by_price_is_seen_behind_the_candles(pane: ChartPane, context: Context) -> None:
    before = picture(pane)
    assert context.actions.trigger("chart.profile")
    tint = canvas_of(pane).picture.looks.profile.color().name()
    assert count(picture(pane), tint) > count(before, tint) + 500
    assert context.actions.trigger("chart.profile")
    assert not canvas_of(pane).sight.shelf.profile


def test_another_period_reckons_anew(pane: ChartPane) -> None:
    pane.set_timeframe(Timeframe.DAY)
    picture(pane)
    shelf, bars = canvas_of(pane).sight.shelf, pane.source.bars
    last = shelf.at(Place.PRICE)[0].study.last()["ma"]
    assert last == pytest.approx(sum(bar.close_units for bar in bars.shown[-5:]) / 5)


def test_the_cloud_is_seen_beyond_the_newest_candle(pane: ChartPane, context: Context) -> None:
    canvas = canvas_of(pane)
    canvas.sight.shelf.entries.clear()
    plain = picture(pane)
    canvas.sight.shelf.add("ICHI")
    pane._keep_studies()
    clouded = picture(pane)
    areas, _ = canvas.picture.geometry()
    newest = int(canvas.sight.view.x_of(len(pane.source.bars), areas.price.width()))
    assert newest < areas.price.width() - 50
    assert len(set(_pixels(clouded, newest + 20, areas.price.height()))) > len(
        set(_pixels(plain, newest + 20, areas.price.height()))
    )
    canvas.sight.shelf.entries.clear()
    pane._keep_studies()
    assert picture(pane) == plain


def _pixels(image: QImage, column: int, tall: int) -> list[int]:
    return [image.pixel(column, row) for row in range(tall)]
