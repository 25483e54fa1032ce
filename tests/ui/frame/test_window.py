"""The window as a whole: what is at stake, tabs and counts, cancel all, locking, closing, and where it stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWhatsThis, QWidget
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.accounts import Account, PaperAccount, RealAccount, Stakes, WireProfile
from hoga.domain.positions import NOT_READ_YET
from hoga.domain.tickets import Side
from hoga.trading.views import CancelFilter
from hoga.ui.focus import focus_into
from hoga.ui.place import fitted
from hoga.ui.settings_file import Theme
from hoga.ui.tabs import Page
from hoga.ui.theme.tokens import STAKES
from tests.support import made_up
from tests.support.fake_desk import ACCOUNT, CONNECTION, FakeDesk, holding, portfolio
from tests.ui.frame.conftest import Frame, MakeFrame

REAL = RealAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)
PAPER = PaperAccount(CONNECTION, "******56-01", WireProfile.KIS_PAPER)


@pytest.mark.parametrize("account", [ACCOUNT, PAPER, REAL])
def test_what_is_at_stake_is_said_in_words_colour_and_pattern(make_frame: MakeFrame, account: Account) -> None:
    frame = make_frame(FakeDesk(account))
    window = frame.show()
    look = STAKES[account.stakes]
    assert look.words in window.windowTitle()
    assert account.label in window.windowTitle()
    assert window.header.badge.look.words == look.words
    assert look.en in window.header.stakes_sentence()
    edge = _edge(window.grab().toImage())
    assert look.frame.lower() in edge
    solid = len(edge) == 1
    assert solid == (account.stakes is Stakes.REAL)


def _edge(picture: QImage) -> set[str]:
    """Colours along the left edge, away from the corners."""
    return {picture.pixelColor(1, y).name() for y in range(60, 400)}


def test_the_header_shows_exact_money_and_a_dash_for_what_is_unknown(frame: Frame) -> None:
    frame.desk.set_portfolio(
        portfolio(made_up.START, holding(made_up.SAMSUNG, 100, 7_000_000), cash=1_234_567, realised=-500)
    )
    header = frame.window.header
    assert header.cash.texts() == ("Orderable", "1,234,567")
    assert header.open_profit.texts()[1] == "+150,000 (+2.14%)"
    assert header.realised.texts()[1] == "−500"
    frame.desk.set_portfolio(replace(portfolio(made_up.START), orderable=NOT_READ_YET))
    assert header.cash.texts()[1] == "–"
    assert frame.context.worded(NOT_READ_YET.why) in header.cash.toolTip()


def test_figures_of_the_header_grow_old_with_their_stream(frame: Frame) -> None:
    for stream in Stream:
        frame.desk.set_stream(stream, StreamHealth.LIVE)
    header = frame.window.header
    figures = (header.cash, header.open_profit, header.realised)
    assert not any(figure.old for figure in figures)
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert [figure.old for figure in figures] == [False, True, False]
    frame.desk.set_stream(Stream.FILLS, StreamHealth.DOWN)
    assert all(figure.old for figure in figures)
    for stream in Stream:
        frame.desk.set_stream(stream, StreamHealth.LIVE)
    assert not any(figure.old for figure in figures)


def test_hidden_amounts_are_hidden_and_come_back(frame: Frame, qtbot: QtBot) -> None:
    qtbot.keyClick(frame.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert "12,345,678" not in frame.window.header.cash.texts()[1]
    assert frame.context.actions.text("amounts") == "Show amounts"
    qtbot.keyClick(frame.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert frame.window.header.cash.texts()[1] == "12,345,678"


def test_tabs_by_key_and_the_one_without_a_page_says_why(frame: Frame, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for key, page in ((Qt.Key.Key_2, Page.ORDER), (Qt.Key.Key_7, Page.ACTIVITY), (Qt.Key.Key_1, Page.QUOTE)):
        qtbot.keyClick(frame.window, key, control)
        assert frame.window.pages.current is page
        assert frame.pages[page.value].isVisible()
    qtbot.keyClick(frame.window, Qt.Key.Key_4, control)
    assert frame.window.pages.current is Page.QUOTE
    assert frame.context.actions.why_not("tab.plan") == "Plans are made in the desk that trades."
    assert "Plans are made in the desk that trades." in frame.window.pages.row.tabToolTip(3)
    frame.window.pages.show_page(Page.PENDING)
    frame.window.pages.turn(1)
    assert frame.window.pages.current is Page.HOLDINGS
    frame.context.show_tab("fills")
    assert frame.window.pages.current is Page.FILLS


def test_turning_to_a_tab_by_key_takes_the_keyboard_along(frame: Frame, qtbot: QtBot) -> None:
    """Else the keys of the page that is seen (Ctrl+M, Del) would go to one that is not."""
    window = frame.show()
    for key, name in ((Qt.Key.Key_3, "pending"), (Qt.Key.Key_6, "fills"), (Qt.Key.Key_1, "quote")):
        qtbot.keyClick(frame.app.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier)
        focus = frame.app.focusWidget()
        assert focus is not None and frame.pages[name].isAncestorOf(focus)
    kept = frame.app.focusWidget()
    frame.context.show_tab("quote")
    assert frame.app.focusWidget() is kept


def test_the_keyboard_goes_where_a_pane_within_a_pane_wants_it(qtbot: QtBot) -> None:
    """Not to the first button above it: an arrow key chooses a row at once."""
    outer = QWidget()
    qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    column.addWidget(QPushButton())
    inner = QWidget()
    column.addWidget(inner)
    wanted = QLineEdit()
    QVBoxLayout(inner).addWidget(wanted)
    inner.setFocusProxy(wanted)
    outer.setFocusProxy(inner)
    outer.show()
    assert focus_into(outer)
    assert outer.focusWidget() is wanted


def test_counts_of_working_orders_and_fills_stand_on_the_tabs(frame: Frame) -> None:
    row = frame.window.pages.row
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.desk.working(made_up.HYNIX, Side.SELL, 3, 195_000)
    assert (row.count_of(2), row.count_of(5)) == (2, 0)
    frame.desk.fill(order.id, 4, 71_000)
    frame.desk.fill(order.id, 6, 71_000)
    assert (row.count_of(2), row.count_of(5)) == (1, 2)


def test_cancel_all_names_the_orders_and_waits_for_enter(frame: Frame, qtbot: QtBot) -> None:
    window = frame.window
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert frame.context.actions.why_not("cancel.all") == "There is no working order."
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 5, 70_000)
    frame.desk.working(made_up.HYNIX, Side.SELL, 3, 195_000)
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    assert window.cancel_strip.isVisible()
    assert "3 working orders? 2 buys, 1 sell, worth 1,645,000" in window.cancel_strip.text.text()
    assert frame.desk.named("cancel_all") == []
    qtbot.keyClick(window.cancel_strip, Qt.Key.Key_Escape)
    assert not window.cancel_strip.isVisible()
    assert frame.desk.named("cancel_all") == []
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    qtbot.keyClick(window.cancel_strip, Qt.Key.Key_Return)
    (call,) = frame.desk.named("cancel_all")
    assert call.arguments == (CancelFilter(),)
    assert all(order.state.over for order in frame.desk.orders())
    assert not window.cancel_strip.isVisible()


def test_a_single_order_is_cancelled_without_a_question(frame: Frame) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    assert frame.context.actions.trigger("cancel.all")
    assert not frame.window.cancel_strip.isVisible()
    assert len(frame.desk.named("cancel_all")) == 1


def test_real_money_starts_locked_and_cancelling_stays_possible(make_frame: MakeFrame, qtbot: QtBot) -> None:
    frame = make_frame(FakeDesk(REAL))
    frame.context.actions.add("order.test", lambda: "Send", lambda: None, trades=True)
    window = frame.show()
    assert frame.context.locked
    assert window.attention.locked.isVisible()
    assert not frame.context.actions.trigger("order.test")
    assert frame.context.actions.why_not("order.test") == "The account is locked: Ctrl+L."
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    assert frame.context.actions.trigger("cancel.all")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not frame.context.locked
    assert not window.attention.locked.isVisible()
    assert frame.context.actions.trigger("order.test")


def test_practice_starts_unlocked(frame: Frame) -> None:
    assert not frame.context.locked


def test_f6_goes_through_every_pane_and_back(frame: Frame, qtbot: QtBot) -> None:
    window = frame.window
    window.activateWindow()
    seen = []
    for _ in range(5):
        frame.context.actions.trigger("pane.next")
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(k for k, pane in enumerate(window.panes()) if pane is focus or pane.isAncestorOf(focus)))
    assert sorted(seen) == [0, 1, 2, 3, 4]
    last = QApplication.focusWidget()
    frame.context.actions.trigger("pane.next")
    frame.context.actions.trigger("pane.previous")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert last is focus or any(pane.isAncestorOf(focus) and pane.isAncestorOf(last) for pane in window.panes() if last)


def test_what_is_this_explains_what_is_pressed(frame: Frame) -> None:
    stop = frame.window.header.stop
    at = stop.mapToGlobal(stop.rect().center())
    assert frame.window.explanation(at) == stop.toolTip()
    assert "Nothing automatic leaves any more" in stop.toolTip()
    for kind in (QEvent.Type.QueryWhatsThis, QEvent.Type.WhatsThis):
        asked = QHelpEvent(kind, stop.rect().center(), at)
        QApplication.sendEvent(stop, asked)
        assert asked.isAccepted()
    QWhatsThis.hideText()


def test_closing_hides_keeps_and_says_so_and_nothing_ends_by_itself(make_frame: MakeFrame, tmp_path: Path) -> None:
    frame = make_frame(state=tmp_path / "state.json")
    window = frame.show(1200, 700)
    window.pages.show_page(Page.HOLDINGS)
    frame.context.select(made_up.HYNIX.id)
    said: list[int] = []
    window.closing.connect(lambda: said.append(1))
    window.close()
    assert said == [1]
    assert not window.isVisible()
    again = make_frame(state=tmp_path / "state.json")
    assert again.window.pages.current is Page.HOLDINGS
    assert again.context.state.get("selected") == "KR:000660"
    assert again.window.geometry().size() == window.geometry().size()


def test_the_layout_can_be_reset_without_losing_the_lists(make_frame: MakeFrame, tmp_path: Path) -> None:
    frame = make_frame(state=tmp_path / "state.json")
    window = frame.show(1100, 650)
    frame.context.state.put("columns/pending", ["a"])
    window.watch.hide()
    told: list[int] = []
    frame.context.layout_reset.connect(lambda: told.append(1))
    frame.context.actions.trigger("layout.reset")
    assert told == [1]
    assert window.watch.isVisible()
    assert frame.context.state.get("columns/pending") is None
    assert frame.context.state.get("watch") is not None


def test_a_damaged_state_is_set_aside_and_said(make_frame: MakeFrame, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("{ not json")
    frame = make_frame(state=path)
    frame.show()
    assert any("state.json" in card.words for card in frame.window.toasts.cards())
    assert (tmp_path / "state.json.damaged").read_text() == "{ not json"


def test_language_and_theme_switch_while_it_is_open(frame: Frame) -> None:
    window = frame.window
    frame.preferences.file.change(language=Language.KO, theme=Theme.DARK, font_percent=150)
    frame.settle()
    assert window.pages.row.tabText(0) == "시세"
    assert window.header.cash.texts()[0] == "주문가능"
    assert window.cancel_strip.why_not() == "미체결 주문이 없습니다."
    assert frame.context.actions.text("search") == "찾기"
    assert window.watch.chooser.currentText() == "관심종목"
    frame.preferences.file.change(language=Language.EN)
    frame.settle()
    assert window.pages.row.tabText(0) == "Quote"


_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_of_the_frame_is_cut_off_at_1366_by_768(
    make_frame: MakeFrame, language: Language, percent: int, stopped: bool
) -> None:
    frame = make_frame(language=language)
    frame.preferences.file.change(font_percent=percent)
    window = frame.show()
    if stopped:
        frame.context.actions.trigger("stop")
    window.resize(1366, 768)
    frame.settle()
    assert (window.width(), window.height()) == (1366, 768)
    parts = [*window.status.parts, *window.header.findChildren(QWidget, options=_DIRECT)]
    for part in parts:
        if part.isVisible():
            assert part.width() >= part.sizeHint().width(), part
    row = window.pages.row
    assert row.tabRect(row.count() - 1).right() <= row.width()
    assert window.status.stopped.isVisible() is window.header.stopped.isVisible() is stopped
    status = window.status
    may_hide = (status.queue, *((status.session, status.budget) if stopped else ())) if percent > 100 else ()
    only_when_said = (status.stopped, status.source, status.recording)
    assert all(part.isVisible() for part in status.parts if part not in (*only_when_said, *may_hide))


def test_a_page_that_needs_more_room_is_scrolled_and_the_window_stays(frame: Frame) -> None:
    page = frame.pages["quote"]
    page.setMinimumSize(3000, 2000)
    frame.settle()
    assert frame.window.minimumSizeHint().width() <= 1366
    assert frame.window.minimumSizeHint().height() <= 768
    assert (frame.window.width(), frame.window.height()) == (1366, 768)
    assert page.width() == 3000


screens = st.lists(
    st.builds(
        QRect, st.integers(-3000, 3000), st.integers(-2000, 2000), st.integers(800, 3840), st.integers(600, 2160)
    ),
    min_size=1,
    max_size=3,
)


@given(
    st.builds(
        QRect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(300, 5000), st.integers(300, 3000)
    ),
    screens,
)
def test_a_window_always_comes_back_where_its_title_can_be_taken(wanted: QRect, there: list[QRect]) -> None:
    area = fitted(wanted, there)
    title = QRect(area.left(), area.top(), area.width(), 64)
    assert any(
        screen.top() <= area.top()
        and screen.intersected(title).width() >= 64
        and screen.intersected(title).height() >= 32
        for screen in there
    )


def test_a_window_that_stands_well_is_left_where_it_stands() -> None:
    screen = QRect(0, 0, 1920, 1080)
    wanted = QRect(100, 80, 1400, 800)
    assert fitted(wanted, [screen]) == wanted


def test_words_of_the_rooms_below_name_instruments_in_the_windows_language(make_frame: MakeFrame) -> None:
    frame = make_frame(language=Language.EN)
    halted = Message("HALTED", {"name": made_up.SAMSUNG.name_ko, "code": made_up.SAMSUNG.id.code})
    outer = Message("UNWORDED", {"why": halted})
    assert made_up.SAMSUNG.name_en in frame.context.worded(halted)
    assert made_up.SAMSUNG.name_en in frame.context.worded(outer)
    frame.preferences.file.change(language=Language.KO)
    assert made_up.SAMSUNG.name_ko in frame.context.worded(halted)
