"""The keys of every action, each changed by pressing another; what is taken is refused with its owner's name."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QKeySequenceEdit, QLabel, QToolButton, QWidget

from hoga.ui.actions import ShortcutTaken
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.preferences import Preferences

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeysEditor(QWidget):
    """One line for each action: its words, its first key, back to the default."""

    def __init__(self, context: Context, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._preferences = preferences
        self._edits: dict[str, QKeySequenceEdit] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(grid(self, 3))
        self._grid.setVerticalSpacing(grid(self))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.said, 0, 0, 1, 3)
        for line, id in enumerate(context.actions.ids(), start=1):
            self._line(line, id)

    def _line(self, line: int, id: str) -> None:
        actions = self._context.actions
        words = QLabel(actions.text(id), self)
        words.setToolTip(actions.tooltip(id))
        edit = QKeySequenceEdit(self)
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setAccessibleName(self.tr("Key of {action}").format(action=actions.text(id)))
        back = QToolButton(self)
        back.setText("↺")
        back.setAutoRaise(True)
        default = ", ".join(
            QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in actions.defaults(id)
        )
        back.setToolTip(self.tr("Back to the default: {keys}").format(keys=default or self.tr("no key")))
        back.setAccessibleName(back.toolTip())
        self._edits[id] = edit
        self._rows[id] = (words, edit, back)
        for column, widget in enumerate((words, edit, back)):
            self._grid.addWidget(widget, line, column)
        self._show(id)
        edit.editingFinished.connect(partial(self._edited, id))
        back.clicked.connect(partial(self.set_keys, id, actions.defaults(id)))

    def set_keys(self, id: str, keys: tuple[str, ...], *_: object) -> bool:
        """Give an action these keys and keep that. False: one is taken, and it is said by whom."""
        actions = self._context.actions
        try:
            actions.remap(id, keys)
        except ShortcutTaken as taken:
            native = QKeySequence(taken.keys).toString(QKeySequence.SequenceFormat.NativeText)
            self.said.setText(self.tr("{key} belongs to “{action}”.").format(key=native, action=actions.text(taken.by)))
            self.said.show()
            self._show(id)
            return False
        self.said.hide()
        self._show(id)
        self._preferences.file.change(shortcuts=actions.custom())
        return True

    def edit_of(self, id: str) -> QKeySequenceEdit:
        return self._edits[id]

    def filter(self, wanted: str) -> bool:
        """Show the lines that hold ``wanted``; False when there is none."""
        seen = False
        for id, row in self._rows.items():
            words = f"{self._context.actions.text(id)} {self._context.actions.hint(id)}".casefold()
            shown = wanted in words
            seen = seen or shown
            for widget in row:
                widget.setVisible(shown)
        return seen

    def _edited(self, id: str) -> None:
        pressed = self._edits[id].keySequence().toString(_PORTABLE)
        keys = self._context.actions.keys(id)
        if pressed == (keys[0] if keys else ""):
            return
        # The first key is what is shown and changed; further ones of the default stay.
        self.set_keys(id, (pressed, *keys[1:]) if pressed else ())

    def _show(self, id: str) -> None:
        keys = self._context.actions.keys(id)
        self._edits[id].setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
