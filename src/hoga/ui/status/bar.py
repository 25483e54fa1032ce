"""The row of parts at the bottom: read once a second and whenever the desk says that something changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hoga.broker.port import BrokerError, Stream
from hoga.trading.connections import Key
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid
from hoga.ui.status.part import StatusPart
from hoga.ui.status.readings import Readings
from hoga.ui.stopping import stopped_since
from hoga.ui.tone import Tone


class StatusRow(QWidget):
    """Stop, lock, streams, rate budget, orders that wait and that are on their way, session, clock."""

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
        self.queue = StatusPart(context, read.queue, self, press=lambda: context.actions.trigger("queue"))
        self.source = StatusPart(context, read.source, self, press=self.choose_source)
        self.menu: QMenu | None = None
        self.recording = StatusPart(context, read.recording, self)
        self.recording.act = (lambda: self.tr("Stop recording"), lambda: context.actions.trigger("record"))
        self.stopped = StatusPart(context, read.stopped, self)
        self.session = StatusPart(context, read.session, self)
        self.clock = StatusPart(context, read.clock, self)
        self.parts = (
            self.stopped, self.lock, *self.streams.values(), self.source, self.budget, self.queue, self.flight,
            self.recording, self.session, self.clock,
        )  # fmt: skip
        self.stopped.act = (lambda: self.tr("Release…"), lambda: context.actions.trigger("release"))
        self.flight.act = (lambda: self.tr("Read the broker's list now"), self._reconcile)
        self.lock.act = (self._lock_words, lambda: context.set_locked(not context.locked))
        row = QHBoxLayout(self)
        row.setContentsMargins(grid(self), 0, grid(self), 0)
        row.setSpacing(0)
        for part in self.parts:
            if part is self.session:
                row.addStretch(1)
            row.addWidget(part)
        context.second.connect(self._settle)
        for signal in (context.health_changed, context.second, context.orders_changed, context.lock_changed):
            signal.connect(self.refresh)
        if context.accounts is not None:
            context.accounts.changed.connect(self.refresh)
        context.language_changed.connect(self.remeasure)
        context.look_changed.connect(self.remeasure)
        self.refresh()

    def refresh(self) -> None:
        for part in self.parts:
            part.refresh()
        self.stopped.setVisible(stopped_since(self._context) is not None)
        self.source.setVisible(self._context.several)
        recorder = self._context.desk.market_recorder
        self.recording.setVisible(recorder is not None and recorder.state.on)
        self._fit()

    def _settle(self) -> None:
        for part in self.parts:
            part.settle()

    def remeasure(self) -> None:
        self.refresh()
        for part in self.parts:
            part.remeasure()
            part.update()
        self._fit()

    def _giving_way(self) -> list[StatusPart]:
        """What hides on a narrow window, so that it does not hold it open; the last one first."""
        nothing_waits = not self._context.desk.waiting()
        usual = self._context.several and self.source.shown.tone in (Tone.PLAIN, Tone.GOOD)
        source = [self.source] if usual else []
        return [self.session, *source, self.budget, *([self.queue] if nothing_waits else [])]

    def minimumSizeHint(self) -> QSize:
        hidden = [*self._giving_way(), *(part for part in (self.stopped, self.source) if part.isHidden())]
        width = sum(part.sizeHint().width() for part in self.parts if part not in hidden) + grid(self, 4)
        return QSize(width, super().minimumSizeHint().height())

    def _fit(self) -> None:
        self.queue.show()
        spare = self.width() - self.minimumSizeHint().width()
        for part in self._giving_way():
            need = part.sizeHint().width()
            part.setVisible(spare >= need)
            spare -= need
        if (row := self.layout()) is not None:
            row.activate()  # what came has its place before anything is painted

    def _lock_words(self) -> str:
        return self.tr("Unlock") if self._context.locked else self.tr("Lock")

    def choose_source(self) -> None:
        """A menu of whose quotes to show."""
        accounts = self._context.accounts
        if accounts is None:
            return
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self)
        chosen = accounts.source().chosen
        choices: list[tuple[Key | None, str]] = [(None, self.tr("Each account its own quotes"))]
        for row in accounts.rows():
            choices.append((row.details.key, self.tr("Quotes of {name} for all").format(name=accounts.line(row))))
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _checked=False, key=key: accounts.choose_source(key))
        menu.popup(self.source.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

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
