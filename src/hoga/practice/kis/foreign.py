"""Foreign operations: this exchange has no foreign market, and says so truthfully (kis.md 4.3).

Quotes answer as for an unknown symbol, lists are empty, orders are refused for want of the instrument.
"""

from __future__ import annotations

from hoga.practice.api import RejectReason
from hoga.practice.kis.answers import Reply, Row, Success
from hoga.practice.kis.errors import exchange_refusal, no_information
from hoga.practice.kis.operation import (
    FOREIGN_QUOTES,
    FOREIGN_TRADING,
    Call,
    Handler,
    Operation,
    on_paper,
)
from hoga.practice.kis.paging import empty_page

_TOTALS = (
    "frcr_pchs_amt1",
    "ovrs_rlzt_pfls_amt",
    "ovrs_tot_pfls",
    "rlzt_erng_rt",
    "tot_evlu_pfls_amt",
    "tot_pftrt",
    "frcr_buy_amt_smtl1",
    "ovrs_rlzt_pfls_amt2",
    "frcr_buy_amt_smtl2",
)
_PRESENT_TOTALS = (
    "pchs_amt_smtl",
    "evlu_amt_smtl",
    "evlu_pfls_amt_smtl",
    "cma_evlu_amt",
    "etc_mgna",
    "frcr_evlu_tota",
    "evlu_erng_rt1",
    "pchs_amt_smtl_amt",
    "evlu_amt_smtl_amt",
    "tot_evlu_pfls_amt",
    "buy_mgn_amt",
    "mgna_tota",
    "frcr_use_psbl_amt",
    "ustl_sll_amt_smtl",
    "ustl_buy_amt_smtl",
    "tot_frcr_cblc_smtl",
    "tot_loan_amt",
)
_PERIOD_TOTALS = (
    "stck_sll_amt_smtl",
    "stck_buy_amt_smtl",
    "smtl_fee1",
    "excc_dfrm_amt",
    "ovrs_rlzt_pfls_tot_amt",
    "tot_pftrt",
    "exrt",
)


def price(call: Call) -> Reply:
    """An unknown symbol: ``last`` blank (quirk 6)."""
    call.fields.required("EXCD")
    call.fields.required("SYMB")
    names = ("rsym", "zdiv", "base", "pvol", "last", "sign", "diff", "rate", "tvol", "tamt", "ordy")
    return Reply({"output": dict.fromkeys(names, "")})


def price_detail(call: Call) -> Reply:
    call.fields.required("EXCD")
    call.fields.required("SYMB")
    return Reply({"output": dict.fromkeys(("rsym", "curr", "zdiv", "last", "open", "high", "low", "base"), "")})


def asking_price(call: Call) -> Reply:
    call.fields.required("SYMB")
    return Reply({"output1": {"rsym": ""}, "output2": {}, "output3": {}})


def chart(call: Call) -> Reply:
    call.fields.required("SYMB")
    return Reply({"output1": {"rsym": "", "zdiv": "", "nrec": ""}, "output2": []})


def product(call: Call) -> Reply:
    raise no_information()


def orderable(call: Call) -> Reply:
    call.account()
    raise no_information()


def balance(call: Call) -> Reply:
    call.account()
    sheet = empty_page(call)
    totals: Row = dict.fromkeys(_TOTALS, "0")
    return Reply({"output1": [], "output2": totals}, Success.ACCOUNT, sheet.paging, sheet.cursors)


def present_balance(call: Call) -> Reply:
    """No holdings and no foreign deposits; the won deposit stands in the totals."""
    cash = call.exchange.cash(call.account())
    totals: Row = dict.fromkeys(_PRESENT_TOTALS, "0")
    for name in ("dncl_amt", "tot_dncl_amt"):
        totals[name] = str(cash.d0)
    totals |= {"tot_asst_amt": str(cash.d2), "wdrw_psbl_tot_amt": str(min(cash.d0, cash.orderable))}
    return Reply({"output1": [], "output2": [], "output3": totals}, Success.ACCOUNT)


