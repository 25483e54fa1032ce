"""How the rows of the book look: tinted sides, bars, marks and one's own orders, from values and the tokens alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

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
        self._asked, self._bid = colours["down_bar"], colours["up_bar"]
        self._moving = {1: colours["up"], -1: colours["down"], 0: colours["text"]}
        self._marks = {mark: mark_word(mark) for mark in Mark}
        self._rows, self._strips = Strips(), Strips()
        self._stand: tuple[Geometry | None, Currency, float] = (None, Currency.KRW, 1.0)
        self._exact, self._ascent = QFontMetricsF(plain.font), plain.metrics.ascent()

    # --- a level ----------------------------------------------------------------------------------------------------

    def levels(
        self,
        painter: QPainter,
        at: Geometry,
        rows: Sequence[tuple[int, LevelLook]],
        currency: Currency,
        hover: int | None,
    ) -> None:
        """Paint levels, each with its row. Few calls a row: the book is painted more often than anything else. Grounds
        and prices are pictures that are kept; quantities hardly ever come again, and are drawn at once."""
        self._stand_on(painter, at, currency)
        for number, look in rows:
            row = at.level(number)
            self.level(painter, at, row, look, currency, number == hover)
            if look.last:
                self._last(painter, at.price(row))
        for asking in (True, False):
            left = at.mine if asking else at.width - at.mine - at.quantity
            for number, look in rows:
                if look.units is not None and (look.side is Side.SELL) is asking:
                    # The bar grows away from the price.
                    length = at.quantity * look.bar // BAR_STEPS
                    begin = left + at.quantity - length if asking else left
                    bar = QRect(begin, at.top(number) + 1, length, at.row - 2)
                    self._draw_bar(painter, bar, self._asked if asking else self._bid, look.stale)
            self._quantities(painter, at, [one for one in rows if (one[1].side is Side.SELL) is asking], left)
        for number, look in rows:
            if look.marks or look.sells is not None or look.buys is not None:
                self._seldom(painter, at, at.level(number), look)

    def _stand_on(self, painter: QPainter, at: Geometry, currency: Currency) -> None:
        """Pictures of rows are of one geometry, one currency and one screen."""
        found = (at, currency, painter.device().devicePixelRatio())
        if found != self._stand:
            self._stand, self._rows, self._strips = found, Strips(), Strips()

    def level(self, painter: QPainter, at: Geometry, row: QRect, look: LevelLook, currency: Currency, hot: bool) -> str:
        """The ground of a level and its price; returns the price as it was written."""
        written = "" if look.units is None else fmt.units(look.units, currency)
        asking, ratio = look.side is Side.SELL, self._stand[-1]
        key = (asking, look.units, look.change, look.base, look.known, look.stale, hot)

        def ground() -> QColor:
            return self._colours["raised" if look.stale else "sunken"] if hot or look.stale else self._sides[look.side]

        def paint_row(still: QPainter, area: QRect) -> None:
            still.fillRect(area, self.ground)
            cell, own = (at.asks(area), at.my_sells(area)) if asking else (at.bids(area), at.my_buys(area))
            still.fillRect(cell.united(own), ground())
            still.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), self._colours["raised"])

        def paint_price(still: QPainter, area: QRect) -> None:
            still.fillRect(area, ground())
            still.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), self._colours["raised"])
            self._price(still, at, area, look, written)

        self._rows.draw(painter, row, (asking, look.stale, hot), paint_row, ratio)
        self._strips.draw(painter, at.price(row), key, paint_price, ratio)
        return written

    def _quantities(self, painter: QPainter, at: Geometry, rows: Sequence[tuple[int, LevelLook]], left: int) -> None:
        """Of one side, with their right ends in one column."""
        right, down = left + at.quantity - self.unit, round((at.row - self.plain.metrics.height()) / 2) + self._ascent
        painter.setFont(self.plain.font)
        stale: bool | None = None
        for number, look in rows:
            if look.units is None:
                continue
            if look.stale is not stale:
                stale = look.stale
                painter.setPen(self._colours["stale" if stale else "text"])
            text = f"{look.quantity:,}"
            painter.drawText(round(right - self._exact.horizontalAdvance(text)), at.top(number) + down, text)

    def _seldom(self, painter: QPainter, at: Geometry, row: QRect, look: LevelLook) -> None:
        """What is remarkable about a level, and one's own orders there."""
        if look.units is None:
            return
        if look.marks:
            self._marks_of(painter, at.bids(row) if look.side is Side.SELL else at.asks(row), look)
        for mine, side, place in ((look.sells, Side.SELL, at.my_sells(row)), (look.buys, Side.BUY, at.my_buys(row))):
            if mine is not None:
                self._own(painter, place, mine, side)

    def _draw_bar(self, painter: QPainter, bar: QRect, colour: QColor, stale: bool) -> None:
        """Hollow when old: that differs without colour too, and numbers stay readable on it."""
        if not stale:
            painter.fillRect(bar, colour)
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
            for half, colour in zip(halves, (self._asked, self._bid), strict=True):
                self._draw_bar(painter, half, colour, look.stale)
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
