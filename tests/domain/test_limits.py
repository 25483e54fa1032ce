"""Daily price limits: the vectors and the counts of markets.md 1.3."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.domain.limits import NO_LIMITS, DailyLimits, band, daily_limits, limits_in_units, listing_day_limits
from hoga.domain.tables import RuleUnknown
from hoga.domain.ticks import tick_table
from hoga.domain.values import Currency, Price
from tests.domain.instruments_for_tests import american, korean

NOW = date(2026, 11, 20)
STOCKS = tick_table(Market.KOSPI, ProductType.STOCK, NOW)


@pytest.mark.parametrize(
    ("on", "base", "width", "upper", "lower"),
    [
        (NOW, 9_940, 2_980, 12_920, 6_960),  # KRX's own example
        (date(2026, 8, 25), 239_500, 71_500, 311_000, 168_000),  # naive ceil gives 167,700
        (date(2019, 6, 3), 64_900, 19_400, 84_300, 45_500),  # naive gives 45,450
        (NOW, 135_300, 40_500, 175_800, 94_800),
        (NOW, 37_850, 11_350, 49_200, 26_500),
        (NOW, 6_170, 1_850, 8_020, 4_320),
        (NOW, 4_525, 1_355, 5_880, 3_170),
        (date(2022, 6, 3), 128_500, 38_500, 167_000, 90_000),
        (NOW, 61_500, 18_400, 79_900, 43_100),
        (NOW, 20_050, 6_000, 26_050, 14_050),
        (NOW, 1_999, 599, 2_595, 1_400),
        (NOW, 500_000, 150_000, 650_000, 350_000),
        (NOW, 15_990, 4_790, 20_750, 11_200),
        (NOW, 3_875, 1_160, 5_030, 2_715),
    ],
)
def test_limits_of_a_base_price(on: date, base: int, width: int, upper: int, lower: int) -> None:
    assert band(tick_table(Market.KOSPI, ProductType.STOCK, on), base, 30) == width
    assert daily_limits(korean(), Price(base), on) == DailyLimits(Price(lower), Price(upper))


def test_how_often_the_naive_formula_is_wrong() -> None:
    bases = naive_wrong = off_grid = 0
    base = STOCKS.up(0)
    while base < 2_000_000:
        bases += 1
        lower, upper = limits_in_units(STOCKS, base, 30)
        naive_lower, naive_upper = STOCKS.ceil(-(-base * 7 // 10)), STOCKS.floor(base * 13 // 10)
        naive_wrong += (naive_lower, naive_upper) != (lower, upper)
        off_grid += not STOCKS.is_valid(base + band(STOCKS, base, 30))
        base = STOCKS.up(base)
    assert (bases, naive_wrong, off_grid) == (8_299, 732, 1_449)


@pytest.mark.parametrize(
    ("instrument", "on", "lower", "upper"),
    [
        (korean(Market.KOSDAQ), NOW, 7_000, 13_000),
        (korean(Market.KONEX), NOW, 8_500, 11_500),
        (korean(product=ProductType.ETF), NOW, 7_000, 13_000),
        (korean(product=ProductType.ETF, multiple=2), NOW, 4_000, 16_000),
        (korean(), date(2015, 6, 12), 8_500, 11_500),
        (korean(), date(2015, 6, 15), 7_000, 13_000),
    ],
)
def test_the_percent_depends_on_market_product_and_day(
    instrument: Instrument, on: date, lower: int, upper: int
) -> None:
    assert daily_limits(instrument, Price(10_000), on) == DailyLimits(Price(lower), Price(upper))


@pytest.mark.parametrize(
    "instrument", [korean(liquidation=True), korean(product=ProductType.ELW), american()], ids=["정리매매", "ELW", "US"]
)
def test_some_have_no_limit(instrument: Instrument) -> None:
    base = Price(10_000, instrument.currency)
    limits = daily_limits(instrument, base, NOW)
    assert limits == NO_LIMITS
    assert limits.allows(Price(1, instrument.currency))
    assert limits.allows(Price(10**9, instrument.currency))


def test_both_limits_are_inclusive() -> None:
    limits = daily_limits(korean(), Price(9_940), NOW)
    assert [limits.allows(Price(price)) for price in (6_950, 6_960, 9_940, 12_920, 12_930)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    with pytest.raises(ValueError, match="do not mix"):
        limits.allows(Price(9_940, Currency.USD))


def test_a_new_name_trades_between_sixty_and_four_hundred_percent_of_its_offer_price() -> None:
    for on in (date(2023, 6, 26), NOW):
        assert listing_day_limits(korean(), Price(26_000), on) == DailyLimits(Price(15_600), Price(104_000))
    # Drawn in to the grid on both sides: 60 % of 33,350 is 20,010, 400 % is 133,400.
    assert listing_day_limits(korean(), Price(33_350), NOW) == DailyLimits(Price(20_050), Price(133_400))
    with pytest.raises(RuleUnknown):
        listing_day_limits(korean(), Price(26_000), date(2023, 6, 25))


@given(
    st.integers(min_value=1, max_value=9_000).map(lambda number: STOCKS.step(1, number)), st.sampled_from([15, 30, 60])
)
def test_limits_lie_on_the_grid_and_no_further_than_the_percent(base: int, percent: int) -> None:
    lower, upper = limits_in_units(STOCKS, base, percent)
    assert STOCKS.is_valid(lower)
    assert STOCKS.is_valid(upper)
    assert lower <= base <= upper
    assert (upper - base) * 100 <= base * percent
    assert (base - lower) * 100 <= base * percent
    assert base - lower == band(STOCKS, base, percent)


@given(st.integers(min_value=1, max_value=3_000_000))
def test_a_base_off_the_grid_still_gives_limits_on_it(base: int) -> None:
    lower, upper = limits_in_units(STOCKS, base, 30)
    assert STOCKS.is_valid(lower)
    assert STOCKS.is_valid(upper)
    assert lower <= STOCKS.ceil(base)
    assert upper >= STOCKS.floor(base)


def test_no_limits_without_a_rule_or_a_base() -> None:
    with pytest.raises(RuleUnknown, match="ETF on KONEX"):
        daily_limits(korean(Market.KONEX, ProductType.ETF), Price(10_000), NOW)
    with pytest.raises(ValueError, match="positive"):
        limits_in_units(STOCKS, 0, 30)