def order_list(call: Call) -> Reply:
    call.account()
    sheet = empty_page(call)
    return Reply({"output": []}, sheet.success, sheet.paging, sheet.cursors)


def period_profit(call: Call) -> Reply:
    call.account()
    sheet = empty_page(call)
    totals: Row = dict.fromkeys(_PERIOD_TOTALS, "0")
    return Reply({"output1": [], "output2": totals}, sheet.success, sheet.paging, sheet.cursors)


def nothing(call: Call) -> Reply:
    """A list about foreign countries that has no rows here."""
    return Reply({"output": []}, Success.NOTHING)


def order(call: Call) -> Reply:
    call.account()
    raise exchange_refusal(RejectReason.NO_SUCH_INSTRUMENT, call.environment)


def order_change(call: Call) -> Reply:
    call.account()
    raise exchange_refusal(RejectReason.NO_SUCH_ORDER, call.environment)


def _quote(name: str, tr: str, answer: Handler, *, paper: bool) -> Operation:
    return Operation("GET", FOREIGN_QUOTES + name, (tr,), (tr,) if paper else (), answer)


def _read(name: str, tr: str, answer: Handler, *, paper: bool, disputed: bool = False) -> Operation:
    return Operation("GET", FOREIGN_TRADING + name, (tr,), on_paper(tr) if paper else (), answer, disputed)


_BUY_AND_SELL = (
    ("TTTT1002U", "TTTT1006U"),
    ("TTTS1002U", "TTTS1001U"),
    ("TTTS0202U", "TTTS1005U"),
    ("TTTS0305U", "TTTS0304U"),
    ("TTTS0308U", "TTTS0307U"),
    ("TTTS0311U", "TTTS0310U"),
)
_ORDER_IDS = tuple(tr for pair in _BUY_AND_SELL for tr in pair)
_CHANGE_IDS = ("TTTT1004U", "TTTS1003U", "TTTS0309U", "TTTS0302U", "TTTS0306U", "TTTS0312U")
_US_PAPER_SELL = "VTTT1001U"
_HOLIDAYS = "/uapi/overseas-stock/v1/quotations/countries-holiday"

OPERATIONS = (
    _quote("price", "HHDFS00000300", price, paper=True),
    _quote("price-detail", "HHDFS76200200", price_detail, paper=False),
    _quote("inquire-asking-price", "HHDFS76200100", asking_price, paper=False),
    _quote("dailyprice", "HHDFS76240000", chart, paper=True),
    _quote("inquire-time-itemchartprice", "HHDFS76950200", chart, paper=False),
    _quote("search-info", "CTPF1702R", product, paper=False),
    Operation("GET", _HOLIDAYS, ("CTOS5011R",), (), nothing),
    _read("inquire-balance", "TTTS3012R", balance, paper=True),
    _read("inquire-present-balance", "CTRP6504R", present_balance, paper=True),
    _read("inquire-nccs", "TTTS3018R", order_list, paper=True, disputed=True),
    _read("inquire-ccnl", "TTTS3035R", order_list, paper=True),
    _read("inquire-psamount", "TTTS3007R", orderable, paper=True),
    _read("inquire-period-profit", "TTTS3039R", period_profit, paper=False),
    _read("foreign-margin", "TTTC2101R", nothing, paper=False),
    Operation("POST", f"{FOREIGN_TRADING}order", _ORDER_IDS, (*on_paper(*_ORDER_IDS), _US_PAPER_SELL), order),
    Operation("POST", f"{FOREIGN_TRADING}order-rvsecncl", _CHANGE_IDS, on_paper(*_CHANGE_IDS), order_change),
    Operation("POST", f"{FOREIGN_TRADING}daytime-order", ("TTTS6036U", "TTTS6037U"), (), order),
    Operation("POST", f"{FOREIGN_TRADING}daytime-order-rvsecncl", ("TTTS6038U",), (), order_change),
)
