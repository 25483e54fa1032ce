"""Buy or sell: two large keys that differ in colour, word, shape and place."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hoga.domain.tickets import Side
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.measures import lettered, sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.text import side_mark, side_word
from hoga.ui.painting import grid

ACTIONS = {Side.BUY: "order.buy", Side.SELL: "order.sell"}


class SideRow(QWidget):
    """Follows ``model``; its keys are the actions ``order.buy`` (F2) and ``order.sell`` (F3)."""

    def __init__(self, context: Context, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.buttons = {side: QPushButton(self) for side in Side}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(grid(self))
        for side, button in self.buttons.items():
            button.setCheckable(True)
            lettered(button, strong=True)
            sized(button, lines=2)
            button.clicked.connect(lambda _checked=False, name=ACTIONS[side]: context.actions.trigger(name))
            row.addWidget(button, 1)
        model.changed.connect(self.refresh)
        model.moved.connect(self.refresh)  # a press on the chosen one unchecks it

    def retranslate(self) -> None:
        for side, button in self.buttons.items():
            key = self._context.actions.hint(ACTIONS[side])
            button.setText(f"{side_mark(side)} {side_word(side)}  {key}")
            button.setAccessibleName(side_word(side))
            button.setToolTip(self._context.actions.tooltip(ACTIONS[side]))
        self.refresh()

    def refresh(self) -> None:
        tokens = self._context.tokens
        for side, button in self.buttons.items():
            chosen = side is self._model.draft.side
            with QSignalBlocker(button):
                button.setChecked(chosen)
            if chosen:
                dress.filled(button, dress.side_colour(side, tokens), tokens.on_accent)
            else:
                dress.filled(button, dress.side_ground(side, tokens), dress.side_colour(side, tokens))
