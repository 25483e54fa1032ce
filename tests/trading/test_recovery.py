"""The receipt after a start, and how far the asking about an unknown order is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hoga.base.message import Message
from hoga.broker.port import NewOrder, Unreachable
from hoga.domain.broker_orders import OrderList
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.trading.views import RecoveryKind
from tests.support.fake_broker import PHONE, SAMSUNG, Fault
from tests.trading.rig import Rig, rest, virtual

PHONES = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(7), Price(69_000))


def test_nothing_is_shown_where_nothing_was_open(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            filled = await rig.placed()
            rig.exchange.fill(rig.order(filled).heads[0], 10)
            cancelled = await rig.placed(rig.ticket(quantity=3))
            await rig.desk.cancel(cancelled)
            await rest(2)
            phone = rig.exchange.place(PHONES, PHONE)
            rig.exchange.cancel(phone, None, PHONE)
            await rig.restart()
            await rest(2)
            report = rig.desk.recovery()
            assert report.complete
            assert not report.worth_showing, report.items

    virtual(main())


def test_what_was_open_is_told_with_how_it_stood(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            working = await rig.placed()
            ended = await rig.placed(rig.ticket(quantity=5))
            filled = await rig.placed(rig.ticket(quantity=6))
            await rest(1)
            rig.broker.script.append(Fault.SLOW)
            on_the_way = await rig.taken(rig.ticket(quantity=8))
            heads = {id: rig.order(id).heads[0] for id in (ended, filled)}
            await rest(0.05)
            await rig.crash()
            rig.exchange.cancel(heads[ended], None, PHONE)
            rig.exchange.fill(heads[filled], 4)
            phone = rig.exchange.place(PHONES, PHONE)
            await rig.start()
            await rest(70)
            report = rig.desk.recovery()
            assert report.complete
            by_order = {item.order: item for item in report.items}
            assert by_order[working].kind is RecoveryKind.STILL_WORKING
            assert by_order[working].before is OrderState.WORKING
            assert by_order[ended].kind is RecoveryKind.ENDED_MEANWHILE
            assert (by_order[filled].kind, by_order[filled].filled_now) == (RecoveryKind.FILLED_MEANWHILE, Shares(4))
            assert by_order[on_the_way].kind in (RecoveryKind.FOUND, RecoveryKind.ABSENT)
            foreign = [item for item in report.items if item.kind is RecoveryKind.FOREIGN]
            assert [rig.order(item.order).numbers[0].number for item in foreign] == [phone]
            assert foreign[0].before is None
            await rig.desk.cancel_all()
            await rest(2)
            assert rig.state(working) is OrderState.CANCELLED
            assert rig.desk.recovery().items == report.items, "what the person did since is no news of the start"

    virtual(main())


def test_how_far_the_asking_is_can_be_watched(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_BEFORE)
            id = await rig.taken()
            await rest(2)
            (one,) = rig.desk.unresolved()
            assert (one.order.id, one.reads, one.reads_needed, one.asked) == (id, 1, 3, False)
            assert one.absent_from == one.since + timedelta(seconds=60)
            assert one.since < rig.clock.now() < one.next_look <= one.absent_from
            await rest(20)
            (later,) = rig.desk.unresolved()
            assert later.reads == 3, "three reads alone prove nothing before the minute is over"
            await rest(50)
            assert rig.desk.unresolved() == ()
            assert rig.state(id) is OrderState.ABSENT

    virtual(main())


def test_a_list_that_cannot_be_read_does_not_keep_the_balance_from_being_read(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)

            async def unreachable(_on: object) -> OrderList:
                raise Unreachable(Message("FAKE"))

            before = rig.desk.portfolio().cash
            rig.broker.orders = unreachable  # type: ignore[method-assign]
            await rest(1)
            with pytest.raises(Unreachable):
                await rig.desk.reconcile()
            after = rig.desk.portfolio().cash
            assert isinstance(before, Known) and isinstance(after, Known)
            assert after.at > before.at

    virtual(main())
