"""Keys that must be heard in every window of the desk: dialogs and torn-off panes get the actions too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from hoga.ui.actions import Actions


class Everywhere(QObject):
    """Gives the actions ``ids`` to each window when the keyboard first comes to it. A key of the main window alone
    would not be heard while a dialog stands before it."""

    def __init__(self, actions: Actions, ids: Sequence[str], window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._ids = tuple(ids)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is not self._window.window() and self._window.isVisible():
            self.reach(now.window())

    def reach(self, window: QWidget) -> None:
        """Let the keys be heard in ``window``, too; no longer those of a window that was shown before."""
        for id in self._ids:
            action = self._actions.action(id)
            if action is None or action in window.actions():
                continue
            for other in [one for one in window.actions() if one.objectName() == id]:
                window.removeAction(other)
            window.addAction(action)
