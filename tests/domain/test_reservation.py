"""What open orders hold back: markets.md 4.6."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.accounts import WireProfile
from hoga.domain.costs import BILLION, FeeModel, cost_of_buy, fee_model
from hoga.domain.limits import daily_limits
from hoga.domain.reservation import NoUnitPrice, affordable, orderable, reserve, sellable, unit_price
from hoga.domain.tickets import OrderType
from hoga.domain.values import Currency, Money, Price, Shares
from tests.domain.instruments_for_tests import korean

ONLINE = FeeModel(rate=150_000)


@pytest.mark.parametrize("type", list(OrderType))
def test_a_type_without_a_price_is_held_at_the_upper_limit(type: OrderType) -> None:
    held_at_limit = {OrderType.LIMIT, OrderType.CONDITIONAL, OrderType.STOP_LIMIT}
    expected = Price(71_500) if type in held_at_limit else Price(92_900)
    assert unit_price(type, Price(71_500), Price(92_900)) == expected


@pytest.mark.parametrize(("type", "limit"), [(OrderType.LIMIT, None), (OrderType.MARKET, Price(71_500))])
def test_without_the_price_it_needs_nothing_can_be_held(type: OrderType, limit: Price | None) -> None:
    with pytest.raises(NoUnitPrice):
        unit_price(type, limit, None)


def test_the_reserve_is_amount_and_commission_rounded_up() -> None:
    assert reserve(Shares(33), Price(71_500), ONLINE) == Money(2_359_500 + 354)
    assert reserve(Shares(0), Price(71_500), ONLINE) == Money(0)
    assert reserve(Shares(1), Price.parse("187.43", Currency.USD), fee_model(WireProfile.KIS_REAL, Currency.USD)) == (
        Money.parse("187.90", Currency.USD)
    )


def test_all_my_cash_at_the_market_buys_about_seventy_seven_percent() -> None:
    last = Price(71_500)
    upper = daily_limits(korean(), last, date(2026, 11, 20)).upper
    assert upper is not None
    cash = Money(100_000_000)
    shares = affordable(cash, upper, ONLINE)
    assert shares == Shares(1_076)
    assert 0.76 < shares.count / (cash.units // last.units) < 0.78


@given(
    st.integers(min_value=1, max_value=10**11),
    st.integers(min_value=1, max_value=3_000_000),
    st.sampled_from([0, 140_527, 150_000, 3_500_000]),
)
def test_affordable_is_the_most_that_fits(cash: int, price: int, rate: int) -> None:
    model, at = FeeModel(rate), Price(price)
    most = affordable(Money(cash), at, model)
    assert reserve(most, at, model) <= Money(cash)
    assert reserve(most + Shares(1), at, model) > Money(cash)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=10**8))
def test_affordable_is_the_most_that_fits_in_dollars_too(cash: int, price: int) -> None:
    model, at = fee_model(WireProfile.KIS_REAL, Currency.USD), Price(price, Currency.USD)
    most = affordable(Money(cash, Currency.USD), at, model)
    assert reserve(most, at, model) <= Money(cash, Currency.USD)
    assert reserve(most + Shares(1), at, model) > Money(cash, Currency.USD)


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=3_000_000))
def test_what_is_held_always_covers_what_will_be_booked(count: int, price: int) -> None:
    for model, currency in ((ONLINE, Currency.KRW), (fee_model(WireProfile.KIS_REAL, Currency.USD), Currency.USD)):
        at = Price(price, currency)
        amount = at * Shares(count)
        held = reserve(Shares(count), at, model)
        assert held >= amount + Money(amount.units * model.rate // BILLION, currency)
        if currency is Currency.KRW:
            assert held >= amount + cost_of_buy(model, amount).total


def test_no_cash_or_no_price_buys_nothing() -> None:
    assert affordable(Money(0), Price(100), ONLINE) == Shares(0)
    assert affordable(Money(-5), Price(100), ONLINE) == Shares(0)
    assert affordable(Money(100), Price(0), ONLINE) == Shares(0)
    with pytest.raises(ValueError, match="buys nothing priced in USD"):
        affordable(Money(100), Price(100, Currency.USD), ONLINE)


def test_orderable_and_sellable_are_what_open_orders_leave() -> None:
    assert orderable(Money(1_000_000), [Money(300_000), Money(200_000)]) == Money(500_000)
    assert orderable(Money(100), [Money(300)]) == Money(-200)
    assert sellable(Shares(10), [Shares(3), Shares(4)]) == Shares(3)
    assert sellable(Shares(10), [Shares(8), Shares(4)]) == Shares(0)
