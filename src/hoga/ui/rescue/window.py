"""The rescue window: works while every stream is dead, the journal cannot be written and the desk's window is busy.

It reads orders and balance by REST, by itself, every few seconds, and offers what a hand needs in a panic: one order,
all orders, the stop, the telephone. It names instruments by their code where the master was not read, and needs no
chart, no live price and no painting of its own.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hoga.base.tasks import Busy
from hoga.trading.facade import Desk
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.icon import icon
from hoga.ui.painting import bold, grid
from hoga.ui.rescue.account import AccountPart
from hoga.ui.rescue.closing import CloseAll
from hoga.ui.rescue.parts import BigButton, TwiceButton
from hoga.ui.rescue.summary import open_orders, summary
from hoga.ui.stopping import STOP_KEY, all_stopped, stopped_since
from hoga.ui.tables.paced import Paced
from hoga.ui.theme.tokens import STAKES

READ_EVERY_MS = 5_000


class RescueWindow(QWidget):
    """A window of its own. Signals:

    closed: put away; it is freed then.
    """

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(icon(STAKES[context.desk.account.stakes]))
        self._context = context
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.1)
        self.setFont(font)
        self.lead, self.told = QLabel(self), QLabel(self)
        self.stop = BigButton(self)
        self.cancel_all = TwiceButton(self._cancel_all, self)
        self.closing = CloseAll(context, self)
        self.close_all = BigButton(self)
        self.read_now = BigButton(self)
        self.copy = BigButton(self)
        self.close_button = BigButton(self)
        self.accounts: list[AccountPart] = []
        self._column = QVBoxLayout()
        self._refresh = Paced(self, self.refresh)
        self._reads = QTimer(self)
        self._reads.timeout.connect(self.read)
        self._lay_out()
        self.stop.clicked.connect(self._stop)
        self.close_all.clicked.connect(self.closing.ask)
        self.closing.told.connect(self._tell)
        self.read_now.clicked.connect(self.read)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.close)
        for signal in (
            context.orders_changed, context.portfolio_changed, context.health_changed, context.second,
            context.look_changed, context.language_changed, context.amounts_hidden,
        ):  # fmt: skip
            signal.connect(self._refresh.ask)
        self.refresh()

    def _lay_out(self) -> None:
        for label in (self.lead, self.told):
            label.setWordWrap(True)
        self.told.setFont(bold(self.font()))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.stop, self.cancel_all, self.close_all):
            first.addWidget(button, 1)
        for button in (self.read_now, self.copy, self.close_button):
            second.addWidget(button, 1)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, grid(self), 0)
        self._column.setSpacing(grid(self, 4))
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(grid(self, 4), grid(self, 3), grid(self, 4), grid(self, 3))
        whole.setSpacing(grid(self, 2))
        whole.addWidget(self.lead)
        whole.addLayout(first)
        whole.addWidget(self.told)
        whole.addWidget(scroll, 1)
        whole.addLayout(second)
        self.resize(self.fontMetrics().averageCharWidth() * 62, self.fontMetrics().height() * 42)

    # --- life -------------------------------------------------------------------------------------------------------

    def come(self) -> None:
        """Show it in front of everything, and begin to read."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.read_now.setFocus()
        self.read()
        self._reads.start(READ_EVERY_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._reads.stop()
        self.closed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Shift+X here is this window's own button, with its own second press."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_X and event.modifiers() == both and not event.isAutoRepeat():
            self.cancel_all.click()
        else:
            super().keyPressEvent(event)

    # --- showing ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Every account, by REST."""
        for part in self.accounts:
            part.read()
        self.refresh()

    def refresh(self) -> None:
        desks = self._context.desks()
        if [part.desk for part in self.accounts] != list(desks):
            self._rebuild(desks)
        self._retranslate(sum(len(open_orders(desk)) for desk in desks))
        for part in self.accounts:
            part.refresh()

    def _rebuild(self, desks: tuple[Desk, ...]) -> None:
        for gone in self.accounts:
            self._column.removeWidget(gone)
            gone.deleteLater()
        self.accounts = [AccountPart(self._context, desk, self) for desk in desks]
        for place, part in enumerate(self.accounts):
            part.told.connect(self._tell)
            self._column.insertWidget(place, part)

    def _retranslate(self, count: int) -> None:
        self.setWindowTitle(self.tr("RESCUE · hoga"))
        self.lead.setText(
            self.tr("Read directly from the broker every few seconds. Live prices, charts and the disk are not needed.")
        )
        since = stopped_since(self._context)
        if since is not None and all_stopped(self._context):
            stop = self.tr("■ STOPPED since {time}").format(time=fmt.clock(since))
        else:
            stop = self.tr("■ 1  Stop all  {key}").format(key=STOP_KEY)
        self.stop.setText(stop)
        self.stop.setToolTip(
            self.tr("Automatic orders stay here; what waits is taken back. Released in the desk's window.")
        )
        self.cancel_all.show_words(
            self.tr("✕ 2  Cancel all ({count})  Ctrl+Shift+X").format(count=count),
            self.tr("✕ Press once more: cancel {count}").format(count=count),
        )
        self.cancel_all.setEnabled(bool(count))
        self.cancel_all.setToolTip("" if count else self.tr("No order is open."))
        why_not = self.closing.why_not()
        self.close_all.setText(self.tr("▼ 3  Sell every position …"))
        self.close_all.setEnabled(not why_not)
        self.close_all.setToolTip(
            why_not or self.tr("Stops, cancels everything, then sells every position at the market. Asks first.")
        )
        self.read_now.setText(self.tr("Read now"))
        self.copy.setText(self.tr("Copy a summary"))
        self.copy.setToolTip(self.tr("Orders with their numbers, positions and the telephone, to read out or to send."))
        self.close_button.setText(self.tr("Close (Esc)"))

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    # --- doing ------------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        for desk in self._context.desks():
            self._context.do(f"stop {desk.account.connection}", self._stopping(desk), Busy.DROP, hurry=True)

    async def _stopping(self, desk: Desk) -> None:
        report = await desk.stop()
        if not shiboken6.isValid(self):
            return
        self._tell(
            self.tr("Stopped. Taken back before they left: {withdrawn}. Still open: {open}.").format(
                withdrawn=len(report.withdrawn), open=report.open_orders
            )
        )
        self.refresh()

    def _cancel_all(self) -> None:
        for part in self.accounts:
            part.cancel_all()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(summary(self._context, self._context.desks()))
        self._tell(self.tr("Copied."))
