"""The one window on the screen while there are several accounts: it shows the window of one of them at a time.

Each account's window is made once and keeps its tickets, tables and scroll places; showing another one moves nothing.
Without an account to show it says why, and what can be done.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hoga.ui.place import Placed
from hoga.ui.state import StateStore
from hoga.ui.vacant import Vacant
from hoga.ui.window import SMALLEST, DeskWindow


class Shell(QWidget):
    """Signals: closing, when the person wants it gone (it is hidden by then)."""

    closing = Signal()

    def __init__(self, state: StateStore, vacant: Vacant) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.vacant = vacant
        self._for_good = False
        self._place = Placed(self, state, SMALLEST)
        self._state = state
        self.stack = QStackedWidget(self)
        self.stack.addWidget(vacant)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._place.restore()
        vacant.windowTitleChanged.connect(self._titled)

    @property
    def face(self) -> DeskWindow | None:
        """The account's window that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, DeskWindow) else None

    # --- which is shown ---------------------------------------------------------------------------------------------

    def add(self, window: DeskWindow) -> None:
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
        self.setWindowTitle(self.vacant.windowTitle())
        self.vacant.take_focus()

    def drop(self, window: DeskWindow) -> None:
        """Its account is gone: out of the stack at once."""
        if self.face is window:
            window.keep()
            self.show_vacant()
        self.stack.removeWidget(window)
        window.hide()

    def _titled(self, _title: str) -> None:
        shown = self.stack.currentWidget()
        if shown is not None:
            self.setWindowTitle(shown.windowTitle())

    # --- life -------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Everything that should return at the next start goes to the disk now."""
        self._place.keep()
        if self.face is not None:
            self.face.keep()
        self._state.flush()

    def reset_place(self) -> None:
        self._place.reset()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._for_good:
            event.accept()
            return
        event.ignore()
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
