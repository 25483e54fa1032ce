"""Symbol lists ka10099, one symbol ka10100, sectors ka10101 (kiwoom.md 4.1)."""

from __future__ import annotations

from hoga.domain.instruments import Flags, Venue
from hoga.practice.api import MarketState
from hoga.practice.kiwoom.answers import Reply, Row
from hoga.practice.kiwoom.codes import KOSPI_LIST, LIST_MARKETS, market_of, order_warning, supervision
from hoga.practice.kiwoom.figures import padded
from hoga.practice.kiwoom.operation import INFO, Call, Operation, blank_of

_SHARES_WIDTH, _PRICE_WIDTH = 16, 8
_NOT_IN_KOSPI_LIST = "10"
_SECTORS = {
    "0": (("001", "종합(KOSPI)"), ("002", "대형주"), ("003", "중형주"), ("004", "소형주")),
    "1": (("101", "종합(KOSDAQ)"), ("138", "KOSDAQ 100"), ("150", "KOSDAQ 150")),
    "2": (("201", "KOSPI200"),),
    "4": (("204", "KOSPI100"),),
    "7": (("701", "KRX100"),),
}


def symbol_list(call: Call) -> Reply:
    """One page a market. The list of KOSPI holds ETF, ETN and the like as well (quirk 21)."""
    wanted = call.fields.one_of("mrkt_tp", LIST_MARKETS)
    states = (call.exchange.state(code) for code in sorted(call.exchange.instruments()))
    rows = [_row(state) for state in states if state is not None]
    return Reply({"list": [row for row in rows if _belongs(row["marketCode"], wanted)]})


def symbol(call: Call) -> Reply:
    state = call.state(call.asked())
    if state is not None:
        return Reply(_row(state))
    code = next(iter(call.exchange.instruments()))
    known = call.exchange.state(code)
    return Reply(blank_of(_row(known)) if known is not None else {})


def sectors(call: Call) -> Reply:
    """The composites: this exchange keeps no sector indices."""
    market = call.fields.one_of("mrkt_tp", frozenset(_SECTORS))
    rows = [{"marketCode": market, "code": code, "name": name, "group": ""} for code, name in _SECTORS[market]]
    return Reply({"list": rows})


def _belongs(market: str, wanted: str) -> bool:
    return market == wanted or (wanted == KOSPI_LIST and market != _NOT_IN_KOSPI_LIST)


def _row(state: MarketState) -> Row:
    instrument, flags = state.instrument, state.flags
    market, name = market_of(instrument)
    return {
        "code": instrument.code,
        "name": instrument.name_ko,
        "listCount": padded(instrument.listed_shares or 0, _SHARES_WIDTH),
        "auditInfo": supervision(flags),
        "regDay": "",
        "lastPrice": padded(state.base, _PRICE_WIDTH),
        "state": _state(flags),
        "marketCode": market,
        "marketName": name,
        "upName": instrument.sector,
        "upSizeName": "",
        "companyClassName": "",
        "orderWarning": order_warning(flags),
        "nxtEnable": "Y" if Venue.NXT in instrument.venues else "",
        "kind": "A",
    }


def _state(flags: Flags) -> str:
    """Flags joined with a bar; every account pays in full here, so the margin rate is 100 %."""
    parts = ["증거금100%"]
    parts += [name for name, on in (("거래정지", flags.halted), ("관리종목", flags.managed)) if on]
    return "|".join(parts)


OPERATIONS = (
    Operation("ka10099", INFO, symbol_list),
    Operation("ka10100", INFO, symbol),
    Operation("ka10101", INFO, sectors),
)
