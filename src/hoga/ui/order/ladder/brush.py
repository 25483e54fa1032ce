"""Draws the ladder: one row from one ``RowLook``, its columns and chips. Measures are taken once per font and width."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.order.ladder.chips import Chip
from hoga.ui.order.ladder.looks import BAR_STEPS, Mark, RowLook, Zone
from hoga.ui.order.ladder.press import Column
from hoga.ui.order.ladder.words import column_word, mark_word
from hoga.ui.painting import bold, small
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.strips import Strips
from hoga.ui.theme.tokens import Tokens

_SHARES = {Column.MY_SELLS: 15, Column.ASK: 20, Column.PRICE: 30, Column.BID: 20, Column.MY_BUYS: 15}
_PLACES = {column: place for place, column in enumerate(Column)}
_RIGHT, _LEFT, _CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
_USUAL = "999,999"
_GIVE_WAY: tuple[Mark | None, ...] = (
    Mark.OPEN,
    Mark.LOW,
    Mark.HIGH,
    Mark.CLOSE,
    Mark.AVERAGE,
    Mark.LOWER,
    Mark.UPPER,
    Mark.EXPECTED,
    Mark.VI,
)


@dataclass(frozen=True)
class Measures:
    """Where everything lies, in pixels. The header is one row high."""

    font: QFont
    width: int
    row: int
    pad: int
    digit: int
    lefts: tuple[int, ...]

    @staticmethod
    def of(font: QFont, width: int) -> Measures:
        metrics = QFontMetrics(font)
        height, digit = metrics.height(), metrics.horizontalAdvance("0")
        lefts, at = [], 0
        for share in _SHARES.values():
            lefts.append(at * width // 100)
            at += share
        return Measures(font, width, height + max(height // 3, 4), max(height // 4, 3), digit, (*lefts, width))

    def cell(self, row: int, column: Column) -> QRect:
        place = _PLACES[column]
        return QRect(self.lefts[place], self.top(row), self.lefts[place + 1] - self.lefts[place], self.row)

    def inside(self, column: Column) -> int:
        """How wide a number of this column may be."""
        cell = self.cell(0, column)
        return cell.width() - 2 * self.pad

    def line(self, row: int) -> QRect:
        return QRect(0, self.top(row), self.width, self.row)

    def top(self, row: int) -> int:
        return (row + 1) * self.row

    def column_at(self, x: int) -> Column | None:
        if not 0 <= x < self.width:
            return None
        return next(column for column, right in zip(Column, self.lefts[1:], strict=True) if x < right)

    def row_at(self, y: int) -> int | None:
        row = y // self.row - 1
        return row if row >= 0 else None

    def rows(self, height: int) -> int:
        """Whole rows below the header."""
        return max(height // self.row - 1, 1)

    def cross(self, cell: QRect) -> QRect:
        """The ✕ of a chip that fills ``cell``."""
        return QRect(cell.right() - self.row + 1, cell.top(), self.row, self.row)


class Inks:
    """Fonts, laid-out texts and colours of one look, kept from paint to paint."""

    def __init__(self, font: QFont, tokens: Tokens) -> None:
        self.plain, self.strong = TextCache(font), TextCache(bold(font))
        self.small = TextCache(small(font, 0.8))
        self.colours = {name: QColor(value) for name, value in tokens.items()}
        self.hatched = QBrush(self.colours["stale"], Qt.BrushStyle.BDiagPattern)
        self.strips = Strips()

    @staticmethod
    def cut(texts: TextCache, text: str, room: int) -> str:
        """With an ellipsis where it does not fit."""
        if texts.width(text) <= room:
            return text
        return texts.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


class Brush:
    """Draws with one painter for one repaint."""

    def __init__(self, painter: QPainter, measures: Measures, inks: Inks, currency: Currency) -> None:
        self._painter, self._measures, self._inks = painter, measures, inks
        self._colours = inks.colours
        self._currency, self._ratio = currency, painter.device().devicePixelRatio()
        # One size for all quantities: where a usual one does not fit, none is written large.
        roomy = measures.inside(Column.ASK) >= len(_USUAL) * measures.digit
        self._counts = inks.plain if roomy else inks.small

    def header(self) -> None:
        painter, measures = self._painter, self._measures
        painter.fillRect(QRect(0, 0, measures.width, measures.row), self._colours["raised"])
        painter.setPen(self._colours["dim"])
        for column in Column:
            self._cut(self._inks.small, measures.cell(-1, column), column_word(column), _CENTRE)

    def row(self, row: int, look: RowLook) -> None:
        """What stays with the price is kept as a picture; what is asked and bid comes over it."""
        key = (
            look.prices, look.allowed, look.zone, look.last, look.rising, look.marks, look.sells, look.buys, look.stale,
            self._currency, self._measures.lefts,
        )  # fmt: skip
        if look.allowed:
            line = self._measures.line(row)
            self._inks.strips.draw(
                self._painter, line, key, lambda still, at: self._moved(still, at, row, look), self._ratio
            )
        else:
            self._still(row, look)  # the hatching goes on from row to row
        self._depth(row, look)

    def _moved(self, painter: QPainter, at: QRect, row: int, look: RowLook) -> None:
        """To where the picture of one row has it."""
        painter.translate(at.topLeft() - self._measures.line(row).topLeft())
        Brush(painter, self._measures, self._inks, self._currency)._still(row, look)

    def _still(self, row: int, look: RowLook) -> None:
        self._ground(row, look)
        self._price(row, look)
        for side in Side:
            self._chips(row, look, side)
        line = self._measures.line(row)
        self._painter.fillRect(QRect(line.left(), line.bottom(), line.width(), 1), self._colours["line"])

    def _ground(self, row: int, look: RowLook) -> None:
        painter, colours = self._painter, self._colours
        line = self._measures.line(row)
        painter.fillRect(line, colours["ground" if look.allowed else "sunken"])
        if not look.allowed:
            painter.fillRect(line, self._inks.hatched)
            painter.fillRect(self._measures.cell(row, Column.PRICE), colours["sunken"])
        elif look.zone is Zone.ASK:
            painter.fillRect(self._measures.cell(row, Column.ASK), colours["down_ground"])
        elif look.zone is Zone.BID:
            painter.fillRect(self._measures.cell(row, Column.BID), colours["up_ground"])

    def _depth(self, row: int, look: RowLook) -> None:
        painter, colours = self._painter, self._colours
        for column, count, bar, colour in (
            (Column.ASK, look.ask, look.ask_bar, "down_bar"),
            (Column.BID, look.bid, look.bid_bar, "up_bar"),
        ):
            if not count:
                continue
            cell = self._measures.cell(row, column)
            length = cell.width() * bar // BAR_STEPS
            left = cell.right() + 1 - length if column is Column.ASK else cell.left()
            if not look.stale:
                painter.fillRect(QRect(left, cell.top() + 1, length, cell.height() - 3), colours[colour])
            painter.setPen(colours["stale" if look.stale else "text"])
            inside = cell.adjusted(self._measures.pad, 0, -self._measures.pad, 0)
            self._number(self._counts, inside, f"{count:,}", _RIGHT if column is Column.ASK else _LEFT)

    def _price(self, row: int, look: RowLook) -> None:
        painter, colours, cell = self._painter, self._colours, self._measures.cell(row, Column.PRICE)
        if not look.prices:
            return
        colour = "up" if look.rising > 0 else "down" if look.rising < 0 else "text"
        painter.setPen(colours["stale" if look.stale or not look.allowed else colour])
        inside = cell.adjusted(self._measures.pad, 0, -self._measures.pad * 2, 0)
        self._number(self._inks.strong if look.last else self._inks.plain, inside, self._prices(look), _RIGHT)
        if look.last:
            pen = QPen(colours["stale" if look.stale else "text"])
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(1, 1, -1, -2))
        if look.marks:
            self._marks(cell, look)

    def _marks(self, cell: QRect, look: RowLook) -> None:
        """In the room that the price leaves, the least telling ones giving way first; a bar at the edge says that there
        are some, the tool tip which."""
        painter, texts, pad = self._painter, self._inks.small, self._measures.pad
        loud = Mark.VI in look.marks or Mark.EXPECTED in look.marks
        colour = self._colours["stale" if look.stale else "warn" if loud else "dim"]
        painter.fillRect(QRect(cell.left(), cell.top() + 2, max(pad // 2, 2), cell.height() - 5), colour)
        room = cell.width() - pad * 4 - len(self._prices(look)) * self._measures.digit
        painter.setPen(colour)
        shown = set(_GIVE_WAY)
        for mark in (None, *_GIVE_WAY):
            shown.discard(mark)
            words = " ".join(dict.fromkeys(mark_word(one) for one in look.marks if one in shown))
            if texts.width(words) <= room:
                break
        texts.draw(painter, cell.adjusted(pad, 0, 0, 0), words, _LEFT)

    def _number(self, texts: TextCache, inside: QRect, text: str, align: Qt.AlignmentFlag) -> None:
        """A number in full; where the cell is too narrow, smaller, and cut only with a mark that says so."""
        if len(text) * self._measures.digit > inside.width():
            self._cut(self._inks.small, inside, text, align)
        else:
            texts.draw(self._painter, inside, text, align)

    def _cut(self, texts: TextCache, inside: QRect, text: str, align: Qt.AlignmentFlag) -> None:
        texts.draw(self._painter, inside, self._inks.cut(texts, text, inside.width()), align)

    def _prices(self, look: RowLook) -> str:
        high = fmt.units(look.prices[0], self._currency)
        return high if len(look.prices) == 1 else f"{fmt.units(look.prices[-1], self._currency)} ~"

    def _chips(self, row: int, look: RowLook, side: Side) -> None:
        chips = look.sells if side is Side.SELL else look.buys
        if not chips:
            return
        cell = self._measures.cell(row, Column.MY_SELLS if side is Side.SELL else Column.MY_BUYS)
        if len(chips) == 1:
            self.chip(cell, chips[0], with_cross=not chips[0].coming)
        else:
            total = Chip(side, chips[0].units, sum(chip.leaves for chip in chips), ())
            self.chip(cell, total, with_cross=False)

    def chip(self, cell: QRect, chip: Chip, *, with_cross: bool, ghost: bool = False) -> None:
        """One's own order: full while it stands, outlined while something about it is under way."""
        painter, colours = self._painter, self._colours
        colour = colours["up" if chip.side is Side.BUY else "down"]
        hollow = ghost or chip.coming or chip.busy
        pen = QPen(colour)
        pen.setStyle(Qt.PenStyle.DashLine if ghost or chip.coming else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(colours["ground"] if hollow else colour)
        painter.drawRect(cell.adjusted(2, 2, -3, -4))
        painter.setPen(colour if hollow else colours["on_accent"])
        room = self._measures.row if with_cross else self._measures.pad
        words = f"{chip.leaves:,}" + (" …" if chip.busy and not ghost else "")
        strong = self._inks.strong
        self._cut(strong, cell.adjusted(self._measures.pad, 0, -room, 0), words, _RIGHT)
        if with_cross:
            strong.draw(painter, self._measures.cross(cell), "✕", _CENTRE)

    def ghost(self, row: int, column: Column, words: str, side: Side) -> None:
        """What a click under the pointer would do."""
        cell = self._measures.cell(row, column)
        colour = self._colours["up" if side is Side.BUY else "down"]
        painter = self._painter
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -2, -3))
        painter.setPen(colour)
        self._cut(self._inks.small, cell.adjusted(self._measures.pad, 0, -self._measures.pad, 0), words, _CENTRE)

    def cursor(self, row: int, column: Column) -> None:
        pen = QPen(self._colours["focus"])
        pen.setWidth(2)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(self._measures.cell(row, column).adjusted(1, 1, -2, -2))

    def edge(self, row: int, words: str) -> None:
        """Where the market went, at the edge that it left by."""
        cell = self._measures.cell(row, Column.PRICE)
        self._painter.fillRect(cell.adjusted(0, 0, 0, -1), self._colours["accent"])
        self._painter.setPen(self._colours["on_accent"])
        self._cut(self._inks.strong, cell, words, _CENTRE)
