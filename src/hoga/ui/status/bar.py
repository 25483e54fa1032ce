"""The row of parts at the bottom: read once a second and whenever the desk says that something changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hoga.broker.port import BrokerError, Stream
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.status.part import StatusPart
from hoga.ui.status.readings import Readings


class StatusRow(QWidget):
    """Lock, streams, rate budget, orders on their way, session, clock."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._context = context
        read = Readings(context, now, self)
        self.lock = StatusPart(context, read.lock, self)
        self.streams = {
            Stream.QUOTES: StatusPart(context, lambda: read.stream(Stream.QUOTES), self),
            Stream.FILLS: StatusPart(context, lambda: read.stream(Stream.FILLS), self),
            Stream.REST: StatusPart(context, lambda: read.stream(Stream.REST), self),
        }
        self.budget = StatusPart(context, read.budget, self)
        self.flight = StatusPart(context, read.flight, self)
        self.session = StatusPart(context, read.session, self)
        self.clock = StatusPart(context, read.clock, self)
        self.parts = (self.lock, *self.streams.values(), self.budget, self.flight, self.session, self.clock)
        self.flight.act = (lambda: self.tr("Read the broker's list now"), self._reconcile)
        self.lock.act = (self._lock_words, lambda: context.set_locked(not context.locked))
        row = QHBoxLayout(self)
        row.setContentsMargins(grid(self), 0, grid(self), 0)
        row.setSpacing(0)
        for part in self.parts[:6]:
            row.addWidget(part)
        row.addStretch(1)
        for part in self.parts[6:]:
            row.addWidget(part)
        for signal in (context.health_changed, context.second, context.orders_changed, context.lock_changed):
            signal.connect(self.refresh)
        context.language_changed.connect(self.remeasure)
        context.look_changed.connect(self.remeasure)
        self.refresh()

    def refresh(self) -> None:
        for part in self.parts:
            part.refresh()
        self._fit()

    def remeasure(self) -> None:
        self.refresh()
        for part in self.parts:
            part.remeasure()
            part.update()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The session and the budget give way on a narrow window, so they do not hold it open.
        always = [part for part in self.parts if part not in (self.session, self.budget)]
        width = sum(part.sizeHint().width() for part in always) + grid(self, 4)
        return QSize(width, super().minimumSizeHint().height())

    def _fit(self) -> None:
        spare = self.width() - self.minimumSizeHint().width()
        for part in (self.session, self.budget):
            need = part.sizeHint().width()
            part.setVisible(spare >= need)
            spare -= need

    def _lock_words(self) -> str:
        return self.tr("Unlock") if self._context.locked else self.tr("Lock")

    def _reconcile(self) -> None:
        async def read() -> None:
            try:
                await self._context.desk.reconcile()
            except BrokerError as error:
                self._context.say(Event.NOTE, self._context.worded(error.message), merge="reconcile")

        self._context.do("reconcile", read())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.remeasure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.fillRect(event.rect(), QColor(tokens.raised))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.line))
