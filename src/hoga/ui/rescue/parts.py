"""Plain parts with targets that a shaking hand can hit: 44 pixels at least, grown with the font."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.ui.painting import bold, grid

TARGET = 44
"""Pixels of the smallest target at 100 % (ux.md 3.7)."""
ARMED_MS = 4_000
GUARD_MS = 250
MOST_ROWS = 40
"""More rows than this are counted, not shown: "all" takes them too."""


def target_height(widget: QWidget) -> int:
    return max(TARGET, grid(widget, 11))


class BigButton(QPushButton):
    """Enter and Space press it where it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)
        self.setMinimumHeight(target_height(self))
        self.setMinimumWidth(target_height(self) * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held down presses once."""
        if event.isAutoRepeat():
            event.accept()
        else:
            super().keyPressEvent(event)


class TwiceButton(BigButton):
    """Acts on the second press, within a few seconds and not at once; the first one says what the second will do."""

    def __init__(self, act: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._plain = self.font()
        self._first = self._second = ""
        self._since = QElapsedTimer()
        self._armed = QTimer(self)
        self._armed.setSingleShot(True)
        self._armed.setInterval(ARMED_MS)
        self._armed.timeout.connect(self._dress)
        self.clicked.connect(self._press)

    def show_words(self, first: str, second: str) -> None:
        self._first, self._second = first, second
        self._dress()

    @property
    def armed(self) -> bool:
        return self._armed.isActive()

    def _press(self) -> None:
        if not self.armed:
            self._armed.start()
            self._since.start()
        elif self._since.elapsed() > GUARD_MS:
            self._armed.stop()
            self._act()
        self._dress()

    def _dress(self) -> None:
        self.setText(self._second if self.armed else self._first)
        self.setFont(bold(self._plain) if self.armed else self._plain)


class Row(Struct, frozen=True):
    """One line: what it is, the particulars under it, and a button if something can be done about it."""

    key: str
    text: str
    detail: str
    button: str = ""
    press: Callable[[], None] | None = None
    tone: str = ""


class Rows(QWidget):
    """Lines one below the other; made anew only when others are shown, else only their words change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(grid(self))
        self._made: dict[str, _Line] = {}
        self.more = QLabel(self)
        self._lines.addWidget(self.more)

    def show_rows(self, rows: Sequence[Row], empty: str, more: str) -> None:
        """``more`` stands below when there are too many to show."""
        shown = {row.key: row for row in rows[:MOST_ROWS]}
        for key in [key for key in self._made if key not in shown]:
            gone = self._made.pop(key)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, (key, row) in enumerate(shown.items()):
            line = self._made.get(key)
            if line is None:
                line = self._made[key] = _Line(self)
            if self._lines.indexOf(line) != place:
                self._lines.insertWidget(place, line)
            line.show_row(row)
        text = empty if not rows else more if len(rows) > MOST_ROWS else ""
        self.more.setText(text)
        self.more.setVisible(bool(text))

    def line(self, key: str) -> _Line:
        return self._made[key]

    def keys(self) -> list[str]:
        return list(self._made)


class _Line(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text, self.detail = QLabel(self), QLabel(self)
        self.text.setFont(bold(self.font()))
        for label in (self.text, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = BigButton(self)
        self.button.clicked.connect(self._press)
        self._pressed: Callable[[], None] | None = None
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.detail)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(grid(self, 2), grid(self), grid(self), grid(self))
        whole.addLayout(words, 1)
        whole.addWidget(self.button)

    def show_row(self, row: Row) -> None:
        self._pressed = row.press
        for label, text in ((self.text, row.text), (self.detail, row.detail)):
            if label.text() != text:
                label.setText(text)
        palette = self.text.palette()
        palette.setColor(
            palette.ColorRole.WindowText, QColor(row.tone) if row.tone else self.palette().windowText().color()
        )
        self.text.setPalette(palette)
        self.button.setVisible(bool(row.button))
        self.button.setText(row.button)
        self.button.setAccessibleName(f"{row.button} {row.text}")

    def _press(self) -> None:
        if self._pressed is not None:
            self._pressed()
