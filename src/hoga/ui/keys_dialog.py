"""Every key of the window, or those of one pane, to look up; and a way to the place where they are changed."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.plain_table import PlainTable


class KeysDialog(PlainDialog):
    """``about`` None: all actions; else those of a pane first, then the window's."""

    def __init__(self, context: Context, parent: QWidget | None = None, about: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self._about = about
        self.setWindowTitle(self.tr("Keys") if about is None else self.tr("Help for this pane"))
        if about is not None and about.toolTip():
            self.say(about.toolTip())
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.body.addWidget(self.search)
        headings = (self.tr("Key"), self.tr("Action"), self.tr("What it does"))
        self.rows = PlainTable(headings, self, letters=72, lines=22)
        self.body.addWidget(self.rows, 1)
        change = self.button(self.tr("Change keys…"))
        change.clicked.connect(self.accept)
        change.clicked.connect(lambda: context.actions.trigger("settings"))
        close = self.button(self.tr("Close"), default=True)
        close.clicked.connect(self.accept)
        self.search.textChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        wanted = self.search.text().casefold()
        lines = [line for line in self._lines() if not wanted or wanted in " ".join(line).casefold()]
        self.rows.show_lines(lines)

    def _lines(self) -> list[tuple[str, str, str]]:
        actions = self.context.actions
        own = actions.ids_within(self._about) if self._about is not None else ()
        ids = [*own, *(id for id in actions.ids() if id not in own)]
        return [(_keys(actions.keys(id)), actions.text(id), actions.tooltip(id)) for id in ids if actions.action(id)]


def _keys(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)
