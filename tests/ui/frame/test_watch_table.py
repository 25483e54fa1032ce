"""The watch table: figures from trade, quote or book, whichever is newest; only what changed is painted; kept face."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Book, Level, Trade
from hoga.trading.market_board import MarketBoard
from hoga.ui.watch.pulse import FEW
from hoga.ui.watch.table.columns import ALL, PLACES, differing
from hoga.ui.watch.table.figures import Figures
from hoga.ui.watch.table.pane import WatchTable
from hoga.ui.watch.table.row import Row, Still, read
from hoga.ui.watch.table.rows import WatchRows
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, beat
from tests.ui.frame.conftest import Frame, MakeFrame

SECOND = timedelta(seconds=1)
SAMSUNG = made_up.SAMSUNG


def table_of(frame: Frame) -> WatchTable:
    """The table, seen."""
    if not frame.window.watch.faces.as_table:
        frame.context.actions.trigger("watch.table")
    frame.settle()
    table = frame.window.watch.faces.table
    assert table is not None
    return table


def text(table: WatchTable, one: Instrument, column: str) -> str:
    place = table.rows.place(one.id)
    assert place is not None
    return table.rows.cell(place, PLACES[column]).text


def tell(frame: Frame, *trades: Trade) -> None:
    frame.desk.feed(*trades)
    beat(frame.context)


def traded(second: int, price: int, one: Instrument = SAMSUNG, **more: object) -> Trade:
    return msgspec.structs.replace(made_up.trade(one, made_up.START + second * SECOND, price), **more)


# --- what a row is ---------------------------------------------------------------------------------------------------


def _still(one: Instrument = SAMSUNG) -> Still:
    return Still(one.id, one.name_ko, "", (), None, None)


def _read(*values: object) -> Row | None:
    moments = iter(made_up.START + n * SECOND for n in range(9))
    board = MarketBoard(lambda: next(moments))
    for value in values:
        board.update(value, "stream")  # type: ignore[arg-type]
    return read(board.latest(SAMSUNG.id), _still(), stale=False, polled=False)


def _book(ask: int, bid: int) -> Book:
    return Book(SAMSUNG.id, made_up.START, (Level(ask, 5),), (Level(bid, 5),), 5, 5)


def test_whatever_came_last_is_shown_and_what_nobody_told_is_unknown() -> None:
    assert _read() is None
    assert _read(_book(70_100, 70_000)) is None
    quote, trade = made_up.quote(SAMSUNG), traded(1, 71_000)
    row = _read(quote)
    assert row is not None
    assert (row.price, row.strength, row.ask) == (quote.last.units, None, None)
    row = _read(quote, _book(70_100, 70_000))
    assert row is not None
    assert (row.ask, row.bid) == (70_100, 70_000)
    row = _read(trade, quote)
    assert row is not None
    assert row.price == quote.last.units
    row = _read(quote, _book(70_100, 70_000), trade)
    assert row is not None
    assert (row.price, row.volume, row.ask, row.bid) == (71_000, trade.day_volume, trade.ask_units, trade.bid_units)
    row = _read(trade, _book(70_100, 70_000))
    assert row is not None
    assert (row.price, row.ask, row.bid) == (71_000, 70_100, 70_000)


def test_a_trade_that_knows_no_previous_close_or_day_has_no_change_and_no_strength() -> None:
    row = _read(traded(1, 71_000, change_units=71_000, ask_units=0, bid_units=0, open_units=0))
    assert row is not None
    assert (row.change, row.base, row.strength, row.ask, row.bid, row.open) == (None,) * 6
    bare = _read(traded(1, 71_000, day_bought=1, day_sold=3))
    assert bare is not None
    assert bare.strength == 3_333


def test_every_column_that_shows_something_else_is_told() -> None:
    board = MarketBoard(lambda: made_up.START)
    chance, rows = random.Random(5), []
    for second in range(60):
        price = 70_000 + chance.choice((0, 0, 100, -100))
        board.update(traded(second // 3, price, day_volume=9_000 + chance.randrange(2), day_bought=chance.randrange(3),
                            day_sold=1), "stream")  # fmt: skip
        found = read(board.latest(SAMSUNG.id), _still(), stale=second % 20 == 0, polled=False)
        assert found is not None
        rows.append(found)
    table = WatchRowsAlone()
    for before, now in pairwise(rows):
        told = set(differing(before, now))
        assert {place for place in ALL if table.cell_of(before, place) != table.cell_of(now, place)} <= told


class WatchRowsAlone:
    """The wording of rows without a window."""

    def __init__(self) -> None:
        from hoga.ui.watch.table.columns import columns
        from tests.support.fake_desk import make_context

        self._columns = columns(make_context(FakeDesk()))

    def cell_of(self, row: Row, place: int) -> object:
        return self._columns[place].cell(row)


# --- the table in its dock -------------------------------------------------------------------------------------------


def test_a_key_turns_the_list_into_a_table_and_the_next_start_shows_it(make_frame: MakeFrame, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    first = make_frame(state=file)
    first.show()
    narrow = first.window.watch.width()
    assert first.window.watch.faces.table is None  # nobody wanted it
    table = table_of(first)
    assert first.window.watch.width() > narrow
    assert first.window.watch.as_table.isChecked()
    assert [table.view.head.isSectionHidden(place) for place in ALL] == [False] * (len(ALL) - 1) + [True]
    first.context.state.flush()
    again = make_frame(state=file)
    assert again.window.watch.faces.as_table
    again.context.actions.trigger("watch.table")
    assert not again.window.watch.faces.as_table


def test_figures_follow_trades(frame: Frame) -> None:
    table = table_of(frame)
    tell(frame, traded(1, 71_000, day_volume=1_234_567, day_amount_units=88_000_000_000, day_bought=12, day_sold=10))
    base = made_up.BASE[SAMSUNG.id]
    assert text(table, SAMSUNG, "price") == "71,000"
    assert text(table, SAMSUNG, "change") == f"▲{71_000 - base:,}"
    assert (text(table, SAMSUNG, "volume"), text(table, SAMSUNG, "strength")) == ("1,234,567", "120.00%")
    place = table.rows.place(SAMSUNG.id)
    assert place is not None
    amount = table.rows.cell(place, PLACES["amount"])
    assert (amount.plain, amount.tip) == ("88000000000", "88,000,000,000")


def test_the_face_that_nobody_sees_reads_nothing(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    table, listed = table_of(frame), frame.window.watch.view.rows
    told: list[str] = []
    listed.dataChanged.connect(lambda *_: told.append("list"))
    table.rows.dataChanged.connect(lambda *_: told.append("table"))
    tell(frame, traded(1, 71_000))
    assert set(told) == {"table"}
    frame.context.actions.trigger("watch.table")
    frame.settle()
    place = listed.row_of(SAMSUNG.id)
    assert place is not None
    assert listed.row(place).price == "71,000"  # what it missed is there when it is seen
    told.clear()
    tell(frame, traded(2, 71_100))
    assert set(told) == {"list"}


def on_screen(frame: Frame, table: WatchTable) -> QImage:
    """The table as it was painted, change by change."""
    view, window = table.view.viewport(), frame.window
    corner = view.mapTo(window, QPoint(0, 0))
    shown = window.screen().grabWindow(window.winId(), corner.x(), corner.y(), view.width(), view.height())
    return shown.toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_painting_what_changed_shows_what_painting_all_of_it_does(frame: Frame) -> None:
    table, chance = table_of(frame), random.Random(3)
    frame.context.select(made_up.HYNIX.id)
    for second in range(1, 25):
        for one in chance.sample(made_up.INSTRUMENTS, 3):
            price = max(made_up.LAST[one.id] * chance.choice((71, 97, 100, 103, 129)) // 100, 1)
            frame.desk.feed(traded(second, price, one, day_volume=10 ** chance.randrange(1, 10)))
        beat(frame.context)
        frame.settle()
        whole = table.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert on_screen(frame, table) == whole, f"after {second} s"


def test_a_trade_paints_its_own_row_and_nothing_left_of_its_price(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(frame)
    tell(frame, traded(1, 71_000))
    frame.settle()
    painted: list[tuple[int, frozenset[int]]] = []
    ready = WatchRows.ready

    def noted(rows: WatchRows, place: int, wanted: Iterable[int]) -> object:
        painted.append((place, frozenset(wanted)))
        return ready(rows, place, wanted)

    monkeypatch.setattr(WatchRows, "ready", noted)
    tell(frame, traded(1, 71_000, day_volume=8_919_999))
    frame.settle()
    assert [place for place, _ in painted] == [table.rows.place(SAMSUNG.id)]
    assert PLACES["name"] not in painted[0][1]
    assert PLACES["volume"] in painted[0][1]


def test_with_news_of_many_every_one_is_shown(make_frame: MakeFrame, qtbot: QtBot) -> None:
    many = tuple(made_up.instrument(f"{n:06d}", f"종목{n}", f"Name {n}") for n in range(100, 100 + 2 * FEW + 5))
    for one in many:
        made_up.LAST.setdefault(one.id, 70_000)
        made_up.BASE.setdefault(one.id, 69_000)
    frame = make_frame(FakeDesk(instruments=many))
    frame.show()
    frame.context.set_instruments(many)
    frame.window.watch.groups.new_group("many", [one.id for one in many])
    table = table_of(frame)
    tell(frame, *(traded(1, 70_100 + 100 * n, one) for n, one in enumerate(many)))
    wanted = [f"{70_100 + 100 * n:,}" for n in range(len(many))]
    qtbot.waitUntil(lambda: [text(table, one, "price") for one in many] == wanted)


def test_sorted_rows_find_their_place_once_a_second_and_not_under_the_pointer(frame: Frame) -> None:
    table = table_of(frame)
    table.view.sortByColumn(PLACES["volume"], Qt.SortOrder.DescendingOrder)
    tell(frame, traded(1, 71_000, made_up.KAKAO, day_volume=99_000_000))
    assert table.rows.place(made_up.KAKAO.id) != 0
    table.rows.hold(True)
    frame.context.second.emit()
    assert table.rows.place(made_up.KAKAO.id) != 0
    table.rows.hold(False)
    assert table.rows.place(made_up.KAKAO.id) == 0
    assert frame.window.watch.faces.why_not_move() != ""
    tell(frame, traded(2, 71_000, day_volume=999_000_000))
    frame.context.second.emit()
    assert table.rows.place(SAMSUNG.id) == 0


def test_rows_are_chosen_moved_removed_and_copied(frame: Frame) -> None:
    table, dock = table_of(frame), frame.window.watch
    table.view.choose(made_up.NAVER.id)
    before = dock.groups.instruments.index(made_up.NAVER.id)
    dock.faces.move(-1)
    assert dock.groups.instruments.index(made_up.NAVER.id) == before - 1
    assert dock.faces.chosen() == (made_up.NAVER.id,)
    assert table.rows.place(made_up.NAVER.id) == before - 1
    table.copy()
    line = QGuiApplication.clipboard().text().split("\t")
    assert line[:2] == ["NAVER", str(made_up.LAST[made_up.NAVER.id])]
    dock.remove()
    assert made_up.NAVER.id not in dock.groups.instruments
    assert table.rows.place(made_up.NAVER.id) is None


def test_a_click_shows_the_instrument_in_every_tab(frame: Frame, qtbot: QtBot) -> None:
    table = table_of(frame)
    place = table.rows.place(made_up.KAKAO.id)
    assert place is not None
    area = table.view.visualRect(table.rows.index(place, PLACES["price"]))
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert frame.context.instrument == made_up.KAKAO.id


def test_old_and_unknown_say_so(frame: Frame) -> None:
    table = table_of(frame)
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN, Message("NO_DATA_YET"))
    beat(frame.context)
    assert text(table, SAMSUNG, "time").startswith("◷")
    place = table.rows.place(SAMSUNG.id)
    assert place is not None
    assert "old" in table.rows.cell(place, PLACES["time"]).tip
    frame.window.watch.add((InstrumentId("999999"),))
    last = table.rows.rowCount() - 1
    assert {table.rows.cell(last, place).text for place in ALL[1:-1]} == {"–"}
    frame.window.watch.groups.new_group("none")
    assert table.rows.rowCount() == 0
    assert "empty" in table.view.empty().title


def test_figures_of_parts_end_where_they_should_and_refuse_what_is_too_wide(frame: Frame) -> None:
    from PySide6.QtGui import QColor, QPainter, QPixmap

    figures = Figures(frame.window.font(), 1.0)
    for shown in ("3,052,507", "▲1,900", "−1.25%", "10:00:03", "1,626.9억", "–", ",", "192.6955"):
        picture = QPixmap(200, figures.height)
        picture.fill(QColor("white"))
        with QPainter(picture) as painter:
            assert not figures.draw(painter, 190, 0, shown, QColor("black"), 1)
            assert figures.draw(painter, 190, 0, shown, QColor("black"), 180)
        image = picture.toImage()
        inked = [x for x in range(200) if any(image.pixelColor(x, y).lightness() < 160 for y in range(image.height()))]
        assert inked, shown
        assert 180 <= max(inked) <= 190, shown
