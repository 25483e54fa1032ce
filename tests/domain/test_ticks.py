"""Tick tables: every vector of markets.md 1.1, 1.2 and 1.5, and what must hold at every price."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.instruments import Market, ProductType
from hoga.domain.tables import RuleUnknown
from hoga.domain.ticks import NoValidPrice, PriceGrid, TickTable, price_grid, tick_table, tick_table_of
from hoga.domain.values import Currency, Price
from tests.domain.instruments_for_tests import american, korean

NOW = date(2026, 11, 20)
STOCKS = tick_table(Market.KOSPI, ProductType.STOCK, NOW)
TABLES = {
    "stocks": STOCKS,
    "KOSPI before 2023": tick_table(Market.KOSPI, ProductType.STOCK, date(2023, 1, 24)),
    "KOSDAQ before 2023": tick_table(Market.KOSDAQ, ProductType.STOCK, date(2023, 1, 24)),
    "ETF": tick_table(Market.KOSPI, ProductType.ETF, NOW),
    "ETF before December 2023": tick_table(Market.KOSPI, ProductType.ETF, date(2023, 12, 10)),
    "ELW": tick_table(Market.KOSPI, ProductType.ELW, NOW),
    "US": tick_table(Market.NASDAQ, ProductType.STOCK, NOW),
    "US half penny": tick_table_of(american(tick_override=50), NOW),
}
tables = st.sampled_from(sorted(TABLES)).map(TABLES.__getitem__)
units = st.integers(min_value=1, max_value=10_000_000)


@pytest.mark.parametrize("market", [Market.KOSPI, Market.KOSDAQ, Market.KONEX])
@pytest.mark.parametrize(
    ("first", "last", "tick"),
    [
        (1, 1_999, 1),
        (2_000, 4_999, 5),
        (5_000, 19_999, 10),
        (20_000, 49_999, 50),
        (50_000, 199_999, 100),
        (200_000, 499_999, 500),
        (500_000, 9_999_999, 1_000),
    ],
)
def test_stock_bands_since_2023_are_lower_inclusive_upper_exclusive(
    market: Market, first: int, last: int, tick: int
) -> None:
    table = tick_table(market, ProductType.STOCK, date(2023, 1, 25))
    assert (table.tick(first), table.tick(last)) == (tick, tick)


@pytest.mark.parametrize(
    ("price", "down", "up"),
    [
        (1_999, 1_998, 2_000),
        (2_000, 1_999, 2_005),
        (5_000, 4_995, 5_010),
        (20_000, 19_990, 20_050),
        (50_000, 49_950, 50_100),
        (200_000, 199_900, 200_500),
        (500_000, 499_500, 501_000),
    ],
)
def test_steps_over_the_bands(price: int, down: int, up: int) -> None:
    assert (STOCKS.down(price), STOCKS.up(price)) == (down, up)
    assert STOCKS.neighbours(price) == (down, up)


def test_down_undoes_up_at_every_valid_price_up_to_three_million() -> None:
    price, count = STOCKS.up(0), 0
    while price <= 3_000_000:
        above = STOCKS.up(price)
        assert above == price + STOCKS.tick(price)
        assert STOCKS.down(above) == price
        count += 1
        price = above
    # 1,999 + 600 + 1,500 + 600 + 1,500 + 600 + 2,501: the sizes of the bands.
    assert count == 9_300


@pytest.mark.parametrize(
    ("market", "prices_and_ticks"),
    [
        (
            Market.KOSPI,
            {999: 1, 1_000: 5, 4_995: 5, 5_000: 10, 10_000: 50, 50_000: 100, 100_000: 500, 500_000: 1_000},
        ),
        (Market.KOSDAQ, {999: 1, 1_000: 5, 5_000: 10, 10_000: 50, 50_000: 100, 100_000: 100, 500_000: 100}),
        (Market.KONEX, {999: 1, 1_000: 5, 5_000: 10, 10_000: 50, 50_000: 100, 100_000: 100, 500_000: 100}),
    ],
)
def test_stock_bands_before_2023(market: Market, prices_and_ticks: dict[int, int]) -> None:
    table = tick_table(market, ProductType.STOCK, date(2023, 1, 24))
    assert {price: table.tick(price) for price in prices_and_ticks} == prices_and_ticks


@pytest.mark.parametrize("product", [ProductType.ETF, ProductType.ETN])
def test_funds_have_one_won_below_two_thousand_since_december_2023(product: ProductType) -> None:
    before, since = (tick_table(Market.KOSPI, product, date(2023, 12, day)) for day in (10, 11))
    assert [before.tick(price) for price in (100, 1_999, 2_000, 101_915)] == [5, 5, 5, 5]
    assert [since.tick(price) for price in (100, 1_999, 2_000, 101_915)] == [1, 1, 5, 5]
    assert since.is_valid(101_915)


def test_warrants_have_five_won_at_every_price() -> None:
    table = TABLES["ELW"]
    assert [table.tick(price) for price in (5, 1_995, 100_000)] == [5, 5, 5]
    assert table.neighbours(5) == (None, 10)
    assert not table.is_valid(1)


def test_us_ticks_are_a_cent_from_one_dollar_and_a_hundredth_of_it_below() -> None:
    grid = price_grid(american(), NOW)
    dollar = Price.parse("1", Currency.USD)
    assert str(grid.down(dollar)) == "0.9999"
    assert str(grid.up(dollar)) == "1.0100"
    assert not grid.is_valid(Price.parse("187.435", Currency.USD))


def test_a_us_name_may_have_a_tick_of_its_own_from_one_dollar_up() -> None:
    grid = price_grid(american(tick_override=50), NOW)
    assert grid.is_valid(Price.parse("187.435", Currency.USD))
    assert grid.up(Price.parse("187.435", Currency.USD)) == Price.parse("187.44", Currency.USD)
    assert grid.down(Price.parse("1", Currency.USD)) == Price.parse("0.9999", Currency.USD)


@given(tables, units)
def test_floor_and_ceil_enclose_a_price_and_stay_where_they_are(table: TickTable, price: int) -> None:
    above = table.ceil(price)
    assert above >= price
    assert table.is_valid(above)
    assert table.ceil(above) == above
    if price >= table.ticks[0]:
        below = table.floor(price)
        assert below <= price
        assert table.is_valid(below)
        assert table.floor(below) == below
        assert (below == above) is table.is_valid(price)


@given(tables, units, units)
def test_floor_and_ceil_keep_the_order_of_prices(table: TickTable, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert table.ceil(low) <= table.ceil(high)
    if low >= table.ticks[0]:
        assert table.floor(low) <= table.floor(high)


@given(tables, units)
def test_no_valid_price_lies_between_neighbours(table: TickTable, price: int) -> None:
    below, above = table.neighbours(price)
    assert above > price
    assert table.is_valid(above)
    if below is None:
        assert price <= table.ticks[0]
        return
    assert below < price
    assert table.is_valid(below)
    assert table.up(below) == (price if table.is_valid(price) else above)


@given(tables, units, st.integers(min_value=-3_000, max_value=3_000))
def test_step_is_as_many_ups_or_downs(table: TickTable, price: int, ticks: int) -> None:
    start = table.ceil(price)
    walked = start
    for _ in range(abs(ticks)):
        if ticks < 0 and walked == table.ticks[0]:
            with pytest.raises(NoValidPrice):
                table.step(start, ticks)
            return
        walked = table.up(walked) if ticks > 0 else table.down(walked)
    assert table.step(start, ticks) == walked
    assert table.distance(start, walked) == ticks


@pytest.mark.parametrize("name", sorted(TABLES))
def test_below_the_lowest_price_there_is_nothing(name: str) -> None:
    table = TABLES[name]
    lowest = table.ticks[0]
    assert table.step(table.up(lowest), -1) == lowest
    assert table.neighbours(lowest) == (None, 2 * lowest)
    with pytest.raises(NoValidPrice):
        table.step(lowest, -1)
    with pytest.raises(NoValidPrice):
        table.floor(lowest - 1)


def test_what_has_no_valid_answer_is_an_error() -> None:
    with pytest.raises(NoValidPrice):
        STOCKS.down(1)
    with pytest.raises(NoValidPrice):
        STOCKS.floor(0)
    with pytest.raises(NoValidPrice):
        STOCKS.step(71_550, 1)
    with pytest.raises(NoValidPrice):
        STOCKS.distance(71_550, 71_600)
    assert not STOCKS.is_valid(0)
    assert not STOCKS.is_valid(-100)
    assert STOCKS.ceil(0) == STOCKS.ceil(-5) == 1


def test_an_off_tick_price_is_offered_its_two_neighbours() -> None:
    grid = price_grid(korean(), NOW)
    assert grid.neighbours(Price(71_550)) == (Price(71_500), Price(71_600))
    assert grid.neighbours(Price(1)) == (None, Price(2))


def test_a_grid_speaks_in_prices_of_its_currency() -> None:
    grid = price_grid(korean(), NOW)
    assert grid == PriceGrid(STOCKS, Currency.KRW)
    assert grid.tick(Price(71_500)) == Price(100)
    assert (grid.floor(Price(71_550)), grid.ceil(Price(71_550))) == (Price(71_500), Price(71_600))
    assert (grid.up(Price(71_500)), grid.down(Price(71_500))) == (Price(71_600), Price(71_400))
    assert (grid.step(Price(71_500), -3), grid.distance(Price(71_200), Price(71_500))) == (Price(71_200), 3)
    with pytest.raises(ValueError, match="USD price on a grid of KRW"):
        grid.is_valid(Price(71_500, Currency.USD))


def test_a_day_or_kind_without_a_table_is_unknown() -> None:
    for market, product in ((Market.KOSPI, ProductType.STOCK), (Market.KOSDAQ, ProductType.STOCK)):
        assert tick_table(market, product, date(2000, 1, 1)).tick(1_000) == 5
    assert tick_table(Market.KOSDAQ, ProductType.ELW, date(2000, 1, 1)).tick(1_000) == 5
    with pytest.raises(RuleUnknown, match="1999-12-31"):
        tick_table(Market.KOSPI, ProductType.STOCK, date(1999, 12, 31))
    with pytest.raises(RuleUnknown, match="no tick table for ETF on KONEX"):
        tick_table(Market.KONEX, ProductType.ETF, NOW)


@pytest.mark.parametrize(
    ("starts", "ticks"),
    [((), ()), ((1,), (1,)), ((0, 10), (1,)), ((0,), (0,)), ((0, 7), (5, 10)), ((0, 15), (5, 10)), ((0, 0), (1, 5))],
)
def test_bands_that_do_not_meet_are_refused(starts: tuple[int, ...], ticks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        TickTable(starts, ticks)
