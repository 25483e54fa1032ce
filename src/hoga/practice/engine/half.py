"""One side of one instrument's book: price levels, and in each level who waits in which order.

Prices are plain won. House orders carry no name, so neighbours of the house in a queue are one entry; orders of
accounts keep an entry each. Levels are kept under a *key* that grows with attractiveness (the price for bids, minus the
price for asks), so the best level is always the last key.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterator

from hoga.domain.tickets import Side

HOUSE = 0
"""The owner of an entry that belongs to nobody in particular."""


class Resting:
    """One entry of a queue: ``owner`` is an account order's number, or HOUSE.

    ``market`` marks what is left of a market order: it waits among the limit orders at the daily limit, equal with
    them in price (markets.md 6.1), but trades at its book's reference price.
    """

    __slots__ = ("left", "market", "owner")

    def __init__(self, owner: int, left: int, *, market: bool = False) -> None:
        self.owner = owner
        self.left = left
        self.market = market


class Level:
    """Everybody who waits at one price, first come first. ``total`` and ``house`` are sums of what is left."""

    __slots__ = ("house", "price", "queue", "total")

    def __init__(self, price: int) -> None:
        self.price = price
        self.total = 0
        self.house = 0
        self.queue: deque[Resting] = deque()

    def add_house(self, quantity: int) -> None:
        tail = self.queue[-1] if self.queue else None
        if tail is not None and tail.owner == HOUSE:
            tail.left += quantity
        else:
            self.queue.append(Resting(HOUSE, quantity))
        self.total += quantity
        self.house += quantity

    def add_order(self, entry: Resting) -> None:
        self.queue.append(entry)
        self.total += entry.left

    def fill_first(self, quantity: int) -> None:
        """Take ``quantity`` (at most what is left of it) from the first entry."""
        first = self.queue[0]
        first.left -= quantity
        self.total -= quantity
        if first.owner == HOUSE:
            self.house -= quantity
        if not first.left:
            self.queue.popleft()

    def withdraw_house(self, quantity: int) -> int:
        """Take back up to ``quantity`` of the house's, newest first; what accounts own keeps its place."""
        wanted = min(quantity, self.house)
        self.total -= wanted
        self.house -= wanted
        kept: list[Resting] = []
        left = wanted
        while left:
            entry = self.queue[-1]
            if entry.owner != HOUSE:
                kept.append(self.queue.pop())
            elif entry.left > left:
                entry.left -= left
                left = 0
            else:
                left -= entry.left
                self.queue.pop()
        self.queue.extend(reversed(kept))
        return wanted

    def reduce_order(self, owner: int, quantity: int) -> None:
        """Take ``quantity`` off an account's entry, which keeps its place. KeyError when it does not wait here."""
        for entry in self.queue:
            if entry.owner == owner:
                entry.left -= quantity
                self.total -= quantity
                if not entry.left:
                    self.queue.remove(entry)
                return
        raise KeyError(owner)

    @property
    def only_market(self) -> bool:
        return self.house == 0 and all(entry.market for entry in self.queue)


class Half:
    """All levels of one side. No level is ever empty."""

    __slots__ = ("_sign", "keys", "levels", "side")

    def __init__(self, side: Side) -> None:
        self.side = side
        self._sign = side.sign
        self.levels: dict[int, Level] = {}
        self.keys: list[int] = []

    def key(self, price: int) -> int:
        return self._sign * price

    def at(self, price: int) -> Level | None:
        return self.levels.get(self._sign * price)

    def open(self, price: int) -> Level:
        """The level at ``price``, made if need be. The caller adds to it at once."""
        key = self._sign * price
        level = self.levels.get(key)
        if level is None:
            level = self.levels[key] = Level(price)
            keys = self.keys
            if not keys or key > keys[-1]:
                keys.append(key)
            else:
                insort(keys, key)
        return level

    def drop_best(self) -> None:
        del self.levels[self.keys.pop()]

    def drop_if_empty(self, level: Level) -> None:
        if not level.total:
            key = self._sign * level.price
            del self.levels[key]
            del self.keys[bisect_left(self.keys, key)]

    def best_first(self) -> Iterator[Level]:
        levels = self.levels
        return (levels[key] for key in reversed(self.keys))

    def best_limit(self) -> Level | None:
        """The best level in which somebody waits with a limit of his own."""
        return next((level for level in self.best_first() if not level.only_market), None)

    def total(self) -> int:
        return sum(level.total for level in self.levels.values())
