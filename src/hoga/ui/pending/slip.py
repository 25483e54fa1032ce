"""The slip over a cancel of several orders: how many, how much, in one sentence; Enter or the button does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from hoga.base.message import Counted
from hoga.domain.tickets import OrderId
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.pending.rows import PendingRow
from hoga.ui.pending.words import cancel_sentence
from hoga.ui.tables.sure import SureButton


class CancelSlip(QFrame):
    """Holds the orders that the person is asked about; those that end meanwhile leave it, none is ever added.

    Signals:

    confirmed (tuple of OrderId): cancel these.
    closed: put away, confirmed or not.
    """

    confirmed = Signal(object)
    closed = Signal()

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        words: Callable[[Context, Sequence[PendingRow]], str] = cancel_sentence,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._words = words
        self._orders: tuple[OrderId, ...] = ()
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.back = QPushButton(self)
        self.back.clicked.connect(self.put_away)
        self.back.setAutoDefault(False)
        self.go = SureButton(self)
        self.go.clicked.connect(self._confirm)
        line = QHBoxLayout(self)
        line.setContentsMargins(grid(self, 3), grid(self), grid(self, 3), grid(self))
        line.addWidget(self.sentence, 1)
        line.addWidget(self.back)
        line.addWidget(self.go)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        context.look_changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def orders(self) -> tuple[OrderId, ...]:
        return self._orders

    def ask(self, rows: Sequence[PendingRow]) -> None:
        self._orders = tuple(row.order.id for row in rows)
        self.update_rows(rows)
        self.show()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def update_rows(self, rows: Sequence[PendingRow]) -> None:
        """The orders as they are now."""
        asked = set(self._orders)
        still = [row for row in rows if row.order.id in asked and not row.over]
        self._orders = tuple(row.order.id for row in still)
        if not still:
            self.put_away()
            return
        self.sentence.setText(self._words(self._context, still))
        self.go.setText(self.tr("Cancel {count} {count:order|orders}").format(count=Counted(len(still))))
        self.go.setToolTip(self.tr("Enter cancels exactly these orders. Nothing else is touched."))
        self.back.setText(self.tr("Back"))
        self.back.setToolTip(self.tr("Leave them as they are (Esc)"))

    def put_away(self) -> None:
        self._orders = ()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _confirm(self) -> None:
        orders = self._orders
        self.put_away()
        if orders:
            self.confirmed.emit(orders)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._context.tokens.warn_ground)
        self.setPalette(palette)
