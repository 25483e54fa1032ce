"""The visible queue: what waits, why, since when; each can be taken back, and what has left cannot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.tickets import OrderId, OrderType, RequestId, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.trading.views import Waiting
from hoga.ui.queue import QueueWindow
from tests.support import made_up
from tests.support.fake_desk import FakeDesk
from tests.ui.frame.conftest import Frame


def waiting(desk: FakeDesk, *quantities: int) -> list[Waiting]:
    made = []
    for place, quantity in enumerate(quantities, start=1):
        ticket = Ticket(
            desk.new_ticket_id(), desk.account, made_up.SAMSUNG.id, Side.BUY, OrderType.LIMIT, Shares(quantity),
            Price(71_000),
        )  # fmt: skip
        order = desk.add_order(desk.book_of_orders.intend(ticket, sending=False))
        made.append(Waiting(place, order, order.requests[0], Message("WAITS_FOR_PACE")))
    desk.set_waiting(*made)
    return made


def opened(frame: Frame) -> QueueWindow:
    assert frame.context.actions.trigger("queue")
    return next(one for one in frame.window.findChildren(QueueWindow) if one.isVisible())


def line(queue: QueueWindow, row: int) -> list[str]:
    return [queue.rows.text_at(row, column) for column in range(queue.rows.columnCount())]


def test_the_status_bar_counts_them_and_opens_them(frame: Frame, qtbot: QtBot) -> None:
    part = frame.window.status.queue
    assert part.shown.text == "Waiting 0"
    waiting(frame.desk, 5, 6)
    assert part.shown.text == "Waiting 2"
    assert "Keeps the broker's pace." in part.toolTip()
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    queue = next(one for one in frame.window.findChildren(QueueWindow) if one.isVisible())
    assert frame.context.actions.trigger("queue")
    assert [one for one in frame.window.findChildren(QueueWindow) if one.isVisible()] == [queue], "the same one"


def test_each_line_says_what_waits_for_what_since_when(frame: Frame) -> None:
    waiting(frame.desk, 5)
    frame.desk.clock.advance(65)
    queue = opened(frame)
    place, what, order, who, since, waited, why = line(queue, 0)
    assert (place, what, who, why) == ("1", "Order", "Here", "Keeps the broker's pace.")
    assert order.startswith("Samsung Electronics buy 5 sh 71,000")
    assert since
    assert waited == "1m 5s"


def test_one_or_all_can_be_taken_back(frame: Frame) -> None:
    made = waiting(frame.desk, 5, 6, 7)
    queue = opened(frame)
    assert not queue.take_chosen.isEnabled()
    queue.rows.selectRow(1)
    queue.take_chosen.click()
    assert [call.arguments for call in frame.desk.named("withdraw")] == [(made[1].request.id,)]
    frame.desk.set_waiting(made[0], made[2])
    queue.take_all.click()
    assert [call.arguments[0] for call in frame.desk.named("withdraw")][1:] == [made[0].request.id, made[2].request.id]
    frame.desk.set_waiting()
    assert not queue.take_all.isEnabled()
    assert "Nothing waits" in queue._lead.text()


def test_what_is_selected_stays_selected_while_the_others_leave(frame: Frame) -> None:
    made = waiting(frame.desk, 5, 6, 7)
    queue = opened(frame)
    queue.rows.selectRow(2)
    frame.desk.set_waiting(made[2])
    queue.take_chosen.click()
    assert [call.arguments for call in frame.desk.named("withdraw")] == [(made[2].request.id,)]


def test_what_has_left_meanwhile_is_told(frame: Frame) -> None:
    waiting(frame.desk, 5)
    frame.desk.answers["withdraw"] = Message("TOO_LATE")
    opened(frame).take_all.click()
    assert frame.context.worded(Message("TOO_LATE")) in frame.window.toasts.cards()[-1].words


def test_ids_are_not_shown_to_a_person(frame: Frame) -> None:
    (one,) = waiting(frame.desk, 5)
    shown = " ".join(line(opened(frame), 0))
    assert OrderId(one.order.id) not in shown and RequestId(one.request.id) not in shown
