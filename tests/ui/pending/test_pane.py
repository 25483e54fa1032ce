"""The pending tab under the hands of a person: select, cancel, reprice, reduce, decide; by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.instruments import Instrument
from hoga.domain.order_facts import Answer
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import CancelFilter, Denied, MustAsk, Offer, Question, Requested, Waiting
from hoga.ui.context import Context
from hoga.ui.pending.pane import PendingPane
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, make_context

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """A person at the tab."""

    def __init__(self, qtbot: QtBot, desk: FakeDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.context: Context = make_context(desk)
        self.pane = PendingPane(self.context)
        qtbot.addWidget(self.pane)
        self.pane.resize(1100, 500)
        self.pane.show()
        self.pane.activateWindow()
        self.pane.view.setFocus()
        self.pane.slip.go.guard_ms = 0
        self.pane.panel.move_button.guard_ms = 0

    def look(self) -> None:
        self.pane.refresh()

    def choose(self, *orders: Order) -> None:
        self.pane.view.clearSelection()
        for order in orders:
            place = self.pane.rows.place(order.id)
            assert place is not None
            at = self.pane.view.visualRect(self.pane.rows.index(place, 0)).center()
            self.qtbot.mouseClick(self.pane.view.viewport(), Qt.MouseButton.LeftButton, CTRL, at)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.pane.view, key, modifier)

    def cell(self, order: Order, column: str) -> str:
        place = self.pane.rows.place(order.id)
        assert place is not None, "the order is not shown"
        names = [one.name for one in self.pane.rows.columns]
        return self.pane.rows.cell(place, names.index(column)).text

    def press(self, text: str) -> None:
        button = next(b for b in self.pane.findChildren(QPushButton) if b.text().startswith(text) and b.isVisible())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, desk: FakeDesk) -> Iterator[Hand]:
    made = Hand(qtbot, desk)
    yield made
    made.context.stop()


def ticket(desk: FakeDesk, one: Instrument, price: int) -> Ticket:
    id = desk.new_ticket_id()
    return Ticket(id, desk.account, one.id, Side.BUY, OrderType.LIMIT, Shares(4), Price(price))


# --- what is shown --------------------------------------------------------------------------------------------------


def test_an_order_is_shown_with_what_is_filled_left_and_how_it_lives(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    desk.fill(order.id, 3, 71_000)
    hand.look()
    assert hand.cell(order, "progress") == "3 / 10"
    assert hand.cell(order, "left") == "7"
    assert hand.cell(order, "state") == "Partly filled"
    assert hand.cell(order, "life") == "KRX until 24:00"
    assert hand.cell(order, "side") == "▲ Buy"
    desk.clock.advance(75)
    hand.look()
    assert hand.cell(order, "age") == "1m 15s"


def test_an_order_that_fills_leaves_the_list(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    desk.fill(order.id, 10, 71_000)
    hand.look()
    assert hand.pane.rows.rowCount() == 0
    assert hand.pane.view.empty().title == "No working orders"


def test_under_the_pointer_it_stays_in_its_place_and_says_that_it_filled(hand: Hand, desk: FakeDesk) -> None:
    first = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    second = desk.working(m.HYNIX, Side.BUY, 1, 190_000)
    hand.look()
    port = hand.pane.view.viewport()
    QApplication.sendEvent(port, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    desk.fill(second.id, 1, 190_000)
    hand.look()
    assert hand.pane.rows.shown_keys() == (second.id, first.id)
    assert hand.cell(second, "state") == "Filled"
    QApplication.sendEvent(port, QEvent(QEvent.Type.Leave))
    hand.look()
    assert hand.pane.rows.shown_keys() == (first.id,)


def test_what_is_asked_and_what_was_refused_is_said(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    asked = desk.book_of_orders.asked(order, RequestKind.REPRICE, limit=Price(71_100))
    desk.add_order(asked)
    hand.look()
    assert hand.cell(order, "state") == "Moving to 71,100 …"
    desk.add_order(
        desk.book_of_orders.answered(asked, asked.requests[-1].id, Answer.REFUSED, code="40330000", text="정정불가")
    )
    hand.look()
    assert hand.cell(order, "state") == "Working · Reprice refused"


def test_a_foreign_order_is_marked_and_can_be_cancelled_here(hand: Hand, desk: FakeDesk) -> None:
    order = desk.add_order(desk.book_of_orders.foreign(m.KAKAO.id, Side.BUY, 100, 41_000, filled=20))
    hand.look()
    assert hand.cell(order, "origin") == "◆ Elsewhere (MTS)"
    hand.choose(order)
    hand.key(Qt.Key.Key_Delete)
    assert desk.named("cancel")[0].arguments == (order.id,)


def test_without_the_brokers_list_the_source_is_named(hand: Hand, desk: FakeDesk) -> None:
    desk.set_health(aligned=False)
    hand.look()
    assert "own journal" in hand.pane.source.text()
    assert hand.pane.view.empty().title == "Reading the broker's list of orders"
    desk.set_health(aligned=True)
    hand.look()
    assert not hand.pane.source.isVisible()


def test_prices_follow_each_frame_for_rows_with_news_only(hand: Hand, desk: FakeDesk) -> None:
    one = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    desk.working(m.HYNIX, Side.BUY, 1, 190_000)
    hand.look()
    heard: list[int] = []
    hand.pane.rows.dataChanged.connect(lambda top, _bottom: heard.append(top.row()))
    desk.feed(m.trade(m.SAMSUNG, desk.clock.now(), 71_900))
    hand.context.frame.emit(desk.board.take_dirty())
    assert heard == [hand.pane.rows.place(one.id)]
    assert hand.cell(one, "away") == "+900"


# --- cancelling -----------------------------------------------------------------------------------------------------


def test_del_cancels_one_order_without_asking(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    desk.working(m.HYNIX, Side.BUY, 1, 190_000)
    hand.look()
    hand.choose(order)
    hand.key(Qt.Key.Key_Delete)
    assert [c.arguments for c in desk.named("cancel")] == [(order.id,)]
    assert "Cancels on their way: 1" in hand.pane.told.text()


def test_several_are_asked_about_in_one_sentence_and_enter_cancels_exactly_those(hand: Hand, desk: FakeDesk) -> None:
    one = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    two = desk.working(m.HYNIX, Side.SELL, 2, 195_000)
    third = desk.working(m.NAVER, Side.BUY, 1, 200_000)
    hand.look()
    hand.choose(one, two)
    hand.key(Qt.Key.Key_Delete)
    assert hand.pane.slip.sentence.text() == "Cancel 2 orders, 1,100,000 won (Buy 1 · Sell 1)?"
    assert desk.commands == []
    hand.key(Qt.Key.Key_Return)
    assert desk.named("cancel_all")[0].arguments == (CancelFilter(orders=frozenset({one.id, two.id})),)
    assert {command.arguments[0] for command in desk.named("cancel")} == {one.id, two.id}
    assert third.id in hand.pane.rows.shown_keys()
    assert not hand.pane.slip.isVisible()


def test_escape_leaves_them_as_they_are(hand: Hand, desk: FakeDesk) -> None:
    for price in (71_000, 70_900):
        desk.working(m.SAMSUNG, Side.BUY, 10, price)
    hand.look()
    hand.press("Cancel all")
    hand.key(Qt.Key.Key_Escape)
    assert not hand.pane.slip.isVisible()
    assert desk.commands == []


def test_a_held_enter_does_not_confirm(hand: Hand, desk: FakeDesk) -> None:
    for price in (71_000, 70_900):
        desk.working(m.SAMSUNG, Side.BUY, 10, price)
    hand.look()
    hand.pane.slip.go.guard_ms = 10_000
    hand.press("Cancel all")
    hand.key(Qt.Key.Key_Return)
    assert desk.commands == []
    assert hand.pane.slip.isVisible()


def test_the_slip_counts_down_when_an_order_ends_and_never_takes_in_a_new_one(hand: Hand, desk: FakeDesk) -> None:
    orders = [desk.working(m.SAMSUNG, Side.BUY, 10, price) for price in (71_000, 70_900, 70_800)]
    hand.look()
    hand.press("Cancel all")
    desk.fill(orders[0].id, 10, 71_000)
    new = desk.working(m.SAMSUNG, Side.BUY, 10, 70_700)
    hand.look()
    assert hand.pane.slip.sentence.text().startswith("Cancel 2 orders")
    hand.key(Qt.Key.Key_Return)
    assert new.id not in {command.arguments[0] for command in desk.named("cancel")}


@pytest.mark.parametrize(("button", "side"), [("Cancel buys", Side.BUY), ("Cancel sells", Side.SELL)])
def test_cancel_by_side(hand: Hand, desk: FakeDesk, button: str, side: Side) -> None:
    mine = [desk.working(m.SAMSUNG, side, 10, price) for price in (71_000, 71_100)]
    desk.working(m.SAMSUNG, side.opposite, 10, 71_200)
    hand.look()
    hand.press(button)
    hand.press("Cancel 2 orders")
    assert {command.arguments[0] for command in desk.named("cancel")} == {order.id for order in mine}


def test_cancel_by_instrument_means_that_of_the_selected_order(hand: Hand, desk: FakeDesk) -> None:
    mine = [desk.working(m.HYNIX, Side.BUY, 1, price) for price in (190_000, 189_900)]
    desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(mine[0])
    hand.press("Cancel this instrument")
    hand.press("Cancel 2 orders")
    assert {command.arguments[0] for command in desk.named("cancel")} == {order.id for order in mine}


def test_ctrl_del_opens_the_menu_of_cancels(hand: Hand, desk: FakeDesk) -> None:
    desk.working(m.HYNIX, Side.BUY, 1, 190_000)
    hand.look()
    hand.key(Qt.Key.Key_Delete, CTRL)
    assert hand.pane.menu is not None
    texts = [action.text() for action in hand.pane.menu.actions()]
    assert texts == ["Cancel this instrument", "Cancel buys", "Cancel sells", "Cancel all"]
    assert [action.isEnabled() for action in hand.pane.menu.actions()] == [False, True, False, True]
    hand.pane.menu.close()


def test_results_are_counted_and_refusals_told(hand: Hand, desk: FakeDesk) -> None:
    for price in (71_000, 70_900):
        desk.working(m.SAMSUNG, Side.BUY, 10, price)
    desk.answers["cancel_all"] = (Denied((Message("NOTHING_LEFT"),)), Requested(OrderId("x"), "x/1"))  # type: ignore[arg-type]
    hand.look()
    hand.press("Cancel all")
    hand.press("Cancel 2 orders")
    assert hand.pane.told.text().startswith("Cancels on their way: 1 · ")


def test_buttons_that_cannot_work_say_why(hand: Hand, desk: FakeDesk) -> None:
    hand.look()
    actions = hand.context.actions
    assert actions.why_not("pending.cancel") == "Select the orders to cancel first."
    assert actions.why_not("pending.cancel_all") == "There is no such order."
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(order)
    assert actions.why_not("pending.cancel") == ""
    assert actions.why_not("pending.modify") == ""


def test_cancelling_still_works_on_a_locked_account_and_changing_does_not(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.context.set_locked(True)
    hand.context.actions.lock(lambda: "locked")
    hand.choose(order)
    hand.key(Qt.Key.Key_M, CTRL)
    assert hand.pane.panel.order is None
    hand.key(Qt.Key.Key_Delete)
    assert len(desk.named("cancel")) == 1


# --- changing -------------------------------------------------------------------------------------------------------


def test_a_price_is_moved_by_keyboard_alone(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(order)
    hand.key(Qt.Key.Key_M, CTRL)
    assert hand.pane.panel.price.edit.text() == "71,000"
    hand.key(Qt.Key.Key_Up)
    hand.key(Qt.Key.Key_Up)
    assert "from 71,000 to 71,200" in hand.pane.panel.says.text()
    hand.key(Qt.Key.Key_Return)
    assert desk.named("reprice")[0].arguments[:2] == (order.id, Price(71_200))
    assert hand.pane.panel.order is None
    hand.look()
    assert hand.cell(order, "price") == "71,200"


def test_the_panel_lies_right_below_its_row(hand: Hand, desk: FakeDesk) -> None:
    orders = [desk.working(m.SAMSUNG, Side.BUY, 10, 71_000 + 100 * n) for n in range(3)]
    hand.look()
    hand.choose(orders[2])
    hand.key(Qt.Key.Key_M, CTRL)
    view = hand.pane.view
    row = view.visualRect(view.rows.index(0, 0))
    assert hand.pane.panel.geometry().top() - view.viewport().y() == row.bottom() + 1
    hand.key(Qt.Key.Key_Escape)
    assert not hand.pane.panel.isVisible()


def test_where_it_asks_first_enter_leads_to_the_button_and_a_second_one_sends(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.context.confirm_level = 1
    hand.choose(order)
    hand.key(Qt.Key.Key_M, CTRL)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    assert desk.commands == []
    assert hand.pane.panel.move_button.hasFocus()
    hand.key(Qt.Key.Key_Return)
    (command,) = desk.named("reprice")
    assert command.arguments[1] == Price(70_900)
    assert "from 71,000 to 70,900" in command.arguments[2].words


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("71,050", "between two ticks: 71,000 or 71,100"),
        ("9만9천", "outside today's limits"),
        ("abc", "Type the new price"),
        ("71,000", "stands at this price already"),
    ],
)
def test_a_price_that_cannot_be_is_said_and_never_sent(hand: Hand, desk: FakeDesk, typed: str, says: str) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(order)
    hand.pane.modify()
    hand.pane.panel.price.edit.setText(typed)
    hand.key(Qt.Key.Key_Return)
    assert says in hand.pane.panel.says.text()
    assert not hand.pane.panel.move_button.isEnabled()
    assert desk.commands == []


def test_shares_are_taken_off_and_never_all_of_them(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    desk.fill(order.id, 4, 71_000)
    hand.look()
    hand.choose(order)
    hand.pane.modify()
    panel = hand.pane.panel
    panel.by.edit.setText("6")
    assert "Only 6 sh are left" in panel.says.text()
    assert not panel.reduce_button.isEnabled()
    panel.by.edit.setText("2")
    assert panel.says.text() == "Take 2 sh off Samsung Electronics (005930): 4 sh stay at 71,000."
    hand.press("Reduce")
    assert desk.named("reduce")[0].arguments == (order.id, Shares(2))
    hand.look()
    assert hand.cell(order, "left") == "4"


def test_our_own_no_and_our_questions_stay_in_the_panel(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(order)
    hand.pane.modify()
    desk.answers["reprice"] = Denied((Message("CASH_SHORT", {"need": 1_000, "have": 900}),))
    hand.key(Qt.Key.Key_Up)
    hand.key(Qt.Key.Key_Return)
    assert hand.pane.panel.order == order.id
    assert hand.pane.panel.says.text() != ""
    desk.answers["reprice"] = MustAsk((Message("NOT_RECONCILED"),))
    hand.key(Qt.Key.Key_Return)
    assert hand.pane.panel.move_button.text() == "Move all the same"
    del desk.answers["reprice"]
    hand.press("Move all the same")
    assert desk.named("reprice")[-1].arguments[2].codes == {"NOT_RECONCILED"}


def test_when_it_fills_while_it_is_edited_nothing_can_be_sent(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    hand.choose(order)
    hand.pane.modify()
    hand.key(Qt.Key.Key_Up)
    desk.fill(order.id, 10, 71_000)
    hand.look()
    assert not hand.pane.panel.isVisible()
    assert "Filled: nothing is left to change" in hand.pane.told.text()
    hand.key(Qt.Key.Key_Return)
    assert desk.named("reprice") == []


# --- decisions ------------------------------------------------------------------------------------------------------


def test_a_question_shows_its_evidence_and_takes_one_answer(hand: Hand, desk: FakeDesk) -> None:
    unsure = desk.book_of_orders.intend(ticket(desk, m.SAMSUNG, 71_000))
    unsure = desk.book_of_orders.answered(unsure, unsure.requests[0].id, Answer.UNANSWERED)
    desk.add_order(unsure)
    numbers = [BrokerNumber(m.START.date(), "91252", 500 + n) for n in range(2)]
    rows = tuple(
        OrderReport(
            number, None, RequestKind.NEW, unsure.instrument, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, unsure.limit,
            Shares(4), Shares(0), Money(0), Shares(4), Shares(0), Shares(0), m.START, channel=channel,
        )
        for number, channel in zip(numbers, ("OpnAPI", "MTS"), strict=True)
    )  # fmt: skip
    desk.set_questions(Question("q", unsure, unsure.requests[0], rows, Message("TWINS", {"candidates": 2})))
    hand.look()
    assert hand.cell(unsure, "state").startswith("Which one is ours")
    hand.press("This one is ours")
    assert desk.named("answer")[0].arguments == ("q", numbers[0])
    assert not hand.pane.decisions.isVisible()


def test_an_offer_is_sent_or_discarded_and_a_no_is_shown_on_its_card(hand: Hand, desk: FakeDesk) -> None:
    order = desk.add_order(desk.book_of_orders.intend(ticket(desk, m.SAMSUNG, 71_000), sending=False))
    desk.set_offers(Offer(order, order.requests[0]))
    hand.look()
    assert hand.cell(order, "state").startswith("Never sent")
    desk.answers["resume"] = MustAsk((Message("NOT_RECONCILED"),))
    hand.press("Send now")
    assert desk.named("resume")[0].arguments[0] == order.requests[0].id
    del desk.answers["resume"]
    hand.press("Send all the same")
    assert desk.named("resume")[1].arguments[1].codes == {"NOT_RECONCILED"}
    hand.press("Discard")
    assert desk.named("discard")[0].arguments == (order.requests[0].id,)


def test_what_waits_says_why_and_can_be_taken_back(hand: Hand, desk: FakeDesk) -> None:
    order = desk.add_order(desk.book_of_orders.intend(ticket(desk, m.SAMSUNG, 71_000), sending=False))
    desk.set_waiting(Waiting(1, order, order.requests[0], Message("WAITS_FOR_PACE")))
    hand.look()
    assert hand.cell(order, "state") == "Waiting, number 1: Keeps the broker's pace."
    assert hand.cell(order, "life") == "Not at the market"
    hand.choose(order)
    hand.pane.withdraw_selected()
    assert desk.named("withdraw")[0].arguments == (order.requests[0].id,)


def test_a_double_click_opens_its_biography_and_sends_nothing(hand: Hand, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    hand.look()
    at = hand.pane.view.visualRect(hand.pane.rows.index(0, 0)).center()
    hand.choose(order)
    hand.qtbot.mouseDClick(hand.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    biography = hand.pane.with_biography.biography
    assert biography is not None
    assert biography.order == order.id
    assert desk.commands == []


def test_a_thousand_orders_are_shown_and_kept_current(hand: Hand, desk: FakeDesk) -> None:
    for n in range(1_000):
        order = desk.book_of_orders.intend(ticket(desk, m.INSTRUMENTS[n % 7], 71_000 + 100 * (n % 50)))
        desk.book_of_orders.answered(order, order.requests[0].id, Answer.ACCEPTED)
    hand.look()
    assert hand.pane.rows.rowCount() == 1_000
    hand.pane.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    heard: list[int] = []
    hand.pane.rows.dataChanged.connect(lambda top, _bottom: heard.append(top.row()))
    target = desk.orders()[500]
    desk.add_order(desk.book_of_orders.filled(target, 1, 71_000))
    hand.look()
    assert heard == [hand.pane.rows.place(target.id)]
