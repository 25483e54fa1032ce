"""The door to translations for code that is no widget. ``translate("Order", …)`` is what the translators' tool looks
for, so the name stays."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hoga.domain.tickets import OrderType, Side, TimeInForce

translate = QCoreApplication.translate


def side_word(side: Side) -> str:
    return translate("Order", "Buy") if side is Side.BUY else translate("Order", "Sell")


def side_mark(side: Side) -> str:
    """A shape beside the word: sides are told apart without colour."""
    return "▲" if side is Side.BUY else "▼"


def type_word(type: OrderType) -> str:
    return {
        OrderType.LIMIT: translate("Order", "Limit"),
        OrderType.MARKET: translate("Order", "Market"),
        OrderType.CONDITIONAL: translate("Order", "Conditional limit"),
        OrderType.BEST: translate("Order", "Best limit"),
        OrderType.PRIORITY: translate("Order", "Priority limit"),
        OrderType.STOP_LIMIT: translate("Order", "Stop limit"),
        OrderType.MID: translate("Order", "Mid price"),
    }[type]


def tif_word(tif: TimeInForce) -> str:
    return {
        TimeInForce.DAY: translate("Order", "Day"),
        TimeInForce.IOC: translate("Order", "IOC"),
        TimeInForce.FOK: translate("Order", "FOK"),
    }[tif]


def type_meaning(type: OrderType, side: Side) -> str:
    """One line: what the type is."""
    buying = side is Side.BUY
    if type is OrderType.LIMIT:
        if buying:
            return translate("Order", "Buys at this price or lower; what does not trade waits there.")
        return translate("Order", "Sells at this price or higher; what does not trade waits there.")
    if type is OrderType.MARKET:
        return translate("Order", "Trades at once at whatever price the other side asks, as far as it must.")
    if type is OrderType.CONDITIONAL:
        return translate("Order", "A limit order by day; what is left joins the closing auction at the market.")
    if type is OrderType.BEST:
        return translate("Order", "Trades at the best price of the other side; what is left waits at that price.")
    if type is OrderType.STOP_LIMIT:
        return translate("Order", "Sleeps until a trade reaches its stop; then it is a limit order.")
    if type is OrderType.MID:
        return translate("Order", "Waits unseen halfway between best bid and best ask, and moves with them.")
    return translate("Order", "Waits behind the best price of its own side; it does not trade at once.")


def tif_meaning(tif: TimeInForce) -> str:
    return {
        TimeInForce.DAY: translate("Order", "Until the end of the day's session."),
        TimeInForce.IOC: translate("Order", "What does not trade at once is cancelled."),
        TimeInForce.FOK: translate("Order", "All of it at once, or nothing."),
    }[tif]
