"""Pending orders TTTC0084R and the day's orders and fills TTTC0081R / CTSC9215R (kis.md 4.2.7, 4.2.8).

One row per order number: a modify or cancel has a number and a row of its own that names its original. What a modify
took over to a newer number is in no quantity of the old row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hoga.domain.instruments import Instrument
from hoga.practice.api import EntryKind, OrderEntry, OrderStatus
from hoga.practice.figures import clock_text, rounded
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import (
    CONDITION_NAMES,
    EXCHANGE_DIVISIONS,
    ORDER_TYPE_CODES,
    ORDER_TYPE_NAMES,
    SIDE_CODES,
    SIDE_NAMES,
    wire_code,
)
from hoga.practice.kis.operation import DOMESTIC_TRADING, Call, Operation, on_paper
from hoga.practice.kis.paging import Sheet

_PENDING_ROWS = 50
_REAL_ROWS = 100
_PAPER_ROWS = 15
_CHANGE_NAMES = {EntryKind.NEW: "", EntryKind.MODIFY: "정정*", EntryKind.CANCEL: "취소*"}
_SIDES = {"0": None, "1": "01", "2": "02"}


def pending(call: Call) -> Reply:
    """Today's numbers with something left, newest first."""
    account = call.account()
    call.fields.one_of("INQR_DVSN_1", ("0", "1", "2"), "0")
    side = _SIDES[call.fields.one_of("INQR_DVSN_2", tuple(_SIDES), "0")]
    today = call.exchange.trading_date()
    entries = [
        entry
        for entry in call.exchange.orders(account, today, today)
        if entry.remaining > 0 and side in (None, SIDE_CODES[entry.side])
    ]
    sheet: Sheet[OrderEntry] = Sheet(_key, lambda entry: _pending_row(call, entry), _PENDING_ROWS, newest_first=True)
    page = sheet.page(call, entries)
    return Reply({"output": page.rows}, page.success, page.paging, page.cursors)


def daily_orders(call: Call) -> Reply:
    """Any span of dates; both the recent and the old id answer for all of it (python-kis miscounts three months)."""
    account = call.account()
    span = call.fields.day("INQR_STRT_DT"), call.fields.day("INQR_END_DT")
    newest_first = call.fields.one_of("INQR_DVSN", ("00", "01"), "00") == "00"
    wanted = _Filter.of(call)
    entries = [entry for entry in call.exchange.orders(account, *span) if wanted.takes(entry)]
    most = _PAPER_ROWS if call.is_paper else _REAL_ROWS
    sheet: Sheet[OrderEntry] = Sheet(_key, lambda entry: _daily_row(call, entry), most, newest_first)
    page = sheet.page(call, entries)
    payload = {"output1": page.rows, "output2": _totals(call, account, span, entries)}
    return Reply(payload, page.success, page.paging, page.cursors)


def _key(entry: OrderEntry) -> str:
    return f"{entry.trading_date:%Y%m%d}{entry.number:010d}"


class _Filter(Struct, frozen=True):
    """What the day's list was asked for. ``code`` "" means every instrument, None one that does not exist."""

    side: str
    state: str
    number: int | None
    branch: str
    code: str | None

    @classmethod
    def of(cls, call: Call) -> _Filter:
        fields = call.fields
        instrument = call.instrument()
        return cls(
            fields.one_of("SLL_BUY_DVSN_CD", ("00", "01", "02"), "00"),
            fields.one_of("CCLD_DVSN", ("00", "01", "02"), "00"),
            fields.whole("ODNO"),
            fields.text("ORD_GNO_BRNO").strip(),
            (instrument.code if instrument is not None else None) if fields.text("PDNO").strip() else "",
        )

    def takes(self, entry: OrderEntry) -> bool:
        """``CCLD_DVSN`` 01 means filled in part or whole, 02 not filled in whole, cancelled ones included."""
        return (
            self.side in ("00", SIDE_CODES[entry.side])
            and self.code in ("", entry.code)
            and self.number in (0, entry.number)
            and self.branch in ("", entry.branch)
            and (self.state != "01" or entry.filled > 0)
            and (self.state != "02" or entry.filled < entry.quantity)
        )


