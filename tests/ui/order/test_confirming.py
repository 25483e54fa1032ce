"""The confirmation ladder (ux.md 3.4): slip and dialog, and that what was approved is what is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hoga.base.message import Message
from hoga.domain.accounts import RealAccount, WireProfile
from hoga.domain.known import Known, Unknown
from hoga.domain.tickets import OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import Consent, Denied, MustAsk, Preview, Submission, Submitted
from hoga.ui.order.cautions import Level
from hoga.ui.order.dialog import ConfirmDialog
from tests.support import made_up
from tests.support.fake_desk import CONNECTION, FakeDesk
from tests.ui.conftest import Run
from tests.ui.order.conftest import LAST, SAMSUNG, Bench, MakeBench

NONE = Unknown(Message("NO_DATA_YET"))


@pytest.fixture
def careful(bench: Bench) -> Bench:
    """Orders are read on the slip first; the instrument is no new one and the price close to the last."""
    bench.context.confirm_level = 1
    return bench


def write(bench: Bench, count: int = 10) -> None:
    bench.page.model.type_size(str(count))
    bench.page.ticket.quantity.edit.setFocus()


def large_at_market(bench: Bench) -> None:
    """An order that gives the window reason to have it looked at twice."""
    bench.page.model.set_kind(OrderType.MARKET, TimeInForce.DAY)
    write(bench, 100)


def preview(bench: Bench, *questions: Message, amount: int = 715_000) -> Preview:
    return Preview((), questions, Known(Money(amount), bench.desk.clock.now(), "test"), NONE, NONE, NONE)


def enter(bench: Bench) -> None:
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)


# --- the slip -------------------------------------------------------------------------------------------------------


def test_enter_reviews_and_a_fresh_enter_sends_the_very_ticket(careful: Bench) -> None:
    write(careful)
    enter(careful)
    slip = careful.page.ticket.slip
    assert slip.isVisible()
    assert slip.back.hasFocus()
    shown = slip.proposal
    assert slip.particulars.sentence.text() == "Buy 10 sh of Samsung Electronics (005930), Limit 71,500 · Day."
    assert "PRACTICE" in slip.particulars.account.text()
    careful.wait_out_the_guard()
    careful.press(slip.back, Qt.Key.Key_Return)
    assert not slip.isVisible()
    assert careful.sent[0] is shown.ticket  # type: ignore[union-attr]
    assert careful.page.ticket.quantity.edit.hasFocus(), "the next order can be typed at once"


def test_an_enter_too_soon_or_held_sends_nothing(careful: Bench) -> None:
    write(careful)
    enter(careful)
    slip = careful.page.ticket.slip
    careful.press(slip.back, Qt.Key.Key_Return)
    assert careful.sent == []
    careful.wait_out_the_guard()
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(slip.back, held)
    assert careful.sent == []
    assert slip.isVisible()


def test_a_double_click_on_review_sends_nothing(careful: Bench) -> None:
    write(careful)
    QTest.mouseClick(careful.page.ticket.send, Qt.MouseButton.LeftButton)
    QTest.mouseClick(careful.page.ticket.slip.send, Qt.MouseButton.LeftButton)
    assert careful.sent == []
    careful.wait_out_the_guard()
    QTest.mouseClick(careful.page.ticket.slip.send, Qt.MouseButton.LeftButton)
    QTest.mouseClick(careful.page.ticket.slip.send, Qt.MouseButton.LeftButton)
    assert len(careful.sent) == 1


@pytest.mark.parametrize("how", ["escape", "back", "space"])
def test_back_sends_nothing_and_keeps_the_ticket(careful: Bench, how: str) -> None:
    write(careful)
    enter(careful)
    slip = careful.page.ticket.slip
    if how == "back":
        slip.back.click()
    else:
        careful.press(slip.back, Qt.Key.Key_Escape if how == "escape" else Qt.Key.Key_Space)
    assert not slip.isVisible()
    assert careful.sent == []
    assert careful.page.ticket.send.isEnabled()
    assert careful.page.ticket.quantity.edit.hasFocus()


def test_an_edit_puts_the_slip_away(careful: Bench) -> None:
    write(careful)
    enter(careful)
    careful.page.model.step_price(1)
    assert not careful.page.ticket.slip.isVisible()
    assert careful.sent == []


def test_the_market_moves_and_the_slip_says_so_but_sends_what_was_shown(careful: Bench) -> None:
    write(careful)
    enter(careful)
    slip = careful.page.ticket.slip
    sentence = slip.particulars.sentence.text()
    careful.feed(LAST + 300)
    QTest.qWait(170)
    slip.refresh()
    assert "71,500 to 71,800" in slip.particulars.line.text()
    assert slip.particulars.sentence.text() == sentence
    careful.wait_out_the_guard()
    careful.press(slip.back, Qt.Key.Key_Return)
    assert careful.sent[0].limit == Price(LAST)


def test_what_has_become_impossible_cannot_be_sent(careful: Bench) -> None:
    write(careful)
    enter(careful)
    slip = careful.page.ticket.slip
    reasons = (Message("HALTED", {"name": "삼성전자", "code": "005930"}),)
    careful.desk.answers["preview"] = Preview(reasons, (), NONE, NONE, NONE, NONE)
    careful.wait_out_the_guard()
    careful.press(slip.back, Qt.Key.Key_Return)
    assert careful.sent == []
    assert "halted" in slip.particulars.why_not.text()
    assert not slip.send.isEnabled()


def test_another_account_puts_the_slip_away(careful: Bench) -> None:
    write(careful)
    enter(careful)
    careful.desk.account = RealAccount(CONNECTION, "******99-01", WireProfile.KIS_REAL)
    careful.context.second.emit()
    assert not careful.page.ticket.slip.isVisible()
    careful.wait_out_the_guard()
    assert careful.sent == []


def test_the_same_ticket_twice_is_one_order(careful: Bench) -> None:
    write(careful)
    enter(careful)
    proposal = careful.page.ticket.slip.proposal
    assert proposal is not None
    careful.page.confirmer.approve(proposal)
    careful.page.confirmer.approve(proposal)
    assert len(careful.orders) == 1


def test_cancels_of_several_are_asked_about_and_one_is_not(careful: Bench) -> None:
    careful.desk.working(SAMSUNG, Side.BUY, 5, 71_000)
    working = careful.page.working
    working.cancel_side[Side.BUY].click()
    assert len(careful.desk.named("cancel")) == 1
    careful.desk.working(SAMSUNG, Side.SELL, 5, 72_000)
    careful.desk.working(SAMSUNG, Side.SELL, 7, 72_100)
    working.cancel_side[Side.SELL].click()
    slip = careful.page.ticket.slip
    assert "Cancel 2 sells" in slip.particulars.sentence.text()
    careful.wait_out_the_guard()
    slip.send.click()
    assert len(careful.desk.named("cancel")) == 3
    assert all(order.state.over for order in careful.orders)


# --- the dialog -----------------------------------------------------------------------------------------------------


async def shown(bench: Bench) -> ConfirmDialog:
    """Wait for the dialog to open."""
    for _ in range(200):
        if bench.page.confirmer.dialog is not None and bench.page.confirmer.dialog.isVisible():
            return bench.page.confirmer.dialog
        await asyncio.sleep(0.01)
    raise AssertionError("no dialog opened")


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def test_a_caution_opens_the_dialog_with_reasons_first(run: Run, careful: Bench) -> None:
    async def story() -> None:
        large_at_market(careful)
        enter(careful)
        dialog = await shown(careful)
        assert "A market order of 7,150,000 won" in dialog.reasons.text()
        assert dialog.back.isDefault()
        assert dialog.back.hasFocus()
        assert not dialog.send.isEnabled()
        dialog.send.click()
        assert careful.sent == []
        await until(dialog.send.isEnabled)
        dialog.send.click()
        await until(lambda: bool(careful.sent))
        assert careful.sent[0].quantity == Shares(100)
        await careful.context.tasks.aclose()

    run(story())


def test_enter_in_the_dialog_goes_back(run: Run, careful: Bench) -> None:
    async def story() -> None:
        large_at_market(careful)
        enter(careful)
        dialog = await shown(careful)
        await until(dialog.send.isEnabled)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        await until(lambda: careful.page.confirmer.dialog is None)
        assert careful.sent == []
        assert careful.page.ticket.send.isEnabled()
        await careful.context.tasks.aclose()

    run(story())


def test_a_question_of_the_desk_is_asked_even_at_level_0(run: Run, bench: Bench) -> None:
    question = Message("TWIN_UNSETTLED", {"quantity": 10})

    def submit(ticket: Ticket, consent: Consent) -> Submission:
        if question.code not in consent.codes:
            return MustAsk((question,))
        order = bench.desk.book_of_orders.intend(ticket)
        return Submitted(order.id, order.requests[0].id)

    async def story() -> None:
        bench.desk.answers["submit"] = submit
        write(bench)
        enter(bench)
        dialog = await shown(bench)
        assert "identical order" in dialog.reasons.text()
        await until(dialog.send.isEnabled)
        dialog.send.click()
        await until(lambda: len(bench.orders) == 1)
        first, second = bench.desk.named("submit")
        assert first.arguments[0] is second.arguments[0], "the same ticket, asked about and sent"
        assert second.arguments[1].codes == {question.code}
        assert "Buy 10 sh" in second.arguments[1].words
        await bench.context.tasks.aclose()

    run(story())


def test_no_is_no(run: Run, bench: Bench) -> None:
    async def story() -> None:
        bench.desk.answers["submit"] = MustAsk((Message("CASH_UNKNOWN"),))
        write(bench)
        enter(bench)
        dialog = await shown(bench)
        dialog.reject()
        await until(lambda: bench.page.confirmer.dialog is None)
        await until(lambda: not bench.page.model.sending)
        assert len(bench.desk.named("submit")) == 1
        assert bench.page.ticket.send.isEnabled()
        await bench.context.tasks.aclose()

    run(story())


def test_a_very_large_order_is_typed(run: Run, careful: Bench) -> None:
    async def story() -> None:
        careful.desk.answers["preview"] = lambda _ticket: preview(careful, amount=123_456_789)
        write(careful)
        enter(careful)
        dialog = await shown(careful)
        assert dialog.proposal.level is Level.TYPED
        await asyncio.sleep(0.75)
        assert not dialog.send.isEnabled()
        QTest.keyClicks(dialog.typed, "1234")
        assert not dialog.send.isEnabled()
        QTest.keyClicks(dialog.typed, "5")
        assert dialog.send.isEnabled()
        dialog.send.click()
        await until(lambda: bool(careful.sent))
        await careful.context.tasks.aclose()

    run(story())


def test_an_account_that_changes_closes_the_dialog(run: Run, careful: Bench) -> None:
    async def story() -> None:
        large_at_market(careful)
        enter(careful)
        dialog = await shown(careful)
        careful.desk.account = RealAccount(CONNECTION, "******99-01", WireProfile.KIS_REAL)
        dialog.refresh()
        await until(lambda: careful.page.confirmer.dialog is None)
        assert careful.sent == []
        await careful.context.tasks.aclose()

    run(story())


# --- cautions -------------------------------------------------------------------------------------------------------


def codes(bench: Bench) -> set[str]:
    bench.page.model.refresh()
    return {message.code for message in bench.page.model.standing.cautions}


def test_cautions_name_what_is_unusual(careful: Bench) -> None:
    write(careful)
    assert codes(careful) == set()
    large_at_market(careful)
    assert codes(careful) == {"BIG_AT_MARKET"}
    careful.context.select(made_up.HYNIX.id)
    write(careful)
    assert codes(careful) == {"NEW_INSTRUMENT"}


def test_real_money_is_never_below_the_slip(make_bench: MakeBench) -> None:
    bench = make_bench(desk=FakeDesk(RealAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)))
    assert bench.context.locked
    bench.context.set_locked(False)
    write(bench)
    enter(bench)
    assert bench.sent == []
    assert bench.page.ticket.slip.isVisible()
    assert "REAL" in bench.page.ticket.slip.particulars.account.text()


def test_a_denial_after_the_slip_gives_the_draft_back(careful: Bench) -> None:
    careful.desk.answers["submit"] = Denied((Message("MARKET_CLOSED", {"venue": "KRX"}),))
    write(careful)
    enter(careful)
    careful.wait_out_the_guard()
    careful.page.ticket.slip.send.click()
    assert "takes no orders now" in careful.page.ticket.why_not.text()
    quantity = careful.page.model.standing.quantity
    assert quantity is not None
    assert quantity.shares == Shares(10)


def test_on_practice_a_clicked_order_is_read_on_the_slip_with_its_cautions(bench: Bench) -> None:
    bench.context.select(made_up.HYNIX.id)
    bench.page.model.type_size("3")
    bench.page.ticket.review_on_slip()
    slip = bench.page.ticket.slip
    assert slip.isVisible()
    assert "The first order in this instrument." in slip.particulars.cautions.text()
    bench.wait_out_the_guard()
    slip.send.click()
    assert len(bench.sent) == 1
