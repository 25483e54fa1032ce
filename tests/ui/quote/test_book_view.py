"""The painted book: what is under the pointer is what was painted there, and a click only fills the ticket."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.domain.market_data import Book, Level
from hoga.domain.tickets import Side
from hoga.domain.values import Currency, Price
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.quote.book_geometry import Geometry, Widths, geometry
from hoga.ui.quote.book_paint import BookPaint
from hoga.ui.quote.book_rows import LEVELS, BookInput, LevelLook
from hoga.ui.quote.book_view import BookView
from hoga.ui.quote.standing import standing_orders
from tests.support import made_up
from tests.support.fake_desk import FakeDesk
from tests.ui.quote.test_book_rows import books

S = made_up.SAMSUNG
BOOK = made_up.book(S)
WRITTEN = dict[int, str]
"""The price text that was painted in the row which begins at this pixel."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> WRITTEN:
    """What the painter really wrote, row by row."""
    found: WRITTEN = {}
    paint = BookPaint.level

    def spy(
        self: BookPaint, painter: QPainter, at: Geometry, row: QRect, look: LevelLook, currency: Currency, hot: bool
    ) -> str:
        found[row.top()] = text = paint(self, painter, at, row, look, currency, hot)
        return text

    monkeypatch.setattr(BookPaint, "level", spy)
    return found


@pytest.fixture
def view(qtbot: QtBot, context: Context) -> Iterator[BookView]:
    made = BookView(context)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    made.show_book(BookInput(S.id, BOOK, last=71_500, base=70_700))
    QApplication.processEvents()
    yield made


def painted(view: BookView) -> None:
    """Everything waiting to be painted is painted."""
    view.repaint()


def click(view: BookView, row: int) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.at.level(row).center())


# --- the mapping ----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books(), st.integers(120, 900), st.integers(80, 900), st.data())
def test_a_painted_price_is_the_price_under_the_pointer(
    view: BookView, written: WRITTEN, book: Book, width: int, height: int, data: st.DataObject
) -> None:
    view.resize(width, height)
    view.show_book(BookInput(S.id, book, last=71_500, base=70_700))
    written.clear()
    painted(view)
    for y in {0, height - 1, *data.draw(st.lists(st.integers(0, height - 1), max_size=30))}:
        row = view.at.level_at(QPoint(3, y))
        units = view.price_at(QPoint(data.draw(st.integers(0, view.width() - 1)), y))
        if row is None:
            assert units is None
        else:
            text = written[view.at.level(row).top()]
            assert text == ("" if units is None else fmt.units(units))


@given(st.integers(1, 2_000), st.integers(1, 2_000), st.integers(8, 60))
def test_rows_tile_the_height_and_columns_the_width(width: int, height: int, row: int) -> None:
    at = geometry(width, height, row, Widths(90, 50, 60, 40, 8))
    assert 1 <= at.shown <= LEVELS and at.row >= row
    assert at.shown == 1 or at.height <= height
    rows = [at.heading, *(at.level(n) for n in range(2 * at.shown)), at.middle, at.totals, at.balance]
    assert sorted(one.top() for one in rows) == [n * at.row for n in range(2 * at.shown + 4)]
    for number in range(2 * at.shown):
        area = at.level(number)
        assert {at.level_at(QPoint(0, y)) for y in (area.top(), area.bottom())} == {number}
        cells = [at.my_sells(area), at.asks(area), at.price(area), at.bids(area), at.my_buys(area)]
        assert sum(cell.width() for cell in cells) == width
        assert all(one.right() + 1 == other.left() for one, other in itertools.pairwise(cells))
    for point in (QPoint(-1, row), QPoint(width, row), QPoint(0, -1), QPoint(0, at.height)):
        assert at.level_at(point) is None


# --- the pointer ----------------------------------------------------------------------------------------------------


def test_a_click_picks_the_price_and_sends_nothing(view: BookView, context: Context, desk: FakeDesk) -> None:
    picked: list[Any] = []
    context.price_picked.connect(lambda price, instrument: picked.append((price, instrument)))
    click(view, LEVELS - 1)
    assert picked == [(Price(71_600), S.id)]
    assert not desk.named("submit")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books(), books(), st.integers(0, 2 * LEVELS - 1), st.booleans())
