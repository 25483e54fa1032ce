"""The ticket: what it shows, what it follows, why it waits, and that it sends once what was seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.known import Known, Unknown
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import Denied, Preview
from hoga.ui.context import Event
from hoga.ui.holdings.popover import WhyPopover
from hoga.ui.order.draft import Unit
from hoga.ui.order.market import Follow
from tests.support import made_up
from tests.support.fake_desk import CONNECTION, beat
from tests.ui.order.conftest import LAST, SAMSUNG, Bench

NONE = Unknown(Message("NO_DATA_YET"))


def enter(bench: Bench, quantity: str = "10") -> None:
    """F2's way: quantity, Enter."""
    edit = bench.page.ticket.quantity.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, quantity)


def test_a_whole_trade_by_keyboard_on_practice(bench: Bench) -> None:
    assert bench.context.actions.trigger("order.buy")
    edit = bench.page.ticket.quantity.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "10")
    bench.press(edit, Qt.Key.Key_Return)
    (ticket,) = bench.sent
    assert (ticket.side, ticket.quantity, ticket.limit) == (Side.BUY, Shares(10), Price(LAST))
    assert bench.toasts[-1].event is Event.ACCEPTED
    assert bench.toasts[-1].merge == f"order:{bench.orders[0].id}"


def test_keys_set_price_type_and_quantity(bench: Bench) -> None:
    bench.context.actions.trigger("order.sell")
    price = bench.page.ticket.price.edit
    bench.context.actions.trigger("order.to_price")
    assert price.hasFocus()
    bench.press(price, Qt.Key.Key_Up)
    bench.press(price, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert bench.page.model.draft.price == Price(LAST + 1_100)
    bench.press(price, Qt.Key.Key_PageDown)
    assert bench.page.model.draft.price == Price(71_900)  # 72,600 less 1 %, up to the grid
    bench.context.actions.trigger("order.to_type")
    bench.press(bench.page.ticket.kind.type, Qt.Key.Key_Down)
    assert bench.page.model.draft.type is OrderType.MARKET
    enter(bench, "3")
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Enter)
    (ticket,) = bench.sent
    assert (ticket.side, ticket.type, ticket.limit, ticket.quantity) == (Side.SELL, OrderType.MARKET, None, Shares(3))


def test_the_undo_of_a_toast_cancels(bench: Bench) -> None:
    enter(bench)
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    undo = bench.toasts[-1].undo
    assert undo is not None
    undo()
    assert bench.orders[0].state.over


def test_a_price_is_followed_until_it_is_touched(bench: Bench) -> None:
    model = bench.page.model
    assert model.draft.follow is Follow.LAST
    bench.feed(LAST + 300)
    assert model.draft.price == Price(LAST + 300)
    bench.press(bench.page.ticket.price.edit, Qt.Key.Key_Down)
    assert model.draft.follow is None
    assert "Pinned" in bench.page.ticket.price.state.text()
    bench.feed(LAST + 900)
    assert model.draft.price == Price(LAST + 200)
    bench.page.ticket.price.follows[Follow.BID].click()
    assert model.draft.price == Price(LAST + 900)
    assert "best bid" in bench.page.ticket.price.state.text()


def test_the_passive_preset_does_not_cross(bench: Bench) -> None:
    bench.page.ticket.price.follows[Follow.PASSIVE].click()
    assert bench.page.model.draft.price == Price(LAST)
    bench.page.model.set_side(Side.SELL)
    assert bench.page.model.draft.price == Price(LAST + 100)


def test_limits_pin_their_price(bench: Bench) -> None:
    bench.page.ticket.price.to_upper.click()
    quote = made_up.quote(SAMSUNG)
    assert bench.page.model.draft.price == quote.upper_limit
    assert bench.page.model.draft.follow is None
    bench.press(bench.page.ticket.price.edit, Qt.Key.Key_Up)
    assert bench.page.model.draft.price == quote.upper_limit


def test_off_the_grid_both_neighbours_are_offered_and_none_is_taken(bench: Bench) -> None:
    row = bench.page.ticket.price
    row.edit.setFocus()
    row.edit.selectAll()
    QTest.keyClicks(row.edit, "71530")
    assert bench.page.model.draft.price == Price(71_530)
    assert (row.below.text(), row.above.text()) == ("▼ 71,500", "▲ 71,600")
    assert row.below.isVisible()
    row.above.click()
    assert bench.page.model.draft.price == Price(71_600)
    assert not row.below.isVisible()


def test_what_an_order_needs_is_made_ready_while_it_is_composed_and_not_at_every_key(bench: Bench) -> None:
    assert not bench.desk.made_ready
    bench.feed(LAST)
    assert not bench.desk.made_ready, "nobody is at it"
    edit = bench.page.ticket.quantity.edit
    edit.setFocus()
    QTest.keyClicks(edit, "10")
    (ready,) = bench.desk.made_ready
    assert ready.id == bench.page.model.id and not bench.sent


