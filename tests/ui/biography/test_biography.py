"""The biography of an order: every step with its latency, from intent to the last fill, and the masked reply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.order_facts import Answer, Answered, Found, Interrupted, Lapsed, ProvedAbsent, Withdrawn
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.trading.views import Biography, Entry
from hoga.ui import biography
from hoga.ui.biography.timeline import timeline
from hoga.ui.context import Context
from hoga.ui.tables.column import Tone
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, make_context


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def context(qapp: QApplication, desk: FakeDesk) -> Iterator[Context]:
    made = make_context(desk)
    yield made
    made.stop()


def lived(desk: FakeDesk) -> OrderId:
    """Sent, accepted after 42 ms, partly filled, moved, filled."""
    ticket = Ticket(
        desk.new_ticket_id(), desk.account, m.SAMSUNG.id, Side.BUY, OrderType.LIMIT, Shares(10), Price(71_000)
    )
    order = desk.book_of_orders.intend(ticket)
    desk.clock.advance(0.042)
    order = desk.book_of_orders.answered(order, order.requests[0].id, Answer.ACCEPTED)
    desk.clock.advance(3)
    order = desk.book_of_orders.filled(order, 3, 71_000)
    order = desk.book_of_orders.asked(order, RequestKind.REPRICE, limit=Price(71_100))
    desk.clock.advance(0.05)
    order = desk.book_of_orders.answered(order, order.requests[-1].id, Answer.ACCEPTED)
    desk.add_order(desk.book_of_orders.filled(order, 7, 71_100))
    return order.id


def biography_of(desk: FakeDesk, id: OrderId) -> Biography:
    order = desk.book_of_orders.orders[id]
    return Biography(order, tuple(desk.book_of_orders.entries[id]), tuple(life.number for life in order.numbers))


def test_a_life_reads_from_intent_to_the_last_fill(context: Context, desk: FakeDesk) -> None:
    steps = timeline(context, biography_of(desk, lived(desk)))
    assert [step.title for step in steps] == [
        "Intended", "Passed the gate", "Sent", "Accepted: number 10001", "Filled 3 sh at 71,000", "Reprice wanted",
        "Sent", "Accepted: number 10002", "Confirmed by the exchange: Reprice", "Filled 7 sh at 71,100",
    ]  # fmt: skip
    assert steps[0].detail == "Buy 10 sh Samsung Electronics (005930), Limit 71,000 · Day"
    assert steps[5].detail == "to 71,100"
    assert steps[6].detail == "about number 10001"
    took = {step.title: step.took for step in steps if step.took is not None}
    assert took == {
        "Accepted: number 10001": timedelta(seconds=0.042),
        "Accepted: number 10002": timedelta(seconds=0.05),
        "Confirmed by the exchange: Reprice": timedelta(seconds=0.05),
    }
    assert steps[4].gap == timedelta(seconds=3)
    assert len({step.seq for step in steps}) == len(steps)


def test_what_was_asked_is_told_in_the_words_the_person_saw(context: Context, desk: FakeDesk) -> None:
    known = biography_of(desk, lived(desk))
    first = replace(known.entries[0], fact=replace(known.entries[0].fact, consent="Far from the last price"))
    steps = timeline(context, replace(known, entries=(first,)))
    assert steps[1].detail == "Asked and agreed to: Far from the last price"


def test_every_other_fact_has_words(context: Context, desk: FakeDesk) -> None:
    id = lived(desk)
    known = biography_of(desk, id)
    at, request = m.START, known.order.requests[0].id
    number = BrokerNumber(at.date(), "91252", 7)
    facts = [
        Withdrawn(at, id, request, "TAKEN_BACK"),
        Interrupted(at, id, request),
        Found(at, id, request, number, by_person=True),
        ProvedAbsent(at, id, request, (at, at, at)),
        Lapsed(at, id, (number,)),
        *(Answered(at, id, request, answer, code="E1", text="broker's words") for answer in Answer),
    ]
    entries = tuple(Entry(n, at, at.date(), id, fact) for n, fact in enumerate(facts))
    steps = timeline(context, replace(known, entries=entries))
    assert len(steps) == len(facts)
    assert not [step.title for step in steps if step.title in {type(fact).__name__ for fact in facts}]
    assert steps[2].detail == "You said so."
    assert steps[3].title == "Never arrived: proved by 3 complete lists"
    assert [step.tone for step in steps[5:]] == [Tone.GOOD, Tone.BAD, Tone.WARN, Tone.BAD, Tone.WARN]
    assert "[E1] broker's words" in steps[6].detail


def test_a_foreign_order_says_where_it_was_made(context: Context, desk: FakeDesk) -> None:
    order = desk.add_order(desk.book_of_orders.foreign(m.KAKAO.id, Side.BUY, 100, 41_000, filled=20))
    (step,) = timeline(context, biography_of(desk, order.id))
    assert step.title == "Made elsewhere (MTS)"
    assert step.detail.endswith("20 filled, 80 left, 0 cancelled")


def test_the_pane_shows_copies_and_stays_current(context: Context, desk: FakeDesk, qtbot: QtBot) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    entries = desk.book_of_orders.entries[order.id]
    answered = entries[1].fact
    assert isinstance(answered, Answered)
    entries[1] = replace(
        entries[1], fact=replace(answered, raw=MappingProxyType({"rt_cd": "0", "acct": "******56-01"}))
    )
    pane = biography.make(context)
    qtbot.addWidget(pane)
    pane.resize(1000, 300)
    pane.show()
    pane.show_order(order.id)
    assert pane.head.text() == "Buy 10 sh Samsung Electronics (005930) · Working 0 / 10 · Here"
    pane.table.view.choose(next(step.seq for step in timeline(context, biography_of(desk, order.id)) if step.raw))
    assert "acct: ******56-01" in pane.raw.toPlainText()
    pane.copy_number.click()
    assert QGuiApplication.clipboard().text() == "0000010001"
    desk.fill(order.id, 4, 71_000)
    qtbot.waitUntil(lambda: "Partly filled 4 / 10" in pane.head.text())


def test_an_order_that_the_journal_does_not_know_is_said(context: Context, desk: FakeDesk, qtbot: QtBot) -> None:
    async def none(_order: OrderId) -> Biography:
        raise LookupError("no such order")

    desk.biography = none  # type: ignore[method-assign]
    pane = biography.make(context)
    qtbot.addWidget(pane)
    pane.show_order(OrderId("x"))
    assert pane.head.text() == "The journal knows no such order."
    assert pane.rows.rowCount() == 0


def test_escape_puts_it_away(context: Context, desk: FakeDesk, qtbot: QtBot) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    pane = biography.make(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_order(order.id)
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert pane.order is None
