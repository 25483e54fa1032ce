"""Exact numbers: nothing is ever rounded by accident, and meanings do not mix."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.values import NO_SHARES, Currency, Money, Price, Shares

currencies = st.sampled_from(list(Currency))
whole = st.integers(min_value=0, max_value=10**15)


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("71500", Currency.KRW, 71_500),
        ("0000071500", Currency.KRW, 71_500),
        ("71500.00", Currency.KRW, 71_500),
        ("192.69", Currency.USD, 1_926_900),
        ("0.0001", Currency.USD, 1),
        ("1e2", Currency.KRW, 100),
        (" 71500 ", Currency.KRW, 71_500),
        (71_500, Currency.KRW, 71_500),
        (Decimal("187.43"), Currency.USD, 1_874_300),
        ("1.5", Currency.JPY, 15),
    ],
)
def test_prices_are_read_exactly(text: str | int | Decimal, currency: Currency, units: int) -> None:
    assert Price.parse(text, currency) == Price(units, currency)
    assert Money.parse(text, currency) == Money(units, currency)


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "1,000", "NaN", "Infinity", "-Infinity", "0.5", "1/2", "１２원", 71500.0, 0.1, True, False]
)
def test_what_is_no_exact_won_amount_is_refused(text: object) -> None:
    for kind in (Price, Money):
        with pytest.raises(ValueError):
            kind.parse(text)  # type: ignore[arg-type]


def test_finer_than_the_unit_is_refused_and_not_rounded() -> None:
    with pytest.raises(ValueError, match="finer than the smallest unit of USD"):
        Price.parse("0.00005", Currency.USD)


@pytest.mark.parametrize("units", [-1, 1.0, Decimal(1), True, "1", None])
def test_a_price_is_a_whole_number_of_units(units: object) -> None:
    with pytest.raises(ValueError):
        Price(units)  # type: ignore[arg-type]


@pytest.mark.parametrize("units", [1.0, Decimal(1), True, "1", None])
def test_money_is_a_whole_number_of_units(units: object) -> None:
    with pytest.raises(ValueError):
        Money(units)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [-1, 1.0, Decimal(1), True, "1", None])
def test_a_share_count_is_a_whole_number(count: object) -> None:
    with pytest.raises(ValueError):
        Shares(count)  # type: ignore[arg-type]


def test_a_price_is_never_negative_but_money_may_be() -> None:
    with pytest.raises(ValueError):
        Price.parse("-1")
    assert Money.parse("-1") == Money(-1) == -Money(1)


def test_price_times_shares_is_money_of_the_same_currency() -> None:
    assert Price(71_500) * Shares(33) == Money(2_359_500)
    assert Price.parse("187.43", Currency.USD) * Shares(25) == Money.parse("4685.75", Currency.USD)


def test_sums_without_meaning_do_not_exist() -> None:
    with pytest.raises(TypeError):
        Price(1) + Price(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(1) * Money(1)  # type: ignore[operator]
    with pytest.raises(AttributeError):
        Price(1) * 2  # type: ignore[operator]


def test_currencies_do_not_mix() -> None:
    won, dollars = Money(1), Money(1, Currency.USD)
    for act in (
        lambda: won + dollars,
        lambda: won - dollars,
        lambda: won < dollars,
        lambda: won >= dollars,
        lambda: Price(1) < Price(1, Currency.USD),
    ):
        with pytest.raises(ValueError, match="do not mix"):
            act()
    assert won != dollars
    assert Price(1) != Price(1, Currency.USD)


def test_shares_never_go_below_none() -> None:
    assert Shares(5) - Shares(5) == NO_SHARES
    assert not NO_SHARES
    with pytest.raises(ValueError):
        Shares(5) - Shares(6)


def test_values_cannot_be_changed() -> None:
    for value, name in ((Price(1), "units"), (Money(1), "units"), (Shares(1), "count")):
        with pytest.raises(AttributeError):
            setattr(value, name, 2)


def test_values_show_themselves_with_commas_and_their_decimals() -> None:
    assert str(Price(71_500)) == "71,500"
    assert str(Price(1_926_900, Currency.USD)) == "192.6900"
    assert str(Money(-1_204_000)) == "-1,204,000"
    assert str(Shares(1_234_567)) == "1,234,567"
    assert Price(1_926_900, Currency.USD).decimal == Decimal("192.69")


@given(currencies, whole)
def test_a_price_survives_being_written_and_read(currency: Currency, units: int) -> None:
    price = Price(units, currency)
    assert Price.parse(str(price).replace(",", ""), currency) == price
    assert Price.parse(price.decimal, currency) == price


@given(currencies, whole, whole, st.integers(min_value=0, max_value=10**6))
def test_arithmetic_is_that_of_whole_numbers(currency: Currency, one: int, other: int, count: int) -> None:
    assert Money(one, currency) + Money(other, currency) == Money(one + other, currency)
    assert Money(one, currency) - Money(other, currency) == -Money(other - one, currency)
    assert Price(one, currency) * (Shares(count) + Shares(1)) == Price(one, currency) * Shares(count) + Money(
        one, currency
    )
    assert (Price(one, currency) < Price(other, currency)) is (one < other)
    assert max(Money(one, currency), Money(other, currency)).units == max(one, other)
    assert Money.zero(currency) + Money(one, currency) == Money(one, currency)
