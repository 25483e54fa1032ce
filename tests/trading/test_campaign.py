"""Random days under fire: every fault, crashes at any moment, phones on the same account.

Judged by the exchange's rows: nothing lost, nothing doubled, nothing invented, and every figure true in the end. A seed
replays exactly.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from hoga.broker.port import NewOrder
from hoga.domain.broker_orders import BrokerNumber, OrderNotice, RequestKind
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, PlanChild, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Consent, MustAsk
from tests.support.fake_broker import API, HYNIX, PHONE, SAMSUNG, Fault, Row
from tests.trading.rig import Rig, rest, virtual

WRITE_FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


class Campaign:
    """One seeded run. ``chance`` is the share of writes that go wrong. With ``twins`` somebody with a telephone places
    orders that look like ours."""

    def __init__(self, rig: Rig, seed: int, *, chance: float = 0.3, twins: bool = False) -> None:
        self.rig = rig
        self.twins = twins
        self.full = False
        self.random = random.Random(seed)
        self.chance = chance
        self.crashes = 0
        self.asked = 0
        self.faults: Counter[Fault] = Counter()

    def arm(self) -> None:
        self.rig.broker.draw = self._draw
        self.rig.broker.notice_fate = self._fate

    def _draw(self, write: str) -> Fault:
        fault = self.random.choice(WRITE_FAULTS) if self.random.random() < self.chance else Fault.NONE
        self.faults[fault] += 1
        self.rig.broker.late_seconds = self.random.uniform(0.1, 30.0)
        return fault

    def _fate(self, notice: OrderNotice) -> list[float]:
        luck = self.random.random()
        if luck < 0.1:
            return []
        if luck < 0.3:
            return [self.random.uniform(0, 2), self.random.uniform(0, 5)]
        return [self.random.uniform(0, 1.5)]

    async def run(self, actions: int) -> None:
        for _ in range(actions):
            await self._act()
            if self.random.random() < 0.7:
                await rest(self.random.choice([0.0, 0.01, 0.05, 0.3, 2.0, 8.0]))
        await self._calm()

    async def _act(self) -> None:
        deeds = [self._new] * 8 + [self._reprice, self._reduce, self._cancel] * 2
        deeds += [self._fill] * 5 + [self._phone, self._phone_cancel, self._phone_reprice, self._crash, self._stream]
        deeds += [self._offers, self._disk, self._disk]
        await self.random.choice(deeds)()

    def _pick(self) -> Order | None:
        live = [order for order in self.rig.desk.orders() if not order.state.over]
        return self.random.choice(live) if live else None

    async def _new(self) -> None:
        side = self.random.choice(list(Side))
        instrument, base = self.random.choice([(SAMSUNG, 70_000), (HYNIX, 200_000)])
        tick = 100 if instrument == SAMSUNG else 500
        automatic = PlanChild("d", 1, self.rig.tickets, 0) if self.random.random() < 0.2 else None
        ticket = self.rig.ticket(
            side,
            self.random.randint(1, 12),
            base + tick * self.random.randint(-3, 0),
            instrument=instrument,
            origin=automatic,
        )
        result = await self.rig.submit(ticket)
        if isinstance(result, MustAsk) and self.random.random() < 0.5:
            await self.rig.submit(ticket, Consent(frozenset(q.code for q in result.questions), "seen"))

    async def _reprice(self) -> None:
        order = self._pick()
        if order is not None and order.limit is not None:
            step = 100 if order.instrument == SAMSUNG else 500
            base = order.current_limit or order.limit
            await self.rig.desk.reprice(order.id, Price(base.units - step))

    async def _reduce(self) -> None:
        order = self._pick()
        if order is not None and order.leaves.count > 1:
            await self.rig.desk.reduce(order.id, Shares(self.random.randint(1, order.leaves.count - 1)))

    async def _cancel(self) -> None:
        order = self._pick()
        if order is not None:
            await self.rig.desk.cancel(order.id)

    async def _fill(self) -> None:
        live = self.rig.exchange.live()
        if live:
            row = self.random.choice(live)
            self.rig.exchange.fill(row.number, self.random.randint(1, row.remaining))

    async def _phone(self) -> None:
        quantity, limit = self.random.randint(100, 200), 69_000
        if self.twins:
            quantity, limit = self.random.randint(1, 12), 70_000 - 100 * self.random.randint(0, 3)
        order = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(quantity), Price(limit))
        self.rig.exchange.place(order, PHONE)

    async def _phone_cancel(self) -> None:
        live = self.rig.exchange.live()
        if live:
            self.rig.exchange.cancel(self.random.choice(live).number, None, PHONE)

    async def _phone_reprice(self) -> None:
        live = self.rig.exchange.live()
        if live:
            row = self.random.choice(live)
            assert row.limit is not None
            self.rig.exchange.reprice(row.number, Price(row.limit.units + 500), PHONE)

    async def _disk(self) -> None:
        """The disk fills up, or has room again."""
        self.full = not self.full and self.random.random() < 0.5
        self.rig.database.rehearse_unwritable(self.full)

    async def _crash(self) -> None:
        if self.rig.desk.health().unwritten:
            return  # what could not be written is lost with the process: nobody could tell it afterwards
        self.crashes += 1
        await self.rig.restart()
        self.arm()

    async def _stream(self) -> None:
        self.rig.broker.drop_stream()
        await rest(self.random.uniform(0, 3))
        self.rig.broker.heal_stream()
        self.arm()

    async def _offers(self) -> None:
        for offer in self.rig.desk.offers():
            if self.random.random() < 0.5:
                await self.rig.desk.resume(offer.request.id)
            else:
                await self.rig.desk.discard(offer.request.id)

    async def _calm(self) -> None:
        """Everything works again; whatever is open gets its time to settle."""
        rig = self.rig
        rig.broker.draw = lambda write: Fault.NONE
        rig.broker.heal_stream()
        rig.database.rehearse_unwritable(False)
        for _ in range(4):
            await rest(80)
            for question in rig.desk.questions():
                self.asked += 1
                ours = [row.number for row in question.candidates if row.channel == API]
                await rig.desk.answer(question.id, ours[0] if ours else None)
            for offer in rig.desk.offers():
                await rig.desk.discard(offer.request.id)
        await rig.desk.reconcile()


def judge(rig: Rig) -> list[str]:
    """What the exchange's rows and the desk's orders disagree about."""
    claimed: Counter[BrokerNumber] = Counter()
    faults: list[str] = []
    for order in rig.desk.orders():
        claimed.update(life.number for life in order.numbers if life.request is not None)
        faults += judge_order(order, rig.exchange.rows)
    for number, row in rig.exchange.rows.items():
        if row.channel == API and claimed[number] != 1:
            faults.append(f"{'lost' if not claimed[number] else 'doubled'}: {number} {row}")
    holdings = rig.desk.portfolio().holdings
    assert isinstance(holdings, Known)
    held = {holding.position.instrument: holding.position.quantity.count for holding in holdings.value}
    if held != {instrument: count for instrument, count in rig.exchange.holdings.items() if count}:
        faults.append(f"positions: {held} are {rig.exchange.holdings}")
    return faults


def judge_order(order: Order, rows: Mapping[BrokerNumber, Row]) -> list[str]:
    faults = [f"open: {order.id} {request.kind} {request.state}" for request in order.asked]
    for life in order.numbers:
        row = rows.get(life.number)
        if row is None or (life.request is not None and row.channel != API):
            faults.append(f"invented: {order.id} claims {row or life.number}")
        elif life.kind is RequestKind.NEW and _terms(row) != _terms(order):
            faults.append(f"wrong terms: {order.id} claims {row}")
    mine = [rows[life.number] for life in order.numbers if life.number in rows]
    truth = (sum(r.filled for r in mine), sum(r.remaining for r in mine), sum(r.amount for r in mine))
    shown = (order.filled.count, order.leaves.count, order.filled_amount.units)
    if shown != truth:
        faults.append(f"figures: {order.id} {order.state} shows {shown}, is {truth}")
    return faults


def _terms(what: Row | Order) -> tuple[object, ...]:
    quantity = what.quantity.count if isinstance(what.quantity, Shares) else what.quantity
    return what.instrument, what.side, quantity, what.limit


def run_campaign(folder: Path, seed: int, actions: int, *, chance: float = 0.3, twins: bool = False) -> Campaign:
    async def main() -> Campaign:
        rig = Rig(folder, DeskSettings(most_in_flight=4))
        await rig.start()
        campaign = Campaign(rig, seed, chance=chance, twins=twins)
        campaign.arm()
        await campaign.run(actions)
        found = judge(rig)
        assert found == [], f"seed {seed}: " + "\n".join(found)
        await rig.stop()
        return campaign

    return virtual(main())


@pytest.mark.parametrize(("seed", "twins"), [(0, False), (1, False), (2, False), (12, False), (1, True), (19, True)])
def test_nothing_is_lost_doubled_or_invented(tmp_path: Path, seed: int, twins: bool) -> None:
    campaign = run_campaign(tmp_path, seed, 400, twins=twins)
    assert campaign.crashes > 3
    assert sum(count for fault, count in campaign.faults.items() if fault is not Fault.NONE) > 20
    if not twins:
        assert campaign.asked == 0, "only a twin from a telephone is worth a question"