def test_what_was_understood_is_said(bench: Bench) -> None:
    quantity = bench.page.ticket.quantity
    quantity.edit.setFocus()
    quantity.edit.setText("500만원")
    bench.page.model.type_size("500만원")
    assert "69 sh" in quantity.understood.text()
    assert "won left over" in quantity.understood.text()
    bench.page.model.type_size("many")
    assert "Not understood: many" in quantity.understood.text()
    assert not bench.page.ticket.send.isEnabled()


def test_a_sum_too_small_says_why(bench: Bench) -> None:
    bench.page.model.type_size("1000원")
    assert "0 shares" in bench.page.ticket.why_not.text()
    assert not bench.page.ticket.send.isEnabled()


def test_parts_of_what_is_possible(bench: Bench) -> None:
    bench.page.model.set_side(Side.SELL)
    bench.page.ticket.quantity.parts[50].click()
    quantity = bench.page.model.standing.quantity
    assert quantity is not None
    assert quantity.shares == Shares(60)
    bench.page.ticket.quantity.edit.setFocus()
    bench.page.ticket.quantity.edit.selectAll()
    QTest.keyClicks(bench.page.ticket.quantity.edit, "m4")
    quantity = bench.page.model.standing.quantity
    assert quantity is not None
    assert quantity.shares == Shares(30)


def test_a_part_follows_the_price(bench: Bench) -> None:
    bench.page.ticket.quantity.parts[100].click()
    before = bench.page.model.standing.quantity
    bench.feed(LAST + 5_000)
    after = bench.page.model.standing.quantity
    assert before is not None
    assert after is not None
    assert before.shares is not None
    assert after.shares is not None
    assert after.shares < before.shares


def _worn(ticket: QWidget) -> list[tuple[object, ...]]:
    """Everything of a ticket that a person sees, as far as it has words, colours or can be pressed."""
    found: list[tuple[object, ...]] = []
    for widget in ticket.findChildren(QWidget):
        words: object = None
        if isinstance(widget, QLabel | QLineEdit):
            words = widget.text()
        elif isinstance(widget, QAbstractButton):
            words = widget.text(), widget.isChecked()
        elif isinstance(widget, QComboBox):
            words = widget.currentIndex()
        ink = widget.palette().color(widget.foregroundRole()).name()
        found.append((words, ink, widget.isEnabled(), widget.isVisible(), widget.toolTip(), widget.accessibleName()))
    return found


@pytest.mark.parametrize("size", ["", "10", "25%", "500만원"])
def test_what_follows_the_market_alone_is_shown_as_if_all_were_shown_anew(
    bench: Bench, qtbot: QtBot, size: str
) -> None:
    page, model = bench.page, bench.page.model
    model.type_size(size)
    model.set_side(Side.SELL if size == "10" else Side.BUY)
    model.follow(Follow.PASSIVE if size == "25%" else Follow.LAST)
    for last in (LAST + 500, LAST - 700, LAST + 500):
        with qtbot.waitSignal(model.moved, timeout=2_000):
            now = bench.desk.clock.now()
            bench.desk.feed(made_up.trade(SAMSUNG, now, last), made_up.book(SAMSUNG, now, last))
            beat(bench.context)
        QApplication.processEvents()  # what changed is laid out
        followed = _worn(page.ticket)
        model.refresh()
        assert followed == _worn(page.ticket)


def test_the_unit_reads_a_bare_number(bench: Bench) -> None:
    bench.page.model.set_unit(Unit.WON)
    bench.page.model.type_size("5,000,000")
    quantity = bench.page.model.standing.quantity
    assert quantity is not None
    assert quantity.shares == Shares(69)


def test_enter_repeats_send_nothing(bench: Bench) -> None:
    enter(bench)
    edit = bench.page.ticket.quantity.edit
    for _ in range(5):
        QApplication.sendEvent(
            edit, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        )
    assert bench.sent == []
    bench.press(edit, Qt.Key.Key_Return)
    bench.press(edit, Qt.Key.Key_Return)
    assert len(bench.sent) == 1, "the quantity is gone after sending"


