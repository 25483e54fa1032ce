"""The order path end to end, on virtual time, with a broker that goes wrong on request."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime
from pathlib import Path

import pytest

from hoga.base.clock import KST
from hoga.broker.port import NewOrder
from hoga.domain.orders import OrderState
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderType, PlanChild, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Level
from hoga.trading.settings import DeskSettings
from hoga.trading.views import CancelFilter, Consent, Denied, MustAsk, RecoveryKind, Requested, Submitted, TakenBack
from tests.support.fake_broker import SAMSUNG, Fault
from tests.trading.rig import Rig, rest, virtual


def test_an_order_is_durable_before_it_leaves_and_works_when_accepted(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            result = await rig.submit()
            assert isinstance(result, Submitted)
            kinds = [r[0] for r in await rig.database.read("SELECT kind FROM entries ORDER BY seq")]
            assert kinds == ["Intended"]
            assert rig.broker.writes == [] or rig.broker.writes[0][0] == "place"
            order = await rig.desk.settled(result.request)
            assert order.state is OrderState.WORKING
            assert order.leaves == Shares(10)
            assert [name for name, _ in rig.broker.writes] == ["place"]

    virtual(main())


def test_the_log_names_the_brokers_number_and_makes_no_noise_of_a_start(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            number = rig.order(id).heads[0].number
            await rest(0.1)
            lines = {line.message.code: line for line in rig.desk.activity()}
            assert lines["NEW_ACCEPTED"].message.values["number"] == str(number)  # a name: no thousands commas
            assert [line.message for line in lines.values() if line.level is Level.WARNING] == []

    virtual(main())


def test_fills_move_the_order_the_position_and_the_cash(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            cash = rig.desk.portfolio().orderable
            number = rig.order(id).heads[0]
            rig.exchange.fill(number, 4, 69_900)
            await rest(0.1)
            order = rig.order(id)
            assert (order.state, order.filled, order.leaves) == (OrderState.PARTIALLY_FILLED, Shares(4), Shares(6))
            assert order.average == 69_900
            rig.exchange.fill(number, 6)
            await rest(2)
            assert rig.state(id) is OrderState.FILLED
            holding = rig.desk.portfolio().holding(SAMSUNG)
            assert holding is not None
            assert holding.position.quantity == Shares(10_010)
            after = rig.desk.portfolio().orderable
            assert cash != after
            assert [fill.execution.quantity.count for fill in rig.desk.fills()] == [4, 6]

    virtual(main())


def test_acceptance_moves_no_position(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rig.placed()
            await rest(2)
            holding = rig.desk.portfolio().holding(SAMSUNG)
            assert holding is not None
            assert holding.position.quantity == Shares(10_000)

    virtual(main())


def test_the_same_ticket_pressed_twice_at_once_is_one_order(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            ticket = rig.ticket()
            first, second = await asyncio.gather(rig.submit(ticket), rig.submit(ticket))
            third = await rig.submit(ticket)
            assert isinstance(first, Submitted)
            assert isinstance(second, Submitted)
            assert isinstance(third, Submitted)
            assert first.order == second.order == third.order
            assert third.again
            await rest(1)
            assert len(rig.exchange.rows) == 1
            await rig.restart()
            fourth = await rig.submit(ticket)
            assert isinstance(fourth, Submitted)
            assert fourth.order == first.order
            await rest(1)
            assert len(rig.exchange.rows) == 1

    virtual(main())


def test_a_press_whose_caller_went_away_still_becomes_one_order(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            ticket = rig.ticket()
            press = asyncio.ensure_future(rig.submit(ticket))
            await asyncio.sleep(0)
            press.cancel()
            again = await rig.submit(ticket)
            assert isinstance(again, Submitted)
            await rest(1)
            assert len(rig.exchange.rows) == 1

    virtual(main())


def test_a_timeout_leaves_the_outcome_open_and_the_list_settles_it(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_AFTER)
            id = await rig.taken()
            await rest(0.7)
            assert rig.state(id) is OrderState.UNKNOWN
            assert rig.order(id).leaves == Shares(10)
            await rest(5)
            assert rig.state(id) is OrderState.WORKING
            assert len(rig.exchange.rows) == 1
            assert [name for name, _ in rig.broker.writes] == ["place"]
            assert "FOUND" in rig.codes()

    virtual(main())


def test_absence_needs_three_reads_and_a_minute(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            await rest(59)
            assert rig.state(id) is OrderState.UNKNOWN
            assert rig.order(id).leaves == Shares(10)
            assert rig.broker.order_reads >= 3
            await rest(10)
            assert rig.state(id) is OrderState.ABSENT
            assert not rig.order(id).leaves
            assert [name for name, _ in rig.broker.writes] == ["place"]

    virtual(main())


def test_absence_is_not_proved_while_reads_fail(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_AFTER)
            rig.broker.reads_fail = True
            result = await rig.submit()
            assert isinstance(result, MustAsk)
            rig.broker.reads_fail = False
            id = await rig.taken()
            rig.broker.reads_fail = True
            await rest(300)
            assert rig.state(id) is OrderState.UNKNOWN
            rig.broker.reads_fail = False
            await rest(15)
            assert rig.state(id) is OrderState.WORKING

    virtual(main())


def test_an_order_that_arrives_late_is_claimed(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LATE)
            id = await rig.taken()
            await rest(15)
            assert rig.state(id) is OrderState.UNKNOWN
            await rest(30)
            assert rig.state(id) is OrderState.WORKING
            assert not any(order.foreign for order in rig.desk.orders())

    virtual(main())


def test_one_that_was_absent_and_turns_up_is_ours_all_the_same(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LATE)
            rig.broker.late_seconds = 200.0
            id = await rig.taken()
            await rest(100)
            assert rig.state(id) is OrderState.ABSENT
            await rest(150)
            assert rig.state(id) is OrderState.WORKING
            assert not any(order.foreign for order in rig.desk.orders())
            assert "FOUND_LATE" in rig.codes()

    virtual(main())


@pytest.mark.parametrize("fault", [Fault.THROTTLE, Fault.TOKEN, Fault.NOT_CONNECTED])
def test_what_never_left_leaves_once_more_and_no_oftener(tmp_path: Path, fault: Fault) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(fault)
            once = await rig.placed()
            await rest(2)
            assert rig.state(once) is OrderState.WORKING
            assert len(rig.broker.writes) == 2
            rig.broker.script.extend([fault, fault])
            twice = await rig.placed(rig.ticket(quantity=20))
            await rest(5)
            assert rig.state(twice) is OrderState.REFUSED
            assert len(rig.broker.writes) == 4
            kinds = [r[0] for r in await rig.database.read("SELECT kind FROM entries WHERE order_id = ?", (twice,))]
            assert kinds == ["Intended", "Answered", "Sending", "Answered"]

    virtual(main())


def test_a_refusal_keeps_the_brokers_words(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.REFUSE)
            id = await rig.placed()
            request = rig.order(id).requests[0]
            assert rig.state(id) is OrderState.REFUSED
            assert (request.code, request.text) == ("APBK0000", "거부")
            assert not rig.order(id).leaves

    virtual(main())


def test_one_fingerprint_in_the_air_at_a_time(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_BEFORE)
            first = await rig.taken()
            await rest(1)
            asked = await rig.submit(twin := rig.ticket())
            assert isinstance(asked, MustAsk)
            assert [question.code for question in asked.questions] == ["TWIN_UNSETTLED"]
            result = await rig.submit(twin, Consent(frozenset({"TWIN_UNSETTLED"}), "같은 주문 확인 중"))
            assert isinstance(result, Submitted)
            await rest(30)
            assert rig.state(result.order) is OrderState.QUEUED
            assert [w.why.code for w in rig.desk.waiting()] == ["WAITS_FOR_TWIN"]
            assert len(rig.broker.writes) == 1
            await rest(60)
            assert rig.state(first) is OrderState.ABSENT
            assert rig.state(result.order) is OrderState.WORKING

    virtual(main())


def test_reprice_reduce_cancel_are_one_order(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            rig.exchange.fill(rig.order(id).heads[0], 3)
            await rest(0.1)
            moved = await rig.desk.reprice(id, Price(70_500))
            assert isinstance(moved, Requested)
            await rig.desk.settled(moved.request)
            await rest(0.2)
            order = rig.order(id)
            assert (order.filled, order.leaves, order.current_limit) == (Shares(3), Shares(7), Price(70_500))
            reduced = await rig.desk.reduce(id, Shares(2))
            assert isinstance(reduced, Requested)
            await rest(0.2)
            assert rig.order(id).leaves == Shares(5)
            rig.exchange.fill(rig.order(id).heads[0], 1)
            cancelled = await rig.desk.cancel(id)
            assert isinstance(cancelled, Requested)
            await rest(0.5)
            order = rig.order(id)
            assert (order.state, order.filled, order.closed) == (OrderState.CANCELLED, Shares(4), Shares(6))
            assert len(rig.desk.orders()) == 1

    virtual(main())


def test_a_cancel_passes_thirty_waiting_orders_a_dead_list_and_a_full_disk(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(most_in_flight=1, sends_per_second=1000.0)) as rig:
            id = await rig.placed()
            rig.broker.slow_seconds = 100.0
            rig.broker.script.append(Fault.SLOW)
            for n in range(31):
                await rig.submit(rig.ticket(quantity=100 + n))
            assert len(rig.desk.waiting()) == 30
            rig.broker.drop_stream()
            rig.broker.reads_fail = True
            rig.database.rehearse_unwritable(True)
            before = asyncio.get_running_loop().time()
            result = await rig.desk.cancel(id)
            assert isinstance(result, Requested)
            await rest(0.05)
            assert [name for name, _ in rig.broker.writes][-1] == "cancel"
            assert asyncio.get_running_loop().time() - before < 0.3
            rig.database.rehearse_unwritable(False)
            await rest(2)
            kinds = [r[0] for r in await rig.database.read("SELECT kind FROM entries WHERE order_id = ?", (id,))]
            assert kinds.count("Asked") == 1
            assert rig.desk.health().journal is None

    virtual(main())


def test_an_unwritable_journal_refuses_new_orders_and_sends_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.database.rehearse_unwritable(True)
            result = await rig.submit(ticket := rig.ticket())
            assert isinstance(result, Denied)
            assert [reason.code for reason in result.reasons] == ["JOURNAL_UNWRITABLE"]
            assert rig.broker.writes == []
            rig.database.rehearse_unwritable(False)
            again = await rig.submit(ticket)
            assert isinstance(again, Submitted)
            assert not again.again
            await rest(1)
            assert len(rig.exchange.rows) == 1

    virtual(main())


def test_a_cancel_without_a_number_leaves_when_the_number_is_known(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_AFTER)
            id = await rig.taken()
            result = await rig.desk.cancel(id)
            assert isinstance(result, Requested)
            assert result.waiting
            again = await rig.desk.cancel(id)
            assert again == result
            await rest(10)
            assert rig.state(id) is OrderState.CANCELLED
            assert [name for name, _ in rig.broker.writes] == ["place", "cancel"]

    virtual(main())


def test_a_cancel_of_what_never_arrived_is_withdrawn(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            await rig.desk.cancel(id)
            await rest(80)
            assert rig.state(id) is OrderState.ABSENT
            assert rig.order(id).requests[1].state is RequestState.WITHDRAWN

    virtual(main())


def test_a_cancel_during_an_unknown_reprice_follows_the_new_number(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            await rest(1)
            rig.broker.script.append(Fault.LOST_AFTER)
            await rig.desk.reprice(id, Price(70_100))
            await rest(0.05)
            result = await rig.desk.cancel(id)
            assert isinstance(result, Requested)
            await rest(10)
            assert rig.state(id) is OrderState.CANCELLED
            assert [name for name, _ in rig.broker.writes] == ["place", "reprice", "cancel", "cancel"]
            assert len(rig.exchange.rows) == 3
            assert not rig.exchange.live()

    virtual(main())


def test_a_cancel_takes_back_what_else_was_waiting_about_the_order(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            moved = await rig.desk.reprice(id, Price(70_100))
            assert isinstance(moved, Requested)
            assert moved.waiting, "it keeps the pace"
            await rig.desk.cancel(id)
            await rest(2)
            assert rig.state(id) is OrderState.CANCELLED
            assert [name for name, _ in rig.broker.writes] == ["place", "cancel"]
            taken_back = rig.order(id).request(moved.request)
            assert taken_back is not None
            assert (taken_back.state, taken_back.why) == (RequestState.WITHDRAWN, "CANCELLED_INSTEAD")

    virtual(main())


def test_a_waiting_order_can_be_taken_back(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(most_in_flight=1)) as rig:
            rig.broker.script.append(Fault.SLOW)
            await rig.taken()
            waiting = await rig.taken(rig.ticket(quantity=20))
            assert rig.state(waiting) is OrderState.QUEUED
            assert await rig.desk.cancel(waiting) == TakenBack(waiting)
            assert rig.state(waiting) is OrderState.WITHDRAWN
            await rest(3)
            assert len(rig.exchange.rows) == 1

    virtual(main())


def test_hand_orders_pass_automatic_ones_which_keep_their_distance(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(most_in_flight=1, automatic_spacing=3.0)) as rig:
            rig.broker.script.append(Fault.SLOW)
            await rig.taken(rig.ticket(quantity=1))
            for n in range(3):
                await rig.taken(rig.ticket(quantity=100 + n, origin=PlanChild("d", 0, n, 0)))
            await rig.taken(rig.ticket(quantity=7))
            await rest(20)
            sizes = [what.quantity.count for name, what in rig.broker.writes]  # type: ignore[attr-defined]
            assert sizes == [1, 7, 100, 101, 102]
            sent = [o.requests[0].sent_at for o in rig.desk.orders() if o.quantity.count >= 100]
            assert all((b - a).total_seconds() >= 3.0 for a, b in itertools.pairwise(sent))  # type: ignore[operator]

    virtual(main())


def test_after_a_crash_only_what_was_sending_is_unknown_and_what_was_queued_is_offered(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, DeskSettings(most_in_flight=2))
        await rig.start()
        rig.broker.slow_seconds = 5.0
        rig.broker.script.extend([Fault.SLOW, Fault.LOST_BEFORE])
        arrived = await rig.taken(rig.ticket(quantity=1))
        never = await rig.taken(rig.ticket(quantity=2))
        queued = await rig.taken(rig.ticket(quantity=3))
        await rest(0.5)
        await rig.restart()
        await rest(1)
        assert rig.state(arrived) is OrderState.WORKING
        assert rig.state(never) is OrderState.UNKNOWN
        assert rig.state(queued) is OrderState.QUEUED
        offer = rig.desk.offers()[0]
        assert offer.order.id == queued
        kinds = {item.kind for item in rig.desk.recovery().items}
        assert kinds == {RecoveryKind.FOUND, RecoveryKind.ON_THE_WAY, RecoveryKind.NEVER_SENT}
        await rest(70)
        assert rig.state(never) is OrderState.ABSENT
        assert rig.desk.recovery().complete
        assert len(rig.exchange.rows) == 1
        resumed = await rig.desk.resume(offer.request.id)
        assert isinstance(resumed, Submitted)
        await rest(1)
        assert rig.state(queued) is OrderState.WORKING
        await rig.stop()

    virtual(main())


def test_what_was_offered_can_be_discarded(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, DeskSettings(most_in_flight=1))
        await rig.start()
        rig.broker.script.append(Fault.SLOW)
        await rig.taken(rig.ticket(quantity=1))
        queued = await rig.taken(rig.ticket(quantity=3))
        await rig.restart()
        await rig.desk.discard(rig.desk.offers()[0].request.id)
        assert rig.desk.offers() == ()
        assert rig.state(queued) is OrderState.WITHDRAWN
        await rest(2)
        assert rig.state(queued) is OrderState.WITHDRAWN
        await rig.stop()

    virtual(main())


def test_cancel_all_by_side(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            buys = [await rig.placed(rig.ticket(quantity=n)) for n in (1, 2)]
            sell = await rig.placed(rig.ticket(Side.SELL, 3, 80_000))
            results = await rig.desk.cancel_all(CancelFilter(side=Side.BUY))
            assert len(results) == 2
            await rest(1)
            assert [rig.state(id) for id in buys] == [OrderState.CANCELLED] * 2
            assert rig.state(sell) is OrderState.WORKING

    virtual(main())


def test_after_an_outage_what_happened_is_caught_up(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            rig.broker.drop_stream()
            rig.broker.reads_fail = True
            rig.exchange.fill(rig.order(id).heads[0], 4)
            await rest(1)
            assert not rig.desk.health().aligned
            assert rig.order(id).filled == Shares(0)
            asked = await rig.submit(rig.ticket(quantity=5))
            assert isinstance(asked, MustAsk)
            assert "NOT_RECONCILED" in {q.code for q in asked.questions}
            rig.broker.reads_fail = False
            rig.broker.heal_stream()
            await rest(1)
            assert rig.desk.health().aligned
            assert rig.order(id).filled == Shares(4)

    virtual(main())


def test_orders_made_elsewhere_are_foreign_and_can_be_cancelled_here(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            order = NewOrder(SAMSUNG, Side.SELL, OrderType.LIMIT, TimeInForce.DAY, Shares(30), Price(75_000))
            number = rig.exchange.place(order, "MTS")
            await rest(4)
            foreign = next(o for o in rig.desk.orders() if o.foreign)
            assert foreign.leaves == Shares(30)
            rig.exchange.fill(number, 10)
            await rest(0.2)
            assert rig.order(foreign.id).filled == Shares(10)
            sellable = rig.desk.portfolio().holding(SAMSUNG)
            assert sellable is not None
            assert sellable.sellable == Shares(10_000 - 30)
            await rig.desk.cancel(foreign.id)
            await rest(1)
            assert rig.state(foreign.id) is OrderState.CANCELLED

    virtual(main())


def test_a_phone_twin_in_the_same_second_becomes_a_question(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rig.placed(rig.ticket(quantity=1))
            await rest(31)
            rig.broker.script.append(Fault.LOST_AFTER)
            id = await rig.taken()
            await rest(0.1)
            sent = rig.broker.writes[-1][1]
            phone = rig.exchange.place(sent, "MTS")  # type: ignore[arg-type]
            await rest(10)
            assert rig.state(id) is OrderState.UNKNOWN
            (question,) = rig.desk.questions()
            assert {row.channel for row in question.candidates} == {"OpnAPI", "MTS"}
            assert question.usual == {"OpnAPI"}
            assert len(rig.desk.orders()) == 2
            ours = next(row.number for row in question.candidates if row.channel == "OpnAPI")
            await asyncio.gather(rig.desk.answer(question.id, ours), rig.desk.answer(question.id, None))
            assert rig.state(id) is OrderState.WORKING
            assert sum(line.message.code.startswith("QUESTION_ANSWERED") for line in rig.desk.activity()) == 1
            assert [o.numbers[0].number for o in rig.desk.orders() if o.foreign] == [phone]
            assert rig.desk.questions() == ()

    virtual(main())


def test_a_lone_phone_twin_is_not_taken_for_ours(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rig.placed(rig.ticket(quantity=1))
            await rest(31)
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            await rest(0.1)
            rig.exchange.place(rig.broker.writes[-1][1], "MTS")  # type: ignore[arg-type]
            await rest(30)
            assert rig.state(id) is OrderState.UNKNOWN
            assert rig.desk.questions() == ()
            await rest(60)
            (question,) = rig.desk.questions()
            await rig.desk.answer(question.id, None)
            assert rig.state(id) is OrderState.ABSENT
            await rest(60)
            assert rig.state(id) is OrderState.ABSENT
            assert sum(o.foreign for o in rig.desk.orders()) == 1

    virtual(main())


def test_day_orders_lapse_when_their_date_is_over(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=datetime(2026, 11, 23, 23, 58, tzinfo=KST))
        await rig.start()
        id = await rig.placed()
        rig.exchange.fill(rig.order(id).heads[0], 3)
        await rest(180)
        order = rig.order(id)
        assert (order.state, order.filled, order.closed) == (OrderState.EXPIRED, Shares(3), Shares(7))
        await rig.stop()

    virtual(main())
