"""The panel below a selected order: move its price, take shares off, cancel it. It says what it will send first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId
from hoga.trading.views import NO_CONSENT, Consent
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.painting import bold, grid
from hoga.ui.pending.change import Wish, reduce_wish, reprice_wish, steps_of
from hoga.ui.pending.commands import OrderCommands
from hoga.ui.pending.fields import StepField, number_of
from hoga.ui.pending.words import order_line
from hoga.ui.tables.column import Tone
from hoga.ui.tables.sure import SureButton


class ChangePanel(QFrame):
    """Signals:

    closed: put away.
    cancel_wanted (OrderId): cancel the order that is being edited.
    """

    closed = Signal()
    cancel_wanted = Signal(object)

    def __init__(self, context: Context, commands: OrderCommands, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._commands = commands
        self._order: OrderId | None = None
        self._questions: tuple[Message, ...] = ()
        self.head = QLabel(self)
        self.price = StepField(self._step_price, self)
        self.by = StepField(self._step_count, self)
        self.move_button = SureButton(self)
        self.reduce_button = SureButton(self)
        self.cancel_button = QPushButton(self)
        self.close_button = QPushButton(self)
        self.says = QLabel(self)
        self.says.setWordWrap(True)
        self._lay_out()
        self.price.edited.connect(self._price_edited)
        self.by.edited.connect(self._by_edited)
        self.price.entered.connect(lambda: self._enter(self.move_button))
        self.by.entered.connect(lambda: self._enter(self.reduce_button))
        self.move_button.clicked.connect(self._move)
        self.reduce_button.clicked.connect(self._reduce)
        self.cancel_button.clicked.connect(self._cancel)
        self.close_button.clicked.connect(self.put_away)
        commands.changed.connect(self._gone_out)
        commands.stopped.connect(self._stopped)
        commands.asked.connect(self._asked)
        context.look_changed.connect(self._dress)
        context.language_changed.connect(self.retranslate)
        context.lock_changed.connect(self._show_readiness)
        self.hide()
        self._dress()
        self.retranslate()

    def _lay_out(self) -> None:
        unit = grid(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 2)
        lines.setSpacing(unit)
        top, fields = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.head, 1)
        for part in (self.cancel_button, self.close_button):
            top.addWidget(part)
        for button in (self.price, self.move_button, self.by, self.reduce_button):
            fields.addWidget(button)
        fields.insertSpacing(2, unit * 6)
        fields.addStretch(1)
        lines.addLayout(top)
        lines.addLayout(fields)
        lines.addWidget(self.says)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.head.setFont(bold(self.font()))
        for knob in (self.cancel_button, self.close_button):
            knob.setAutoDefault(False)

    # --- which order ------------------------------------------------------------------------------------------------

    @property
    def order(self) -> OrderId | None:
        """The order that is being edited; None while the panel is away."""
        return self._order

    def edit(self, order: OrderId) -> None:
        known = self._context.desk.order(order)
        if known is None:
            return
        self._order, self._questions = order, ()
        self.price.edit.setText(fmt.price(known.current_limit) if known.current_limit is not None else "")
        self.by.edit.setText("")
        self.says.clear()
        self.refresh()
        self.show()
        self.raise_()
        field = self.price if self.price.isEnabled() else self.by
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.selectAll()

    def refresh(self) -> None:
        """The order as it is now."""
        order = self._known()
        if order is None:
            return
        self.head.setText(order_line(self._context, order))
        self.price.setEnabled(order.current_limit is not None)
        self._show_readiness()

    def put_away(self) -> None:
        self._order = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        self.price.set_texts(self.tr("&Price"), self.tr("The new price. Arrows step by one tick, with Shift by ten."))
        self.by.set_texts(self.tr("&Reduce by"), self.tr("Shares to take off. The rest keeps its place in the queue."))
        self.move_button.setText(self.tr("Move"))
        self.reduce_button.setText(self.tr("Reduce"))
        self.cancel_button.setText(self.tr("Cancel order"))
        self.cancel_button.setToolTip(self.tr("Cancel all that is left of it (Del in the table)"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Leave it as it is (Esc)"))
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    # --- what is typed ----------------------------------------------------------------------------------------------

    def _known(self) -> Order | None:
        return self._context.desk.order(self._order) if self._order is not None else None

    def _wishes(self) -> tuple[Wish, Wish] | None:
        order = self._known()
        if order is None:
            return None
        return (
            reprice_wish(self._context, order, self.price.edit.text()),
            reduce_wish(self._context, order, self.by.edit.text()),
        )

    def _show_readiness(self, *_changed: object) -> None:
        wishes = self._wishes()
        if wishes is None:
            return
        locked = self.tr("The account is locked (Ctrl+L).") if self._context.locked else ""
        for button, wish in zip((self.move_button, self.reduce_button), wishes, strict=True):
            button.setEnabled(wish.possible and not locked)
            button.setToolTip(locked or wish.says)

    def _price_edited(self) -> None:
        self._questions = ()
        self._tell(0)

    def _by_edited(self) -> None:
        self._tell(1)

    def _tell(self, which: int) -> None:
        wishes = self._wishes()
        if wishes is not None:
            self.say(wishes[which].says, Tone.TEXT if wishes[which].possible else Tone.DIM)
        self._show_readiness()

    def _step_price(self, text: str, ticks: int) -> str:
        order = self._known()
        steps = steps_of(self._context, order) if order is not None else None
        if order is None or steps is None or order.current_limit is None:
            return text
        units = number_of(text)
        price = order.current_limit if not units else type(order.current_limit)(units, order.current_limit.currency)
        return fmt.price(steps.moved(price, ticks))

    def _step_count(self, text: str, steps: int) -> str:
        order = self._known()
        most = order.leaves.count - 1 if order is not None else 0
        return fmt.shares(max(min((number_of(text) or 0) + steps, most), 0))

    # --- sending ----------------------------------------------------------------------------------------------------

    def _enter(self, button: SureButton) -> None:
        """Enter in a field: sends where nothing is asked (level 0), else leads to the button under the sentence."""
        if not button.isEnabled():
            self._tell(0 if button is self.move_button else 1)
        elif self._context.confirm_level == 0:
            button.click()
        else:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self) -> None:
        wishes = self._wishes()
        if wishes is None or self._order is None or wishes[0].limit is None or self._context.locked:
            return
        self._commands.reprice(self._order, wishes[0].limit, self._consent(wishes[0].says))

    def _consent(self, said: str) -> Consent:
        """What the person read before they pressed; nothing where nothing is asked."""
        if self._context.confirm_level == 0 and not self._questions:
            return NO_CONSENT
        asked = (in_words(self._context, question) for question in self._questions)
        return Consent(frozenset(question.code for question in self._questions), " ".join([said, *asked]))

    def _reduce(self) -> None:
        wishes = self._wishes()
        if wishes is not None and self._order is not None and wishes[1].by is not None and not self._context.locked:
            self._commands.reduce(self._order, wishes[1].by)

    def _cancel(self) -> None:
        if self._order is not None:
            self.cancel_wanted.emit(self._order)

    def _gone_out(self, order: OrderId) -> None:
        if order == self._order:
            self.put_away()

    def _stopped(self, order: OrderId, why: str) -> None:
        if order == self._order:
            self.say(why, Tone.BAD)

    def _asked(self, order: OrderId, questions: tuple[Message, ...]) -> None:
        if order != self._order:
            return
        self._questions = questions
        self.move_button.setText(self.tr("Move all the same"))
        self.say(" ".join(in_words(self._context, question) for question in questions), Tone.WARN)

    def say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        palette = self.says.palette()
        palette.setColor(palette.ColorRole.WindowText, tone.colour(self._context.tokens))
        self.says.setPalette(palette)
        self.says.setText(text)
        if not self._questions:
            self.move_button.setText(self.tr("Move"))
        self.adjustSize()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._context.tokens.raised)
        palette.setColor(palette.ColorRole.WindowText, self._context.tokens.text)
        self.setPalette(palette)
