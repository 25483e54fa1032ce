"""Holdings and cash: TTTC8434R, with realised profit TTTC8494R (kis.md 4.2.1, 4.2.2).

Sums hold exactly: cost and value of the rows add up to the totals, total = value + D+2 cash.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoga.practice.api import CashFigures
from hoga.practice.figures import percent, rounded
from hoga.practice.held import Held, held_by
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import wire_code
from hoga.practice.kis.operation import DOMESTIC_TRADING, Call, Operation, on_paper
from hoga.practice.kis.paging import Sheet
from hoga.practice.realised import realised_today

_REAL_ROWS = 50
_PAPER_ROWS = 20


def inquire_balance(call: Call) -> Reply:
    account = call.account()
    held = held_by(call.exchange, account)
    most = _PAPER_ROWS if call.is_paper else _REAL_ROWS
    page = Sheet(_code, lambda h: _row(h) | _margin_names(), most).page(call, held)
    payload = {"output1": page.rows, "output2": [_totals(held, call.exchange.cash(account))]}
    return Reply(payload, page.success, page.paging, page.cursors)


def balance_with_realised(call: Call) -> Reply:
    account = call.account()
    held = held_by(call.exchange, account)
    page = Sheet(_code, _row, _REAL_ROWS).page(call, held)
    gained = realised_today(call.exchange, account)
    profit = sum(h.profit for h in held)
    totals = _totals(held, call.exchange.cash(account)) | {
        "rlzt_pfls": str(gained.profit),
        "rlzt_erng_rt": percent(gained.profit, gained.cost),
        "real_evlu_pfls": str(profit + gained.profit),
        "real_evlu_pfls_erng_rt": percent(profit + gained.profit, sum(h.entry.cost for h in held) + gained.cost),
    }
    payload = {"output1": page.rows, "output2": [totals]}
    return Reply(payload, page.success, page.paging, page.cursors)


def _code(held: Held) -> str:
    return held.entry.code


def _row(held: Held) -> Row:
    entry, state = held.entry, held.state
    return {
        "pdno": wire_code(state.instrument),
        "prdt_name": state.instrument.name_ko,
        "trad_dvsn_name": "현금",
        "bfdy_buy_qty": str(entry.bought_yesterday),
        "bfdy_sll_qty": str(entry.sold_yesterday),
        "thdt_buyqty": str(entry.bought_today),
        "thdt_sll_qty": str(entry.sold_today),
        "hldg_qty": str(entry.quantity),
        "ord_psbl_qty": str(entry.sellable),
        "pchs_avg_pric": rounded(entry.cost, entry.quantity, 4),
        "pchs_amt": str(entry.cost),
        "prpr": str(held.state.price),
        "evlu_amt": str(held.value),
        "evlu_pfls_amt": str(held.profit),
        "evlu_pfls_rt": percent(held.profit, entry.cost),
        "evlu_erng_rt": "0.00000000",
        "loan_dt": "",
        "loan_amt": "0",
        "stln_slng_chgs": "0",
        "expd_dt": "",
        "fltt_rt": rounded((held.state.price - state.base) * 100, state.base, 8),
        "bfdy_cprs_icdc": str(held.state.price - state.base),
        "stck_loan_unpr": "0.0000",
    }


def _margin_names() -> Row:
    return {"item_mgna_rt_name": "100%", "grta_rt_name": "", "sbst_pric": "0"}


def _totals(held: Sequence[Held], cash: CashFigures) -> Row:
    value, cost = sum(h.value for h in held), sum(h.entry.cost for h in held)
    before = _assets_yesterday(held, cash)
    return {
        "dnca_tot_amt": str(cash.d0),
        "nxdy_excc_amt": str(cash.d1),
        "prvs_rcdl_excc_amt": str(cash.d2),
        "cma_evlu_amt": "0",
        "bfdy_buy_amt": str(cash.bought_yesterday),
        "thdt_buy_amt": str(cash.bought_today),
        "nxdy_auto_rdpt_amt": "0",
        "bfdy_sll_amt": str(cash.sold_yesterday),
        "thdt_sll_amt": str(cash.sold_today),
        "d2_auto_rdpt_amt": "0",
        "bfdy_tlex_amt": str(cash.costs_yesterday),
        "thdt_tlex_amt": str(cash.costs_today),
        "tot_loan_amt": "0",
        "scts_evlu_amt": str(value),
        "tot_evlu_amt": str(value + cash.d2),
        "nass_amt": str(value + cash.d2),
        "fncg_gld_auto_rdpt_yn": "",
        "pchs_amt_smtl_amt": str(cost),
        "evlu_amt_smtl_amt": str(value),
        "evlu_pfls_smtl_amt": str(value - cost),
        "tot_stln_slng_chgs": "0",
        "bfdy_tot_asst_evlu_amt": str(before),
        "asst_icdc_amt": str(value + cash.d2 - before),
        "asst_icdc_erng_rt": "0.00000000",
    }


def _assets_yesterday(held: Sequence[Held], cash: CashFigures) -> int:
    """Total assets at yesterday's close: today's trades taken back, shares at their base price."""
    shares = sum((h.entry.quantity - h.entry.bought_today + h.entry.sold_today) * h.state.base for h in held)
    return shares + cash.d2 + cash.bought_today - cash.sold_today + cash.costs_today


OPERATIONS = (
    Operation("GET", f"{DOMESTIC_TRADING}inquire-balance", ("TTTC8434R",), on_paper("TTTC8434R"), inquire_balance),
    Operation("GET", f"{DOMESTIC_TRADING}inquire-balance-rlz-pl", ("TTTC8494R",), (), balance_with_realised),
)
