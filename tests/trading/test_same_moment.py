"""Two tickets in the same moment: what one of them will hold back counts for the other before it is on the disk."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec.structs import replace

from hoga.domain.risk_limits import NO_RISK_LIMITS, OwnCross
from hoga.domain.tickets import OrderType, PlanChild, Side
from hoga.domain.values import Price
from hoga.trading.views import Denied, Requested, Submission, Submitted
from tests.support.fake_broker import HYNIX, SAMSUNG
from tests.trading.rig import Rig, rest, virtual


def verdicts(answers: list[Submission]) -> list[str]:
    return sorted(a.reasons[0].code if isinstance(a, Denied) else type(a).__name__ for a in answers)


async def at_once(rig: Rig, *tickets: object) -> list[str]:
    await rig.desk.quote(SAMSUNG)
    await rig.desk.quote(HYNIX)
    return verdicts(await asyncio.gather(*(rig.desk.submit(ticket) for ticket in tickets)))  # type: ignore[arg-type]


def test_together_they_take_no_more_cash_than_there_is(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_000_000
        async with rig:
            await rest(1)
            both = await at_once(rig, rig.ticket(quantity=10), rig.ticket(quantity=3, limit=200_000, instrument=HYNIX))
            assert both == ["CASH_SHORT", "Submitted"]
            third = rig.ticket(quantity=1, limit=200_000, instrument=HYNIX, origin=PlanChild("digest", 1, 1, 0))
            assert isinstance(await rig.submit(third), Submitted), "what is left is free: nothing is counted twice"
            await rest(1)
            assert len(rig.broker.writes) == 2

    virtual(main())


def test_market_orders_are_held_at_the_upper_limit_meanwhile(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_000_000
        async with rig:
            await rest(1)
            two = [rig.ticket(quantity=count, limit=None, type=OrderType.MARKET) for count in (6, 7)]
            assert await at_once(rig, *two) == ["CASH_SHORT_AT_UPPER", "Submitted"]

    virtual(main())


def test_together_they_sell_no_more_than_is_held(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            two = [rig.ticket(Side.SELL, quantity=count, limit=71_000) for count in (6_000, 5_000)]
            assert await at_once(rig, *two) == ["SHARES_SHORT", "Submitted"]

    virtual(main())


def test_the_other_one_is_crossed_and_counted_too(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(NO_RISK_LIMITS, own_cross=OwnCross.REFUSE)) as rig:
            await rest(1)
            assert await at_once(rig, rig.ticket(), rig.ticket(Side.SELL)) == ["CROSSES_OWN", "Submitted"]
            rig.desk.set_limits(replace(NO_RISK_LIMITS, orders_refuse=2))
            assert await at_once(rig, rig.ticket(quantity=2), rig.ticket(quantity=3)) == [
                "ORDERS_TOO_FAST",
                "Submitted",
            ]
            rig.desk.set_limits(replace(NO_RISK_LIMITS, open_refuse=3))
            many = await at_once(rig, rig.ticket(quantity=4), rig.ticket(quantity=5))
            assert many == ["ORDERS_OPEN_TOO_MANY", "Submitted"]

    virtual(main())


def test_a_dearer_reprice_counts_and_a_second_one_finds_the_order_busy(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_000_000
        async with rig:
            order = await rig.placed(rig.ticket(quantity=10, limit=70_000))
            await rest(1)
            await rig.desk.quote(SAMSUNG)
            first, second, buy = await asyncio.gather(
                rig.desk.reprice(order, Price(80_000)),
                rig.desk.reprice(order, Price(81_000)),
                rig.submit(rig.ticket(quantity=3, limit=70_000)),
            )
            assert isinstance(first, Requested)
            assert isinstance(second, Denied) and second.reasons[0].code == "ORDER_BUSY"
            assert isinstance(buy, Denied) and buy.reasons[0].code == "CASH_SHORT"

    virtual(main())


def test_what_could_not_be_written_holds_nothing_back(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_000_000
        async with rig:
            await rest(1)
            await rig.desk.quote(SAMSUNG)
            rig.database.rehearse_unwritable(True)
            assert isinstance(await rig.submit(rig.ticket(quantity=10)), Denied)
            rig.database.rehearse_unwritable(False)
            await rest(1)
            assert isinstance(await rig.submit(rig.ticket(quantity=11)), Submitted)

    virtual(main())
