"""Boxes to tick and buttons to choose among, drawn from the palette: Fusion's own edges vanish in the dark.

No style sheet says this: one of the whole application is read by every widget that is made, and holds on to the palette
of the moment, so that a change of the theme costs a second.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QCheckBox,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_TICK = ((0.22, 0.54), (0.42, 0.74), (0.79, 0.29))
"""Corners of the tick, in parts of the box."""


class CheckBox(QCheckBox):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        edge, ground, mark = _inks(self, self.isChecked())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.isChecked():
            painter.setPen(QPen(mark, max(box.width() / 8, 1.4)))
            at = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in _TICK]
            painter.drawPolyline(QPolygonF(at))
        option.rect = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        painter.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option)


class RadioButton(QRadioButton):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self))
        edge, ground, mark = _inks(self, self.isChecked())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mark)
            painter.drawEllipse(box.center(), box.width() / 5, box.height() / 5)
        option.rect = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, self)
        painter.drawControl(QStyle.ControlElement.CE_RadioButtonLabel, option)


def _inks(widget: QWidget, on: bool) -> tuple[QColor, QColor, QColor]:
    """Of edge, ground and mark. A disabled one is dull, and still shows whether it is on."""
    role, palette = QPalette.ColorRole, widget.palette()
    if not widget.isEnabled():
        return palette.color(role.Mid), palette.color(role.Base), palette.color(role.Text)
    if on:
        return palette.color(role.Accent), palette.color(role.Accent), palette.color(role.Base)
    return palette.color(role.PlaceholderText), palette.color(role.Base), palette.color(role.Base)
