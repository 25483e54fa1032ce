"""A desk that was down over midnight: what others did that evening is read at its next start, where the broker shows
it; and where the broker does not, the desk says so and goes on with today."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import NewOrder, NotSupported
from hoga.domain.broker_orders import OrderList
from hoga.domain.instruments import Venue
from hoga.domain.orders import OrderState
from hoga.domain.sessions import AlwaysOpen, MarketSchedule, desk_day
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.trading.missed_days import missed_days
from hoga.trading.views import RecoveryKind, Submitted
from tests.support.fake_broker import PHONE, SAMSUNG, FakeBroker, Fault
from tests.trading.rig import Rig, rest, virtual

EVENING = datetime(2026, 11, 23, 23, 50, tzinfo=KST)


def from_the_phone(rig: Rig, count: int) -> None:
    order = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(count), Price(70_000), Venue.KRX, None)
    rig.exchange.fill(rig.exchange.place(order, PHONE), count)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that shows today alone."""
    of_any_day = FakeBroker.orders

    async def orders(broker: FakeBroker, on: date) -> OrderList:
        if on < broker.exchange.today():
            raise NotSupported(Message("FAKE_NO_PAST"))
        return await of_any_day(broker, on)

    monkeypatch.setattr(FakeBroker, "orders", orders)


def test_what_others_did_that_evening_is_on_the_receipt(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, start=EVENING) as rig:
            await rest(60)
            await rig.crash()
            from_the_phone(rig, 7)
            await rest(3_600)
            await rig.start()
            await rest(1)
            (item,) = rig.desk.recovery().items
            assert (item.kind, item.filled_now) == (RecoveryKind.FOREIGN, Shares(7))
            assert rig.state(item.order) is OrderState.FILLED
            assert rig.desk.orders() == (), "it is none of today's"
            reads = rig.broker.order_reads
            await rest(31)
            assert rig.broker.order_reads == reads + 1, "yesterday is read once"

    virtual(main())


def test_a_new_desk_reads_nobodys_yesterday(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=EVENING)
        from_the_phone(rig, 7)
        await rest(3_600)
        async with rig:
            await rest(1)
            assert rig.desk.recovery().items == ()

    virtual(main())


@pytest.mark.usefixtures("forgetful")
def test_where_yesterday_is_not_shown_that_is_said_once_and_today_is_read(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, start=EVENING) as rig:
            order = await rig.placed()
            await rig.crash()
            await rest(3_600)
            await rig.start()
            await rest(1)
            assert rig.desk.health().aligned and rig.codes().count("PAST_ORDERS_UNTOLD") == 1
            assert rig.state(order) is OrderState.EXPIRED, "its day is over, so it works no more"
            assert isinstance(await rig.submit(), Submitted)
            await rest(60)
            assert rig.codes().count("PAST_ORDERS_UNTOLD") == 1

    virtual(main())


@pytest.mark.usefixtures("forgetful")
def test_what_has_no_answer_is_not_taken_for_absent_because_its_day_is_not_shown(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, start=EVENING) as rig:
            rig.broker.script.append(Fault.LOST_AFTER)
            order = await rig.taken()
            await rig.crash()
            await rest(3_600)
            await rig.start()
            await rest(200)
            assert rig.desk.health().aligned and rig.order(order).unknown

    virtual(main())


def test_which_days_are_missed() -> None:
    def missed(alive: datetime | None, now: datetime, *, real: bool) -> list[int]:
        schedule = MarketSchedule() if real else AlwaysOpen()
        return [day.day for day in missed_days(alive, now, lambda at: desk_day(schedule, at), schedule)]

    monday = datetime(2026, 11, 23, 8, 0, tzinfo=KST)
    assert missed(None, monday, real=True) == []
    assert missed(monday, monday, real=True) == []
    assert missed(datetime(2026, 11, 20, 18, 0, tzinfo=KST), monday, real=True) == [20], "no weekend"
    assert missed(datetime(2026, 11, 20, 18, 0, tzinfo=KST), monday, real=False) == [20, 21, 22]
    assert missed(datetime(2026, 1, 2, 18, 0, tzinfo=KST), monday, real=True) == [17, 18, 19, 20]
