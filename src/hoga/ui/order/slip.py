"""The confirmation slip (ux.md 3.4, level 1), part of the pane: one sentence, what it costs, Back or Send."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.beats import Beats
from hoga.ui.order.particulars import Particulars
from hoga.ui.order.proposals import Proposal
from hoga.ui.painting import grid

GUARD_MS = 250
"""The Enter that opened the slip does not send it, however fast it repeats."""


class Slip(QFrame):
    """Holds one proposal. Enter, pressed freshly, or the button approves it; Esc and Back put it away. Signals:

    approved (Proposal), put_away (Proposal)
    """

    approved = Signal(object)
    put_away = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.proposal: Proposal | None = None
        self._open_since = QElapsedTimer()
        self._came_from: QWidget | None = None
        self.particulars = Particulars(context, self)
        self.back, self.send = QPushButton(self), QPushButton(self)
        self.back.clicked.connect(self.go_back)
        self.send.clicked.connect(self._clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(grid(self, 2))
        buttons.addWidget(self.back, 1)
        buttons.addWidget(self.send, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(grid(self, 2), grid(self, 2), grid(self, 2), grid(self, 2))
        column.addWidget(self.particulars)
        column.addLayout(buttons)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.hide()
        self._beats = Beats(context, self, self.refresh)
        context.lock_changed.connect(self.refresh)
        context.look_changed.connect(self.refresh)

    def open_for(self, proposal: Proposal) -> None:
        self._came_from = QApplication.focusWidget()
        self.proposal = proposal
        self.particulars.show_proposal(proposal)
        self._open_since.start()
        self.refresh()
        self.show()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if self.proposal is None:
            return
        if self._context.desk.account != self.proposal.of_account:
            self.go_back()
            return
        self.particulars.refresh()
        tokens, side = self._context.tokens, self.proposal.side
        dress.ground(self, dress.side_ground(side, tokens))
        self.back.setText(self.tr("Back  Esc"))
        self.send.setText(self.tr("{verb}  Enter").format(verb=self.proposal.verb))
        self.send.setAccessibleName(self.proposal.sentence)
        ready = not self.particulars.blocks and not self._context.locked
        self.send.setEnabled(ready)
        self.send.setToolTip(self.proposal.sentence if ready else self.particulars.why_not.text())
        if ready:
            dress.filled(self.send, dress.side_colour(side, tokens), tokens.on_accent)
        else:
            dress.plain(self.send, tokens)

    def go_back(self) -> None:
        """Nothing is sent; the ticket stands as it was."""
        proposal = self._close()
        if proposal is not None:
            self.put_away.emit(proposal)

    def _close(self) -> Proposal | None:
        proposal, self.proposal = self.proposal, None
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if had_focus and self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        return proposal

    def _approve(self) -> None:
        self.refresh()  # the last word of the gate, not that of a moment ago
        if self.proposal is None or not self.send.isEnabled():
            return
        proposal = self._close()
        if proposal is not None:
            self.approved.emit(proposal)

    def _clicked(self) -> None:
        """The second half of the double click that opened the slip is no approval."""
        if self._open_since.elapsed() >= max(GUARD_MS, QApplication.doubleClickInterval()):
            self._approve()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and self._open_since.elapsed() >= GUARD_MS:
                self._approve()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
