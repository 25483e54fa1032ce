"""Orders to KIS: each is sent once, or not at all (kis.md 4.2.5, 4.2.6)."""

from __future__ import annotations

from hoga.broker.account_lists import Mask
from hoga.broker.account_number import AccountNumber
from hoga.broker.kis import ids
from hoga.broker.kis.host import KisHost
from hoga.broker.kis.rest import KisRest
from hoga.broker.outcomes import masked, price_text, unsupported
from hoga.broker.port import (
    NewOrder,
    NotSent,
    Outcome,
    Target,
)
from hoga.broker.throttle import Lane
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares

_MODIFY, _CANCEL = "01", "02"


class Writes:
    """The four requests of one account. Nothing here is ever sent twice."""

    def __init__(self, host: KisHost, number: AccountNumber, rest: KisRest, mask: Mask) -> None:
        self._host = host
        self._account = {"CANO": number.main, "ACNT_PRDT_CD": number.product}
        self._rest = rest
        self._mask = mask

    async def place(self, order: NewOrder) -> Outcome:
        code = self._type_code(order.type, order.tif, order.venue)
        if isinstance(code, NotSent):
            return code
        if (order.limit is not None) != order.type.carries_price or order.stop is not None:
            return unsupported("BROKER_TYPE_UNKNOWN")
        body = self._account | {
            "PDNO": self._rest.codes.wire(order.instrument),
            "ORD_DVSN": code,
            "ORD_QTY": str(order.quantity.count),
            "ORD_UNPR": price_text(order.limit, "0"),
            "EXCG_ID_DVSN_CD": order.venue.value,
        }
        if order.side is Side.SELL:
            body["SLL_TYPE"] = "01"
        return masked(await self._rest.write(ids.order_operation(order.side), body, Lane.ORDER), self._mask)

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        """The whole remainder moves; a partial modify would leave two orders under one name.

        One that sleeps for its stop, or follows the middle, is not moved: it would become another kind of order.
        """
        if target.type in (OrderType.STOP_LIMIT, OrderType.MID):
            return unsupported("BROKER_TYPE_UNKNOWN")
        code = self._type_code(OrderType.LIMIT, target.tif, target.venue)
        if target.type is OrderType.CONDITIONAL:
            code = self._type_code(target.type, target.tif, target.venue)
        if isinstance(code, NotSent):
            return code
        return await self._change(
            target, _MODIFY, code, Lane.ORDER, quantity="0", price=price_text(limit, "0"), whole="Y"
        )

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self._cancel(target, quantity=str(by.count), whole="N")

    async def cancel(self, target: Target) -> Outcome:
        return await self._cancel(target, quantity="0", whole="Y")

    async def _cancel(self, target: Target, *, quantity: str, whole: str) -> Outcome:
        """A cancel carries the order's own type (markets.md 2.5) where it is known on the wire, else plain limit."""
        code = ids.CODES_READ.get((target.type, target.tif), "00")
        if self._host.is_paper and code not in ids.PAPER_ORDER_CODES:
            code = "00"
        return await self._change(target, _CANCEL, code, Lane.CANCEL, quantity=quantity, price="0", whole=whole)

    async def _change(
        self, target: Target, what: str, code: str, lane: Lane, *, quantity: str, price: str, whole: str
    ) -> Outcome:
        body = self._account | {
            "KRX_FWDG_ORD_ORGNO": target.number.branch,
            "ORGN_ODNO": f"{target.number.number:010d}",
            "ORD_DVSN": code,
            "RVSE_CNCL_DVSN_CD": what,
            "ORD_QTY": quantity,
            "ORD_UNPR": price,
            "QTY_ALL_ORD_YN": whole,
            "EXCG_ID_DVSN_CD": target.venue.value,
        }
        return masked(await self._rest.write(ids.CHANGE, body, lane), self._mask)

    def _type_code(self, type: OrderType, tif: TimeInForce, venue: Venue) -> str | NotSent:
        """``ORD_DVSN``, or why this cannot be said to this host."""
        code = ids.ORDER_CODES.get((type, tif))
        if code is None:
            return unsupported("BROKER_TYPE_UNKNOWN")
        if venue is not Venue.KRX:
            return unsupported("BROKER_VENUE_NOT_HERE")
        if self._host.is_paper and code not in ids.PAPER_ORDER_CODES:
            return unsupported("BROKER_TYPE_NOT_ON_PAPER")
        return code
