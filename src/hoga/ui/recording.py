"""The action that records the market, or stops it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from hoga.ui.context import Context
from hoga.ui.preferences import Preferences


class Recording(QObject):
    """Registers the action ``record``. The status bar shows how it goes; the setting is kept."""

    def __init__(self, context: Context, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._file = preferences.file
        context.actions.add(
            "record",
            lambda: (
                self.tr("Stop recording the market") if self._file.now.record_market else self.tr("Record the market")
            ),
            self.toggle,
            shortcut="Ctrl+Shift+R",
            tooltip=lambda: self.tr("Keep every trade and book that comes, to play it again."),
            why_not=lambda: "" if context.desk.market_recorder is not None else self.tr("Nothing is received here."),
        )
        self._file.changed.connect(self._refresh)

    def toggle(self) -> None:
        self._file.change(record_market=not self._file.now.record_market)

    def _refresh(self, _settings: object) -> None:
        self._context.actions.refresh("record")
