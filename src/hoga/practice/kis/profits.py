"""Realised profit per trade TTTC8715R and per day TTTC8708R (kis.md 4.2.9).

``rlzt_pfls`` is after the sale's own fee and tax; no source says which the broker means.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hoga.practice.figures import rounded
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import padded_code
from hoga.practice.kis.operation import DOMESTIC_TRADING, Call, Operation
from hoga.practice.kis.paging import Sheet
from hoga.practice.realised import DayResult, day_results

_ROWS = 100


def profit_by_trade(call: Call) -> Reply:
    """One row per date and instrument, rows of buys alone included."""
    results = _results(call)
    wanted = call.instrument()
    if wanted is not None:
        results = [r for r in results if r.code == wanted.code]
    sheet: Sheet[DayResult] = Sheet(_trade_key, lambda r: _trade_row(call, r), _ROWS, _newest_first(call))
    page = sheet.page(call, results)
    totals = _totals(results, "buyqty_smtl") | {"tot_pftrt": _rate(results)}
    return Reply({"output1": page.rows, "output2": totals}, page.success, page.paging, page.cursors)


def profit_by_day(call: Call) -> Reply:
    results = _results(call)
    days = sorted({result.day for result in results})
    sheet: Sheet[date] = Sheet("{:%Y%m%d}".format, lambda day: _day_row(day, results), _ROWS, _newest_first(call))
    page = sheet.page(call, days)
    totals = _totals(results, "buy_qty_smtl")
    return Reply({"output1": page.rows, "output2": totals}, page.success, page.paging, page.cursors)


def _results(call: Call) -> Sequence[DayResult]:
    account = call.account()
    first, last = call.fields.day("INQR_STRT_DT"), call.fields.day("INQR_END_DT")
    return day_results(call.exchange, account, first, last)


def _newest_first(call: Call) -> bool:
    return call.fields.one_of("SORT_DVSN", ("00", "01", "02"), "00") != "01"


def _trade_row(call: Call, result: DayResult) -> Row:
    instrument = call.exchange.instruments()[result.code]
    unit = _each(result.cost, result.sold) if result.sold else _each(result.bought_amount, result.bought)
    return {
        "trad_dt": f"{result.day:%Y%m%d}",
        "pdno": padded_code(instrument),
        "prdt_name": instrument.name_ko,
        "trad_dvsn_name": "현금",
        "loan_dt": "",
        "hldg_qty": str(result.held),
        "pchs_unpr": unit,
        "buy_qty": str(result.bought),
        "buy_amt": str(result.bought_amount),
        "sll_pric": _each(result.sold_amount, result.sold),
        "sll_qty": str(result.sold),
        "sll_amt": str(result.sold_amount),
        "rlzt_pfls": str(result.profit),
        "pfls_rt": rounded(result.profit * 100, result.cost, 8),
        "fee": str(result.fee),
        "tl_tax": str(result.tax),
        "loan_int": "0",
    }


def _trade_key(result: DayResult) -> str:
    return f"{result.day:%Y%m%d}{result.code}"


def _day_row(day: date, every: Sequence[DayResult]) -> Row:
    results = [result for result in every if result.day == day]
    profit, cost = sum(r.profit for r in results), sum(r.cost for r in results)
    return {
        "trad_dt": f"{day:%Y%m%d}",
        "buy_amt": str(sum(r.bought_amount for r in results)),
        "sll_amt": str(sum(r.sold_amount for r in results)),
        "rlzt_pfls": str(profit),
        "fee": str(sum(r.fee for r in results)),
        "loan_int": "0",
        "tl_tax": str(sum(r.tax for r in results)),
        "pfls_rt": rounded(profit * 100, cost, 8),
        "sll_qty1": str(sum(r.sold for r in results)),
        "buy_qty1": str(sum(r.bought for r in results)),
    }


def _totals(results: Sequence[DayResult], bought_name: str) -> Row:
    bought, sold = sum(r.bought_amount for r in results), sum(r.sold_amount for r in results)
    fee, tax, buy_fee = sum(r.fee for r in results), sum(r.tax for r in results), sum(r.buy_fee for r in results)
    sell_fee = fee - buy_fee
    return {
        "sll_qty_smtl": str(sum(r.sold for r in results)),
        "sll_tr_amt_smtl": str(sold),
        "sll_fee_smtl": str(sell_fee),
        "sll_tltx_smtl": str(tax),
        "sll_excc_amt_smtl": str(sold - sell_fee - tax),
        bought_name: str(sum(r.bought for r in results)),
        "buy_tr_amt_smtl": str(bought),
        "buy_fee_smtl": str(buy_fee),
        "buy_tax_smtl": "0",
        "buy_excc_amt_smtl": str(bought + buy_fee),
        "tot_qty": str(sum(r.bought + r.sold for r in results)),
        "tot_tr_amt": str(bought + sold),
        "tot_fee": str(fee),
        "tot_tltx": str(tax),
        "tot_excc_amt": str(sold - bought - fee - tax),
        "tot_rlzt_pfls": str(sum(r.profit for r in results)),
        "loan_int": "0",
    }


def _each(amount: int, shares: int) -> str:
    """Won per share, rounded half up; zero for no shares."""
    return str((2 * amount + shares) // (2 * shares)) if shares else "0"


def _rate(results: Sequence[DayResult]) -> str:
    return rounded(sum(r.profit for r in results) * 100, sum(r.cost for r in results), 8)


OPERATIONS = (
    Operation("GET", f"{DOMESTIC_TRADING}inquire-period-trade-profit", ("TTTC8715R",), (), profit_by_trade),
    Operation("GET", f"{DOMESTIC_TRADING}inquire-period-profit", ("TTTC8708R",), (), profit_by_day),
)
