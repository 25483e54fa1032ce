"""A plan's orders as its views and its report tell them, and the line of schedule against actual."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Price
from hoga.plans import entries as kept
from hoga.plans.chaser import reprices
from hoga.plans.course import awaits_sells, expected
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.tally import origin_of
from hoga.plans.turns import refused_words
from hoga.plans.views import ChildView, PlanState, TrackPoint


def child_view(leg: int, order: Order) -> ChildView:
    origin = origin_of(order)
    return ChildView(
        order=order.id,
        leg=leg,
        round=origin.round if origin is not None else 0,
        attempt=origin.attempt if origin is not None else 0,
        at=order.made_at,
        quantity=order.quantity.count,
        filled=order.filled.count,
        leaves=order.leaves.count,
        limit=order.current_limit,
        state=order.state,
        unknown=order.unknown,
        reprices=reprices(order),
        why=refused_words(order) if order.state.over and order.closed else None,
    )


def as_kept(child: ChildView) -> kept.ChildEnd:
    return kept.ChildEnd(
        order=str(child.order),
        leg=child.leg,
        round=child.round,
        attempt=child.attempt,
        made_at=child.at,
        quantity=child.quantity,
        filled=child.filled,
        limit=child.limit.units if child.limit is not None else None,
        state=child.state,
        reprices=child.reprices,
        why=child.why,
    )


def as_view(child: kept.ChildEnd) -> ChildView:
    return ChildView(
        order=OrderId(child.order),
        leg=child.leg,
        round=child.round,
        attempt=child.attempt,
        at=child.made_at,
        quantity=child.quantity,
        filled=child.filled,
        leaves=0,
        limit=Price(child.limit) if child.limit is not None else None,
        state=child.state,
        unknown=child.state is OrderState.UNKNOWN,
        reprices=child.reprices,
        why=child.why,
    )


def track(record: Record, scene: Scene, until: datetime) -> tuple[TrackPoint, ...]:
    """One point at each round that was due, at each fill, and at ``until``, in won at the plan's prices."""
    price = [leg.price for leg in record.plan.legs]
    steps: list[tuple[datetime, Side, int, int]] = []
    for side in Side:
        steps += _scheduled(record, side, price, until)
    for leg, order in scene.all_children():
        side = record.plan.legs[leg].side
        steps += [(min(line.at, until), side, 0, line.quantity.count * price[leg]) for line in order.executions]
    due, filled = dict.fromkeys(Side, 0), dict.fromkeys(Side, 0)
    points: dict[datetime, TrackPoint] = {}
    for at, side, more_due, more_filled in [*sorted(steps, key=lambda step: step[0]), (until, Side.SELL, 0, 0)]:
        due[side] += more_due
        filled[side] += more_filled
        points[at] = TrackPoint(at, due[Side.SELL], filled[Side.SELL], due[Side.BUY], filled[Side.BUY])
    return tuple(points.values())


def _scheduled(
    record: Record, side: Side, price: list[int], until: datetime
) -> Iterable[tuple[datetime, Side, int, int]]:
    """By how much what is due grew with each round. Buys that wait for the sells are not due."""
    before = 0
    for slot in () if awaits_sells(record, side) else expected(record, side, until):
        if not slot.skipped and slot.at <= until:
            now = sum(total * price[leg] for leg, total in slot.totals.items())
            yield slot.at, side, now - before, 0
            before = now


def final(record: Record, scene: Scene, state: PlanState) -> kept.Ended:
    """The last entry: how it ended, with every figure of the report that the orders tell."""
    now = scene.now
    tallies = [(scene.tally(number), scene.beside(number)) for number in range(len(record.plan.legs))]
    return kept.Ended(
        at=now,
        state=state,
        legs=tuple(kept.LegEnd(figures.filled, figures.amount, beside) for figures, beside in tallies),
        children=tuple(as_kept(child) for child in in_order(scene)),
        track=track(record, scene, now),
    )


def in_order(scene: Scene) -> Iterable[ChildView]:
    """Every order of the plan, oldest first."""
    return sorted((child_view(leg, order) for leg, order in scene.all_children()), key=lambda child: child.at)
