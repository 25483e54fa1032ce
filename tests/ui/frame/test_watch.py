"""The watch list: groups and their order under any sequence of changes, import, lines, leases, live rows."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import ReadRefused, Stream, StreamHealth
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Trade
from hoga.domain.search import SearchIndex
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.state import StateStore
from hoga.ui.watch.groups import MOST, Groups
from hoga.ui.watch.pasted import read_pasted
from hoga.ui.watch.pulse import Pulse, half
from hoga.ui.watch.row_paint import RowPaint, State
from hoga.ui.watch.rows import ROW_ROLE, Row
from hoga.ui.watch.sparks import MINUTES, Spark, Sparks
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, FakeLease, beat
from tests.ui.frame.conftest import Frame, MakeFrame

IDS = tuple(InstrumentId(f"{n:06d}") for n in range(1, 9))
INDEX = SearchIndex(made_up.INSTRUMENTS)


def find(text: str) -> tuple[Instrument, ...]:
    return INDEX.find(text)


# --- groups ----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(IDS), unique=True, min_size=1),
    st.lists(st.integers(0, 7), unique=True),
    st.integers(0, 9),
)
def test_moving_keeps_every_instrument_and_the_order_of_the_others(
    start: list[InstrumentId], rows: list[int], before: int
) -> None:
    groups = Groups(StateStore())
    groups.add(start)
    groups.move(rows, before)
    now = list(groups.instruments)
    moved = [start[row] for row in sorted(rows) if row < len(start)]
    assert sorted(now) == sorted(start)
    assert [one for one in now if one not in moved] == [one for one in start if one not in moved]
    if moved:
        first = now.index(moved[0])
        assert now[first : first + len(moved)] == moved
        ahead = [one for row, one in enumerate(start) if row < before and one not in moved]
        assert first == len(ahead)


@given(st.lists(st.lists(st.sampled_from(IDS)), max_size=6))
def test_no_instrument_is_twice_in_a_group(batches: list[list[InstrumentId]]) -> None:
    groups = Groups(StateStore())
    for batch in batches:
        new = groups.add(batch)
        assert set(new) <= set(batch)
    assert len(set(groups.instruments)) == len(groups.instruments)


def test_groups_return_at_the_next_start_and_a_group_holds_no_more_than_its_most() -> None:
    state = StateStore()
    groups = Groups(state)
    assert groups.fresh
    groups.add(IDS)
    groups.new_group(" 반도체 ", IDS[:2])
    again = Groups(state)
    assert not again.fresh
    assert [group.name for group in again.all] == ["", "반도체"]
    assert again.instruments == IDS[:2]
    again.rename("Chips")
    again.add([InstrumentId(f"A{n:05d}") for n in range(500)])
    assert len(again.instruments) == MOST
    again.remove_group()
    assert again.instruments == IDS
    again.remove_group()
    assert (len(again.all), again.instruments) == (1, ())


def test_whatever_makes_no_sense_in_a_kept_list_is_left_out() -> None:
    state = StateStore()
    bad: Any = {
        "groups": [{"name": "x", "instruments": ["KR:005930", "KR:", 5, "XX:1", "KR:005930"]}, 7],
        "shown": 99,
    }
    state.put("watch", bad)
    groups = Groups(state)
    assert groups.instruments == (InstrumentId("005930"),)
    assert read_instrument("KR: 1") is None


# --- pasted lists ----------------------------------------------------------------------------------------------------


def test_pasted_lists_are_read_by_code_or_exact_name() -> None:
    text = "종목코드,종목명,수량\n005930,삼성전자,10\nA000660,SK하이닉스,5\n5930,,\nNAVER,,\n없는회사,,\n"
    pasted = read_pasted(text, find)
    assert pasted.found == (made_up.SAMSUNG.id, made_up.HYNIX.id, made_up.NAVER.id)
    assert [line.split()[0] for line in pasted.unknown] == ["종목코드", "없는회사"]


def test_one_line_of_names_and_a_column_of_codes() -> None:
    assert read_pasted("삼성전자, 카카오", find).found == (made_up.SAMSUNG.id, made_up.KAKAO.id)
    assert read_pasted('\ufeff\'005930\n"035420"\n', find).found == (made_up.SAMSUNG.id, made_up.NAVER.id)
    assert read_pasted("kodex 200\n", find).found == (made_up.KODEX200.id,)


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text: str) -> None:
    pasted = read_pasted(text, find)
    assert len(set(pasted.found)) == len(pasted.found)


def test_a_file_in_korean_windows_encoding(frame: Frame, tmp_path: Path) -> None:
    file = tmp_path / "관심.csv"
    file.write_bytes("종목명\n카카오\n삼성전자\n".encode("cp949"))
    frame.window.watch.groups.new_group("new")
    frame.window.watch.take_file(str(file))
    assert frame.window.watch.groups.instruments == (made_up.KAKAO.id, made_up.SAMSUNG.id)
    assert frame.window.toasts.cards()[-1].words.startswith("2 added, 0 were there already.")
    frame.window.watch.take_file(str(tmp_path / "absent.csv"))
    assert "Could not be read" in frame.window.toasts.cards()[-1].words


# --- lines -----------------------------------------------------------------------------------------------------------


def _trades(prices: list[tuple[int, int]]) -> list[Trade]:
    at = made_up.START
    made = []
    for seconds, price in prices:
        at += timedelta(seconds=seconds)
        made.append(made_up.trade(made_up.SAMSUNG, at, price))
    return made


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(70_000, 72_000)), max_size=300))
def test_a_line_holds_the_last_price_of_each_minute(prices: list[tuple[int, int]]) -> None:
    spark = Spark()
    naive: dict[object, int] = {}
    for trade in _trades(prices):
        spark.add(trade)
        naive[trade.at.replace(second=0, microsecond=0)] = trade.price_units
    assert list(spark.closes) == list(naive.values())[-MINUTES:]


def test_what_was_read_stands_before_what_came_meanwhile() -> None:
    spark = Spark()
    spark.add(made_up.trade(made_up.SAMSUNG, made_up.START, 70_000))
    past = made_up.candles(made_up.SAMSUNG, made_up.START - timedelta(minutes=3), timedelta(minutes=1), 4)
    spark.fill(past)
    assert list(spark.closes) == [*(one.close_units for one in past[:3]), 70_000]


def test_only_today_is_asked_for() -> None:
    early = made_up.START.replace(hour=0, minute=30)
    assert Sparks.span(early)[0] == early.replace(minute=0)
    assert Sparks.span(made_up.START)[0] == made_up.START - timedelta(minutes=MINUTES)


# --- the pane --------------------------------------------------------------------------------------------------------


def row(frame: Frame, one: Instrument) -> Row:
    rows = frame.window.watch.view.rows
    place = rows.row_of(one.id)
    assert place is not None
    shown: Row = rows.data(rows.index(place), ROW_ROLE)
    return shown


def note(frame: Frame, one: Instrument) -> str:
    return frame.window.watch.view.rows.note(row(frame, one))


def held(frame: Frame) -> list[FakeLease]:
    return [lease for lease in frame.desk.leases if not lease.released]


def test_a_newcomer_gets_the_first_names_of_the_master(frame: Frame) -> None:
    assert frame.window.watch.groups.instruments == tuple(one.id for one in made_up.INSTRUMENTS)


def test_rows_follow_trades_and_only_they_are_repainted(frame: Frame) -> None:
    rows = frame.window.watch.view.rows
    changed: list[int] = []
    rows.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    beat(frame.context)
    changed.clear()
    frame.desk.feed(made_up.trade(made_up.HYNIX, made_up.START + timedelta(seconds=1), 193_000))
    beat(frame.context)
    assert set(changed) == {1}  # its line begins a minute, too
    shown = row(frame, made_up.HYNIX)
    assert (shown.price, shown.change, shown.rate) == ("193,000", "▲2,900", "+1.53%")
    frame.desk.feed(made_up.trade(made_up.HYNIX, made_up.START + timedelta(seconds=2), 193_000))
    beat(frame.context)
    assert [place for place in changed if place != 1] == []


def test_a_price_paints_its_own_row_and_no_other(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    original = RowPaint.row

    def noted(paint: RowPaint, painter: QPainter, area: QRect, row: Row, state: State, since: int) -> bool:
        painted.append(row.instrument.code)
        return original(paint, painter, area, row, state, since)

    frame.settle()
    monkeypatch.setattr(RowPaint, "row", noted)
    for one in (made_up.SAMSUNG, made_up.NAVER):
        frame.desk.feed(made_up.trade(one, made_up.START + timedelta(seconds=1), made_up.LAST[one.id] + 500))
    beat(frame.context)
    frame.settle()
    assert painted == [made_up.SAMSUNG.id.code, made_up.NAVER.id.code]


def on_screen(frame: Frame) -> QImage:
    """The list as it was painted, change by change."""
    view, window = frame.window.watch.view.viewport(), frame.window
    corner = view.mapTo(window, QPoint(0, 0))
    shown = window.screen().grabWindow(window.winId(), corner.x(), corner.y(), view.width(), view.height())
    return shown.toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_painting_what_changed_shows_what_painting_all_of_it_does(frame: Frame) -> None:
    desk, view = frame.desk, frame.window.watch.view.viewport()
    chance, at = random.Random(3), made_up.START
    prices, steps = {one.id: made_up.LAST[one.id] for one in made_up.INSTRUMENTS}, []
    for _ in range(30):
        for one in chance.sample(made_up.INSTRUMENTS, 4):
            # Higher and lower than ever, above and under the previous close, with another number of digits.
            prices[one.id] = max(prices[one.id] * chance.choice((85, 97, 99, 100, 101, 103, 118)) // 100, 1)
        steps.append(dict(prices))
    for known in (False, True):  # a text is drawn in another way when it comes again
        for step in steps:
            at += timedelta(seconds=7)  # several minutes end
            for one in made_up.INSTRUMENTS:
                desk.feed(made_up.trade(one, at, step[one.id]))
            beat(frame.context)
            frame.window.watch.view.rows.look(frozenset())  # whose turn is the next frame
            frame.settle()
            pictures = on_screen(frame), view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            assert not known or pictures[0] == pictures[1], f"at {at}"
            view.grab()


def test_a_line_seen_in_part_when_it_changed_is_painted_whole_in_the_next_frame(frame: Frame) -> None:
    view, one = frame.window.watch.view, made_up.SAMSUNG
    for second, price in ((1, 70_000), (61, 70_100), (121, 70_200)):
        frame.desk.feed(made_up.trade(one, made_up.START + timedelta(seconds=second), price))
        beat(frame.context)
        frame.settle()
    spark = frame.window.watch.feed.sparks.of(one.id)
    spark.closes[-1] = 90_000  # as when its row's turn is the next frame
    area = view.visualRect(view.rows.index(0))
    view.viewport().update(area.adjusted(area.width() * 2 // 3, 0, 0, 0))
    frame.settle()
    frame.settle()
    assert on_screen(frame) == view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_row_without_news_is_not_looked_at(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[InstrumentId] = []
    original = frame.window.watch.feed.polled
    beat(frame.context)
    frame.window.watch.view.rows.look(frozenset())  # whose turn was the next frame

    def noted(one: InstrumentId) -> bool:
        asked.append(one)
        return original(one)

    monkeypatch.setattr(frame.window.watch.feed, "polled", noted)
    frame.desk.feed(made_up.trade(made_up.NAVER, made_up.START + timedelta(seconds=1), 230_500))
    beat(frame.context)
    assert asked == [made_up.NAVER.id]


def test_both_halves_are_looked_at_after_every_beat_and_nothing_goes_on_for_ever(qtbot: QtBot) -> None:
    seen: list[int] = []
    owner, enough = QObject(), False

    def look(which: int) -> bool:
        seen.append(which)
        return enough

    pulse = Pulse(look, owner)
    pulse.beat()
    assert seen == [0]
    assert pulse.going
    pulse.beat()  # more news before the other half had its turn: it is next, and the first one comes again
    qtbot.waitUntil(lambda: not pulse.going)
    assert seen == [0, 1, 0]
    pulse.beat()
    pulse.stop()
    assert not pulse.going
    assert seen == [0, 1, 0, 1]
    enough = True  # one look is all
    pulse.beat()
    qtbot.waitUntil(lambda: not pulse.going)
    assert seen == [0, 1, 0, 1, 0]


@given(st.integers(0, 100))
def test_two_halves_are_all_places(number: int) -> None:
    assert [*half(number, 0), *half(number, 1)] == list(range(number))
    assert len(half(number, 0)) - len(half(number, 1)) in (0, 1)


def test_at_the_limit_the_arrow_says_so_and_an_unknown_price_is_a_dash(make_frame: MakeFrame) -> None:
    desk = FakeDesk()
    frame = make_frame(desk)
    upper = made_up.quote(made_up.SAMSUNG).upper_limit
    assert upper is not None
    desk.feed(made_up.quote(made_up.SAMSUNG, made_up.START, upper.units))
    beat(frame.context)
    assert row(frame, made_up.SAMSUNG).change.startswith("↑")
    frame.window.watch.add((InstrumentId("999999"),))
    rows = frame.window.watch.view.rows
    shown: Row = rows.data(rows.index(rows.rowCount() - 1), ROW_ROLE)
    assert (shown.price, shown.change, shown.rate) == ("–", "", "")


def test_what_the_market_says_of_a_name_stands_beside_it(frame: Frame) -> None:
    assert row(frame, made_up.HALTED).badge == "Halted Managed"
    assert row(frame, made_up.SAMSUNG).badge == ""
    rows = frame.window.watch.view.rows
    place = rows.row_of(made_up.HALTED.id)
    assert place is not None
    assert "orders are refused" in rows.data(rows.index(place), int(Qt.ItemDataRole.ToolTipRole))


def test_without_a_live_stream_every_row_is_drawn_as_old(frame: Frame) -> None:
    assert not row(frame, made_up.SAMSUNG).stale
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN, Message("NO_DATA_YET"))
    assert row(frame, made_up.SAMSUNG).stale
    assert "old" in note(frame, made_up.SAMSUNG)
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    assert not row(frame, made_up.SAMSUNG).stale


def test_leases_are_held_while_the_list_is_seen(frame: Frame) -> None:
    assert {lease.topic.instrument for lease in held(frame)} == {one.id for one in made_up.INSTRUMENTS}
    frame.window.watch.groups.remove((made_up.KAKAO.id,))
    assert made_up.KAKAO.id not in {lease.topic.instrument for lease in held(frame)}
    frame.context.actions.trigger("watch.show")
    frame.settle()
    assert held(frame) == []
    frame.context.actions.trigger("watch.show")
    frame.settle()
    assert len(held(frame)) == len(made_up.INSTRUMENTS) - 1


def test_a_row_without_a_live_lease_is_asked_for_and_labelled(frame: Frame) -> None:
    lease = next(one for one in held(frame) if one.topic.instrument == made_up.NAVER.id)
    lease.live = False
    frame.window.watch.view.rows.look_at_all()
    assert "asked every few seconds" in note(frame, made_up.NAVER)
    before = len(frame.desk.named("quote"))
    for _ in range(10):
        frame.context.second.emit()
    asked = [call.arguments[0] for call in frame.desk.named("quote")[before:]]
    assert asked == [made_up.NAVER.id]


def test_a_new_date_asks_every_row_anew_for_its_new_previous_close(frame: Frame) -> None:
    before = len(frame.desk.named("quote"))
    frame.context.second.emit()
    assert len(frame.desk.named("quote")) == before
    frame.desk.clock.advance(24 * 60 * 60)
    frame.context.second.emit()
    frame.context.second.emit()
    asked = [call.arguments[0] for call in frame.desk.named("quote")[before:]]
    assert sorted(asked, key=str) == sorted((one.id for one in made_up.INSTRUMENTS), key=str)


def test_a_read_that_fails_is_tried_again_and_never_crowds(make_frame: MakeFrame) -> None:
    desk = FakeDesk()
    desk.answers["candles"] = ReadRefused(Message("READ_FAILED"))
    frame = make_frame(desk)
    frame.show()
    asked = len(desk.named("candles"))
    assert asked >= 1
    del desk.answers["candles"]
    frame.context.second.emit()
    assert len(frame.window.watch.feed.sparks.of(made_up.HALTED.id).closes) > 1


def test_a_click_or_enter_chooses_and_alt_arrows_move(frame: Frame, qtbot: QtBot) -> None:
    view = frame.window.watch.view
    second = view.visualRect(view.rows.index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert frame.context.instrument == made_up.HYNIX.id
    frame.window.activateWindow()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert frame.context.instrument == made_up.NAVER.id
    frame.context.actions.trigger("watch.up")
    assert frame.window.watch.groups.instruments[:3] == (made_up.SAMSUNG.id, made_up.NAVER.id, made_up.HYNIX.id)
    assert view.chosen() == (made_up.NAVER.id,)
    frame.context.actions.trigger("watch.down")
    assert frame.window.watch.groups.instruments[2] == made_up.NAVER.id
    frame.context.actions.trigger("watch.remove")
    assert made_up.NAVER.id not in frame.window.watch.groups.instruments


def test_dragged_rows_stand_where_they_are_dropped(frame: Frame) -> None:
    rows = frame.window.watch.view.rows
    data = rows.mimeData([rows.index(0)])
    assert data.text() == "005930"
    assert rows.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex()) is False
    assert frame.window.watch.groups.instruments[:3] == (made_up.HYNIX.id, made_up.NAVER.id, made_up.SAMSUNG.id)


def test_pasting_from_the_clipboard(frame: Frame) -> None:
    frame.window.watch.groups.new_group("paste")
    assert frame.window.watch.empty.isVisible()
    QApplication.clipboard().setText("삼성전자\n000660\n")
    frame.window.watch.view.setFocus()
    frame.context.actions.trigger("watch.paste")
    assert frame.window.watch.groups.instruments == (made_up.SAMSUNG.id, made_up.HYNIX.id)
    assert not frame.window.watch.empty.isVisible()


def test_torn_off_it_gets_a_title_bar_and_goes_back_without(frame: Frame) -> None:
    frame.context.actions.trigger("watch.float")
    frame.settle()
    assert frame.window.watch.isFloating()
    assert frame.window.watch.titleBarWidget() is None
    frame.context.actions.trigger("watch.float")
    frame.settle()
    assert not frame.window.watch.isFloating()
    assert frame.window.watch.titleBarWidget() is not None
