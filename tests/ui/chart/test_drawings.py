"""Lines drawn by hand: put, dragged, deleted, brought back, kept with the instrument; and the measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from hoga.ui.chart import make, make_mini
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.drawings import LONGEST, Drawing, Drawings, Point, Shape
from hoga.ui.chart.note_dialog import NoteDialog
from hoga.ui.chart.pane import ChartPane
from hoga.ui.chart.pencil import measured
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from tests.support.made_up import HYNIX, SAMSUNG
from tests.ui.chart.sight import count, picture, shown

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
POINTS = st.builds(Point, st.integers(0, 10**8), st.integers(1, 10**7))
LINES = st.one_of(
    st.builds(lambda one: Drawing(Shape.HORIZONTAL, (one,)), POINTS),
    st.builds(lambda one, other: Drawing(Shape.TREND, (one, other)), POINTS, POINTS),
    st.builds(lambda one, other: Drawing(Shape.BOX, (one, other)), POINTS, POINTS),
    st.builds(
        lambda one, words: Drawing(Shape.NOTE, (one,), words),
        POINTS,
        st.text(min_size=1, max_size=LONGEST).filter(lambda words: bool(words.strip())),
    ),
)


class Sheet:
    """A chart and a hand that clicks on it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        self.qtbot, self.context = qtbot, context
        self.pane: ChartPane = shown(qtbot, make(context))

    @property
    def canvas(self) -> Canvas:
        assert self.pane.canvas is not None
        return self.pane.canvas

    @property
    def dialog(self) -> NoteDialog:
        """The one that asks for a note's words."""
        (shown,) = (one for one in self.pane.findChildren(NoteDialog) if one.isVisible())
        return shown

    @property
    def lines(self) -> tuple[Drawing, ...]:
        return self.canvas.sight.drawings.lines

    def click(self, *places: QPoint) -> None:
        for place in places:
            self.qtbot.mouseClick(self.canvas, LEFT, NO_KEYS, place)

    def drag(self, start: QPoint, end: QPoint, *, escape: bool = False) -> None:
        port = self.canvas
        self.canvas.setFocus()
        self.qtbot.mousePress(port, LEFT, NO_KEYS, start)
        for part in (0.4, 1.0):
            self.qtbot.mouseMove(port, start + (end - start) * part)
        if escape:
            self.qtbot.keyClick(self.canvas, Qt.Key.Key_Escape)
        self.qtbot.mouseRelease(port, LEFT, NO_KEYS, end)

    def pixel(self, point: Point) -> QPoint:
        return self.canvas.picture.places().pixel(point).toPoint()


@pytest.fixture
def sheet(qtbot: QtBot, context: Context) -> Sheet:
    return Sheet(qtbot, context)


@given(st.lists(LINES, max_size=8), st.data())
def test_every_change_can_be_taken_back(lines: list[Drawing], data: st.DataObject) -> None:
    drawings, seen = Drawings(), list[tuple[Drawing, ...]]()
    for line in lines:
        before = drawings.lines
        if drawings.lines and data.draw(st.booleans()):
            drawings.remove(data.draw(st.integers(0, len(drawings.lines) - 1)))
        else:
            drawings.add(line)
        seen.append(before)
    assert Drawings(drawings.kept).lines == drawings.lines
    for before in reversed(seen):
        drawings.undo()
        assert drawings.lines == before
    assert not drawings.can_undo


@pytest.mark.parametrize(
    "kept",
    [
        {"lines": []},
        ["trend"],
        [["trend", [1, 2]], ["horizontal", [1, 0]], ["horizontal", [1.5, 2]], ["circle", [1, 2]], []],
        [["horizontal", [True, 3]]],
        [["note", [1, 2]], ["note", [1, 2], " "], ["note", "words"], ["box", [1, 2]], ["trend", [1, 2], [3, 4], "x"]],
    ],
)
def test_damaged_lines_are_left_out(kept: object) -> None:
    assert Drawings(kept).lines == ()


