"""One child order: priced freshly, cut to what ceiling, cash and holding allow, and handed to the order desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.broker.port import BrokerError, NotSupported
from hoga.domain.known import Known
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, PlanChild, Side, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.plans import entries as kept
from hoga.plans.checks import order_type
from hoga.plans.course import Slot
from hoga.plans.entries import PlanEntry
from hoga.plans.market import child_price, fresh
from hoga.plans.pace import Pace
from hoga.plans.plan import Leg
from hoga.plans.record import Record
from hoga.plans.scene import Scene, instrument_of
from hoga.plans.tally import room, share_out
from hoga.plans.turns import Turn, Turns
from hoga.trading.facade import Desk
from hoga.trading.views import Consent, Denied, MustAsk, Submitted

_COVERED = frozenset(
    {
        "ORDER_LARGE",
        "POSITION_LARGE",
        "VOLUME_LARGE",
        "FAR_FROM_MARKET",
        "CROSSES_DEEP",
        "BEYOND_THE_LEVELS",
        "ORDERS_FAST",
        "ORDERS_OPEN_MANY",
    }
)


def covered(record: Record) -> Consent:
    """The questions of the gate that approving the plan has answered: it showed sizes, weights, the part of the volume,
    the worst prices and the pace. Whatever else would be asked refuses a child."""
    return Consent(_COVERED, f"plan {record.digest[:16]}")


Keep = Callable[[PlanEntry], Awaitable[Message | None]]
_INTERRUPTED = timedelta(seconds=30)


class Sender:
    """Sends for one plan. ``keep`` makes an entry durable."""

    def __init__(self, desk: Desk, record: Record, scene: Scene, turns: Turns, pace: Pace, keep: Keep) -> None:
        self._desk = desk
        self._record = record
        self._scene = scene
        self._turns = turns
        self._pace = pace
        self._keep = keep
        self._cash_for: int | None = None
        self._cash_at: datetime | None = None

    # --- cash -------------------------------------------------------------------------------------------------------

    async def reckon_cash(self, slot: Slot, now: datetime) -> None:
        """Ask before each round what can really be bought with, and share it out where it is not enough. Raises
        BrokerError."""
        wishes = self._wishes(slot)
        if not wishes or not self._is_due(slot, now):
            return
        cash = await self._cash(self._record.plan.legs[next(iter(wishes))])
        self._cash_for, self._cash_at = slot.number, now
        self._turns.uncap()
        self._scene.look()
        given = share_out(self._wishes(slot), cash, self._record.plan.inputs.account.fee_rate)
        short = Message("PLAN_CASH_SHORT", {"cash": max(cash, 0)})
        for leg, shares in given.items():
            if shares < self._wishes(slot)[leg][0]:
                self._turns.cap(leg, slot, self._scene.tally(leg).committed + shares, short, now)

    def _is_due(self, slot: Slot, now: datetime) -> bool:
        if self._cash_for != slot.number or self._cash_at is None:
            return True
        return self._turns.capped and now - self._cash_at >= timedelta(seconds=self._record.settings.look_s)

    def _wishes(self, slot: Slot) -> dict[int, tuple[int, int]]:
        """(shares, worst price) of each buy that wants an order now."""
        wishes = {}
        for leg, plan in self._record.legs(Side.BUY):
            wanted = 0 if leg in self._record.manual else self._scene.want(leg, slot.totals.get(leg, 0))
            if wanted:
                wishes[leg] = wanted, plan.worst
        return wishes

    async def _cash(self, leg: Leg) -> int:
        """Cash above the plan's buffer, by the broker's word and by ours: the smaller one."""
        own = self._desk.portfolio().orderable
        sums = [own.value.units] if isinstance(own, Known) else []
        try:
            asked = await self._desk.orderable(instrument_of(leg), OrderType.LIMIT, Price(leg.worst))
            sums.append(asked.cash.units)
        except NotSupported:
            if not sums:
                raise
        return min(sums) - self._record.plan.figures.buffer

    # --- orders -----------------------------------------------------------------------------------------------------

    async def send(self, slot: Slot, leg: int) -> None:
        """Order what the leg wants, or let it wait and say why. All is looked at anew once the prices are there."""
        plan = self._record.plan
        try:
            market = await fresh(self._desk, plan.inputs, plan.legs[leg].code, self._record.settings.stale_s)
            limit = child_price(self._record.inputs, market.asset, plan.legs[leg])
        except (BrokerError, RuleUnknown) as error:
            why = error.message if isinstance(error, BrokerError) else Message("PLAN_RULE_UNKNOWN", {"why": str(error)})
            self._turns.wait(leg, self._later(), Message("PLAN_LEG_NO_PRICE", {"why": why}))
            return
        if market.held_by is not None:
            self._turns.wait(leg, self._scene.now + _INTERRUPTED, market.held_by)
            return
        self._scene.look()
        if not self._may_still_go(slot, leg):
            return
        quantity = self._quantity(slot, leg, limit)
        if quantity:
            await self._submit(slot, leg, quantity, limit)

    def _later(self) -> datetime:
        return self._scene.now + timedelta(seconds=self._record.settings.retry_after_s)

    def _may_still_go(self, slot: Slot, leg: int) -> bool:
        """Reading took time: a pause, a stop, a reconnect or a fill may have come between."""
        record = self._record
        stopped = record.paused is not None or record.stopped is not None or self._scene.stop_pressed
        skipped = (slot.side, slot.number) in record.skipped
        if stopped or skipped or self._scene.holds():
            return False
        return self._turns.standing(slot, leg, self._scene.now).turn is Turn.READY

    def _quantity(self, slot: Slot, leg: int, limit: Price | None) -> int:
        """What the leg wants as far as ceiling and holding reach; 0 and a reason where they do not."""
        plan, figures = self._record.plan, self._scene.tally(leg)
        wanted = self._turns.standing(slot, leg, self._scene.now).wanted
        price = limit.units if limit is not None else plan.legs[leg].worst
        quantity = min(wanted, room(plan.legs[leg], figures, price, plan.inputs.account.fee_rate))
        if quantity == 0:
            self._turns.cap(leg, slot, figures.committed, Message("PLAN_LEG_CEILING"), self._scene.now)
        if plan.legs[leg].side is Side.SELL and quantity:
            there = self._scene.sellable(leg)
            if there is None:
                self._turns.wait(leg, self._later(), Message("PLAN_LEG_HOLDING_UNKNOWN"))
                return 0
            if there < quantity:
                why = Message("PLAN_LEG_SELLABLE", {"sellable": there})
                self._turns.cap(leg, slot, figures.committed + there, why, self._scene.now)
            quantity = min(quantity, there)
        return quantity

    async def _submit(self, slot: Slot, leg: int, quantity: int, limit: Price | None) -> None:
        attempt = self._turns.attempt(slot, leg)
        answer = await self._desk.submit(self._ticket(slot, leg, attempt, quantity, limit), covered(self._record))
        now = self._scene.now
        if isinstance(answer, Submitted):
            if answer.again:
                self._turns.used_before(slot, leg)
            self._pace.sent(now)
            return
        reasons = answer.reasons if isinstance(answer, Denied) else answer.questions
        why = Message("PLAN_CHILD_ASKS" if isinstance(answer, MustAsk) else "PLAN_CHILD_DENIED", {"why": reasons[0]})
        self._turns.denied(slot, leg, now, why)
        await self._keep(kept.Noted(at=now, side=slot.side, round=slot.number, leg=leg, why=why, shares=quantity))

    def _ticket(self, slot: Slot, leg: int, attempt: int, quantity: int, limit: Price | None) -> Ticket:
        """Its name is plan, leg, round and try, and a ticket is consumed once: no try can be sent twice, ever."""
        plan, record = self._record.plan.legs[leg], self._record
        return Ticket(
            id=TicketId(f"{record.digest[:32]}/{leg}/{slot.number}/{attempt}"),
            account=self._desk.account,
            instrument=instrument_of(plan),
            side=plan.side,
            type=order_type(record.how(plan.side)),
            quantity=Shares(quantity),
            limit=limit,
            venue=record.plan.inputs.session.venue,
            origin=PlanChild(record.digest, leg, slot.number, attempt),
        )
