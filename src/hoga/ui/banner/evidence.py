"""The evidence side by side: the order as it was sent, and each of the broker's that may be it; what differs is marked.

Colour is never the only mark: a cell that differs is bold and begins with ≠.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hoga.domain.broker_orders import OrderReport
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side
from hoga.trading.views import Question
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.text import side_word, type_word
from hoga.ui.painting import bold, grid

translate = QCoreApplication.translate
DIFFERS = "≠ "


class Line(Struct, frozen=True):
    """One kind of evidence: as sent from here, and for each candidate its words and whether they differ."""

    name: str
    sent: str
    found: tuple[tuple[str, bool], ...]


def lines_of(context: Context, question: Question) -> tuple[Line, ...]:
    """Every kind of evidence that the broker's list gives, the telling ones first."""
    order, rows = question.order, question.candidates
    sent_at = question.request.sent_at or question.request.made_at

    def line(name: str, sent: str, words: Callable[[OrderReport], str], differs: Callable[[OrderReport], bool]) -> Line:
        return Line(name, sent, tuple((words(row), differs(row)) for row in rows))

    def away(row: OrderReport) -> str:
        seconds = round((row.at - sent_at).total_seconds())
        if not seconds:
            return fmt.clock(row.at)
        return f"{fmt.clock(row.at)}  ({'+' if seconds > 0 else '−'}{fmt.age(abs(seconds), context.language)})"

    usual = question.usual
    among = len({row.channel for row in rows}) > 1

    def other_channel(row: OrderReport) -> bool:
        return row.channel not in usual if usual else among

    return (
        line(translate("Evidence", "Time"), fmt.clock(sent_at, milliseconds=True), away, lambda row: False),
        line(translate("Evidence", "Price"), _price(order.type, fmt.price(order.limit)),
             lambda row: _price(row.type or OrderType.LIMIT, fmt.price(row.limit)),
             lambda row: _other_price(row, order)),
        line(translate("Evidence", "Entered through"),
             ", ".join(sorted(usual)) or translate("Evidence", "this program"),
             lambda row: row.channel or fmt.DASH, other_channel),
        line(translate("Evidence", "Number"), fmt.DASH, lambda row: f"{row.number.number:010d}", lambda row: False),
        line(translate("Evidence", "Side"), side_word(order.side), lambda row: side_word(row.side),
             lambda row: row.side is not order.side),
        line(translate("Evidence", "Ordered"), fmt.shares(order.quantity), lambda row: fmt.shares(row.quantity),
             lambda row: row.quantity != order.quantity),
        line(translate("Evidence", "Filled"), fmt.shares(order.filled), lambda row: fmt.shares(row.filled),
             lambda row: row.filled != order.filled),
        line(translate("Evidence", "Left"), fmt.DASH, lambda row: fmt.shares(row.remaining), lambda row: False),
    )  # fmt: skip


def _price(type: OrderType, limit: str) -> str:
    return type_word(type) if limit == fmt.DASH else f"{type_word(type)} {limit}"


def _other_price(row: OrderReport, order: Order) -> bool:
    return row.limit != order.limit or (row.type is not None and row.type is not order.type)


class Evidence(QWidget):
    """A grid: kinds of evidence down, the order and the candidates across. ``head(n)`` is over candidate ``n``."""

    def __init__(self, context: Context, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.table = QGridLayout(self)
        self.table.setContentsMargins(0, 0, 0, 0)
        self.table.setHorizontalSpacing(grid(self, 6))
        self.table.setVerticalSpacing(grid(self))
        side = question.order.side
        self._put(0, 1, translate("Evidence", "Sent from here"), strong=True, tone=self._side(side))
        for place in range(len(question.candidates)):
            name = translate("Evidence", "At the broker {letter}").format(letter=letter(place))
            self._put(0, place + 2, name, strong=True, tone=self._side(side))
        for row, line in enumerate(lines_of(context, question), start=1):
            self._put(row, 0, line.name, tone=context.tokens.dim)
            self._put(row, 1, line.sent)
            for place, (words, differs) in enumerate(line.found):
                text = f"{DIFFERS}{words}" if differs else words
                self._put(row, place + 2, text, strong=differs, tone=context.tokens.warn if differs else "")
        self.table.setColumnStretch(len(question.candidates) + 2, 1)

    def _side(self, side: Side) -> str:
        return self._context.tokens.up if side is Side.BUY else self._context.tokens.down

    def _put(self, row: int, column: int, text: str, *, strong: bool = False, tone: str = "") -> None:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if strong:
            label.setFont(bold(self.font()))
        if tone:
            palette = label.palette()
            palette.setColor(palette.ColorRole.WindowText, QColor(tone))
            label.setPalette(palette)
        self.table.addWidget(label, row, column)

    def text_at(self, row: int, column: int) -> str:
        """What stands in a cell, headings included."""
        item = self.table.itemAtPosition(row, column)
        label = item.widget() if item is not None else None
        return label.text() if isinstance(label, QLabel) else ""


def letter(place: int) -> str:
    return chr(ord("A") + place)
