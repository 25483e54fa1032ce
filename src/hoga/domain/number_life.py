"""What is known of one broker number, and how the shares of one order lie over the tree of its numbers.

Everything heard is a bound, never a running total, so that repeats, gaps and any order of arrival do no harm:

* *filled* is the larger of two lower bounds: the sum of distinct notices and the broker's cumulative figure;
* what may still *become* filled (the ceiling) is the smallest upper bound: the ordered quantity less what was
  confirmed as cancelled or moved, and filled + remaining as any list row ever showed it.

A number's filled only grows and its ceiling only shrinks at the broker, so each bound stays true for good. Source:
architecture.md "Fills count once".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, OrderReport, RequestKind
from hoga.domain.tickets import RequestId
from hoga.domain.values import Price

CARRIERS = frozenset({RequestKind.NEW, RequestKind.REPRICE})
"""Numbers that carry shares to the market. Those of a reduce or cancel only take shares away from another number."""


class NoticeFill(Struct, frozen=True):
    """One distinct execution as a notice told it. Shares and the price in units of the currency."""

    key: str
    quantity: int
    price_units: int
    at: datetime


class NumberLife(Struct, frozen=True):
    """Everything heard of one number, as bounds. ``quantity`` is None until the broker or our own send has told it.

    ``request`` is ours, or None when somebody with a telephone made the number.
    """

    number: BrokerNumber
    kind: RequestKind
    original: BrokerNumber | None
    request: RequestId | None
    quantity: int | None
    limit: Price | None
    fills: tuple[NoticeFill, ...] = ()
    confirmed: bool = False
    refused: bool = False
    lapsed: bool = False
    rest_cancelled: int | None = None
    """Shares of an IOC or FOK remainder; 0 when a notice spoke of it without a number: all that is left."""
    reported_filled: int = 0
    reported_amount: int = 0
    reported_ceiling: int | None = None
    seen_acting: bool = False
    """Some row of the list once showed shares of it live, filled or cancelled."""
    accepted_at: datetime | None = None

    @property
    def noticed(self) -> int:
        """Sum of distinct notices, never more than was ordered: a repeat in new clothes must not overcount."""
        total = sum(fill.quantity for fill in self.fills)
        return total if self.quantity is None else min(total, self.quantity)

    @property
    def filled(self) -> int:
        """Both terms are lower bounds, so this never overcounts; the next list completes it."""
        return max(self.noticed, self.reported_filled)

    @property
    def filled_amount(self) -> int:
        """What the filled shares cost or brought, in units; the broker's own figure once its list knows as much."""
        if self.reported_filled >= self.noticed:
            return self.reported_amount
        return sum(fill.quantity * fill.price_units for fill in self.fills)

    @property
    def carries(self) -> bool:
        return self.kind in CARRIERS

    @property
    def acted_on(self) -> bool:
        """The exchange has acted on it. An answer alone says only that the broker passed it on (kis.md 4.2.5)."""
        return not self.refused and (self.confirmed or self.seen_acting or self.filled > 0)


def acted_on(lives: Collection[NumberLife]) -> frozenset[BrokerNumber]:
    """The numbers on which the exchange has acted: by what was heard of them, or of one that took over from them."""
    known = {life.number: life for life in lives}
    acting: set[BrokerNumber] = set()
    for life in lives:
        step: NumberLife | None = life if life.acted_on else None
        while step is not None and step.number not in acting:
            acting.add(step.number)
            step = known.get(step.original) if step.original is not None else None
    return frozenset(acting)


def fill_key(notice: OrderNotice) -> str:
    """What tells this execution from others of its number (architecture.md "Fills count once")."""
    price = notice.price.units if notice.price else 0
    return notice.execution or f"{notice.at.isoformat()}/{price}/{notice.quantity.count}"


