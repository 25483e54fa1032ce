"""Where the words of a note on the chart are written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from hoga.ui.chart.drawings import LONGEST
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog


class NoteDialog(PlainDialog):
    """Signals:

    written (str): what the note says from now on; never empty.
    """

    written = Signal(str)

    def __init__(self, context: Context, words: str, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Note on the chart"))
        self.say(self.tr("It stays at its candle and price, with the instrument."))
        self.edit = QLineEdit(words, self)
        self.edit.setAccessibleName(self.tr("Words of the note"))
        self.edit.setMaxLength(LONGEST)
        self.edit.selectAll()
        self.body.addWidget(self.edit)
        self.go = self.button(self.tr("Write it"), default=True)
        self.go.clicked.connect(self._go)
        self.edit.textChanged.connect(self._judge)
        self._judge(words)
        self.edit.setFocus()

    def _judge(self, words: str) -> None:
        self.go.setEnabled(bool(words.strip()))
        self.go.setToolTip("" if words.strip() else self.tr("A note needs words; Del on the chart deletes it."))

    def _go(self) -> None:
        words = self.edit.text().strip()
        if words:
            self.written.emit(words)
            self.accept()
