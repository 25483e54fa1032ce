"""The receipt after a start: what was intended before, what the broker has of it, what was done about it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.trading.views import RecoveryItem, RecoveryKind
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line
from hoga.ui.plain_table import PlainTable


class ReceiptDialog(PlainDialog):
    """One row for each order of before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("After the start"))
        self._lead = self.say("")
        headings = (self.tr("Order"), self.tr("What was found"), self.tr("Filled"))
        self.rows = PlainTable(headings, self, letters=72, lines=12)
        self.body.addWidget(self.rows, 1)
        close = self.button(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        context.recovery_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        report = self.context.desk.recovery()
        state = self.tr("everything is settled") if report.complete else self.tr("some are still being settled")
        when = fmt.clock(report.at)
        self._lead.setText(
            self.tr("Compared with the broker's list at {time}: {state}.").format(time=when, state=state)
        )
        lines = [(self._order(item), self._found(item.kind), self._filled(item)) for item in report.items]
        self.rows.show_lines(lines, right=frozenset({2}))

    def _order(self, item: RecoveryItem) -> str:
        order = self.context.desk.order(item.order)
        return in_a_line(self.context, order) if order is not None else str(item.order)

    def _filled(self, item: RecoveryItem) -> str:
        if item.filled_now == item.filled_before:
            return f"{item.filled_now.count:,}"
        return f"{item.filled_before.count:,} → {item.filled_now.count:,}"

    def _found(self, kind: RecoveryKind) -> str:
        return {
            RecoveryKind.ON_THE_WAY: self.tr("Was being sent: the broker is being asked"),
            RecoveryKind.FOUND: self.tr("Found at the broker"),
            RecoveryKind.ABSENT: self.tr("Never reached the broker"),
            RecoveryKind.ASKED: self.tr("Waits for your decision"),
            RecoveryKind.NEVER_SENT: self.tr("Had not left: send or discard it"),
            RecoveryKind.FILLED_MEANWHILE: self.tr("Was filled meanwhile"),
            RecoveryKind.ENDED_MEANWHILE: self.tr("Ended meanwhile"),
            RecoveryKind.STILL_WORKING: self.tr("Still working"),
            RecoveryKind.FOREIGN: self.tr("Made elsewhere"),
        }[kind]
