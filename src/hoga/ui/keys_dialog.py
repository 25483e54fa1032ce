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
        self.hint = self.say("")
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.body.addWidget(self.search)
        self.rows = PlainTable(("", "", ""), self, letters=72, lines=22)
        self.body.addWidget(self.rows, 1)
        self.change = self.button("")
        self.change.clicked.connect(self.accept)
        self.change.clicked.connect(lambda: context.actions.trigger("settings"))
        self.leave = self.button("", default=True)
        self.leave.clicked.connect(self.accept)
        self.search.textChanged.connect(self.refresh)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        about = self._about
        self.setWindowTitle(self.tr("Keys") if about is None else self.tr("Help for this pane"))
        self.hint.setText("" if about is None else about.toolTip())
        self.hint.setVisible(bool(self.hint.text()))
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.rows.setHorizontalHeaderLabels([self.tr("Key"), self.tr("Action"), self.tr("What it does")])
        self.change.setText(self.tr("Change keys…"))
        self.leave.setText(self.tr("Close"))
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