def test_a_horizontal_line_is_one_click_at_an_orderable_price(sheet: Sheet) -> None:
    before = picture(sheet.pane)
    sheet.pane.draw_horizontal()
    sheet.click(QPoint(200, 90))
    (line,) = sheet.lines
    assert line.shape is Shape.HORIZONTAL
    assert line.points[0].units % 100 == 0
    assert abs(sheet.pixel(line.points[0]).y() - 90) < 40
    colour = sheet.context.tokens.warn
    assert count(picture(sheet.pane), colour) > count(before, colour) + 500
    sheet.click(QPoint(300, 20))
    assert sheet.lines == (line,)


def test_a_trend_line_is_drawn_dragged_deleted_and_brought_back(sheet: Sheet) -> None:
    assert sheet.context.actions.trigger("chart.trend")
    sheet.click(QPoint(150, 60), QPoint(400, 200))
    (line,) = sheet.lines
    assert line.shape is Shape.TREND
    sheet.drag(sheet.pixel(line.points[1]), QPoint(500, 120))
    (moved,) = sheet.lines
    assert moved.points[0] == line.points[0]
    assert (sheet.pixel(moved.points[1]) - QPoint(500, 120)).manhattanLength() < 40
    middle = (sheet.pixel(moved.points[0]) + sheet.pixel(moved.points[1])) / 2
    sheet.drag(middle, middle + QPoint(0, 70))
    (lower,) = sheet.lines
    assert lower.points[0].units - moved.points[0].units == lower.points[1].units - moved.points[1].units < 0
    assert sheet.context.actions.trigger("chart.delete_line")
    assert sheet.lines == ()
    assert sheet.context.actions.why_not("chart.delete_line")
    for wanted in ((lower,), (moved,), (line,), ()):
        assert sheet.context.actions.trigger("chart.undo_line")
        assert sheet.lines == wanted
    assert sheet.context.actions.why_not("chart.undo_line")


