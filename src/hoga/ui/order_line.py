"""An order in one line, for the dialogs under the header."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Price, Shares
from hoga.ui import format as fmt
from hoga.ui.context import Context


def in_a_line(context: Context, order: Order) -> str:
    """삼성전자 매수 10주 71,500 · 10:00:03."""
    what = terms(context, order.instrument, order.side, order.type, order.quantity, order.current_limit)
    return f"{what} · {fmt.clock(order.made_at)}"


def terms(
    context: Context, instrument: InstrumentId, side: Side, type: OrderType, quantity: Shares, limit: Price | None
) -> str:
    tr = QCoreApplication.translate
    side_word = tr("OrderLine", "buy") if side is Side.BUY else tr("OrderLine", "sell")
    without_price = {
        OrderType.MARKET: tr("OrderLine", "market"),
        OrderType.BEST: tr("OrderLine", "best limit"),
        OrderType.PRIORITY: tr("OrderLine", "priority limit"),
        OrderType.MID: tr("OrderLine", "mid price"),
    }
    price = fmt.price(limit) if limit is not None else without_price.get(type, fmt.DASH)
    return f"{context.name(instrument)} {side_word} {fmt.shares(quantity, context.language)} {price}"
