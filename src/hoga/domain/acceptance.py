"""Which kinds of order a venue takes in which phase, from a dated table. Source: markets.md 2.4, 2.5, 5.1.

Only types that hoga can name are in the table, so an abolished one cannot be built at all. What is refused here is
known to be refused by the market; what the table lets pass may still be refused by a broker. Cancels are never asked
about: nothing holds back a cancel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from hoga.domain.instruments import ProductType, Venue
from hoga.domain.sessions import Phase, PhaseStatus, Schedule
from hoga.domain.tables import Strict, load
from hoga.domain.tickets import OrderType, TimeInForce

Kind: TypeAlias = tuple[OrderType, TimeInForce]


class SendRefusal(Enum):
    """Why an order of a kind cannot be sent at a moment."""

    CLOSED = "the venue takes no orders in this phase"
    KIND_NEVER = "the venue never takes orders of this kind"
    KIND_NOT_NOW = "the venue does not take orders of this kind in this phase"
    KIND_NOT_IN_VI = "orders of this kind are not taken while a volatility interruption holds"
    PRODUCT_NOT_NOW = "this kind of product is not traded in this phase"


class SendCheck(Struct, frozen=True):
    """``refusal`` is None when the order may be sent; ``status`` says in which phase, and until when."""

    refusal: SendRefusal | None
    status: PhaseStatus

    @property
    def allowed(self) -> bool:
        return self.refusal is None


def check_send(
    schedule: Schedule, venue: Venue, moment: datetime, kind: Kind, product: ProductType, *, interrupted: bool = False
) -> SendCheck:
    """Whether an order of ``kind`` may be sent to ``venue`` at ``moment``.

    ``interrupted``: the instrument is in a volatility interruption (VI); a two-minute auction takes fewer kinds.
    Raises RuleUnknown where the schedule has no hours.
    """
    status = schedule.status(venue, moment)
    on = schedule.rules_day(status.trading_date)
    phases = [window.phase for window in schedule.open_windows(venue, moment)]
    rows = [row for phase in phases if (row := _row(venue, phase, on)) is not None]
    return SendCheck(_refusal(rows, venue, kind, product, interrupted), status)


def kinds_taken(venue: Venue, phase: Phase, on: date) -> frozenset[Kind]:
    """Every kind the venue takes in a phase on a day; none in a phase without orders."""
    row = _row(venue, phase, on)
    return row.kinds if row is not None else frozenset()


def _refusal(
    rows: list[_Taken], venue: Venue, kind: Kind, product: ProductType, interrupted: bool
) -> SendRefusal | None:
    if not any(kind in row.kinds for row in _TABLE if row.venue is venue):
        return SendRefusal.KIND_NEVER
    if not rows:
        return SendRefusal.CLOSED
    open_to_product = [row for row in rows if product not in row.without]
    if not open_to_product:
        return SendRefusal.PRODUCT_NOT_NOW
    if not any(kind in row.kinds for row in open_to_product):
        return SendRefusal.KIND_NOT_NOW
    return SendRefusal.KIND_NOT_IN_VI if interrupted and kind not in _DURING_INTERRUPTION else None


class _Taken(Struct, frozen=True):
    venue: Venue
    phase: Phase
    since: date
    kinds: frozenset[Kind]
    without: frozenset[ProductType]


@lru_cache(256)
def _row(venue: Venue, phase: Phase, on: date) -> _Taken | None:
    return max(
        (row for row in _TABLE if row.venue is venue and row.phase is phase and row.since <= on),
        key=lambda row: row.since,
        default=None,
    )


_Types: TypeAlias = Mapping[OrderType, Iterable[TimeInForce]]


class _FileRow(Strict, frozen=True):
    venue: Venue
    phase: Phase
    since: date
    types: dict[OrderType, tuple[TimeInForce, ...]]
    without: tuple[ProductType, ...] = ()


class _File(Strict, frozen=True):
    source: str
    rows: tuple[_FileRow, ...]
    during_interruption: dict[OrderType, tuple[TimeInForce, ...]]


def _kinds(types: _Types) -> frozenset[Kind]:
    return frozenset((type, tif) for type, tifs in types.items() for tif in tifs)


_FILE = load("acceptance.json", _File)
_TABLE = tuple(_Taken(row.venue, row.phase, row.since, _kinds(row.types), frozenset(row.without)) for row in _FILE.rows)
_DURING_INTERRUPTION = _kinds(_FILE.during_interruption)