def test_updates_between_press_and_release_never_change_the_price(
    view: BookView, context: Context, before: Book, after: Book, row: int, repainted: bool
) -> None:
    picked: list[Price] = []
    connection = context.price_picked.connect(lambda price, _instrument: picked.append(price))
    view.show_book(BookInput(S.id, before))
    painted(view)
    point = view.at.level(row).center()
    seen = view.price_at(point)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=point)
    view.show_book(BookInput(S.id, after))
    if repainted:
        painted(view)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point)
    context.price_picked.disconnect(connection)
    assert picked == ([] if seen is None else [Price(seen)])


def test_an_update_that_is_not_painted_yet_cannot_be_clicked(view: BookView, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    view.show_book(BookInput(S.id, made_up.book(S, last=80_000)))
    click(view, LEVELS - 1)
    assert picked == [Price(71_600)], "what the person saw, not what came since"


def test_press_and_release_on_different_rows_do_nothing(view: BookView, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=view.at.level(3).center())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=view.at.level(4).center())
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=view.at.level(3).center())
    assert not picked


def test_a_press_does_not_survive_another_instrument(view: BookView, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    point = view.at.level(3).center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=point)
    view.show_book(BookInput(made_up.HYNIX.id, made_up.book(made_up.HYNIX)))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point)
    assert not picked


def test_a_missing_level_is_no_price(view: BookView, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    view.show_book(BookInput(S.id, replace(BOOK, asks=())))
    painted(view)
    click(view, 2)
    assert not picked and view.price_at(view.at.level(2).center()) is None


# --- painting -------------------------------------------------------------------------------------------------------


def test_only_the_rows_that_changed_are_painted(view: BookView, written: WRITTEN) -> None:
    view.repaint()
    QApplication.processEvents()
    written.clear()
    changed = (Level(71_600, BOOK.asks[0].quantity + 1), *BOOK.asks[1:])
    view.show_book(BookInput(S.id, replace(BOOK, asks=changed), last=71_500, base=70_700))
    QApplication.processEvents()
    assert list(written) == [view.at.level(LEVELS - 1).top()]
    written.clear()
    view.show_book(BookInput(S.id, replace(BOOK, asks=changed), last=71_500, base=70_700))
    QApplication.processEvents()
    assert not written, "nothing changed, nothing is painted"


def test_a_small_window_shows_the_best_levels_and_says_so(view: BookView, written: WRITTEN) -> None:
    view.resize(view.width(), view.tight_row * 10)
    painted(view)
    assert view.at.shown == 3
    assert [text for _, text in sorted(written.items())][-6:] == [
        fmt.units(u) for u in (71_800, 71_700, 71_600, 71_500, 71_400, 71_300)
    ]


# --- the keyboard ---------------------------------------------------------------------------------------------------


def test_the_cursor_is_a_price_and_enter_takes_it(view: BookView, context: Context, qtbot: QtBot) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    view.activateWindow()
    view.setFocus()
    assert view.cursor_units == 71_500, "it begins at the best bid"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.cursor_units == 71_600
    view.show_book(BookInput(S.id, made_up.book(S, last=71_600), last=71_600))
    assert view.cursor_units == 71_600, "the market moved, the cursor did not"
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert picked == [Price(71_600)]


def test_the_cursor_walks_over_prices_that_are_gone(view: BookView) -> None:
    view.setFocus()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.cursor_units == 71_800
    view.show_book(BookInput(S.id, replace(BOOK, asks=(Level(72_500, 5),)), last=71_500))
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.cursor_units == 72_500
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.cursor_units == 72_500, "nothing above"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.cursor_units == 71_500, "back to the last price"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.cursor_units == BOOK.bids[-1].price_units


def test_enter_on_a_price_that_is_gone_takes_nothing(view: BookView, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    view.setFocus()
    view.show_book(BookInput(S.id, made_up.book(S, last=90_000)))
    view.pick_cursor()
    assert not picked


# --- words ----------------------------------------------------------------------------------------------------------


def test_levels_in_words(view: BookView, context: Context, desk: FakeDesk) -> None:
    desk.working(S, Side.BUY, 1_200, 71_500)
    view.show_book(BookInput(S.id, BOOK, last=71_500, base=70_700, mine=standing_orders(desk.orders(), S.id)))
    view.setFocus()
    view.tell_accessible()
    bid = f"71,500, bid {BOOK.bids[0].quantity:,}, my buys 1,200, last price"
    assert view.accessibleName() == bid
    assert view.accessibleDescription() == f"71,600, ask {BOOK.asks[0].quantity:,}. {bid}. Spread 100"
