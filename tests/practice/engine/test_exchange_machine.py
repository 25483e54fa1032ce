"""The exchange against everything that must always hold (markets.md 6.6), under whatever hypothesis thinks of.

Beside it run a naive book (matching), and accounts reckoned anew from the fills and orders after every step.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hoga.domain.market_data import Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import (
    EntryKind,
    ExchangeEvent,
    FillEntry,
    OrderEntry,
    Rejected,
    RejectReason,
    Submit,
    Taken,
)
from tests.practice.engine.naive_book import HOUSE, NaiveBook, merged, tick
from tests.practice.engine.small_market import CODE, KOSDAQ, START, MemoryBars, open_exchange
from tests.practice.engine.test_matching import picture

RATE = 140_527
CODES = st.sampled_from([CODE, CODE, KOSDAQ])
SIDES = st.sampled_from(Side)
OFFSETS = st.integers(-4, 4)
QUANTITIES = st.one_of(st.integers(1, 60), st.integers(1, 6_000))
PLACES = st.sampled_from([0, 0, 2])
KINDS = st.sampled_from(
    [(OrderType.LIMIT, TimeInForce.DAY)] * 5
    + [(type, tif) for type in (OrderType.LIMIT, OrderType.MARKET, OrderType.BEST) for tif in TimeInForce]
    + [(OrderType.PRIORITY, TimeInForce.DAY), (OrderType.CONDITIONAL, TimeInForce.DAY)]
)


def limits(base: int) -> tuple[int, int]:
    band = base * 30 // 100 // tick(base) * tick(base)
    upper = base + band
    return base - band, upper - upper % tick(upper)


def taxed(code: str, amount: int) -> int:
    return amount * 20 // 10_000 if code == KOSDAQ else amount * 5 // 10_000 + amount * 15 // 10_000


class ExchangeMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bars = MemoryBars()
        self.heard: list[ExchangeEvent] = []
        self.exchange = open_exchange(self.folder / "ledger.sqlite", bars=self.bars)
        self.exchange.subscribe(self.heard.append)
        self.accounts = [account.number for account in self.exchange.accounts()]
        self.opening = {number: self.exchange.cash(number).d0 for number in self.accounts}
        self.base = {CODE: 10_000, KOSDAQ: 100_000}
        self.books = {code: NaiveBook(*limits(base), base) for code, base in self.base.items()}
        self.first_day = START.date()
        self.day_limits = {(START.date(), code): limits(base) for code, base in self.base.items()}
        self.expected: list[tuple[int, int, int]] = []

    def teardown(self) -> None:
        self.exchange._core.ledger.close()
        shutil.rmtree(self.folder)

    # --- what can happen ---

    @rule(place=PLACES, code=CODES, side=SIDES, kind=KINDS, offset=OFFSETS, quantity=QUANTITIES)
    def submit(
        self,
        place: int,
        code: str,
        side: Side,
        kind: tuple[OrderType, TimeInForce],
        offset: int,
        quantity: int,
    ) -> None:
        type, tif = kind
        account = self.accounts[place]
        limit = self.price(code, offset) if type.carries_price else None
        reason = self.why_not(account, code, side, type, limit, quantity)
        worst = self.worst(code, side, type, limit)
        answer = self.exchange.submit(Submit(account, code, side, type, tif, quantity, limit))
        if isinstance(answer, Rejected):
            assert answer.reason is reason
            return
        assert reason is None
        self.arrive(answer.number, code, side, worst, tif, quantity)

    @precondition(lambda self: self.todays())
    @rule(data=st.data(), kind=KINDS, offset=OFFSETS)
    def modify(self, data: st.DataObject, kind: tuple[OrderType, TimeInForce], offset: int) -> None:
        type, tif = kind
        entry = data.draw(self.some_order())
        part = data.draw(st.one_of(st.none(), st.integers(1, entry.quantity)))
        limit = self.price(entry.code, offset) if type.carries_price else None
        before = self.exchange.dump()
        worst = self.worst(entry.code, entry.side, type, limit)
        answer = self.exchange.modify(entry.account, entry.number, limit, type, tif, part)
        if isinstance(answer, Rejected):
            assert self.exchange.dump() == before
            assert answer.reason is self.why_not_modify(entry, type, limit, part)
            return
        assert self.why_not_modify(entry, type, limit, part) is None
        moved = part or entry.remaining
        self.books[entry.code].reduce(entry.number, moved)
        self.arrive(answer.number, entry.code, entry.side, worst, tif, moved)

    @precondition(lambda self: self.todays())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        entry = data.draw(self.some_order())
        part = data.draw(st.one_of(st.none(), st.integers(1, entry.quantity)))
        answer = self.exchange.cancel(entry.account, entry.number, part)
        if isinstance(answer, Taken):
            assert (part or 1) <= entry.remaining
            self.books[entry.code].reduce(entry.number, part or entry.remaining)
        else:
            expected = RejectReason.TOO_MANY if entry.remaining else RejectReason.NOTHING_LEFT
            assert answer.reason is expected
            assert (part or 1) > entry.remaining

    @rule(code=CODES, side=SIDES, offset=OFFSETS, quantity=st.integers(1, 300))
    def house_rests(self, code: str, side: Side, offset: int, quantity: int) -> None:
        price = self.price(code, offset)
        self.exchange.rest(code, side, price, quantity)
        done = self.books[code].take(side, quantity, price)
        self.expected = done
        left = quantity - sum(part for _, part, _ in done)
        if left:
            self.books[code].wait(HOUSE, side, price, left)

    @rule(code=CODES, side=SIDES, offset=OFFSETS, quantity=st.integers(1, 300))
    def house_takes(self, code: str, side: Side, offset: int, quantity: int) -> None:
        price = self.price(code, offset)
        done = self.books[code].take(side, quantity, price)
        assert self.exchange.take(code, side, quantity, price) == sum(part for _, part, _ in done)
        self.expected = done

    @rule(code=CODES, side=SIDES, offset=OFFSETS, quantity=st.integers(1, 300))
    def house_withdraws(self, code: str, side: Side, offset: int, quantity: int) -> None:
        price = self.price(code, offset)
        assert self.exchange.withdraw(code, side, price, quantity) == self.books[code].withdraw_house(
            side, price, quantity
        )

    @rule(hours=st.sampled_from([0, 0, 1, 24, 72]))
    def time_passes(self, hours: int) -> None:
        before = self.exchange.trading_date()
        self.exchange.advance(self.exchange.now() + timedelta(hours=hours, seconds=1))
        day = before
        while day < self.exchange.trading_date():
            day += timedelta(days=1)
            for code, book in self.books.items():
                self.base[code] = book.last
                lower, upper = self.day_limits[day, code] = limits(book.last)
                self.books[code] = book.next_day(lower, upper)

    @rule()
    def dies_and_comes_back(self) -> None:
        before = self.exchange.dump(house=False)
        ledger = self.exchange._core.ledger
        ledger.close()
        self.exchange = open_exchange(self.folder / "ledger.sqlite", start=self.exchange.now(), bars=self.bars)
        self.exchange.subscribe(self.heard.append)
        assert self.exchange.dump(house=False) == before
        for book in self.books.values():
            book.waiting = [w for w in book.waiting if w.owner != HOUSE]

    # --- what must hold ---

    @invariant()
    def trades_are_the_naive_books(self) -> None:
        trades = [(event.price_units, event.quantity, HOUSE) for event in self.heard if isinstance(event, Trade)]
        assert merged(trades) == merged([(price, part, HOUSE) for price, part, _ in self.expected])
        self.heard.clear()
        self.expected = []

    @invariant()
    def books_are_the_naive_books_and_never_crossed(self) -> None:
        for code, naive in self.books.items():
            book = self.exchange._core.pits[code].book
            assert picture(book) == naive.picture()
            bid, ask = self.exchange.best(code, Side.BUY), self.exchange.best(code, Side.SELL)
            assert (bid, ask) == (naive.best(Side.BUY), naive.best(Side.SELL))
            assert bid is None or ask is None or bid < ask

    @invariant()
    def every_order_adds_up(self) -> None:
        for account in self.accounts:
            fills = defaultdict(list)
            for fill in self.all_fills(account):
                fills[fill.trading_date, fill.number].append(fill)
            for entry in self.all_orders(account):
                own = fills[entry.trading_date, entry.number]
                assert entry.filled == sum(fill.quantity for fill in own)
                assert entry.filled_amount == sum(fill.quantity * fill.price for fill in own)
                assert sum(fill.fee for fill in own) == entry.filled_amount * RATE // 10**9
                expected_tax = taxed(entry.code, entry.filled_amount) if entry.side is Side.SELL else 0
                assert sum(fill.tax for fill in own) == expected_tax
                if entry.kind is not EntryKind.CANCEL:
                    assert entry.quantity == entry.filled + entry.remaining + entry.cancelled + entry.moved
                assert entry.remaining == 0 or entry.trading_date == self.exchange.trading_date()
                lower, upper = self.day_limits[entry.trading_date, entry.code]
                for fill in own:
                    assert lower <= fill.price <= upper
                    assert entry.limit is None or entry.side.sign * fill.price <= entry.side.sign * entry.limit

    @invariant()
    def both_sides_of_an_execution_agree(self) -> None:
        sides: defaultdict[tuple[date, int], list[FillEntry]] = defaultdict(list)
        for account in self.accounts:
            for fill in self.all_fills(account):
                sides[fill.trading_date, fill.execution].append(fill)
        for pair in sides.values():
            if len(pair) == 2:
                one, other = pair
                assert (one.code, one.price, one.quantity) == (other.code, other.price, other.quantity)
                assert one.side is not other.side
            assert len(pair) <= 2

    @invariant()
    def cash_and_shares_add_up_to_the_won(self) -> None:
        for account in self.accounts:
            cash, fills = self.exchange.cash(account), self.all_fills(account)
            assert cash.d2 == self.opening[account] + sum(self.flow(fill) for fill in fills)
            assert cash.d0 == self.opening[account] + sum(
                self.flow(fill) for fill in fills if settles(fill.trading_date) <= self.exchange.trading_date()
            )
            assert cash.reserved == self.reserved(account)
            assert cash.orderable == cash.d2 - cash.reserved >= 0
            listed = {holding.code: holding for holding in self.exchange.holdings(account)}
            for code in self.books:
                held, open_sells = self.held(account, code), self.open_sells(account, code)
                assert held >= open_sells
                if held or code in listed:
                    assert (listed[code].quantity, listed[code].sellable) == (held, held - open_sells)

    @invariant()
    def the_ledger_has_it_all(self) -> None:
        today = self.exchange.trading_date()
        for account in self.accounts:
            on_disk = self.exchange._core.ledger.orders(account, today, today)
            assert on_disk == self.exchange.orders(account, today, today)

    # --- reckoning ---

    def some_order(self) -> st.SearchStrategy[OrderEntry]:
        """Any order of today, those that still work more often."""
        entries = self.todays()
        working = [entry for entry in entries if entry.remaining]
        return st.sampled_from(entries + 3 * working)

    def price(self, code: str, offset: int) -> int:
        """A price on the grid near the base; within every day's limits as long as it is near."""
        book, step = self.books[code], tick(self.base[code])
        middle = self.base[code] // (10 * step) * 10 * step
        return min(max(middle + offset * step, book.lower), book.upper)

    def worst(self, code: str, side: Side, type: OrderType, limit: int | None) -> int | None:
        if type is OrderType.BEST:
            return self.books[code].best(side.opposite)
        return self.books[code].best(side) if type is OrderType.PRIORITY else limit

    def arrive(self, number: int, code: str, side: Side, worst: int | None, tif: TimeInForce, quantity: int) -> None:
        book = self.books[code]
        whole = sum(w.left for w in book.would_take(side, worst)) >= quantity
        if tif is TimeInForce.FOK and not whole:
            return
        done = book.take(side, quantity, worst)
        self.expected = done
        left = quantity - sum(part for _, part, _ in done)
        if left and tif is TimeInForce.DAY:
            book.wait(number, side, worst, left)
        entry = next(e for e in self.todays(cancels=True) if e.number == number)
        assert entry.filled == quantity - left
        for owner in {owner for _, _, owner in done} - {HOUSE}:
            maker = next(e for e in self.todays() if e.number == owner)
            waiting = sum(w.left for w in book.waiting if w.owner == owner)
            assert maker.remaining == waiting

    def why_not(
        self, account: str, code: str, side: Side, type: OrderType, limit: int | None, quantity: int
    ) -> RejectReason | None:
        if (quote := self.no_quote(code, side, type)) is not None:
            return quote
        if side is Side.BUY:
            unit = limit or self.books[code].upper
            free = self.exchange.cash(account).d2 - self.reserved(account)
            return RejectReason.CASH_SHORT if held_back(quantity, unit) > free else None
        held = self.held(account, code)
        if not held:
            return RejectReason.NOTHING_HELD
        return RejectReason.SHARES_SHORT if quantity > held - self.open_sells(account, code) else None

    def why_not_modify(
        self, entry: OrderEntry, type: OrderType, limit: int | None, part: int | None
    ) -> RejectReason | None:
        if not entry.remaining:
            return RejectReason.NOTHING_LEFT
        if part is not None and part > entry.remaining:
            return RejectReason.TOO_MANY
        if (quote := self.no_quote(entry.code, entry.side, type)) is not None:
            return quote
        if entry.side is Side.SELL:
            return None
        moved = part or entry.remaining
        upper = self.day_limits[entry.trading_date, entry.code][1]
        after = held_back(entry.remaining - moved, entry.limit or upper) + held_back(moved, limit or upper)
        spent = sum(self.flow(fill) for fill in self.before_fills[entry.account])
        free = self.opening[entry.account] + spent - self.before_reserved[entry.account, entry.number]
        return RejectReason.CASH_SHORT if after > free else None

    def no_quote(self, code: str, side: Side, type: OrderType) -> RejectReason | None:
        book = self.before_books[code]
        if type is OrderType.BEST and book[side.opposite] is None:
            return RejectReason.NO_OPPOSITE_QUOTE
        if type is OrderType.PRIORITY and book[side] is None:
            return RejectReason.NO_OWN_QUOTE
        return None

    @invariant()
    def remember(self) -> None:
        """What a refusal is judged by is how things stood before."""
        self.before_books: dict[str, Any] = {
            code: {side: book.best(side) for side in Side} for code, book in self.books.items()
        }
        self.before_fills = {account: self.all_fills(account) for account in self.accounts}
        self.before_reserved = {
            (entry.account, entry.number): self.reserved(entry.account, apart_from=entry.number)
            for entry in self.todays()
        }

    def reserved(self, account: str, apart_from: int = 0) -> int:
        return sum(
            held_back(entry.remaining, entry.limit or self.day_limits[entry.trading_date, entry.code][1])
            for entry in self.todays()
            if entry.account == account and entry.side is Side.BUY and entry.number != apart_from
        )

    def open_sells(self, account: str, code: str) -> int:
        return sum(
            entry.remaining
            for entry in self.todays()
            if entry.account == account and entry.side is Side.SELL and entry.code == code
        )

    def held(self, account: str, code: str) -> int:
        return sum(fill.side.sign * fill.quantity for fill in self.all_fills(account) if fill.code == code)

    @staticmethod
    def flow(fill: FillEntry) -> int:
        return -fill.side.sign * fill.price * fill.quantity - fill.fee - fill.tax

    def todays(self, *, cancels: bool = False) -> list[OrderEntry]:
        today = self.exchange.trading_date()
        found = [entry for account in self.accounts for entry in self.exchange.orders(account, today, today)]
        return [entry for entry in found if cancels or entry.kind is not EntryKind.CANCEL]

    def all_orders(self, account: str) -> list[OrderEntry]:
        return list(self.exchange.orders(account, self.first_day, self.exchange.trading_date()))

    def all_fills(self, account: str) -> list[FillEntry]:
        return list(self.exchange.fills(account, self.first_day, self.exchange.trading_date()))


def held_back(quantity: int, unit: int) -> int:
    return -(-quantity * unit * (10**9 + RATE) // 10**9)


def settles(day: date) -> date:
    """Two weekdays on: no holiday lies near the dates of this test."""
    for _ in range(2):
        day += timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
    return day


TestExchange = ExchangeMachine.TestCase
TestExchange.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
