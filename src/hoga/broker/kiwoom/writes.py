"""Orders to Kiwoom: each is sent once, or not at all (kiwoom.md 4.5)."""

from __future__ import annotations

from hoga.broker.account_lists import Mask
from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.rest import KiwoomRest
from hoga.broker.outcomes import masked, price_text, unsupported
from hoga.broker.port import NewOrder, Outcome, Target
from hoga.broker.throttle import Lane
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price, Shares

_ALL_THAT_IS_LEFT = "0"
_NO_PRICE = ""


class Writes:
    """The four requests of the account that the token names. Nothing here is ever sent twice."""

    def __init__(self, rest: KiwoomRest, mask: Mask) -> None:
        self._rest = rest
        self._mask = mask

    async def place(self, order: NewOrder) -> Outcome:
        code = ids.ORDER_CODES.get((order.type, order.tif))
        if code is None or (order.limit is not None) != order.type.carries_price or order.stop is not None:
            return unsupported("BROKER_TYPE_UNKNOWN")
        if order.venue is not Venue.KRX:
            return unsupported("BROKER_VENUE_NOT_HERE")
        body = {
            "dmst_stex_tp": order.venue.value,
            "stk_cd": order.instrument.code,
            "ord_qty": str(order.quantity.count),
            "ord_uv": price_text(order.limit, _NO_PRICE),
            "trde_tp": code,
            "cond_uv": "",
        }
        return await self._send(ids.order_operation(order.side), body, Lane.ORDER)

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        """The whole remainder moves, named by its number of shares: whether "0" says so is documented but unproven
        (quirk 8). The type stays what it was: no field changes it. What a stop or the middle governs is not moved."""
        if target.type in (OrderType.STOP_LIMIT, OrderType.MID):
            return unsupported("BROKER_TYPE_UNKNOWN")
        body = self._of(target) | {
            "mdfy_qty": str(target.remaining.count),
            "mdfy_uv": price_text(limit, _NO_PRICE),
            "mdfy_cond_uv": "",
        }
        return await self._send(ids.MODIFY, body, Lane.ORDER)

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self._cancel(target, str(by.count))

    async def cancel(self, target: Target) -> Outcome:
        return await self._cancel(target, _ALL_THAT_IS_LEFT)

    async def _cancel(self, target: Target, quantity: str) -> Outcome:
        return await self._send(ids.CANCEL, self._of(target) | {"cncl_qty": quantity}, Lane.CANCEL)

    def _of(self, target: Target) -> dict[str, str]:
        return {
            "dmst_stex_tp": target.venue.value,
            "orig_ord_no": f"{target.number.number:07d}",
            "stk_cd": target.instrument.code,
        }

    async def _send(self, operation: ids.Operation, body: dict[str, str], lane: Lane) -> Outcome:
        return masked(await self._rest.write(operation, body, lane), self._mask)
