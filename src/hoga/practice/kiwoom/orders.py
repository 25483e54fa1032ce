"""Cash orders and their changes: kt10000 buy, kt10001 sell, kt10002 modify, kt10003 cancel (kiwoom.md 4.5, 4.6)."""

from __future__ import annotations

from hoga.domain.instruments import Instrument, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import EntryKind, OrderEntry, Rejected, RejectReason, Submit, Taken
from hoga.practice.kiwoom.answers import Refused, Reply
from hoga.practice.kiwoom.codes import (
    MOCK_PROVEN_TYPES,
    OTHER_SESSION_TYPES,
    PRICED_TYPES,
    SIDE_NAMES,
    STOP_TYPE,
    TRADE_TYPE_NAMES,
    TRADE_TYPES,
    VENUES,
    find_instrument,
    order_number,
)
from hoga.practice.kiwoom.errors import exchange_refusal, malformed, not_at_this_time, not_on_mock, price_not_taken
from hoga.practice.kiwoom.figures import padded
from hoga.practice.kiwoom.operation import ORDER, Call, Operation

_NUMBER_DIGITS = 7


def buy(call: Call) -> Reply:
    return _order(call, Side.BUY)


def sell(call: Call) -> Reply:
    return _order(call, Side.SELL)


def modify(call: Call) -> Reply:
    """New price, the type as it was: what rests at a price of its own becomes a plain limit order there."""
    venue, entry = _original(call)
    quantity, price = _count(call, "mdfy_qty"), _count(call, "mdfy_uv")
    stop = call.fields.whole("mdfy_cond_uv") or None
    kind = entry.type if entry.type.carries_price else OrderType.LIMIT
    taken = call.exchange.modify(call.number, entry.number, price, kind, entry.tif, quantity, stop)
    return _changed(call, entry, venue, taken, {"mdfy_qty": padded(quantity or entry.remaining)}, "정정")


def cancel(call: Call) -> Reply:
    """``cncl_qty`` 0 means all that is left."""
    venue, entry = _original(call)
    quantity = _count(call, "cncl_qty")
    taken = call.exchange.cancel(call.number, entry.number, quantity)
    return _changed(call, entry, venue, taken, {"cncl_qty": padded(quantity or entry.remaining)}, "취소")


def _order(call: Call, side: Side) -> Reply:
    venue = _venue(call)
    instrument = _instrument(call, venue)
    quantity = _count(call, "ord_qty")
    code, (kind, tif) = _trade_type(call)
    limit, stop = _limit(call, code), _stop(call, code)
    if quantity is None:
        raise exchange_refusal(Rejected(RejectReason.BAD_QUANTITY), call.environment)
    order = Submit(call.number, instrument.code, side, kind, tif, quantity, limit, venue, stop=stop)
    taken = call.exchange.submit(order)
    if isinstance(taken, Rejected):
        raise _refused(call, taken, order)
    said = f"모의투자 {SIDE_NAMES[side]}주문완료" if call.is_mock else f"KRX {SIDE_NAMES[side]}주문이 완료되었습니다."
    return Reply({"ord_no": order_number(taken.number), "dmst_stex_tp": venue.value}, said)


def _count(call: Call, name: str) -> int | None:
    """A number that must be there; None for zero."""
    call.fields.required(name)
    return call.fields.whole(name) or None


def _refused(call: Call, rejected: Rejected, order: Submit) -> Refused:
    """A buy that the cash does not reach for is told how many it would."""
    buyable = 0
    if rejected.reason is RejectReason.CASH_SHORT:
        power = call.exchange.buy_power(order.account, order.code, order.type, order.limit)
        buyable = 0 if isinstance(power, Rejected) else power.quantity
    return exchange_refusal(rejected, call.environment, buyable=buyable)


def _venue(call: Call) -> Venue:
    """The mock knows KRX alone, and SOR needs an account that may use it."""
    venue = VENUES[call.fields.one_of("dmst_stex_tp", frozenset(VENUES))]
    if call.is_mock and call.settings.mock_gaps and venue is not Venue.KRX:
        raise not_on_mock("RC9000")
    if venue is Venue.SOR and not call.settings.sor:
        raise exchange_refusal(Rejected(RejectReason.TYPE_NOT_ALLOWED), call.environment)
    return venue


