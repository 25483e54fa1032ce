"""The one window on the screen while there are several accounts: it shows the window of one of them at a time.

Each account's window is made once and keeps its tickets, tables and scroll places; showing another one moves nothing.
Without an account to show it says why, and what can be done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hoga.ui.outline import keep_outline
from hoga.ui.place import SMALLEST, Placed
from hoga.ui.state import StateStore

if TYPE_CHECKING:  # this window stands before all that is shown in it is loaded
    from hoga.ui.threshold import Threshold
    from hoga.ui.vacant import Vacant
    from hoga.ui.window import DeskWindow


class Shell(QWidget):
    """``threshold`` is seen until there is an account to show. Signals: closing, when the person wants it gone (it is
    hidden by then)."""

    closing = Signal()

    def __init__(self, state: StateStore, threshold: Threshold | None = None) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.state = state
        self.threshold = threshold
        self._faces: list[DeskWindow] = []
        self._for_good = False
        self.asks_first: Callable[[], bool] = lambda: False
        """Asks before it closes, where there is something to ask, and calls ``leave`` then; False: nothing is."""
        self._place = Placed(self, state, SMALLEST)
        self.stack = QStackedWidget(self)
        if threshold is not None:
            self.stack.addWidget(threshold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._place.restore()

    def furnish(self, vacant: Vacant) -> None:
        """``vacant`` is seen while there is no account to show. Call once, before the first one is added."""
        self.vacant = vacant
        self.stack.addWidget(vacant)
        vacant.windowTitleChanged.connect(self._titled)

    @property
    def face(self) -> DeskWindow | None:
        """The account's window that is shown."""
        shown = self.stack.currentWidget()
        return next((face for face in self._faces if face is shown), None)

    # --- which is shown ---------------------------------------------------------------------------------------------

    def add(self, window: DeskWindow) -> None:
        self._faces.append(window)
        self.stack.addWidget(window)
        window.windowTitleChanged.connect(self._titled)

    def show_face(self, window: DeskWindow) -> None:
        """Show this account's window in the place of the other's, at the same instrument and tab."""
        before = self.face
        if before is window:
            return
        if before is not None:
            window.resize(before.size())
            window.stand_like(before)
            before.rest(True)
        window.rest(False)
        self.stack.setCurrentWidget(window)
        self._step_over()
        if before is not None:
            window.widen_watch(before.watch.width())
        self.setWindowIcon(window.windowIcon())
        self.setWindowTitle(window.windowTitle())
        window.pages.show_page(window.pages.current)

    def show_vacant(self) -> None:
        before = self.face
        if before is not None:
            before.rest(True)
        self.stack.setCurrentWidget(self.vacant)
        self._step_over()
        self.setWindowTitle(self.vacant.windowTitle())
        self.vacant.take_focus()

    def drop(self, window: DeskWindow) -> None:
        """Its account is gone: out of the stack at once."""
        if self.face is window:
            window.keep()
            self.show_vacant()
        self._faces.remove(window)
        self.stack.removeWidget(window)
        window.hide()

    def _step_over(self) -> None:
        """The threshold is behind."""
        if self.threshold is not None:
            self.stack.removeWidget(self.threshold)
            self.threshold.deleteLater()
            self.threshold = None

    def _titled(self, _title: str) -> None:
        shown = self.stack.currentWidget()
        if shown is not None:
            self.setWindowTitle(shown.windowTitle())

    # --- life -------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Everything that should return at the next start goes to the disk now."""
        self._place.keep()
        if self.face is not None:
            keep_outline(self.state, self.face, self._faces[0])
            self.face.keep()
        self.state.flush()

    def reset_place(self) -> None:
        self._place.reset()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._for_good:
            event.accept()
            return
        event.ignore()
        if not self.asks_first():
            self.leave()

    def leave(self) -> None:
        """Whoever it belongs to takes it down."""
        self.keep()
        self.hide()
        self.closing.emit()

    def close_for_good(self) -> None:
        """All accounts are down."""
        self._for_good = True
        self.close()
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
