"""Codes of the KIS wire and what they mean here (kis.md 4.0, 4.4; markets.md 2.4 wins where they differ)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.domain.instruments import Instrument, InvestmentWarning, Market, ProductType, Venue
from hoga.domain.market_data import Period
from hoga.domain.tickets import OrderType, Side, TimeInForce

ORDER_TYPES: Mapping[str, tuple[OrderType, TimeInForce]] = MappingProxyType(
    {
        "00": (OrderType.LIMIT, TimeInForce.DAY),
        "01": (OrderType.MARKET, TimeInForce.DAY),
        "02": (OrderType.CONDITIONAL, TimeInForce.DAY),
        "03": (OrderType.BEST, TimeInForce.DAY),
        "04": (OrderType.PRIORITY, TimeInForce.DAY),
        "11": (OrderType.LIMIT, TimeInForce.IOC),
        "12": (OrderType.LIMIT, TimeInForce.FOK),
        "13": (OrderType.MARKET, TimeInForce.IOC),
        "14": (OrderType.MARKET, TimeInForce.FOK),
        "15": (OrderType.BEST, TimeInForce.IOC),
        "16": (OrderType.BEST, TimeInForce.FOK),
        "21": (OrderType.MID, TimeInForce.DAY),
        "22": (OrderType.STOP_LIMIT, TimeInForce.DAY),
        "23": (OrderType.MID, TimeInForce.IOC),
        "24": (OrderType.MID, TimeInForce.FOK),
    }
)
"""``ORD_DVSN`` codes that the exchange trades."""

ORDER_TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "00": "지정가",
        "01": "시장가",
        "02": "조건부지정가",
        "03": "최유리지정가",
        "04": "최우선지정가",
        "11": "IOC지정가",
        "12": "FOK지정가",
        "13": "IOC시장가",
        "14": "FOK시장가",
        "15": "IOC최유리",
        "16": "FOK최유리",
        "21": "중간가",
        "22": "스톱지정가",
        "23": "중간가IOC",
        "24": "중간가FOK",
    }
)

KNOWN_ORDER_TYPES = frozenset(ORDER_TYPES) | frozenset(
    ("05", "06", "07", "27", "28", "29", "41", "42", "43", "44", "45", "46", "47")
)
"""Codes that exist at the broker, traded here or not."""

PAPER_ORDER_TYPES = frozenset(("00", "01", "02", "03", "04"))

ORDER_TYPE_CODES: Mapping[tuple[OrderType, TimeInForce], str] = MappingProxyType(
    {meaning: code for code, meaning in ORDER_TYPES.items()}
)

CONDITION_NAMES: Mapping[TimeInForce, str] = MappingProxyType(
    {TimeInForce.DAY: "없음", TimeInForce.IOC: "IOC", TimeInForce.FOK: "FOK"}
)

SIDE_CODES: Mapping[Side, str] = MappingProxyType({Side.SELL: "01", Side.BUY: "02"})
SIDE_NAMES: Mapping[Side, str] = MappingProxyType({Side.SELL: "매도", Side.BUY: "매수"})

VENUES: Mapping[str, Venue] = MappingProxyType({"": Venue.KRX, "KRX": Venue.KRX, "NXT": Venue.NXT, "SOR": Venue.SOR})

QUOTE_MARKETS = frozenset(("J", "NX", "UN", "W", "U"))
SERVED_QUOTE_MARKETS = frozenset(("J", "UN"))
"""Markets that this exchange has: KRX, and KRX + NXT taken together. The others know no code here."""

PERIODS: Mapping[str, Period] = MappingProxyType(
    {"D": Period.DAY, "W": Period.WEEK, "M": Period.MONTH, "Y": Period.YEAR}
)

EXCHANGE_DIVISIONS: Mapping[Market, str] = MappingProxyType(
    {Market.KOSPI: "02", Market.KOSDAQ: "03", Market.KONEX: "04"}
)
"""``excg_dvsn_cd``: an unknown value breaks python-kis (kis.md 4.0.3)."""

MARKET_IDS: Mapping[Market, str] = MappingProxyType({Market.KOSPI: "STK", Market.KOSDAQ: "KSQ", Market.KONEX: "KNX"})

SECURITY_GROUPS: Mapping[ProductType, str] = MappingProxyType(
    {
        ProductType.STOCK: "ST",
        ProductType.ETF: "EF",
        ProductType.ETN: "EN",
        ProductType.ELW: "EW",
        ProductType.REIT: "RT",
        ProductType.FUND: "MF",
        ProductType.DR: "DR",
    }
)

WARNING_CODES: Mapping[InvestmentWarning, str] = MappingProxyType(
    {
        InvestmentWarning.NONE: "00",
        InvestmentWarning.CAUTION: "01",
        InvestmentWarning.WARNING: "02",
        InvestmentWarning.RISK: "03",
    }
)

IN_SESSION = "20"
"""``NEW_MKOP_CLS_CODE``: in session, normal."""


def wire_code(instrument: Instrument) -> str:
    """The short code as KIS writes it: an ETN carries a leading Q (kis.md 4.0.1)."""
    code = instrument.code
    return f"Q{code}" if instrument.product is ProductType.ETN and not code.startswith("Q") else code


def padded_code(instrument: Instrument) -> str:
    """The 12-character product number of ``search-info`` and profit lists: ``00000A005930``, ``00000Q500001``."""
    code = wire_code(instrument)
    return f"{code if code.startswith('Q') else 'A' + code:0>12}"


def find_instrument(instruments: Mapping[str, Instrument], code: str) -> Instrument | None:
    """The instrument of a wire code: plain, with an ETN's Q, or in the 12-character form."""
    bare = code.strip().upper()
    if len(bare) == 12:
        bare = bare[-7:]
    if bare.startswith("A") and bare not in instruments:
        bare = bare[1:]
    return instruments.get(bare) or (instruments.get(bare[1:]) if bare.startswith("Q") else None)
