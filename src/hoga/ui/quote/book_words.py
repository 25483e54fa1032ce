"""The book in words, for tooltips and screen readers, and the menu of a price."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.quote.book_rows import LevelLook
from hoga.ui.quote.pane import copy_text
from hoga.ui.quote.words import mark_word, translate


def level_words(look: LevelLook, currency: Currency) -> str:
    """A level as a sentence: ``71,600, ask 3,630, my sells 50, High``; empty for a level that is not there."""
    if look.units is None:
        return ""
    asking = look.side is Side.SELL
    side = translate("Quote", "ask {quantity}") if asking else translate("Quote", "bid {quantity}")
    parts = [fmt.units(look.units, currency), side.format(quantity=f"{look.quantity:,}")]
    if look.sells is not None:
        parts.append(translate("Quote", "my sells {quantity}").format(quantity=f"{look.sells.leaves:,}"))
    if look.buys is not None:
        parts.append(translate("Quote", "my buys {quantity}").format(quantity=f"{look.buys.leaves:,}"))
    if look.last:
        parts.append(translate("Quote", "last price"))
    return ", ".join((*parts, *(mark_word(mark) for mark in look.marks)))


def price_menu(parent: QWidget, context: Context, price: str, take: Callable[[], None], at: QPoint) -> QMenu:
    """Buy or sell at a price: shows the ticket of that side and puts the price on it; the ticket still asks."""
    menu = QMenu(parent)

    def order(id: str) -> None:
        if context.actions.trigger(id):
            take()

    for id, words in (
        ("order.buy", translate("Quote", "Buy at {price} …")),
        ("order.sell", translate("Quote", "Sell at {price} …")),
    ):
        action = menu.addAction(words.format(price=price))
        action.setEnabled(id in context.actions.ids() and not context.actions.why_not(id))
        action.triggered.connect(lambda _checked=False, id=id: order(id))
    menu.addSeparator()
    copy = menu.addAction(translate("Quote", "Copy {price}").format(price=price))
    copy.triggered.connect(lambda: copy_text(fmt.plain(price)))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
