"""Instruments of each kind, for the tests of the rules."""

from __future__ import annotations

from hoga.domain.instruments import Country, Flags, Instrument, InstrumentId, Market, ProductType
from hoga.domain.values import Currency


def korean(
    market: Market = Market.KOSPI,
    product: ProductType = ProductType.STOCK,
    *,
    multiple: int = 1,
    liquidation: bool = False,
) -> Instrument:
    return Instrument(
        InstrumentId("005930"),
        market,
        product,
        "시험종목",
        limit_multiple=multiple,
        flags=Flags(liquidation=liquidation),
    )


def american(tick_override: int | None = None) -> Instrument:
    return Instrument(
        InstrumentId("AAPL", Country.US),
        Market.NASDAQ,
        ProductType.STOCK,
        "애플",
        currency=Currency.USD,
        tick_override=tick_override,
    )
