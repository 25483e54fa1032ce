"""Where a stretch of time is typed; it says at once what it understands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from hoga.ui import format as show
from hoga.ui.chart.stretches import stretch_of
from hoga.ui.chart.texts import QT_TRANSLATE_NOOP
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog

PRESETS = (
    ("1d", QT_TRANSLATE_NOOP("StretchDialog", "1 day")),
    ("1w", QT_TRANSLATE_NOOP("StretchDialog", "1 week")),
    ("1M", QT_TRANSLATE_NOOP("StretchDialog", "1 month")),
    ("3M", QT_TRANSLATE_NOOP("StretchDialog", "3 months")),
    ("6M", QT_TRANSLATE_NOOP("StretchDialog", "6 months")),
    ("1y", QT_TRANSLATE_NOOP("StretchDialog", "1 year")),
    ("5y", QT_TRANSLATE_NOOP("StretchDialog", "5 years")),
    ("99y", QT_TRANSLATE_NOOP("StretchDialog", "all")),
)
"""What is wanted most, as it could be typed."""


class StretchDialog(PlainDialog):
    """Signals:

    wanted (Stretch): show this.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Show a stretch of time"))
        self.say(self.tr("3d, 2w, 1y6M back from now; 2024, 2024-03, or from..to: 2024-03-04..2024-06-30"))
        self.edit, self.meaning = QLineEdit(self), QLabel(self)
        self.edit.setAccessibleName(self.tr("Stretch of time"))
        self.body.addWidget(self.edit)
        self.presets = self._make_presets()
        self.body.addWidget(self.meaning)
        self.go = self.button(self.tr("Show"), default=True)
        self.go.clicked.connect(self._go)
        self.edit.textChanged.connect(self._explain)
        self._explain("")
        self.edit.setFocus()

    def _make_presets(self) -> tuple[QPushButton, ...]:
        row, made = QHBoxLayout(), list[QPushButton]()
        for typed, word in PRESETS:
            button = QPushButton(QCoreApplication.translate("StretchDialog", word), self)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._choose, typed))
            row.addWidget(button)
            made.append(button)
        self.body.addLayout(row)
        return tuple(made)

    def _choose(self, typed: str, _checked: bool = False) -> None:
        self.edit.setText(typed)
        self._go()

    def _explain(self, text: str) -> None:
        found = stretch_of(text, self.context.desk.clock.now())
        self.go.setEnabled(found is not None)
        if found is not None:
            language = self.context.language
            days = (show.day(one.date(), language) for one in (found.start, found.end))
            self.meaning.setText(" – ".join(days))
        else:
            self.meaning.setText(self.tr("Not understood yet.") if text.strip() else " ")

    def _go(self) -> None:
        found = stretch_of(self.edit.text(), self.context.desk.clock.now())
        if found is not None:
            self.wanted.emit(found)
            self.accept()
