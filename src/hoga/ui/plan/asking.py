"""Asks one thing before something that cannot be taken back: what would happen, what may be chosen, Back by default."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.loop import opened
from hoga.ui.plan.words import translate
from hoga.ui.tables.sure import SureButton


class AskDialog(PlainDialog):
    """``answer`` is the number of the choice that was pressed; None: Back."""

    def __init__(self, context: Context, title: str, text: str, choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(context, title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.answer: int | None = None
        self.say(text)
        self.back = self.button(translate("AskDialog", "Back"), default=True)
        self.back.clicked.connect(self.reject)
        self.choices: list[SureButton] = []
        for number, words in enumerate(choices):
            button = SureButton(self)
            button.setText(words)
            button.clicked.connect(lambda _checked=False, number=number: self._choose(number))
            self._buttons.addWidget(button)
            self.choices.append(button)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, number: int) -> None:
        self.answer = number
        self.accept()


async def ask(context: Context, parent: QWidget, title: str, text: str, choices: Sequence[str]) -> int | None:
    """The number of the answer; None: the person went back."""
    dialog = AskDialog(context, title, text, choices, parent)
    dialog.setObjectName("plan.ask")
    try:
        await opened(dialog)
        return dialog.answer
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()


async def ask_name(context: Context, parent: QWidget, title: str, text: str, now: str = "") -> str:
    """A short name; empty: the person went back."""
    dialog = AskDialog(context, title, text, (translate("AskDialog", "OK"),), parent)
    dialog.setObjectName("plan.name")
    edit = QLineEdit(now, dialog)
    edit.setMaxLength(60)
    edit.setAccessibleName(title)
    edit.selectAll()
    edit.returnPressed.connect(lambda: dialog._choose(0))
    dialog.body.addWidget(edit)
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    try:
        await opened(dialog)
        return edit.text().strip() if dialog.answer == 0 else ""
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()
