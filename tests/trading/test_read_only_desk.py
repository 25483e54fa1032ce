"""A second window on the same folder: sees what the first one writes, and can do nothing."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from hoga.base.message import Language, Message
from hoga.broker.port import BrokerError, NotSupported, StreamHealth, Unreachable
from hoga.domain.known import Known, Unknown
from hoga.domain.market_data import Period
from hoga.domain.tickets import OrderType, RequestId
from hoga.domain.values import Price, Shares
from hoga.storage.errors import Unwritable
from hoga.storage.opening import open_journal
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.read_only_desk import ReadOnlyDesk
from hoga.trading.views import Denied, Part
from tests.support.fake_broker import ACCOUNT, SAMSUNG, FakeBroker
from tests.trading.rig import AlwaysOpen, Rig, no_mask

WHY = Message("READ_ONLY_DESK", {"pid": "4711"})


class WholeRig(Rig):
    """On the real loop, with the journal as a desk opens it."""

    @property
    def path(self) -> Path:
        return self.folder / f"{ACCOUNT.connection}.sqlite"

    async def start(self, **broker: Any) -> None:
        self.broker = FakeBroker(self.exchange, **broker)
        self.database = await open_journal(self.path, self.clock.now())
        self.desk = ConnectionDesk(self.broker, self.database, self.clock, AlwaysOpen(), no_mask, self.settings)
        await self.desk.open()
        await self.desk.instruments()


def story(tmp_path: Path, tell: Callable[[WholeRig, ReadOnlyDesk], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        async with WholeRig(tmp_path) as rig:
            working = await rig.placed()
            (number,) = rig.exchange.rows
            rig.exchange.fill(number, 4, 69_900)
            await until(lambda: rig.order(working).filled.count == 4)
            await rig.desk.reconcile()
            looking = ReadOnlyDesk(rig.path, WHY)
            await looking.open()
            try:
                await tell(rig, looking)
            finally:
                await looking.aclose()

    asyncio.run(main())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 what is waited for is on another thread or another desk
            await asyncio.sleep(0.01)


def test_it_shows_what_the_journal_tells(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        assert looking.account == rig.desk.account
        assert looking.read_only == WHY
        assert looking.orders() == rig.desk.orders()
        assert looking.fills() == rig.desk.fills()
        shown = [line.message.code for line in looking.activity()]
        assert shown == [line.message.code for line in rig.desk.activity()][: len(shown)]
        await until(lambda: looking.portfolio().orderable == rig.desk.portfolio().orderable)
        ours, theirs = looking.portfolio().holdings, rig.desk.portfolio().holdings
        assert isinstance(ours, Known) and isinstance(theirs, Known)
        assert [holding.position for holding in ours.value] == [holding.position for holding in theirs.value] != []
        named = looking.instrument(SAMSUNG)
        assert isinstance(named, Known)
        assert named.value.name_ko
        assert abs((looking.clock.now() - rig.clock.now()).total_seconds()) < 2
        order = rig.desk.orders()[0].id
        assert (await looking.biography(order)).order == rig.desk.order(order)
        assert await looking.activity_about(order) == await rig.desk.activity_about(order)

    story(tmp_path, tell)


def test_it_follows_what_the_other_desk_does(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        heard: list[Part] = []
        undo = looking.subscribe(lambda change: heard.append(change.part))
        (first,) = looking.orders()
        await rig.desk.cancel(first.id)
        second = await rig.placed(rig.ticket(quantity=3))
        await until(lambda: len(looking.orders()) == 2 and looking.orders()[0].state.over)
        await until(lambda: {Part.ORDERS, Part.ACTIVITY} <= set(heard))
        assert looking.order(second) == rig.desk.order(second)
        undo()

    story(tmp_path, tell)


def test_nothing_can_be_done_and_the_journal_stays_as_it_is(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        (order,) = looking.orders()
        refused = Denied((WHY,))
        before, entries = len(rig.broker.writes), await rig.database.read("SELECT count(*) FROM entries")
        assert await looking.submit(rig.ticket()) == refused
        assert await looking.reprice(order.id, Price(70_100)) == refused
        assert await looking.reduce(order.id, Shares(1)) == refused
        assert await looking.cancel(order.id) == refused
        assert await looking.cancel_all() == (refused,)
        assert await looking.resume(RequestId("x")) == refused
        assert await looking.withdraw(RequestId("x")) == WHY
        for command in (looking.stop(), looking.release(), looking.discard(RequestId("x")), looking.answer("q", None)):
            with pytest.raises(NotSupported) as raised:
                await command
            assert raised.value.message == WHY
        assert looking.preview(rig.ticket()).reasons == (WHY,)
        assert (looking.waiting(), looking.offers(), looking.questions()) == ((), (), ())
        assert len(rig.broker.writes) == before
        assert await rig.database.read("SELECT count(*) FROM entries") == entries

    story(tmp_path, tell)


def test_the_market_is_out_of_reach_and_says_so(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        now = looking.clock.now()
        for read in (
            looking.quote(SAMSUNG), looking.book(SAMSUNG), looking.candles(SAMSUNG, Period.DAY, now, now),
            looking.orderable(SAMSUNG, OrderType.MARKET, None), looking.sellable(SAMSUNG),
        ):  # fmt: skip
            with pytest.raises(Unreachable):
                await read
        health = looking.health()
        assert all(change.health is StreamHealth.DOWN and change.why == WHY for change in health.streams.values())
        assert not health.aligned
        assert isinstance(looking.board.quote(SAMSUNG), Unknown)
        assert issubclass(Unreachable, BrokerError)

    story(tmp_path, tell)


def test_it_outlives_the_other_desk(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        (before,) = looking.orders()
        await rig.stop()
        await looking.reconcile()
        assert [order.id for order in looking.orders()] == [before.id]
        await rig.start()
        await rig.placed(rig.ticket(quantity=2))
        await until(lambda: len(looking.orders()) == 2)

    story(tmp_path, tell)


def test_everything_can_be_exported_from_here_too(tmp_path: Path) -> None:
    async def tell(rig: WholeRig, looking: ReadOnlyDesk) -> None:
        own = await rig.desk.export(tmp_path / "own", Language.KO, lambda told: told.code)
        theirs = await looking.export(tmp_path / "theirs", Language.KO, lambda told: told.code)
        assert [file.name for file in own] == [file.name for file in theirs]
        for one, other in zip(own, theirs, strict=True):
            assert one.read_bytes().startswith(b"\xef\xbb\xbf")
            with one.open(encoding="utf-8-sig", newline="") as rows:
                assert len(list(csv.reader(rows))) >= 2
            if "activity" not in one.name:
                assert one.read_bytes() == other.read_bytes()

    story(tmp_path, tell)


def test_a_journal_that_does_not_say_whose_it_is_yet_is_told_so(tmp_path: Path) -> None:
    async def main() -> None:
        database = await open_journal(tmp_path / "kis-real@practice-1.sqlite", Rig(tmp_path).clock.now())
        await database.aclose()
        looking = ReadOnlyDesk(tmp_path / "kis-real@practice-1.sqlite", WHY)
        with pytest.raises(Unwritable) as raised:
            await looking.open()
        assert raised.value.message.code == "READ_ONLY_NOT_YET"
        await looking.aclose()

    asyncio.run(main())
