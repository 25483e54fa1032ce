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
from hoga.ui.painting import bold, draw_text, small
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
_LINE = Qt.AlignmentFlag.AlignVCenter


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


class Brush:
    """Draws with one painter for one repaint."""

    def __init__(self, painter: QPainter, measures: Measures, tokens: Tokens, currency: Currency) -> None:
        self._painter, self._measures, self._tokens = painter, measures, tokens
        self._currency = currency
        self._bold, self._small = bold(measures.font), small(measures.font, 0.8)
        # One size for all quantities: where a usual one does not fit, none is written large.
        roomy = measures.inside(Column.ASK) >= len(_USUAL) * measures.digit
        self._counts = measures.font if roomy else self._small

    def header(self) -> None:
        painter, measures = self._painter, self._measures
        painter.fillRect(QRect(0, 0, measures.width, measures.row), QColor(self._tokens.raised))
        painter.setFont(self._small)
        painter.setPen(QColor(self._tokens.dim))
        for column in Column:
            draw_text(painter, measures.cell(-1, column), column_word(column), _CENTRE)

    def row(self, row: int, look: RowLook) -> None:
        self._ground(row, look)
        self._depth(row, look)
        self._price(row, look)
        for side in Side:
            self._chips(row, look, side)
        self._painter.setPen(QColor(self._tokens.line))
        line = self._measures.line(row)
        self._painter.drawLine(line.left(), line.bottom(), line.right(), line.bottom())

    def _ground(self, row: int, look: RowLook) -> None:
        painter, tokens = self._painter, self._tokens
        line = self._measures.line(row)
        painter.fillRect(line, QColor(tokens.ground))
        if not look.allowed:
            painter.fillRect(line, QColor(tokens.sunken))
            painter.fillRect(line, QBrush(QColor(tokens.stale), Qt.BrushStyle.BDiagPattern))
            painter.fillRect(self._measures.cell(row, Column.PRICE), QColor(tokens.sunken))
            return
        if look.zone is Zone.ASK:
            painter.fillRect(self._measures.cell(row, Column.ASK), QColor(tokens.down_ground))
        elif look.zone is Zone.BID:
            painter.fillRect(self._measures.cell(row, Column.BID), QColor(tokens.up_ground))

    def _depth(self, row: int, look: RowLook) -> None:
        painter, tokens = self._painter, self._tokens
        painter.setFont(self._counts)
        for column, count, bar, colour in (
            (Column.ASK, look.ask, look.ask_bar, tokens.down_bar),
            (Column.BID, look.bid, look.bid_bar, tokens.up_bar),
        ):
            if not count:
                continue
            cell = self._measures.cell(row, column)
            length = cell.width() * bar // BAR_STEPS
            left = cell.right() + 1 - length if column is Column.ASK else cell.left()
            if not look.stale:
                painter.fillRect(QRect(left, cell.top() + 1, length, cell.height() - 3), QColor(colour))
            painter.setPen(QColor(tokens.stale if look.stale else tokens.text))
            inside = cell.adjusted(self._measures.pad, 0, -self._measures.pad, 0)
            self._number(inside, f"{count:,}", _RIGHT if column is Column.ASK else _LEFT)

    def _price(self, row: int, look: RowLook) -> None:
        painter, tokens, cell = self._painter, self._tokens, self._measures.cell(row, Column.PRICE)
        if not look.prices:
            return
        painter.setFont(self._bold if look.last else self._measures.font)
        colour = tokens.up if look.rising > 0 else tokens.down if look.rising < 0 else tokens.text
        painter.setPen(QColor(tokens.stale if look.stale or not look.allowed else colour))
        inside = cell.adjusted(self._measures.pad, 0, -self._measures.pad * 2, 0)
        self._number(inside, self._prices(look), _RIGHT)
        if look.last:
            pen = QPen(QColor(tokens.stale if look.stale else tokens.text))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(1, 1, -1, -2))
        if look.marks:
            self._marks(cell, look)

    def _marks(self, cell: QRect, look: RowLook) -> None:
        """In the room that the price leaves, the least telling ones giving way first; a bar at the edge says that there
        are some, the tool tip which."""
        painter, tokens, pad = self._painter, self._tokens, self._measures.pad
        loud = Mark.VI in look.marks or Mark.EXPECTED in look.marks
        colour = QColor(tokens.stale if look.stale else tokens.warn if loud else tokens.dim)
        painter.fillRect(QRect(cell.left(), cell.top() + 2, max(pad // 2, 2), cell.height() - 5), colour)
        room = cell.width() - pad * 4 - len(self._prices(look)) * self._measures.digit
        painter.setFont(self._small)
        painter.setPen(colour)
        shown = set(_GIVE_WAY)
        for mark in (None, *_GIVE_WAY):
            shown.discard(mark)
            words = " ".join(dict.fromkeys(mark_word(one) for one in look.marks if one in shown))
            if painter.fontMetrics().horizontalAdvance(words) <= room:
                break
        painter.drawText(cell.adjusted(pad, 0, 0, 0), int(_LEFT | _LINE), words)
        painter.setFont(self._measures.font)

    def _number(self, inside: QRect, text: str, align: Qt.AlignmentFlag) -> None:
        """A number in full; where the cell is too narrow, smaller, and cut only with a mark that says so."""
        if len(text) * self._measures.digit > inside.width():
            font = self._painter.font()
            self._painter.setFont(self._small)
            draw_text(self._painter, inside, text, align)
            self._painter.setFont(font)
        else:
            self._painter.drawText(inside, int(align | _LINE), text)

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
        painter, tokens = self._painter, self._tokens
        colour = QColor(tokens.up if chip.side is Side.BUY else tokens.down)
        hollow = ghost or chip.coming or chip.busy
        pen = QPen(colour)
        pen.setStyle(Qt.PenStyle.DashLine if ghost or chip.coming else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.ground) if hollow else colour)
        painter.drawRect(cell.adjusted(2, 2, -3, -4))
        painter.setPen(colour if hollow else QColor(tokens.on_accent))
        painter.setFont(self._bold)
        room = self._measures.row if with_cross else self._measures.pad
        words = f"{chip.leaves:,}" + (" …" if chip.busy and not ghost else "")
        draw_text(painter, cell.adjusted(self._measures.pad, 0, -room, 0), words, _RIGHT)
        if with_cross:
            painter.drawText(self._measures.cross(cell), int(Qt.AlignmentFlag.AlignCenter), "✕")

    def ghost(self, row: int, column: Column, words: str, side: Side) -> None:
        """What a click under the pointer would do."""
        cell = self._measures.cell(row, column)
        colour = QColor(self._tokens.up if side is Side.BUY else self._tokens.down)
        painter = self._painter
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -2, -3))
        painter.setFont(self._small)
        painter.setPen(colour)
        draw_text(painter, cell.adjusted(self._measures.pad, 0, -self._measures.pad, 0), words, _CENTRE)

    def cursor(self, row: int, column: Column) -> None:
        pen = QPen(QColor(self._tokens.focus))
        pen.setWidth(2)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(self._measures.cell(row, column).adjusted(1, 1, -2, -2))

    def edge(self, row: int, words: str) -> None:
        """Where the market went, at the edge that it left by."""
        cell = self._measures.cell(row, Column.PRICE)
        self._painter.fillRect(cell.adjusted(0, 0, 0, -1), QColor(self._tokens.accent))
        self._painter.setPen(QColor(self._tokens.on_accent))
        self._painter.setFont(self._bold)
        draw_text(self._painter, cell, words, _CENTRE)
