"""The symbol list ``ka10099``, and one symbol ``ka10100`` (kiwoom.md 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoga.broker.kiwoom.fields import KiwoomFields, instrument_code, rows, top
from hoga.domain.english_names import english_name
from hoga.domain.instruments import Flags, Instrument, InvestmentWarning, Market, ProductType
from hoga.domain.values import Money

LISTS = ("0", "10", "50", "8", "60", "6")
"""``mrkt_tp`` of what is worth showing: KOSPI, KOSDAQ, KONEX, ETF, ETN, REIT. They overlap (quirk 21)."""

_KINDS = {
    "0": (Market.KOSPI, ProductType.STOCK),
    "10": (Market.KOSDAQ, ProductType.STOCK),
    "50": (Market.KONEX, ProductType.STOCK),
    "8": (Market.KOSPI, ProductType.ETF),
    "60": (Market.KOSPI, ProductType.ETN),
    "6": (Market.KOSPI, ProductType.REIT),
    "4": (Market.KOSPI, ProductType.FUND),
    "2": (Market.KOSPI, ProductType.FUND),
}
"""By ``marketCode``. Warrants, rights, gold and K-OTC are left out."""

_WARNINGS = {"4": InvestmentWarning.RISK, "5": InvestmentWarning.WARNING, "1": InvestmentWarning.CAUTION}
_SUPERVISION = {
    "투자위험": InvestmentWarning.RISK,
    "투자경고": InvestmentWarning.WARNING,
    "투자주의": InvestmentWarning.CAUTION,
}


def instruments(body: Mapping[str, Any]) -> list[Instrument]:
    """The rows of one list that hoga shows. Raises BadField."""
    found = (_instrument(row) for row in rows("symbol list", body, "list"))
    return [each for each in found if each is not None]


def flags_and_sector(body: Mapping[str, Any]) -> tuple[Flags, str]:
    """``ka10100``: what the market says of one instrument today."""
    row = top("symbol", body)
    return _flags(row), row.optional("upName")


def _instrument(row: KiwoomFields) -> Instrument | None:
    kind = _KINDS.get(row.text("marketCode"))
    if kind is None:
        return None
    code = instrument_code(row.text("code"))
    shares, close = row.whole_or_none("listCount"), row.whole_or_none("lastPrice")
    return Instrument(
        id=code,
        market=kind[0],
        product=kind[1],
        name_ko=row.text("name"),
        name_en=english_name(code.code),
        listed_shares=shares,
        sector=row.optional("upName"),
        flags=_flags(row),
        market_cap=Money(shares * abs(close)) if shares and close else None,
    )


def _flags(row: KiwoomFields) -> Flags:
    """Three fields say the same thing in different words; any of them counts."""
    supervision, warning = row.optional("auditInfo"), row.optional("orderWarning")
    said = {supervision, *row.optional("state").split("|")}
    return Flags(
        halted="거래정지" in said,
        managed="관리종목" in said,
        liquidation=warning == "2" or "정리매매" in said,
        overheated=warning == "3" or "단기과열" in said,
        warning=_WARNINGS.get(warning) or _SUPERVISION.get(supervision, InvestmentWarning.NONE),
    )
