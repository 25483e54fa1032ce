"""Master files under ``/common/master/``: zips of the exchange's instruments as of today (kis.md 6)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.practice.api import Exchange, MarketState
from hoga.practice.kis.codes import SECURITY_GROUPS, WARNING_CODES, wire_code
from hoga.practice.kis.master_layout import KONEX, KOSDAQ, KOSPI, Layout, head, tail

MASTER_PREFIX = "/common/master/"

_KOREAN: Mapping[str, tuple[Market, Layout]] = {
    "kospi_code.mst": (Market.KOSPI, KOSPI),
    "kosdaq_code.mst": (Market.KOSDAQ, KOSDAQ),
    "konex_code.mst": (Market.KONEX, KONEX),
}
_FOREIGN = frozenset(f"{name}mst.cod" for name in ("nas", "nys", "ams", "hks", "tse", "shs", "szs", "hnx", "hsx"))
"""Files of markets that this exchange does not have: there, and empty."""
_STAMP = (2026, 1, 1, 0, 0, 0)
_HUNDRED_MILLION = 100_000_000
_ETP = {ProductType.ETF: "2", ProductType.ETN: "3"}


class MasterFiles:
    """Builds each file once per trading date: base prices and previous volumes are of the day."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._made: dict[str, tuple[date, bytes]] = {}

    def packed(self, name: str) -> bytes | None:
        """The zip of that name (``kospi_code.mst.zip``); None for a file that is not served."""
        inner = name.removesuffix(".zip")
        if not name.endswith(".zip") or (inner not in _KOREAN and inner not in _FOREIGN):
            return None
        today = self._exchange.trading_date()
        known = self._made.get(inner)
        if known is None or known[0] != today:
            known = (today, _zipped(inner, self._content(inner)))
            self._made[inner] = known
        return known[1]

    def _content(self, inner: str) -> bytes:
        if inner in _FOREIGN:
            return b""
        market, layout = _KOREAN[inner]
        listed = sorted(i for i in self._exchange.instruments() if self._market_of(i) is market)
        return b"".join(self._line(code, layout) for code in listed)

    def _market_of(self, code: str) -> Market:
        return self._exchange.instruments()[code].market

    def _line(self, code: str, layout: Layout) -> bytes:
        instrument = self._exchange.instruments()[code]
        state = self._exchange.state(code)
        front = head(wire_code(instrument), instrument.isin, instrument.name_ko)
        return front + tail(layout, _values(instrument, state)) + b"\n"


def _values(instrument: Instrument, state: MarketState | None) -> Mapping[str, str]:
    """What is known of the instrument; par value, listing date and company figures are not, and stay zero."""
    flags = state.flags if state is not None else instrument.flags
    base = state.base if state is not None else 0
    listed = instrument.listed_shares or 0
    return {
        "group": SECURITY_GROUPS[instrument.product],
        "cap_size": "0",
        **dict.fromkeys(("sector_large", "sector_middle", "sector_small"), "0000"),
        "etp": _ETP.get(instrument.product, " "),
        "overheat": "1" if flags.overheated else "0",
        "base": f"{base:09d}",
        "lot": f"{instrument.lot:05d}",
        "overtime_lot": "00001",
        "halted": _yn(flags.halted),
        "liquidation": _yn(flags.liquidation),
        "managed": _yn(flags.managed),
        "warning": WARNING_CODES[flags.warning],
        **dict.fromkeys(("ex_rights", "par_change", "increase"), "00"),
        "margin_rate": "100",
        "credit_days": "000",
        "previous_volume": f"{state.previous_volume if state is not None else 0:012d}",
        "par": "0" * 12,
        "listed_on": "00000000",
        "shares_thousands": f"{listed // 1000:015d}",
        "capital": "0" * 21,
        "fiscal_month": "12",
        "offer_price": "0" * 7,
        "preferred": "0",
        "kospi": _yn(instrument.market is Market.KOSPI),
        **dict.fromkeys(("sales", "operating_profit", "ordinary_profit", "roe"), "0" * 9),
        "net_profit": "00000",
        "base_month": "00000000",
        "market_cap": f"{listed * base // _HUNDRED_MILLION:09d}",
    }


def _yn(flag: bool) -> str:
    return "Y" if flag else "N"


def _zipped(inner: str, content: bytes) -> bytes:
    """One file in a zip that is the same for the same content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(inner, _STAMP), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
