"""Costs: the vectors of markets.md 4.1 to 4.3, cut and rounded to the won and the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoga.domain.accounts import WireProfile
from hoga.domain.calendar import KRX
from hoga.domain.costs import (
    BILLION,
    FeeModel,
    Sale,
    activity_fee,
    break_even,
    cost_of_buy,
    cost_of_sell,
    fee_model,
    sec_fee,
    selling_tax_rates,
)
from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.domain.tables import RuleUnknown
from hoga.domain.ticks import price_grid
from hoga.domain.values import Currency, Money, Price, Shares
from tests.domain.instruments_for_tests import american, korean

SOLD, SETTLES = date(2026, 11, 20), date(2026, 11, 24)
PERCENT = BILLION // 100
ONLINE = FeeModel(rate=15 * PERCENT // 1000)


def sale(price: int, count: int, instrument: Instrument | None = None, settles: date = SETTLES) -> Sale:
    return Sale(instrument or korean(), Price(price) * Shares(count), Shares(count), SOLD, settles)


@pytest.mark.parametrize(
    ("market", "year", "transaction", "rural"),
    [
        (Market.KOSPI, 2023, "0.05", "0.15"),
        (Market.KOSPI, 2024, "0.03", "0.15"),
        (Market.KOSPI, 2025, "0", "0.15"),
        (Market.KOSPI, 2026, "0.05", "0.15"),
        (Market.KOSDAQ, 2023, "0.20", "0"),
        (Market.KOSDAQ, 2024, "0.18", "0"),
        (Market.KOSDAQ, 2025, "0.15", "0"),
        (Market.KOSDAQ, 2026, "0.20", "0"),
        (Market.KONEX, 2023, "0.10", "0"),
        (Market.KONEX, 2024, "0.10", "0"),
        (Market.KONEX, 2025, "0.10", "0"),
        (Market.KONEX, 2026, "0.10", "0"),
    ],
)
def test_selling_tax_by_year_of_settlement(market: Market, year: int, transaction: str, rural: str) -> None:
    rates = tuple(int(Decimal(text).scaleb(7)) for text in (transaction, rural))
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert selling_tax_rates(market, ProductType.STOCK, day) == rates


@pytest.mark.parametrize(
    ("traded", "tax"),
    [
        (date(2024, 12, 26), 1_800),  # settles on 30 December 2024
        (date(2024, 12, 27), 1_500),  # settles on 2 January 2025
        (date(2025, 12, 26), 1_500),
        (date(2025, 12, 29), 2_000),  # settles on 2 January 2026
    ],
)
def test_the_settlement_date_chooses_the_rate(traded: date, tax: int) -> None:
    sold = Sale(korean(), Money(1_000_000), Shares(10), traded, KRX.settlement_date(traded))
    assert cost_of_sell(ONLINE, sold).tax == Money(tax)


@pytest.mark.parametrize("product", [ProductType.ETF, ProductType.ETN, ProductType.ELW])
def test_funds_notes_and_warrants_pay_no_tax(product: ProductType) -> None:
    assert selling_tax_rates(Market.KOSPI, product, SETTLES) == (0, 0)
    costs = cost_of_sell(ONLINE, sale(10_000, 100, korean(product=product)))
    assert costs.tax == Money(0)
    assert costs.total == costs.commission == Money(150)


def test_the_two_parts_of_the_tax_are_cut_separately() -> None:
    costs = cost_of_sell(ONLINE, sale(71_500, 33))
    assert (costs.transaction_tax, costs.rural_tax, costs.tax) == (Money(1_179), Money(3_539), Money(4_718))
    assert costs.commission == Money(353)
    assert costs.total == Money(353 + 4_718)
    small = cost_of_sell(ONLINE, sale(6_240, 7))
    assert (small.transaction_tax, small.rural_tax, small.tax) == (Money(21), Money(65), Money(86))


def test_some_brokers_cut_the_commission_to_ten_won() -> None:
    amount = Money(33 * 71_500)
    assert ONLINE.commission(amount) == Money(353)
    assert FeeModel(ONLINE.rate, fee_unit=10).commission(amount) == Money(350)


@pytest.mark.parametrize(
    ("profile", "currency", "rate", "unit", "confirmed"),
    [
        (WireProfile.KIS_REAL, Currency.KRW, 140_527, 1, True),
        (WireProfile.KIS_PAPER, Currency.KRW, 140_527, 1, False),
        (WireProfile.KIWOOM_REAL, Currency.KRW, 150_000, 10, True),
        (WireProfile.KIWOOM_MOCK, Currency.KRW, 3_500_000, 10, True),
        (WireProfile.KIS_REAL, Currency.USD, 2_500_000, 1, True),
    ],
)
def test_standard_commissions(profile: WireProfile, currency: Currency, rate: int, unit: int, confirmed: bool) -> None:
    assert fee_model(profile, currency) == FeeModel(rate, unit, confirmed, currency)


def test_a_commission_that_is_not_on_file_is_unknown() -> None:
    with pytest.raises(RuleUnknown):
        fee_model(WireProfile.KIWOOM_REAL, Currency.USD)
    with pytest.raises(RuleUnknown):
        fee_model(WireProfile.KIS_REAL, Currency.JPY)


def test_kiwooms_mock_costs_what_was_measured() -> None:
    model = fee_model(WireProfile.KIWOOM_MOCK)
    bought = cost_of_buy(model, Money(10_000_000)).total
    sold = cost_of_sell(model, sale(100_000, 100)).total
    # 0.35 % a side and 0.20 % tax: the round trip of 2026 is 0.90 %.
    assert bought + sold == Money(90_000)


def test_buying_costs_commission_alone() -> None:
    costs = cost_of_buy(ONLINE, Money(2_359_500))
    assert costs.total == costs.commission == Money(353)


def us_sale(price: str, count: int, sold: date = SOLD) -> Sale:
    return Sale(american(), Price.parse(price, Currency.USD) * Shares(count), Shares(count), sold, sold)


def dollars(text: str) -> Money:
    return Money.parse(text, Currency.USD)


def test_us_sale_of_the_reference() -> None:
    costs = cost_of_sell(fee_model(WireProfile.KIS_REAL, Currency.USD), us_sale("187.43", 25))
    assert (costs.commission, costs.sec_fee, costs.activity_fee) == (dollars("11.71"), dollars("0.10"), dollars("0"))
    assert costs.tax == dollars("0")
    assert costs.total == dollars("11.81")
    larger = cost_of_sell(fee_model(WireProfile.KIS_REAL, Currency.USD), us_sale("187.43", 1_000))
    assert larger.total == dollars("468.58") + dollars("3.86") + dollars("0.20")


@pytest.mark.parametrize(
    ("sold", "fee"),
    [
        (date(2025, 5, 13), "27.80"),
        (date(2025, 5, 14), "0"),
        (date(2026, 4, 3), "0"),
        (date(2026, 4, 4), "20.60"),
    ],
)
def test_sec_fee_on_a_million_dollars(sold: date, fee: str) -> None:
    assert sec_fee(dollars("1000000"), sold) == dollars(fee)


def test_sec_fee_is_at_least_a_cent_and_rounds_half_up() -> None:
    assert sec_fee(dollars("1"), SOLD) == dollars("0.01")
    assert sec_fee(dollars("0"), SOLD) == dollars("0")
    assert sec_fee(dollars("728.15"), SOLD) == dollars("0.01")  # 0.01499989
    assert sec_fee(dollars("728.16"), SOLD) == dollars("0.02")  # 0.015000096


@pytest.mark.parametrize(
    ("shares", "fee"),
    [(25, "0"), (26, "0.01"), (1_000, "0.20"), (25_615, "4.99"), (50_205, "9.79"), (1_000_000, "9.79")],
)
def test_activity_fee_is_per_share_with_a_ceiling(shares: int, fee: str) -> None:
    assert activity_fee(Shares(shares), SOLD) == dollars(fee)


def test_dates_before_the_tables_are_unknown() -> None:
    with pytest.raises(RuleUnknown):
        sec_fee(dollars("100"), date(2024, 5, 21))
    with pytest.raises(RuleUnknown):
        activity_fee(Shares(1), date(2023, 12, 31))
    with pytest.raises(RuleUnknown):
        selling_tax_rates(Market.KONEX, ProductType.STOCK, date(2019, 6, 2))
    with pytest.raises(RuleUnknown):
        selling_tax_rates(Market.NYSE, ProductType.STOCK, SETTLES)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="KRW cannot reckon USD"):
        ONLINE.commission(dollars("1"))
    with pytest.raises(ValueError):
        FeeModel(rate=-1)
    with pytest.raises(ValueError):
        FeeModel(rate=1, fee_unit=0)
    assert FeeModel(rate=0).commission(Money(10**9)) == Money(0)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([1, 10]))
def test_what_is_cut_off_is_less_than_the_unit(won: int, unit: int) -> None:
    model = FeeModel(ONLINE.rate, unit)
    cut = won * model.rate - model.commission(Money(won)).units * BILLION
    assert 0 <= cut < unit * BILLION


@given(st.integers(min_value=0, max_value=10**12))
def test_two_cut_parts_never_exceed_one_cut_sum_and_miss_at_most_a_won(won: int) -> None:
    transaction, rural = selling_tax_rates(Market.KOSPI, ProductType.STOCK, SETTLES)
    parts = cost_of_sell(ONLINE, Sale(korean(), Money(won), Shares(1), SOLD, SETTLES)).tax.units
    assert won * (transaction + rural) // BILLION - 1 <= parts <= won * (transaction + rural) // BILLION


PRICES = st.integers(min_value=1, max_value=2_000_000) | st.integers(min_value=1, max_value=10**18)
COUNTS = st.integers(min_value=1, max_value=5_000) | st.integers(min_value=1, max_value=10**18)


@given(PRICES, COUNTS)
@example(99_999_999_999_999_999, 10_000)
def test_break_even_brings_the_money_back_and_one_tick_lower_does_not(price: int, count: int) -> None:
    instrument, shares = korean(), Shares(count)
    amount = Price(price) * shares
    paid = amount + cost_of_buy(ONLINE, amount).total
    grid = price_grid(instrument, SOLD)

    def brings(at: Price) -> Money:
        return at * shares - cost_of_sell(ONLINE, Sale(instrument, at * shares, shares, SOLD, SETTLES)).total

    found = break_even(ONLINE, instrument, shares, paid, SOLD, SETTLES)
    assert grid.is_valid(found)
    assert brings(found) >= paid
    if found.units > 1:
        assert brings(grid.down(found)) < paid


def test_break_even_of_the_us_name() -> None:
    model = fee_model(WireProfile.KIS_REAL, Currency.USD)
    shares = Shares(25)
    amount = Price.parse("187.43", Currency.USD) * shares
    paid = amount + cost_of_buy(model, amount).total
    # 4,697.46 paid; 188.38 x 25 = 4,709.50 brings 4,697.63 after 11.77 and 0.10, 188.37 only 4,697.38.
    assert break_even(model, american(), shares, paid, SOLD, SOLD) == Price.parse("188.38", Currency.USD)
    with pytest.raises(ValueError, match="nothing held"):
        break_even(model, american(), Shares(0), paid, SOLD, SOLD)
