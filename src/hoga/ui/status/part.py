"""One pressable part of the status bar, and the card of details that a press opens."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import bold, draw_dot, draw_focus, grid
from hoga.ui.tone import Tone


class Shown(Struct, frozen=True):
    """What a part says now. ``rows`` are the details: a heading and its words."""

    text: str
    tone: Tone = Tone.PLAIN
    about: str = ""
    rows: tuple[tuple[str, str], ...] = field(default=())


_STILL = 10
"""After so many seconds a part gives back the place that a longer text had taken."""


class StatusPart(QAbstractButton):
    """Paints itself; as wide as its widest text of late, so that its neighbours stand still. Pressed it opens its
    details, or does ``press``."""

    def __init__(
        self,
        context: Context,
        read: Callable[[], Shown],
        parent: QWidget | None = None,
        press: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._read = read
        self._widest = 0
        self._lately = 0
        """The widest since the seconds began to be counted."""
        self._seconds = 0
        self.shown = Shown("")
        self.act: tuple[Callable[[], str], Callable[[], object]] | None = None
        """A button in the details: its words and what it does."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: (press or self.explain)())

    def refresh(self) -> None:
        """Ask again; paints only what changed."""
        shown = self._read()
        if shown == self.shown:
            return
        self.shown = shown
        lines = [f"{heading}: {words}" for heading, words in shown.rows]
        self.setToolTip("\n".join(filter(None, (shown.about, *lines))))
        self.setAccessibleName(shown.text)
        width = self._width()
        self._lately = max(self._lately, width)
        if width > self._widest:
            self._widest = width
            self.updateGeometry()
        self.update()

    def settle(self) -> None:
        """A second has passed. Of a word that has gone ("disconnected") no hole stays for ever."""
        self._seconds += 1
        if self._seconds < _STILL:
            return
        if self._widest - self._lately > grid(self, 8):
            self._widest = self._lately
            self.updateGeometry()
        self._seconds, self._lately = 0, self._width()

    def _width(self) -> int:
        mark = grid(self, 4) if self.shown.tone is not Tone.PLAIN else 0
        return self.fontMetrics().horizontalAdvance(self.shown.text) + mark

    def remeasure(self) -> None:
        self._widest = self._lately = self._width()
        self._seconds = 0
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._widest + grid(self, 4), self.fontMetrics().height() + grid(self, 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def explain(self) -> None:
        """Open the details above this part."""
        details = Details(self._context, self.shown, self.act, self)
        details.adjustSize()
        corner = self.mapToGlobal(QPoint(0, 0))
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(corner.x(), screen.right() - details.width()))
        details.move(left, max(screen.top(), corner.y() - details.height()))
        details.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.selection))
        left = grid(self, 2)
        tone = self.shown.tone
        if tone is not Tone.PLAIN:
            painter.setPen(QColor(tone.colour(tokens)))
            draw_dot(painter, QPoint(left + grid(self), self.height() // 2), grid(self, 2), tone.value)
            left += grid(self, 4)
        painter.setPen(QColor(tokens.text if tone in (Tone.PLAIN, Tone.GOOD, Tone.OFF) else tone.colour(tokens)))
        area = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.shown.text)
        if self.hasFocus():
            draw_focus(painter, self.rect(), tokens)


class Details(QFrame):
    """A card that closes when one looks elsewhere."""

    def __init__(
        self,
        context: Context,
        shown: Shown,
        act: tuple[Callable[[], str], Callable[[], object]] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tokens = context.tokens
        column = QVBoxLayout(self)
        column.setContentsMargins(grid(self, 4), grid(self, 3), grid(self, 4), grid(self, 3))
        column.setSpacing(grid(self, 2))
        heading = QLabel(shown.text, self)
        heading.setFont(bold(self.font()))
        column.addWidget(heading)
        if shown.about:
            column.addWidget(self._wrapped(shown.about))
        rows = QGridLayout()
        rows.setHorizontalSpacing(grid(self, 4))
        rows.setVerticalSpacing(grid(self))
        for line, (name, words) in enumerate(shown.rows):
            rows.addWidget(QLabel(name, self), line, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(self._wrapped(words), line, 1)
        rows.setColumnStretch(1, 1)
        column.addLayout(rows)
        if act is not None:
            button = QPushButton(act[0](), self)
            button.clicked.connect(act[1])
            button.clicked.connect(self.close)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _wrapped(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        most = self.fontMetrics().averageCharWidth() * 60
        if self.fontMetrics().horizontalAdvance(text) > most:
            label.setWordWrap(True)
            label.setMinimumWidth(most)
        return label

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.ground))
        painter.setPen(QColor(self._tokens.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
