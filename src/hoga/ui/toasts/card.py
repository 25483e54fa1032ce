"""One toast: a mark, a text, perhaps one thing to do about it, and a way to close it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from hoga.ui.context import Context, Event, Toast
from hoga.ui.painting import draw_dot, grid
from hoga.ui.theme.tokens import Tokens

_MARKS = {
    Event.ACCEPTED: "ring",
    Event.PARTLY_FILLED: "half",
    Event.FILLED: "full",
    Event.REFUSED: "cross",
    Event.CANCELLED: "ring",
    Event.DISCONNECTED: "cross",
    Event.UNKNOWN: "half",
    Event.NOTE: "ring",
}
STAY_MS = 5_000
_NUMBER_AND_UNIT = re.compile(r"(\d) (?=sh\b)")


def tone(event: Event, tokens: Tokens) -> str:
    """The colour of an event; its mark and words say the same."""
    if event in (Event.REFUSED, Event.DISCONNECTED):
        return tokens.bad
    if event is Event.UNKNOWN:
        return tokens.warn
    if event in (Event.FILLED, Event.PARTLY_FILLED):
        return tokens.good
    return tokens.accent


def _together(text: str) -> str:
    """A number keeps its unit when the line is broken: ``10 sh`` is one word."""
    return _NUMBER_AND_UNIT.sub("\\1\N{NO-BREAK SPACE}", text)


class ToastCard(QFrame):
    """Shown until its time is over, or, a sticky one, until it is closed. The pointer over it stops the time."""

    closed = Signal(object)

    def __init__(self, context: Context, toast: Toast, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.toast = toast
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton(self)
        self._undo.clicked.connect(self._pressed)
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(lambda: self.closed.emit(self))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.closed.emit(self))
        self._lay_out()
        self.show_toast(toast)
        context.language_changed.connect(self._retranslate)

    def _lay_out(self) -> None:
        rows = QGridLayout(self)
        rows.setContentsMargins(grid(self, 7), grid(self, 2), grid(self, 1), grid(self, 2))
        rows.setHorizontalSpacing(grid(self, 2))
        rows.setVerticalSpacing(grid(self))
        rows.addWidget(self._text, 0, 0)
        rows.addWidget(self._close, 0, 1, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self._undo, 1, 0, Qt.AlignmentFlag.AlignLeft)
        rows.setColumnStretch(0, 1)

    def show_toast(self, toast: Toast) -> None:
        """Say something newer in the same place; what could be undone before can still be undone."""
        undo: Callable[[], None] | None = toast.undo
        text = toast.undo_text
        if undo is None and toast.event is Event.ACCEPTED and self.toast.undo is not None:
            undo, text = self.toast.undo, self.toast.undo_text
        self.toast = replace(toast, undo=undo, undo_text=text)
        self._write()
        self._undo.setVisible(undo is not None)
        if toast.sticky:
            self._timer.stop()
        else:
            self._timer.start(STAY_MS)
        self.update()

    def _write(self) -> None:
        self._text.setText(_together(self.words))
        self._undo.setText(self.toast.undo_text or self.tr("Undo"))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close"))
        self.setAccessibleName(self.words)

    def _retranslate(self) -> None:
        if self.toast.again is not None:
            with suppress(RuntimeError):  # whoever said it is gone with its account: it stays as it was said
                self.toast = replace(self.toast, text=self.toast.again())
        self._write()

    def height_at(self, width: int) -> int:
        """How tall it has to be to show all of its text."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else self.sizeHint().height()

    def timer(self) -> QTimer:
        """What ends a passing toast."""
        return self._timer

    @property
    def words(self) -> str:
        """Whose it is comes first."""
        return f"{self.toast.account} · {self.toast.text}" if self.toast.account else self.toast.text

    def _pressed(self) -> None:
        undo = self.toast.undo
        self.closed.emit(self)
        if undo is not None:
            undo()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        if not self.toast.sticky:
            self._timer.start(STAY_MS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        colour = QColor(tone(self.toast.event, tokens))
        painter.fillRect(self.rect(), QColor(tokens.ground))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(QRect(0, 0, grid(self), self.height()), colour)
        painter.setPen(colour)
        words = self._text.geometry()
        above = max(words.height() - self._text.heightForWidth(words.width()), 0) // 2
        middle = words.top() + above + self.fontMetrics().height() // 2
        draw_dot(painter, QPoint(grid(self, 4), middle), grid(self, 2) + 2, _MARKS[self.toast.event])
