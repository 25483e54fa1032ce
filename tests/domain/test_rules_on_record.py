"""The rules against what brokers and the exchange really sent: quotes' own limits and ticks, and one day's prices of
every listed share. A received price may lie off the grid, but then only at the mid price (markets.md 1.1, 2.5)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoga.domain.instruments import Market, ProductType
from hoga.domain.limits import band, daily_limits, limits_in_units, listing_day_limits
from hoga.domain.ticks import TickTable, tick_table
from hoga.domain.values import Price
from tests.domain.instruments_for_tests import korean

QUOTE_DAYS = {
    "kr-001": date(2024, 4, 25),
    "kr-002": date(2025, 9, 16),
    "kr-028": date(2022, 9, 1),
    "kr-029": date(2023, 2, 1),
    "kr-033": date(2022, 9, 1),
}
"""When each recorded KIS quote with limits was taken, or (documents' examples) the table that it was made under."""

UNADJUSTED = ("000270", "000660", "005380", "005930", "035420", "051910", "105560", "373220", "450080")
"""Shares without a split or rights issue in the recorded years; the last session was taken during its day."""

NEW_LISTING = "493280"


def korean_quotes(goldens: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with (goldens / "kis_rest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if "stck_mxpr" in item["raw"]:
                body = json.loads(item["raw"])
                found[item["id"]] = body.get("output") or body["output1"]
    return found


def test_our_limits_and_ticks_are_those_of_the_recorded_quotes(goldens: Path) -> None:
    quotes = korean_quotes(goldens)
    assert set(quotes) == set(QUOTE_DAYS), "a recorded quote has no day in the table above"
    for name, quote in quotes.items():
        on = QUOTE_DAYS[name]
        base = Price.parse(quote["stck_sdpr"] if "stck_sdpr" in quote else quote["stck_prdy_clpr"])
        limits = daily_limits(korean(), base, on)
        assert (limits.lower, limits.upper) == (Price.parse(quote["stck_llam"]), Price.parse(quote["stck_mxpr"])), name
        table = tick_table(Market.KOSPI, ProductType.STOCK, on)
        if "aspr_unit" in quote:
            assert table.tick(int(quote["stck_prpr"])) == int(quote["aspr_unit"]), name
        if "rstc_wdth_prc" in quote:
            assert band(table, base.units, 30) == int(quote["rstc_wdth_prc"]), name


@pytest.mark.parametrize("code", UNADJUSTED)
def test_unadjusted_daily_prices_lie_on_the_grid(goldens: Path, code: str) -> None:
    checked = 0
    for row in rows(goldens / "data" / "daily" / f"{code}.csv"):
        table = tick_table(Market.KOSPI, ProductType.STOCK, date.fromisoformat(row["date"]))
        for price in prices(row):
            assert on_grid_or_mid(table, price), f"{code} {row['date']} {price}"
            checked += 1
    assert checked > 1_400


def test_one_days_prices_of_every_share_lie_on_the_grid_and_within_the_limits(goldens: Path) -> None:
    on = date(2026, 3, 20)
    checked = mid_prices = at_a_limit = 0
    for row in rows(goldens / "data" / "daily" / "KRX_all_2026-03-20.csv"):
        if row["open"] == "0":
            continue  # not traded
        market = {"KOSPI": Market.KOSPI, "KONEX": Market.KONEX}.get(row["market"], Market.KOSDAQ)
        table = tick_table(market, ProductType.STOCK, on)
        low, high = limits_in_units(table, int(row["close"]) - int(row["change"]), 15 if market is Market.KONEX else 30)
        if row["code"] == NEW_LISTING:
            first_day = listing_day_limits(korean(market), Price(int(row["close"]) - int(row["change"])), on)
            assert first_day.lower is not None
            assert first_day.upper is not None
            low, high = first_day.lower.units, first_day.upper.units
        for price in prices(row):
            assert on_grid_or_mid(table, price), row
            assert low <= price <= high, row
            mid_prices += not table.is_valid(price)
        at_a_limit += int(row["high"]) == high or int(row["low"]) == low
        checked += 1
    assert (checked, mid_prices, at_a_limit) == (2_772, 16, 39)


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def prices(row: dict[str, str]) -> list[int]:
    return [price for name in ("open", "high", "low", "close") if (price := int(float(row[name])))]


def on_grid_or_mid(table: TickTable, price: int) -> bool:
    if table.is_valid(price):
        return True
    below, above = table.neighbours(price)
    return below is not None and (below + above) // 2 == price  # a half won is cut off
