"""One order under any weather: acks, fills, repeats, changes, cancels, phones, late and missing events in any order.

A small exchange is the truth. What it says reaches the order out of order, twice or never. At no time does the order
count more than was filled, or take for closed what may still fill; after a complete list it is exactly right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hoga.base.clock import KST
from hoga.broker.port import NewOrder
from hoga.domain.broker_orders import BrokerNumber, OrderNotice, OrderReport, RequestKind
from hoga.domain.instruments import Venue
from hoga.domain.order_facts import (
    Answer,
    Answered,
    Asked,
    Fact,
    Found,
    Intended,
    Joined,
    Listed,
    Noticed,
    ProvedAbsent,
)
from hoga.domain.orders import Order, OrderState, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, OrderType, RequestId, Side, TicketId, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.trading.matching import originals_first
from hoga.trading.records import OrderRecords
from tests.support.fake_broker import ACCOUNT, PHONE, SAMSUNG, FakeExchange

ID = OrderId("o/1")
QUANTITY = 12
LIMITS = (69_800, 69_900, 70_000, 70_100)


class _Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 10, 0, tzinfo=KST)

    def now(self) -> datetime:
        return self.moment


class OrderLife(RuleBasedStateMachine):
    """Every rule is something that can happen; the exchange's rows are the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = _Clock()
        self.exchange = FakeExchange(self.clock)  # type: ignore[arg-type] # asks for the time alone
        self.exchange.sinks.append(lambda notice: self.notices.append(notice))
        self.notices: list[OrderNotice] = []
        self.lists: list[list[OrderReport]] = []
        self.answers: dict[RequestId, BrokerNumber | None] = {}
        """What the exchange did with each request that has no answer yet; None: nothing."""
        self.records = OrderRecords(ACCOUNT.connection)
        self.most_filled = 0

    # --- ours -------------------------------------------------------------------------------------------------------

    @initialize()
    def sent(self) -> None:
        now = self.clock.now()
        fact = Intended(
            now, ID, RequestId(f"{ID}/1"), TicketId("t"), SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY,
            Venue.KRX, Shares(QUANTITY), Price(70_000), sending=True,
        )  # fmt: skip
        self.tell(fact)
        self.answers[RequestId(f"{ID}/1")] = None

    @rule()
    @precondition(lambda self: not self.exchange.rows and self.answers)
    def arrives(self) -> None:
        new = NewOrder(
            SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(QUANTITY), Price(70_000), Venue.KRX, None
        )
        self.answers[RequestId(f"{ID}/1")] = self.exchange.place(new)

    @rule(limit=st.sampled_from(LIMITS))
    @precondition(lambda self: self.changeable())
    def reprice(self, limit: int) -> None:
        self.ask(RequestKind.REPRICE, lambda target: self.exchange.reprice(target, Price(limit)), limit=Price(limit))

    @rule(count=st.integers(1, QUANTITY - 1))
    @precondition(lambda self: self.changeable())
    def reduce(self, count: int) -> None:
        if count < self.order.leaves.count:
            self.ask(RequestKind.REDUCE, lambda target: self.exchange.cancel(target, count), by=Shares(count))

    @rule()
    @precondition(lambda self: self.order.heads)
    def cancel(self) -> None:
        self.ask(RequestKind.CANCEL, lambda target: self.exchange.cancel(target, None))

    # --- the exchange's and other people's --------------------------------------------------------------------------

    @rule(count=st.integers(1, QUANTITY), price=st.sampled_from(LIMITS), at=st.integers(0, 7))
    def fill(self, count: int, price: int, at: int) -> None:
        live = self.exchange.live()
        if live:
            self.exchange.fill(live[at % len(live)].number, count, price)

    @rule(count=st.integers(1, QUANTITY), whole=st.booleans())
    def phone_cancels(self, count: int, whole: bool) -> None:
        for row in self.exchange.live()[:1]:
            self.exchange.cancel(row.number, None if whole else count, PHONE)

    @rule(limit=st.sampled_from(LIMITS))
    def phone_reprices(self, limit: int) -> None:
        for row in self.exchange.live()[:1]:
            self.exchange.reprice(row.number, Price(limit), PHONE)

    @rule(seconds=st.sampled_from([0.0, 0.4, 1.0, 5.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.moment += timedelta(seconds=seconds)

    # --- what reaches us --------------------------------------------------------------------------------------------

    @rule(which=st.integers(0, 30), repeated=st.booleans())
    @precondition(lambda self: self.notices)
    def a_notice_comes(self, which: int, repeated: bool) -> None:
        place = which % len(self.notices)
        notice = self.notices[place] if repeated else self.notices.pop(place)
        self.tell(Noticed(self.clock.now(), notice))

    @rule(which=st.integers(0, 30))
    @precondition(lambda self: self.notices)
    def a_notice_is_lost(self, which: int) -> None:
        self.notices.pop(which % len(self.notices))

    @rule(which=st.integers(0, 5), answered=st.booleans())
    @precondition(lambda self: self.in_state(RequestState.SENDING))
    def an_answer_comes_or_not(self, which: int, answered: bool) -> None:
        sending = self.in_state(RequestState.SENDING)
        self.answer(sending[which % len(sending)], answered)

    @rule()
    def a_list_is_read(self) -> None:
        self.read([self.exchange.report(row) for row in self.exchange.rows.values()])

    @rule()
    def a_list_is_begun(self) -> None:
        self.lists.append([self.exchange.report(row) for row in self.exchange.rows.values()])

    @rule(which=st.integers(0, 5))
    @precondition(lambda self: self.lists)
    def an_old_list_comes_late(self, which: int) -> None:
        self.read(self.lists.pop(which % len(self.lists)))

    @rule()
    def everything_settles(self) -> None:
        for request in self.in_state(RequestState.SENDING):
            self.answer(request, True)
        self.read([self.exchange.report(row) for row in self.exchange.rows.values()])
        for request in self.in_state(RequestState.UNKNOWN):
            self.tell(ProvedAbsent(self.clock.now(), ID, request.id, ()))
        order, rows = self.order, self.exchange.rows.values()
        assert order.filled.count == sum(row.filled for row in rows)
        assert order.leaves.count == sum(row.remaining for row in rows)
        assert order.filled_amount.units == sum(row.amount for row in rows)
        assert set(order.heads) == {row.number for row in self.exchange.live()}
        if order.leaves:
            assert order.state is (OrderState.PARTIALLY_FILLED if order.filled else OrderState.WORKING)
        else:
            assert order.state.over

    # --- always -----------------------------------------------------------------------------------------------------

    @invariant()
    def it_adds_up(self) -> None:
        order, rows = self.order, list(self.exchange.rows.values())
        truly_filled = sum(row.filled for row in rows)
        assert order.filled.count + order.leaves.count + order.closed.count == QUANTITY
        assert order.filled.count <= truly_filled, "counted more than was filled"
        assert order.filled.count >= self.most_filled, "forgot a fill"
        self.most_filled = order.filled.count
        possible = truly_filled + sum(row.remaining for row in rows)
        if order.state is OrderState.ABSENT:
            return  # it arrived after its absence was proved: the next list brings it back
        assert order.filled.count + order.leaves.count >= possible, "took for closed what may still fill"
        assert sum(e.quantity.count for e in order.executions) == order.filled.count
        assert sum(e.amount.units for e in order.executions) == order.filled_amount.units

    # --- helpers ----------------------------------------------------------------------------------------------------

    @property
    def order(self) -> Order:
        order = self.records.order(ID)
        assert order is not None
        return order

    def tell(self, *facts: Fact) -> None:
        for fact in facts:
            self.records.apply(fact)

    def in_state(self, state: RequestState) -> list[Request]:
        return [request for request in self.order.requests if request.state is state]

    def changeable(self) -> bool:
        """As the gate lets a change through: one at a time, one head."""
        order = self.order
        return len(order.heads) == 1 and not any(r.kind is not RequestKind.NEW for r in order.asked)

    def ask(
        self,
        kind: RequestKind,
        act: Callable[[BrokerNumber], BrokerNumber | None],
        *,
        limit: Price | None = None,
        by: Shares | None = None,
    ) -> None:
        order = self.order
        id, target = RequestId(f"{ID}/{len(order.requests) + 1}"), order.heads[-1]
        live = order.live_under(target)
        self.tell(Asked(self.clock.now(), ID, id, kind, by, limit, sending=True, target=target, quantity=by or live))
        self.answers[id] = act(target)

    def answer(self, request: Request, answered: bool) -> None:
        number, now = self.answers.get(request.id), self.clock.now()
        if not answered:
            self.tell(Answered(now, ID, request.id, Answer.UNANSWERED))
        elif number is None:
            self.tell(Answered(now, ID, request.id, Answer.REFUSED, code="APBK0344"))
        else:
            self.tell(Answered(now, ID, request.id, Answer.ACCEPTED, number))
        if answered:
            self.answers.pop(request.id, None)

    def read(self, rows: list[OrderReport]) -> None:
        """A complete list, as the reconciler takes it in: claims first told, what is on its way left alone."""
        now = self.clock.now()
        ours = {number: id for id, number in self.answers.items() if number is not None}
        for row in originals_first(rows):
            known = self.records.of_number(row.number)
            request = self.order.request(ours[row.number]) if row.number in ours else None
            if known is not None:
                self.tell(Listed(now, ID, row))
            elif request is not None and request.state in (RequestState.UNKNOWN, RequestState.ABSENT):
                self.tell(Found(now, ID, request.id, row.number), Listed(now, ID, row))
            elif request is None and row.original is not None and self.records.of_number(row.original) is not None:
                self.tell(Joined(now, ID, row))


OrderLife.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestOrderLife = OrderLife.TestCase


def test_a_list_read_while_a_reprice_was_on_its_way_closes_nothing() -> None:
    """The list shows the shares at a new number that is not known yet; when the answer brings it, they are there."""
    life = OrderLife()
    life.sent()
    life.arrives()
    life.everything_settles()
    life.reprice(69_800)
    life.a_list_is_read()
    life.an_answer_comes_or_not(0, True)
    life.it_adds_up()
    assert life.order.leaves.count == QUANTITY
    assert life.order.heads == tuple(row.number for row in life.exchange.live())
    life.everything_settles()
