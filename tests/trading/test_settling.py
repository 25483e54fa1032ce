"""What is ours and what is not, where the list, the clock, the stream and the disk make it hard to tell."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoga.base.clock import KST, MarketClock
from hoga.broker.port import NewOrder
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, RequestKind
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, PlanChild, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.storage.database import Database, Statement
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Consent, Denied, MustAsk, RecoveryKind, Requested, Submitted
from tests.support.fake_broker import API, PHONE, SAMSUNG, Fault
from tests.trading.rig import Rig, rest, virtual

BEFORE_MIDNIGHT = datetime(2026, 11, 23, 23, 59, 59, 800_000, tzinfo=KST)
AFTER_MIDNIGHT = datetime(2026, 11, 24, 0, 0, 0, 200_000, tzinfo=KST)


def twin() -> NewOrder:
    """The order of ``Rig.ticket()``, as somebody with a telephone would place it."""
    return NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(10), Price(70_000))


class SetBack:
    """A clock that says what another does, some seconds later."""

    def __init__(self, clock: MarketClock, seconds: float) -> None:
        self._clock = clock
        self._back = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return self._clock.now() - self._back

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)


@pytest.mark.parametrize(("start", "skew"), [(BEFORE_MIDNIGHT, 1.0), (AFTER_MIDNIGHT, -1.0)])
def test_a_send_around_the_roll_is_found_on_either_date(tmp_path: Path, start: datetime, skew: float) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=start)
        rig.exchange.skew = skew
        await rig.start()
        rig.broker.script.append(Fault.LOST_AFTER)
        # A balance read at midnight is of nobody knows which day, so the cash is not known yet.
        result = await rig.submit(consent=Consent(frozenset({"CASH_UNKNOWN"})))
        assert isinstance(result, Submitted), result
        id = result.order
        await rest(10)
        (number,) = rig.exchange.rows
        assert number.trading_date != start.date()
        assert [life.number for life in rig.order(id).numbers] == [number]
        await rig.stop()

    virtual(main())


def test_a_number_heard_of_before_the_send_is_not_ours(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            phone = rig.exchange.place(twin(), PHONE)
            await rest(0.1)
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            await rest(80)
            assert rig.state(id) is OrderState.ABSENT
            assert [o.numbers[0].number for o in rig.desk.orders() if o.foreign] == [phone]

    virtual(main())


def test_a_twin_off_a_telephone_is_not_taken_for_a_first_order_that_was_lost(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start(own_channels=frozenset({API}))
        rig.broker.script.append(Fault.LOST_BEFORE)
        id = await rig.taken()
        await rest(0.1)
        phone = rig.exchange.place(twin(), PHONE)
        await rest(80)
        assert rig.state(id) is OrderState.UNKNOWN
        (question,) = rig.desk.questions()
        await rig.desk.answer(question.id, None)
        assert rig.state(id) is OrderState.ABSENT
        assert [o.numbers[0].number for o in rig.desk.orders() if o.foreign] == [phone]
        await rig.stop()

    virtual(main())


def test_a_person_who_knows_their_order_teaches_how_the_broker_marks_it(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start(own_channels=frozenset({"another mark"}))
        for _ in range(2):
            rig.broker.script.append(Fault.LOST_AFTER)
            id = await rig.taken()
            await rest(80)
            for question in rig.desk.questions():
                await rig.desk.answer(question.id, question.candidates[0].number)
            assert rig.state(id) is OrderState.WORKING
        assert rig.codes().count("NOT_AS_SENT") == 0
        assert sum(code.startswith("QUESTION_ANSWERED") for code in rig.codes()) == 1
        await rig.stop()

    virtual(main())


def test_a_cancel_that_a_full_disk_forgot_is_not_said_to_come_from_elsewhere(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start()
        id = await rig.placed()
        await rest(31)
        rig.database.rehearse_unwritable(True)
        await rig.desk.cancel(id)
        await rest(1)
        assert rig.state(id) is OrderState.CANCELLED
        journal = rig.desk.health().journal
        assert journal is not None and journal.code == "JOURNAL_STOPPED_UNWRITTEN", "a sudden end would lose it"
        await rig.restart()
        await rest(3)
        assert rig.state(id) is OrderState.CANCELLED
        assert "CHANGED_UNRECORDED" in rig.codes() and "CHANGED_ELSEWHERE" not in rig.codes()
        (item,) = rig.desk.recovery().items
        assert (item.kind, item.before) == (RecoveryKind.UNRECORDED, OrderState.WORKING)
        await rig.stop()

    virtual(main())


def test_a_clock_that_was_set_back_between_two_starts_hides_nothing_of_ours(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start()
        rig.broker.script.append(Fault.LATE)
        rig.broker.late_seconds = 2.0
        id = await rig.taken()
        await rest(0.1)
        await rig.crash()
        rig.clock = SetBack(rig.clock, 4.0)  # type: ignore[assignment] # the desk's, not the exchange's
        await rig.start()
        await rest(80)
        assert rig.state(id) is OrderState.WORKING
        assert not any(order.foreign for order in rig.desk.orders())
        await rig.stop()

    virtual(main())


def test_a_number_that_one_order_has_is_never_given_to_another(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            first = await rig.placed()
            await rest(3)
            rig.broker.script.append(Fault.LOST_BEFORE)
            second = await rig.taken()
            await rest(80)
            (number,) = rig.exchange.rows
            assert rig.state(second) is OrderState.ABSENT
            assert [order.id for order in rig.desk.orders() for life in order.numbers] == [first]
            assert rig.order(first).numbers[0].number == number

    virtual(main())


def test_one_that_arrives_outside_the_window_while_nothing_can_be_read_is_ours(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LATE)
            rig.broker.late_seconds = 100.0
            id = await rig.taken()
            rig.broker.reads_fail = True
            await rest(200)
            assert rig.state(id) is OrderState.UNKNOWN
            rig.broker.reads_fail = False
            await rest(20)
            assert rig.state(id) is OrderState.WORKING
            assert not any(order.foreign for order in rig.desk.orders())

    virtual(main())


def test_what_was_absent_yesterday_claims_nothing_today(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=datetime(2026, 11, 23, 23, 50, tzinfo=KST))
        await rig.start()
        rig.broker.script.append(Fault.LOST_BEFORE)
        id = await rig.taken()
        await rest(100)
        assert rig.state(id) is OrderState.ABSENT
        await rest(1_000)
        rig.exchange.place(twin(), "")
        await rest(60)
        assert rig.state(id) is OrderState.ABSENT
        assert sum(order.foreign for order in rig.desk.orders()) == 1
        await rig.stop()

    virtual(main())


def test_a_list_that_was_being_read_when_the_stream_broke_proves_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.latency = 2.0
            reading = asyncio.ensure_future(rig.desk.reconcile())
            await rest(1)
            rig.broker.drop_stream()
            await rest(3.5)
            assert not rig.desk.health().aligned
            await reading
            await rest(10)
            assert rig.desk.health().aligned

    virtual(main())


def test_a_notice_of_nobodys_number_does_not_keep_the_list_busy(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            number = BrokerNumber(rig.exchange.today(), "00001", 999)
            strange = OrderNotice(
                number, None, NoticeKind.RECEIVED, RequestKind.NEW, SAMSUNG, Side.BUY, Shares(1), None, rig.clock.now()
            )
            rig.broker.emit(strange)
            await rest(10)
            reads = rig.broker.order_reads
            for quantity in range(1, 21):
                await rig.placed(rig.ticket(quantity=quantity))
                await rest(0.4)
            assert rig.broker.order_reads - reads <= 2
            assert rig.desk.health().parked_notices == 1

    virtual(main())


def test_an_offered_change_is_judged_anew_or_dropped(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, DeskSettings(most_in_flight=1))
        await rig.start()
        alive = await rig.placed(rig.ticket(quantity=1))
        ended = await rig.placed(rig.ticket(quantity=2))
        await rest(1)
        rig.broker.slow_seconds = 10.0
        rig.broker.script.append(Fault.SLOW)
        await rig.taken(rig.ticket(quantity=3))
        await rig.desk.reprice(alive, Price(70_100))
        await rig.desk.reprice(ended, Price(70_100))
        await rig.crash()
        rig.exchange.fill(rig.exchange.live()[1].number, 2)
        rig.exchange.cash = 0
        await rig.start()
        await rest(1)
        assert rig.state(ended) is OrderState.FILLED
        (offer,) = rig.desk.offers()
        assert offer.order.id == alive
        denied = await rig.desk.resume(offer.request.id)
        assert isinstance(denied, Denied)
        assert [reason.code for reason in denied.reasons] == ["CASH_SHORT"]
        rig.exchange.cash = 1_000_000_000
        await rig.desk.reconcile()
        assert isinstance(await rig.desk.resume(offer.request.id), Submitted)
        await rest(1)
        assert rig.order(alive).current_limit == Price(70_100)
        await rig.stop()

    virtual(main())


class HangingDatabase(Database):
    """A disk that neither writes nor fails while ``hung``."""

    hung = False

    def __init__(self, path: Path) -> None:
        super().__init__(path, inline=True, fsync=False)
        self.kept: deque[tuple[asyncio.Future[None], tuple[Statement, ...]]] = deque()

    def write(self, *statements: Statement, stand_by: bool = False) -> asyncio.Future[None]:
        if not self.hung:
            return super().write(*statements)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.kept.append((done, statements))
        return done

    def wake(self) -> None:
        self.hung = False
        for done, statements in self.kept:
            super().write(*statements)
            done.set_result(None)
        self.kept.clear()


def test_a_hanging_disk_holds_back_no_cancel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.trading.rig.Database", lambda path, **_: HangingDatabase(path))

    async def main() -> None:
        async with Rig(tmp_path) as rig:
            disk = rig.database
            assert isinstance(disk, HangingDatabase)
            id = await rig.taken()
            disk.hung = True
            await rest(3)
            assert rig.state(id) is OrderState.WORKING
            before = asyncio.get_running_loop().time()
            assert isinstance(await rig.desk.cancel(id), Requested)
            await rest(0.1)
            assert asyncio.get_running_loop().time() - before < 0.5
            assert [name for name, _ in rig.broker.writes] == ["place", "cancel"]
            await rest(5)
            assert rig.state(id) is OrderState.CANCELLED
            disk.wake()
            await rest(1)
            await rig.restart()
            await rest(1)
            assert rig.state(id) is OrderState.CANCELLED
            assert rig.codes().count("JOURNAL_LINE_DAMAGED") == 0

    virtual(main())


def test_after_an_outage_a_reprice_by_hand_asks_and_an_automatic_one_waits(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed()
            other = await rig.placed(rig.ticket(quantity=5))
            await rest(1)
            rig.broker.drop_stream()
            rig.broker.reads_fail = True
            asked = await rig.desk.reprice(id, Price(70_100))
            assert isinstance(asked, MustAsk)
            assert [question.code for question in asked.questions] == ["NOT_RECONCILED"]
            automatic = await rig.desk._core.desk.reprice(other, Price(70_100), origin=PlanChild("d", 0, 0, 0))
            assert isinstance(automatic, Requested)
            await rest(5)
            assert [w.why.code for w in rig.desk.waiting()] == ["WAITS_FOR_RECONCILE"]
            rig.broker.reads_fail = False
            rig.broker.heal_stream()
            await rest(2)
            assert rig.order(other).current_limit == Price(70_100)

    virtual(main())


def test_quotes_are_read_when_they_are_missing_and_not_otherwise(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=datetime(2026, 11, 23, 23, 0, tzinfo=KST))
        await rig.start()
        reads = 0
        quote = rig.broker.quote

        async def counted(*args: object) -> object:
            nonlocal reads
            reads += 1
            return await quote(*args)  # type: ignore[arg-type]

        rig.broker.quote = counted  # type: ignore[method-assign,assignment]
        await rig.placed()
        assert reads == 1
        await rest(60)
        await rig.placed(rig.ticket(quantity=11))
        assert reads == 1, "a limit order needs the day's limits, not the newest price"
        await rig.placed(rig.ticket(quantity=12, limit=None, type=OrderType.MARKET))
        assert reads == 2, "what takes the market's price needs a fresh one"
        await rest(3_600)
        await rig.placed(rig.ticket(quantity=13))
        assert reads == 3, "yesterday's limits are not today's"
        await rig.stop()

    virtual(main())


def test_the_list_of_open_orders_is_made_good_at_the_next_start(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start()
        id = await rig.placed()
        await rig.desk.cancel(id)
        await rest(0.1)
        assert rig.order(id).settled
        await rig.restart()
        await rest(1)
        await rig.placed(rig.ticket(quantity=3))
        rows = await rig.database.read("SELECT order_id FROM open_orders")
        assert (id,) not in rows
        assert len(rows) == 1
        await rig.stop()

    virtual(main())


def test_requests_are_named_apart_after_a_full_disk_and_a_restart(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start()
        id = await rig.placed()
        rig.database.rehearse_unwritable(True)
        assert isinstance(await rig.desk.reprice(id, Price(70_100)), Denied)
        rig.database.rehearse_unwritable(False)
        for limit in (70_200, 70_300):
            moved = await rig.desk.reprice(id, Price(limit))
            assert isinstance(moved, Requested)
            await rest(1)
        await rig.restart()
        await rest(1)
        assert isinstance(await rig.desk.cancel(id), Requested)
        await rest(1)
        assert rig.state(id) is OrderState.CANCELLED
        names = [request.id for request in rig.order(id).requests]
        assert len(set(names)) == len(names) == 4
        await rig.stop()

    virtual(main())


def test_one_read_after_the_minute_is_no_proof_of_absence(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            rig.broker.reads_fail = True
            await rest(90)
            reads = rig.broker.order_reads
            rig.broker.reads_fail = False
            while rig.broker.order_reads < reads + 2:
                await rest(0.1)
            await rest(0.2)
            assert rig.state(id) is OrderState.UNKNOWN
            await rest(30)
            assert rig.state(id) is OrderState.ABSENT

    virtual(main())
