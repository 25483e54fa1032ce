"""The stop, the queue, the rescue window and an outcome that stays unknown, on the real desk and exchange."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, Side, Ticket
from hoga.trading.views import Consent, MustAsk, Submission, Submitted
from hoga.ui.queue import QueueWindow
from hoga.ui.rescue.closing import CloseDialog
from hoga.ui.rescue.window import RescueWindow
from tests.support.person import at_the_desk
from tests.ui.whole.conftest import Exchange
from tests.ui.whole.test_troubles import Desk, own_exchange, place_far_below, state, works

SAMSUNG = "005930"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_stopped_by_one_key_then_everything_is_cancelled_by_another_and_released_by_hand(
    run: Run, qapp: QApplication, exchange: Exchange
) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            window = person.window
            await person.find("ㅅㅅㅈㅈ", SAMSUNG)
            one = await place_far_below(person)
            await works(person, one)
            await person.key("F12")
            await person.sees(window.attention.stopped.isVisible, "the strip of the stop")
            await person.sees(window.cancel_strip.isVisible, "cancelling is offered")
            assert window.header.stopped.isVisible() and window.status.stopped.isVisible()
            assert window.windowTitle().startswith("■ 정지")
            assert [order.id for order in person.open_orders()] == [one.id], "nothing was cancelled unasked"
            await person.key("Ctrl+Shift+X")
            await person.sees(lambda: not person.open_orders(), "every order is cancelled")
            assert window.attention.stopped.isVisible(), "still stopped"
            dialog = window.stopping.ask_release()
            dialog.accept()
            window.stopping.release()
            await person.sees(lambda: not window.attention.stopped.isVisible(), "released")

    run(story())


def rescue_of(desk: Desk) -> RescueWindow:
    return desk.person.window.show_rescue()


def test_the_rescue_window_cancels_while_no_stream_lives_and_says_when_the_exchange_is_gone(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=1) as desk:
            person, control = desk.person, desk.control
            order = await place_far_below(person)
            await works(person, order)
            control.tell("/faults", kind="stream refuse", chance=1.0)
            control.tell("/faults", kind="stream drop", chance=1.0)
            rescue = rescue_of(desk)
            (account,) = rescue.accounts
            await person.sees(lambda: "연결 끊김" in account.state.text(), "the streams are dead")
            await person.sees(lambda: account.orders.keys() == [order.id], "the open order")
            await person.click(account.orders.line(order.id).button)
            await person.sees(lambda: not [o for o in control.ask("/orders") if o["remaining"]], "cancelled there")
            rescue.read()
            await person.sees(lambda: not account.orders.keys(), "it is gone from the list, too, by REST")
            os.kill(desk.pid, signal.SIGSTOP)
            try:
                rescue.read()
                await person.sees(lambda: "읽는 중" in account.state.text(), "it says how long it has been asking")
            finally:
                os.kill(desk.pid, signal.SIGCONT)
            rescue.close()

    run(story())


def test_everything_is_sold_by_hand_from_the_rescue_window(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=1) as desk:
            person, control = desk.person, desk.control
            bought = await place_far_below(person, ticks=-9)
            await person.sees(lambda: state(person, bought) == "filled", "7 shares are bought")
            resting = await place_far_below(person)
            await works(person, resting)
            await person.sees(lambda: person.held(SAMSUNG) == 7, "7 shares are held")
            rescue = rescue_of(desk)
            await person.sees(rescue.close_all.isEnabled, "something can be sold")
            await person.click(rescue.close_all)
            (dialog,) = rescue.findChildren(CloseDialog)
            dialog.typed.setText(dialog.asked_for)
            await person.click(dialog.go)
            await person.sees(lambda: person.held(SAMSUNG) == 0, "all of it is sold")
            assert not [one for one in control.ask("/orders") if one["remaining"]]
            assert sorted((fill["side"], fill["quantity"]) for fill in control.ask("/fills"))[0][0] == "buy"
            assert sum(fill["quantity"] for fill in control.ask("/fills") if fill["side"] == "sell") == 7
            assert person.desk.health().stopped_since is not None, "and it stays stopped"
            rescue.close()

    run(story())


def test_an_unknown_outcome_escalates_counts_down_and_ends_in_certainty(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=8) as desk:
            person, control = desk.person, desk.control
            control.tell("/faults", kind="cut before", operations=["new"])
            order = await place_far_below(person)
            strip = person.window.attention.unknown
            await person.sees(lambda: strip.isVisible() and "3번 중" in strip.text.text(), "what is done about it")
            (one,) = person.desk.unresolved()
            assert one.order.id == order.id and one.order.side is Side.BUY
            await person.sees(lambda: not strip.isVisible(), "it is settled")
            known = person.desk.order(order.id)
            assert known is not None and known.state is OrderState.ABSENT
            assert not control.ask("/orders")

    run(story())


def test_what_waits_is_seen_in_the_queue_and_can_be_taken_back(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with own_exchange(qapp, tmp_path, speed=1) as desk:
            person, control = desk.person, desk.control
            control.tell("/faults", kind="slow after", operations=["new"], seconds=4)
            first = await place_far_below(person)
            twin = asyncio.ensure_future(place_twin(desk, first.id))
            await person.sees(lambda: "대기 1" in person.window.status.queue.shown.text, "one waits")
            await person.click(person.window.status.queue)
            (queue,) = person.window.findChildren(QueueWindow)
            assert "같은 주문의 결과" in queue.rows.text_at(0, 6)
            queue.take_all.click()
            await person.sees(lambda: not person.desk.waiting(), "it was taken back")
            assert isinstance(await twin, Submitted)
            await works(person, first)
            assert len(control.ask("/orders")) == 1
            queue.reject()

    run(story())


async def place_twin(desk: Desk, first: OrderId) -> Submission:
    """The same order once more, agreed to wait for the first one's answer."""
    facade = desk.person.desk
    order = facade.order(first)
    assert order is not None
    ticket = Ticket(
        facade.new_ticket_id(), facade.account, order.instrument, order.side, order.type, order.quantity, order.limit,
        order.tif, order.venue,
    )  # fmt: skip
    answer = await facade.submit(ticket)
    if isinstance(answer, MustAsk):
        consent = Consent(frozenset(question.code for question in answer.questions), "asked and agreed")
        answer = await facade.submit(ticket, consent)
    return answer
