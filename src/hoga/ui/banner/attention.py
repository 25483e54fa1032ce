"""What needs a person's word or eye, as strips: the stop, the journal, questions, unknown outcomes, a balance that
differs, orders that had not left, the receipt after a start. None can be overlooked and none blocks the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.ui.banner.differences import BalanceDiffers
from hoga.ui.banner.offers import OffersDialog
from hoga.ui.banner.questions import QuestionDialog
from hoga.ui.banner.receipt import ReceiptDialog, in_short
from hoga.ui.banner.stopped import Stopped
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.banner.unknown import UnknownOutcome
from hoga.ui.context import Context


class Attention(QWidget):
    """All strips, the gravest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen: datetime | None = None
        """Of which receipt the person said that it was read."""
        self.stopped = Stopped(context, self)
        self.trouble = Strip(context, Weight.DANGER, self)
        self.journal = Strip(context, Weight.DANGER, self)
        self.rebuilt = Strip(context, Weight.DANGER, self)
        self._rebuilt_seen: Message | None = None
        """Which rebuilding of the journal the person said to have read."""
        self.questions = Strip(context, Weight.DANGER, self)
        self.unknown = UnknownOutcome(context, self)
        self.differs = BalanceDiffers(context, self)
        self.offers = Strip(context, Weight.WARNING, self)
        self.receipt = Strip(context, Weight.NOTE, self)
        self.locked = Strip(context, Weight.NOTE, self)
        self._decide = self.questions.button()
        self._decide.clicked.connect(self.show_question)
        self._look = self.offers.button()
        self._look.clicked.connect(self.show_offers)
        self._details = self.receipt.button()
        self._details.clicked.connect(self.show_receipt)
        self._known = self.rebuilt.closer()
        self._known.clicked.connect(self.put_rebuilt_away)
        self._read = self.receipt.closer()
        self._read.clicked.connect(self.put_receipt_away)
        context.actions.bind(self.locked.button(), "lock", show_key=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (
            self.stopped, self.trouble, self.journal, self.rebuilt, self.questions, self.unknown, self.differs,
            self.offers, self.receipt, self.locked,
        ):  # fmt: skip
            column.addWidget(strip)
        for signal in (
            context.questions_changed,
            context.recovery_changed,
            context.orders_changed,
            context.health_changed,
            context.language_changed,
            context.instruments_changed,
            context.lock_changed,
            context.trouble_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        desk = self._context.desk
        journal, questions, offers = desk.health().journal, desk.questions(), desk.offers()
        for strip in (self.stopped, self.unknown, self.differs):
            strip.refresh()
        trouble = self._context.trouble
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.text.setText(self._context.worded(trouble))
        self.journal.setVisible(journal is not None)
        if journal is not None:
            self.journal.text.setText(self._context.worded(journal))
        self._refresh_rebuilt()
        self.questions.setVisible(bool(questions))
        self.questions.text.setText(
            self.tr("Orders that may already be at the broker: {count}. Only you can tell: please decide.").format(
                count=len(questions)
            )
        )
        self._decide.setText(self.tr("Decide…"))
        self.offers.setVisible(bool(offers))
        self.offers.text.setText(
            self.tr("Orders that had not left when the desk last ended: {count}. Nothing was sent.").format(
                count=len(offers)
            )
        )
        self._look.setText(self.tr("Look…"))
        self._refresh_receipt()
        self.locked.setVisible(self._context.locked and desk.read_only is None)
        self.locked.text.setText(self.tr("Locked: nothing that trades can be pressed."))

    def _refresh_receipt(self) -> None:
        report = self._context.desk.recovery()
        self.receipt.setVisible(report.worth_showing and report.at != self._seen)
        for closer in (self._read, self._known):
            closer.setToolTip(self.tr("Put away"))
            closer.setAccessibleName(self.tr("Put away"))
        if self.receipt.isHidden():
            return
        if report.complete:
            head = self.tr("After the start, checked against the broker's list.")
        else:
            head = self.tr("After the start: some orders are still being checked.")
        self.receipt.text.setText(f"{head} {in_short(report)}")
        self._details.setText(self.tr("Details…"))

    def _refresh_rebuilt(self) -> None:
        rebuilt = self._context.desk.health().rebuilt
        self.rebuilt.setVisible(rebuilt is not None and rebuilt != self._rebuilt_seen)
        if rebuilt is not None:
            self.rebuilt.text.setText(self._context.worded(rebuilt))

    def put_rebuilt_away(self) -> None:
        self._rebuilt_seen = self._context.desk.health().rebuilt
        self.refresh()

    def put_receipt_away(self) -> None:
        self._seen = self._context.desk.recovery().at
        self.refresh()

    def show_question(self) -> QDialog | None:
        """Open the oldest question; the next one opens from the strip, which stays while there is one."""
        questions = self._context.desk.questions()
        return self._open(QuestionDialog(self._context, questions[0], self.window())) if questions else None

    def show_offers(self) -> QDialog | None:
        return self._open(OffersDialog(self._context, self.window())) if self._context.desk.offers() else None

    def show_receipt(self) -> QDialog:
        return self._open(ReceiptDialog(self._context, self.window()))

    @staticmethod
    def _open(dialog: QDialog) -> QDialog:
        dialog.open()
        return dialog
