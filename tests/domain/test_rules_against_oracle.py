"""Ticks, limits and taxes against an independent library (krx-quant-core). Where it differs from markets.md, the
difference is written down here and checked to be that one and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from krx_quant_core.costs.tax import tax_rate
from krx_quant_core.market import limits as their_limits
from krx_quant_core.market import ticks as their_ticks

from hoga.domain.costs import BILLION, selling_tax_rates
from hoga.domain.instruments import Market, ProductType
from hoga.domain.limits import limits_in_units
from hoga.domain.ticks import TickTable, tick_table

NOW = date(2026, 11, 20)
STOCKS = tick_table(Market.KOSPI, ProductType.STOCK, NOW)
FUNDS = tick_table(Market.KOSPI, ProductType.ETF, NOW)


def valid_prices(table: TickTable, below: int) -> list[int]:
    found, price = [], table.up(0)
    while price < below:
        found.append(price)
        price = table.up(price)
    return found


def test_tick_sizes_agree_around_every_price_of_the_grid() -> None:
    for price in valid_prices(STOCKS, 1_500_000):
        for near in (price - 1, price, price + 1):
            if near > 0:
                assert their_ticks.tick_size_int(near) == STOCKS.tick(near)


def test_ticks_of_funds_agree() -> None:
    near = [1, 2, 999, 1_000, 1_998, 1_999, 2_000, 2_001, 4_999, 5_000, 49_995, 50_000, 101_915, 500_000]
    assert [int(tick) for tick in their_ticks.tick_size_array(near, etf=True)] == [FUNDS.tick(price) for price in near]


@pytest.mark.parametrize(
    "price", [1_990, 2_000, 4_985, 5_000, 19_960, 20_000, 49_900, 199_700, 200_000, 498_000, 500_000]
)
def test_steps_over_the_bands_agree(price: int) -> None:
    for ticks in range(-9, 10):
        assert int(their_ticks.shift_ticks(price, ticks)) == STOCKS.step(price, ticks)


def test_limits_agree_at_every_base() -> None:
    """They cut base x 1.3 itself to the grid, markets.md 1.3 the band first and then the sum: because a sum that enters
    a coarser band is cut again, both name the same upper limit. The lower ones follow the same rule."""
    for base in valid_prices(STOCKS, 1_500_000):
        lower, upper = limits_in_units(STOCKS, base, 30)
        assert (their_limits.limit_down_price(base), their_limits.limit_up_price(base)) == (lower, upper), base


@pytest.mark.parametrize("market", [Market.KOSPI, Market.KOSDAQ])
def test_selling_taxes_agree_on_every_day_since_2018(market: Market) -> None:
    day = date(2018, 1, 1)
    while day <= date(2026, 12, 31):
        theirs = tax_rate(day, market.value)
        ours = selling_tax_rates(market, ProductType.STOCK, day)
        assert ours == (theirs.securities_tax * BILLION, theirs.rural_special_tax * BILLION), day
        day += timedelta(days=1)


def test_konex_differs_because_the_library_has_no_rate_of_its_own_for_it() -> None:
    """It says itself that KONEX is modelled as KOSDAQ, unverified; markets.md 4.1 has 0.10 %."""
    assert tax_rate(NOW, "KONEX").total * BILLION == 2_000_000
    assert selling_tax_rates(Market.KONEX, ProductType.STOCK, NOW) == (1_000_000, 0)
