"""What the broker's balance shows and our fills do not explain (guide G5): each balance against the one before it.

Shares are what was held when the first day began, and every fill since, foreign orders' included. Cash is what the
balance before said, less what was bought and plus what was sold since; costs lie between nothing and what no fee table
exceeds. A balance and the notices may be ahead of each other, so a difference counts when two balances show it with a
complete order list read between them. It is told once, stands until the person has seen it, and goes by itself when a
late report explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from hoga.domain.accounts import Balance
from hoga.domain.instruments import InstrumentId
from hoga.domain.positions import NO_FLOW, Flow
from hoga.domain.values import Currency, Money, Shares
from hoga.trading.flows import FlowsSince
from hoga.trading.records import OrderRecords
from hoga.trading.views import Difference

CONFIRM_AFTER = timedelta(seconds=15)
"""Between the two balances that must show the same: a broker's balance may lag behind its own fills."""
_COSTS_PERCENT = 1
"""No commission and tax of a trade in shares takes more of its amount (markets.md 4.1-4.3)."""
_ROUNDING = 100
"""Won by which a broker's roundings of some trades may add up."""
_CASH = None
Subject = InstrumentId | None
"""An instrument, or None for the cash."""


class _Suspect(Struct, frozen=True):
    """Off by ``off`` units since the balance read at ``began``."""

    off: int
    began: datetime


class _CashSeen(Struct, frozen=True):
    """The cash of a balance, and what had been traded by then. ``proven``: it was in step with the balance before.

    Some brokers tell cash and shares in two answers, between which a fill may fall that we have not heard of: one
    balance alone proves nothing, and least of all the first. ``costs`` is what went beyond the trades that we knew: a
    small buy that we had not heard of may hide in it, and comes back once when it is heard of.
    """

    units: int
    traded: Flow
    proven: bool = False
    costs: int = 0


class News(Enum):
    """What became of a difference."""

    FOUND = "found"
    EXPLAINED = "explained"
    """A late report made it whole."""
    SEEN = "seen"


class Differences:
    """``tell`` hears what became of each."""

    def __init__(self, records: OrderRecords, currency: Currency, tell: Callable[[Difference, News], None]) -> None:
        self._currency = currency
        self._told = tell
        self._flows = FlowsSince(records)
        self._base: dict[InstrumentId, int] = {}
        self._cash: _CashSeen | None = None
        self._suspects: dict[Subject, _Suspect] = {}
        self._standing: tuple[Difference, ...] = ()
        self._count = 0

    @property
    def standing(self) -> tuple[Difference, ...]:
        return self._standing

    @property
    def suspects(self) -> bool:
        """Whether something is off that another balance must confirm."""
        return bool(self._suspects)

    def accept(self, id: str) -> None:
        """The person has seen it. An id that stands no more is no error."""
        for seen in [one for one in self._standing if one.id == id]:
            self._standing = tuple(one for one in self._standing if one is not seen)
            self._told(seen, News.SEEN)

    def compare(
        self,
        balance: Balance,
        began: datetime,
        last_list: datetime | None,
        *,
        moved: bool,
        unclaimed: Collection[InstrumentId] = (),
    ) -> None:
        """Judge a balance whose read began at ``began``. ``moved``: our fills changed while it was read, so that
        nothing can be said of it. ``last_list``: when the last complete order list was begun. ``unclaimed``: in which
        instruments that list shows orders of which it is not settled yet whose they are: they may explain anything."""
        if self._flows.since is None:
            self._begin(balance)
        elif moved:
            return
        flows = self._flows.now()
        held = {row.instrument: row.quantity.count for row in balance.holdings}
        subjects = [id for id in dict.fromkeys((*held, *self._base, *flows)) if id not in unclaimed]
        for id in unclaimed:
            self._suspects.pop(id, None)
        off = {
            id: delta
            for id in subjects
            if (delta := held.get(id, 0) - self._expected(id, flows)) or id in self._suspects
        }
        for id, delta in off.items():
            if self._sure(id, delta, began, last_list):
                expected = max(self._expected(id, flows), 0)
                self._base[id] = self._base.get(id, 0) + delta
                self._tell(id, Shares(expected), Shares(held.get(id, 0)), began)
        if not any(off.values()) and not unclaimed:
            self._compare_cash(balance, flows, began, last_list)

    # --- shares -----------------------------------------------------------------------------------------------------

    def _begin(self, balance: Balance) -> None:
        """What was held when the balance's date began: its own figures say so, whatever we have heard by now."""
        self._flows.begin(balance.on)
        for row in balance.holdings:
            self._base[row.instrument] = row.quantity.count - row.bought_today.count + row.sold_today.count
        for id, flow in self._flows.now().items():
            # Not in the balance, so sold to the last share: it began with what was sold of it beyond today's buys.
            self._base.setdefault(id, max(flow.sold - flow.bought, 0))

    def _expected(self, id: InstrumentId, flows: Mapping[InstrumentId, Flow]) -> int:
        flow = flows.get(id, NO_FLOW)
        return self._base.get(id, 0) + flow.bought - flow.sold

    # --- cash -------------------------------------------------------------------------------------------------------

    def _compare_cash(
        self, balance: Balance, flows: Mapping[InstrumentId, Flow], began: datetime, last_list: datetime | None
    ) -> None:
        report = next((one for one in balance.cash if one.currency is self._currency), None)
        if report is None:
            return
        traded, units = sum(flows.values(), NO_FLOW), report.settled_d2.units
        before, self._cash = self._cash, self._cash or _CashSeen(units, traded)
        if before is None:
            return
        since = traded - before.traded
        expected = before.units - since.bought_amount + since.sold_amount
        turnover = abs(since.bought_amount) + abs(since.sold_amount)
        dearest = turnover * _COSTS_PERCENT // 100 + (_ROUNDING if turnover else 0)
        off = 0 if -dearest <= units - expected <= before.costs else units - expected
        if not off or not before.proven:
            self._suspects.pop(_CASH, None)
            costs = max(expected - units, 0) if turnover else before.costs
            self._cash = _CashSeen(units, traded, not off, costs if not off else 0)
        elif self._sure(_CASH, off, began, last_list):
            self._cash = _CashSeen(units, traded, proven=True)
            self._tell(_CASH, Money(expected, self._currency), Money(units, self._currency), began)

    # --- telling ----------------------------------------------------------------------------------------------------

    def _sure(self, subject: Subject, off: int, began: datetime, last_list: datetime | None) -> bool:
        """Whether a second balance shows the same, late enough and with a complete order list in between."""
        before = self._suspects.get(subject)
        if not off:
            self._suspects.pop(subject, None)
        elif before is None or before.off != off:
            self._suspects[subject] = _Suspect(off, began)
        elif last_list is not None and before.began <= last_list <= began and began - before.began >= CONFIRM_AFTER:
            del self._suspects[subject]
            return True
        return False

    def _tell(self, subject: Subject, expected: Shares | Money, found: Shares | Money, at: datetime) -> None:
        for one in self._standing:
            if one.instrument == subject and _off(one) == _units(expected) - _units(found):
                self._standing = tuple(other for other in self._standing if other is not one)
                self._told(one, News.EXPLAINED)
                return
        self._count += 1
        difference = Difference(f"difference {self._count}", at, subject, expected, found)
        self._standing += (difference,)
        self._told(difference, News.FOUND)


def _units(value: Shares | Money) -> int:
    return value.count if isinstance(value, Shares) else value.units


def _off(one: Difference) -> int:
    return _units(one.found) - _units(one.expected)
