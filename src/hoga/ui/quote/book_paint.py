"""How the rows of the book look: tinted sides, bars, marks and one's own orders, from values and the tokens alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter

from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.quote.book_geometry import Geometry
from hoga.ui.quote.book_rows import BAR_STEPS, LevelLook, Mark, MiddleLook, TotalsLook
from hoga.ui.quote.flow import Flow
from hoga.ui.quote.pane import CENTRE, LEFT, RIGHT, draw_pill, draw_pointer
from hoga.ui.quote.standing import Mine
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.quote.words import mark_word, session_word, translate
from hoga.ui.strips import Strips
from hoga.ui.theme.tokens import Tokens


class BookPaint:
    """One look: made anew when font, colours or language change. Texts of a look are kept between paints."""

    def __init__(self, tokens: Tokens, plain: TextCache, strong: TextCache, tiny: TextCache, unit: int) -> None:
        self.tokens, self.plain, self.strong, self.tiny, self.unit = tokens, plain, strong, tiny, unit
        colours = {name: QColor(value) for name, value in tokens.items()}
        self._colours = colours
        self.ground = colours["ground"]
        self._sides = {Side.SELL: colours["down_ground"], Side.BUY: colours["up_ground"]}
        self._bar = {Side.SELL: colours["down_bar"], Side.BUY: colours["up_bar"]}
        self._moving = {1: colours["up"], -1: colours["down"], 0: colours["text"]}
        self._marks = {mark: mark_word(mark) for mark in Mark}
        self._strips = Strips()

    # --- a level ----------------------------------------------------------------------------------------------------

    def level(self, painter: QPainter, at: Geometry, row: QRect, look: LevelLook, currency: Currency, hot: bool) -> str:
        """Paint one level; returns the price as it was written. The price is a picture that is kept."""
        asking = look.side is Side.SELL
        price, cell = at.price(row), at.asks(row) if asking else at.bids(row)
        ground = self._colours["raised" if look.stale else "sunken"] if hot or look.stale else self._sides[look.side]
        painter.fillRect(row, self.ground)
        painter.fillRect(cell.united(at.my_sells(row) if asking else at.my_buys(row)), ground)
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), self._colours["raised"])
        written = "" if look.units is None else fmt.units(look.units, currency)
        key = (asking, look.units, look.change, look.base, look.last, look.known, look.stale, hot, at.with_rate)

        def paint(still: QPainter, area: QRect) -> None:
            still.fillRect(area, ground)
            still.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), self._colours["raised"])
            self._price(still, at, area, look, written)

        self._strips.draw(painter, price, (key, currency), paint)
        if look.units is None:
            return written
        self._quantity(painter, cell, look)
        if look.marks:
            self._marks_of(painter, at.bids(row) if asking else at.asks(row), look)
        for mine, side, place in ((look.sells, Side.SELL, at.my_sells(row)), (look.buys, Side.BUY, at.my_buys(row))):
            if mine is not None:
                self._own(painter, place, mine, side)
        return written

    def _quantity(self, painter: QPainter, cell: QRect, look: LevelLook) -> None:
        """The bar grows away from the price."""
        length = cell.width() * look.bar // BAR_STEPS
        left = cell.right() + 1 - length if look.side is Side.SELL else cell.left()
        bar = QRect(left, cell.top() + 1, length, cell.height() - 2)
        self._draw_bar(painter, bar, look.side, look.stale)
        painter.setPen(self._colours["stale" if look.stale else "text"])
        self.plain.draw(painter, self._inner(cell), f"{look.quantity:,}", RIGHT)

    def _draw_bar(self, painter: QPainter, bar: QRect, side: Side, stale: bool) -> None:
        """Hollow when old: that differs without colour too, and numbers stay readable on it."""
        if not stale:
            painter.fillRect(bar, self._bar[side])
        elif not bar.isEmpty():
            painter.setPen(self._colours["line"])
            painter.drawRect(bar.adjusted(0, 0, -1, -1))

    def _price(self, painter: QPainter, at: Geometry, cell: QRect, look: LevelLook, written: str) -> None:
        if look.units is None:
            painter.setPen(self._colours["dim"])
            self.plain.draw(painter, cell, "·" if look.known else fmt.DASH, CENTRE)
            return
        change = look.change or 0
        painter.setPen(self._colours["stale"] if look.stale else self._moving[(change > 0) - (change < 0)])
        inner = cell.adjusted(self.unit * 3, 0, -self.unit * 3, 0)
        texts = self.strong
        if at.with_rate:
            rate = fmt.DASH if look.change is None else fmt.rate(look.change, look.base)
            half = QRect(inner.left(), inner.top(), inner.width() * 56 // 100, inner.height())
            texts.draw(painter, half, written, RIGHT)
            self.tiny.draw(painter, inner, rate, RIGHT)
        else:
            texts.draw(painter, inner, written, CENTRE)
        if look.last:
            self._last(painter, cell)

    def _last(self, painter: QPainter, cell: QRect) -> None:
        """The last price stands here: a frame and two pointers, in the text's colour."""
        painter.setPen(self._colours["text"])
        painter.drawRect(cell.adjusted(0, 0, -1, -2))
        middle, size = cell.top() + cell.height() / 2, float(self.unit * 2)
        draw_pointer(painter, QPointF(cell.left() + size + 1, middle), size, right=True)
        draw_pointer(painter, QPointF(cell.right() - size, middle), size, right=False)

    def _marks_of(self, painter: QPainter, cell: QRect, look: LevelLook) -> None:
        """In the empty cell of the other side, next to the price."""
        asking = look.side is Side.SELL
        x = cell.left() + self.unit if asking else cell.right() - self.unit
        for mark in look.marks:
            word = self._marks[mark]
            width = self.tiny.width(word)
            place = QRect(x if asking else x - width, cell.top(), width, cell.height())
            painter.setPen(self._colours["accent" if mark is Mark.AVERAGE else "dim"])
            self.tiny.draw(painter, place, word, LEFT)
            x += (width + self.unit * 2) * (1 if asking else -1)

    def _own(self, painter: QPainter, cell: QRect, mine: Mine, side: Side) -> None:
        """A pill in the colour of its side; outlined only while something of it is not certain yet."""
        if cell.width() <= 0:
            return
        spare = 1 if cell.height() > self.tiny.metrics.height() + 4 else 0
        area = cell.adjusted(1, spare, -1, -1 - spare)
        edge = self._moving[side.sign]
        draw_pill(painter, area, edge if mine.sure else self._colours["ground"], edge)
        painter.setPen(self._colours["on_accent"] if mine.sure else edge)
        sign = "▼" if side is Side.SELL else "▲"
        text = f"{mine.leaves:,}" if mine.leaves < 100_000 else f"{mine.leaves // 1_000:,}k"
        shown = sign + text
        if self.tiny.width(shown) > area.width() - self.unit:
            shown = text
        self.tiny.draw(painter, area, shown, CENTRE)

    # --- the rows around --------------------------------------------------------------------------------------------

    def heading(self, painter: QPainter, at: Geometry, hidden_levels: int) -> None:
        row = at.heading
        painter.fillRect(row, self._colours["raised"])
        painter.setPen(self._colours["dim"])
        if at.mine:
            self.tiny.draw(painter, at.my_sells(row), translate("Quote", "Mine"), CENTRE)
            self.tiny.draw(painter, at.my_buys(row), translate("Quote", "Mine"), CENTRE)
        self.tiny.draw(painter, self._inner(at.asks(row)), translate("Quote", "Ask qty"), RIGHT)
        self.tiny.draw(painter, self._inner(at.bids(row)), translate("Quote", "Bid qty"), RIGHT)
        words = translate("Quote", "Price")
        if hidden_levels:
            words = translate("Quote", "Best {shown} of {all}").format(shown=at.shown, all=at.shown + hidden_levels)
        self.tiny.draw(painter, at.price(row), words, CENTRE)

    def middle(self, painter: QPainter, at: Geometry, look: MiddleLook, currency: Currency, waiting: str) -> None:
        row = at.middle
        painter.fillRect(row, self._colours["raised" if look.stale else "sunken"])
        inner = self._inner(row)
        if look.auction and look.expected is not None:
            change = 0 if look.base is None else look.expected - look.base
            words = translate("Quote", "Expected {price} · {quantity} sh").format(
                price=fmt.units(look.expected, currency),
                quantity=fmt.DASH if look.expected_quantity is None else f"{look.expected_quantity:,}",
            )
            painter.setPen(self._colours["warn"])
            self.tiny.draw(painter, inner, session_word(look.session), LEFT)
            painter.setPen(self._colours["stale"] if look.stale else self._moving[(change > 0) - (change < 0)])
            self.strong.draw(painter, inner, f"{words} {fmt.change(change, currency)}", RIGHT)
            return
        painter.setPen(self._colours["stale" if look.stale else "dim"])
        self.tiny.draw(painter, inner, spread_words(look, currency) or waiting, LEFT)
        if look.last is not None:
            painter.setPen(self._colours["stale" if look.stale else "text"])
            last = translate("Quote", "Last {price}").format(price=fmt.units(look.last, currency))
            self.plain.draw(painter, inner, last, RIGHT)

    def totals(self, painter: QPainter, at: Geometry, look: TotalsLook) -> None:
        row = at.totals
        painter.fillRect(row, self._colours["raised"])
        painter.setPen(self._colours["stale" if look.stale else "text"])
        for cell, count in ((at.asks(row), look.ask), (at.bids(row), look.bid)):
            self.strong.draw(painter, self._inner(cell), fmt.shares(count), RIGHT)
        painter.setPen(self._colours["dim"])
        self.tiny.draw(painter, at.price(row), translate("Quote", "Total"), CENTRE)
        for cell, count, side in (
            (at.my_sells(row), look.sells, Side.SELL),
            (at.my_buys(row), look.buys, Side.BUY),
        ):
            if count and cell.width():
                painter.setPen(self._moving[side.sign])
                self.tiny.draw(painter, cell, f"{count:,}", CENTRE)

    def balance(self, painter: QPainter, at: Geometry, look: TotalsLook, flow: Flow) -> None:
        """Both sides as one bar with their shares, and the strength of execution over it."""
        row = at.balance
        painter.fillRect(row, self.ground)
        inner = self._inner(row)
        whole = (look.ask or 0) + (look.bid or 0)
        if look.ask is not None and look.bid is not None and whole:
            cut = row.width() * look.ask // whole
            band = row.adjusted(0, 1, 0, -1)
            halves = (band.adjusted(0, 0, cut - row.width(), 0), band.adjusted(cut, 0, 0, 0))
            for half, side in zip(halves, (Side.SELL, Side.BUY), strict=True):
                self._draw_bar(painter, half, side, look.stale)
            painter.setPen(self._colours["stale" if look.stale else "text"])
            self.tiny.draw(painter, inner, fmt.rate(look.ask, whole).removeprefix("+"), LEFT)
            self.tiny.draw(painter, inner, fmt.rate(look.bid, whole).removeprefix("+"), RIGHT)
        strength = flow.strength
        shown = fmt.DASH if strength is None else f"{strength:,}%"
        painter.setPen(self._colours["text"])
        self.tiny.draw(painter, inner, translate("Quote", "Strength {percent}").format(percent=shown), CENTRE)

    def _inner(self, cell: QRect) -> QRect:
        return cell.adjusted(self.unit, 0, -self.unit, 0)


def spread_words(look: MiddleLook, currency: Currency) -> str:
    """``Spread 100 · 1 tick``; empty while a side is missing."""
    if look.spread is None:
        return ""
    words = translate("Quote", "Spread {size}").format(size=fmt.units(look.spread, currency))
    if look.spread_ticks is None:
        return words
    ticks = translate("Quote", "1 tick") if look.spread_ticks == 1 else translate("Quote", "{n} ticks")
    return f"{words} · {ticks.format(n=look.spread_ticks)}"
