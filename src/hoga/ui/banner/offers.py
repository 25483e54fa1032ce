"""Orders that were waiting when the desk last ended: never sent. Each is sent now or discarded, by the person."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from hoga.trading.views import Consent, Denied, MustAsk, Offer
from hoga.ui.context import Context, Event
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line
from hoga.ui.painting import grid


class OffersDialog(PlainDialog):
    """One line for each; a line goes when it was decided, the dialog with the last one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Orders that had not left"))
        self.say(self.tr("They were queued when the desk ended. Prices have moved since: look before you send one."))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(grid(self, 3))
        self._rows.setColumnStretch(0, 1)
        self.body.addLayout(self._rows)
        self._shown: tuple[str, ...] = ()
        later = self.button(self.tr("Close"), default=True)
        later.clicked.connect(self.reject)
        context.orders_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is still undecided."""
        offers = self.context.desk.offers()
        if not offers:
            self.accept()
            return
        if tuple(offer.request.id for offer in offers) == self._shown:
            return
        self._shown = tuple(offer.request.id for offer in offers)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line, offer in enumerate(offers):
            self._row(line, offer)

    def _row(self, line: int, offer: Offer) -> None:
        self._rows.addWidget(QLabel(in_a_line(self.context, offer.order), self), line, 0)
        send = QPushButton(self.tr("Send now"), self)
        send.setAutoDefault(False)
        send.clicked.connect(lambda: self._send(offer))
        send.setEnabled(not self.context.locked)
        send.setToolTip(self.tr("Locked: nothing that trades can be pressed.") if self.context.locked else "")
        drop = QPushButton(self.tr("Discard"), self)
        drop.setAutoDefault(False)
        drop.clicked.connect(lambda: self._discard(offer))
        self._rows.addWidget(send, line, 1)
        self._rows.addWidget(drop, line, 2)

    def _send(self, offer: Offer) -> None:
        self.context.do(f"resume {offer.request.id}", self._resume(offer, Consent()))

    def _discard(self, offer: Offer) -> None:
        async def discard() -> None:
            await self.context.desk.discard(offer.request.id)

        self.context.do(f"discard {offer.request.id}", discard())

    async def _resume(self, offer: Offer, consent: Consent) -> None:
        answer = await self.context.desk.resume(offer.request.id, consent)
        if isinstance(answer, MustAsk):
            self._ask(offer, answer)
        elif isinstance(answer, Denied):
            text = " ".join(self.context.worded(reason) for reason in answer.reasons)
            self.context.say(Event.REFUSED, text, merge=f"order:{offer.order.id}", sticky=True)

    def _ask(self, offer: Offer, asked: MustAsk) -> None:
        words = "\n".join(self.context.worded(question) for question in asked.questions)
        dialog = PlainDialog(self.context, self.tr("Send it all the same?"), self)
        dialog.say(words)
        back = dialog.button(self.tr("Back"), default=True)
        back.clicked.connect(dialog.reject)
        send = dialog.button(self.tr("Send"))
        consent = Consent(frozenset(question.code for question in asked.questions), words)
        send.clicked.connect(lambda: self.context.do(f"resume {offer.request.id}", self._resume(offer, consent)))
        send.clicked.connect(dialog.accept)
        dialog.open()
