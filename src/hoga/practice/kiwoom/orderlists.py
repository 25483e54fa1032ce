"""Open orders ka10075, today's fills ka10076, orders by date kt00007 and kt00009 (kiwoom.md 4.4).

One row per order number: a modify or cancel has a number and a row of its own that names its original. What a modify
took over to a newer number is in no quantity of the old row's rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from hoga.domain.instruments import Instrument
from hoga.domain.tickets import Side
from hoga.practice.api import EntryKind, FillEntry, MarketState, OrderEntry
from hoga.practice.figures import clock_text
from hoga.practice.kiwoom.answers import Reply, Row, Said
from hoga.practice.kiwoom.codes import (
    SIDE_CODES,
    VENUE_NUMBERS,
    VENUE_TEXTS,
    cash_side,
    order_number,
    prefixed,
    signed_side,
    trade_type_name,
    wire_account,
)
from hoga.practice.kiwoom.figures import padded, priced
from hoga.practice.kiwoom.operation import ACCOUNT, Call, Operation

_SIDES = ("0", "1", "2")
_VENUES = ("0", "1", "2")
_BY_NAME = ("%", "KRX", "NXT", "SOR")
_NUMBER_WIDTH = 10


class Told(Struct, frozen=True):
    """One order beside its executions."""

    entry: OrderEntry
    fills: Sequence[FillEntry]

    @property
    def fee(self) -> int:
        return sum(fill.fee for fill in self.fills)

    @property
    def tax(self) -> int:
        return sum(fill.tax for fill in self.fills)

    @property
    def average(self) -> int:
        """The average price in whole won, half up; 0 before the first execution."""
        filled = self.entry.filled
        return (2 * self.entry.filled_amount + filled) // (2 * filled) if filled else 0


def pending(call: Call) -> Reply:
    """Numbers with something left. The newest may still be missing (quirk 17), when the switch says so."""
    one = call.fields.one_of("all_stk_tp", ("0", "1")) == "1"
    side = call.fields.one_of("trde_tp", _SIDES)
    code = call.wanted_code() if one else ""
    call.fields.one_of("stex_tp", _VENUES)
    youngest = call.exchange.now() - timedelta(seconds=call.settings.pending_lag_seconds)
    told = [
        each
        for each in _today(call)
        if each.entry.remaining > 0 and each.entry.at <= youngest and _suits(each.entry, side, code)
    ]
    rows, following = call.listed(told, _key, lambda each: _pending_row(call, each))
    return Reply({"oso": rows}, Said.READ_WITH_BLANK.value, following)


def fills(call: Call) -> Reply:
    """Orders with an execution; ``ord_no`` asks for those older than it (quirk 18)."""
    one = call.fields.one_of("qry_tp", ("0", "1")) == "1"
    side = call.fields.one_of("sell_tp", _SIDES)
    code = call.wanted_code() if one else ""
    call.fields.one_of("stex_tp", _VENUES)
    before = call.fields.whole("ord_no")
    told = [
        each
        for each in _today(call)
        if each.entry.filled > 0 and _suits(each.entry, side, code) and (not before or each.entry.number < before)
    ]
    rows, following = call.listed(told, _key, lambda each: _fill_row(call, each))
    return Reply({"cntr": rows}, Said.READ_WITH_BLANK.value, following)


def orders_in_detail(call: Call) -> Reply:
    """``qry_tp``: 1 in the order of numbers, 2 reversed, 3 with something left, 4 with executions."""
    kind = call.fields.one_of("qry_tp", ("1", "2", "3", "4"))
    told = [
        each
        for each in _of_date(call)
        if (kind != "3" or each.entry.remaining > 0) and (kind != "4" or each.entry.filled > 0)
    ]
    rows, following = call.listed(told, _key, lambda each: _detail_row(call, each), newest_first=kind == "2")
    return Reply({"acnt_ord_cntr_prps_dtl": rows}, Said.READ.value, following)


def order_status(call: Call) -> Reply:
    call.fields.one_of("mrkt_tp", ("0", "1", "2", "3", "4"))
    filled = call.fields.one_of("qry_tp", ("0", "1")) == "1"
    told = [each for each in _of_date(call) if not filled or each.entry.filled > 0]
    amounts = {
        side: sum(each.entry.filled_amount for each in told if each.entry.side is side)
        for side in (Side.SELL, Side.BUY)
    }
    rows, following = call.listed(told, _key, lambda each: _status_row(call, each))
    body: dict[str, object] = {
        "sell_grntl_engg_amt": padded(amounts[Side.SELL]),
        "buy_engg_amt": padded(amounts[Side.BUY]),
        "engg_amt": padded(sum(amounts.values())),
        "acnt_ord_cntr_prst_array": rows,
    }
    return Reply(body, Said.READ.value, following)


def split_orders(call: Call) -> Reply:
    """SOR routes every order whole to the one exchange there is: no child orders."""
    call.fields.required("ord_no")
    return Reply({"osop": []}, Said.READ_WITH_BLANK.value)


def _today(call: Call) -> list[Told]:
    today = call.exchange.trading_date()
    return _beside(call.exchange.orders(call.number, today, today), call.exchange.fills(call.number, today, today))


def _of_date(call: Call) -> list[Told]:
    """The orders of ``ord_dt``. The mock knows nothing of past days (kiwoom.md 7.2)."""
    today = call.exchange.trading_date()
    day = call.fields.day("ord_dt", today)
    call.fields.one_of("stk_bond_tp", ("0", "1", "2"))
    side = call.fields.one_of("sell_tp", _SIDES)
    call.fields.one_of("dmst_stex_tp", _BY_NAME)
    code, first = call.wanted_code(), call.fields.whole("fr_ord_no")
    if day != today and call.is_mock and call.settings.mock_gaps:
        return []
    told = _beside(call.exchange.orders(call.number, day, day), call.exchange.fills(call.number, day, day))
    return [each for each in told if _suits(each.entry, side, code) and each.entry.number >= first]


def _beside(entries: Iterable[OrderEntry], executions: Iterable[FillEntry]) -> list[Told]:
    by_number: dict[int, list[FillEntry]] = {}
    for fill in executions:
        by_number.setdefault(fill.number, []).append(fill)
    return [Told(entry, by_number.get(entry.number, ())) for entry in entries]


def _suits(entry: OrderEntry, side: str, code: str | None) -> bool:
    return side in ("0", SIDE_CODES[entry.side]) and code in ("", entry.code)


def _key(each: Told) -> str:
    return order_number(each.entry.number)


def order_state(entry: OrderEntry) -> str:
    """``접수``, ``체결`` once something was filled, ``확인`` for a modify or cancel that was done."""
    if entry.filled:
        return "체결"
    return "접수" if entry.kind is EntryKind.NEW else "확인"


def _venue(entry: OrderEntry) -> Row:
    return {
        "stex_tp": VENUE_NUMBERS[entry.venue],
        "stex_tp_txt": VENUE_TEXTS[entry.venue],
        "sor_yn": "Y" if entry.venue.value == "SOR" else "N",
        "stop_pric": str(entry.stop or 0),
    }


def _named(call: Call, entry: OrderEntry) -> tuple[Instrument, MarketState | None]:
    return call.exchange.instruments()[entry.code], call.exchange.state(entry.code)


def _pending_row(call: Call, each: Told) -> Row:
    entry = each.entry
    instrument, state = _named(call, entry)
    book = call.exchange.book(entry.code)
    base = state.base if state is not None else 0
    last = each.fills[-1] if each.fills else None
    return {
        "acnt_no": wire_account(entry.account),
        "ord_no": order_number(entry.number),
        "mang_empno": "",
        "stk_cd": entry.code,
        "tsk_tp": "",
        "ord_stt": order_state(entry),
        "stk_nm": instrument.name_ko,
        "ord_qty": str(entry.quantity),
        "ord_pric": str(entry.limit or 0),
        "oso_qty": str(entry.remaining),
        "cntr_tot_amt": str(entry.filled_amount),
        "orig_ord_no": order_number(entry.original),
        "io_tp_nm": signed_side(entry.side, entry.kind),
        "trde_tp": trade_type_name(entry.type, entry.tif),
        "tm": clock_text(entry.at),
        "cntr_no": str(last.execution) if last is not None else "",
        "cntr_pric": str(each.average),
        "cntr_qty": str(entry.filled),
        "cur_prc": priced(state.price, base) if state is not None else "",
        "sel_bid": priced(book.asks[0].price_units, base) if book is not None and book.asks else "0",
        "buy_bid": priced(book.bids[0].price_units, base) if book is not None and book.bids else "0",
        "unit_cntr_pric": str(last.price) if last is not None else "",
        "unit_cntr_qty": str(last.quantity) if last is not None else "",
        "tdy_trde_cmsn": str(each.fee),
        "tdy_trde_tax": str(each.tax),
        "ind_invsr": "",
        **_venue(entry),
    }


def _fill_row(call: Call, each: Told) -> Row:
    entry = each.entry
    return {
        "ord_no": order_number(entry.number),
        "stk_nm": _named(call, entry)[0].name_ko,
        "io_tp_nm": signed_side(entry.side, EntryKind.NEW),
        "ord_pric": str(entry.limit or 0),
        "ord_qty": str(entry.quantity),
        "cntr_pric": str(each.average),
        "cntr_qty": str(entry.filled),
        "oso_qty": str(entry.remaining),
        "tdy_trde_cmsn": str(each.fee),
        "tdy_trde_tax": str(each.tax),
        "ord_stt": order_state(entry),
        "trde_tp": trade_type_name(entry.type, entry.tif),
        "orig_ord_no": order_number(entry.original),
        "ord_tm": clock_text(entry.at),
        "stk_cd": entry.code,
        **_venue(entry),
    }


def _common(call: Call, each: Told) -> Row:
    """What kt00007 and kt00009 write alike: padded, codes with their letter."""
    entry = each.entry
    instrument, _ = _named(call, entry)
    gone = entry.quantity if entry.kind is EntryKind.CANCEL else entry.cancelled
    return {
        "ord_no": order_number(entry.number),
        "stk_cd": prefixed(instrument),
        "trde_tp": trade_type_name(entry.type, entry.tif),
        "stk_nm": instrument.name_ko,
        "io_tp_nm": cash_side(entry.side, entry.kind),
        "ord_qty": padded(entry.quantity, _NUMBER_WIDTH),
        "ord_uv": padded(entry.limit or 0, _NUMBER_WIDTH),
        "cnfm_qty": padded(gone, _NUMBER_WIDTH),
        "acpt_tp": "접수" if entry.kind is EntryKind.NEW else "확인",
        "cntr_qty": padded(entry.filled, _NUMBER_WIDTH),
        "cntr_uv": padded(each.average, _NUMBER_WIDTH),
        "comm_ord_tp": "REST API" if entry.channel == "api" else "영웅문S",
        "dmst_stex_tp": entry.venue.value,
        "cond_uv": padded(entry.stop or 0, _NUMBER_WIDTH),
    }


_CHANGES: Mapping[EntryKind, str] = {EntryKind.NEW: "", EntryKind.MODIFY: "정정", EntryKind.CANCEL: "취소"}


def _detail_row(call: Call, each: Told) -> Row:
    entry = each.entry
    return _common(call, each) | {
        "crd_tp": "보통매매",
        "rsrv_tp": "",
        "ord_tm": f"{entry.at:%H:%M:%S}",
        "ori_ord": order_number(entry.original),
        "loan_dt": "",
        "ord_remnq": padded(entry.remaining, _NUMBER_WIDTH),
        "mdfy_cncl": _CHANGES[entry.kind],
        "cnfm_tm": "" if entry.kind is EntryKind.NEW else f"{entry.at:%H:%M:%S}",
    }


def _status_row(call: Call, each: Told) -> Row:
    entry = each.entry
    last = each.fills[-1] if each.fills else None
    return _common(call, each) | {
        "stk_bond_tp": "1",
        "rsrv_oppo": "",
        "cntr_no": order_number(last.execution) if last is not None else order_number(None),
        "orig_ord_no": order_number(entry.original),
        "setl_tp": "삼일결제",
        "crd_deal_tp": "보통매매",
        "mdfy_cncl_tp": _CHANGES[entry.kind],
        "cntr_tm": f"{last.at:%H:%M:%S}" if last is not None else "",
    }


OPERATIONS = (
    Operation("ka10075", ACCOUNT, pending),
    Operation("ka10076", ACCOUNT, fills),
    Operation("ka10088", ACCOUNT, split_orders),
    Operation("kt00007", ACCOUNT, orders_in_detail),
    Operation("kt00009", ACCOUNT, order_status),
)
