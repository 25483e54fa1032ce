"""Slips of the hand: the ticket is also read the other way, and asked about where the other reading fits better.

The commonest real losses in Korea are quantity and price swapped, a zero too many, sums typed as shares, the wrong side
and the neighbouring code (guide J6, idea 2). Nothing here refuses: a slip is a question, and beside a refusal a hint.
Habit is what the person sent by hand lately; without one, only sums that are large in themselves raise a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.limits import DailyLimits
from hoga.domain.tickets import Side

LARGE = 10_000_000
"""Won: with no habit to go by, a smaller order is taken as meant."""
TIMES = 10
_LEAST_ORDERS = 5
"""Fewer orders than this are no habit."""
_LEAST_HERE = 3
_MAN = 10_000
_NEAR_PERCENT = 3
_SAME_NUMBER = 1_000
"""Smaller equal numbers in both fields are chance."""
_NOT_ROUND = 10
_NOBODY: Mapping[InstrumentId, str] = MappingProxyType({})


class Habit(Struct, frozen=True):
    """What the person sent by hand lately, newest first: ``amounts`` in won over all instruments, ``counts`` of shares
    in this one. ``known``: instruments that were traded lately or are held, with their names."""

    amounts: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    known: Mapping[InstrumentId, str] = field(default_factory=lambda: _NOBODY)

    @property
    def amount(self) -> int | None:
        """The usual sum of an order; None while there is no habit."""
        return _median(self.amounts) if len(self.amounts) >= _LEAST_ORDERS else None

    @property
    def count(self) -> int | None:
        """The usual number of shares in this instrument."""
        return _median(self.counts) if len(self.counts) >= _LEAST_HERE else None


class Typed(Struct, frozen=True):
    """A ticket as it was typed. ``unit`` is what one share is reckoned with; ``limit`` None where none is typed."""

    instrument: InstrumentId
    side: Side
    quantity: int
    limit: int | None
    unit: int
    last: int | None
    limits: DailyLimits
    held: int | None

    @property
    def amount(self) -> int:
        return self.quantity * self.unit

    def could_be_a_price(self, number: int) -> bool:
        """Whether ``number`` could be ordered at today, as far as the day's limits are known."""
        if self.last is None or number <= 0:
            return False
        lower = self.limits.lower.units if self.limits.lower is not None else self.last * 7 // 10
        upper = self.limits.upper.units if self.limits.upper is not None else self.last * 13 // 10
        return lower <= number <= upper


def slips(typed: Typed, habit: Habit) -> tuple[Message, ...]:
    """What this ticket may have been meant as, the likeliest reading first; empty for an ordinary one."""
    if typed.quantity <= 0:
        return ()
    return (*_of_the_price(typed, habit), *_of_the_quantity(typed, habit), *_of_the_subject(typed, habit))


def _of_the_price(typed: Typed, habit: Habit) -> Iterator[Message]:
    """Price and quantity in each other's field, or a digit too many or too few."""
    price, count = typed.limit, typed.quantity
    if price is not None and price == count and count >= _SAME_NUMBER:
        yield Message("SLIP_SAME_NUMBER", {"number": count})
        return
    if typed.could_be_a_price(count):
        if price is not None and not typed.could_be_a_price(price):
            yield Message("SLIP_SWAPPED", {"price": price, "quantity": count, "last": typed.last})
            return
        if _unusual(typed, habit):
            yield Message("SLIP_QUANTITY_IS_PRICE", {"quantity": count, "last": typed.last})
            return
    meant = None if price is None else _other_digits(typed, price)
    if price is not None and meant is not None:
        yield Message("SLIP_PRICE_DIGIT", {"price": price, "meant": meant, "last": typed.last})


def _other_digits(typed: Typed, price: int) -> int | None:
    """The price with a zero more or less, where that one lies at the market and this one is out of reach."""
    if typed.last is None or typed.could_be_a_price(price):
        return None
    for other in (price * 10, price // 10, price * 100, price // 100):
        if abs(other - typed.last) * 100 <= _NEAR_PERCENT * typed.last:
            return other
    return None


def _of_the_quantity(typed: Typed, habit: Habit) -> Iterator[Message]:
    """Far more than usual. Selling what one has is no slip of this kind."""
    if typed.side is Side.SELL:
        return
    count, usual = typed.quantity, habit.count
    if usual is not None and count in (usual * 10, usual * 100, usual * 1_000):
        yield Message("SLIP_EXTRA_ZERO", {"quantity": count, "usual": usual})
    elif count % _MAN == 0 and _unusual(typed, habit):
        yield _sum_or_man(typed)
    elif habit.amount is not None and typed.amount >= TIMES * habit.amount:
        yield Message("SLIP_TEN_TIMES", {"amount": typed.amount, "usual": habit.amount})


def _sum_or_man(typed: Typed) -> Message:
    """A round number of tens of thousands of shares: a sum of won, or typed with a 만 too many."""
    count = typed.quantity
    if typed.unit and count >= typed.unit:
        return Message("SLIP_SUM_AS_SHARES", {"quantity": count, "amount": typed.amount, "shares": count // typed.unit})
    return Message("SLIP_MAN", {"quantity": count, "amount": typed.amount, "shares": count // _MAN})


def _unusual(typed: Typed, habit: Habit) -> bool:
    usual = habit.amount
    return typed.amount >= (LARGE if usual is None else TIMES * usual)


def _of_the_subject(typed: Typed, habit: Habit) -> Iterator[Message]:
    """The other side, or the neighbouring code."""
    if typed.side is Side.SELL:
        return
    if typed.held is not None and typed.quantity == typed.held and typed.held % _NOT_ROUND and typed.held > _NOT_ROUND:
        yield Message("SLIP_SIDE", {"held": typed.held})
    if typed.instrument in habit.known or typed.held:
        return
    for other, name in habit.known.items():
        if _neighbours(typed.instrument.code, other.code):
            yield Message("SLIP_NEIGHBOUR", {"wrong": typed.instrument.code, "other": other.code, "name": name})
            return


def _neighbours(one: str, other: str) -> bool:
    """One digit apart, or two adjacent ones changed about."""
    if len(one) != len(other):
        return False
    apart = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(apart) == 1:
        return True
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]


def _median(values: tuple[int, ...]) -> int:
    """The middle one; of an even number the lower of the two."""
    return sorted(values)[(len(values) - 1) // 2]
