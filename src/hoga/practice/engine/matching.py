"""Continuous matching of one instrument: price first, then time; every trade at the price of the order that waited.

The book is never locked or crossed after a call (markets.md 6.2): what is put to rest must first have taken everything
that it crosses. Whoever calls decides who may trade and for how much; the book knows neither accounts nor money.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from hoga.domain.tickets import Side
from hoga.domain.ticks import TickTable
from hoga.practice.engine.half import HOUSE, Half, Level, Resting

Stop: TypeAlias = Callable[[Resting], bool]
"""Asked before each trade about whoever is next; True ends the taking."""


class Execution(NamedTuple):
    """One trade: ``owner`` is who had waited (an account order's number, or HOUSE)."""

    price: int
    quantity: int
    owner: int


class PriceDay(NamedTuple):
    """What bounds the prices of one instrument on one trading date: the grid and both limits, inclusive.

    ``last`` is the latest trade's price, or the base price before the first trade.
    """

    ticks: TickTable
    lower: int
    upper: int
    last: int


class OrderBook:
    """Both sides of one instrument. Prices are plain won, on the tick grid, within the day's limits."""

    __slots__ = ("asks", "bids", "last", "lower", "pegs", "ticks", "upper")

    def __init__(self, day: PriceDay) -> None:
        self.bids = Half(Side.BUY)
        self.asks = Half(Side.SELL)
        self.pegs: dict[Side, deque[Resting]] = {Side.BUY: deque(), Side.SELL: deque()}
        """Mid-price orders, first come first: unseen, and priced only when somebody meets them."""
        self.begin(day)

    # --- looking ---

    def half(self, side: Side) -> Half:
        return self.bids if side is Side.BUY else self.asks

    def best(self, side: Side) -> int | None:
        """The best price at which ``side`` waits."""
        half = self.bids if side is Side.BUY else self.asks
        if not half.keys:
            return None
        level = half.levels[half.keys[-1]]
        return level.price if level.house else self._shown_price(half, level)

    @property
    def mid(self) -> int | None:
        """Halfway between both best prices, cut down to whole won (markets.md 2.5); None without two sides."""
        if not self.bids.keys or not self.asks.keys:
            return None
        bid, ask = self.best(Side.BUY), self.best(Side.SELL)
        return None if bid is None or ask is None else (bid + ask) // 2

    def levels(self, side: Side, most: int) -> list[tuple[int, Level]]:
        """Up to ``most`` levels with the prices they show, best first."""
        half = self.half(side)
        found = [half.levels[key] for key in half.keys[: -most - 1 : -1]]
        shown = [(level.price, level) for level in found]
        if found:
            shown[0] = self._shown_price(half, found[0]), found[0]
        return shown

    def available(self, side: Side, worst: int | None, most: int, stop: Stop | None = None) -> int:
        """How many shares ``take`` would trade with the same arguments and a quantity of ``most``."""
        half = self.half(side.opposite)
        bound = None if worst is None else half.key(worst)
        found, blocked = self._unseen(side, worst, stop)
        if blocked:
            return min(found, most)
        for level in half.best_first():
            if bound is not None and half.key(level.price) < bound:
                break
            for entry in level.queue:
                if found >= most or (stop is not None and stop(entry)):
                    return min(found, most)
                found += entry.left
        return min(found, most)

    def crosses(self, side: Side, price: int) -> bool:
        """Whether an order of ``side`` at ``price`` would trade at once."""
        half = self.half(side.opposite)
        return bool(half.keys) and half.keys[-1] >= half.key(price)

    def meets_unseen(self, side: Side, worst: int | None) -> bool:
        """Whether it would trade with a mid-price order at once."""
        return bool(self.pegs[side.opposite]) and self._met_at(side, worst) is not None

    # --- trading ---

    def take(self, side: Side, quantity: int, worst: int | None, stop: Stop | None = None) -> list[Execution]:
        """Trade up to ``quantity`` against whoever waits, no worse than ``worst`` (None: whatever there is)."""
        half = self.half(side.opposite)
        keys, levels = half.keys, half.levels
        bound = None if worst is None else half.key(worst)
        done: list[Execution] = []
        if self.pegs[side.opposite]:
            done = self._take_unseen(side, quantity, worst, stop)
            quantity -= sum(one.quantity for one in done)
            if quantity and stop is not None and self._unseen(side, worst, stop)[1]:
                return done
        while quantity and keys and (bound is None or keys[-1] >= bound):
            level = levels[keys[-1]]
            first = level.queue[0]
            if stop is not None and stop(first):
                break
            part = first.left if first.left < quantity else quantity
            price = self._market_price(half, worst) if first.market else level.price
            level.fill_first(part)
            if not level.total:
                half.drop_best()
            self.last = price
            quantity -= part
            done.append(Execution(price, part, first.owner))
        return done

    def rest_peg(self, side: Side, owner: int, quantity: int) -> None:
        """Let a mid-price order wait, unseen. The caller has taken what it crosses."""
        self.pegs[side].append(Resting(owner, quantity))

    def reduce_peg(self, side: Side, owner: int, quantity: int) -> None:
        """Take ``quantity`` off a waiting mid-price order; the rest keeps its turn. KeyError when it does not wait."""
        for entry in self.pegs[side]:
            if entry.owner == owner:
                entry.left -= quantity
                if not entry.left:
                    self.pegs[side].remove(entry)
                return
        raise KeyError(owner)

    def rest_house(self, side: Side, price: int, quantity: int) -> None:
        """Let the house wait. The caller has taken what it crosses."""
        self.half(side).open(price).add_house(quantity)

    def rest_order(self, side: Side, price: int, owner: int, quantity: int) -> None:
        """Let an account's order wait at the back of its level. The caller has taken what it crosses."""
        self.half(side).open(price).add_order(Resting(owner, quantity))

    def rest_market(self, side: Side, owner: int, quantity: int) -> int:
        """Let the rest of a market order wait as the most aggressive of its side; returns the level's price."""
        price = self.upper if side is Side.BUY else self.lower
        self.half(side).open(price).add_order(Resting(owner, quantity, market=True))
        return price

    def withdraw_house(self, side: Side, price: int, quantity: int) -> int:
        half = self.half(side)
        level = half.at(price)
        if level is None:
            return 0
        taken = level.withdraw_house(quantity)
        half.drop_if_empty(level)
        return taken

    def reduce_order(self, side: Side, price: int, owner: int, quantity: int) -> None:
        """Take ``quantity`` off a waiting order; the rest keeps its place. KeyError when it does not wait there."""
        half = self.half(side)
        level = half.at(price)
        if level is None:
            raise KeyError(owner)
        level.reduce_order(owner, quantity)
        half.drop_if_empty(level)

    def begin(self, day: PriceDay) -> None:
        """Begin a trading date: house orders outside its limits or off its grid leave. Accounts' must be gone."""
        self.ticks, self.lower, self.upper, self.last = day
        for half in (self.bids, self.asks):
            for level in list(half.levels.values()):
                if not (self.lower <= level.price <= self.upper and self.ticks.is_valid(level.price)):
                    level.withdraw_house(level.house)
                    half.drop_if_empty(level)

    def dump(self, *, house: bool) -> dict[str, list[object]]:
        """What waits, best first: ``[price, [[owner, left], ...]]`` a level; without ``house`` only accounts'."""
        shown = {half.side.value: list(_dump_half(half, house=house)) for half in (self.bids, self.asks)}
        for side, waiting in self.pegs.items():
            if waiting:
                shown[f"{side.value} mid"] = [[one.owner, one.left] for one in waiting]
        return shown

    # --- between the quotes ---

    def _met_at(self, side: Side, worst: int | None) -> int | None:
        """The mid price if an aggressor of ``side`` meets it before anything shown; None otherwise.

        Who shows an order at the same price comes first, and then there is nothing left in the middle to meet.
        """
        mid, shown = self.mid, self.best(side.opposite)
        half = self.half(side.opposite)
        if mid is None or shown is None or half.key(shown) >= half.key(mid):
            return None
        return mid if worst is None or half.key(mid) >= half.key(worst) else None

    def _unseen(self, side: Side, worst: int | None, stop: Stop | None) -> tuple[int, bool]:
        """How many shares an aggressor meets between the quotes, and whether ``stop`` ends its taking there."""
        waiting = self.pegs[side.opposite]
        if not waiting or self._met_at(side, worst) is None:
            return 0, False
        found = 0
        for entry in waiting:
            if stop is not None and stop(entry):
                return found, True
            found += entry.left
        return found, False

    def _take_unseen(self, side: Side, quantity: int, worst: int | None, stop: Stop | None) -> list[Execution]:
        """Trade with mid-price orders at the middle as it stands before this taking."""
        waiting, price = self.pegs[side.opposite], self._met_at(side, worst)
        done: list[Execution] = []
        while price is not None and quantity and waiting and not (stop is not None and stop(waiting[0])):
            first = waiting[0]
            part = min(first.left, quantity)
            first.left -= part
            if not first.left:
                waiting.popleft()
            if self.ticks.is_valid(price):
                self.last = price  # the reference of what waits at market must be a price that can be ordered
            quantity -= part
            done.append(Execution(price, part, first.owner))
        return done

    # --- what a market order is worth ---

    def _shown_price(self, half: Half, level: Level) -> int:
        first = level.queue[0]
        return self._reference(half) if first.owner != HOUSE and level.only_market else level.price

    def _market_price(self, half: Half, worst: int | None) -> int:
        """The price of a trade against a waiting market order, which takes any price that the aggressor insists on."""
        reference = self._reference(half)
        if worst is None:
            return reference
        return max(reference, worst) if half.side is Side.BUY else min(reference, worst)

    def _reference(self, half: Half) -> int:
        """One tick better than the best limit order beside it, or the last price if that is better still.

        markets.md 2.5 calls a waiting market order "the most aggressive order on its side" and gives it no price; one
        tick ahead of its side keeps a thin book from trading at the day's limit for want of a better idea.
        """
        beside = half.best_limit()
        if half.side is Side.BUY:
            ahead = self.last if beside is None else max(self.last, self.ticks.up(beside.price))
            return min(ahead, self.upper)
        if beside is None or beside.price <= self.lower:
            return max(self.last if beside is None else self.lower, self.lower)
        return max(min(self.last, self.ticks.down(beside.price)), self.lower)


def _dump_half(half: Half, *, house: bool) -> Iterator[object]:
    for level in half.best_first():
        queue = [[entry.owner, entry.left] for entry in level.queue if house or entry.owner != HOUSE]
        if queue:
            yield [level.price, queue]
