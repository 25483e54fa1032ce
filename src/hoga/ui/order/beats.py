"""Calls a slot again while a widget is visible: at most a few times a second, when the market or the account moved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context

EVERY_MS = 150


class Beats(QObject):
    """Owned by ``widget`` and silent while it is hidden."""

    def __init__(self, context: Context, widget: QWidget, slot: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._slot = widget, slot
        self._context = context
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._beat)
        context.frame.connect(self._on_frame)
        context.second.connect(self._soon)
        context.orders_changed.connect(self._soon)
        context.portfolio_changed.connect(self._soon)
        context.health_changed.connect(self._soon)

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self._context.instrument in dirty:
            self._soon()

    def _soon(self) -> None:
        if not self._widget.isVisible() or self._later.isActive():
            return
        gone = self._since.elapsed() if self._since.isValid() else EVERY_MS
        if gone >= EVERY_MS:
            self._beat()
        else:
            self._later.start(EVERY_MS - gone)

    def _beat(self) -> None:
        self._since.start()
        if self._widget.isVisible():
            self._slot()