def test_a_double_click_sends_once(bench: Bench) -> None:
    enter(bench)
    QTest.mouseClick(bench.page.ticket.send, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(bench.page.ticket.send, Qt.MouseButton.LeftButton)
    assert len(bench.sent) == 1


def test_every_ticket_has_an_id_of_its_own(bench: Bench) -> None:
    for _ in range(3):
        enter(bench)
        bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert len({ticket.id for ticket in bench.sent}) == 3


@pytest.mark.usefixtures("korean")
def test_hangul_input_is_safe(bench: Bench) -> None:
    edit = bench.page.ticket.quantity.edit
    edit.setFocus()
    QApplication.sendEvent(edit, QInputMethodEvent("ㅡ", []))
    assert bench.page.model.draft.size is None
    bench.press(edit, Qt.Key.Key_Return)  # ends the composition on some systems, and sends nothing on any
    assert bench.sent == []
    committed = QInputMethodEvent()
    committed.setCommitString("2만원")
    QApplication.sendEvent(edit, committed)
    assert bench.page.model.unread_size == ""
    quantity = bench.page.model.standing.quantity
    assert quantity is not None
    assert quantity.shares == Shares(0)
    edit.clear()
    committed.setCommitString("ㅂㅈㄷ")
    QApplication.sendEvent(edit, committed)
    assert not bench.page.ticket.send.isEnabled()


def test_without_prices_it_waits_and_says_so(bench: Bench) -> None:
    enter(bench)
    assert bench.page.ticket.send.isEnabled()
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    bench.desk.clock.advance(11)
    bench.context.second.emit()
    assert not bench.page.ticket.send.isEnabled()
    assert "waits" in bench.page.ticket.send.text()
    assert "11 s" in bench.page.ticket.why_not.text()
    assert "old" in bench.page.ticket.head.age.text()
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert bench.sent == []
    bench.page.model.pin(Price(71_000))  # a price of one's own leans on nothing
    assert bench.page.ticket.send.isEnabled()
    bench.page.model.follow(Follow.LAST)
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    assert bench.page.ticket.send.isEnabled()
    assert bench.sent == [], "it goes on, but never by itself"


def test_reasons_of_the_gate_stand_beside_the_button(bench: Bench) -> None:
    reasons = (Message("CASH_SHORT", {"need": 715_000, "have": 1_000, "short": 714_000}), Message("HALTED", {}))
    now = bench.desk.clock.now()
    bench.desk.answers["preview"] = Preview(reasons, (), Known(Money(715_000), now, "test"), NONE, NONE, NONE)
    enter(bench)
    text = bench.page.ticket.why_not.text()
    assert "714,000 won short" in text
    assert "halted" in text
    assert not bench.page.ticket.send.isEnabled()
    assert "714,000" in bench.page.ticket.send.toolTip()
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert bench.sent == []


def test_what_several_reasons_end_with_is_said_once(bench: Bench) -> None:
    """Where a limit is set stands once, under the last of the limits; each keeps its numbers and what to do."""
    size = Message("ORDER_TOO_LARGE", {"amount": 715_000, "most": 500_000})
    rate = Message("ORDERS_TOO_FAST", {"count": 61, "most": 60})
    amount = Known(Money(715_000), bench.desk.clock.now(), "test")
    bench.desk.answers["preview"] = Preview((size, rate), (), amount, NONE, NONE, NONE)
    enter(bench)
    first, second = bench.page.ticket.why_not.text().splitlines()
    assert first.endswith("Order fewer, or in parts.")
    assert second.endswith(
        "Wait a moment; cancels and sells still go. The limit is set in Settings (Ctrl+,), Order limits."
    )


def test_what_the_desk_denies_is_said_and_kept(bench: Bench) -> None:
    bench.desk.answers["submit"] = Denied((Message("SHARES_SHORT", {"need": 500, "have": 120}),))
    enter(bench)
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert "500 ordered, 120 sellable" in bench.page.ticket.why_not.text()
    assert bench.toasts[-1].event is Event.REFUSED
    assert bench.page.ticket.quantity.edit.text() == "10", "nothing is lost"
    del bench.desk.answers["submit"]
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    first, second = bench.sent
    assert first.id != second.id


def test_another_account_clears_the_ticket(bench: Bench) -> None:
    enter(bench)
    bench.page.model.pin(Price(70_000))
    bench.desk.account = type(bench.desk.account)(CONNECTION, "******99-01", bench.desk.account.profile)
    bench.context.second.emit()
    assert bench.page.model.draft.size is None
    assert bench.page.model.draft.follow is Follow.LAST
    assert bench.page.ticket.quantity.edit.text() == ""


def test_another_instrument_clears_the_ticket(bench: Bench) -> None:
    enter(bench)
    bench.context.select(made_up.HYNIX.id)
    assert bench.page.model.draft.size is None
    assert bench.page.model.draft.price == Price(made_up.LAST[made_up.HYNIX.id])


def test_locked_nothing_is_sent(bench: Bench) -> None:
    enter(bench)
    bench.context.set_locked(True)
    assert not bench.page.ticket.send.isEnabled()
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert bench.sent == []
    assert "locked" in bench.page.ticket.why_not.text()


def test_a_picked_price_is_pinned(bench: Bench) -> None:
    bench.context.pick_price(Price(71_000), SAMSUNG.id)
    assert (bench.page.model.draft.price, bench.page.model.draft.follow) == (Price(71_000), None)
    bench.context.pick_price(Price(71_200), made_up.HYNIX.id)
    assert bench.page.model.draft.price == Price(71_000)


def test_types_that_cannot_be_used_are_greyed_and_say_why(bench: Bench) -> None:
    kind = bench.page.ticket.kind
    place = list(OrderType).index(OrderType.CONDITIONAL)
    item = kind.type.model().index(place, 0)
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "takes no such order" in str(item.data(Qt.ItemDataRole.ToolTipRole))
    bench.page.model.set_kind(OrderType.MARKET, TimeInForce.DAY)
    assert not kind.tifs[TimeInForce.IOC].isEnabled()
    assert "takes no such order" in kind.tifs[TimeInForce.IOC].toolTip()
    assert "whatever price" in kind.meaning.text()


def test_the_price_field_is_closed_for_types_without_a_price(bench: Bench) -> None:
    bench.page.model.set_kind(OrderType.MARKET, TimeInForce.DAY)
    assert not bench.page.ticket.price.edit.isEnabled()
    assert bench.page.ticket.price.edit.text() == ""
    enter(bench)
    bench.press(bench.page.ticket.quantity.edit, Qt.Key.Key_Return)
    assert bench.sent[0].limit is None


def test_sell_all_is_its_own_verb_and_is_always_read_first(bench: Bench) -> None:
    assert bench.context.actions.trigger("order.sell_all")
    slip = bench.page.ticket.slip
    assert slip.isVisible()
    assert slip.particulars.sentence.text().startswith("Sell ALL 120 sh")
    assert bench.sent == []
    bench.context.select(made_up.HYNIX.id)
    assert not bench.context.actions.trigger("order.sell_all")
    assert bench.context.actions.why_not("order.sell_all") == "Nothing of it is held."


def test_before_the_master_is_read_it_says_so(bench: Bench) -> None:
    bench.desk.master = ()
    bench.page.model.refresh()
    assert "list of instruments" in bench.page.ticket.why_not.text()
    assert not bench.page.ticket.quantity.edit.isEnabled()


def test_figures_keep_their_lines(bench: Bench) -> None:
    labels = [label.text() for label, _ in bench.page.ticket.figures._rows if label.isVisible()]
    enter(bench)
    assert [label.text() for label, _ in bench.page.ticket.figures._rows if label.isVisible()] == labels


def test_amounts_can_be_hidden(bench: Bench) -> None:
    enter(bench)
    bench.context.hide_amounts(True)
    values = {label.text(): value.text() for label, value in bench.page.ticket.figures._rows}
    assert values["Cash afterwards"] == "–"
    assert bench.page.ticket.quantity.most.text() == "Most –"
    assert bench.page.ticket.quantity.most.toolTip() == ""


def test_a_price_from_before_is_not_the_price_of_now(bench: Bench) -> None:
    """Back at a name after a while: what the board remembers may have been passed by unheard."""
    bench.context.select(made_up.HYNIX.id)
    bench.desk.clock.advance(60)
    bench.context.select(SAMSUNG.id)
    enter(bench)
    assert not bench.page.ticket.send.isEnabled()
    assert "60 s" in bench.page.ticket.why_not.text()
    bench.feed(LAST + 100)
    assert bench.page.ticket.send.isEnabled()
    assert bench.page.model.draft.price == Price(LAST + 100)


def test_streams_are_claimed_for_the_chosen_instrument_and_given_back(bench: Bench) -> None:
    bench.context.select(made_up.HYNIX.id)
    held = [(lease.topic.instrument, lease.released) for lease in bench.desk.leases]
    assert held == [(SAMSUNG.id, True)] * 2 + [(made_up.HYNIX.id, False)] * 2


def test_what_does_not_fit_the_budget_is_polled_and_may_be_used_while_fresh(bench: Bench) -> None:
    for lease in bench.desk.leases:
        lease.live = False
    enter(bench)
    assert bench.page.ticket.send.isEnabled()
    bench.desk.clock.advance(11)
    bench.context.second.emit()
    assert not bench.page.ticket.send.isEnabled()


def test_the_market_s_warnings_stand_above_the_ticket(bench: Bench) -> None:
    bench.context.select(made_up.HALTED.id)
    assert "Halted" in bench.page.ticket.head.flags.text()
    bench.context.select(SAMSUNG.id)
    assert not bench.page.ticket.head.flags.isVisible()


@pytest.mark.parametrize("side", list(Side))
def test_why_this_many(bench: Bench, side: Side) -> None:
    bench.page.model.set_side(side)
    bench.page.ticket.quantity.most.click()
    popover = bench.page.ticket.quantity.findChild(WhyPopover)
    assert popover is not None
    assert not popover.why.differs
    assert popover.why.shown == ("172" if side is Side.BUY else "120")
    popover.close()
