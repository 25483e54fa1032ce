"""What is listed: real names and codes, believable prices, and one name of every kind."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from hoga.domain.calendar import KRX
from hoga.domain.instruments import Market, ProductType
from hoga.domain.ticks import tick_table_of
from hoga.practice.api import Character, Listing
from hoga.practice.market.universe import universe

LISTINGS = universe()


def luhn(isin: str) -> int:
    """The check digit of an ISIN from its first eleven characters (ISO 6166)."""
    digits = "".join(str(int(character, 36)) for character in isin[:11])
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def test_the_check_digit_is_computed_as_everybody_does() -> None:
    assert luhn("US0378331005") == 5
    assert luhn("KR7005930003") == 3


@pytest.mark.parametrize("code", LISTINGS)
def test_a_listing_is_well_formed(code: str) -> None:
    listing = LISTINGS[code]
    instrument = listing.instrument
    assert instrument.code == code
    assert len(code) == 6
    assert not set(code) & set("IOU"), "KRX does not use these letters"
    assert int(instrument.isin[-1]) == luhn(instrument.isin)
    assert code[:5] in instrument.isin or instrument.product is ProductType.ETN
    assert instrument.name_ko
    assert instrument.name_en.isascii()
    assert instrument.listed_shares
    assert tick_table_of(instrument, listing.anchor_date).is_valid(listing.anchor)
    assert KRX.is_trading_day(listing.anchor_date)
    assert listing.average_volume > 0
    # Leveraged and inverse funds turn over much of themselves in a day; a company never does.
    assert instrument.product is not ProductType.STOCK or listing.average_volume < instrument.listed_shares / 5


def listed(**wanted: object) -> list[Listing]:
    return [
        listing
        for listing in LISTINGS.values()
        if all(
            getattr(listing, name, None) == value or getattr(listing.instrument, name, None) == value
            for name, value in wanted.items()
        )
    ]


def test_there_are_about_sixty_names_and_one_of_every_kind() -> None:
    assert 55 <= len(LISTINGS) <= 66
    for character in Character:
        assert listed(character=character)
    assert len(listed(market=Market.KOSDAQ)) >= 8
    assert len(listed(product=ProductType.ETF)) >= 8
    assert len(listed(product=ProductType.ETN)) >= 1
    assert [listing.instrument.code for listing in LISTINGS.values() if listing.instrument.flags.managed]
    assert [code for code in LISTINGS if not code.isdigit()], "a code with a letter"
    assert "005935" in LISTINGS, "a preferred share"
    assert min(listing.anchor for listing in listed(product=ProductType.STOCK)) < 2_000
    assert max(listing.anchor for listing in listed(product=ProductType.STOCK)) > 500_000
    halted = listed(character=Character.HALTED)
    assert all(listing.instrument.flags.halted for listing in halted)
    assert sum(listing.instrument.flags.halted for listing in LISTINGS.values()) == len(halted)


@pytest.mark.parametrize(
    ("code", "name_ko", "name_en", "market"),
    [
        ("005930", "삼성전자", "Samsung Electronics", Market.KOSPI),
        ("035420", "NAVER", "NAVER", Market.KOSPI),
        ("247540", "에코프로비엠", "EcoPro BM", Market.KOSDAQ),
        ("069500", "KODEX 200", "KODEX 200", Market.KOSPI),
    ],
)
def test_well_known_names(code: str, name_ko: str, name_en: str, market: Market) -> None:
    instrument = LISTINGS[code].instrument
    assert (instrument.name_ko, instrument.name_en, instrument.market) == (name_ko, name_en, market)


def test_a_doubly_leveraged_fund_has_double_limits_and_moves_twice_as_much() -> None:
    for listing in LISTINGS.values():
        assert (listing.instrument.limit_multiple == 2) == (abs(listing.beta_percent) == 200)
    assert LISTINGS["122630"].beta_percent == 200
    assert LISTINGS["252670"].beta_percent == -200


def test_names_and_isins_are_those_of_the_market(goldens: Path) -> None:
    with (goldens / "data" / "krx_symbols.csv").open(encoding="utf-8") as file:
        real = {row["code"]: row for row in csv.DictReader(file)}
    stocks = listed(product=ProductType.STOCK)
    for listing in stocks:
        row = real[listing.instrument.code]
        assert row["name"] == listing.instrument.name_ko
        assert row["isin"] == listing.instrument.isin
        assert row["market"].startswith(listing.instrument.market.value)
    assert len(stocks) >= 45


def test_a_second_call_gives_the_same() -> None:
    assert universe() == LISTINGS
    assert {listing.anchor_date for listing in LISTINGS.values()} == {date(2026, 11, 20)}
