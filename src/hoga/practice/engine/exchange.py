"""The practice exchange as doors and the market model see it: wishes are checked, carried out, and durable on return.

Single-threaded and synchronous. Market time moves only by ``advance``; the trading date rolls at 00:00 KST, every
calendar day. The same calls at the same times give the same state byte for byte (``dump``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from hoga.base.clock import KST
from hoga.domain.instruments import Instrument
from hoga.domain.market_data import Book, Candle, Period, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import (
    BuyPower,
    CashFigures,
    EntryKind,
    FillEntry,
    HoldingEntry,
    Listing,
    MarketState,
    NewsKind,
    OrderEntry,
    OrderStatus,
    PauseKind,
    PracticeAccount,
    Rejected,
    RejectReason,
    Sink,
    Submit,
    Taken,
)
from hoga.practice.engine.bars import Bars
from hoga.practice.engine.checks import Prices, Terms, bad_quantity, terms
from hoga.practice.engine.core import Core
from hoga.practice.engine.ledger import Ledger
from hoga.practice.engine.means import held_price, short, short_for_move
from hoga.practice.engine.orders import Order
from hoga.practice.engine.pit import Pit
from hoga.practice.engine.step import Step

_DAY = timedelta(days=1)


class PracticeExchange:
    """Implements ``api.Exchange`` and ``api.HouseDesk``.

    ``start`` is where market time begins: no earlier than ``ledger.resume_at(start)``, else ValueError. Every method
    that changes something raises LedgerError when the disk refuses; the exchange is unusable from then on.
    """

    def __init__(self, listings: Mapping[str, Listing], bars: Bars, ledger: Ledger, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("market time needs a zone")
        if ledger.resume_at(start) > start:
            raise ValueError("market time would run backwards over what the ledger holds")
        self._core = Core(listings, bars, ledger, start.astimezone(KST))
        self._instruments = {code: listing.instrument for code, listing in listings.items()}
        self._next_roll = _midnight_after(self._core.today)

    # --- time ---

    def now(self) -> datetime:
        return self._core.now

    def trading_date(self) -> date:
        return self._core.today

    def advance(self, moment: datetime) -> None:
        """Move market time forward to ``moment``, through every midnight between. Never moves it backwards."""
        core = self._core
        if moment <= core.now:
            return
        core.publish()
        if core.paused:
            self._end_pauses(min(moment, self._next_roll))
        while moment >= self._next_roll:
            core.roll(self._next_roll)
            self._next_roll = _midnight_after(core.today)
            core.publish()
        core.now = moment if moment.tzinfo is KST else moment.astimezone(KST)

    def publish(self) -> None:
        """Tell listeners of every book that changed its looks since it was last told. Call after each model step."""
        self._core.publish()

    def subscribe(self, sink: Sink) -> Callable[[], None]:
        return self._core.subscribe(sink)

    # --- looking at the market ---

    @property
    def ledger_id(self) -> str:
        return self._core.ledger.ledger_id

    def instruments(self) -> Mapping[str, Instrument]:
        return self._instruments

    def state(self, code: str) -> MarketState | None:
        pit = self._core.pits.get(code)
        return None if pit is None else pit.state(self._core.now)

    def book(self, code: str) -> Book | None:
        pit = self._core.pits.get(code)
        return None if pit is None else pit.shown(self._core.now)

    def trades(self, code: str, most: int) -> Sequence[Trade]:
        """The latest trades of the day, newest first; background trades before a restart are not among them."""
        pit = self._core.pits.get(code)
        return [] if pit is None else list(islice(reversed(pit.tape), most))

    def candles(self, code: str, period: Period, start: datetime, end: datetime) -> Sequence[Candle]:
        return self._core.bars.candles(code, period, start, end) if code in self._core.pits else []

    # --- orders ---

    def submit(self, order: Submit) -> Taken | Rejected:
        core = self._core
        core.require_ledger()
        pit = core.pits.get(order.code)
        if order.account not in core.accounts:
            return Rejected(RejectReason.NO_SUCH_ACCOUNT)
        if pit is None:
            return Rejected(RejectReason.NO_SUCH_INSTRUMENT)
        if refusal := bad_quantity(order.quantity):
            return refusal
        found = terms(pit, order.side, order.type, order.tif, Prices(order.limit, order.stop), order.venue)
        if isinstance(found, Rejected):
            return found
        if refusal := short(core.accounts[order.account], pit, order.side, found, order.quantity):
            return refusal
        new = self._order(order.account, pit, order.side, found, order.quantity, EntryKind.NEW)
        new.venue, new.channel = order.venue, order.channel
        return self._accept(Step(), new, found)

    def modify(
        self,
        account: str,
        number: int,
        limit: int | None,
        type: OrderType,
        tif: TimeInForce,
        quantity: int | None,
        stop: int | None = None,
    ) -> Taken | Rejected:
        """Move ``quantity`` (None: everything left) of a working order to new terms, under a new number.

        The moved part loses its turn, the rest keeps it. A refusal leaves the order exactly as it was. A stop-limit
        order that has woken is a limit order like any other: its stop counts no more.
        """
        core = self._core
        core.require_ledger()
        old = self._working(account, number, quantity)
        if isinstance(old, Rejected):
            return old
        moved = old.remaining if quantity is None else quantity
        pit = core.pits[old.code]
        if type is OrderType.STOP_LIMIT:
            type, stop = (type, stop or old.stop) if old.sleeps else (OrderType.LIMIT, None)
        found = terms(pit, old.side, type, tif, Prices(limit, stop), old.venue)
        if isinstance(found, Rejected):
            return found
        if refusal := short_for_move(core.accounts[account], pit, old, moved, found):
            return refusal
        new = self._order(account, pit, old.side, found, moved, EntryKind.MODIFY, old)
        step = Step()
        core.withdraw(old, moved)
        old.move(moved)
        core.release(old)
        step.touch(old)
        return self._accept(step, new, found)

    def cancel(self, account: str, number: int, quantity: int | None, channel: str = "api") -> Taken | Rejected:
        """Cancel ``quantity`` (None: everything left) of a working order; the rest keeps its turn."""
        core = self._core
        core.require_ledger()
        old = self._working(account, number, quantity)
        if isinstance(old, Rejected):
            return old
        cancelled = old.remaining if quantity is None else quantity
        entry = self._order(
            account, core.pits[old.code], old.side, Terms(old.type, old.tif, old.limit, None), cancelled,
            EntryKind.CANCEL, old,
        )  # fmt: skip
        entry.remaining, entry.unit_price = 0, 0
        entry.status, entry.channel = OrderStatus.CANCELLED, channel
        step = Step()
        core.accept(step, entry)
        step.tell(NewsKind.CONFIRMED, entry)
        core.withdraw(old, cancelled)
        old.cancel(cancelled)
        core.release(old)
        step.tell(NewsKind.CANCELLED, old)
        return self._finish(step, entry)

    # --- pauses ---

    def pause(self, code: str, kind: PauseKind, ends: datetime) -> None:
        """Halt or interrupt an instrument until ``ends``, midnight at the latest. Raises KeyError for an unknown one.

        Not kept over a restart: then what was gathered waits in the book.
        """
        self._core.require_ledger()
        self._core.begin_pause(self._core.pits[code], kind, ends.astimezone(KST))
        self._core.publish()

    def resume(self, code: str) -> None:
        """End a pause now. Raises KeyError for an unknown instrument."""
        self._core.end_pause(self._core.pits[code])
        self._core.publish()

    def _end_pauses(self, until: datetime) -> None:
        """End what is due by ``until``, each at its own time."""
        core = self._core
        due = [(pit.pause.ends, code) for code, pit in core.paused.items() if pit.pause and pit.pause.ends <= until]
        for ends, code in sorted(due):
            core.now = max(core.now, ends)
            core.end_pause(core.pits[code])
            core.publish()

    # --- accounts ---

    def accounts(self) -> Sequence[PracticeAccount]:
        return tuple(self._core.identities.values())

    def orders(self, account: str, start: date, end: date) -> Sequence[OrderEntry]:
        """Every number of the trading dates in [start, end], in the order of acceptance."""
        core = self._core
        core.require_ledger()
        if start > core.today:
            return []
        if start == core.today:
            # What is in memory is what is on disk, and a day's list is asked for all the time.
            return [order.entry() for order in core.orders.values() if order.account == account and end >= core.today]
        return core.ledger.orders(account, start, end)

    def fills(self, account: str, start: date, end: date) -> Sequence[FillEntry]:
        """Every fill of the trading dates in [start, end], in the order of booking."""
        return self._core.ledger.fills(account, start, end)

    def cash(self, account: str) -> CashFigures:
        """Raises KeyError for an unknown account."""
        self._core.require_ledger()
        return self._core.accounts[account].cash()

    def holdings(self, account: str) -> Sequence[HoldingEntry]:
        """Raises KeyError for an unknown account."""
        self._core.require_ledger()
        return list(self._core.accounts[account].holdings())

    def buy_power(self, account: str, code: str, type: OrderType, limit: int | None) -> BuyPower | Rejected:
        """A missing limit is reckoned as the upper limit, the dearest that an order could become."""
        self._core.require_ledger()
        pit, book = self._core.pits.get(code), self._core.accounts.get(account)
        if book is None:
            return Rejected(RejectReason.NO_SUCH_ACCOUNT)
        if pit is None:
            return Rejected(RejectReason.NO_SUCH_INSTRUMENT)
        price = limit if type.carries_price and limit else pit.book.upper
        return BuyPower(cash=book.orderable, unit_price=price, quantity=book.most(price))

    # --- the house's desk ---

    def best(self, code: str, side: Side) -> int | None:
        return self._core.pits[code].book.best(side)

    def depth(self, code: str, side: Side, levels: int) -> Sequence[tuple[int, int, int]]:
        return [(price, level.total, level.house) for price, level in self._core.pits[code].book.levels(side, levels)]

    def rest(self, code: str, side: Side, price: int, quantity: int) -> None:
        """Raises ValueError for a price off the grid or outside the limits, or a quantity below one."""
        self._core.house_deals(self._house_pit(code, price, quantity), side, quantity, price, rests=True)

    def withdraw(self, code: str, side: Side, price: int, quantity: int) -> int:
        return self._core.house_withdraws(self._core.pits[code], side, price, quantity)

    def take(self, code: str, side: Side, quantity: int, worst: int) -> int:
        """``side`` is the aggressor's. Raises ValueError as ``rest`` does."""
        return self._core.house_deals(self._house_pit(code, worst, quantity), side, quantity, worst, rests=False)

    # --- for tests ---

    def dump(self, *, house: bool = True) -> bytes:
        """The whole state as canonical JSON; without ``house`` only what a ledger must bring back."""
        core = self._core
        books = {code: pit.book.dump(house=house) for code, pit in sorted(core.pits.items())}
        state = {
            "now": core.now.isoformat() if house else None,
            "today": core.today.isoformat(),
            "books": {code: book for code, book in books.items() if any(book.values())},
            "accounts": {number: account.dump() for number, account in core.accounts.items()},
            "orders": [repr(order) for order in core.orders.values()],
            "next": core.counters(),
        }
        return json.dumps(state, sort_keys=True, ensure_ascii=False).encode()

    # --- inside ---

    def _accept(self, step: Step, order: Order, found: Terms) -> Taken:
        core = self._core
        core.accept(step, order)
        step.tell(NewsKind.CONFIRMED, order)
        core.execute(step, order, found.worst)
        taken = self._finish(step, order)
        core.wake(core.pits[order.code])
        core.publish()
        return taken

    def _finish(self, step: Step, order: Order) -> Taken:
        self._core.commit(step)
        self._core.publish()
        return Taken(order.number, order.branch, order.at)

    def _order(
        self, account: str, pit: Pit, side: Side, found: Terms, quantity: int, kind: EntryKind, old: Order | None = None
    ) -> Order:
        core = self._core
        entry = Order(
            account=account,
            trading_date=core.today,
            number=core.numbers.next(),
            branch=core.settings.branch(core.identities[account].environment),
            original=None if old is None else old.number,
            kind=kind,
            code=pit.code,
            side=side,
            type=found.type,
            tif=found.tif,
            limit=found.limit,
            quantity=quantity,
            at=core.now,
            unit_price=held_price(pit, side, found),
            remaining=quantity,
            stop=found.stop,
        )
        if old is not None:
            entry.venue = old.venue
        return entry

    def _working(self, account: str, number: int, quantity: int | None) -> Order | Rejected:
        """The working order of that number, with at least ``quantity`` left."""
        order = self._core.orders.get(number)
        if account not in self._core.accounts:
            return Rejected(RejectReason.NO_SUCH_ACCOUNT)
        if order is None or order.account != account:
            return Rejected(RejectReason.NO_SUCH_ORDER)
        if not order.remaining:
            return Rejected(RejectReason.NOTHING_LEFT)
        if quantity is not None:
            if refusal := bad_quantity(quantity):
                return refusal
            if quantity > order.remaining:
                return Rejected(RejectReason.TOO_MANY, quantity, order.remaining)
        return order

    def _house_pit(self, code: str, price: int, quantity: int) -> Pit:
        pit = self._core.pits[code]
        if quantity < 1 or not pit.allows(price):
            raise ValueError(f"the house cannot deal {quantity} of {code} at {price}")
        return pit


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + _DAY, time(0), KST)
