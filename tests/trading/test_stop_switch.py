"""The stop switch: what stays, what is withdrawn, what passes all the same."""

from __future__ import annotations

from pathlib import Path

from hoga.domain.orders import OrderState
from hoga.domain.tickets import PlanChild, Side
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Consent, Denied, MustAsk, Requested, Submitted
from tests.support.fake_broker import Fault
from tests.trading.rig import Rig, rest, virtual

PLAN = PlanChild("plan", 1, 1, 0)


def test_what_waits_is_withdrawn_and_what_works_stays(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            working = await rig.placed()
            sent = await rig.taken(rig.ticket(quantity=5, origin=PLAN))
            await rest(0.5)
            spaced = await rig.taken(rig.ticket(quantity=6, origin=PLAN))
            assert rig.state(spaced) is OrderState.QUEUED
            report = await rig.desk.stop()
            assert report.withdrawn == (spaced,)
            assert rig.state(spaced) is OrderState.WITHDRAWN
            assert rig.desk.health().stopped_since == report.since
            assert report.open_orders == 2
            await rest(10)
            assert {row.quantity for row in rig.exchange.rows.values()} == {10, 5}
            assert rig.state(working) is rig.state(sent) is OrderState.WORKING
            assert "STOP_PRESSED" in rig.codes()

    virtual(main())


def test_while_it_is_pressed_only_people_and_cancels_get_through(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            working = await rig.placed()
            await rig.desk.stop()
            automatic = await rig.submit(rig.ticket(quantity=3, origin=PLAN))
            assert isinstance(automatic, Denied) and [why.code for why in automatic.reasons] == ["STOPPED"]
            ticket = rig.ticket(side=Side.SELL, quantity=4, limit=71_000)
            asked = await rig.submit(ticket)
            assert isinstance(asked, MustAsk) and [why.code for why in asked.questions] == ["STOP_IS_ON"]
            by_hand = await rig.submit(ticket, Consent(frozenset({"STOP_IS_ON"}), "seen"))
            assert isinstance(by_hand, Submitted)
            assert isinstance(await rig.desk.cancel(working), Requested)
            await rest(5)
            assert rig.state(working) is OrderState.CANCELLED
            assert rig.state(by_hand.order) is OrderState.WORKING
            await rig.desk.release()
            assert rig.desk.health().stopped_since is None
            assert isinstance(await rig.submit(rig.ticket(quantity=3, origin=PLAN)), Submitted)

    virtual(main())


def test_an_automatic_second_try_does_not_leave_after_the_stop(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(second_try_after=2.0)) as rig:
            rig.broker.script.append(Fault.THROTTLE)
            id = await rig.taken(rig.ticket(quantity=7, origin=PLAN))
            await rest(1)
            assert rig.state(id) is OrderState.QUEUED
            assert (await rig.desk.stop()).withdrawn == (id,)
            await rest(10)
            assert not rig.exchange.rows

    virtual(main())
