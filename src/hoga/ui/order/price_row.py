"""The price of a ticket: a stepper on the tick grid that follows the market until somebody touches it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.domain.ticks import NoValidPrice
from hoga.domain.values import Price
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.market import Follow
from hoga.ui.order.measures import SMALL, lettered, sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.text import type_word
from hoga.ui.painting import grid


class PriceRow(QWidget):
    """Shows and edits the price of ``model``. Off the grid it names both neighbours and takes neither by itself."""

    def __init__(self, context: Context, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.edit = NumberEdit(self)
        self.edit.typed.connect(model.type_price)
        self.edit.stepped.connect(model.step_price)
        self.edit.paged.connect(model.step_percent)
        self.label = QLabel(self)
        self.label.setBuddy(self.edit)
        self.state = QLabel(self)
        self.down, self.up = QPushButton("−", self), QPushButton("+", self)
        self.down.clicked.connect(lambda: model.step_price(-1))
        self.up.clicked.connect(lambda: model.step_price(1))
        self.follows = {follow: QPushButton(self) for follow in Follow}
        for follow, button in self.follows.items():
            button.setCheckable(True)
            button.clicked.connect(self._followed(follow))
        self.to_upper, self.to_lower = QPushButton(self), QPushButton(self)
        self.to_upper.clicked.connect(lambda: self._to_limit(upper=True))
        self.to_lower.clicked.connect(lambda: self._to_limit(upper=False))
        self.note = dress.note(self)
        self.below, self.above = QPushButton(self), QPushButton(self)
        self.below.clicked.connect(lambda: self._to_neighbour(upper=False))
        self.above.clicked.connect(lambda: self._to_neighbour(upper=True))
        self._lay_out()
        self._shown: object = None
        model.changed.connect(self.refresh)
        model.moved.connect(self._follow)

    def _lay_out(self) -> None:
        step = grid(self)
        first = QHBoxLayout()
        first.setSpacing(step)
        first.addWidget(self.label)
        first.addWidget(self.edit, 1)
        first.addWidget(self.down)
        first.addWidget(self.up)
        for button in (self.down, self.up):
            sized(button, digits=3.5, fixed=True)
        presets = QHBoxLayout()
        presets.setSpacing(step // 2)
        for button in (*self.follows.values(), self.to_lower, self.to_upper):
            lettered(button, SMALL)
            button.setMinimumWidth(1)
            presets.addWidget(button)
        neighbours = QHBoxLayout()
        neighbours.setSpacing(step)
        for button in (self.below, self.above):
            button.setMinimumWidth(1)
            neighbours.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addLayout(first)
        column.addWidget(self.state)
        column.addLayout(presets)
        column.addWidget(self.note)
        column.addLayout(neighbours)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.label.setText(self.tr("Price"))
        words = {
            Follow.LAST: self.tr("Last"),
            Follow.BID: self.tr("Bid 1"),
            Follow.ASK: self.tr("Ask 1"),
            Follow.PASSIVE: self.tr("Passive"),
        }
        tips = {
            Follow.LAST: self.tr("Follow the last price until the price is touched."),
            Follow.BID: self.tr("Follow the best bid until the price is touched."),
            Follow.ASK: self.tr("Follow the best ask until the price is touched."),
            Follow.PASSIVE: self.tr("Do not cross: buy at the lower of bid 1 and last, sell at the higher of ask 1."),
        }
        for follow, button in self.follows.items():
            self._name(button, words[follow], tips[follow])
        self._name(self.to_upper, self.tr("UL"), self.tr("Pin today's upper limit."))
        self._name(self.to_lower, self.tr("LL"), self.tr("Pin today's lower limit."))
        self.down.setToolTip(self.tr("One tick lower (↓; Shift+↓ ten ticks, Page Down 1 %)"))
        self.up.setToolTip(self.tr("One tick higher (↑; Shift+↑ ten ticks, Page Up 1 %)"))
        self.down.setAccessibleName(self.tr("One tick lower"))
        self.up.setAccessibleName(self.tr("One tick higher"))
        self.edit.setAccessibleName(self.tr("Price"))
        self.edit.setToolTip(self.tr("Alt+P. Digits, commas, 만 and 억. Follows the market until you touch it."))
        self.refresh()

    def _follow(self) -> None:
        """Most often a followed price alone is another."""
        if self._seen() != self._shown:
            self.refresh()
        else:
            self._show_price(self._model.draft.type.carries_price)
            self._show_neighbours()

    def _seen(self) -> tuple[object, ...]:
        """What everything but the price follows from, as far as the market moves it."""
        draft, market = self._model.draft, self._model.standing.market
        limits = None if market is None else market.limits
        return draft.type, draft.follow, market is None, limits, self._context.tokens, self._context.language

    def refresh(self) -> None:
        self._shown = self._seen()
        draft, market = self._model.draft, self._model.standing.market
        carries = draft.type.carries_price
        for widget in (self.edit, self.down, self.up, *self.follows.values(), self.to_upper, self.to_lower):
            widget.setEnabled(carries and market is not None)
        self._show_price(carries)
        with_limits = market is not None and market.limits.upper is not None
        self.to_upper.setEnabled(carries and with_limits)
        self.to_lower.setEnabled(carries and with_limits)
        for follow, button in self.follows.items():
            with QSignalBlocker(button):
                button.setChecked(carries and draft.follow is follow)
            dress.chosen(button, self._context.tokens)
        dress.say(self.state, self._state_words(carries))
        self._show_neighbours()
        tokens = self._context.tokens
        dress.field_ground(self.edit, tokens.field, tokens.text)
        dress.ink(self.state, tokens.dim)
        dress.ink(self.note, tokens.warn)

    def _show_price(self, carries: bool) -> None:
        draft, market = self._model.draft, self._model.standing.market
        self.edit.set_suffix(self._unit() if carries else "")
        if not carries:
            self.edit.show_number("")
            self.edit.setPlaceholderText(type_word(draft.type))
            return
        self.edit.setPlaceholderText(fmt.DASH if market is None else "")
        if self._model.unread_price:
            return
        typing = self.edit.hasFocus() and self.edit.isModified() and draft.follow is None
        if not typing or self._model.price_of(self.edit.text()) != draft.price:
            self.edit.show_number("" if draft.price is None else fmt.price(draft.price))

    def _unit(self) -> str:
        market = self._model.standing.market
        return self.tr("won") if market is None or market.instrument.currency.scale == 0 else "$"

    def _state_words(self, carries: bool) -> str:
        draft = self._model.draft
        if not carries:
            return self.tr("This type carries no price.")
        if draft.follow is None:
            return self.tr("■ Pinned") if draft.price is not None else self.tr("■ Pinned: enter a price")
        words = {
            Follow.LAST: self.tr("○ Follows the last price"),
            Follow.BID: self.tr("○ Follows the best bid"),
            Follow.ASK: self.tr("○ Follows the best ask"),
            Follow.PASSIVE: self.tr("○ Follows without crossing"),
        }
        return words[draft.follow]

    def _show_neighbours(self) -> None:
        neighbours = self.neighbours()
        price = self._model.draft.price
        shown = neighbours is not None and price is not None
        text = ""
        if shown and price is not None:
            text = self.tr("{price} is between two ticks. Choose one:").format(price=fmt.price(price))
        elif self._model.draft.type.carries_price and self._model.unread_price:
            text = self.tr("Not understood: {text}").format(text=self._model.unread_price)
        elif self.edit.hasFocus() and price is not None and _written_otherwise(self.edit.text()):
            text = self.tr("Understood: {price}").format(price=fmt.price(price))
        dress.say(self.note, text)
        below, above = neighbours or (None, None)
        self.below.setVisible(below is not None)
        self.above.setVisible(above is not None)
        if below is not None:
            self._name(self.below, f"▼ {fmt.price(below)}", self.tr("Round down to {price}").format(price=below))
        if above is not None:
            self._name(self.above, f"▲ {fmt.price(above)}", self.tr("Round up to {price}").format(price=above))

    def neighbours(self) -> tuple[Price | None, Price] | None:
        """The prices beside one that is off the grid; None while it is on it."""
        draft, market = self._model.draft, self._model.standing.market
        if draft.price is None or not draft.type.carries_price or market is None or market.steps is None:
            return None
        try:
            return None if market.steps.grid.is_valid(draft.price) else market.steps.grid.neighbours(draft.price)
        except (NoValidPrice, ValueError):
            return None

    # --- what it does -----------------------------------------------------------------------------------------------

    def _followed(self, follow: Follow) -> Callable[[], None]:
        def pressed() -> None:
            self.edit.setModified(False)
            self._model.follow(follow)

        return pressed

    def _to_limit(self, *, upper: bool) -> None:
        market = self._model.standing.market
        price = None if market is None else market.limits.upper if upper else market.limits.lower
        if price is not None:
            self.edit.setModified(False)
            self._model.pin(price)

    def _to_neighbour(self, *, upper: bool) -> None:
        neighbours = self.neighbours()
        price = None if neighbours is None else neighbours[1 if upper else 0]
        if price is not None:
            self.edit.setModified(False)
            self._model.pin(price)
            self.edit.setFocus()

    @staticmethod
    def _name(button: QPushButton, text: str, tip: str) -> None:
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)


def _written_otherwise(text: str) -> bool:
    """Whether what was typed is more than digits and commas, so that its meaning is worth saying."""
    return bool(text.strip()) and not all(c in "0123456789,." for c in text)
