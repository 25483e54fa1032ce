"""A field for people's numbers: a unit behind the digits, steps by keys and wheel, safe while Hangul is composed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from hoga.ui.painting import grid

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_PAGES = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BIG_STEP = 10


class NumberEdit(QLineEdit):
    """Signals:

    typed (str): a person changed the text; what is still being composed is not in it.
    stepped (int): so many steps up, or down.
    paged (int): one page up or down.
    entered: Enter, pressed freshly: never the repeat of a held key, never while something is composed.
    """

    typed = Signal(str)
    stepped = Signal(int)
    paged = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suffix, self._room = "", 0
        self._composing = False
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.textEdited.connect(self.typed)

    def set_suffix(self, suffix: str) -> None:
        room = self.fontMetrics().horizontalAdvance(suffix) + grid(self, 2) if suffix else 0
        if (suffix, room) != (self._suffix, self._room):  # margins lay the whole form out again
            self._suffix, self._room = suffix, room
            self.setTextMargins(0, 0, room, 0)
            self.update()

    def show_number(self, text: str) -> None:
        """Show a value that was not typed. Leaves a composition alone, and keeps everything selected if it was."""
        if self._composing or text == self.text():
            return
        whole = self.hasFocus() and self.selectedText() == self.text() and bool(self.text())
        place = len(self.text()) - self.cursorPosition()
        self.setText(text)
        if whole:
            self.selectAll()
        else:
            self.setCursorPosition(max(len(text) - place, 0))

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        big = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)] * (BIG_STEP if big else 1))
        elif key in _PAGES:
            self.paged.emit(_PAGES[Qt.Key(key)])
        elif key in _ENTER:
            if not event.isAutoRepeat() and not self._composing:
                self.entered.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turns only the field that has the focus: scrolling by never changes a price."""
        if not self.hasFocus() or not event.angleDelta().y():
            event.ignore()
            return
        self.stepped.emit(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._suffix:
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        with QPainter(self) as painter:
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.adjusted(0, 0, -grid(self) // 2, 0), flags, self._suffix)