def test_a_box_is_drawn_taken_by_its_edge_and_left_alone_inside(sheet: Sheet) -> None:
    before = picture(sheet.pane)
    assert sheet.context.actions.trigger("chart.box")
    sheet.click(QPoint(150, 60), QPoint(400, 180))
    (box,) = sheet.lines
    assert box.shape is Shape.BOX
    assert picture(sheet.pane) != before
    one, other = (sheet.pixel(point) for point in box.points)
    assert sheet.canvas.picture.places().hit((one + other) / 2) is None
    sheet.drag(QPoint((one.x() + other.x()) // 2, one.y()), QPoint((one.x() + other.x()) // 2, one.y() + 40))
    (lower,) = sheet.lines
    assert lower.points[0].units - box.points[0].units == lower.points[1].units - box.points[1].units < 0
    sheet.drag(sheet.pixel(lower.points[1]), sheet.pixel(lower.points[1]) + QPoint(60, 10))
    (wider,) = sheet.lines
    assert wider.points[0] == lower.points[0]
    assert wider.points[1].stamp > lower.points[1].stamp
    assert sheet.context.actions.trigger("chart.delete_line")
    for wanted in ((wider,), (lower,), (box,), ()):
        assert sheet.context.actions.trigger("chart.undo_line")
        assert sheet.lines == wanted


def test_a_note_is_put_written_moved_changed_and_kept(sheet: Sheet) -> None:
    assert sheet.context.actions.why_not("chart.edit_note")
    assert sheet.context.actions.trigger("chart.note")
    sheet.click(QPoint(200, 150))
    assert sheet.lines == (), "a note without words is none"
    dialog = sheet.dialog
    assert not dialog.go.isEnabled()
    dialog.edit.setText("  실적 발표 ")
    dialog.go.click()
    (note,) = sheet.lines
    assert (note.shape, note.text) == (Shape.NOTE, "실적 발표")
    assert sheet.context.state.get(f"chart/lines/{SAMSUNG.id}", 1) == [
        ["note", [note.points[0].stamp, note.points[0].units], "실적 발표"]
    ]
    words = sheet.canvas.picture.places().note(note).center()
    sheet.drag(words, words + QPoint(80, 40))
    (moved,) = sheet.lines
    assert moved.text == note.text
    assert moved.points[0].stamp > note.points[0].stamp
    assert moved.points[0].units < note.points[0].units
    sheet.qtbot.mouseDClick(sheet.canvas, LEFT, NO_KEYS, sheet.canvas.picture.places().note(moved).center())
    assert sheet.dialog.edit.text() == "실적 발표"
    sheet.dialog.edit.setText("지나감")
    sheet.dialog.go.click()
    (changed,) = sheet.lines
    assert (changed.text, changed.points) == ("지나감", moved.points)
    assert sheet.context.actions.trigger("chart.delete_line")
    for wanted in ((changed,), (moved,), (note,), ()):
        assert sheet.context.actions.trigger("chart.undo_line")
        assert sheet.lines == wanted


def test_a_note_that_is_not_written_is_not_put(sheet: Sheet) -> None:
    sheet.pane.draw_note()
    sheet.click(QPoint(200, 150))
    sheet.dialog.reject()
    assert sheet.lines == ()
    assert sheet.canvas.pencil.noted is None
    assert sheet.canvas.pencil.tool is None


def test_a_note_at_the_edge_shows_all_its_words(sheet: Sheet) -> None:
    wide = sheet.canvas.picture.geometry()[0].price.width()
    sheet.pane.draw_note()
    sheet.click(QPoint(wide - 12, 8))
    sheet.dialog.edit.setText("at the edge of everything")
    sheet.dialog.go.click()
    (note,) = sheet.lines
    room = sheet.canvas.picture.places().note(note)
    assert room.top() >= 0
    assert room.right() < wide


def test_escape_puts_the_line_back_and_the_tool_down(sheet: Sheet) -> None:
    sheet.pane.draw_trend()
    sheet.click(QPoint(150, 60))
    sheet.canvas.setFocus()
    sheet.qtbot.keyClick(sheet.canvas, Qt.Key.Key_Escape)
    assert sheet.canvas.pencil.tool is None
    assert sheet.lines == ()
    sheet.pane.draw_horizontal()
    sheet.click(QPoint(200, 90))
    before = sheet.lines
    sheet.drag(sheet.pixel(before[0].points[0]), QPoint(200, 200), escape=True)
    assert sheet.lines == before


def test_lines_stay_with_their_instrument(sheet: Sheet) -> None:
    sheet.pane.draw_horizontal()
    sheet.click(QPoint(200, 90))
    lines = sheet.lines
    sheet.context.select(HYNIX.id)
    assert sheet.lines == ()
    assert not sheet.canvas.sight.drawings.can_undo
    sheet.context.select(SAMSUNG.id)
    sheet.pane.set_timeframe(Timeframe.DAY)
    assert sheet.lines == lines
    mini = shown(sheet.qtbot, make_mini(sheet.context))
    assert mini.canvas is not None
    assert mini.canvas.sight.drawings.lines == lines
    assert sheet.context.state.get(f"chart/lines/{SAMSUNG.id}", 1) == [
        ["horizontal", [lines[0].points[0].stamp, lines[0].points[0].units]]
    ]


def test_the_measure_tells_exact_differences(sheet: Sheet) -> None:
    assert sheet.context.actions.trigger("chart.measure")
    sheet.click(QPoint(150, 60), QPoint(400, 200))
    ends = sheet.canvas.pencil.measured
    assert ends is not None
    found = measured(sheet.canvas.picture.places(), *ends)
    view, width = sheet.canvas.sight.view, sheet.canvas.picture.geometry()[0].price.width()
    first, last = view.nearest(150, width), view.nearest(400, width)
    assert first is not None and last is not None
    assert found.bars == last - first == found.minutes
    change = found.units[1] - found.units[0]
    text = sheet.pane._texts.measure(found.units, found.bars, found.minutes, sheet.canvas.sight.currency)
    assert f"{abs(change):,}" in text
    assert f"{found.bars} bars" in text
    assert sheet.lines == ()
    sheet.click(QPoint(20, 20))
    assert sheet.canvas.pencil.measured is None
