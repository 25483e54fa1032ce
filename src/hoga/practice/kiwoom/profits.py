"""Realised profit ka10072, ka10073, ka10074, ka10077 and the trade diary ka10170 (kiwoom.md 4.4).

``tdy_sel_pl = (cntr_pric - buy_uv) x cntr_qty - tdy_trde_cmsn - tdy_trde_tax``: after the sale's own fee and tax.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hoga.practice.figures import percent, rounded
from hoga.practice.kiwoom.answers import Reply, Row, Said
from hoga.practice.kiwoom.codes import prefixed
from hoga.practice.kiwoom.figures import rate
from hoga.practice.kiwoom.operation import ACCOUNT, Call, Operation
from hoga.practice.realised import DayResult, day_results


def by_day(call: Call) -> Reply:
    first, last = call.fields.day("strt_dt"), call.fields.day("end_dt")
    results = day_results(call.exchange, call.number, first, last)
    days = sorted({result.day for result in results})
    rows, following = call.listed(days, "{:%Y%m%d}".format, lambda day: _day_row(day, results))
    body: dict[str, object] = {
        "tot_buy_amt": str(sum(r.bought_amount for r in results)),
        "tot_sell_amt": str(sum(r.sold_amount for r in results)),
        "rlzt_pl": str(sum(r.profit for r in results)),
        "trde_cmsn": str(sum(r.fee for r in results)),
        "trde_tax": str(sum(r.tax for r in results)),
        "dt_rlzt_pl": rows,
    }
    return Reply(body, Said.READ_WITH_BLANK.value, following)


def by_symbol(call: Call) -> Reply:
    sold = _sold(call, call.fields.day("strt_dt"), call.fields.day("end_dt"))
    rows, following = call.listed(sold, _key, lambda result: _dated_row(call, result))
    return Reply({"dt_stk_rlzt_pl": rows}, Said.READ_WITH_BLANK.value, following)


def since_day(call: Call) -> Reply:
    sold = _sold(call, call.fields.day("strt_dt"), call.exchange.trading_date())
    rows, following = call.listed(sold, _key, lambda result: _since_row(call, result))
    return Reply({"dt_stk_div_rlzt_pl": rows}, Said.READ_WITH_BLANK.value, following)


def today_of_symbol(call: Call) -> Reply:
    call.fields.required("stk_cd")
    today = call.exchange.trading_date()
    sold = _sold(call, today, today)
    rows, following = call.listed(sold, _key, lambda result: _sale_row(call, result, decimals=7))
    body = {"tdy_rlzt_pl": str(sum(result.profit for result in sold)), "tdy_rlzt_pl_dtl": rows}
    return Reply(body, Said.READ_WITH_BLANK.value, following)


def diary(call: Call) -> Reply:
    """``ottks_tp`` 1: sells of today's buys; 2: every sell. Here both tell what the day did in each symbol."""
    today = call.exchange.trading_date()
    day = call.fields.day("base_dt", today)
    call.fields.one_of("ottks_tp", ("1", "2"))
    call.fields.one_of("ch_crd_tp", ("0", "1", "2"))
    results = day_results(call.exchange, call.number, day, day)
    costs, profit = sum(r.fee + r.tax for r in results), sum(r.profit for r in results)
    bought, sold = sum(r.bought_amount for r in results), sum(r.sold_amount for r in results)
    rows, following = call.listed(results, _key, lambda result: _diary_row(call, result))
    body: dict[str, object] = {
        "tot_sell_amt": str(sold),
        "tot_buy_amt": str(bought),
        "tot_cmsn_tax": str(costs),
        "tot_exct_amt": str(sold - bought - costs),
        "tot_pl_amt": str(profit),
        "tot_prft_rt": percent(profit, sum(r.cost for r in results)),
        "tdy_trde_diary": rows,
    }
    return Reply(body, Said.READ_WITH_BLANK.value, following)


def _sold(call: Call, first: date, last: date) -> Sequence[DayResult]:
    code = call.wanted_code()
    results = day_results(call.exchange, call.number, first, last)
    return [result for result in results if result.sold and code in ("", result.code)]


def _key(result: DayResult) -> str:
    return f"{result.day:%Y%m%d}{result.code:>12}"


def _day_row(day: date, every: Sequence[DayResult]) -> Row:
    results = [result for result in every if result.day == day]
    return {
        "dt": f"{day:%Y%m%d}",
        "buy_amt": str(sum(r.bought_amount for r in results)),
        "sell_amt": str(sum(r.sold_amount for r in results)),
        "tdy_sel_pl": str(sum(r.profit for r in results)),
        "tdy_trde_cmsn": str(sum(r.fee for r in results)),
        "tdy_trde_tax": str(sum(r.tax for r in results)),
    }


def _sale_row(call: Call, result: DayResult, *, decimals: int = 2) -> Row:
    """What was sold of one symbol on one day; costs are those of the sales."""
    instrument = call.exchange.instruments()[result.code]
    return {
        "stk_nm": instrument.name_ko,
        "cntr_qty": str(result.sold),
        "buy_uv": rounded(result.cost, result.sold, decimals),
        "cntr_pric": str(_each(result.sold_amount, result.sold)),
        "tdy_sel_pl": rounded(result.profit, 1, decimals),
        "pl_rt": rate(result.profit, result.cost),
        "stk_cd": prefixed(instrument),
        "tdy_trde_cmsn": str(result.sell_costs - result.tax),
        "tdy_trde_tax": str(result.tax),
    }


def _since_row(call: Call, result: DayResult) -> Row:
    row = _sale_row(call, result)
    return row | _of_cash() | {"stk_cd_1": row["stk_cd"], "tdy_sel_pl_1": row["tdy_sel_pl"]}


def _dated_row(call: Call, result: DayResult) -> Row:
    head = {"dt": f"{result.day:%Y%m%d}", "tdy_htssel_cmsn": "현금"}
    return head | _sale_row(call, result) | _of_cash()


def _of_cash() -> Row:
    return {"wthd_alowa": "0", "loan_dt": "", "crd_tp": "현금잔고"}


def _diary_row(call: Call, result: DayResult) -> Row:
    costs = result.fee + result.tax
    return {
        "stk_nm": call.exchange.instruments()[result.code].name_ko,
        "buy_avg_pric": str(_each(result.bought_amount, result.bought)),
        "buy_qty": str(result.bought),
        "sel_avg_pric": str(_each(result.sold_amount, result.sold)),
        "sell_qty": str(result.sold),
        "cmsn_alm_tax": str(costs),
        "pl_amt": str(result.profit),
        "sell_amt": str(result.sold_amount),
        "buy_amt": str(result.bought_amount),
        "prft_rt": percent(result.profit, result.cost),
        "stk_cd": result.code,
    }


def _each(amount: int, shares: int) -> int:
    """Won per share, rounded half up; zero for no shares."""
    return (2 * amount + shares) // (2 * shares) if shares else 0


OPERATIONS = (
    Operation("ka10072", ACCOUNT, since_day),
    Operation("ka10073", ACCOUNT, by_symbol),
    Operation("ka10074", ACCOUNT, by_day),
    Operation("ka10077", ACCOUNT, today_of_symbol),
    Operation("ka10170", ACCOUNT, diary),
)
