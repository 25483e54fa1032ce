"""The biography of one order: its steps with the time each took, the broker's raw replies, its numbers to read out."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId
from hoga.trading.views import Biography
from hoga.ui import format as fmt
from hoga.ui.biography.timeline import Step, timeline
from hoga.ui.context import Context
from hoga.ui.order.text import side_word
from hoga.ui.painting import bold, grid
from hoga.ui.tables.column import Cell, Column
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import code_name, origin_word, state_word, time_cell, translate


class BiographyPane(QWidget):
    """``show_order`` reads it and keeps it current while it is open. Signals:

    closed: put away.
    """

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order: OrderId | None = None
        self._biography: Biography | None = None
        self._why_none = ""
        self.head = QLabel(self)
        self.numbers = QLabel(self)
        self.numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_number = QPushButton(self)
        self.close_button = QPushButton(self)
        self.rows: RowModel[Step] = RowModel(_columns(context), lambda step: step.seq, self)
        self.table: TablePane[Step] = TablePane(context, "biography", self.rows, self)
        self.raw = QPlainTextEdit(self)
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self._read = Paced(self, self._start_reading)
        self._lay_out()
        self.table.view.empty = self._empty
        self.table.view.chosen.connect(self._show_raw)
        self.copy_number.clicked.connect(self._copy_numbers)
        self.close_button.clicked.connect(self.put_away)
        context.orders_changed.connect(self._changed)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def _lay_out(self) -> None:
        unit = grid(self)
        top = QHBoxLayout()
        top.setContentsMargins(unit * 2, unit, unit * 2, unit)
        top.setSpacing(unit * 2)
        top.addWidget(self.head, 1)
        for part in (self.numbers, self.copy_number, self.close_button):
            top.addWidget(part)
        for button in (self.copy_number, self.close_button):
            button.setAutoDefault(False)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.raw)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(split, 1)
        self.setFocusProxy(self.table)

    # --- which order ------------------------------------------------------------------------------------------------

    @property
    def order(self) -> OrderId | None:
        return self._order

    def show_order(self, order: OrderId) -> None:
        if order != self._order:
            self._biography, self._why_none = None, self.tr("Reading the journal …")
            self.rows.set_rows(())
        self._order = order
        self._start_reading()

    def put_away(self) -> None:
        self._order = None
        self.closed.emit()

    def retranslate(self) -> None:
        self.table.view.setAccessibleName(self.tr("Steps of the order"))
        self.copy_number.setText(self.tr("Copy number"))
        self.copy_number.setToolTip(self.tr("The broker's order number, to read out on the telephone"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Put the biography away (Esc)"))
        self.raw.setAccessibleName(self.tr("The broker's reply"))
        self.raw.setPlaceholderText(self.tr("Select a step to see the broker's reply as it was stored, masked."))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    # --- reading and showing ----------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self._order is not None:
            self._read.ask()

    def _start_reading(self) -> None:
        if self._order is not None:
            self._context.do(f"biography {self._order}", self._reading(self._order))

    async def _reading(self, order: OrderId) -> None:
        try:
            biography = await self._context.desk.biography(order)
        except LookupError:
            self._take(order, None, self.tr("The journal knows no such order."))
        else:
            self._take(order, biography, "")

    def _take(self, order: OrderId, biography: Biography | None, why: str) -> None:
        if order == self._order:
            self._biography, self._why_none = biography, why
            self._show()

    def _show(self) -> None:
        known = self._biography
        head = order_head(self._context, known.order) if known is not None else self._why_none
        self.head.setText(" · ".join(filter(None, (self._context.whose, head))))
        self.numbers.setText(
            self.tr("Number {number}").format(number=_numbers(known)) if known is not None and known.numbers else ""
        )
        self.copy_number.setVisible(known is not None and bool(known.numbers))
        self.rows.set_rows(timeline(self._context, known) if known is not None else ())
        self._show_raw()

    def _show_raw(self) -> None:
        chosen = self.table.view.selected_rows()
        raw = chosen[0].raw if len(chosen) == 1 else {}
        detail = chosen[0].detail if len(chosen) == 1 else ""
        text = "\n".join([*([detail, ""] if detail else []), *(f"{name}: {value}" for name, value in raw.items())])
        if chosen and not raw:
            text = "\n".join(filter(None, (detail, "", self.tr("No reply of the broker belongs to this step."))))
        if text != self.raw.toPlainText():
            self.raw.setPlainText(text)

    def _copy_numbers(self) -> None:
        if self._biography is not None:
            QGuiApplication.clipboard().setText(_numbers(self._biography))

    def _empty(self) -> Empty:
        return Empty(self._why_none)

    def _dress(self) -> None:
        self.head.setFont(bold(self.font()))


def order_head(context: Context, order: Order) -> str:
    """Buy 10 Samsung Electronics (005930) · Partly filled 3 / 10 · from here."""
    ordered = fmt.shares(order.quantity, context.language)
    parts = (
        f"{side_word(order.side)} {ordered} {code_name(context, order.instrument)}",
        f"{state_word(order.state)} {fmt.shares(order.filled)} / {fmt.shares(order.quantity)}",
        origin_word(order),
    )
    return " · ".join(parts)


def _numbers(biography: Biography) -> str:
    return " → ".join(f"{number.number:010d}" for number in biography.numbers)


def _columns(context: Context) -> tuple[Column[Step], ...]:
    return (
        Column(
            "time", lambda: translate("Biography", "Time"), lambda step: time_cell(step.at, milliseconds=True),
            lambda step: (step.at, step.seq), sample="00:00:00.000",
        ),
        Column(
            "gap", lambda: translate("Biography", "After"), lambda step: _span(context, step.gap),
            lambda step: step.gap, right=True, sample="00시간 00분",
            about=lambda: translate("Biography", "Time since the step before."),
        ),
        Column(
            "took", lambda: translate("Biography", "Took"), lambda step: _span(context, step.took),
            lambda step: step.took, right=True, sample="10,000 ms",
            about=lambda: translate("Biography", "From sending to this answer."),
        ),
        Column(
            "step", lambda: translate("Biography", "Step"), lambda step: Cell(step.title, tone=step.tone, strong=True),
            lambda step: step.title, sample="Received by the broker: Reprice order",
        ),
        Column(
            "detail", lambda: translate("Biography", "Details"), lambda step: Cell(step.detail, tip=step.detail),
            lambda step: step.detail, flex=True, sample="number 10001, broker's time 00:00:00.000",
        ),
        Column(
            "raw", lambda: translate("Biography", "Reply"),
            lambda step: Cell("◧" if step.raw else "", "; ".join(f"{k}={v}" for k, v in step.raw.items())),
            lambda step: bool(step.raw), sample="◧◧",
            about=lambda: translate("Biography", "The broker's reply is on record."),
        ),
    )  # fmt: skip


def _span(context: Context, span: timedelta | None) -> Cell:
    if span is None:
        return Cell("")
    seconds = max(span.total_seconds(), 0)
    plain = f"{seconds:.3f}"
    text = f"{seconds * 1000:,.0f} ms" if seconds < 10 else fmt.age(seconds, context.language)
    return Cell(text, plain)
