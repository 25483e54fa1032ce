"""An ETN is one instrument at every broker, however KIS writes its code."""

from __future__ import annotations

import pytest

from hoga.broker.kis.codes import Codes, instrument_code
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType


def listed(code: str, product: ProductType) -> Instrument:
    return Instrument(InstrumentId(code), Market.KOSPI, product, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("005930", "005930"),
        ("00000A005930", "005930"),
        ("Q530107", "530107"),
        ("00000Q530107", "530107"),
        ("530107", "530107"),
        ("0126Z0", "0126Z0"),
        (" Q0001A ", "Q0001A"),
    ],
)
def test_every_way_of_writing_it_is_read(text: str, code: str) -> None:
    assert instrument_code(text) == InstrumentId(code)


def test_the_symbol_files_say_what_is_an_etn() -> None:
    codes = Codes()
    codes.learn([listed("530107", ProductType.ETN), listed("700000", ProductType.STOCK)])
    assert codes.wire(InstrumentId("530107")) == "Q530107"
    assert codes.wire(InstrumentId("700000")) == "700000"
    assert codes.wire(InstrumentId("005930")) == "005930"


@pytest.mark.parametrize(
    ("code", "wire"),
    [("005930", "005930"), ("530107", "Q530107"), ("610001", "Q610001"), ("0126Z0", "0126Z0"), ("950130", "950130")],
)
def test_before_that_its_range_does(code: str, wire: str) -> None:
    assert Codes().wire(InstrumentId(code)) == wire
