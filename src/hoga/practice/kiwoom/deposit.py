"""Account number ka00001, cash kt00001, and how much can be bought kt00010, kt00011 (kiwoom.md 4.4).

No margin debt exists here: every margin class may order for the account's own cash alone.
"""

from __future__ import annotations

from hoga.domain.tickets import OrderType
from hoga.domain.values import Money
from hoga.practice.api import BuyPower, Rejected
from hoga.practice.kiwoom.answers import Reply, Row, Said
from hoga.practice.kiwoom.codes import wire_account
from hoga.practice.kiwoom.figures import padded, wide
from hoga.practice.kiwoom.operation import ACCOUNT, Call, Operation

_CLASSES = ("20", "30", "40", "50", "60", "100")
_SHARES_WIDTH = 10
_UNUSED = (
    "bncr_profa_ch", "nxdy_bncr_sell_exct", "fc_stk_krw_repl_set_amt", "crd_grnta_ch", "crd_grnt_ch", "add_grnt_ch",
    "etc_profa", "uncl_stk_amt", "shrts_prica", "crd_set_grnta", "chck_ina_amt", "etc_chck_ina_amt", "crd_grnt_ruse",
    "knx_asset_evltv", "elwdpst_evlta", "crd_ls_rght_frcs_amt", "lvlh_join_amt", "lvlh_trns_alowa", "repl_amt",
    "remn_repl_evlta", "trst_remn_repl_evlta", "bncr_remn_repl_evlta", "profa_repl", "crd_grnta_repl",
    "crd_grnt_repl", "add_grnt_repl", "rght_repl_amt", "wrap_pymn_alow_amt", "bncr_buy_alowa", "ch_uncla",
    "ch_uncla_dlfe", "ch_uncla_tot", "crd_int_npay", "int_npay_amt_dlfe", "int_npay_amt_tot", "etc_loana",
    "etc_loana_dlfe", "etc_loan_tot", "nrpy_loan", "loan_sum", "ls_sum", "mdstrm_usfe", "loan_remn_evlt_amt",
    "dpst_grntl_remn", "sell_grntl_remn", "d1_out_rep_mor", "d2_out_rep_mor",
)  # fmt: skip
"""Loans, substitutes and funds: this exchange has none, and the broker sends zeros for an account without them."""


def account_number(call: Call) -> Reply:
    return Reply({"acctNo": wire_account(call.number)}, Said.DONE.value)


def deposit(call: Call) -> Reply:
    """``profa_ch`` holds what open and unsettled buys need: what is orderable is the deposit less it."""
    call.fields.one_of("qry_tp", ("1", "2", "3"))
    cash = call.exchange.cash(call.number)
    payable = max(min(cash.d0, cash.d1, cash.d2) - cash.reserved, 0)
    body: dict[str, object] = {
        "entr": wide(cash.d0),
        "profa_ch": wide(max(cash.d0 - cash.orderable, 0)),
        **dict.fromkeys(_UNUSED, wide(0)),
        "pymn_alow_amt": wide(payable),
        "ord_alow_amt": wide(cash.orderable),
        **{f"{margin}stk_ord_alow_amt": wide(cash.orderable) for margin in _CLASSES},
        "crd_grnt_rt": "0.00",
        "min_ord_alow_yn": wide(cash.orderable),
        **_settlement("d1", cash.d1, cash.d1 - cash.d0, (cash.bought_yesterday, cash.sold_yesterday)),
        "d1_pymn_alow_amt": wide(payable),
        **_settlement("d2", cash.d2, cash.d2 - cash.d1, (cash.bought_today, cash.sold_today)),
        "d2_pymn_alow_amt": wide(max(cash.d2 - cash.reserved, 0)),
        "stk_entr_prst": [],
    }
    return Reply(body, Said.READ.value)


def _settlement(day: str, left: int, net: int, traded: tuple[int, int]) -> Row:
    bought, sold = traded
    return {
        f"{day}_entra": wide(left),
        f"{day}_slby_exct_amt": wide(net),
        f"{day}_buy_exct_amt": wide(bought),
        f"{day}_sel_exct_amt": wide(sold),
    }


