"""A practice market under test: the real engine and ledger, in memory, with every trade written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hoga.base.clock import KST
from hoga.domain.market_data import Aggressor
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Listing, Submit, Taken
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger
from hoga.practice.market.bars import BarStore
from hoga.practice.market.model import MarketModel
from hoga.practice.market.universe import universe
from hoga.practice.runner import run_until

ALL = universe()
SEED = 7
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=KST)


class Seen(NamedTuple):
    """One trade as the bars were told of it."""

    at: datetime
    price: int
    quantity: int
    aggressor: Aggressor


class WatchedBars(BarStore):
    """A store of bars that also keeps every trade."""

    def __init__(self, listings: Mapping[str, Listing], seed: int, start: datetime, path: Path | None = None) -> None:
        super().__init__(path, listings, seed, start)
        self.seen: dict[str, list[Seen]] = {code: [] for code in listings}

    def on_trade(self, code: str, at: datetime, price: int, quantity: int, aggressor: Aggressor) -> None:
        super().on_trade(code, at, price, quantity, aggressor)
        self.seen[code].append(Seen(at, price, quantity, aggressor))


class Bench:
    def __init__(self, codes: Iterable[str] = ALL, start: datetime = MONDAY, seed: int = SEED) -> None:
        self.listings = {code: ALL[code] for code in codes}
        self.bars = WatchedBars(self.listings, seed, start)
        self.ledger = Ledger.open(":memory:", seed=1)
        self.exchange = PracticeExchange(self.listings, self.bars, self.ledger, start)
        self.model = MarketModel(self.exchange, self.listings, self.bars, seed)
        self.model.open_books()
        self.account = self.exchange.accounts()[0].number

    def run(self, **length: float) -> int:
        """Let everything happen for some time (``minutes=5``); returns the number of events."""
        return run_until(self.exchange, self.model, self.exchange.now() + timedelta(**length))

    def levels(self, code: str, side: Side) -> list[tuple[int, int]]:
        return [(price, total) for price, total, _ in self.exchange.depth(code, side, 10)]

    def order(self, code: str, side: Side, quantity: int, limit: int | None = None) -> int:
        """A user's order (without a limit: at market); returns its number."""
        type = OrderType.LIMIT if limit else OrderType.MARKET
        answer = self.exchange.submit(Submit(self.account, code, side, type, TimeInForce.DAY, quantity, limit))
        assert isinstance(answer, Taken), answer
        return answer.number

    def filled(self, number: int) -> int:
        today = self.exchange.trading_date()
        (entry,) = [row for row in self.exchange.orders(self.account, today, today) if row.number == number]
        return entry.filled


@contextmanager
def bench(codes: Iterable[str] = ALL, start: datetime = MONDAY, seed: int = SEED) -> Iterator[Bench]:
    market = Bench(codes, start, seed)
    try:
        yield market
    finally:
        market.bars.close()
        market.ledger.close()
