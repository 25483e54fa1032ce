"""Orders of accounts: one record a number, and the sums that must always hold for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import EntryKind, OrderEntry, OrderStatus


@dataclass(slots=True)
class Order:
    """One number of the day. ``filled + remaining + cancelled + moved == quantity`` holds after every method.

    ``unit_price`` is what a share of it reserves (0 for sells). ``resting_price`` is where it stands in the book; None
    when it never rested. A mid-price order rests without a price.
    """

    account: str
    trading_date: date
    number: int
    branch: str
    original: int | None
    kind: EntryKind
    code: str
    side: Side
    type: OrderType
    tif: TimeInForce
    limit: int | None
    quantity: int
    at: datetime
    unit_price: int
    remaining: int
    venue: Venue = Venue.KRX
    channel: str = "api"
    filled: int = 0
    filled_amount: int = 0
    cancelled: int = 0
    moved: int = 0
    status: OrderStatus = OrderStatus.WORKING
    resting_price: int | None = None
    stop: int | None = None
    woken: int | None = None
    """Of a stop-limit order that a trade has woken: the last number given before; it queues behind that."""
    _last_entry: OrderEntry | None = field(default=None, repr=False, compare=False)

    @property
    def sleeps(self) -> bool:
        """Whether it waits for its stop, outside the book."""
        return self.stop is not None and self.woken is None and bool(self.remaining)

    @property
    def turn(self) -> tuple[int, int]:
        """Its place in time: numbers rise with acceptance, and who was woken stands behind who was there."""
        return (self.number, 0) if self.woken is None else (self.woken, self.number)

    def fill(self, price: int, quantity: int) -> None:
        self.remaining -= quantity
        self.filled += quantity
        self.filled_amount += price * quantity
        if not self.remaining:
            # After a partial cancel or modify the last fill still ends it as filled: nothing is left that was ordered.
            self.status = OrderStatus.FILLED

    def cancel(self, quantity: int, status: OrderStatus = OrderStatus.CANCELLED) -> None:
        """Cancel ``quantity`` of what remains; ``status`` is what it becomes when nothing is left."""
        self.remaining -= quantity
        self.cancelled += quantity
        if not self.remaining:
            self.status = status

    def move(self, quantity: int) -> None:
        """Give ``quantity`` of what remains to a newer number."""
        self.remaining -= quantity
        self.moved += quantity
        if not self.remaining:
            self.status = OrderStatus.REPLACED

    def entry(self) -> OrderEntry:
        """A snapshot for the doors: the last one while nothing has changed, for lists are asked for all the time."""
        last = self._last_entry
        if last is None or self._figures() != (
            last.filled, last.filled_amount, last.remaining, last.cancelled, last.moved, last.status, last.resting_price
        ):  # fmt: skip
            self._last_entry = last = self._new_entry()
        return last

    def _figures(self) -> tuple[int | OrderStatus | None, ...]:
        """All of it that changes."""
        return (
            self.filled, self.filled_amount, self.remaining, self.cancelled, self.moved, self.status, self.resting_price
        )  # fmt: skip

    def _new_entry(self) -> OrderEntry:
        return OrderEntry(
            account=self.account,
            trading_date=self.trading_date,
            number=self.number,
            branch=self.branch,
            original=self.original,
            kind=self.kind,
            code=self.code,
            side=self.side,
            type=self.type,
            tif=self.tif,
            limit=self.limit,
            quantity=self.quantity,
            filled=self.filled,
            filled_amount=self.filled_amount,
            remaining=self.remaining,
            cancelled=self.cancelled,
            moved=self.moved,
            status=self.status,
            at=self.at,
            venue=self.venue,
            channel=self.channel,
            resting_price=self.resting_price,
            stop=self.stop,
        )


class OrderNumbers:
    """Order numbers of one trading date: they only rise, with gaps as if others ordered too.

    The gaps follow from the seed, the date and the number before, so a reopened ledger goes on where it was.
    """

    def __init__(self, seed: int, day: date, last: int = 0) -> None:
        self._mix = seed * 1_000_003 + day.toordinal()
        self.last = last

    def next(self) -> int:
        step = 1 + _scatter(self._mix + self.last) % 37
        # The day's first number: some thousands, as on a day that has begun.
        self.last = self.last + step if self.last else 1_000 + _scatter(self._mix) % 9_000
        return self.last


def _scatter(value: int) -> int:
    """A whole number that looks like nothing: Knuth's multiplicative hash of 32 bits."""
    return (value * 2_654_435_761 % 2**32) >> 7
