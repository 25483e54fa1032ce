"""Targets as text: pasted, read from a file, written to one. Nothing unreadable is skipped silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from hoga.base.whole_file import write_whole
from hoga.plans.inputs import Weighting
from hoga.plans.targets_text import read_targets, write_targets
from hoga.ui.context import Context, Event
from hoga.ui.plan.draft import Draft, with_rows, without


class TargetFiles(QObject):
    """Signals:

    taken (Draft): the draft with the rows that were read.
    unread (tuple of Issue): lines of the last text that cannot be read; none where all can.
    """

    taken = Signal(object)
    unread = Signal(object)

    def __init__(self, context: Context, now: Callable[[], Draft], window: QWidget) -> None:
        super().__init__(window)
        self._context, self._now, self._window = context, now, window

    def paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text(), replacing=False)

    def take_text(self, text: str, *, replacing: bool) -> None:
        """Rows from a text; a line that cannot be read is told and never skipped silently."""
        pasted, draft = read_targets(text), self._now()
        if pasted.targets:
            rows = with_rows(without(draft, draft.codes) if replacing else draft, pasted.targets)
            self.taken.emit(replace(rows, rules=replace(rows.rules, weighting=Weighting.OWN)))
        if not pasted.targets and not pasted.issues:
            self._context.say(Event.NOTE, self.tr("There are no rows in it."), merge="plan.paste")
        self.unread.emit(pasted.issues)

    def ask_csv_in(self) -> QFileDialog:
        dialog = QFileDialog(self._window, self.tr("Targets from which file?"), "", "CSV (*.csv *.tsv *.txt)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.csv_in)
        return _opened(dialog)

    def csv_in(self, path: str) -> None:
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else self.tr("it is not UTF-8 text")
            self._say_trouble(self.tr("The file could not be read: {why}").format(why=why))
            return
        self.take_text(text, replacing=True)

    def ask_csv_out(self) -> QFileDialog:
        dialog = QFileDialog(self._window, self.tr("Targets to which file?"), "targets.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.csv_out)
        return _opened(dialog)

    def csv_out(self, path: str) -> None:
        try:
            write_whole(Path(path), write_targets(self._now().targets).encode("utf-8-sig"))
        except OSError as error:
            self._say_trouble(self.tr("The file could not be written: {why}").format(why=error.strerror))
            return
        self._context.say(Event.NOTE, self.tr("Targets written to {file}.").format(file=Path(path).name))

    def _say_trouble(self, text: str) -> None:
        self._context.say(Event.NOTE, text, merge="plan.file", sticky=True)


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