def _common(entry: OrderEntry, instrument: Instrument) -> Row:
    code = ORDER_TYPE_CODES[(entry.type, entry.tif)]
    return {
        "ord_gno_brno": entry.branch,
        "odno": f"{entry.number:010d}",
        "orgn_odno": "" if entry.original is None else f"{entry.original:010d}",
        "ord_dvsn_cd": code,
        "ord_dvsn_name": ORDER_TYPE_NAMES[code],
        "sll_buy_dvsn_cd": SIDE_CODES[entry.side],
        "pdno": wire_code(instrument),
        "prdt_name": instrument.name_ko,
        "ord_qty": str(entry.quantity),
        "ord_unpr": str(entry.limit or 0),
        "ord_tmd": clock_text(entry.at),
        "tot_ccld_qty": str(entry.filled),
        "tot_ccld_amt": str(entry.filled_amount),
        "excg_dvsn_cd": EXCHANGE_DIVISIONS[instrument.market],
    }


def _pending_row(call: Call, entry: OrderEntry) -> Row:
    change = _CHANGE_NAMES[entry.kind]
    return _common(entry, call.exchange.instruments()[entry.code]) | {
        "rvse_cncl_dvsn_name": f"{SIDE_NAMES[entry.side]}{change}" if change else "",
        "psbl_qty": str(entry.remaining),
        "mgco_aptm_odno": "",
        "excg_id_dvsn_cd": entry.venue.value,
        "excg_id_dvsn_name": entry.venue.value,
        "stpm_cndt_pric": str(entry.stop or 0),
        "stpm_efct_occr_yn": "N" if entry.resting_price is None or entry.stop is None else "Y",
    }


def _daily_row(call: Call, entry: OrderEntry) -> Row:
    change = _CHANGE_NAMES[entry.kind]
    cancel = entry.kind is EntryKind.CANCEL
    gone = cancel or entry.status is OrderStatus.CANCELLED
    return _common(entry, call.exchange.instruments()[entry.code]) | {
        "ord_dt": f"{entry.trading_date:%Y%m%d}",
        "sll_buy_dvsn_cd_name": f"{SIDE_NAMES[entry.side]}{change}" if change else f"현금{SIDE_NAMES[entry.side]}",
        "avg_prvs": _average(entry),
        "cncl_yn": "Y" if gone else "N",
        "loan_dt": "",
        "ordr_empno": "OpnAPI" if entry.channel == "api" else "MTS",
        "cnc_cfrm_qty": str(entry.quantity if cancel else entry.cancelled),
        "rmn_qty": str(entry.remaining),
        "rjct_qty": "0",
        "ccld_cndt_name": CONDITION_NAMES[entry.tif],
        "inqr_ip_addr": "",
        "cpbc_ordp_ord_rcit_dvsn_cd": "",
        "cpbc_ordp_infm_mthd_dvsn_cd": "",
        "infm_tmd": "",
        "ctac_tlno": "",
        "prdt_type_cd": "300",
        "cpbc_ordp_mtrl_dvsn_cd": "",
        "ord_orgno": entry.branch,
        "rsvn_ord_end_dt": "",
        "excg_id_dvsn_Cd": entry.venue.value,
        "stpm_cndt_pric": str(entry.stop or 0),
        "stpm_efct_occr_dtmd": "",
    }


def _average(entry: OrderEntry) -> str:
    """The average fill price: whole won when it is one, else four decimals."""
    if entry.filled and entry.filled_amount % entry.filled == 0:
        return str(entry.filled_amount // entry.filled)
    return rounded(entry.filled_amount, entry.filled, 4) if entry.filled else "0"


def _totals(call: Call, account: str, span: tuple[date, date], entries: Sequence[OrderEntry]) -> Row:
    numbers = {(entry.trading_date, entry.number) for entry in entries}
    fills = [f for f in call.exchange.fills(account, *span) if (f.trading_date, f.number) in numbers]
    filled, amount = sum(entry.filled for entry in entries), sum(entry.filled_amount for entry in entries)
    return {
        "tot_ord_qty": str(sum(entry.quantity for entry in entries)),
        "tot_ccld_qty": str(filled),
        "tot_ccld_amt": str(amount),
        "prsm_tlex_smtl": str(sum(fill.fee + fill.tax for fill in fills)),
        "pchs_avg_pric": rounded(amount, filled, 4),
    }


_PENDING = f"{DOMESTIC_TRADING}inquire-psbl-rvsecncl"
_DAILY = f"{DOMESTIC_TRADING}inquire-daily-ccld"
_RECENT = ("TTTC0081R", "TTTC8001R")
_OLD = ("CTSC9215R", "CTSC9115R")

OPERATIONS = (
    Operation("GET", _PENDING, ("TTTC0084R", "TTTC8036R"), (), pending),
    Operation("GET", _DAILY, _RECENT, on_paper(*_RECENT), daily_orders),
    Operation("GET", _DAILY, _OLD, on_paper(*_OLD), daily_orders),
)
