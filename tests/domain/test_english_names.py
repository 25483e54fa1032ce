"""English names: one table, exact, for what people look for first."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from hoga.domain.english_names import english_name, english_names
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.search import SearchIndex
from hoga.practice.market.universe import universe


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("005930", "Samsung Electronics"),
        ("000660", "SK hynix"),
        ("005935", "Samsung Electronics Preferred"),
        ("035420", "NAVER"),
        ("0126Z0", "Samsung Epis Holdings"),
        ("069500", "KODEX 200"),
        ("530107", "Samsung Inverse 2X KOSDAQ150 Futures ETN"),
        ("Q530107", "Samsung Inverse 2X KOSDAQ150 Futures ETN"),
        ("030200", "KT"),
        ("999999", ""),
        ("Q05930", ""),
        ("", ""),
    ],
)
def test_names_go_by_code(code: str, name: str) -> None:
    assert english_name(code) == name


def test_there_are_many_and_each_is_a_plain_name_of_its_own() -> None:
    names = english_names()
    assert len(names) >= 200 and len(set(names.values())) == len(names)
    for code, name in names.items():
        assert re.fullmatch(r"[0-9][0-9A-Z]{5}", code), code
        assert name.isascii() and name == " ".join(name.split()) and name, code


def test_everything_on_practice_has_one() -> None:
    listed = universe()
    assert all(english_name(code) == listing.instrument.name_en != "" for code, listing in listed.items())


@pytest.mark.parametrize(("typed", "code"), [("hynix", "000660"), ("samsung ele", "005930"), ("kakaobank", "323410")])
def test_english_search_finds_them(typed: str, code: str) -> None:
    index = SearchIndex(
        [
            Instrument(InstrumentId(code), Market.KOSPI, ProductType.STOCK, "이름", english_name(code))
            for code in english_names()
        ]
    )
    assert code in [hit.code for hit in index.find(typed)][:2]


def test_every_code_is_that_of_a_listed_issue(goldens: Path) -> None:
    with (goldens / "data" / "krx_symbols.csv").open(encoding="utf-8") as file:
        listed = {row["code"]: row["name"] for row in csv.DictReader(file)}
    funds = {code for code, one in universe().items() if one.instrument.product is not ProductType.STOCK}
    assert english_names().keys() - listed.keys() <= funds
    preferred = {code for code, name in english_names().items() if "Preferred" in name}
    assert preferred == {code for code in english_names() if re.search(r"우B?$", listed.get(code, ""))}
