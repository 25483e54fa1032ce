"""Cash orders and their changes: TTTC0012U, TTTC0011U, TTTC0013U and their older ids (kis.md 4.2.5, 4.2.6, 4.4.1)."""

from __future__ import annotations

from hoga.domain.instruments import Instrument, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import OrderEntry, Rejected, RejectReason, Submit, Taken
from hoga.practice.figures import clock_text
from hoga.practice.kis.answers import Refused, Reply, Success
from hoga.practice.kis.codes import KNOWN_ORDER_TYPES, ORDER_TYPES, PAPER_ORDER_TYPES, VENUES
from hoga.practice.kis.errors import exchange_refusal
from hoga.practice.kis.operation import DOMESTIC_TRADING, Call, Operation, on_paper

_MODIFY, _CANCEL = "01", "02"
_QUANTITY_DIGITS = 10


def buy(call: Call) -> Reply:
    return _order(call, Side.BUY, Success.BUY)


def sell(call: Call) -> Reply:
    return _order(call, Side.SELL, Success.SELL)


def change(call: Call) -> Reply:
    """Modify or cancel of all that is left (``QTY_ALL_ORD_YN`` Y) or a part, under a new number."""
    account = call.account()
    modify = call.fields.one_of("RVSE_CNCL_DVSN_CD", (_MODIFY, _CANCEL)) == _MODIFY
    entry = _original(call, account)
    quantity = _changed_quantity(call)
    if not modify:
        return _answer(call, call.exchange.cancel(account, entry.number, quantity), Success.CANCEL)
    kind, tif = _order_type(call)
    limit, stop = _limit(call, kind), _stop(call, kind)
    taken = call.exchange.modify(account, entry.number, limit, kind, tif, quantity, stop)
    return _answer(call, taken, Success.MODIFY)


def _order(call: Call, side: Side, success: Success) -> Reply:
    account = call.account()
    call.fields.required("PDNO")
    instrument = call.instrument()
    if instrument is None:
        raise exchange_refusal(RejectReason.NO_SUCH_INSTRUMENT, call.environment)
    kind, tif = _order_type(call)
    venue = _venue(call, instrument)
    quantity = _quantity(call)
    limit, stop = _limit(call, kind), _stop(call, kind)
    order = Submit(account, instrument.code, side, kind, tif, quantity, limit, venue, stop=stop)
    return _answer(call, call.exchange.submit(order), success)


def _order_type(call: Call) -> tuple[OrderType, TimeInForce]:
    """Raises Refused for an unknown code, for one that paper does not take, and for one that has no session here."""
    code = call.fields.one_of("ORD_DVSN", KNOWN_ORDER_TYPES)
    if code not in ORDER_TYPES or (call.is_paper and call.settings.paper_gaps and code not in PAPER_ORDER_TYPES):
        raise exchange_refusal(RejectReason.TYPE_NOT_ALLOWED, call.environment)
    return ORDER_TYPES[code]


def _venue(call: Call, instrument: Instrument) -> Venue:
    """KRX unless said otherwise; paper knows no other; NXT only for what is listed there."""
    name = call.fields.one_of("EXCG_ID_DVSN_CD", tuple(VENUES), "KRX")
    venue = VENUES[name]
    if call.is_paper and call.settings.paper_gaps and venue is not Venue.KRX:
        raise exchange_refusal(RejectReason.TYPE_NOT_ALLOWED, call.environment)
    if venue is Venue.NXT and Venue.NXT not in instrument.venues:
        raise exchange_refusal(RejectReason.TYPE_NOT_ALLOWED, call.environment)
    return venue


def _quantity(call: Call) -> int:
    """Shares. Raises Refused: OPSQ2002 for more than ten digits, the exchange's own words for no positive number."""
    if len(call.fields.required("ORD_QTY")) > _QUANTITY_DIGITS:
        raise Refused("OPSQ2002", "ERROR : INPUT INVALID_CHECK_FIELD_LENGTH")
    quantity = call.fields.whole("ORD_QTY")
    if not quantity:
        raise exchange_refusal(RejectReason.BAD_QUANTITY, call.environment)
    return quantity


def _changed_quantity(call: Call) -> int | None:
    """None for all that is left."""
    if call.fields.one_of("QTY_ALL_ORD_YN", ("Y", "N")) == "Y":
        return None
    return _quantity(call)


def _limit(call: Call, kind: OrderType) -> int | None:
    """The price of a type that carries one; whatever was sent with the others is passed over (kis.md 4.4.1)."""
    if not kind.carries_price:
        return None
    price = call.fields.whole("ORD_UNPR")
    if not price:
        raise exchange_refusal(RejectReason.OFF_TICK, call.environment)
    return price


def _stop(call: Call, kind: OrderType) -> int | None:
    """The trigger of a stop-limit order; a modify without one leaves it where it was."""
    return (call.fields.whole("CNDT_PRIC") or None) if kind.carries_stop else None


def _original(call: Call, account: str) -> OrderEntry:
    """The order of today that the request names by number and branch."""
    call.fields.required("ORGN_ODNO")
    number = call.fields.whole("ORGN_ODNO")
    branch = call.fields.text("KRX_FWDG_ORD_ORGNO").strip()
    today = call.exchange.trading_date()
    for entry in call.exchange.orders(account, today, today):
        if entry.number == number and (branch == entry.branch or not call.settings.check_branch):
            return entry
    raise exchange_refusal(RejectReason.NO_SUCH_ORDER, call.environment)


def _answer(call: Call, result: Taken | Rejected, success: Success) -> Reply:
    """Upper-case names, as real answers have them (kis.md 4.2.6)."""
    if isinstance(result, Rejected):
        raise exchange_refusal(result.reason, call.environment)
    output = {
        "KRX_FWDG_ORD_ORGNO": result.branch,
        "ODNO": f"{result.number:010d}",
        "ORD_TMD": clock_text(result.at),
    }
    return Reply({"output": output}, success)


_ORDER = f"{DOMESTIC_TRADING}order-cash"
_CHANGE = f"{DOMESTIC_TRADING}order-rvsecncl"
_BUY_IDS = ("TTTC0012U", "TTTC0802U")
_SELL_IDS = ("TTTC0011U", "TTTC0801U")
_CHANGE_IDS = ("TTTC0013U", "TTTC0803U")

OPERATIONS = (
    Operation("POST", _ORDER, _BUY_IDS, on_paper(*_BUY_IDS), buy),
    Operation("POST", _ORDER, _SELL_IDS, on_paper(*_SELL_IDS), sell),
    Operation("POST", _CHANGE, _CHANGE_IDS, on_paper(*_CHANGE_IDS), change),
)