def orderable(call: Call) -> Reply:
    """What a buy of the symbol at a price may be; the margin classes agree (kiwoom.md 4.4, kt00010)."""
    call.fields.one_of("trde_tp", ("1", "2"))
    call.fields.required("uv")
    power = _power(call, call.fields.whole("uv"))
    cash = call.exchange.cash(call.number)
    quantity = call.fields.whole("trde_qty") or power.quantity
    cost = quantity * power.unit_price
    body: Row = {}
    for margin in (*_CLASSES[:-1], "rdex_60", _CLASSES[-1]):
        body |= {
            f"profa_{margin}ord_alow_amt": padded(power.cash),
            f"profa_{margin}ord_alowq": padded(power.quantity, _SHARES_WIDTH),
        }
    body |= dict.fromkeys(("pred_reu_alowa", "tdy_reu_alowa", "repl_amt", "uncla", "ord_pos_repl"), padded(0))
    return Reply(
        body
        | {
            "entr": padded(cash.d0),
            "ord_alowa": padded(power.cash),
            "wthd_alowa": padded(max(min(cash.d0, cash.d1, cash.d2) - cash.reserved, 0)),
            "nxdy_wthd_alowa": padded(max(min(cash.d1, cash.d2) - cash.reserved, 0)),
            "pur_amt": padded(cost),
            "cmsn": padded(_fee(call, cost)),
            "pur_exct_amt": padded(cost + _fee(call, cost)),
            "d2entra": padded(cash.d2),
            "profa_rdex_aplc_tp": "0",
        },
        Said.READ.value,
    )


def orderable_by_margin(call: Call) -> Reply:
    """Without a price the quantities stay 0. ``min_ord_alowq`` is the figure without debt, here as every other."""
    power = _power(call, call.fields.whole("uv"))
    quantity = padded(power.quantity if call.fields.whole("uv") else 0)
    cash = call.exchange.cash(call.number)
    body: Row = {"stk_profa_rt": "100%", "profa_rt": "100%", "aplc_rt": "100%"}
    for margin in _CLASSES:
        own = margin == _CLASSES[-1]
        body |= {
            f"profa_{margin}ord_alow_amt": padded(power.cash) if own else "",
            f"profa_{margin}ord_alowq": quantity if own else "",
            f"profa_{margin}pred_reu_amt": padded(0) if own else "",
            f"profa_{margin}tdy_reu_amt": padded(0) if own else "",
        }
    return Reply(
        body
        | {
            "min_ord_alow_amt": padded(power.cash),
            "min_ord_alowq": quantity,
            **dict.fromkeys(("min_pred_reu_amt", "min_tdy_reu_amt"), padded(0)),
            "entr": padded(cash.d0),
            **dict.fromkeys(("repl_amt", "uncla", "ord_pos_repl"), padded(0)),
            "ord_alowa": padded(power.cash),
        },
        Said.READ.value,
    )


def _power(call: Call, price: int) -> BuyPower:
    """At the price, or at the day's upper limit without one."""
    instrument = call.asked().instrument
    cash = call.exchange.cash(call.number).orderable
    if instrument is None:
        return BuyPower(cash, 0, 0)
    kind = OrderType.LIMIT if price else OrderType.MARKET
    power = call.exchange.buy_power(call.number, instrument.code, kind, price or None)
    return BuyPower(cash, 0, 0) if isinstance(power, Rejected) else power


def _fee(call: Call, amount: int) -> int:
    return call.fees().commission(Money(amount)).units


OPERATIONS = (
    Operation("ka00001", ACCOUNT, account_number),
    Operation("kt00001", ACCOUNT, deposit),
    Operation("kt00010", ACCOUNT, orderable, on_mock="RC7006"),
    Operation("kt00011", ACCOUNT, orderable_by_margin),
)
