"""One sentence that says exactly what will be sent: what the person approves is what runs."""

from __future__ import annotations

from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Price
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.text import tif_word, translate, type_word


def place_sentence(context: Context, ticket: Ticket, *, all_of_it: bool = False) -> str:
    """``Buy 10 sh of Samsung Electronics (005930), limit 71,500, day.``"""
    said = _said(context, ticket)
    if ticket.side is Side.BUY:
        return translate("Order", "Buy {quantity} of {name} ({code}), {how}.").format(**said)
    if all_of_it:
        return translate("Order", "Sell ALL {quantity} of {name} ({code}), {how}.").format(**said)
    return translate("Order", "Sell {quantity} of {name} ({code}), {how}.").format(**said)


def reprice_sentence(context: Context, orders: tuple[Order, ...], limit: Price) -> str:
    said = _order_said(context, orders)
    said["price"] = fmt.price(limit)
    if orders[0].side is Side.BUY:
        return translate("Order", "Move the buy of {quantity} {name} from {old} to {price}.").format(**said)
    return translate("Order", "Move the sell of {quantity} {name} from {old} to {price}.").format(**said)


def cancel_sentence(context: Context, orders: tuple[Order, ...]) -> str:
    """The price is said where they all have the same one."""
    said = _order_said(context, orders)
    said["count"] = str(len(orders))
    buying = orders[0].side is Side.BUY
    if len({order.current_limit for order in orders}) > 1:
        if buying:
            return translate("Order", "Cancel {count} buys, {quantity} of {name} in all.").format(**said)
        return translate("Order", "Cancel {count} sells, {quantity} of {name} in all.").format(**said)
    if len(orders) == 1:
        if buying:
            return translate("Order", "Cancel the buy of {quantity} {name} at {old}.").format(**said)
        return translate("Order", "Cancel the sell of {quantity} {name} at {old}.").format(**said)
    if buying:
        return translate("Order", "Cancel {count} buys at {old}, {quantity} of {name} in all.").format(**said)
    return translate("Order", "Cancel {count} sells at {old}, {quantity} of {name} in all.").format(**said)


def short(context: Context, ticket: Ticket) -> str:
    """For toasts and lists: ``Buy 10 Samsung Electronics @ 71,500``."""
    said = _said(context, ticket)
    said["price"] = fmt.price(ticket.limit) if ticket.limit is not None else type_word(ticket.type)
    if ticket.side is Side.BUY:
        return translate("Order", "Buy {quantity} {name} @ {price}").format(**said)
    return translate("Order", "Sell {quantity} {name} @ {price}").format(**said)


def how_line(type: OrderType, tif: TimeInForce, limit: Price | None) -> str:
    """``limit 71,500, day``."""
    words = f"{type_word(type)} {fmt.price(limit)}" if limit is not None else type_word(type)
    return f"{words} · {tif_word(tif)}"


def _said(context: Context, ticket: Ticket) -> dict[str, str]:
    return {
        "quantity": fmt.shares(ticket.quantity, context.language),
        "name": context.name(ticket.instrument),
        "code": ticket.instrument.code,
        "how": how_line(ticket.type, ticket.tif, ticket.limit),
    }


def _order_said(context: Context, orders: tuple[Order, ...]) -> dict[str, str]:
    return {
        "quantity": fmt.shares(sum(order.leaves.count for order in orders), context.language),
        "name": context.name(orders[0].instrument),
        "old": fmt.price(orders[0].current_limit),
    }
