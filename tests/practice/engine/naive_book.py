"""The matching rules said as plainly as possible: one flat list of orders, searched from end to end each time.

It shares no code with the engine; the tests compare the two after every step.
"""

from __future__ import annotations

from dataclasses import dataclass

from hoga.domain.tickets import Side

HOUSE = 0


def tick(price: int) -> int:
    for below, size in ((2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500)):
        if price < below:
            return size
    return 1_000


@dataclass
class Waiting:
    seq: int
    owner: int
    side: Side
    price: int
    left: int
    market: bool = False


class NaiveBook:
    def __init__(self, lower: int, upper: int, last: int) -> None:
        self.lower, self.upper, self.last = lower, upper, last
        self.waiting: list[Waiting] = []
        self._seq = 0

    def next_day(self, lower: int, upper: int) -> NaiveBook:
        """The book of the date after: the house's orders within its limits stay, in their turn."""
        book = NaiveBook(lower, upper, self.last)
        for w in self.queue(Side.BUY) + self.queue(Side.SELL):
            if w.owner == HOUSE and lower <= w.price <= upper:
                book.wait(HOUSE, w.side, w.price, w.left)
        return book

    def queue(self, side: Side) -> list[Waiting]:
        """Everybody of a side, in the order in which they are served."""
        return sorted((w for w in self.waiting if w.side is side), key=lambda w: (-side.sign * w.price, w.seq))

    def reference(self, side: Side) -> int:
        """What a waiting market order of ``side`` trades at, unless the other insists on worse."""
        limits = [w.price for w in self.queue(side) if not w.market]
        if side is Side.BUY:
            ahead = [self.last] + ([limits[0] + tick(limits[0])] if limits else [])
            return min(max(ahead), self.upper)
        ahead = [self.last] + ([limits[0] - tick(limits[0] - 1)] if limits else [])
        return max(min(ahead), self.lower)

    def best(self, side: Side) -> int | None:
        queue = self.queue(side)
        if not queue:
            return None
        at_best = [w for w in queue if w.price == queue[0].price]
        return self.reference(side) if all(w.market for w in at_best) else queue[0].price

    def would_take(self, side: Side, worst: int | None) -> list[Waiting]:
        return [w for w in self.queue(side.opposite) if worst is None or side.sign * w.price <= side.sign * worst]

    def take(self, side: Side, quantity: int, worst: int | None) -> list[tuple[int, int, int]]:
        """(price, quantity, owner) of each trade; the house's at one price in a row are one."""
        done: list[tuple[int, int, int]] = []
        while quantity and (found := self.would_take(side, worst)):
            first = found[0]
            price = first.price
            if first.market:
                price = self.reference(first.side)
                if worst is not None:
                    price = max(price, worst) if first.side is Side.BUY else min(price, worst)
            part = min(quantity, first.left)
            first.left -= part
            quantity -= part
            self.waiting = [w for w in self.waiting if w.left]
            self.last = price
            done.append((price, part, first.owner))
        return merged(done)

    def wait(self, owner: int, side: Side, price: int | None, quantity: int) -> None:
        self._seq += 1
        market = price is None
        at = price if price is not None else self.upper if side is Side.BUY else self.lower
        self.waiting.append(Waiting(self._seq, owner, side, at, quantity, market))

    def withdraw_house(self, side: Side, price: int, quantity: int) -> int:
        taken = 0
        for w in reversed(self.queue(side)):
            if w.owner == HOUSE and w.price == price:
                part = min(w.left, quantity - taken)
                w.left -= part
                taken += part
        self.waiting = [w for w in self.waiting if w.left]
        return taken

    def reduce(self, owner: int, quantity: int) -> None:
        for w in self.waiting:
            if w.owner == owner:
                w.left -= quantity
        self.waiting = [w for w in self.waiting if w.left]

    def picture(self) -> dict[str, list[tuple[int, int, int]]]:
        """(price, quantity, owner) a side in serving order, neighbours of the house at one price made one."""
        return {
            side.value: merged([(w.price, w.left, w.owner) for w in self.queue(side)]) for side in (Side.BUY, Side.SELL)
        }


def merged(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for price, quantity, owner in rows:
        if out and owner == HOUSE and out[-1][0] == price and out[-1][2] == HOUSE:
            out[-1] = (price, out[-1][1] + quantity, HOUSE)
        else:
            out.append((price, quantity, owner))
    return out
