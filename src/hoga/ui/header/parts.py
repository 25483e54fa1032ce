"""What the header is made of, each painting itself in the header's own colours."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from hoga.trading.facade import Desk
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import bold, grid, small
from hoga.ui.theme.tokens import REPLAY, STAKES, Dash, StakesLook

_PENS = {Dash.SOLID: Qt.PenStyle.SolidLine, Dash.DASHED: Qt.PenStyle.DashLine, Dash.DOTTED: Qt.PenStyle.DotLine,
         Dash.DASH_DOT: Qt.PenStyle.DashDotLine}  # fmt: skip
_CLOCK = "◷ "
_FAINT = 170


def look_of(desk: Desk) -> StakesLook:
    """How the window of a desk looks: by what is at stake, or that it plays a recording."""
    playing = desk.read_only is not None and desk.read_only.code == "REPLAY"
    return REPLAY if playing else STAKES[desk.account.stakes]


def frame_pen(look: StakesLook) -> QPen:
    """The pen of the window's frame: its pattern tells the stakes without colour."""
    pen = QPen(QColor(look.frame))
    pen.setWidth(look.width)
    pen.setStyle(_PENS[look.dash])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class _Part(QAbstractButton):
    """A pressable piece of the header."""

    def __init__(self, look: StakesLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ground(self, painter: QPainter) -> None:
        """Hover and focus; the ground itself is the header's."""
        if self.underMouse() and self.isEnabled():
            glow = QColor(self.look.text)
            glow.setAlpha(28)
            painter.fillRect(self.rect(), glow)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.look.text), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class StakesBadge(_Part):
    """연습 PRACTICE, framed in the window's pattern."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(bold(self.font()))
        return QSize(metrics.horizontalAdvance(self.look.words) + grid(self, 8), metrics.height() + grid(self, 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground(painter)
        pen = frame_pen(self.look)
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(self.look.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.look.words)


class Figure(_Part):
    """A small heading and an exact figure under it. Grows with its widest figure and never jumps back."""

    def __init__(self, look: StakesLook, parent: QWidget, *, right: bool = True) -> None:
        super().__init__(look, parent)
        self._heading = self._value = ""
        self.old = False
        """Shown as old: fainter, with a clock before its heading."""
        self._widest = 0
        self._side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft

    def show_text(self, heading: str, value: str, *, old: bool = False) -> None:
        if (heading, value, old) == (self._heading, self._value, self.old):
            return
        self._heading, self._value, self.old = heading, value, old
        self.setAccessibleName(f"{heading} {value}")
        self._measure()
        self.update()

    def texts(self) -> tuple[str, str]:
        return self._heading, self._value

    def remeasure(self) -> None:
        """After another font or language: forget how wide it once was."""
        self._widest = 0
        self._measure()

    def _measure(self) -> None:
        # Room for the clock is always there, so that nothing moves when a figure grows old.
        heading = QFontMetrics(small(self.font())).horizontalAdvance(_CLOCK + self._heading)
        value = QFontMetrics(bold(self.font())).horizontalAdvance(self._value)
        if max(heading, value) > self._widest:
            self._widest = max(heading, value)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        top, under = QFontMetrics(small(self.font())), QFontMetrics(bold(self.font()))
        return QSize(self._widest + grid(self, 3), top.height() + under.height() + grid(self, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground(painter)
        pad = grid(self)
        half = QFontMetrics(small(self.font())).height() + grid(self) // 2
        inner = self.rect().adjusted(pad, 0, -pad, 0)
        colour = QColor(self.look.text)
        if self.old:
            colour.setAlpha(_FAINT)
        painter.setPen(colour)
        painter.setFont(small(self.font()))
        heading = _CLOCK + self._heading if self.old else self._heading
        painter.drawText(QRect(inner.left(), 0, inner.width(), half), int(self._side | _BOTTOM), heading)
        painter.setFont(bold(self.font()))
        rest = QRect(inner.left(), half, inner.width(), self.height() - half)
        painter.drawText(rest, int(self._side | _TOP), self._value)


class Press(_Part):
    """A button of the header, outlined in its text's colour; faint while it cannot work."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + grid(self, 6), metrics.height() + grid(self, 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground(painter)
        colour = QColor(self.look.text)
        if not self.isEnabled():
            colour.setAlpha(_FAINT)
        if self.isDown():
            pressed = QColor(self.look.text)
            pressed.setAlpha(60)
            painter.fillRect(self.rect(), pressed)
        painter.setPen(QPen(colour, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class StoppedBadge(_Part):
    """■ 정지됨 14:03:22, in the colours of danger, whatever the header's are. Hidden while nothing is stopped."""

    def __init__(self, context: Context, look: StakesLook, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._context = context
        self.hide()

    def show_since(self, since: datetime | None) -> None:
        self.setVisible(since is not None)
        if since is not None:
            text = self.tr("■ STOPPED {time}").format(time=fmt.clock(since))
            if text != self.text():
                self.setText(text)
                self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(bold(self.font()))
        return QSize(metrics.horizontalAdvance(self.text()) + grid(self, 6), metrics.height() + grid(self, 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.bad_ground))
        painter.setPen(QPen(QColor(tokens.bad), 3 if self.hasFocus() else 2))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setFont(bold(self.font()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


_TOP, _BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
