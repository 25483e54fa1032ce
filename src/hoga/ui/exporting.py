"""Orders, fills and activity into files for a spreadsheet: asks for the folder, says what was written and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from hoga.trading.export import ExportFailed
from hoga.ui.context import Context, Event


class Exporting(QObject):
    """Registers the action ``export``. Writing goes on beside the window."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.actions.add(
            "export",
            lambda: self.tr("Export orders, fills and activity…"),
            self.ask,
            shortcut="Ctrl+Shift+E",
            tooltip=lambda: self.tr("Everything the journal holds, as CSV files that a spreadsheet opens."),
        )

    def ask(self) -> QFileDialog:
        """Ask where to, without stopping the window."""
        dialog = QFileDialog(self._window, self.tr("Export: into which folder?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_to)
        dialog.open()
        return dialog

    def write_to(self, folder: str) -> None:
        self._context.do("export", self._write(Path(folder)))

    async def _write(self, folder: Path) -> None:
        context = self._context
        language, words = context.language, context.words
        try:
            files = await context.desk.export(folder, language, lambda told: words(told, language))
        except ExportFailed as error:
            text = self.tr("Nothing was exported. {why}").format(why=context.worded(error.message))
            context.say(Event.NOTE, text, merge="export", sticky=True)
            return
        names = ", ".join(file.name for file in files)
        text = self.tr("Exported to {folder}: {files}").format(folder=folder, files=names)
        context.say(Event.NOTE, text, merge="export", sticky=True)
