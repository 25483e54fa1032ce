"""Taking the chart along as a picture and as a table; typed stretches of time."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hoga.base.clock import KST
from hoga.ui.chart.pane import ChartPane
from hoga.ui.chart.sight import Cross
from hoga.ui.chart.stretch_dialog import PRESETS, StretchDialog
from hoga.ui.chart.stretches import Stretch, fitting, stretch_of
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context, Toast
from tests.support.made_up import START
from tests.ui.chart.sight import count

NOW = datetime(2026, 3, 31, 10, 30, tzinfo=KST)


def day(year: int, month: int = 1, date: int = 1) -> datetime:
    return datetime(year, month, date, tzinfo=KST)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("3d", NOW - timedelta(days=3), NOW),
        (" 90m ", NOW - timedelta(minutes=90), NOW),
        ("1M", datetime(2026, 2, 28, 10, 30, tzinfo=KST), NOW),
        ("1y6M", datetime(2024, 9, 30, 10, 30, tzinfo=KST), NOW),
        ("1w2d", NOW - timedelta(days=9), NOW),
        ("9999y", datetime(1956, 1, 1, 10, 30, tzinfo=KST), NOW),
        ("2024", day(2024), day(2025)),
        ("2024-12", day(2024, 12), day(2025)),
        ("2024.2.29", day(2024, 2, 29), day(2024, 3, 1)),
        ("2024-03-04..2024-06-30", day(2024, 3, 4), day(2024, 7, 1)),
        ("2023 ~ 2024-02", day(2023), day(2024, 3)),
        ("2025-06..", day(2025, 6), NOW),
        ("2026", day(2026), NOW),
    ],
)
def test_stretches_mean_what_they_say(text: str, start: datetime, end: datetime) -> None:
    assert stretch_of(text, NOW) == Stretch(start, end)


@pytest.mark.parametrize(
    "text", ["", "d", "3", "3x", "2027", "2024-13", "2023-02-29", "2024..2023", "..", "1900", "0d"]
)
def test_what_means_nothing_is_not_guessed(text: str) -> None:
    assert stretch_of(text, NOW) is None


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    found = stretch_of(text, NOW)
    assert found is None or found.start < found.end <= NOW


def test_long_stretches_are_shown_in_long_periods() -> None:
    assert fitting(Timeframe.M1, Stretch(NOW - timedelta(days=5), NOW)) is Timeframe.M1
    assert fitting(Timeframe.M1, Stretch(NOW - timedelta(days=400), NOW)) is Timeframe.DAY
    assert fitting(Timeframe.T10, Stretch(NOW - timedelta(days=30 * 366), NOW)) is Timeframe.WEEK
    assert fitting(Timeframe.MONTH, Stretch(NOW - timedelta(days=2), NOW)) is Timeframe.MONTH


def test_a_typed_stretch_is_read_and_shown(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    pane.ask_stretch()
    (dialog,) = pane.findChildren(StretchDialog)
    assert not dialog.go.isEnabled()
    dialog.edit.setText("3y")
    dialog.go.click()
    assert pane.timeframe is Timeframe.DAY
    qtbot.waitUntil(lambda: pane._wanted is None)
    assert pane.canvas is not None
    first, last = pane.canvas.sight.view.visible
    bars = pane.source.bars
    assert abs((bars[first].start - START) + timedelta(days=3 * 365)) <= timedelta(days=3)
    assert last == len(bars)
    pane.show_stretch(Stretch(START - timedelta(days=300), START - timedelta(days=200)))
    first, last = pane.canvas.sight.view.visible
    assert abs(bars[first].start - (START - timedelta(days=300))) <= timedelta(days=2)
    assert abs(bars[last - 1].start - (START - timedelta(days=200))) <= timedelta(days=2)


def test_a_preset_is_what_could_be_typed(pane: ChartPane) -> None:
    for (typed, _), back in zip(PRESETS, (1, 7, 31, 91, 182, 365, 1_826, 25_000), strict=True):
        pane.ask_stretch()
        dialog = pane.findChildren(StretchDialog)[-1]
        asked: list[Stretch] = []
        dialog.wanted.connect(asked.append)
        dialog.presets[[one for one, _ in PRESETS].index(typed)].click()
        assert asked == [stretch_of(typed, START)]
        assert asked[0].end - asked[0].start >= timedelta(days=back) * 0.9
        assert not dialog.isVisible()
    assert pane.timeframe is Timeframe.WEEK


def test_the_table_has_the_candles_that_are_seen(pane: ChartPane, tmp_path: Path, context: Context) -> None:
    toasts: list[Toast] = []
    context.toast.connect(toasts.append)
    pane.zoom_by(0.3)
    assert context.actions.trigger("chart.save_table")
    (dialog,) = pane.findChildren(QFileDialog)
    target = tmp_path / "candles.csv"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    assert pane.canvas is not None
    first, last = pane.canvas.sight.view.visible
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert len(rows) == last - first + 1
    for row, bar in zip(rows[1:], pane.source.bars.shown[first:last], strict=True):
        assert row[0] == f"{bar.start:%Y-%m-%d %H:%M:%S}"
        figures = (bar.open_units, bar.high_units, bar.low_units, bar.close_units, bar.volume)
        assert row[1:] == [str(one) for one in figures]
    assert "candles.csv" in toasts[-1].text


def test_the_picture_is_twice_as_fine_and_has_no_crosshair(pane: ChartPane, tmp_path: Path, context: Context) -> None:
    canvas = pane.canvas
    assert canvas is not None
    canvas.point(Cross(len(pane.source.bars) - 5, 40))
    assert context.actions.trigger("chart.save_picture")
    (dialog,) = pane.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "chart.png"))
    dialog.close()
    saved = QImage(str(tmp_path / "chart.png"))
    assert saved.width() == 2 * canvas.width()
    assert saved.height() > 2 * canvas.height()
    assert count(saved, context.tokens.accent) < count(saved, context.tokens.up)
    assert canvas.sight.cross is not None
    assert context.actions.trigger("chart.copy_picture")
    assert QGuiApplication.clipboard().image().size() == saved.size()


def test_a_file_that_cannot_be_written_is_said(pane: ChartPane, tmp_path: Path, context: Context) -> None:
    toasts: list[Toast] = []
    context.toast.connect(toasts.append)
    for save in ("chart.save_table", "chart.save_picture"):
        assert context.actions.trigger(save)
        dialog = pane.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(tmp_path / "nowhere" / "file"))
        dialog.close()
        assert "could not be written" in toasts[-1].text
