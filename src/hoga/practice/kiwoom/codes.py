"""Codes of the Kiwoom wire and what they mean here (kiwoom.md 4.1, 4.6, 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from hoga.domain.instruments import Flags, Instrument, InvestmentWarning, Market, ProductType, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import EntryKind

_DAY, _IOC, _FOK = TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK

TRADE_TYPES: Mapping[str, tuple[OrderType, TimeInForce]] = MappingProxyType(
    {
        "0": (OrderType.LIMIT, _DAY),
        "3": (OrderType.MARKET, _DAY),
        "5": (OrderType.CONDITIONAL, _DAY),
        "6": (OrderType.BEST, _DAY),
        "7": (OrderType.PRIORITY, _DAY),
        "10": (OrderType.LIMIT, _IOC),
        "13": (OrderType.MARKET, _IOC),
        "16": (OrderType.BEST, _IOC),
        "20": (OrderType.LIMIT, _FOK),
        "23": (OrderType.MARKET, _FOK),
        "26": (OrderType.BEST, _FOK),
        "28": (OrderType.STOP_LIMIT, _DAY),
        "29": (OrderType.MID, _DAY),
        "30": (OrderType.MID, _IOC),
        "31": (OrderType.MID, _FOK),
    }
)
"""``trde_tp`` codes that the exchange trades."""

TRADE_TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "0": "보통",
        "3": "시장가",
        "5": "조건부지정가",
        "6": "최유리지정가",
        "7": "최우선지정가",
        "10": "보통(IOC)",
        "13": "시장가(IOC)",
        "16": "최유리(IOC)",
        "20": "보통(FOK)",
        "23": "시장가(FOK)",
        "26": "최유리(FOK)",
        "28": "스톱지정가",
        "29": "중간가",
        "30": "중간가(IOC)",
        "31": "중간가(FOK)",
        "61": "장전시간외",
        "62": "시간외단일가",
        "81": "장후시간외",
    }
)
"""Every code of the broker. What is not in ``TRADE_TYPES`` has its own session, which this exchange never holds."""

PRICED_TYPES = frozenset(("0", "5", "10", "20", "28", "62"))
STOP_TYPE = "28"
OTHER_SESSION_TYPES = frozenset(("61", "62", "81"))
MOCK_PROVEN_TYPES = frozenset(("0", "3"))

_TYPE_CODES = {meaning: code for code, meaning in TRADE_TYPES.items()}

SIDE_CODES: Mapping[Side, str] = MappingProxyType({Side.SELL: "1", Side.BUY: "2"})
SIDE_NAMES: Mapping[Side, str] = MappingProxyType({Side.SELL: "매도", Side.BUY: "매수"})
_SIDE_MARKS = {Side.SELL: "-", Side.BUY: "+"}
_CHANGE_NAMES = {EntryKind.NEW: "", EntryKind.MODIFY: "정정", EntryKind.CANCEL: "취소"}

VENUES: Mapping[str, Venue] = MappingProxyType({"KRX": Venue.KRX, "NXT": Venue.NXT, "SOR": Venue.SOR})
VENUE_NUMBERS: Mapping[Venue, str] = MappingProxyType({Venue.KRX: "1", Venue.NXT: "2", Venue.SOR: "0"})
VENUE_TEXTS: Mapping[Venue, str] = MappingProxyType({Venue.KRX: "KRX", Venue.NXT: "NXT", Venue.SOR: "통합"})

NO_ORDER = "0000000"
NXT_SUFFIX, ALL_SUFFIX = "_NX", "_AL"


def trade_type_name(kind: OrderType, tif: TimeInForce) -> str:
    return TRADE_TYPE_NAMES[_TYPE_CODES[kind, tif]]


def signed_side(side: Side, kind: EntryKind) -> str:
    """``+매수``, ``-매도정정``: + is the red of a buy, - the blue of a sell."""
    return f"{_SIDE_MARKS[side]}{SIDE_NAMES[side]}{_CHANGE_NAMES[kind]}"


def cash_side(side: Side, kind: EntryKind) -> str:
    """``현금매수``, ``매도취소``."""
    change = _CHANGE_NAMES[kind]
    return f"{SIDE_NAMES[side]}{change}" if change else f"현금{SIDE_NAMES[side]}"


def order_number(number: int | None) -> str:
    """Seven digits; zeros for none."""
    return NO_ORDER if number is None else f"{number:07d}"


def wire_account(number: str) -> str:
    """Ten digits without the dash."""
    return number.replace("-", "")


def prefixed(instrument: Instrument) -> str:
    """The code as account lists write it: A for stocks and ETF, Q for ETN, J for ELW (quirk 3)."""
    letter = {ProductType.ETN: "Q", ProductType.ELW: "J"}.get(instrument.product, "A")
    return letter + instrument.code.removeprefix(letter) if letter != "A" else letter + instrument.code


class Asked(Struct, frozen=True):
    """A code as a query names it. ``instrument`` is None where it is unknown, or not traded on that exchange."""

    text: str
    instrument: Instrument | None


def asked_code(instruments: Mapping[str, Instrument], text: str) -> Asked:
    """``005930`` KRX, ``005930_NX`` NXT, ``005930_AL`` both. This exchange runs KRX alone: NXT knows no code."""
    bare = text.strip().upper()
    if bare.endswith(NXT_SUFFIX):
        return Asked(text, None)
    return Asked(text, find_instrument(instruments, bare.removesuffix(ALL_SUFFIX)))


def find_instrument(instruments: Mapping[str, Instrument], code: str) -> Instrument | None:
    """By the bare code; one with the account lists' letter is taken as well."""
    bare = code.strip().upper()
    return instruments.get(bare) or (instruments.get(bare[1:]) if bare[:1] in ("A", "J", "Q") else None)


# --- the symbol list --------------------------------------------------------------------------------------------------

_BY_PRODUCT = {
    ProductType.ETF: ("8", "ETF"),
    ProductType.ETN: ("60", "ETN"),
    ProductType.ELW: ("3", "ELW"),
    ProductType.REIT: ("6", "리츠"),
    ProductType.FUND: ("4", "뮤추얼펀드"),
}
_BY_MARKET = {Market.KOSPI: ("0", "거래소"), Market.KOSDAQ: ("10", "코스닥"), Market.KONEX: ("50", "코넥스")}
LIST_MARKETS = frozenset(("0", "10", "30", "50", "60", "70", "80", "90", "2", "3", "4", "5", "6", "7", "8", "9"))
KOSPI_LIST = "0"


def market_of(instrument: Instrument) -> tuple[str, str]:
    """``marketCode`` and ``marketName``."""
    return _BY_PRODUCT.get(instrument.product) or _BY_MARKET[instrument.market]


def supervision(flags: Flags) -> str:
    """``auditInfo``."""
    if flags.halted:
        return "거래정지"
    if flags.managed:
        return "관리종목"
    if flags.warning in (InvestmentWarning.WARNING, InvestmentWarning.RISK):
        return "투자경고"
    if flags.overheated:
        return "단기과열"
    return "투자주의" if flags.warning is InvestmentWarning.CAUTION else "정상"


def order_warning(flags: Flags) -> str:
    """``orderWarning``: 0 none, 2 liquidation, 3 overheated, 4 investment risk, 5 investment warning."""
    if flags.liquidation:
        return "2"
    if flags.warning is InvestmentWarning.RISK:
        return "4"
    if flags.warning is InvestmentWarning.WARNING:
        return "5"
    return "3" if flags.overheated else "0"
