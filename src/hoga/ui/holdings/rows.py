"""One holding as the table shows it, with the last price of now: value, profit and weight follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Holding, Portfolio
from hoga.domain.values import Money, Price
from hoga.trading.market_board import MarketBoard


class HoldingRow(Struct, frozen=True):
    """``last`` may be newer than the snapshot the holding is from. ``whole`` is the account's total, for the weight."""

    holding: Holding
    last: Maybe[Price]
    whole: Maybe[Money]

    @property
    def value(self) -> Maybe[Money]:
        if isinstance(self.last, Unknown):
            return self.last
        return Known(self.holding.position.value(self.last.value), self.last.at, self.last.source)

    @property
    def profit(self) -> Maybe[Money]:
        if isinstance(self.last, Unknown):
            return self.last
        return Known(self.holding.position.open_profit(self.last.value), self.last.at, self.last.source)

    @property
    def rate(self) -> tuple[int, int] | None:
        """Profit over cost, as exact parts; None where either is not known or nothing was paid."""
        cost = self.holding.position.cost.units
        return None if isinstance(self.profit, Unknown) or cost == 0 else (self.profit.value.units, cost)

    @property
    def weight(self) -> tuple[int, int] | None:
        """Value over the account's total, as exact parts."""
        if isinstance(self.value, Unknown) or isinstance(self.whole, Unknown) or self.whole.value.units <= 0:
            return None
        return self.value.value.units, self.whole.value.units


def holding_rows(portfolio: Portfolio, board: MarketBoard) -> tuple[HoldingRow, ...]:
    """Every holding, in the order of the balance; none while they are not known."""
    if isinstance(portfolio.holdings, Unknown):
        return ()
    rows = [HoldingRow(held, last_of(held, board), portfolio.total) for held in portfolio.holdings.value]
    whole = total_of(rows, portfolio)
    return tuple(replace(row, whole=whole) for row in rows)


def last_of(held: Holding, board: MarketBoard) -> Maybe[Price]:
    """The newest price there is: the board's, else the one the snapshot came with."""
    last = board.last(held.position.instrument)
    return held.last if isinstance(last, Unknown) else last


def value_of(rows: Sequence[HoldingRow], at: datetime) -> Maybe[Money]:
    """All holdings at their last prices; the first reason why not. ``at`` is the moment of an empty sum."""
    return _sum([row.value for row in rows], at)


def profit_of(rows: Sequence[HoldingRow], at: datetime) -> Maybe[Money]:
    return _sum([row.profit for row in rows], at)


def total_of(rows: Sequence[HoldingRow], portfolio: Portfolio) -> Maybe[Money]:
    """Holdings at their last prices plus D+2 cash of the account's currency."""
    value = value_of(rows, portfolio.at)
    if isinstance(value, Unknown):
        return value
    if isinstance(portfolio.cash, Unknown):
        return portfolio.cash
    cash = next((report for report in portfolio.cash.value if report.currency is value.value.currency), None)
    total = value.value if cash is None else value.value + cash.settled_d2
    return Known(total, min(value.at, portfolio.cash.at), "sum")


def _sum(parts: Sequence[Maybe[Money]], at: datetime) -> Maybe[Money]:
    known: list[Known[Money]] = []
    for part in parts:
        if isinstance(part, Unknown):
            return part
        known.append(part)
    if not known:
        return Known(Money(0), at, "sum")
    total = known[0].value
    for more in known[1:]:
        total = total + more.value
    return Known(total, min(part.at for part in known), "sum")
