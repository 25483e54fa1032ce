"""What needs a person's word or eye, as strips: questions, orders that had not left, the receipt after a start, the
journal. Each opens its details; none of them can be overlooked and none blocks the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hoga.ui.banner.offers import OffersDialog
from hoga.ui.banner.questions import QuestionDialog
from hoga.ui.banner.receipt import ReceiptDialog
from hoga.ui.banner.strip import Strip, Weight
from hoga.ui.context import Context


class Attention(QWidget):
    """All strips, the gravest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen: datetime | None = None
        """Of which receipt the person said that it was read."""
        self.trouble = Strip(context, Weight.DANGER, self)
        self.journal = Strip(context, Weight.DANGER, self)
        self.questions = Strip(context, Weight.DANGER, self)
        self.offers = Strip(context, Weight.WARNING, self)
        self.receipt = Strip(context, Weight.NOTE, self)
        self.locked = Strip(context, Weight.NOTE, self)
        self._decide = self.questions.button()
        self._decide.clicked.connect(self.show_question)
        self._look = self.offers.button()
        self._look.clicked.connect(self.show_offers)
        self._details = self.receipt.button()
        self._details.clicked.connect(self.show_receipt)
        self._read = self.receipt.closer()
        self._read.clicked.connect(self.put_receipt_away)
        context.actions.bind(self.locked.button(), "lock", show_key=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (self.trouble, self.journal, self.questions, self.offers, self.receipt, self.locked):
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
        trouble = self._context.trouble
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.text.setText(self._context.worded(trouble))
        self.journal.setVisible(journal is not None)
        if journal is not None:
            self.journal.text.setText(self._context.worded(journal))
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
        self.locked.setVisible(self._context.locked)
        self.locked.text.setText(self.tr("Locked: nothing that trades can be pressed."))

    def _refresh_receipt(self) -> None:
        report = self._context.desk.recovery()
        self.receipt.setVisible(report.worth_showing and report.at != self._seen)
        if report.complete:
            text = self.tr("After the start: orders of before, checked against the broker's list: {count}.")
        else:
            text = self.tr("After the start: orders of before: {count}. Some are still being checked.")
        self.receipt.text.setText(text.format(count=len(report.items)))
        self._details.setText(self.tr("Details…"))
        self._read.setToolTip(self.tr("Put away"))
        self._read.setAccessibleName(self.tr("Put away"))

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
