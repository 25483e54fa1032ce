"""Rows by key: the smallest change that Qt can be told, a stable order, nothing moving under the pointer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from hoga.ui.tables.column import Cell, Column
from hoga.ui.tables.model import RowModel

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Row:
    key: str
    number: int | None = 0


def model(*rows: Row) -> RowModel[Row]:
    columns: list[Column[Row]] = [
        Column("key", lambda: "Key", lambda row: Cell(row.key), lambda row: row.key),
        Column(
            "number", lambda: "Number", lambda row: Cell("–" if row.number is None else f"{row.number:,}"),
            lambda row: row.number, right=True,
        ),
    ]  # fmt: skip
    made = RowModel(columns, lambda row: row.key)
    made.set_rows(rows)
    return made


def changes(of: RowModel[Row]) -> list[tuple[int, int]]:
    heard: list[tuple[int, int]] = []
    of.dataChanged.connect(lambda top, bottom: heard.append((top.row(), bottom.row())))
    return heard


def order(of: RowModel[Row]) -> str:
    return "".join(str(key) for key in of.shown_keys())


def test_one_signal_for_each_row_that_changed_and_none_for_the_others(qapp: QApplication) -> None:
    rows = model(*(Row(name, 1) for name in "abcde"))
    heard = changes(rows)
    rows.put([Row("b", 2), Row("d", 1), Row("e", 3)])
    assert heard == [(1, 1), (4, 4)]
    assert rows.index(1, 1).data() == "2"


def test_new_rows_come_and_go_without_a_reset(qapp: QApplication) -> None:
    rows = model(Row("a"), Row("c"))
    resets: list[int] = []
    rows.modelReset.connect(lambda: resets.append(1))
    rows.set_rows([Row("b"), Row("c"), Row("d")])
    assert order(rows) == "bcd"
    assert resets == []


def test_numbers_sort_by_value_unknown_ones_last_either_way(qapp: QApplication) -> None:
    rows = model(Row("a", 10), Row("b", None), Row("c", 9), Row("d", 100))
    rows.sort(1, RISING)
    assert order(rows) == "cadb"
    rows.sort(1, FALLING)
    assert order(rows) == "dacb"


def test_equal_rows_keep_their_order_and_no_sort_gives_it_back(qapp: QApplication) -> None:
    rows = model(Row("c", 1), Row("a", 2), Row("b", 1), Row("d", 2))
    rows.sort(1, FALLING)
    assert order(rows) == "adcb"
    rows.sort(-1)
    assert order(rows) == "cabd"


def test_a_held_order_does_not_move_and_falls_into_place_afterwards(qapp: QApplication) -> None:
    rows = model(Row("a", 1), Row("b", 2), Row("c", 3))
    rows.sort(1, RISING)
    stirred: list[bool] = []
    rows.stirred.connect(stirred.append)
    rows.hold(True)
    rows.put([Row("a", 9)])
    rows.set_rows([Row("a", 9), Row("b", 2), Row("c", 3), Row("d", 0)])
    assert order(rows) == "abcd"
    assert stirred == [True]
    rows.hold(False)
    assert order(rows) == "dbca"
    assert stirred == [True, False]


def test_a_row_that_ends_while_held_stays_crossed_out_until_the_pointer_leaves(qapp: QApplication) -> None:
    rows = model(Row("a"), Row("b"), Row("c"))
    rows.hold(True)
    rows.set_rows([Row("a"), Row("c")])
    assert order(rows) == "abc"
    assert [rows.is_gone(place) for place in range(3)] == [False, True, False]
    rows.hold(False)
    assert order(rows) == "ac"
    assert rows.find("b") is None


def test_a_person_who_sorts_while_holding_is_obeyed_at_once(qapp: QApplication) -> None:
    rows = model(Row("a", 1), Row("b", 2))
    rows.hold(True)
    rows.sort(1, FALLING)
    assert order(rows) == "ba"


def test_every_word_of_the_filter_must_stand_somewhere(qapp: QApplication) -> None:
    rows = model(Row("alpha", 10), Row("beta", 10), Row("gamma", 7))
    rows.filter_text("10 A")
    assert rows.shown_keys() == ("alpha", "beta")
    rows.filter_text("10 alp")
    assert rows.shown_keys() == ("alpha",)
    rows.filter_text("")
    assert len(rows.shown_keys()) == 3


def test_hidden_amounts_show_dots_in_their_columns_only(qapp: QApplication) -> None:
    rows = model(Row("a", 10))
    rows.columns = (rows.columns[0], replace(rows.columns[1], amount=True))
    rows.hide_amounts(True)
    assert [rows.index(0, place).data() for place in range(2)] == ["a", "•••"]
    rows.hide_amounts(False)
    assert rows.index(0, 1).data() == "10"


def test_a_selection_follows_its_row_when_the_order_changes(qapp: QApplication) -> None:
    rows = model(Row("a", 3), Row("b", 2), Row("c", 1))
    kept = QPersistentModelIndex(rows.index(0, 0))
    rows.sort(1, RISING)
    assert kept.row() == 2
    assert kept.data() == "a"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_comes_qt_sees_a_consistent_model(qapp: QApplication, data: Any) -> None:
    rows = model()
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    any_row = st.builds(Row, st.sampled_from("abcdefgh"), st.none() | st.integers(0, 5))
    lists = st.lists(any_row, unique_by=lambda row: row.key)
    for _ in range(data.draw(st.integers(1, 8))):
        match data.draw(st.sampled_from(("set", "put", "sort", "hold", "filter"))):
            case "set":
                rows.set_rows(data.draw(lists))
            case "put":
                rows.put(data.draw(lists), live=data.draw(st.booleans()))
            case "sort":
                rows.sort(data.draw(st.integers(-1, 1)), data.draw(st.sampled_from((RISING, FALLING))))
            case "hold":
                rows.hold(data.draw(st.booleans()))
            case "filter":
                rows.filter_text(data.draw(st.sampled_from(("", "a", "1", "b 2"))))
        shown = rows.shown_keys()
        assert len(set(shown)) == len(shown) == rows.rowCount()
        assert all(rows.place(key) == place for place, key in enumerate(shown))
    rows.hold(False)
    rows.filter_text("")
    rows.sort(-1)
    assert set(rows.shown_keys()) == {row.key for row in rows.all_rows()}
    tester.deleteLater()


@pytest.mark.parametrize("held", [False, True])
def test_a_row_that_comes_back_is_not_gone_any_more(qapp: QApplication, held: bool) -> None:
    rows = model(Row("a"), Row("b"))
    rows.hold(held)
    rows.set_rows([Row("a")])
    rows.set_rows([Row("a"), Row("b", 4)])
    assert order(rows) == "ab"
    assert not rows.is_gone(1)
    assert rows.index(1, 1).data() == "4"
