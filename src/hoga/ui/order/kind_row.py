"""The type of a ticket and how long it holds: what cannot be used here and now is greyed and says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.tickets import OrderType, TimeInForce
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.market import Market
from hoga.ui.order.measures import sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.reasons import in_words
from hoga.ui.order.standing import types_here
from hoga.ui.order.text import tif_meaning, tif_word, type_meaning, type_word
from hoga.ui.painting import grid

_TYPES, _TIFS = tuple(OrderType), tuple(TimeInForce)


class KindRow(QWidget):
    """Shows and edits type and time in force of ``model``."""

    def __init__(self, context: Context, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.label = QLabel(self)
        self.type = QComboBox(self)
        self._items = QStandardItemModel(len(_TYPES), 1, self)
        self.type.setModel(self._items)
        self.label.setBuddy(self.type)
        self.type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.type.setMinimumContentsLength(4)
        sized(self.type.view(), digits=20)
        self.type.activated.connect(self._chosen)
        self.tifs = {tif: QPushButton(self) for tif in _TIFS}
        for tif, button in self.tifs.items():
            button.setCheckable(True)
            button.clicked.connect(self._held(tif))
        self.meaning = dress.note(self)
        first = QHBoxLayout()
        first.setSpacing(grid(self))
        first.addWidget(self.label)
        first.addWidget(self.type, 1)
        for button in self.tifs.values():
            first.addWidget(button)
            sized(button, digits=5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(grid(self))
        column.addLayout(first)
        column.addWidget(self.meaning)
        self._shown: object = None
        self._asked: object = None
        self._here: dict[tuple[OrderType, TimeInForce], Message | None] = {}
        model.changed.connect(self.refresh)
        model.moved.connect(self.refresh)

    def retranslate(self) -> None:
        self.label.setText(self.tr("Type"))
        self.type.setAccessibleName(self.tr("Order type"))
        self._shown = None
        self.refresh()

    def refresh(self) -> None:
        draft, market = self._model.draft, self._model.standing.market
        here = {} if market is None else self._types_here(market)
        state = (draft.type, draft.tif, draft.side, tuple(here.items()), self._context.language, self._context.scheme)
        if state == self._shown:
            return
        self._shown = state
        for place, type in enumerate(_TYPES):
            self._show_type(self._items, place, type, _why(here, type))
        with QSignalBlocker(self.type):
            self.type.setCurrentIndex(_TYPES.index(draft.type))
        for tif, button in self.tifs.items():
            why = here.get((draft.type, tif))
            said = in_words(self._context, why) if why is not None else tif_meaning(tif)
            with QSignalBlocker(button):
                button.setChecked(tif is draft.tif)
            dress.chosen(button, self._context.tokens)
            button.setText(tif_word(tif))
            button.setEnabled(why is None and market is not None)
            button.setToolTip(said)
            button.setAccessibleName(tif_word(tif))
            button.setAccessibleDescription(said)
        self.type.setEnabled(market is not None)
        self.type.setToolTip(f"Alt+T\n{type_meaning(draft.type, draft.side)}")
        short = type_meaning(draft.type, draft.side)
        dress.say(self.meaning, short if draft.tif is TimeInForce.DAY else f"{short} {tif_meaning(draft.tif)}")
        dress.ink(self.meaning, self._context.tokens.dim)

    def _types_here(self, market: Market) -> dict[tuple[OrderType, TimeInForce], Message | None]:
        """Asked for with every price, another only with the second or the instrument: hours have no finer bounds."""
        desk, quote = self._context.desk, market.quote
        interrupted = quote is not None and quote.flags.volatility_interruption
        second = desk.clock.now().replace(microsecond=0)
        key = (market.instrument, interrupted, second, desk.schedule, desk.capabilities)
        if key != self._asked:
            self._asked, self._here = key, types_here(desk, market)
        return self._here

    def _show_type(self, items: QStandardItemModel, place: int, type: OrderType, why: Message | None) -> None:
        item = items.item(place) or QStandardItem()
        items.setItem(place, item)
        item.setText(type_word(type))
        item.setEnabled(why is None)
        tip = type_meaning(type, self._model.draft.side)
        item.setToolTip(tip if why is None else f"{tip}\n{in_words(self._context, why)}")
        item.setData(item.toolTip(), Qt.ItemDataRole.AccessibleDescriptionRole)

    def _chosen(self, place: int) -> None:
        type, market = _TYPES[place], self._model.standing.market
        here = {} if market is None else types_here(self._context.desk, market)
        tif = self._model.draft.tif
        if here.get((type, tif)) is not None:
            tif = next((one for one in _TIFS if here.get((type, one)) is None), TimeInForce.DAY)
        self._model.set_kind(type, tif)

    def _held(self, tif: TimeInForce) -> Callable[[], None]:
        def pressed() -> None:
            self._shown = None  # a second press on the chosen one would uncheck it
            self._model.set_kind(self._model.draft.type, tif)
            self.refresh()

        return pressed


def _why(here: dict[tuple[OrderType, TimeInForce], Message | None], type: OrderType) -> Message | None:
    """Why no form of a type can be used; None while one can."""
    reasons = [why for (kind, _), why in here.items() if kind is type]
    if not reasons or None in reasons:
        return None
    return reasons[0]
