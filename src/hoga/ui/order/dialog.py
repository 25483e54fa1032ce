"""The dialog of ux.md 3.4, levels 2 and 3: the reasons first, Back by default, Send not before one could read them."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.values import Currency
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.beats import Beats
from hoga.ui.order.cautions import Level, asks_to_type
from hoga.ui.order.entry import NumberEdit
from hoga.ui.order.measures import lettered, sized
from hoga.ui.order.numbers import Part, read
from hoga.ui.order.particulars import Particulars
from hoga.ui.order.proposals import Proposal
from hoga.ui.order.reasons import in_words
from hoga.ui.painting import grid
from hoga.ui.theme.tokens import STAKES

WAIT_MS = 700
_MAN = 10_000
_SENTENCES = re.compile(r"(?<=[.?!])\s+")


class ConfirmDialog(QDialog):
    """Open it with ``ui.loop.opened``; accepted means that the person agreed to everything shown."""

    def __init__(self, context: Context, proposal: Proposal, questions: tuple[Message, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.proposal = context, proposal
        self._waited = False
        stakes = STAKES[proposal.of_account.stakes]
        self.setWindowTitle(f"{stakes.words} · {proposal.verb}")
        self.setModal(True)
        self._head = QLabel(self.tr("Look twice before you send this"), self)
        lettered(self._head, strong=True)
        self.reasons = QLabel(self)
        self.reasons.setWordWrap(True)
        self.reasons.setTextFormat(Qt.TextFormat.PlainText)
        self.reasons.setContentsMargins(*[grid(self, 2)] * 4)
        asked = (*questions, *(one for one in proposal.cautions if one.code not in {q.code for q in questions}))
        self.reasons.setText(_told(context, asked))
        self.reasons.setVisible(bool(asked))
        self.particulars = Particulars(context, self)
        self.particulars.show_proposal(proposal)
        self.typed = NumberEdit(self)
        self._typed_label = QLabel(self)
        self.back, self.send = QPushButton(self.tr("Back"), self), QPushButton(proposal.verb, self)
        self.back.setDefault(True)
        self.send.setAutoDefault(True)  # Enter presses what has the focus, which is Back at first
        self.back.clicked.connect(self.reject)
        self.send.clicked.connect(self._approve)
        unusual = asks_to_type(questions) and context.confirm_level > 0
        self._types_amount = proposal.amount is not None and (proposal.level is Level.TYPED or unusual)
        self._ask_amount()
        self._lay_out()
        self._beats = Beats(context, self, self.refresh)
        self.refresh()

    def _ask_amount(self) -> None:
        """Level 3: the amount is typed, in 만 won, so that a digit too many is noticed."""
        wanted = self._types_amount
        self._typed_label.setVisible(wanted)
        self.typed.setVisible(wanted)
        self.typed.typed.connect(lambda _text: self.refresh())
        if wanted:
            self._typed_label.setText(self.tr("Type the amount in 만 (ten thousand won), rounded down:"))
            self._typed_label.setBuddy(self.typed)
            self.typed.set_suffix("만")
            self.typed.setAccessibleName(self._typed_label.text())

    def _lay_out(self) -> None:
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addWidget(self.back, 1)
        buttons.addWidget(self.send, 1)
        column.setSpacing(grid(self, 2))
        for widget in (self._head, self.reasons, self.particulars, self._typed_label, self.typed):
            column.addWidget(widget)
        column.addLayout(buttons)
        sized(self, digits=52)

    def refresh(self) -> None:
        if self._context.desk.account != self.proposal.of_account:
            self.reject()
            return
        self.particulars.refresh()
        tokens, side = self._context.tokens, self.proposal.side
        dress.ground(self.reasons, tokens.warn_ground)
        dress.ink(self.reasons, tokens.text)
        ready = self._waited and not self.particulars.blocks and not self._context.locked and self._amount_typed()
        self.send.setEnabled(ready)
        self.send.setToolTip(self._why_not(ready))
        if ready:
            dress.filled(self.send, dress.side_colour(side, tokens), tokens.on_accent)
        else:
            dress.plain(self.send, tokens)

    def _why_not(self, ready: bool) -> str:
        if ready:
            return self.proposal.sentence
        if self.particulars.blocks:
            return self.particulars.why_not.text()
        return self.tr("A moment: read the reasons first.") if not self._waited else self._typed_label.text()

    def _amount_typed(self) -> bool:
        amount = self.proposal.amount
        if not self._types_amount or amount is None:
            return True
        typed = read(self.typed.text())
        if typed is None or isinstance(typed, Part) or amount.currency is not Currency.KRW:
            return False
        return typed.value in (amount.units // _MAN, amount.units)

    def _approve(self) -> None:
        self.refresh()
        if self.send.isEnabled():
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        let_read(self, self.back, self._ready)

    def _fit(self) -> None:
        """As high as its words need at this width, which wrapped labels do not tell a window by themselves."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            room = self.screen().availableGeometry().height()
            self.resize(self.width(), min(layout.totalHeightForWidth(self.width()), room))

    def _ready(self) -> None:
        self._waited = True
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A held Enter presses nothing here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.isAutoRepeat():
            event.accept()
            return
        super().keyPressEvent(event)


def let_read(dialog: QDialog, back: QPushButton, ready: Callable[[], None]) -> None:
    """``dialog`` is shown: Back has the focus, and ``ready`` is called once one could have read it."""
    back.setFocus(Qt.FocusReason.OtherFocusReason)
    QTimer.singleShot(WAIT_MS, dialog, ready)


def _told(context: Context, asked: tuple[Message, ...]) -> str:
    """Every reason, then what to do about them; what several have in common is said once."""
    told = [in_words(context, reason).partition(" · ") for reason in asked]
    todo = dict.fromkeys(sentence for _, _, action in told for sentence in _SENTENCES.split(action) if sentence)
    reasons = "\n".join(f"• {reason}" for reason, _, _ in told)
    return f"{reasons}\n\n{' '.join(todo)}" if todo else reasons
