"""From a proposal to the desk, through as much confirmation as it needs (ux.md 3.4), and never twice."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from hoga.base.message import Message
from hoga.domain.tickets import OrderId
from hoga.trading.views import NO_CONSENT, Consent, Denied, MustAsk, Submitted
from hoga.ui.context import Context, Event, Toast
from hoga.ui.loop import let_leave, opened
from hoga.ui.order.cautions import Level
from hoga.ui.order.dialog import ConfirmDialog
from hoga.ui.order.proposals import Proposal
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import translate


class Confirmer(QObject):
    """Signals:

    slip_wanted (Proposal): show it on the slip; ``approve`` or nothing at all follows.
    started (Proposal): it is being handed to the desk.
    done (Proposal): the desk has it on the disk.
    denied (Proposal, tuple of Message): nothing was sent.
    given_up (Proposal): the person went back, or the account changed meanwhile.
    """

    slip_wanted = Signal(object)
    started = Signal(object)
    done = Signal(object)
    denied = Signal(object, object)
    given_up = Signal(object)

    def __init__(self, context: Context, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._window = window
        self.dialog: ConfirmDialog | None = None

    def propose(self, proposal: Proposal) -> None:
        """Send at once, show the slip, or open the dialog: as its level says."""
        if proposal.level is Level.SLIP:
            self.slip_wanted.emit(proposal)
        elif proposal.level is Level.AT_ONCE:
            self._go(proposal, NO_CONSENT)
        else:
            self._context.do(f"ask about {proposal.key}", self._ask_first(proposal))

    def approve(self, proposal: Proposal) -> None:
        """The person pressed Send on the slip."""
        self._go(proposal, Consent(words=proposal.sentence))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _go(self, proposal: Proposal, consent: Consent) -> None:
        self._context.do(proposal.key, self._carry_out(proposal, consent), hurry=True)

    async def _ask_first(self, proposal: Proposal) -> None:
        if await self._agreed(proposal, proposal.questions):
            await self._carry_out(proposal, _consent(proposal, proposal.questions))
        else:
            self.given_up.emit(proposal)

    async def _carry_out(self, proposal: Proposal, consent: Consent) -> None:
        """Until the desk takes it, refuses it, or the person does not want it any more."""
        self.started.emit(proposal)
        asked: tuple[Message, ...] = proposal.questions if consent.codes else ()
        ended = False
        try:
            while True:
                if self._context.desk.account != proposal.of_account:
                    break
                answer = await proposal.carry_out(consent)
                await let_leave()
                if isinstance(answer, Denied):
                    ended = True
                    self._say_denied(proposal, answer.reasons)
                    return
                if not isinstance(answer, MustAsk):
                    ended = True
                    self._say_done(proposal, answer)
                    return
                asked = (*asked, *(q for q in answer.questions if q.code not in {one.code for one in asked}))
                if not await self._agreed(proposal, asked):
                    break
                consent = _consent(proposal, asked)
        finally:
            if not ended:
                self.given_up.emit(proposal)

    async def _agreed(self, proposal: Proposal, questions: tuple[Message, ...]) -> bool:
        """Reasons first, Back by default. An account that changed meanwhile is an answer too: no."""
        proposal.prepare()
        self.dialog = dialog = ConfirmDialog(self._context, proposal, questions, self._window)
        try:
            return await opened(dialog) == QDialog.DialogCode.Accepted
        finally:
            self.dialog = None
            if shiboken6.isValid(dialog):  # a window that is closed takes its dialog with it
                dialog.deleteLater()

    def _say_done(self, proposal: Proposal, answer: Submitted | None) -> None:
        self.done.emit(proposal)
        if answer is None or answer.again or proposal.level is not Level.AT_ONCE:
            return  # what was confirmed needs no way back beside the frame's own words
        self._context.toast.emit(
            Toast(
                Event.ACCEPTED,
                proposal.toast,
                merge=f"order:{answer.order}",
                undo=lambda: self._undo(answer.order),
                undo_text=translate("Order", "Cancel it"),
            )
        )

    def _undo(self, order: OrderId) -> None:
        self._context.do(f"cancel {order}", self._cancel(order), hurry=True)

    async def _cancel(self, order: OrderId) -> None:
        answer = await self._context.desk.cancel(order)
        if isinstance(answer, Denied):
            self._context.say(Event.REFUSED, self._sentence(answer.reasons), merge=f"order:{order}")

    def _say_denied(self, proposal: Proposal, reasons: tuple[Message, ...]) -> None:
        self.denied.emit(proposal, reasons)
        self._context.say(Event.REFUSED, f"{proposal.toast}: {self._sentence(reasons)}", merge=proposal.key)

    def _sentence(self, reasons: tuple[Message, ...]) -> str:
        return " ".join(in_words(self._context, reason) for reason in reasons)


def _consent(proposal: Proposal, questions: tuple[Message, ...]) -> Consent:
    return Consent(frozenset(question.code for question in questions), proposal.sentence)
