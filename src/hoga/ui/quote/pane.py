"""What every painted part of the quote tab shares: fonts and laid-out texts that follow the look, and menus to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import bold, grid, small
from hoga.ui.quote.text_cache import TextCache

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
_LARGE = 1.4


class Pane(QWidget):
    """A widget that paints itself on its whole ground. Subclasses say in ``restyle`` what follows font, colours and
    language, and call this one first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        context.look_changed.connect(self.restyle)
        context.language_changed.connect(self.restyle)
        self.make_fonts()

    def make_fonts(self) -> None:
        font = self.font()
        large = QFont(font)
        large.setPointSizeF(font.pointSizeF() * _LARGE)
        self.plain = TextCache(font)
        self.strong = TextCache(bold(font))
        self.tiny = TextCache(small(font))
        self.large = TextCache(bold(large))
        self.unit = grid(self)
        """One step of the grid at this font."""

    @property
    def row_height(self) -> int:
        return QFontMetrics(self.font()).height() + self.unit

    @property
    def tight_row(self) -> int:
        """The lowest row that can be read: digits leave the font's room for descenders empty."""
        return QFontMetrics(self.font()).height() * 15 // 16

    def restyle(self) -> None:
        self.make_fonts()
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.restyle()


def copy_text(text: str) -> None:
    """To the clipboard; nothing for nothing."""
    clipboard = QGuiApplication.clipboard()
    if text and clipboard is not None:
        clipboard.setText(text)


def copy_menu(parent: QWidget, entries: Sequence[tuple[str, str]], at: QPoint) -> QMenu:
    """A menu of (what, text) pairs to copy; the ones without a text are greyed."""
    menu = QMenu(parent)
    for words, text in entries:
        action = menu.addAction(words)
        action.setEnabled(bool(text))
        action.triggered.connect(lambda _checked=False, text=text: copy_text(text))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


def draw_clock(painter: QPainter, area: QRect) -> None:
    """A small clock in the pen's colour: what is beside it is not of now."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(painter.pen().color())
    pen.setWidthF(max(area.width() / 9, 1.0))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    face = QRectF(area).adjusted(1, 1, -1, -1)
    painter.drawEllipse(face)
    centre = face.center()
    painter.drawLine(centre, QPointF(centre.x(), face.top() + face.height() * 0.2))
    painter.drawLine(centre, QPointF(face.right() - face.width() * 0.25, centre.y()))
    painter.restore()


def draw_pointer(painter: QPainter, tip: QPointF, size: float, *, right: bool) -> None:
    """A triangle in the pen's colour whose tip points right or left."""
    back = -size if right else size
    path = QPainterPath(tip)
    path.lineTo(tip.x() + back, tip.y() - size * 0.6)
    path.lineTo(tip.x() + back, tip.y() + size * 0.6)
    path.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, painter.pen().color())
    painter.restore()


def draw_pill(painter: QPainter, area: QRect, ground: QColor, edge: QColor) -> None:
    """A rounded ground behind a short word."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    radius = area.height() / 4
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()
