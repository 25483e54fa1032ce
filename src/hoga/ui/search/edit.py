"""A line to type in that says what is seen in it, also while a Hangul syllable is still being composed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class SearchEdit(QLineEdit):
    """Signals: typed (str): what is seen changed. stepped (int): up or down the results. chosen (bool): Enter; True
    with Ctrl. left: Esc."""

    typed = Signal(str)
    stepped = Signal(int)
    chosen = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self._told = ""
        self.textChanged.connect(self._tell)

    def seen(self) -> str:
        """The text with the syllable that is being composed in its place."""
        text, at = self.text(), self.cursorPosition()
        return text[:at] + self._composing + text[at:]

    def commit(self) -> None:
        """Make the syllable part of the text: nothing typed is lost when the focus goes."""
        if self._composing:
            composing = self._composing
            QGuiApplication.inputMethod().commit()
            if self._composing:
                # No input method took care of it.
                self._composing = ""
                self.insert(composing)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.chosen.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if self.seen() != self._told:
            self._told = self.seen()
            self.typed.emit(self._told)