def _instrument(call: Call, venue: Venue) -> Instrument:
    """By the bare code: orders take no suffix and no letter."""
    code = call.fields.required("stk_cd")
    found = find_instrument(call.exchange.instruments(), code)
    if found is None or code.upper() != found.code:
        raise exchange_refusal(Rejected(RejectReason.NO_SUCH_INSTRUMENT), call.environment)
    if venue is Venue.NXT and Venue.NXT not in found.venues:
        raise exchange_refusal(Rejected(RejectReason.TYPE_NOT_ALLOWED), call.environment)
    return found


def _trade_type(call: Call) -> tuple[str, tuple[OrderType, TimeInForce]]:
    """Raises Refused for a code that does not exist, has no session now, or is unproven on the mock."""
    code = call.fields.one_of("trde_tp", frozenset(TRADE_TYPE_NAMES))
    if code in OTHER_SESSION_TYPES:
        raise not_at_this_time()
    unproven = call.is_mock and call.settings.mock_proven_types_only and code not in MOCK_PROVEN_TYPES
    if unproven or code not in TRADE_TYPES:
        raise exchange_refusal(Rejected(RejectReason.TYPE_NOT_ALLOWED), call.environment)
    return code, TRADE_TYPES[code]


def _limit(call: Call, code: str) -> int | None:
    """The price of a type that carries one. With the others it is left out, blank or 0 (kiwoom.md 4.6)."""
    price = call.fields.whole("ord_uv")
    if code in PRICED_TYPES:
        if not price:
            raise exchange_refusal(Rejected(RejectReason.OFF_TICK), call.environment)
        return price
    if price:
        raise price_not_taken()
    return None


def _stop(call: Call, code: str) -> int | None:
    """The trigger of a stop-limit order; with the others it is left out, blank or 0."""
    stop = call.fields.whole("cond_uv") or None
    if stop is not None and code != STOP_TYPE:
        raise price_not_taken()
    return stop


def _original(call: Call) -> tuple[Venue, OrderEntry]:
    """The order of today that the request names; its symbol must agree."""
    venue = _venue(call)
    text = call.fields.required("orig_ord_no")
    code = call.fields.required("stk_cd")
    if len(text) > _NUMBER_DIGITS:
        raise malformed("orig_ord_no", "너무 깁니다")
    number = call.fields.whole("orig_ord_no")
    entry = _by_number(call).get(number)
    if entry is None or entry.code != code.upper() or entry.kind is EntryKind.CANCEL:
        raise exchange_refusal(Rejected(RejectReason.NO_SUCH_ORDER), call.environment)
    if venue is not entry.venue:
        raise exchange_refusal(Rejected(RejectReason.NO_SUCH_ORDER), call.environment)
    return venue, entry


def _by_number(call: Call) -> dict[int, OrderEntry]:
    today = call.exchange.trading_date()
    return {entry.number: entry for entry in call.exchange.orders(call.number, today, today)}


def _changed(
    call: Call, entry: OrderEntry, venue: Venue, taken: Taken | Rejected, quantity: dict[str, str], what: str
) -> Reply:
    """The new number, and the root of the whole chain (quirk 7)."""
    if isinstance(taken, Rejected):
        raise exchange_refusal(taken, call.environment)
    side = SIDE_NAMES[entry.side]
    said = f"모의투자 {what}주문완료" if call.is_mock else f"{side}{what} 주문입력이 완료되었습니다"
    body = {
        "ord_no": order_number(taken.number),
        "base_orig_ord_no": order_number(_root(_by_number(call), entry)),
        **quantity,
        "dmst_stex_tp": venue.value,
    }
    return Reply(body, said)


def _root(entries: dict[int, OrderEntry], entry: OrderEntry) -> int:
    while entry.original is not None and entry.original in entries:
        entry = entries[entry.original]
    return entry.number


OPERATIONS = (
    Operation("kt10000", ORDER, buy),
    Operation("kt10001", ORDER, sell),
    Operation("kt10002", ORDER, modify),
    Operation("kt10003", ORDER, cancel),
)
