"""Toasts: every step of an order told once and in one line, at most three seen, errors until they are closed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.broker_orders import RequestKind
from hoga.domain.order_facts import Answer
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.ui.context import Event, Toast
from hoga.ui.settings.sections import event_words
from hoga.ui.sounds import RHYTHMS
from hoga.ui.toasts.card import STAY_MS, ToastCard, tone
from tests.support import made_up
from tests.support.fake_desk import FakeDesk
from tests.ui.frame.conftest import Frame, MakeFrame


def words(frame: Frame) -> list[str]:
    return [card.words for card in frame.window.toasts.cards()]


def intend(frame: Frame, quantity: int = 10) -> str:
    """An order that was sent and not answered yet."""
    desk = frame.desk
    ticket = Ticket(
        desk.new_ticket_id(),
        desk.account,
        made_up.SAMSUNG.id,
        Side.BUY,
        OrderType.LIMIT,
        Shares(quantity),
        Price(71_000),
    )
    return str(desk.add_order(desk.book_of_orders.intend(ticket)).id)


def test_an_order_is_one_line_from_its_acceptance_to_its_last_fill(frame: Frame) -> None:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 12, 71_000)
    assert words(frame) == ["Accepted: Samsung Electronics buy 12 sh 71,000"]
    for _ in range(11):
        frame.desk.fill(order.id, 1, 71_000)
        assert len(words(frame)) == 1
    assert words(frame) == ["Partly filled: Samsung Electronics buy 12 sh 71,000 · 11 of 12"]
    frame.desk.fill(order.id, 1, 70_900)
    assert words(frame) == ["Filled: Samsung Electronics buy 12 sh 71,000 · average 70,991.67"]
    assert frame.heard == ["accepted", "partly_filled", "filled"]


def test_what_is_still_to_be_read_is_said_in_the_language_of_now(frame: Frame) -> None:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 12, 71_000)
    frame.desk.fill(order.id, 12, 71_000)
    frame.context.say(Event.NOTE, "as it was typed")
    frame.preferences.file.change(language=Language.KO)
    filled, typed = words(frame)
    assert filled.startswith("전량 체결: 삼성전자")
    assert typed == "as it was typed"


def test_what_was_there_before_the_window_is_no_news(make_frame: MakeFrame) -> None:
    desk = FakeDesk()
    desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame = make_frame(desk)
    frame.show()
    assert words(frame) == []


def test_a_refusal_stays_with_the_brokers_own_words(frame: Frame) -> None:
    id = intend(frame)
    order = frame.desk.book_of_orders.orders[id]  # type: ignore[index]
    refused = frame.desk.book_of_orders.answered(
        order, order.requests[0].id, Answer.REFUSED, code="APBK0952", text="주문가능금액을 초과"
    )
    assert refused.state is OrderState.REFUSED
    frame.desk.add_order(refused)
    (card,) = frame.window.toasts.cards()
    assert card.toast.sticky
    assert card.toast.event is Event.REFUSED
    assert "[APBK0952] 주문가능금액을 초과" in card.words


def test_a_refused_cancel_is_told_beside_the_order_itself(frame: Frame) -> None:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    asked = frame.desk.book_of_orders.asked(order, RequestKind.CANCEL)
    frame.desk.add_order(frame.desk.book_of_orders.answered(asked, asked.requests[-1].id, Answer.REFUSED, code="X1"))
    assert [text.split(":")[0] for text in words(frame)] == ["Accepted", "Cancel refused"]


def test_cancelled_lapsed_and_made_elsewhere(frame: Frame) -> None:
    orders = frame.desk.book_of_orders
    one = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.desk.add_order(orders.lapse(one))
    frame.desk.add_order(orders.foreign(made_up.HYNIX.id, Side.SELL, 5, 195_000))
    told = [text.split(":")[0] for text in words(frame)]
    assert told[0] in ("Cancelled", "Lapsed with the day")
    assert told[1] == "Order made elsewhere"


def test_an_unknown_outcome_stays_until_it_is_known(frame: Frame) -> None:
    id = intend(frame)
    order = frame.desk.book_of_orders.orders[id]  # type: ignore[index]
    unknown = frame.desk.book_of_orders.answered(order, order.requests[0].id, Answer.UNANSWERED)
    frame.desk.add_order(unknown)
    (card,) = frame.window.toasts.cards()
    assert (card.toast.event, card.toast.sticky) == (Event.UNKNOWN, True)
    frame.desk.add_order(frame.desk.book_of_orders.answered(unknown, unknown.requests[0].id, Answer.ACCEPTED))
    (card,) = frame.window.toasts.cards()
    assert (card.toast.event, card.toast.sticky) == (Event.ACCEPTED, False)


def test_a_lost_connection_is_told_once_and_so_is_its_return(frame: Frame) -> None:
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN, Message("NO_DATA_YET"))
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.CONNECTING)
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert len(words(frame)) == 1
    assert words(frame)[0].startswith("Quotes: disconnected.")
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.FILLING_GAP)
    frame.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    assert words(frame) == ["Quotes: connected again."]
    assert frame.heard == ["disconnected"]


def test_three_are_seen_and_passing_ones_make_room_for_errors(frame: Frame) -> None:
    for n in range(5):
        frame.context.say(Event.NOTE, f"note {n}")
    assert words(frame) == ["note 2", "note 3", "note 4"]
    for n in range(4):
        frame.context.say(Event.REFUSED, f"error {n}", sticky=True)
    frame.settle()
    assert words(frame) == [f"error {n}" for n in range(4)]
    cards = frame.window.toasts.cards()
    assert [card.isVisible() for card in cards] == [False, True, True, True]
    cards[1].closed.emit(cards[1])
    assert all(card.isVisible() for card in frame.window.toasts.cards())


@pytest.mark.parametrize("docked", [True, False])
def test_toasts_stand_whole_and_without_overlap_where_nothing_is_pressed(frame: Frame, docked: bool) -> None:
    window = frame.window
    window.watch.setVisible(docked)
    frame.settle()
    for n in range(3):
        frame.context.say(Event.NOTE, f"{n} " + "long words " * 12)
    frame.settle()
    below = window.watch if docked else window.pages
    over = QRect(below.mapTo(window, QPoint(0, 0)), below.size())
    cards = window.toasts.cards()
    for card in cards:
        assert over.contains(card.geometry())
        label = card.layout().itemAt(0).widget()  # type: ignore[union-attr]
        assert label.height() >= label.heightForWidth(label.width())
        assert label.geometry().bottom() < card.height()
    for one, other in pairwise(cards):
        assert not one.geometry().intersects(other.geometry())


def test_undo_runs_once_and_stays_when_the_same_order_is_told_again(frame: Frame, qtbot: QtBot) -> None:
    undone: list[int] = []
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    undo = Toast(
        Event.ACCEPTED, "Sent", f"order:{order.id}", undo=lambda: undone.append(1), undo_text="Cancel the order"
    )
    frame.context.toast.emit(undo)
    frame.context.toast.emit(Toast(Event.ACCEPTED, "Accepted", f"order:{order.id}"))
    (card,) = frame.window.toasts.cards()
    assert card.words == "Accepted"
    button = next(b for b in card.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "Cancel the order"
    button.click()
    assert undone == [1]
    assert words(frame) == []


def test_quiet_events_are_not_shown_and_muted_ones_not_heard(frame: Frame) -> None:
    frame.preferences.file.change(quiet=frozenset({Event.ACCEPTED}), muted=frozenset({Event.FILLED}))
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 1, 71_000)
    assert words(frame) == []
    frame.desk.fill(order.id, 1, 71_000)
    assert words(frame) == ["Filled: Samsung Electronics buy 1 sh 71,000 · average 71,000"]
    assert frame.heard == ["accepted"]


def test_a_passing_word_goes_by_itself_but_not_under_the_pointer(frame: Frame, qtbot: QtBot) -> None:
    frame.context.say(Event.NOTE, "going")
    (card,) = frame.window.toasts.cards()
    timer = card.timer()
    assert timer.isActive()
    assert timer.interval() == STAY_MS
    enter(card)
    assert not timer.isActive()
    QApplication.sendEvent(card, _leave())
    assert timer.isActive()
    timer.setInterval(1)
    qtbot.waitUntil(lambda: not frame.window.toasts.cards(), timeout=5_000)


def enter(card: ToastCard) -> None:
    at = QPoint(5, 5).toPointF()
    QApplication.sendEvent(card, QEnterEvent(at, at, at))


def _leave() -> QEvent:
    return QEvent(QEvent.Type.Leave)


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_mark_a_rhythm_and_words(frame: Frame, event: Event) -> None:
    assert tone(event, frame.context.tokens)
    assert RHYTHMS[event]
    assert event_words(event)
