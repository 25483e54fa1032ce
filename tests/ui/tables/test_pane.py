"""What a person does with a table: sort by clicking, choose columns, filter, copy, export, read its sums."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.domain.values import Money, Shares
from hoga.ui.context import Context, Toast
from hoga.ui.tables.column import Cell, Column
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from tests.support.fake_desk import make_context


@dataclass(frozen=True)
class Row:
    code: str
    count: int
    won: int | None


def columns() -> list[Column[Row]]:
    return [
        Column("code", lambda: "Code", lambda row: Cell(row.code), lambda row: row.code, code=True, sample="000000"),
        Column(
            "count", lambda: "Count", lambda row: Cell(f"{row.count:,}"), lambda row: row.count, right=True,
            sample="10,000", total=lambda row: Shares(row.count),
        ),
        Column(
            "won", lambda: "Won", lambda row: Cell("–" if row.won is None else f"{row.won:,}".replace("-", "−")),
            lambda row: row.won, right=True, amount=True, sample="10,000,000", flex=True,
            total=lambda row: None if row.won is None else Money(row.won),
        ),
    ]  # fmt: skip


ROWS = [Row("005930", 9, 1_000), Row("000660", 10, -2_500), Row("035420", 1_000, None)]


@pytest.fixture
def context(qapp: QApplication) -> Iterator[Context]:
    made = make_context()
    yield made
    made.stop()


def pane_of(context: Context, qtbot: QtBot, rows: list[Row] = ROWS) -> TablePane[Row]:
    model: RowModel[Row] = RowModel(columns(), lambda row: row.code)
    pane: TablePane[Row] = TablePane(context, "test", model)
    model.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(600, 300)
    pane.show()
    pane.activateWindow()
    pane.setFocus()
    qtbot.waitUntil(pane.view.hasFocus)
    model.set_rows(rows)
    return pane


def click_head(pane: TablePane[Row], qtbot: QtBot, column: int) -> None:
    head = pane.view.head
    at = QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) // 2, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)


def codes(pane: TablePane[Row]) -> list[object]:
    return list(pane.rows.shown_keys())


def test_an_arrow_chooses_the_row_on_which_the_ring_stands(context: Context, qtbot: QtBot) -> None:
    """A single row too, which Qt's own arrows can never select."""
    pane = pane_of(context, qtbot, ROWS[:1])
    pane.view.setFocus()
    qtbot.waitUntil(pane.view.hasFocus)
    assert not pane.view.selected_keys()
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.view.selected_keys() == tuple(pane.rows.shown_keys())


