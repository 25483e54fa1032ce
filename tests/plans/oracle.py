"""An independent reckoning of small plans: fractions, and everything tried. Slow, plain, nothing of the planner's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor

TICKS = ((2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500), (10**9, 1_000))
WEIGHT = Fraction(1, 1_000_000)


def tick_up(price: int) -> int:
    return price + next(tick for below, tick in TICKS if price < below)


def tick_down(price: int) -> int:
    return price - next(tick for below, tick in TICKS if price - 1 < below)


def worse(price: int, buying: bool, ticks: int) -> int:
    for _ in range(ticks):
        price = tick_up(price) if buying else max(tick_down(price), 1)
    return price


@dataclass(frozen=True)
class Name:
    code: str
    price: int
    held: int
    sellable: int
    weight: Fraction


@dataclass(frozen=True)
class Case:
    names: tuple[Name, ...]
    cash: int
    buffer: int
    rate: Fraction
    collar: int
    least: int
    sell: bool
    buy: bool

    @property
    def total(self) -> int:
        return max(sum(n.held * n.price for n in self.names) + self.cash - self.buffer, 0)

    def takes(self, name: Name, shares: int) -> int:
        return ceil(shares * worse(name.price, True, self.collar) * (1 + self.rate))

    def brings(self, name: Name, shares: int) -> int:
        amount = shares * worse(name.price, False, self.collar)
        return max(floor(amount * (1 - self.rate - Fraction(20, 10_000))), 0)

    def left(self, changes: dict[str, int]) -> int:
        """Cash above the buffer after ``changes`` (bought above, sold below 0), all at the worst prices."""
        cash = self.cash - self.buffer
        for name in self.names:
            change = changes.get(name.code, 0)
            cash += self.brings(name, -change) if change < 0 else -self.takes(name, change)
        return cash


def changes_of(case: Case) -> dict[str, int]:
    """The only right answer: floors of the targets, then the first of all affordable ways to hand out the rest."""
    goals = {n.code: n.weight * case.total / n.price for n in case.names}
    changes, asking = {}, {}
    for name in case.names:
        goal = goals[name.code]
        full = floor(goal) - name.held
        selling = goal < name.held
        if goal == name.held or not (case.sell if selling else case.buy):
            continue
        change = max(full, -name.sellable) if selling else full
        if 0 < abs(change) * name.price < case.least:
            continue
        changes[name.code] = change
        if change == full and goal != floor(goal):
            asking[name.code] = goal - floor(goal)
    if any(change > 0 for change in changes.values()) and case.left(changes) < 0:
        return _cleared(_scaled(case, changes))
    return _cleared(_handed(case, changes, asking))


def _cleared(changes: dict[str, int]) -> dict[str, int]:
    return {code: change for code, change in changes.items() if change}


def _order(asking: dict[str, Fraction]) -> list[str]:
    return sorted(asking, key=lambda code: (-asking[code], code))


def _ways(codes: list[str]) -> Iterator[dict[str, int]]:
    """Every way to give one share or none to each, best first: earlier codes count more than all later ones."""
    for gifts in product((1, 0), repeat=len(codes)):
        yield dict(zip(codes, gifts, strict=True))


def _handed(case: Case, changes: dict[str, int], asking: dict[str, Fraction]) -> dict[str, int]:
    prices = {n.code: n.price for n in case.names}
    meant = sum((rest * prices[code] for code, rest in asking.items()), Fraction(0))
    for way in _ways(_order(asking)):
        given = {code: changes[code] + gift for code, gift in way.items()}
        small = any(gift and 0 < given[code] * prices[code] < case.least for code, gift in way.items())
        if small or sum(prices[code] * gift for code, gift in way.items()) > meant:
            continue
        after = {**changes, **given}
        if after == changes or case.left(after) >= 0:
            return after
    return changes


def _scaled(case: Case, changes: dict[str, int]) -> dict[str, int]:
    names = {n.code: n for n in case.names}
    wish = {n.code: n.weight * case.total > n.held * n.price for n in case.names}
    buys = {code: change for code, change in changes.items() if wish[code]}
    sells = {code: change for code, change in changes.items() if not wish[code]}
    there = max(case.left(sells), 0)
    needed = sum(case.takes(names[code], shares) for code, shares in buys.items())
    part = Fraction(max(there - len(buys), 0), needed)
    cut = {code: floor(shares * part) for code, shares in buys.items()}
    rests = {code: shares * part - cut[code] for code, shares in buys.items() if shares * part != cut[code]}
    for way in _ways(_order(rests)):
        given = {code: shares + way.get(code, 0) for code, shares in cut.items()}
        if sum(case.takes(names[code], shares) for code, shares in given.items()) <= there:
            kept = {code: n for code, n in given.items() if n * names[code].price >= case.least}
            return {**sells, **kept}
    raise AssertionError("the cut basket itself does not fit")
