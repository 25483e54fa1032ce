"""The receipt after a start: what was open before, what the broker has of it now, and what is proof of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId
from hoga.trading.views import CancelFilter, Denied, MustAsk, RecoveryItem, RecoveryKind, RecoveryReport
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line
from hoga.ui.plain_table import PlainTable
from hoga.ui.tables.words import state_word

translate = QCoreApplication.translate


def in_short(report: RecoveryReport) -> str:
    """How many of what: "no answer: 2 (1 found, 1 never arrived) · still working: 3"."""
    count = Counter(item.kind for item in report.items)
    parts = []
    for kinds, words in (
        ((RecoveryKind.ON_THE_WAY, RecoveryKind.ASKED), translate("Receipt", "not settled yet: {count}")),
        ((RecoveryKind.FOUND,), translate("Receipt", "had no answer, found at the broker: {count}")),
        ((RecoveryKind.ABSENT,), translate("Receipt", "had no answer, never arrived: {count}")),
        ((RecoveryKind.NEVER_SENT,), translate("Receipt", "had not left: {count}")),
        ((RecoveryKind.FILLED_MEANWHILE,), translate("Receipt", "filled meanwhile: {count}")),
        ((RecoveryKind.ENDED_MEANWHILE,), translate("Receipt", "ended meanwhile: {count}")),
        ((RecoveryKind.UNRECORDED,), translate("Receipt", "changed with nothing on record: {count}")),
        ((RecoveryKind.STILL_WORKING,), translate("Receipt", "still working: {count}")),
        ((RecoveryKind.FOREIGN,), translate("Receipt", "made elsewhere: {count}")),
        ((RecoveryKind.POSSIBLY_OURS,), translate("Receipt", "perhaps sent from here: {count}")),
    ):
        number = sum(count[kind] for kind in kinds)
        if number:
            parts.append(words.format(count=number))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


class ReceiptDialog(PlainDialog):
    """One row for each order; those that still work can be cancelled from here, the selected ones or all of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("After the start"))
        self._lead = self.say("")
        self._short = self.say("")
        self._rebuilt = self.say("")
        headings = (
            self.tr("Order"), self.tr("Before"), self.tr("Now"), self.tr("Filled"), self.tr("Number"),
            self.tr("What was found"),
        )  # fmt: skip
        self.rows = PlainTable(headings, self, letters=88, lines=12)
        self.rows.setAccessibleName(self.tr("Orders of before"))
        self.rows.itemSelectionChanged.connect(self._refresh_buttons)
        self.body.addWidget(self.rows, 1)
        self.cancel_chosen = self._button(lambda: self._cancel(self._chosen()))
        self.cancel_open = self._button(lambda: self._cancel(self._open()))
        close = self.button(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        for signal in (context.recovery_changed, context.orders_changed):
            signal.connect(self.refresh)
        self._shown: tuple[object, ...] = ()
        self.refresh()

    def _button(self, press: Callable[[], None]) -> QPushButton:
        made = self.button("")
        made.setAutoDefault(True)  # Enter presses what has the focus
        made.clicked.connect(lambda _checked=False: press())
        return made

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the report anew; what is selected stays selected while the rows are the same."""
        report = self.context.desk.recovery()
        state = self.tr("everything is settled") if report.complete else self.tr("some are still being settled")
        when = fmt.clock(report.at)
        self._lead.setText(
            self.tr("Compared with the broker's list since {time}: {state}.").format(time=when, state=state)
        )
        self._short.setText(in_short(report))
        self._rebuilt.setVisible(report.rebuilt is not None)
        if report.rebuilt is not None:
            self._rebuilt.setText(self.context.worded(report.rebuilt))
        lines = [self._line(item) for item in report.items]
        if (*lines,) != self._shown:
            self._shown = (*lines,)
            self.rows.show_lines(lines, right=frozenset({3, 4}))
        self._refresh_buttons()

    def _line(self, item: RecoveryItem) -> tuple[str, ...]:
        order = self.context.desk.order(item.order)
        if order is None:
            return str(item.order), fmt.DASH, fmt.DASH, self._filled(item), fmt.DASH, self._found(item.kind)
        before = state_word(item.before) if item.before is not None else fmt.DASH
        carrying = [life.number.number for life in order.numbers if life.carries]
        number = f"{carrying[-1]:010d}" if carrying else fmt.DASH
        found = self._found(item.kind)
        if order.foreign and order.channel:
            found = f"{found} ({order.channel})"
        return in_a_line(self.context, order), before, state_word(order.state), self._filled(item), number, found

    def _filled(self, item: RecoveryItem) -> str:
        if item.filled_now == item.filled_before:
            return f"{item.filled_now.count:,}"
        return f"{item.filled_before.count:,} → {item.filled_now.count:,}"

    def _found(self, kind: RecoveryKind) -> str:
        return {
            RecoveryKind.ON_THE_WAY: self.tr("Was being sent: the broker is being asked"),
            RecoveryKind.FOUND: self.tr("Had no answer: found at the broker"),
            RecoveryKind.ABSENT: self.tr("Had no answer: never reached the broker"),
            RecoveryKind.ASKED: self.tr("Waits for your decision"),
            RecoveryKind.NEVER_SENT: self.tr("Had not left: send or discard it"),
            RecoveryKind.FILLED_MEANWHILE: self.tr("Was filled meanwhile"),
            RecoveryKind.ENDED_MEANWHILE: self.tr("Ended meanwhile"),
            RecoveryKind.UNRECORDED: self.tr(
                "Changed through this API key, not on record: sent while the disk was full?"
            ),
            RecoveryKind.STILL_WORKING: self.tr("Still working, as before"),
            RecoveryKind.FOREIGN: self.tr("Made elsewhere"),
            RecoveryKind.POSSIBLY_OURS: self.tr("Not in the journal that was made anew: may have been sent from here"),
        }[kind]

    # --- cancelling -------------------------------------------------------------------------------------------------

    def _orders(self) -> list[Order | None]:
        """The order of each row."""
        return [self.context.desk.order(item.order) for item in self.context.desk.recovery().items]

    def _open(self) -> list[OrderId]:
        return list(dict.fromkeys(o.id for o in self._orders() if o is not None and not o.state.over))

    def _chosen(self) -> list[OrderId]:
        orders, still = self._orders(), set(self._open())
        places = sorted({index.row() for index in self.rows.selectedIndexes()})
        chosen = (orders[place] for place in places if place < len(orders))
        return list(dict.fromkeys(order.id for order in chosen if order is not None and order.id in still))

    def _refresh_buttons(self) -> None:
        chosen, still = self._chosen(), self._open()
        self.cancel_chosen.setText(self.tr("Cancel selected"))
        self.cancel_chosen.setEnabled(bool(chosen))
        self.cancel_chosen.setToolTip("" if chosen else self.tr("Select orders that still work first."))
        self.cancel_open.setText(self.tr("Cancel all that still work: {count}").format(count=len(still)))
        self.cancel_open.setEnabled(bool(still))
        self.cancel_open.setToolTip("" if still else self.tr("None of them works any more."))

    def _cancel(self, orders: list[OrderId]) -> None:
        if orders:
            self.context.do(f"cancel {' '.join(orders)}", self._cancelling(frozenset(orders)))

    async def _cancelling(self, orders: frozenset[OrderId]) -> None:
        answers = await self.context.desk.cancel_all(CancelFilter(orders=orders))
        denied = {
            self.context.worded(reason)
            for answer in answers
            if isinstance(answer, Denied | MustAsk)
            for reason in (answer.reasons if isinstance(answer, Denied) else answer.questions)
        }
        sent = sum(not isinstance(answer, Denied | MustAsk) for answer in answers)
        text = translate("Receipt", "Cancels on their way: {count}").format(count=sent)
        self.context.say(Event.REFUSED if denied else Event.NOTE, " ".join((text, *sorted(denied))), merge="cancel.all")
