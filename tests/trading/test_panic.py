"""What a hand does in a panic, all at once: the stop again and again, everything cancelled, orders still coming; and a
desk that dies again while it says what it found."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hoga.domain.broker_orders import RequestKind
from hoga.domain.orders import OrderState
from hoga.domain.tickets import PlanChild
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Denied, RecoveryKind
from tests.support.fake_broker import Fault
from tests.trading.rig import Rig, rest, virtual


def test_stopping_and_cancelling_all_at_once_sends_each_cancel_once_and_nothing_new(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(most_in_flight=3)) as rig:
            working = [await rig.placed(rig.ticket(quantity=1 + n)) for n in range(5)]
            await rest(3)
            rig.broker.latency = 1.0
            waiting = [await rig.taken(rig.ticket(quantity=20 + n)) for n in range(6)]
            plan = rig.ticket(quantity=50, origin=PlanChild("digest", 1, 1, 0))
            *_, late = await asyncio.gather(
                rig.desk.stop(), rig.desk.cancel_all(), rig.desk.stop(), rig.desk.cancel_all(), rig.desk.stop(),
                rig.submit(plan),
            )  # fmt: skip
            await rest(30)
            assert isinstance(late, Denied)
            assert all(rig.state(id).over for id in (*working, *waiting))
            assert rig.exchange.live() == []
            cancelled = [row.original for row in rig.exchange.rows.values() if row.kind is RequestKind.CANCEL]
            assert len(cancelled) == len(set(cancelled))
            placed = sum(name == "place" for name, _ in rig.broker.writes)
            assert placed <= len(working) + 3, "what waited never left"
            await rig.desk.release()
            await rest(5)
            assert sum(name == "place" for name, _ in rig.broker.writes) == placed

    virtual(main())


@pytest.mark.parametrize("arrived", [True, False])
def test_dying_again_before_the_receipt_is_complete_loses_and_doubles_nothing(tmp_path: Path, arrived: bool) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            rig.broker.script.append(Fault.LOST_AFTER if arrived else Fault.LOST_BEFORE)
            order = await rig.taken()
            await rest(0.05)
            await rig.restart()
            for _ in range(3):
                await rest(0.01)  # the list is being read
                await rig.restart()
            await rest(5)
            (item,) = rig.desk.recovery().items
            settled = (RecoveryKind.FOUND, RecoveryKind.STILL_WORKING)  # by this start, or by one of those before
            assert item.kind in (settled if arrived else (RecoveryKind.ON_THE_WAY,))
            assert rig.desk.recovery().complete is arrived
            assert len(rig.exchange.rows) == arrived
            await rest(80)
            assert rig.state(order) is (OrderState.WORKING if arrived else OrderState.ABSENT)
            await rig.desk.cancel(order)
            await rest(3)
            assert rig.state(order).over and rig.exchange.live() == []

    virtual(main())
