"""A desk on a journal that had to be made anew: it says so, believes the broker, and takes nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from hoga.broker.port import NewOrder
from hoga.domain.instruments import Venue
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.storage.backups import Backups
from hoga.storage.database import Database
from hoga.storage.opening import prepare
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.views import RecoveryKind
from tests.support.fake_broker import SAMSUNG, FakeBroker
from tests.trading.rig import START, AlwaysOpen, Rig, no_mask, rest, virtual


class PreparedRig(Rig):
    """Opens its journal as a desk does."""

    async def start(self, **broker: Any) -> None:
        path = self.folder / "journal.sqlite"
        rebuilt = prepare(path, self.clock.now())
        self.broker = FakeBroker(self.exchange, **broker)
        self.database = Database(path, inline=True, fsync=False)
        self.database.rebuilt = rebuilt
        self.desk = ConnectionDesk(self.broker, self.database, self.clock, AlwaysOpen(), no_mask, self.settings)
        await self.desk.open()

    def backup(self) -> None:
        Backups(self.folder / "journal.sqlite").take(self.clock.now())

    async def lose(self) -> None:
        """The desk is killed, and its journal is overwritten."""
        await self.crash()
        for file in self.folder.glob("journal.sqlite*"):
            file.write_bytes(b"nothing that can be read" * 400)


def test_orders_after_the_backup_come_from_the_broker_and_are_told_for_what_they_may_be(tmp_path: Path) -> None:
    async def main() -> None:
        async with PreparedRig(tmp_path) as rig:
            kept = await rig.placed()
            await rest(1)
            rig.backup()
            lost = await rig.placed(rig.ticket(quantity=7))
            await rest(1)
            assert rig.desk.health().rebuilt is None
            await rig.lose()
            await rest(60)
            await rig.start()
            await rest(5)
            health = rig.desk.health()
            assert health.rebuilt is not None
            assert health.rebuilt.code == "JOURNAL_REBUILT"
            assert health.rebuilt_from == (START + timedelta(seconds=1)).replace(microsecond=0)
            assert rig.state(kept) is OrderState.WORKING
            (other,) = [order for order in rig.desk.orders() if order.id != kept]
            assert other.foreign
            assert other.quantity.count == 7
            report = rig.desk.recovery()
            assert report.rebuilt == health.rebuilt
            assert report.worth_showing
            assert {item.kind for item in report.items} == {RecoveryKind.STILL_WORKING, RecoveryKind.POSSIBLY_OURS}
            assert "POSSIBLY_OURS" in rig.codes() and "JOURNAL_REBUILT" in rig.codes()
            assert "FOREIGN_ORDER" not in rig.codes()
            phone = NewOrder(
                SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(3), Price(69_000), Venue.KRX, None
            )
            rig.exchange.place(phone, channel="MTS")
            await rest(60)
            assert "FOREIGN_ORDER" in rig.codes(), "what comes later is nothing that was lost"
            new = await rig.placed(rig.ticket(quantity=4))
            assert new not in {kept, lost, other.id}
            assert len(rig.exchange.rows) == 4

    virtual(main())


def test_without_a_backup_everything_is_the_brokers_and_can_be_cancelled(tmp_path: Path) -> None:
    async def main() -> None:
        async with PreparedRig(tmp_path) as rig:
            await rig.placed()
            await rest(1)
            await rig.lose()
            await rest(1)
            await rig.start()
            await rest(5)
            assert rig.desk.health().rebuilt is not None
            assert rig.desk.health().rebuilt_from is not None
            (order,) = rig.desk.orders()
            assert order.state is OrderState.WORKING
            await rig.desk.cancel(order.id)
            await rest(2)
            assert rig.state(order.id) is OrderState.CANCELLED

    virtual(main())
