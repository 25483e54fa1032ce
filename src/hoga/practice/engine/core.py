"""The heart of the exchange: orders meet the book, fills are booked, and a step becomes durable before it is told.

``Core`` knows no door and checks no wish: it carries out what ``PracticeExchange`` has found to be allowed.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import ExchangeEvent, FillEntry, Listing, NewsKind, OrderStatus, PauseKind, PracticeAccount, Sink
from hoga.practice.engine.accounts import SETTLEMENT_DAYS, AccountBook
from hoga.practice.engine.bars import Bars
from hoga.practice.engine.costing import added_costs
from hoga.practice.engine.half import HOUSE, Resting
from hoga.practice.engine.ledger import Ledger, LedgerError
from hoga.practice.engine.matching import Execution, Stop
from hoga.practice.engine.orders import Order, OrderNumbers
from hoga.practice.engine.pause import Match, Pause, found, matches, take_out
from hoga.practice.engine.pit import Pit
from hoga.practice.engine.settings import SelfMatch
from hoga.practice.engine.step import Step

_log = logging.getLogger(__name__)


class Core:
    """Pits, accounts and today's orders; ``now`` is market time. A failed commit leaves it unusable: LedgerError."""

    def __init__(self, listings: Mapping[str, Listing], bars: Bars, ledger: Ledger, start: datetime) -> None:
        self.ledger = ledger
        self.settings = ledger.settings
        self.bars = bars
        self.now = start
        self.today = start.date()
        self.pits = {code: Pit(listing, bars, self.today, self.settings.tape_length)
                     for code, listing in listings.items()}  # fmt: skip
        self.identities: dict[str, PracticeAccount] = {}
        self.accounts: dict[str, AccountBook] = {}
        self.orders: dict[int, Order] = {}
        self._asleep: dict[str, dict[int, Order]] = {}
        """Stop-limit orders by instrument that wait for their stop outside the book."""
        self.paused: dict[str, Pit] = {}
        self._dirty: dict[str, None] = {}
        self._sinks: list[Sink] = []
        self._outbox: deque[ExchangeEvent] = deque()
        self._telling = False
        self._failed: LedgerError | None = None
        self._recall()

    # --- coming back ---

    def _recall(self) -> None:
        """Rebuild accounts and books from the ledger. Orders that cannot stand any more lapse now."""
        for identity, opening_cash in self.ledger.accounts():
            self.identities[identity.number] = identity
            fees = self.settings.fee(identity)
            self.accounts[identity.number] = AccountBook(opening_cash, fees, date.min)
        booked_until = date.min
        for fill, settles in self.ledger.all_fills():
            if fill.trading_date > booked_until:
                booked_until = fill.trading_date
                self._begin_day_of_accounts(booked_until)
            self.accounts[fill.account].book(fill, settles)
        self._begin_day_of_accounts(self.today)
        self._begin_numbers()
        lapsed = Step()
        for order in self.ledger.open_orders(before=self.today):
            self._lapse(lapsed, order)
        # An order joins its queue when it is accepted, or when its stop is reached: its turn tells.
        for order in sorted(self.orders.values(), key=lambda one: one.turn):
            if order.remaining and not self._stands_again(order):
                self._lapse(lapsed, order)
        self.commit(lapsed)

    def _begin_numbers(self) -> None:
        self.orders = {order.number: order for order in self.ledger.orders_of_day(self.today)}
        self.numbers = OrderNumbers(self.ledger.seed, self.today, max(self.orders, default=0))
        self._executions = self.ledger.last_execution(self.today)
        self._settles = SETTLEMENT_DAYS.settlement_date(self.today)

    def _stands_again(self, order: Order) -> bool:
        """Put an open order of today back into its queue; False when its instrument or its price is no more."""
        pit, price = self.pits.get(order.code), order.resting_price
        if pit is None or (price is not None and not pit.allows(price)):
            return False
        if order.sleeps:
            self._sleep(order)
        elif price is not None or order.type is OrderType.MID:
            self._rest(pit, order, price)
        else:
            return False
        self.accounts[order.account].hold(order)
        return True

    @staticmethod
    def _lapse(step: Step, order: Order) -> None:
        order.cancel(order.remaining, OrderStatus.EXPIRED)
        step.touch(order)

    # --- orders ---

    def accept(self, step: Step, order: Order) -> None:
        """Take an order in: its cash or shares are held, its number is told."""
        self.orders[order.number] = order
        self.accounts[order.account].hold(order)
        step.tell(NewsKind.ACCEPTED, order)

    def execute(self, step: Step, order: Order, worst: int | None) -> None:
        """Trade what crosses, then let the rest wait or lapse, as the order's type and time in force say.

        A stop-limit order whose stop no trade has reached yet falls asleep instead.
        """
        pit = self.pits[order.code]
        if order.sleeps:
            self._sleep(order)
            return
        if pit.pause is not None and (worst is None or pit.book.crosses(order.side, worst)):
            order.resting_price = self._edge(pit, order) if worst is None else worst
            pit.pause.gathered[order.number] = order
            self._dirty[pit.code] = None
            return
        if order.type is OrderType.MID:
            worst = pit.book.mid
        stop = self._own_order_stop(order)
        if order.tif is TimeInForce.FOK and (
            pit.book.available(order.side, worst, order.remaining, stop) < order.remaining
        ):
            self._cancel_rest(step, order)
            return
        executions = pit.book.take(order.side, order.remaining, worst, stop)
        self._settle_executions(step, pit, executions, order.side, order)
        if not order.remaining:
            return
        if order.tif is not TimeInForce.DAY or self._meets_its_own(pit, order, worst):
            self._cancel_rest(step, order)
            return
        order.resting_price = self._rest(pit, order, worst)

    def wake(self, pit: Pit) -> None:
        """Let every stop-limit order go whose stop a trade has reached, the oldest first. Their trades may wake more.

        To be called between steps: each that wakes is a step of its own.
        """
        while self._asleep.get(pit.code) and (last := pit.last) is not None:
            reached = [one for one in self._asleep[pit.code].values() if _reached(one, last)]
            if not reached:
                return
            order = min(reached, key=lambda one: one.number)
            del self._asleep[pit.code][order.number]
            order.woken = self.numbers.last
            step = Step()
            step.touch(order)
            self.execute(step, order, order.limit)
            self.commit(step)

    def _sleep(self, order: Order) -> None:
        self._asleep.setdefault(order.code, {})[order.number] = order

    def withdraw(self, order: Order, quantity: int) -> None:
        """Take ``quantity`` of a working order out of the book. The caller says on the order what became of it."""
        if order.sleeps:
            if quantity == order.remaining:
                del self._asleep[order.code][order.number]
            return
        if order.type is OrderType.MID:
            self.pits[order.code].book.reduce_peg(order.side, order.number, quantity)
            return
        pause = self.pits[order.code].pause
        if pause is not None and order.number in pause.gathered:
            if quantity == order.remaining:
                del pause.gathered[order.number]
            self._dirty[order.code] = None
            return
        price = order.resting_price
        if price is None:
            raise RuntimeError(f"order {order.number} works without a place in the book")
        pit = self.pits[order.code]
        pit.book.reduce_order(order.side, price, order.number, quantity)
        self._dirty[order.code] = None

    def release(self, order: Order) -> None:
        """Hold back no more than what remains of ``order``."""
        self.accounts[order.account].hold(order)

    # --- the house ---

    def house_deals(self, pit: Pit, side: Side, quantity: int, worst: int, *, rests: bool) -> int:
        """The house aggresses, then lets the rest wait or go; whom it meets may be accounts. Returns what traded.

        In a pause it meets nobody: it waits where it crosses nothing, and else keeps away.
        """
        if pit.pause is not None:
            if rests and not pit.book.crosses(side, worst):
                pit.book.rest_house(side, worst, quantity)
                self._dirty[pit.code] = None
            return 0
        executions = pit.book.take(side, quantity, worst)
        if not executions:
            self.require_ledger()
            if rests:
                pit.book.rest_house(side, worst, quantity)
                self._dirty[pit.code] = None
            return 0
        traded = sum([execution.quantity for execution in executions])
        step = Step()
        self._settle_executions(step, pit, executions, side, None)
        if rests and traded < quantity:
            pit.book.rest_house(side, worst, quantity - traded)
            self._dirty[pit.code] = None
        self.commit(step)
        if pit.code in self._asleep:
            self.wake(pit)
        return traded

    def house_withdraws(self, pit: Pit, side: Side, price: int, quantity: int) -> int:
        """Take back what the house lets wait, newest first; returns how much there was."""
        taken = pit.book.withdraw_house(side, price, quantity)
        if taken:
            self._dirty[pit.code] = None
        return taken

    # --- pauses ---

    def begin_pause(self, pit: Pit, kind: PauseKind, ends: datetime) -> None:
        """Halt or interrupt an instrument until ``ends``; a second one only moves the end of the same kind."""
        if pit.pause is not None and pit.pause.kind is kind:
            pit.pause.ends = ends
            return
        if pit.pause is not None:
            self.end_pause(pit)
        pit.set_pause(Pause(kind, ends))
        self.paused[pit.code] = pit
        self._dirty[pit.code] = None

    def end_pause(self, pit: Pit) -> None:
        """Trade on. What an interruption has gathered trades at one price; the rest joins the book."""
        pause = pit.pause
        if pause is None:
            return
        step = Step()
        gathered = pause.gathered
        result = found(pit.book, gathered)
        if result is not None:
            for match in list(matches(pit.book, gathered, result)):
                self._trade_in_auction(step, pit, match, result.price)
            if pit.book.ticks.is_valid(result.price):
                pit.book.last = result.price
        pit.set_pause(None)
        del self.paused[pit.code]
        for order in gathered.values():
            step.touch(order)
            if order.remaining:
                order.resting_price = self._rest(pit, order, order.limit)
        self._dirty[pit.code] = None
        self.commit(step)
        self.wake(pit)

    def _trade_in_auction(self, step: Step, pit: Pit, match: Match, price: int) -> None:
        take_out(pit.book, Side.BUY, match.buyer, match.quantity)
        take_out(pit.book, Side.SELL, match.seller, match.quantity)
        execution = Execution(price, match.quantity, match.seller.owner)
        step.events.extend(pit.record([execution], Side.BUY, self.now))
        orders = [self.orders[one.owner] for one in (match.buyer, match.seller) if one.owner != HOUSE]
        if not orders:
            return
        self._executions += 1
        own = len({order.account for order in orders}) < len(orders)
        for order in orders:
            self._fill(step, order, execution, own=own)

    @staticmethod
    def _edge(pit: Pit, order: Order) -> int:
        """Where a market order stands in an auction: equal with the limit orders at the day's limit."""
        return pit.book.upper if order.side is Side.BUY else pit.book.lower

    # --- the date ---

    def roll(self, midnight: datetime) -> None:
        """Begin the trading date of ``midnight``: day orders lapse, bars roll, limits move, cash settles."""
        self.now = midnight
        for pit in tuple(self.paused.values()):
            self.end_pause(pit)
        step = Step()
        for order in self.orders.values():
            if order.remaining:
                self.withdraw(order, order.remaining)
                order.cancel(order.remaining, OrderStatus.EXPIRED)
                self.release(order)
                step.tell(NewsKind.EXPIRED, order)
        self._write(step)
        self.today = midnight.date()
        self.bars.roll(self.today)
        self._begin_numbers()
        self._begin_day_of_accounts(self.today)
        for pit in self.pits.values():
            pit.begin_day(self.today)
            self._dirty[pit.code] = None
        self._tell(step)

    def _begin_day_of_accounts(self, day: date) -> None:
        for account in self.accounts.values():
            account.begin_day(day)

    def counters(self) -> dict[str, int]:
        """The last numbers given: of orders, and of executions that an account took part in."""
        return {"number": self.numbers.last, "execution": self._executions}

    # --- telling ---

    def subscribe(self, sink: Sink) -> Callable[[], None]:
        self._sinks.append(sink)

        def undo() -> None:
            if sink in self._sinks:
                self._sinks.remove(sink)

        return undo

    def commit(self, step: Step) -> None:
        """Make a finished step durable, then tell it. Raises LedgerError; nothing of the step is told then, ever.

        Listeners may call back, so everything that belongs to the step must have happened.
        """
        self._write(step)
        self._tell(step)

    def _write(self, step: Step) -> None:
        self.require_ledger()
        if step.orders or step.fills:
            try:
                self.ledger.commit(step.orders.values(), step.fills, self.now)
            except LedgerError as error:
                self._failed = error
                raise
        if step.fills:
            self.bars.keep()

    def _tell(self, step: Step) -> None:
        if self._sinks and step.events:
            self._outbox.extend(step.events)
            self._deliver()

    def require_ledger(self) -> None:
        """Raises LedgerError once a commit has failed: what is in memory then is not what is on disk."""
        if self._failed is not None:
            raise LedgerError(f"the exchange must start again from its ledger: {self._failed}") from self._failed

    def publish(self) -> None:
        """Tell of every book that looks different from when it was told last."""
        if not self._dirty:
            return
        changed, self._dirty = self._dirty, {}
        if self._sinks:
            books = (self.pits[code].changed_book(self.now) for code in changed)
            self._outbox.extend(book for book in books if book is not None)
            self._deliver()

    def _deliver(self) -> None:
        """Tell everybody everything in order. A listener that calls back is told of that after what it missed."""
        if self._telling:
            return
        self._telling = True
        try:
            while self._outbox:
                event = self._outbox.popleft()
                for sink in tuple(self._sinks):
                    sink(event)
        finally:
            self._telling = False

    # --- inside a step ---

    def _settle_executions(
        self, step: Step, pit: Pit, executions: Sequence[Execution], side: Side, taker: Order | None
    ) -> None:
        self._dirty[pit.code] = None
        for trade, execution in zip(pit.record(executions, side, self.now), executions, strict=True):
            step.traded(trade)
            maker = None if execution.owner == HOUSE else self.orders[execution.owner]
            if taker is None and maker is None:
                continue
            self._executions += 1
            own = taker is not None and maker is not None and taker.account == maker.account
            if own:
                _log.warning("order %d traded with another of its own account in %s", execution.owner, pit.code)
            for order in (taker, maker):
                if order is not None:
                    self._fill(step, order, execution, own=own)

    def _fill(self, step: Step, order: Order, execution: Execution, *, own: bool) -> None:
        account, pit = self.accounts[order.account], self.pits[order.code]
        fee, tax = added_costs(order, pit.instrument, account.fees, execution.price, execution.quantity, self._settles)
        fill = FillEntry(
            account=order.account,
            trading_date=self.today,
            number=order.number,
            execution=self._executions,
            code=order.code,
            side=order.side,
            price=execution.price,
            quantity=execution.quantity,
            fee=fee,
            tax=tax,
            at=self.now,
            self_match=own,
        )
        order.fill(execution.price, execution.quantity)
        account.book(fill, self._settles)
        account.hold(order)
        step.fills.append((fill, self._settles))
        step.tell(NewsKind.FILLED, order, fill)

    def _cancel_rest(self, step: Step, order: Order) -> None:
        order.cancel(order.remaining)
        self.release(order)
        step.tell(NewsKind.REST_CANCELLED, order)

    def _rest(self, pit: Pit, order: Order, price: int | None) -> int | None:
        """Let an order wait at ``price`` (a market order: as the most aggressive); returns the level it waits in.

        None for a mid-price order, which waits unseen in none.
        """
        if order.type is OrderType.MID:
            pit.book.rest_peg(order.side, order.number, order.remaining)
            return None
        self._dirty[pit.code] = None
        if price is None or order.type is OrderType.MARKET:
            return pit.book.rest_market(order.side, order.number, order.remaining)
        pit.book.rest_order(order.side, price, order.number, order.remaining)
        return price

    def _own_order_stop(self, order: Order) -> Stop | None:
        if self.settings.self_match is SelfMatch.OFF:
            return None

        def is_own(entry: Resting) -> bool:
            return entry.owner != HOUSE and self.orders[entry.owner].account == order.account

        return is_own

    @staticmethod
    def _meets_its_own(pit: Pit, order: Order, worst: int | None) -> bool:
        """Whether something still crosses although the order took all it could: then an own order stopped it."""
        if pit.book.meets_unseen(order.side, worst):
            return True
        if worst is None:
            return pit.book.best(order.side.opposite) is not None
        return pit.book.crosses(order.side, worst)


def _reached(order: Order, last: int) -> bool:
    """Whether a trade at ``last`` wakes a sleeping order: at or beyond its stop (markets.md 2.5)."""
    stop = order.stop
    return stop is not None and (last >= stop if order.side is Side.BUY else last <= stop)
