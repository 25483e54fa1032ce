"""What waits to leave: its place, why it waits and since when. Each can be taken back before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from hoga.base.tasks import Busy
from hoga.domain.tickets import RequestId
from hoga.trading.views import Waiting
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line
from hoga.ui.plain_table import PlainTable
from hoga.ui.tables.words import maker_word, request_word


class QueueWindow(PlainDialog):
    """Stays beside the desk and follows the outbox; nothing has to be decided here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setModal(False)
        self.setWindowTitle(self.tr("Waiting to leave"))
        self._lead: QLabel = self.say("")
        headings = (
            self.tr("Place"), self.tr("What"), self.tr("Order"), self.tr("From"), self.tr("Since"), self.tr("For"),
            self.tr("Waits for"),
        )  # fmt: skip
        self.rows = PlainTable(headings, self, letters=96, lines=12)
        self.rows.setAccessibleName(self.tr("Requests that wait"))
        self.rows.itemSelectionChanged.connect(self._refresh_buttons)
        self.body.addWidget(self.rows, 1)
        self.take_chosen = self._button(lambda: self._take_back(self._chosen()))
        self.take_all = self._button(lambda: self._take_back(self.waiting))
        close = self.button(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        self.waiting: tuple[Waiting, ...] = ()
        for signal in (context.orders_changed, context.health_changed, context.second, context.instruments_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _button(self, press: Callable[[], None]) -> QPushButton:
        made = self.button("")
        made.setAutoDefault(True)  # Enter presses what has the focus
        made.clicked.connect(lambda _checked=False: press())
        return made

    def refresh(self) -> None:
        """Read the queue anew. What is selected stays selected while it waits."""
        kept = {one.request.id for one in self._chosen()}
        self.waiting = self.context.desk.waiting()
        if self.waiting:
            text = self.tr("In this order they leave, cancels before all others. None of them is at the broker yet.")
        else:
            text = self.tr("Nothing waits. What has left is under Pending (Ctrl+3).")
        self._lead.setText(text)
        self.rows.blockSignals(True)
        self.rows.show_lines([self._line(one) for one in self.waiting], right=frozenset({0, 5}))
        self._select(kept)
        self.rows.blockSignals(False)
        self._refresh_buttons()

    def _line(self, one: Waiting) -> tuple[str, ...]:
        waited = (self.context.desk.clock.now() - one.request.made_at).total_seconds()
        return (
            str(one.place), request_word(one.request.kind), in_a_line(self.context, one.order),
            maker_word(one.request.origin), fmt.clock(one.request.made_at),
            fmt.age(max(waited, 1), self.context.language), self.context.worded(one.why),
        )  # fmt: skip

    # --- which ------------------------------------------------------------------------------------------------------

    def _select(self, requests: set[RequestId]) -> None:
        self.rows.clearSelection()
        self.rows.setSelectionMode(PlainTable.SelectionMode.MultiSelection)
        for place, one in enumerate(self.waiting):
            if one.request.id in requests:
                self.rows.selectRow(place)
        self.rows.setSelectionMode(PlainTable.SelectionMode.ExtendedSelection)

    def _chosen(self) -> tuple[Waiting, ...]:
        places = sorted({index.row() for index in self.rows.selectedIndexes()})
        return tuple(self.waiting[place] for place in places if place < len(self.waiting))

    def _refresh_buttons(self) -> None:
        chosen = self._chosen()
        self.take_chosen.setText(self.tr("Take back selected"))
        self.take_chosen.setEnabled(bool(chosen))
        self.take_chosen.setToolTip("" if chosen else self.tr("Select what to take back first."))
        self.take_all.setText(self.tr("Take back all: {count}").format(count=len(self.waiting)))
        self.take_all.setEnabled(bool(self.waiting))
        self.take_all.setToolTip("" if self.waiting else self.tr("Nothing waits."))

    # --- doing ------------------------------------------------------------------------------------------------------

    def _take_back(self, waiting: Sequence[Waiting]) -> None:
        for one in waiting:
            self.context.do(f"withdraw {one.request.id}", self._withdraw(one), Busy.DROP)

    async def _withdraw(self, one: Waiting) -> None:
        why = await self.context.desk.withdraw(one.request.id)
        if why is not None:
            self.context.say(Event.NOTE, self.context.worded(why), merge=f"withdraw:{one.request.id}")


def show_queue(context: Context, window: QWidget) -> QDialog:
    """Open it, or bring the one that is open to the front."""
    for dialog in window.findChildren(QueueWindow, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if dialog.isVisible():
            dialog.raise_()
            dialog.activateWindow()
            return dialog
    made = QueueWindow(context, window)
    made.show()
    made.rows.setFocus()
    return made