def hear(life: NumberLife, notice: OrderNotice) -> NumberLife:
    """The life after a notice about its number. Repeats change nothing."""
    count = notice.quantity.count
    if notice.kind is NoticeKind.FILLED:
        return _hear_fill(life, notice)
    if notice.kind is NoticeKind.CONFIRMED:
        known = life.quantity if life.kind is RequestKind.NEW else (count or life.quantity)
        return replace(life, confirmed=True, quantity=known, original=life.original or notice.original)
    if notice.kind is NoticeKind.REJECTED:
        return replace(life, refused=True)
    if notice.kind is NoticeKind.REST_CANCELLED:
        return replace(life, rest_cancelled=max(count, life.rest_cancelled or 0))
    if notice.kind is NoticeKind.RECEIVED and life.quantity is None and life.kind is RequestKind.NEW:
        return replace(life, quantity=count or None)
    return life


def _hear_fill(life: NumberLife, notice: OrderNotice) -> NumberLife:
    key, count = fill_key(notice), notice.quantity.count
    if count == 0 or notice.price is None or any(fill.key == key for fill in life.fills):
        return life
    return replace(life, fills=(*life.fills, NoticeFill(key, count, notice.price.units, notice.at)))


def read_row(life: NumberLife, row: OrderReport) -> NumberLife:
    """The life after a row of the broker's list. An older row read later does no harm."""
    if not life.carries:
        refused = life.refused or (row.rejected.count > 0 and row.rejected >= row.quantity)
        return replace(life, quantity=row.quantity.count or life.quantity, refused=refused)
    filled, ceiling = row.filled.count, row.filled.count + row.remaining.count
    newer = filled >= life.reported_filled
    return replace(
        life,
        quantity=row.quantity.count or life.quantity,
        reported_filled=max(filled, life.reported_filled),
        reported_amount=row.filled_amount.units if newer else life.reported_amount,
        reported_ceiling=ceiling if life.reported_ceiling is None else min(ceiling, life.reported_ceiling),
        seen_acting=life.seen_acting or ceiling + row.cancelled.count > 0,
        refused=life.refused or (row.rejected.count > 0 and row.rejected >= row.quantity and filled == 0),
        accepted_at=life.accepted_at or row.at,
        limit=life.limit or row.limit,
    )


def ceilings(lives: Collection[NumberLife], moving: Collection[BrokerNumber] = ()) -> Mapping[BrokerNumber, int]:
    """How much each carrying number may have filled in the end: filled so far plus what may still be live.

    ``moving`` are numbers that a reprice of unknown outcome speaks of. A list that no longer shows shares there does
    not close them: they may live on under a number that we have not been told.
    """
    known = {life.number: life for life in lives}
    acting = acted_on(lives)
    children: dict[BrokerNumber, list[NumberLife]] = {}
    for life in lives:
        counts = life.number in acting if life.kind is RequestKind.REPRICE else life.confirmed
        if life.original in known and life.original is not None and counts and not life.refused:
            children.setdefault(life.original, []).append(life)
    result: dict[BrokerNumber, int] = {}
    queue = [(life, life.quantity or 0) for life in lives if life.original not in known]
    while queue:
        life, given = queue.pop()
        if not life.carries or life.number in result:
            continue
        heirs = children.get(life.number, ())
        own, passed_on = _split(life, given, heirs, life.number in moving)
        result[life.number] = own
        queue.extend((heir, passed_on if heir.quantity is None else heir.quantity) for heir in heirs)
    return result


def _split(life: NumberLife, given: int, children: Collection[NumberLife], moving: bool) -> tuple[int, int]:
    """(ceiling of this number, shares for a child that took over without saying how many)."""
    ceiling = given
    unsized = False
    for child in children:
        if child.quantity:
            ceiling -= child.quantity
        elif child.carries:
            unsized = True
        else:
            ceiling = life.filled
    if life.rest_cancelled is not None:
        ceiling = ceiling - life.rest_cancelled if life.rest_cancelled else life.filled
    if life.reported_ceiling is not None and not moving and not unsized:
        ceiling = min(ceiling, life.reported_ceiling)
    if life.refused or life.lapsed:
        ceiling = life.filled
    ceiling = max(ceiling, life.filled)
    return (life.filled, ceiling - life.filled) if unsized else (ceiling, 0)
