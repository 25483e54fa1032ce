"""Slips of the hand: two hundred of the kinds that cost people money are caught, ordinary tickets pass."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from hoga.domain.instruments import InstrumentId
from hoga.domain.limits import NO_LIMITS, DailyLimits
from hoga.domain.slips import Habit, Typed, slips
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.trading.wording_risk import RISK

SAMSUNG, PREFERRED = InstrumentId("005930"), InstrumentId("005935")
LASTS = (1_205, 4_870, 18_240, 41_250, 71_500, 148_300, 192_500, 352_000, 780_000, 1_180_000)
USUAL = Habit(amounts=(2_100_000, 1_400_000, 3_000_000, 800_000, 2_200_000, 1_900_000))


def limits(last: int) -> DailyLimits:
    return DailyLimits(Price(last * 7 // 10), Price(last * 13 // 10))


def typed(quantity: int, limit: int | None, last: int = 71_500, **changes: object) -> Typed:
    made = Typed(SAMSUNG, Side.BUY, quantity, limit, limit or last, last, limits(last), 0)
    return replace(made, **changes)  # type: ignore[arg-type] # by name


def codes(ticket: Typed, habit: Habit = USUAL) -> list[str]:
    return [message.code for message in slips(ticket, habit)]


def table() -> Iterator[tuple[str, Typed, Habit]]:
    """What people have really done, at every height of price: (what it must be told as, the ticket, their habit)."""
    for last in LASTS:
        usual = max(2_000_000 // last, 1)
        here = replace(USUAL, counts=(usual, usual, usual))
        for count in (3, 7, 20, 33):
            yield "SLIP_SWAPPED", typed(last, count, last), USUAL
        yield "SLIP_SAME_NUMBER", typed(last, last, last), Habit()
        for habit in (USUAL, Habit()):
            if last > 5_000:  # of a cheaper one so many shares are an ordinary order
                yield "SLIP_QUANTITY_IS_PRICE", typed(last - last // 100, None, last), habit
                yield "SLIP_QUANTITY_IS_PRICE", typed(last + last // 200, last, last), habit
        for zeros in (10, 100, 1_000):
            yield "SLIP_EXTRA_ZERO", typed(usual * zeros, last, last), here
        for shift in (last * 10, last // 10, last * 100):
            yield "SLIP_PRICE_DIGIT", typed(usual, shift, last), USUAL
        yield "SLIP_TEN_TIMES", typed(21_000_000 // last + 1, last, last), replace(USUAL, counts=(1, 2, 7))
        yield "SLIP_SUM_AS_SHARES", typed(max(last * 10 // 10_000, 1) * 10_000 * 10, last, last), USUAL
        yield "SLIP_MAN", typed(10_000, 20_000, 20_000), Habit()
        yield "SLIP_SIDE", typed(137, last, last, held=137), Habit()
        neighbour = replace(USUAL, known={SAMSUNG: "삼성전자"})
        yield "SLIP_NEIGHBOUR", typed(usual, last, last, instrument=PREFERRED), neighbour
        swapped_digits = typed(usual, last, last, instrument=InstrumentId("005390"))
        yield "SLIP_NEIGHBOUR", swapped_digits, neighbour


SLIPS = list(table())


@pytest.mark.parametrize(("code", "ticket", "habit"), SLIPS)
def test_a_slip_is_caught(code: str, ticket: Typed, habit: Habit) -> None:
    assert code in codes(ticket, habit)


def test_there_are_two_hundred_of_them_of_every_kind() -> None:
    assert len(SLIPS) >= 200
    assert {code for code, _, _ in SLIPS} == {code for code in RISK if code.startswith("SLIP_")}


def ordinary(chance: random.Random) -> tuple[Typed, Habit]:
    """A person buys or sells for about what they always do, near the market."""
    last = chance.choice(LASTS)
    price = last + last * chance.randint(-20, 20) // 1_000
    usual = chance.choice((300_000, 1_000_000, 2_000_000, 5_000_000, 20_000_000))
    amounts = tuple(usual * chance.randint(30, 250) // 100 for _ in range(chance.randint(0, 20)))
    count = max(usual * chance.randint(20, 300) // 100 // price, 1)
    if count > 20:
        count = count // 5 * 5  # people like round numbers
    counts = tuple(max(count * chance.randint(30, 300) // 100, 1) for _ in range(chance.randint(0, 5)))
    known = {InstrumentId(f"{chance.randint(0, 999_999):06}"): "" for _ in range(10)}
    here = InstrumentId(f"{chance.randint(0, 999_999):06}")
    limit = None if chance.random() < 0.2 else price
    side = chance.choice(list(Side))
    held = count * 3 if side is Side.SELL else chance.choice((0, 0, 10, 55, 200))
    return Typed(here, side, count, limit, price, last, limits(last), held), Habit(amounts, counts, known)


def test_ordinary_tickets_are_left_alone() -> None:
    """Of two thousand fewer than one in a hundred is asked about."""
    chance = random.Random(2_000)
    asked = [ticket for ticket, habit in (ordinary(chance) for _ in range(2_000)) if slips(ticket, habit)]
    assert len(asked) < 20, asked[:5]


def test_a_habit_needs_a_few_orders() -> None:
    large = typed(250, 71_500)
    assert codes(large, Habit(amounts=(1_000_000,) * 4)) == []
    assert codes(large, Habit(amounts=(1_000_000,) * 5)) == ["SLIP_TEN_TIMES"]
    assert codes(large, Habit(amounts=(2_000_000,) * 5)) == []


def test_selling_what_one_has_is_no_slip_of_size() -> None:
    assert codes(typed(10_000, 71_500, side=Side.SELL, held=10_000), USUAL) == []


def test_an_instrument_one_knows_has_no_neighbour() -> None:
    known = Habit(known={SAMSUNG: "삼성전자", PREFERRED: "삼성전자우"})
    assert codes(typed(10, 60_000, 60_000, instrument=PREFERRED), known) == []


def test_without_a_price_nothing_is_guessed() -> None:
    blind = replace(typed(71_500, 100), last=None, limits=NO_LIMITS)
    assert codes(blind, Habit()) == []
