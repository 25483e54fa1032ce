"""The whole tab over a fake desk: selected, fed, hidden, cut off, translated, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamChanged, StreamHealth, Unreachable
from hoga.domain.instruments import Flags, InvestmentWarning
from hoga.domain.market_data import Aggressor
from hoga.domain.tickets import Side
from hoga.ui.context import Context
from hoga.ui.quote import make
from hoga.ui.quote.book_view import BookView
from hoga.ui.quote.card_fields import Depth
from hoga.ui.quote.headline import HeadLine
from hoga.ui.quote.page import QuotePage
from hoga.ui.quote.selected import Freshness
from hoga.ui.quote.tape import Gap
from hoga.ui.quote.tape_pane import BIG, FILTERS
from hoga.ui.quote.words import flag_words
from hoga.ui.theme.tokens import Scheme, UpDown
from tests.support import made_up
from tests.support.fake_desk import EagerTasks, FakeDesk, beat, holding, make_context, portfolio

S, H = made_up.SAMSUNG, made_up.HYNIX


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[QuotePage]:
    made = make(context, QLabel("chart"))
    assert isinstance(made, QuotePage)
    qtbot.addWidget(made)
    made.resize(1140, 620)
    made.show()
    QApplication.processEvents()
    yield made


def trades(desk: FakeDesk, count: int, quantity: int = 10, first: int = 8_919_314) -> None:
    for n in range(count):
        desk.clock.advance(1)
        desk.feed(made_up.trade(S, desk.clock.now(), 71_600, quantity, day_volume=first + n))


def values(page: QuotePage) -> dict[str, str]:
    return {field.key: field.value for field in page.card.fields}


def test_the_selected_instrument_is_shown(page: QuotePage) -> None:
    look = page.headline.look
    assert (look.name, look.code, look.listed) == ("Samsung Electronics", "005930", "KOSPI · Stock")
    assert (look.price, look.change, look.note) == ("71,500", "▲800 (+1.13%)", "live")
    assert values(page)["upper"] == "91,900" and values(page)["volume"] == "8,919,304"
    assert page.note.text() == "read 10:00:00"


def test_trades_carry_everything_on_in_one_frame(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    trades(desk, 3)
    beat(context)
    assert page.headline.look.price == "71,600" and values(page)["volume"] == "8,919,316"
    assert len(page.tape.tape) == 3 and page.tape.flow.bought == 30


def test_another_instrument_begins_a_new_tape(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    trades(desk, 3)
    beat(context)
    context.select(H.id)
    beat(context)
    assert page.headline.look.code == "000660" and len(page.tape.tape) == 0
    assert values(page)["strength"] == "–", "strength counts from the new tape on"
    trades(desk, 2)
    beat(context)
    assert len(page.tape.tape) == 0, "the old instrument's trades are no longer heard"


def test_hidden_it_paints_nothing_and_loses_nothing(
    page: QuotePage, context: Context, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.hide()
    painted = []
    monkeypatch.setattr(BookView, "show_book", lambda *_: painted.append("book"))
    monkeypatch.setattr(HeadLine, "paintEvent", lambda *_: painted.append("headline"))
    trades(desk, 5)
    beat(context)
    context.second.emit()
    QApplication.processEvents()
    assert not painted and len(page.tape.tape) == 5, "the tape stays whole"
    monkeypatch.undo()
    page.show()
    assert page.headline.look.price == "71,600"


def test_a_quiet_second_paints_nothing(page: QuotePage, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    context.second.emit()
    QApplication.processEvents()
    painted = []
    paint = BookView.paintEvent

    def spy(view: BookView, event: QPaintEvent) -> None:
        painted.append(view)
        paint(view, event)

    monkeypatch.setattr(BookView, "paintEvent", spy)
    context.second.emit()
    beat(context)
    QApplication.processEvents()
    assert not painted


def test_stale_is_seen_everywhere_and_heals(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    desk.feed(made_up.trade(S, desk.clock.now()), made_up.book(S, desk.clock.now()))
    desk.answers["quote"] = Unreachable(Message("UNREACHABLE"))
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert page.headline.look.freshness is Freshness.STALE
    assert page.card.stale and page.range_bar.look.stale and page.tape.view.stale
    desk.clock.advance(30)
    context.second.emit()
    assert page.headline.look.note == "old: 30s"
    context.second.emit()
    assert page.note.text() == "Could not be read (F5)" and page.note.toolTip()
    del desk.answers["quote"]
    desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    page.market.refresh()
    assert page.headline.look.note == "live" and not page.card.stale


def test_polled_is_said(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    for lease in desk.leases:
        lease.live = False
    context.second.emit()
    context.second.emit()
    assert page.headline.look.note == "polled"
    assert "Not streamed" in page.headline.tip()


def test_a_gap_stands_on_the_tape_once(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    trades(desk, 1)
    back = StreamChanged(Stream.QUOTES, StreamHealth.LIVE, desk.clock.now(), gap_seconds=12.0)
    desk.set_health(streams={Stream.QUOTES: back})
    desk.set_health(waiting=1)
    rows = [page.tape.tape.row(at) for at in range(len(page.tape.tape))]
    assert [type(row) for row in rows] == [Gap, type(made_up.trade(S))]
    assert "12s" in page.tape.view.texts(rows[0])[0]


def test_marks_of_the_day_and_of_the_holding(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    desk.working(S, Side.SELL, 50, 71_900)
    desk.set_portfolio(portfolio(made_up.START, holding(S, 3, 3 * 71_250)))
    levels = [page.book.sentence(page.book.look_at(at)) for at in range(20)]
    assert any("my sells 50" in sentence and sentence.startswith("71,900") for sentence in levels)
    assert any("My avg" in sentence and sentence.startswith("71,200") for sentence in levels)
    assert any("High" in sentence for sentence in levels)


def test_flags_are_badges_with_a_meaning(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    flags = Flags(halted=True, volatility_interruption=True, warning=InvestmentWarning.WARNING)
    desk.feed(replace(made_up.quote(S), flags=flags))
    beat(context)
    assert [word for word, _ in flag_words(page.headline.look.flags)] == ["Halted", "Warning", "VI"]
    assert "orders are refused" in page.headline.tip()


def test_depth_goes_round_and_comes_back_next_time(page: QuotePage, context: Context, qtbot: QtBot) -> None:
    assert len(page.card.fields) == 10
    QTest.mouseClick(page.depth_button, Qt.MouseButton.LeftButton)
    assert page.shown is Depth.COMPANY and len(page.card.fields) == 20
    again = make(context)
    qtbot.addWidget(again)
    assert isinstance(again, QuotePage) and again.shown is Depth.COMPANY


def test_each_figure_can_be_copied_exactly(page: QuotePage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.card.setFocus()
    qtbot.waitUntil(page.card.hasFocus)
    keys = [field.key for field in page.card.fields]
    page.card.choose(keys.index("volume"))
    QTest.keyClick(page.card, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "8919304"
    QTest.keyClick(page.card, Qt.Key.Key_Right)
    assert page.card.accessibleName().startswith("Turnover")
    page.card.copy_current()
    assert clipboard.text() == str(8_919_304 * 71_500)
    assert "Open\t71000" in page.card.all_text()


def test_a_click_chooses_a_figure(page: QuotePage) -> None:
    QTest.mouseClick(page.card, Qt.MouseButton.LeftButton, pos=page.card.cell(2).center())
    assert page.card.current is not None and page.card.current.key == "low"


def test_language_and_look_change_while_open(page: QuotePage, context: Context) -> None:
    context.set_look(Scheme.DARK, UpDown.WORLD)
    context.set_language(Language.KO)
    context.second.emit()
    assert page.headline.look.name == "삼성전자"
    assert page.grab().toImage().pixelColor(4, page.height() - 4).lightness() < 60


def test_f5_reads_again(page: QuotePage, desk: FakeDesk) -> None:
    before = len(desk.named("quote"))
    assert page._context.actions.trigger("quote.refresh")
    assert len(desk.named("quote")) == before + 1


def test_without_a_chart_and_without_a_selection(qtbot: QtBot, qapp: QApplication) -> None:
    desk = FakeDesk()
    context = Context(desk, EagerTasks("test"), Language.EN)
    page = make(context)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    assert not page.grab().isNull() and not desk.leases
    context.select(S.id)
    assert isinstance(page, QuotePage) and page.headline.look.name == "Samsung Electronics", "from the desk"
    context.stop()


def test_opening_and_closing_leaves_nothing(qapp: QApplication, desk: FakeDesk) -> None:
    context = make_context(desk)
    for _ in range(10):
        page = make(context)
        page.show()
        QApplication.processEvents()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert all(lease.released for lease in desk.leases)
    assert not desk.board.open_feeds, "every feed is closed"
    desk.feed(made_up.trade(S, desk.clock.now() + timedelta(seconds=1)))
    beat(context)
    context.second.emit()
    context.stop()


def test_a_book_that_could_not_be_read_does_not_look_awaited(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    unheard = made_up.instrument("900110", "이스트아시아홀딩스", "East Asia Holdings")
    desk.answers["quote"] = desk.answers["book"] = Unreachable(Message("UNREACHABLE"))
    context.select(unheard.id)
    assert page.headline.look.name == "900110" and page.headline.look.price == "–"
    assert page.book._missing() == "The book could not be read"


def test_a_picked_price_is_said(page: QuotePage, context: Context) -> None:
    said: list[str] = []
    context.toast.connect(lambda toast: said.append(toast.text))
    context.actions.add("order.buy", lambda: "Buy", lambda: None, shortcut="F2")
    context.actions.add("order.sell", lambda: "Sell", lambda: None, shortcut="F3")
    QTest.mouseClick(page.book, Qt.MouseButton.LeftButton, pos=page.book.at.level(9).center())
    assert said == ["71,600 is on the ticket (F2 buy, F3 sell)"]


# --- the tape -------------------------------------------------------------------------------------------------------


def test_pause_holds_the_tape_and_counts(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    trades(desk, 2)
    beat(context)
    QTest.mouseClick(page.tape.pause_button, Qt.MouseButton.LeftButton)
    assert page.tape.tape.paused and page.tape.pause_button.isChecked() and page.tape.pause_button.text() == "Go on"
    trades(desk, 3, first=8_919_400)
    beat(context)
    assert len(page.tape.tape) == 2 and page.tape.counter.text() == "paused, 3 waiting"
    QTest.mouseClick(page.tape.pause_button, Qt.MouseButton.LeftButton)
    assert len(page.tape.tape) == 5 and page.tape.counter.text() == ""
    assert page.tape.flow.bought == 50, "strength counts while paused"


def test_filter_and_threshold_stay_for_the_next_start(
    page: QuotePage, context: Context, desk: FakeDesk, qtbot: QtBot
) -> None:
    trades(desk, 2, quantity=5)
    trades(desk, 1, quantity=500, first=8_919_500)
    beat(context)
    page.tape.filter_box.setCurrentIndex(2)
    page.tape.filter_box.activated.emit(2)
    page.tape.big_box.activated.emit(3)
    assert len(page.tape.tape) == 1
    again = make(context)
    qtbot.addWidget(again)
    assert isinstance(again, QuotePage)
    assert (again.tape.tape.filter, again.tape.view.big) == (FILTERS[2], BIG[3])


def test_missed_trades_are_said(
    page: QuotePage, context: Context, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoga.ui.quote.tape_pane.MOST", 3)
    context.select(H.id)
    context.select(S.id)
    trades(desk, 5)
    beat(context)
    assert page.tape.counter.text() == "2 missed" and len(page.tape.tape) == 3


def test_scrolled_away_what_one_reads_stays(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    trades(desk, 200)
    beat(context)
    view, bar = page.tape.view, page.tape.view.verticalScrollBar()
    bar.setValue(50)
    reading = page.tape.tape.row(bar.value())
    QApplication.processEvents()
    before = view.viewport().grab().toImage()
    trades(desk, 7, first=8_920_000)
    beat(context)
    assert page.tape.tape.row(bar.value()) is reading
    assert page.tape.counter.text() == "57 newer above"
    QApplication.processEvents()
    assert view.viewport().grab().toImage() == before, "the same picture"
    view.to_top()
    assert page.tape.counter.text() == ""


def test_new_rows_push_down_to_the_same_picture_as_a_full_paint(
    page: QuotePage, context: Context, desk: FakeDesk
) -> None:
    trades(desk, 30)
    beat(context)
    QApplication.processEvents()
    trades(desk, 2, quantity=77, first=8_920_000)
    beat(context)
    QApplication.processEvents()
    view = page.tape.view.viewport()
    moved = page.grab(view.rect().translated(view.mapTo(page, view.rect().topLeft()))).toImage()
    page.tape.view.update_all()
    QApplication.processEvents()
    assert page.grab(view.rect().translated(view.mapTo(page, view.rect().topLeft()))).toImage() == moved


def test_the_tape_is_copied_as_a_plain_table(page: QuotePage, context: Context, desk: FakeDesk) -> None:
    desk.feed(made_up.trade(S, desk.clock.now(), 70_600, 1_200, Aggressor.SELLER))
    beat(context)
    page.tape.view.copy_all()
    assert QGuiApplication.clipboard().text() == "10:00:00\t70600\t-100\t1200\tsell"


# --- the room -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("height", [300, 420, 500, 620, 900])
def test_all_ten_levels_have_room_before_the_tape_has(page: QuotePage, height: int) -> None:
    page.resize(1140, height)
    QApplication.processEvents()
    if height - page.tape.minimumSizeHint().height() < page.book.tight_height:
        assert page.book.at.shown < 10 and page.tape.height() == page.tape.minimumSizeHint().height()
        return
    assert page.book.at.shown == 10
    assert page.book.at.height <= page.book.height()


def test_f5_is_the_charts_where_the_chart_has_the_focus(qtbot: QtBot, context: Context) -> None:
    chart = QLabel("chart")
    context.actions.add("chart.reload", lambda: "again", lambda: None, shortcut="F5", where=chart)
    qtbot.addWidget(make(context, chart))
