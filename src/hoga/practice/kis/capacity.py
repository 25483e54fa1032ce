"""How much can be bought TTTC8908R and sold TTTC8408R (kis.md 4.2.3, 4.2.4)."""

from __future__ import annotations

from hoga.domain.tickets import OrderType
from hoga.practice.api import BuyPower, HoldingEntry, Rejected, RejectReason
from hoga.practice.figures import percent, rounded
from hoga.practice.kis.answers import Reply, Row, Success
from hoga.practice.kis.codes import KNOWN_ORDER_TYPES, ORDER_TYPES, wire_code
from hoga.practice.kis.errors import exchange_refusal
from hoga.practice.kis.operation import DOMESTIC_TRADING, Call, Operation, on_paper
from hoga.practice.kis.prices import price_now


def orderable(call: Call) -> Reply:
    """Own cash and the shares it buys; no margin debt exists here, so both figures agree.

    Without a code only the cash is told; an unknown code has ``psbl_qty_calc_unpr`` 0 (quirk 6).
    """
    account = call.account()
    power = _power(call, account)
    amount = str(power.quantity * power.unit_price)
    output = {
        "ord_psbl_cash": str(power.cash),
        "ord_psbl_sbst": "0",
        "ruse_psbl_amt": "0",
        "fund_rpch_chgs": "0",
        "psbl_qty_calc_unpr": str(power.unit_price),
        "nrcvb_buy_amt": amount,
        "nrcvb_buy_qty": str(power.quantity),
        "max_buy_amt": amount,
        "max_buy_qty": str(power.quantity),
        "cma_evlu_amt": "0",
        "ovrs_re_use_amt_wcrc": "0",
        "ord_psbl_frcr_amt_wcrc": "0",
    }
    return Reply({"output": output}, Success.ACCOUNT)


def sellable(call: Call) -> Reply:
    account = call.account()
    call.fields.required("PDNO")
    found = call.instrument()
    state = call.exchange.state(found.code) if found is not None else None
    if found is None or state is None:
        raise exchange_refusal(RejectReason.NO_SUCH_INSTRUMENT, call.environment)
    held = next((h for h in call.exchange.holdings(account) if h.code == found.code), _none_of(found.code))
    price = price_now(state)
    value = price * held.quantity
    output: Row = {
        "pdno": wire_code(found),
        "prdt_name": found.name_ko,
        "buy_qty": str(held.bought_today),
        "sll_qty": str(held.sold_today),
        "cblc_qty": str(held.quantity),
        "nsvg_qty": "0",
        "ord_psbl_qty": str(held.sellable),
        "pchs_avg_pric": rounded(held.cost, held.quantity, 4),
        "pchs_amt": str(held.cost),
        "now_pric": str(price),
        "evlu_amt": str(value),
        "evlu_pfls_amt": str(value - held.cost),
        "evlu_pfls_rt": percent(value - held.cost, held.cost),
    }
    return Reply({"output": output}, Success.SELLABLE)


def _power(call: Call, account: str) -> BuyPower:
    cash = call.exchange.cash(account).orderable
    found = call.instrument() if call.fields.text("PDNO").strip() else None
    if found is None:
        return BuyPower(cash, 0, 0)
    kind, limit = _priced(call)
    power = call.exchange.buy_power(account, found.code, kind, limit)
    if isinstance(power, Rejected):
        if power.reason is RejectReason.NO_SUCH_INSTRUMENT:
            return BuyPower(cash, 0, 0)
        raise exchange_refusal(power.reason, call.environment)
    return power


def _priced(call: Call) -> tuple[OrderType, int | None]:
    """The order type to reckon with and its limit; a limit order without a price is reckoned as a market order."""
    code = call.fields.one_of("ORD_DVSN", KNOWN_ORDER_TYPES, "01")
    kind, _ = ORDER_TYPES.get(code, (OrderType.MARKET, None))
    price = call.fields.whole("ORD_UNPR")
    if kind.carries_price and price:
        return kind, price
    return (OrderType.MARKET if kind.carries_price else kind), None


def _none_of(code: str) -> HoldingEntry:
    return HoldingEntry(code, 0, 0, 0, 0, 0, 0, 0)


OPERATIONS = (
    Operation("GET", f"{DOMESTIC_TRADING}inquire-psbl-order", ("TTTC8908R",), on_paper("TTTC8908R"), orderable),
    Operation("GET", f"{DOMESTIC_TRADING}inquire-psbl-sell", ("TTTC8408R",), (), sellable),
)
