"""A number that is typed or stepped: arrows and two small buttons; what cannot be read is said, never guessed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from hoga.ui.order.numbers import Plain, Won, read, whole


class StepField(QWidget):
    """``step`` gives the text after so many steps (+1, -1, +10, -10) from the one there is. Signals:

    edited: another text.
    entered: Enter in the field.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, step: Callable[[str, int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self.label = QLabel(self)
        self.edit = _Edit(self)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.textChanged.connect(self.edited)
        self.edit.entered.connect(self.entered)
        self.edit.stepped.connect(self.step_by)
        self.label.setBuddy(self.edit)
        self.less, self.more = QToolButton(self), QToolButton(self)
        for button, text, steps in ((self.less, "−", -1), (self.more, "+", 1)):
            button.setText(text)
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, steps=steps: self.step_by(steps))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.label, self.less, self.edit, self.more):
            line.addWidget(part)
        self.setFocusProxy(self.edit)

    def step_by(self, steps: int) -> None:
        self.edit.setText(self._step(self.edit.text(), steps))
        self.edit.selectAll()

    def value(self) -> int | None:
        """The whole number that was typed; None for anything else."""
        return number_of(self.edit.text())

    def set_texts(self, label: str, about: str) -> None:
        self.label.setText(label)
        self.edit.setAccessibleName(label.replace("&", ""))
        self.edit.setToolTip(about)
        self.less.setAccessibleName(f"{label.replace('&', '')} −")
        self.more.setAccessibleName(f"{label.replace('&', '')} +")


class _Edit(QLineEdit):
    entered = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.stepped.emit(far if key == Qt.Key.Key_Up else -far)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)


def number_of(text: str) -> int | None:
    """``71,500``, ``7만1500``, ``10주`` as a whole number; None where it is none."""
    typed = read(text)
    return whole(typed.value) if isinstance(typed, Plain | Won) else None