def test_the_head_sorts_nine_before_ten_and_the_third_click_resets(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    click_head(pane, qtbot, 1)
    first = codes(pane)
    click_head(pane, qtbot, 1)
    second = codes(pane)
    click_head(pane, qtbot, 1)
    assert {tuple(first), tuple(second)} == {("005930", "000660", "035420"), ("035420", "000660", "005930")}
    assert pane.rows.sorted_by() is None
    assert codes(pane) == ["005930", "000660", "035420"]


def test_columns_come_back_by_name_after_a_restart(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    head = pane.view.head
    head.moveSection(0, 2)
    head.resizeSection(1, 222)
    head.setSectionHidden(2, True)
    pane.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    head.keep()
    again = pane_of(context, qtbot)
    assert again.view.head.visualIndex(0) == 2
    assert abs(again.view.head.sectionSize(1) - 222) <= 1
    assert again.view.head.isSectionHidden(2)
    assert again.rows.sorted_by() == ("count", True)
    again.view.head.restore_defaults()
    assert again.view.head.visualIndex(0) == 0
    assert not again.view.head.isSectionHidden(2)
    assert again.rows.sorted_by() is None


def test_an_older_kept_layout_of_unknown_columns_does_no_harm(context: Context, qtbot: QtBot) -> None:
    context.state.put("columns/test", {"order": ["gone", "won"], "hidden": ["gone"], "sort": ["gone", "rising"]})
    pane = pane_of(context, qtbot)
    assert pane.view.head.visualIndex(2) == 0
    assert codes(pane) == ["005930", "000660", "035420"]


def test_the_menu_of_the_head_hides_a_column_but_never_the_last(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    head = pane.view.head
    for _ in range(2):
        head.open_menu(QPoint(5, 5))
        menu = head.menu
        assert menu is not None
        shown = [action for action in menu.actions() if action.isCheckable() and action.isChecked()]
        shown[-1].trigger()
        menu.close()
    head.open_menu(QPoint(5, 5))
    assert head.menu is not None
    left = [a for a in head.menu.actions() if a.isCheckable() and a.isChecked()]
    assert [a.isEnabled() for a in left] == [False]
    head.menu.close()


def test_copy_is_plain_and_keeps_codes_as_text(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    pane.view.choose("000660")
    qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "000660\t10\t-2500"
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    pane.view.selectAll()
    qtbot.keyClick(pane.view, Qt.Key.Key_C, shift)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Code\tCount\tWon", "005930\t9\t1000", "000660\t10\t-2500", "035420\t1000\t",
    ]  # fmt: skip
    html = QGuiApplication.clipboard().mimeData().html()
    assert "mso-number-format" in html


def test_hidden_amounts_are_not_copied_and_not_exported(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    context.hide_amounts(True)
    pane.view.choose("005930")
    pane.copy()
    assert QGuiApplication.clipboard().text() == "005930\t9\t•••"
    assert "hidden" in context.actions.why_not("table.export")
    assert "1,000" not in pane.footer.text()


def test_export_writes_a_file_that_a_spreadsheet_reads_right(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(context, qtbot, [Row("=1+1", 9, 5), *ROWS])
    told: list[Toast] = []
    context.toast.connect(told.append)
    path = tmp_path / "테스트.csv"
    pane.export_to(str(path))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["Code", "Count", "Won"]
    assert rows[2] == ['="005930"', "9", "1000"]
    assert rows[4] == ['="035420"', "1000", ""]
    assert told[0].text == "4 rows written to 테스트.csv."


def test_a_file_that_cannot_be_written_is_told(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(context, qtbot)
    told: list[Toast] = []
    context.toast.connect(told.append)
    pane.export_to(str(tmp_path / "no" / "such.csv"))
    assert told[0].sticky


def test_a_table_that_was_hidden_shows_no_sum_of_before(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    qtbot.waitUntil(lambda: "1,019" in pane.footer.text())
    pane.hide()
    pane.show()
    pane.rows.put([replace(ROWS[0], count=10)])
    QApplication.processEvents()
    QApplication.processEvents()
    assert "1,020" in pane.footer.text()


def test_the_footer_sums_what_is_selected_and_admits_the_unknown(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    pane.view.choose("005930")
    qtbot.waitUntil(lambda: pane.footer.text() == "1 selected   Count 9 sh   Won 1,000")
    pane.view.selectAll()
    qtbot.waitUntil(lambda: pane.footer.text() == "3 selected   Count 1,019 sh   Won –")


def test_the_filter_box_narrows_and_says_so(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    pane.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(pane.filter, "0066")
    assert codes(pane) == ["000660"]
    qtbot.waitUntil(lambda: pane.footer.text().startswith("1 of 3 rows"))


def test_a_double_click_opens_details(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    with qtbot.waitSignal(pane.opened) as heard:
        at = pane.view.visualRect(pane.rows.index(1, 1)).center()
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard.args == ["000660"]
    with qtbot.waitSignal(pane.opened):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)


def test_the_order_is_held_while_the_pointer_is_over_it(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot)
    pane.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    port = pane.view.viewport()
    QApplication.sendEvent(port, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    pane.rows.put([Row("005930", 99, 1)])
    assert codes(pane)[0] == "005930"
    assert pane.held.isVisible()
    QApplication.sendEvent(port, QEvent(QEvent.Type.Leave))
    assert codes(pane) == ["000660", "005930", "035420"]
    assert not pane.held.isVisible()


def test_an_empty_table_says_why(context: Context, qtbot: QtBot) -> None:
    pane = pane_of(context, qtbot, [])
    before = pane.view.grab().toImage()
    pane.view.empty = lambda: Empty("Nothing here", "Do something")
    assert pane.view.grab().toImage() != before


def test_a_thousand_rows_are_shown_sorted_and_kept_live_quickly(context: Context, qtbot: QtBot) -> None:
    rows = [Row(f"{n:06d}", n * 7 % 1_000, n) for n in range(1_000)]
    pane = pane_of(context, qtbot, rows)
    pane.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert pane.rows.row(0).count == 999
    heard: list[int] = []
    pane.rows.dataChanged.connect(lambda top, _bottom: heard.append(top.row()))
    asked: list[str] = []
    counted = columns()
    cell = counted[1].cell

    def counting(row: Row) -> Cell:
        asked.append(row.code)
        return cell(row)

    pane.rows.columns = (counted[0], replace(counted[1], cell=counting), counted[2])
    pane.rows.retell()
    pane.grab()
    assert 0 < len(asked) < 60, "only what is on the screen is worded"
    heard.clear()
    seen = [pane.rows.row(place) for place in pane.view.visible_places()]
    pane.rows.put([Row(row.code, row.count + 1, row.won) for row in seen[:3]], live=True)
    assert heard == [0, 1, 2]
