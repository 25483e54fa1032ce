"""The quantity of a ticket: shares, a sum of money, or a part of what is possible; and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.domain.known import Unknown
from hoga.domain.tickets import Side
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings.popover import WhyPopover
from hoga.ui.order import dress
from hoga.ui.order.draft import Unit
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.figures import most_line
from hoga.ui.order.measures import sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.numbers import Part, Plain, Won
from hoga.ui.order.reasons import in_words
from hoga.ui.order.sizing import Means
from hoga.ui.order.why_most import why_most
from hoga.ui.painting import grid

_PARTS = (25, 50, 100)


class QuantityRow(QWidget):
    """Shows and edits the quantity of ``model``. M, M2 and M4 stand for all, half and a quarter."""

    def __init__(self, context: Context, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.edit = NumberEdit(self)
        self.edit.typed.connect(model.type_size)
        self.edit.stepped.connect(self._step)
        self.edit.paged.connect(lambda pages: self._step(pages * 100))
        self.label = QLabel(self)
        self.label.setBuddy(self.edit)
        self.unit = QComboBox(self)
        self.unit.activated.connect(lambda place: model.set_unit(list(Unit)[place]))
        self.down, self.up = QPushButton("−", self), QPushButton("+", self)
        self.down.clicked.connect(lambda: self._step(-1))
        self.up.clicked.connect(lambda: self._step(1))
        self.parts = {percent: QPushButton(self) for percent in _PARTS}
        for percent, button in self.parts.items():
            button.clicked.connect(self._part(percent))
        self.most = QPushButton(self)
        self.most.setFlat(True)
        self.most.clicked.connect(self._explain)
        self.understood = dress.note(self)
        self._lay_out()
        self._known: object = None
        self._reckoned: object = None
        model.changed.connect(self.refresh)
        model.moved.connect(self._follow)

    def _lay_out(self) -> None:
        step = grid(self)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(step)
        first.addWidget(self.label)
        first.addWidget(self.edit, 1)
        for widget in (self.unit, self.down, self.up):
            first.addWidget(widget)
        for button in (self.down, self.up):
            sized(button, digits=3.5, fixed=True)
        for button in self.parts.values():
            second.addWidget(button)
            button.setMinimumWidth(1)
        second.addStretch(1)
        second.addWidget(self.most)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addLayout(first)
        column.addWidget(self.understood)
        column.addLayout(second)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.label.setText(self.tr("Quantity"))
        words = {Unit.SHARES: self.tr("sh"), Unit.WON: self.tr("won"), Unit.PERCENT: "%"}
        with QSignalBlocker(self.unit):
            self.unit.clear()
            self.unit.addItems([words[unit] for unit in Unit])
        self.unit.setAccessibleName(self.tr("What the number counts: shares, won or percent"))
        self.unit.setToolTip(self.tr("What the number counts: shares, won or percent"))
        self.down.setToolTip(self.tr("One less (↓; Shift+↓ ten)"))
        self.up.setToolTip(self.tr("One more (↑; Shift+↑ ten)"))
        self.down.setAccessibleName(self.tr("One less"))
        self.up.setAccessibleName(self.tr("One more"))
        self.edit.setAccessibleName(self.tr("Quantity"))
        self.edit.setToolTip(
            self.tr("Alt+Q. Shares, a sum (500만원) or a part (25%); M is all of it, M2 half, M4 a quarter.")
        )
        self.refresh()

    def _follow(self) -> None:
        """Most often what the quantity comes to is all that is another, if anything is."""
        if self._seen() != self._known:
            self.refresh()
        elif self._model.standing.quantity != self._reckoned:
            self._reckon()

    def _seen(self) -> tuple[object, ...]:
        """What everything but the reckoning follows from, as far as the market moves it."""
        context = self._context
        return self._model.standing.market is None, context.hidden, context.tokens, context.language

    def _reckon(self) -> None:
        self._reckoned = self._model.standing.quantity
        self._show_most()
        dress.say(self.understood, self._understood())

    def refresh(self) -> None:
        self._known = self._seen()
        draft, market = self._model.draft, self._model.standing.market
        for widget in (self.edit, self.unit, self.down, self.up, *self.parts.values()):
            widget.setEnabled(market is not None)
        with QSignalBlocker(self.unit):
            self.unit.setCurrentIndex(list(Unit).index(draft.unit))
        if not self._model.unread_size and not (self.edit.hasFocus() and self.edit.isModified() and draft.size):
            self.edit.show_number(self._shown())
        if draft.size is None and not self._model.unread_size:
            self.edit.setModified(False)
        self._show_parts()
        self._reckon()
        tokens = self._context.tokens
        dress.field_ground(self.edit, tokens.selection, tokens.text)
        dress.ink(self.understood, tokens.warn if self._model.unread_size else tokens.dim)

    def _shown(self) -> str:
        size = self._model.draft.size
        if isinstance(size, Plain):
            return f"{size.value:,f}"
        if isinstance(size, Won):
            return f"{size.value:,f}원"
        return "" if size is None else f"{size.percent.normalize():f}%"

    def _show_parts(self) -> None:
        selling = self._model.draft.side is Side.SELL
        tip = self.tr("{percent} % of what can be sold") if selling else self.tr("{percent} % of what can be bought")
        for percent, button in self.parts.items():
            button.setText(self.tr("Max") if percent == 100 else f"{percent}%")
            button.setToolTip(tip.format(percent=percent))
            button.setAccessibleName(tip.format(percent=percent))

    def _show_most(self) -> None:
        quantity = self._model.standing.quantity
        self.most.setEnabled(quantity is not None and isinstance(quantity.most, Means))
        if quantity is None:
            self.most.setText("")
            return
        line = most_line(self._context, quantity.most)
        hidden = self._context.hidden and self._model.draft.side is Side.BUY
        self.most.setText(f"{line.label} {fmt.DASH if hidden else line.value}")
        self.most.setAccessibleName(self.most.text())
        self.most.setToolTip("" if hidden else f"{line.tip}\n{self.tr('Press: why this number?')}")

    def _explain(self) -> None:
        """Why this number?"""
        quantity, market = self._model.standing.quantity, self._model.standing.market
        if quantity is None or market is None or not isinstance(quantity.most, Means):
            return
        popover = WhyPopover(self._context, why_most(self._context, market, quantity.most), self)
        popover.show_at(QRect(self.most.mapToGlobal(QPoint(0, 0)), self.most.size()))

    def _understood(self) -> str:
        """What the text was taken for, and what is left of a sum."""
        if self._model.unread_size:
            return self.tr("Not understood: {text}").format(text=self._model.unread_size)
        quantity, size = self._model.standing.quantity, self._model.draft.size
        if quantity is None or size is None:
            return ""
        plain = isinstance(size, Plain) and self._model.draft.unit is Unit.SHARES
        if plain and all(c in "0123456789," for c in self.edit.text()):
            return ""
        if quantity.shares is None:
            return in_words(self._context, quantity.most.why) if isinstance(quantity.most, Unknown) else ""
        words = "= " + fmt.shares(quantity.shares, self._context.language)
        if quantity.sized is not None and not self._context.hidden:
            return self.tr("{shares}, {left} won left over").format(shares=words, left=fmt.money(quantity.sized.left))
        return words

    # --- what it does -----------------------------------------------------------------------------------------------

    def _step(self, lots: int) -> None:
        self.edit.setModified(False)
        self._model.step_size(lots)

    def _part(self, percent: int) -> Callable[[], None]:
        def pressed() -> None:
            self.edit.setModified(False)
            self._model.set_size(Part(Decimal(percent)))

        return pressed
