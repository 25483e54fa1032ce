"""Recording the market, and opening what was recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from hoga.ui.context import Context, Event
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


def started(arguments: Sequence[str]) -> bool:
    """Start hoga once more, beside this one: a window that plays shares nothing with the desk that trades."""
    answer = QProcess.startDetached(sys.executable, ["-m", "hoga", *arguments])
    return bool(answer[0] if isinstance(answer, tuple) else answer)


class OpenRecording(QObject):
    """Registers the action ``replay.open``: asks for a recording, and plays it in a window of its own."""

    def __init__(self, context: Context, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._settings = preferences.file.path
        self._window = window
        self.start: Callable[[Sequence[str]], bool] = started
        context.actions.add(
            "replay.open",
            lambda: self.tr("Play a recording…"),
            self.ask,
            shortcut="Ctrl+Shift+O",
            tooltip=lambda: self.tr("A recorded market, in a window of its own that is marked REPLAY."),
        )

    def ask(self) -> QFileDialog:
        """Ask which, without stopping the window."""
        recorder = self._context.desk.market_recorder
        folder = recorder.state.folder if recorder is not None else None
        dialog = QFileDialog(self._window, self.tr("Play which recording?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        recordings, every = self.tr("Recordings"), self.tr("All files")
        dialog.setNameFilters([f"{recordings} (*.hogarec *.csv *.jsonl *.frames)", f"{every} (*)"])
        if folder is not None and folder.is_dir():
            dialog.setDirectory(str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.play)
        dialog.open()
        return dialog

    def play(self, file: str) -> None:
        """In a window that looks and speaks as this one does."""
        arguments = ["desk", "--replay", file]
        if self._settings is not None:
            arguments += ["--data", str(self._settings.parent.parent)]
        name = Path(file).name
        if self.start(arguments):
            text = self.tr("{file} opens in a window of its own.").format(file=name)
        else:
            text = self.tr("{file} could not be opened: hoga could not be started again.").format(file=name)
        self._context.say(Event.NOTE, text, merge="replay")
