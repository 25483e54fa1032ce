"""What needs a person's word: it is seen, nothing is decided by itself, and the answer goes where it belongs."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.orders import Order, OrderState
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
from hoga.ui.banner.evidence import lines_of
from hoga.ui.banner.offers import OffersDialog
from hoga.ui.banner.questions import QuestionDialog
from hoga.ui.banner.receipt import ReceiptDialog
from hoga.ui.dialog import PlainDialog
from tests.support import made_up
from tests.support.fake_desk import FakeDesk
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
    buttons(dialog)["Decide later"].click()
    assert frame.desk.named("answer") == []
    assert frame.window.attention.questions.isVisible()
    dialog = asked(frame)
    dialog.choose(2)
    buttons(dialog)["This is it"].click()
    assert frame.desk.named("answer")[0].arguments == ("q1", None)


def test_the_evidence_stands_side_by_side_and_what_differs_is_marked(frame: Frame) -> None:
    order = frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    dearer = dataclasses.replace(
        report(12, channel="MTS"), limit=Price(71_500), at=made_up.START + timedelta(seconds=3)
    )
    frame.desk.set_questions(Question("q1", order, order.requests[0], (report(11), dearer), Message("NOT_AS_SENT")))
    dialog = asked(frame)
    evidence = dialog.evidence
    lines = {evidence.text_at(row, 0): [evidence.text_at(row, column) for column in (1, 2, 3)] for row in range(1, 9)}
    assert lines["Price"] == ["Limit 71,000", "Limit 71,000", "≠ Limit 71,500"]
    assert lines["Entered through"] == ["this program", "≠ OpnAPI", "≠ MTS"]
    assert lines["Ordered"] == ["10", "10", "10"]
    assert lines["Number"] == ["–", "0000000011", "0000000012"]
    assert lines["Time"][2].endswith("(+3s)"), lines["Time"]
    ours = Question(
        "q1", order, order.requests[0], (report(11), dearer), Message("NOT_AS_SENT"), usual=frozenset({"OpnAPI"})
    )
    (channel,) = [line for line in lines_of(frame.context, ours) if line.name == "Entered through"]
    assert (channel.sent, channel.found) == ("OpnAPI", (("OpnAPI", False), ("MTS", True)))
    dialog.choose(1)
    assert "number 0000000012 is yours" in dialog.meaning.text()
    dialog.choose(2)
    assert "never arrived" in dialog.meaning.text()


def test_a_question_that_answered_itself_is_not_asked_any_more(frame: Frame) -> None:
    question(frame)
    dialog = asked(frame)
    frame.desk.set_questions()
    assert not dialog.isVisible()
    assert frame.desk.named("answer") == []


def test_orders_of_before_are_cancelled_from_the_receipt_the_chosen_or_all_that_still_work(frame: Frame) -> None:
    working = [frame.desk.working(made_up.SAMSUNG, Side.BUY, n, 71_000) for n in (1, 2, 3)]
    filled = frame.desk.working(made_up.HYNIX, Side.SELL, 4, 195_000)
    frame.desk.fill(filled.id, 4, 195_000)
    items = tuple(
        RecoveryItem(RecoveryKind.STILL_WORKING, order.id, Shares(0), order.filled, before=OrderState.WORKING)
        for order in (*working, filled)
    )
    frame.desk.set_recovery(RecoveryReport(made_up.START, complete=True, items=items))
    dialog = frame.window.attention.show_receipt()
    assert isinstance(dialog, ReceiptDialog)
    assert not dialog.cancel_chosen.isEnabled()
    assert "still work" in dialog.cancel_chosen.toolTip()
    dialog.rows.selectRow(1)
    dialog.cancel_chosen.click()
    assert frame.desk.named("cancel")[-1].arguments == (working[1].id,)
    assert dialog.cancel_open.text() == "Cancel all that still work: 2"
    dialog.cancel_open.click()
    assert all(order.state.over for order in frame.desk.orders())
    assert not dialog.cancel_open.isEnabled()
    assert [call.arguments[0] for call in frame.desk.named("cancel")] == [working[1].id, working[0].id, working[2].id]


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
    item = RecoveryItem(kind, order.id, Shares(2), Shares(5), before=OrderState.SENDING)
    frame.desk.set_recovery(RecoveryReport(made_up.START, complete=False, items=(item,)))
    receipt = frame.window.attention.receipt
    assert receipt.isVisible()
    assert "still being checked" in receipt.text.text()
    dialog = frame.window.attention.show_receipt()
    assert isinstance(dialog, ReceiptDialog)
    cells = [dialog.rows.text_at(0, column) for column in range(6)]
    assert cells[0].startswith("Samsung Electronics buy 10 sh 71,000")
    assert cells[1:5] == ["Being sent", "Working", "2 → 5", "0000010001"]
    assert cells[5]
    frame.desk.set_recovery(replace(frame.desk.recovery(), complete=True))
    assert "checked against" in receipt.text.text()
    assert receipt.text.text().endswith(": 1"), "how many of what"
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


def test_a_single_order_of_another_account_is_named_before_it_is_cancelled(frame: Frame) -> None:
    other = FakeDesk()
    other.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.context.desks = lambda: (frame.desk, other)
    frame.window.cancel_strip.ask()
    assert frame.window.cancel_strip.isVisible()
    assert other.named("cancel_all") == []
    frame.window.cancel_strip.confirm()
    assert len(other.named("cancel_all")) == 1


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


def test_a_journal_that_was_made_anew_is_said_until_the_person_has_read_it(frame: Frame) -> None:
    attention = frame.window.attention
    rebuilt = Message("JOURNAL_REBUILT", {"why": "torn", "aside": "journal.damaged", "backup": "2026-11-20"})
    frame.desk.set_health(rebuilt=rebuilt)
    assert attention.rebuilt.isVisible()
    assert attention.rebuilt.text.text() == frame.context.worded(rebuilt)
    frame.desk.set_recovery(RecoveryReport(made_up.START, complete=True, items=(), rebuilt=rebuilt))
    dialog = attention.show_receipt()
    assert any(label.text() == frame.context.worded(rebuilt) for label in dialog.findChildren(QLabel))
    dialog.close()
    attention.put_rebuilt_away()
    assert not attention.rebuilt.isVisible()
    frame.desk.set_health(rebuilt=Message("JOURNAL_REBUILT", {"why": "again"}))
    assert attention.rebuilt.isVisible()
