"""Holdings kt00018, evaluation kt00004, traded balance kt00005, returns ka10085, assets kt00003 (kiwoom.md 4.4).

Sums hold exactly: the rows of all pages add up to the totals.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoga.practice.api import CashFigures
from hoga.practice.figures import percent, rounded
from hoga.practice.kiwoom.answers import Reply, Row, Said
from hoga.practice.kiwoom.codes import prefixed
from hoga.practice.kiwoom.figures import padded, priced, wide
from hoga.practice.kiwoom.operation import ACCOUNT, Call, Operation
from hoga.practice.kiwoom.worth import Worth, worth_of
from hoga.practice.realised import day_results

_VENUES = ("KRX", "NXT", "SOR")
_VENUE_NUMBERS = ("0", "1", "2")
_RATE_WIDTH = 12
_CASH = "00"
_NONE = padded(0)


def holdings(call: Call) -> Reply:
    """``evlt_amt`` is gross here and net of costs in kt00004 (quirk 13)."""
    call.fields.one_of("qry_tp", ("1", "2"))
    call.fields.one_of("dmst_stex_tp", _VENUES)
    every = worth_of(call)
    totals = _totals(call, every)
    value = sum(each.held.value for each in every)
    rows, following = call.listed(every, _key, lambda each: _holding(call, each, value), newest_first=False)
    return Reply(totals | {"acnt_evlt_remn_indv_tot": rows}, Said.READ.value, following)


def evaluation(call: Call) -> Reply:
    call.fields.one_of("qry_tp", ("0", "1"))
    call.fields.one_of("dmst_stex_tp", _VENUES)
    every, cash = worth_of(call), call.exchange.cash(call.number)
    rows, following = call.listed(every, _key, _evaluated, newest_first=False)
    net, cost = sum(each.net_value for each in every), sum(each.held.entry.cost for each in every)
    body: dict[str, object] = {
        "acnt_nm": call.account.holder,
        "brch_nm": "",
        "entr": padded(cash.d0),
        "d2_entra": padded(cash.d2),
        "tot_est_amt": padded(net),
        "aset_evlt_amt": padded(cash.d2 + net),
        "tot_pur_amt": padded(cost),
        "prsm_dpst_aset_amt": padded(_assets(cash, every)),
        "tot_grnt_sella": _NONE,
        **dict.fromkeys(("tdy_lspft_amt", "invt_bsamt", "lspft_amt", "tdy_lspft", "lspft2", "lspft"), _NONE),
        **dict.fromkeys(("tdy_lspft_rt", "lspft_ratio", "lspft_rt"), "0.00"),
        "stk_acnt_evlt_prst": rows,
    }
    return Reply(body, Said.READ.value, following)


def traded_balance(call: Call) -> Reply:
    call.fields.one_of("dmst_stex_tp", _VENUES)
    every, cash = worth_of(call), call.exchange.cash(call.number)
    rows, following = call.listed(every, _key, _traded, newest_first=False)
    profit, cost = sum(each.profit for each in every), sum(each.held.entry.cost for each in every)
    body: dict[str, object] = {
        "entr": padded(cash.d0),
        "entr_d1": padded(cash.d1),
        "entr_d2": padded(cash.d2),
        "pymn_alow_amt": padded(max(min(cash.d0, cash.d1, cash.d2) - cash.reserved, 0)),
        **dict.fromkeys(("uncl_stk_amt", "repl_amt", "rght_repl_amt"), _NONE),
        "ord_alowa": padded(cash.orderable),
        **dict.fromkeys(("ch_uncla", "crd_int_npay_gold", "etc_loana", "nrpy_loan"), _NONE),
        "profa_ch": padded(max(cash.d0 - cash.orderable, 0)),
        "repl_profa": _NONE,
        "stk_buy_tot_amt": padded(cost),
        "evlt_amt_tot": padded(sum(each.held.value for each in every)),
        "tot_pl_tot": padded(profit),
        "tot_pl_rt": rounded(profit * 100, cost, 4),
        "tot_re_buy_alowa": padded(cash.orderable),
        **{f"{margin}ord_alow_amt": padded(cash.orderable) for margin in ("20", "30", "40", "50", "60", "100")},
        **dict.fromkeys(("crd_loan_tot", "crd_loan_ls_tot"), _NONE),
        "crd_grnt_rt": "0.00",
        **dict.fromkeys(("dpst_grnt_use_amt_amt", "grnt_loan_amt"), _NONE),
        "stk_cntr_remn": rows,
    }
    return Reply(body, Said.READ.value, following)


def returns(call: Call) -> Reply:
    """Each holding beside what its sales of today have brought."""
    call.fields.one_of("stex_tp", _VENUE_NUMBERS)
    today = call.exchange.trading_date()
    sold = {result.code: result for result in day_results(call.exchange, call.number, today, today)}

    def row(each: Worth) -> Row:
        entry, state, result = each.held.entry, each.held.state, sold.get(each.held.entry.code)
        return {
            "dt": f"{today:%Y%m%d}",
            "stk_cd": entry.code,
            "stk_nm": state.instrument.name_ko,
            "cur_prc": priced(state.price, state.base),
            "pur_pric": str(each.average),
            "pur_amt": str(entry.cost),
            "rmnd_qty": str(entry.quantity),
            "tdy_sel_pl": str(result.profit if result is not None else 0),
            "tdy_trde_cmsn": str(result.fee if result is not None else 0),
            "tdy_trde_tax": str(result.tax if result is not None else 0),
            "crd_tp": _CASH,
            "loan_dt": "00000000",
            "setl_remn": str(_settled(each)),
            "clrn_alow_qty": str(entry.sellable),
            **dict.fromkeys(("crd_amt", "crd_int"), "0"),
            "expr_dt": "00000000",
        }

    rows, following = call.listed(worth_of(call), _key, row, newest_first=False)
    return Reply({"acnt_prft_rt": rows}, Said.READ_WITH_BLANK.value, following)


def assets(call: Call) -> Reply:
    call.fields.one_of("qry_tp", ("0", "1"))
    cash = call.exchange.cash(call.number)
    return Reply({"prsm_dpst_aset_amt": padded(_assets(cash, worth_of(call)))}, Said.READ.value)


def _assets(cash: CashFigures, every: Sequence[Worth]) -> int:
    """Cash once everything has settled, and the shares at their prices."""
    return cash.d2 + sum(each.held.value for each in every)


def _settled(each: Worth) -> int:
    return max(each.held.entry.quantity - each.held.entry.bought_today - each.held.entry.bought_yesterday, 0)


def _key(each: Worth) -> str:
    return each.held.entry.code


def _totals(call: Call, every: Sequence[Worth]) -> dict[str, object]:
    profit, cost = sum(each.profit for each in every), sum(each.held.entry.cost for each in every)
    return {
        "tot_pur_amt": wide(cost),
        "tot_evlt_amt": wide(sum(each.held.value for each in every)),
        "tot_evlt_pl": wide(profit),
        "tot_prft_rt": _rate(call, profit, cost),
        "prsm_dpst_aset_amt": wide(_assets(call.exchange.cash(call.number), every)),
        **dict.fromkeys(("tot_loan_amt", "tot_crd_loan_amt", "tot_crd_ls_amt"), wide(0)),
    }


def _rate(call: Call, part: int, whole: int) -> str:
    """The mock pads rates too, the point among the zeros (quirk 5)."""
    text = percent(part, whole)
    if not call.is_mock:
        return text
    return f"-{text[1:]:0>{_RATE_WIDTH - 1}}" if text.startswith("-") else f"{text:0>{_RATE_WIDTH}}"


def _holding(call: Call, each: Worth, total: int) -> Row:
    entry, state = each.held.entry, each.held.state
    return {
        "stk_cd": prefixed(state.instrument),
        "stk_nm": state.instrument.name_ko,
        "evltv_prft": wide(each.profit),
        "prft_rt": _rate(call, each.profit, entry.cost),
        "pur_pric": wide(each.average),
        "pred_close_pric": padded(state.base),
        "rmnd_qty": wide(entry.quantity),
        "trde_able_qty": wide(entry.sellable),
        "cur_prc": padded(state.price),
        "pred_buyq": wide(entry.bought_yesterday),
        "pred_sellq": wide(entry.sold_yesterday),
        "tdy_buyq": wide(entry.bought_today),
        "tdy_sellq": wide(entry.sold_today),
        "pur_amt": wide(entry.cost),
        "pur_cmsn": wide(each.buy_fee),
        "evlt_amt": wide(each.held.value),
        "sell_cmsn": wide(each.sell_fee),
        "tax": wide(each.tax),
        "sum_cmsn": wide(each.fees),
        "poss_rt": percent(each.held.value, total),
        "crd_tp": _CASH,
        "crd_tp_nm": "",
        "crd_loan_dt": "",
    }


def _evaluated(each: Worth) -> Row:
    entry, state = each.held.entry, each.held.state
    return {
        "stk_cd": prefixed(state.instrument),
        "stk_nm": state.instrument.name_ko,
        "rmnd_qty": padded(entry.quantity),
        "avg_prc": padded(each.average),
        "cur_prc": padded(state.price),
        "evlt_amt": padded(each.net_value),
        "pl_amt": padded(each.profit),
        "pl_rt": rounded(each.profit * 100, entry.cost, 4),
        "loan_dt": "",
        "pur_amt": padded(entry.cost),
        "setl_remn": padded(_settled(each)),
        "pred_buyq": padded(entry.bought_yesterday),
        "pred_sellq": padded(entry.sold_yesterday),
        "tdy_buyq": padded(entry.bought_today),
        "tdy_sellq": padded(entry.sold_today),
    }


def _traded(each: Worth) -> Row:
    entry, state = each.held.entry, each.held.state
    return {
        "crd_tp": _CASH,
        "loan_dt": "",
        "expr_dt": "",
        "stk_cd": prefixed(state.instrument),
        "stk_nm": state.instrument.name_ko,
        "setl_remn": padded(_settled(each)),
        "cur_qty": padded(entry.quantity),
        "cur_prc": padded(state.price),
        "buy_uv": padded(each.average),
        "pur_amt": padded(entry.cost),
        "evlt_amt": padded(each.held.value),
        "evltv_prft": padded(each.profit),
        "pl_rt": rounded(each.profit * 100, entry.cost, 4),
    }


OPERATIONS = (
    Operation("kt00018", ACCOUNT, holdings),
    Operation("kt00004", ACCOUNT, evaluation),
    Operation("kt00005", ACCOUNT, traded_balance, on_mock="RC9000"),
    Operation("ka10085", ACCOUNT, returns),
    Operation("kt00003", ACCOUNT, assets),
)
