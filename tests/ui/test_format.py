"""Numbers as people read them (ux.md 3.2)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.base.message import Language
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.ui import format as fmt


def test_won_have_commas_and_no_decimals() -> None:
    assert fmt.price(Price(71_500)) == "71,500"
    assert fmt.money(Money(-1_234_567)) == "−1,234,567"


def test_dollars_have_two_decimals_four_below_one() -> None:
    assert fmt.price(Price.parse("192.5", Currency.USD)) == "192.50"
    assert fmt.price(Price.parse("0.1234", Currency.USD)) == "0.1234"
    assert fmt.price(Price.parse("192.6955", Currency.USD)) == "192.6955", "nothing is rounded away"


def test_unknown_is_a_dash() -> None:
    assert fmt.price(None) == fmt.money(None) == fmt.shares(None) == fmt.rate(1, 0) == fmt.clock(None) == "–"


@pytest.mark.parametrize(("value", "shown"), [(1_200, "▲1,200"), (-300, "▼300"), (0, "0")])
def test_change_in_price(value: int, shown: str) -> None:
    assert fmt.change(value) == shown


def test_rate_and_profit_use_plus_and_minus() -> None:
    assert fmt.rate(125, 10_000) == "+1.25%"
    assert fmt.rate(-83, 10_000) == "−0.83%"
    assert fmt.rate(0, 5) == "0.00%"
    assert fmt.signed(182_300) == "+182,300"
    assert fmt.signed(-5) == "−5"


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        (123_456_789, "1.2억", "123.5M"),
        (34_500_000, "3,450만", "34.5M"),
        (-34_500_000, "−3,450만", "−34.5M"),
        (999_999, "999,999", "999,999"),
        (640_901_100_000, "6,409.0억", "640.9B"),
        (426_839_452_325_000, "426.8조", "426.8T"),
    ],
)
def test_big_sums(value: int, korean: str, english: str) -> None:
    assert fmt.big_won(value, Language.KO) == korean
    assert fmt.big_won(value, Language.EN) == english


def test_times_and_days() -> None:
    moment = datetime(2026, 11, 21, 14, 3, 22, 45_000, tzinfo=KST)
    assert fmt.clock(moment) == "14:03:22"
    assert fmt.clock(moment, milliseconds=True) == "14:03:22.045"
    assert fmt.day(date(2026, 11, 21), Language.KO) == "2026-11-21 (토)"
    assert fmt.day(date(2026, 11, 21), Language.EN) == "2026-11-21 (Sat)"
    assert fmt.age(0.042, Language.KO) == "42 ms"
    assert fmt.age(3_725, Language.KO) == "1시간 2분"
    assert fmt.age(65, Language.EN) == "1m 5s"


def test_limits_have_their_own_arrows() -> None:
    assert fmt.direction(1, at_upper=True) is fmt.Direction.UPPER_LIMIT
    assert fmt.direction(-1, at_lower=True).rising == -1


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_copied_numbers_are_plain_and_exact(value: int) -> None:
    assert int(fmt.plain(fmt.units(value))) == value


def test_share_counts_have_their_word() -> None:
    assert fmt.shares(Shares(1_000), Language.KO) == "1,000주"
    assert fmt.shares(10) == "10"
