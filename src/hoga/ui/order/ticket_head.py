"""Above the ticket: which instrument it is for, its last price, and whether that price is fresh."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.market import Freshness, Market
from hoga.ui.order.measures import lettered
from hoga.ui.order.model import TicketModel
from hoga.ui.quote.words import flag_words


class TicketHead(QWidget):
    """Whose it is where there are several accounts; name and code, price and change below; an old price is drawn so
    and says its age."""

    def __init__(self, context: Context, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.name, self.last = QLabel(self), QLabel(self)
        self.account, self.flags, self.age = dress.note(self), dress.note(self), dress.note(self)
        for label in (self.name, self.last):
            lettered(label, strong=True)
        self.name.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.account, self.name, self.last, self.flags, self.age):
            column.addWidget(label)
        self._shown: object = None
        model.changed.connect(self.refresh)
        model.moved.connect(self._follow)

    def retranslate(self) -> None:
        self.refresh()

    def _follow(self) -> None:
        """Most often the last price alone is another."""
        market = self._model.standing.market
        if market is None or self._seen() != self._shown:
            self.refresh()
        else:
            self._show_last(market)

    def _seen(self) -> tuple[object, ...]:
        """What everything but the last price follows from, as far as the market moves it."""
        market, context = self._model.standing.market, self._context
        if market is None:
            return (None,)
        flags = market.quote.flags if market.quote is not None else None
        return market.instrument, flags, self._age_words(market), context.tokens, context.language

    def refresh(self) -> None:
        self._shown = self._seen()
        whose = self._context.account_line(self._context.desk.account) if self._context.several else ""
        dress.say(self.account, whose)
        dress.ink(self.account, self._context.tokens.dim)
        instrument, market = self._model.instrument, self._model.standing.market
        if instrument is None:
            self.name.setText(self.tr("No instrument chosen"))
            self.last.clear()
            dress.say(self.flags, "")
            dress.say(self.age, "")
            return
        self.name.setText(f"{self._context.name(instrument)} {instrument.code}")
        self.name.setToolTip(self.name.text())
        self._show_last(market)
        tokens = self._context.tokens
        for note in (self.age, self.flags):
            dress.ink(note, tokens.warn)
        self._show_flags(market)
        dress.say(self.age, self._age_words(market))

    def _show_last(self, market: Market | None) -> None:
        self.last.setText(fmt.DASH if market is None else _price_words(market))
        fresh = market is not None and market.freshness is Freshness.LIVE
        dress.ink(self.last, _colour(self._context, market) if fresh else self._context.tokens.stale)

    def _show_flags(self, market: Market | None) -> None:
        """What the market says of the instrument today, above everything that is entered for it."""
        if market is None:
            return
        flags = market.quote.flags if market.quote is not None else market.instrument.flags
        words = flag_words(flags)
        dress.say(self.flags, " · ".join(f"! {short}" for short, _ in words))
        self.flags.setToolTip("\n".join(meaning for _, meaning in words))

    def _age_words(self, market: Market | None) -> str:
        if market is None or market.freshness is Freshness.LIVE:
            return ""
        if market.freshness is Freshness.NONE or market.age is None:
            return self.tr("◷ No price has come yet")
        return self.tr("◷ Prices stand still; this one is {age} old").format(
            age=fmt.age(max(market.age, 1), self._context.language)
        )


def _moved(market: Market) -> int:
    """Units from the previous close."""
    return 0 if market.last is None or market.quote is None else market.last.units - market.quote.base.units


def _price_words(market: Market) -> str:
    if market.last is None or market.quote is None:
        return fmt.price(market.last)
    moved = _moved(market)
    change = fmt.change(moved, market.instrument.currency)
    return f"{fmt.price(market.last)} {change} ({fmt.rate(moved, market.quote.base.units)})"


def _colour(context: Context, market: Market | None) -> str:
    moved = 0 if market is None else _moved(market)
    tokens = context.tokens
    return tokens.up if moved > 0 else tokens.down if moved < 0 else tokens.text
