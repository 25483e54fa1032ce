"""What an executor sees: its plan's own orders leg by leg, what the person trades beside it, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.sessions import Phase
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderId
from hoga.plans.course import in_session, session_end
from hoga.plans.plan import Leg
from hoga.plans.record import Record
from hoga.plans.tally import Tally, is_child, net_bought, origin_of, tally, want
from hoga.plans.views import QuestionKind
from hoga.trading.facade import Desk


def instrument_of(leg: Leg) -> InstrumentId:
    return InstrumentId(leg.code)


def rebuilding(desk: Desk) -> str:
    """Names the rebuilding of the journal that this desk lives on; empty: it was not rebuilt."""
    health = desk.health()
    if health.rebuilt is None:
        return ""
    return sha256(f"{health.rebuilt_from} {health.rebuilt}".encode()).hexdigest()[:16]


class Scene:
    """``look`` takes a new picture of the orders; everything else reads from it."""

    def __init__(self, desk: Desk, record: Record) -> None:
        self._desk = desk
        self._record = record
        self._known: dict[OrderId, None] = {}
        self._by_leg: dict[int, list[Order]] = {}
        self._beside: tuple[Order, ...] = ()
        self.look()

    @property
    def now(self) -> datetime:
        return self._desk.clock.now()

    def look(self) -> None:
        """Orders that the day's book has let go of (a new day has begun) are still the plan's."""
        orders = self._desk.orders()
        mine = self._record.adopted | self.doubtful()
        for seen in orders:
            if is_child(seen, self._record.digest) or seen.id in mine:
                self._known.setdefault(seen.id)
        by_leg: dict[int, list[Order]] = {number: [] for number in range(len(self._record.plan.legs))}
        for id in tuple(self._known):
            order = self._desk.order(id)
            leg = self._leg_of(order, mine) if order is not None else None
            if order is not None and leg is not None:
                by_leg[leg].append(order)
        self._by_leg = by_leg
        if self._of_its_day():
            self._beside = tuple(order for order in orders if order.id not in self._known)

    def _of_its_day(self) -> bool:
        """Afterwards the day's book no longer holds what was traded beside it."""
        now = self.now.astimezone(KST)
        return now.date() == self._record.plan.inputs.session.trading_date

    def _leg_of(self, order: Order, mine: frozenset[OrderId]) -> int | None:
        if is_child(order, self._record.digest):
            origin = origin_of(order)
            return origin.leg if origin is not None and origin.leg < len(self._record.plan.legs) else None
        if order.id not in mine:  # the person said that it is not the plan's
            self._known.pop(order.id, None)
            return None
        return next((n for n, leg in enumerate(self._record.plan.legs) if _about(order, leg)), None)

    # --- the plan's orders ------------------------------------------------------------------------------------------

    def children(self, leg: int) -> tuple[Order, ...]:
        return tuple(self._by_leg[leg])

    def all_children(self) -> Iterable[tuple[int, Order]]:
        return [(leg, order) for leg, orders in self._by_leg.items() for order in orders]

    def tally(self, leg: int) -> Tally:
        return tally(self._by_leg[leg], self._record.plan.legs[leg])

    def beside(self, leg: int) -> int:
        """Shares that were bought (sold: negative) in the leg's instrument outside the plan since its approval.

        Counted from what the day had brought by then, not by the times of fills: brokers tell those in whole seconds.
        """
        plan = self._record.plan.legs[leg]
        return net_bought(self._beside, instrument_of(plan)) - self._record.approved.bought.get(plan.code, 0)

    def want(self, leg: int, due: int) -> int:
        return want(self._record.plan.legs[leg], due, self.beside(leg), self.tally(leg))

    def sellable(self, leg: int) -> int | None:
        """None while the holdings are not known."""
        portfolio = self._desk.portfolio()
        if not isinstance(portfolio.holdings, Known):
            return None
        holding = portfolio.holding(instrument_of(self._record.plan.legs[leg]))
        return holding.sellable.count if holding is not None else 0

    # --- what is in the way -----------------------------------------------------------------------------------------

    @property
    def rebuilt(self) -> str | None:
        """Names the rebuilding of the journal that the person has not yet decided about; None: nothing to decide."""
        name = rebuilding(self._desk)
        if not name or name == self._record.approved.rebuilt:
            return None
        return name if self._record.answer(QuestionKind.REBUILT, name) is None else None

    def doubtful(self) -> frozenset[OrderId]:
        """After a rebuilt journal: orders of today, in the plan's instruments and on its sides, that nobody here knows
        to have made. They count as its own until the person decides."""
        if self.rebuilt is None:
            return frozenset()
        return frozenset(
            order.id
            for order in self._desk.orders()
            if order.foreign and any(_about(order, leg) for leg in self._record.plan.legs)
        )

    def holds(self) -> tuple[Message, ...]:
        """Why nothing may leave now though nobody stopped it: every reason at once."""
        health = self._desk.health()
        reasons = []
        fills, rest = health.streams.get(Stream.FILLS), health.streams.get(Stream.REST)
        if fills is None or fills.health is not StreamHealth.LIVE:
            reasons.append(Message("PLAN_HELD_CONNECTION", {"stream": Stream.FILLS.value}))
        if rest is not None and rest.health is StreamHealth.DOWN:
            reasons.append(Message("PLAN_HELD_CONNECTION", {"stream": Stream.REST.value}))
        if not health.aligned:
            reasons.append(Message("PLAN_HELD_RECONCILE"))
        if health.journal is not None:
            reasons.append(Message("PLAN_HELD_JOURNAL"))
        if not in_session(self._record.plan, self.now) or self._auction() is not None:
            reasons.append(self._auction() or Message("PLAN_HELD_SESSION"))
        return tuple(reasons)

    def _auction(self) -> Message | None:
        """The auction that runs now, whatever the plan expected of the day."""
        try:
            status = self._desk.schedule.status(self._record.plan.inputs.session.venue, self.now)
        except RuleUnknown:
            return None
        if status.phase not in (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION):
            return None
        until = status.until.astimezone(KST)
        return Message("PLAN_HELD_AUCTION", {"phase": status.phase.value, "until": f"{until:%H:%M:%S}"})

    def last_moment(self) -> datetime:
        """Until when its orders may fill: the end of continuous trading; of the closing auction right behind it where
        they take part in that."""
        plan = self._record.plan
        end = session_end(plan)
        if self._record.settings.through_auction and any(order.leaves for _, order in self.all_children()):
            try:
                windows = self._desk.schedule.windows(plan.inputs.session.venue, plan.inputs.session.trading_date)
            except RuleUnknown:
                windows = ()
            auction = [w.end for w in windows if w.phase is Phase.CLOSING_AUCTION and w.start == end]
            if auction:
                return auction[0]
        return end - timedelta(seconds=plan.inputs.timing.margin_s)

    @property
    def stop_pressed(self) -> bool:
        return self._desk.health().stopped_since is not None


def _about(order: Order, leg: Leg) -> bool:
    return order.instrument.code == leg.code and order.side is leg.side
