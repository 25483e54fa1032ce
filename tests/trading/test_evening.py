"""A desk at a real market's hours: the evening still shows the day, and what the day did not fill has ended with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoga.base.clock import KST
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.sessions import MarketSchedule
from tests.trading.rig import Rig, virtual

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=KST)


def test_the_day_stays_in_view_until_midnight_and_its_open_orders_end_with_the_last_session(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, start=FRIDAY, schedule=MarketSchedule()) as rig:
            filled, left = await rig.placed(), await rig.placed(rig.ticket(limit=60_000))
            rig.exchange.fill(rig.order(filled).numbers[0].number, 10)
            await until(rig, "10:01")
            assert rig.state(filled) is OrderState.FILLED

            await until(rig, "19:59")
            assert rig.state(left) is OrderState.WORKING
            reads = rig.broker.order_reads
            await until(rig, "20:03")
            assert rig.broker.order_reads > reads, "it goes on asking after the close"
            assert rig.state(left).over and rig.desk.portfolio().reserved.units == 0

            await until(rig, "23:59")
            assert [order.id for order in rig.desk.orders()] == [filled, left]
            assert [fill.order.id for fill in rig.desk.fills()] == [filled]
            assert isinstance(rig.desk.portfolio().realised_today, Known)

            await until(rig, "00:02", day=21)
            assert rig.desk.orders() == () and rig.desk.fills() == ()

    virtual(main())


async def until(rig: Rig, clock: str, *, day: int = 20) -> None:
    hour, minute = (int(part) for part in clock.split(":"))
    due = FRIDAY.replace(day=day, hour=hour, minute=minute)
    await rig.clock.sleep((due - rig.clock.now()).total_seconds())
