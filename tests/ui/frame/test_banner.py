"""What needs a person's word: it is seen, nothing is decided by itself, and the answer goes where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import (
    Consent,
    Denied,
    MustAsk,
    Offer,
    Question,
    RecoveryItem,
    RecoveryKind,
    RecoveryReport,
)
from hoga.ui.banner.offers import OffersDialog
from hoga.ui.banner.questions import QuestionDialog
from hoga.ui.banner.receipt import ReceiptDialog
from hoga.ui.dialog import PlainDialog
from tests.support import made_up
from tests.ui.frame.conftest import Frame


def report(number: int, quantity: int = 10, channel: str = "OpnAPI") -> OrderReport:
    return OrderReport(
        BrokerNumber(made_up.START.date(), "91252", number), None, RequestKind.NEW, made_up.SAMSUNG.id, Side.BUY,
        OrderType.LIMIT, TimeInForce.DAY, Price(71_000), Shares(quantity), Shares(0), Money(0), Shares(quantity),
        Shares(0), Shares(0), made_up.START, channel=channel,
    )  # fmt: skip


def question(frame: Frame, id: str = "q1") -> Question:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    asked = Question(id, order, order.requests[0], (report(11), report(12, channel="MTS")), Message("TWINS"))
    frame.desk.set_questions(asked)
    return asked


def buttons(dialog: PlainDialog) -> dict[str, QPushButton]:
    return {button.text(): button for button in dialog.findChildren(QPushButton)}


def asked(frame: Frame) -> QuestionDialog:
    dialog = frame.window.attention.show_question()
    assert isinstance(dialog, QuestionDialog)
    return dialog


def test_a_question_is_seen_until_it_is_answered_and_nothing_is_chosen_beforehand(frame: Frame) -> None:
    question(frame)
    attention = frame.window.attention
    assert attention.questions.isVisible()
    assert "may already be at the broker: 1" in attention.questions.text.text()
    dialog = asked(frame)
    send = buttons(dialog)["This is it"]
    assert not send.isEnabled()
    dialog.choose(1)
    assert send.isEnabled()
    send.click()
    (call,) = frame.desk.named("answer")
    assert call.arguments == ("q1", report(12).number)
    assert not attention.questions.isVisible()


def test_none_of_them_is_an_answer_and_later_is_none(frame: Frame) -> None:
    question(frame)
    dialog = asked(frame)
    dialog.choose(0)
    buttons(dialog)["Later"].click()
    assert frame.desk.named("answer") == []
    assert frame.window.attention.questions.isVisible()
    dialog = asked(frame)
    dialog.choose(2)
    buttons(dialog)["This is it"].click()
    assert frame.desk.named("answer")[0].arguments == ("q1", None)


def offer(frame: Frame) -> Offer:
    order: Order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    made = Offer(order, order.requests[0])
    frame.desk.set_offers(made)
    return made


def offers_dialog(frame: Frame) -> OffersDialog:
    dialog = frame.window.attention.show_offers()
    assert isinstance(dialog, OffersDialog)
    return dialog


def test_an_order_that_had_not_left_is_sent_only_by_its_button(frame: Frame) -> None:
    made = offer(frame)
    assert frame.window.attention.offers.isVisible()
    dialog = offers_dialog(frame)
    assert (frame.desk.named("resume"), frame.desk.named("discard")) == ([], [])
    buttons(dialog)["Send now"].click()
    assert frame.desk.named("resume")[0].arguments == (made.request.id, Consent())
    frame.desk.set_offers()
    assert not dialog.isVisible()
    assert not frame.window.attention.offers.isVisible()


def test_it_can_be_discarded(frame: Frame) -> None:
    made = offer(frame)
    buttons(offers_dialog(frame))["Discard"].click()
    assert frame.desk.named("discard")[0].arguments == (made.request.id,)
    assert frame.desk.named("resume") == []


def test_what_the_gate_asks_is_asked_with_back_first_and_sent_with_the_words_seen(frame: Frame) -> None:
    made = offer(frame)
    questions = (Message("FAR_FROM_LAST"), Message("NEW_INSTRUMENT"))
    frame.desk.answers["resume"] = lambda _request, consent: MustAsk(questions) if not consent.codes else Denied(())
    dialog = offers_dialog(frame)
    buttons(dialog)["Send now"].click()
    asks = next(child for child in dialog.findChildren(PlainDialog) if child.isVisible())
    assert buttons(asks)["Back"].isDefault()
    buttons(asks)["Send"].click()
    consent = frame.desk.named("resume")[-1].arguments[1]
    assert consent.codes == {"FAR_FROM_LAST", "NEW_INSTRUMENT"}
    assert consent.words
    assert frame.desk.named("resume")[-1].arguments[0] == made.request.id


def test_locked_nothing_can_be_sent_from_there(frame: Frame) -> None:
    offer(frame)
    frame.context.set_locked(True)
    button = buttons(offers_dialog(frame))["Send now"]
    assert not button.isEnabled()
    assert "Locked" in button.toolTip()


@pytest.mark.parametrize("kind", list(RecoveryKind))
def test_the_receipt_after_a_start_says_what_was_found(frame: Frame, kind: RecoveryKind) -> None:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    item = RecoveryItem(kind, order.id, Shares(2), Shares(5))
    frame.desk.set_recovery(RecoveryReport(made_up.START, complete=False, items=(item,)))
    receipt = frame.window.attention.receipt
    assert receipt.isVisible()
    assert "still being checked" in receipt.text.text()
    dialog = frame.window.attention.show_receipt()
    assert isinstance(dialog, ReceiptDialog)
    cells = [dialog.rows.text_at(0, column) for column in range(3)]
    assert cells[0].startswith("Samsung Electronics buy 10 sh 71,000")
    assert cells[1]
    assert cells[2] == "2 → 5"
    frame.desk.set_recovery(replace(frame.desk.recovery(), complete=True))
    assert "checked against" in receipt.text.text()
    dialog.close()
    frame.window.attention.put_receipt_away()
    assert not receipt.isVisible()


def test_a_lost_exchange_is_said_until_it_is_back(frame: Frame) -> None:
    frame.context.set_trouble(Message("PRACTICE_SILENT"))
    assert frame.window.attention.trouble.isVisible()
    assert frame.window.attention.trouble.text.text() == frame.context.worded(Message("PRACTICE_SILENT"))
    frame.context.set_trouble(None)
    assert not frame.window.attention.trouble.isVisible()


def test_cancels_that_could_not_be_sent_are_told_with_the_reason(frame: Frame) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 11, 71_000)
    why = Message("NO_SUCH_ORDER")
    frame.desk.answers["cancel_all"] = (Denied((why,)), Denied((why,)))
    frame.window.cancel_strip.ask()
    frame.window.cancel_strip.confirm()
    (card,) = frame.window.toasts.cards()[-1:]
    assert card.words.startswith("2 of 2 cancels could not be sent")
    assert frame.context.worded(why) in card.words
    assert card.toast.sticky


def test_the_slip_goes_when_the_last_order_went_and_a_held_key_does_not_confirm(frame: Frame, qtbot: QtBot) -> None:
    frame.window.activateWindow()
    frame.window.watch.view.setFocus()
    orders = [frame.desk.working(made_up.SAMSUNG, Side.BUY, n, 71_000) for n in (1, 2)]
    frame.window.cancel_strip.ask()
    for order in orders:
        frame.desk.fill(order.id, order.quantity.count, 71_000)
    assert not frame.window.cancel_strip.isVisible()
    assert QApplication.focusWidget() is frame.window.watch.view
    qtbot.keyClick(frame.window.watch.view, Qt.Key.Key_Escape)
    assert frame.desk.named("cancel_all") == []
