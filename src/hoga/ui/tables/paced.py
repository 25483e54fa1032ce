"""Work that many signals ask for: done at once, then at most once a frame, and not at all while nobody sees it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from hoga.ui.context import FRAME_MS


class Paced(QObject):
    """``ask`` runs ``work`` for ``widget``; while the widget is hidden the wish is kept until it is shown."""

    def __init__(self, widget: QWidget, work: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._work = work
        self._wanted = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        # Less than a frame: what one beat tells after the other is done with that beat.
        self._rest.setInterval(FRAME_MS // 2)
        self._rest.setTimerType(Qt.TimerType.PreciseTimer)
        self._rest.timeout.connect(self._rested)
        widget.installEventFilter(self)

    def ask(self, *_whatever: object) -> None:
        self._wanted = True
        self._go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._widget and self._wanted:
            self._run()
        return False

    def _rested(self) -> None:
        self._go()

    def _go(self) -> None:
        if self._wanted and self._widget.isVisible() and not self._rest.isActive():
            self._run()

    def _run(self) -> None:
        self._wanted = False
        self._rest.start()
        self._work()
