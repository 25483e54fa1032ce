"""Fonts and sizes that grow with the application's font: said once for a widget, applied again when the font changes.

A widget that is given a font of its own keeps it for good, so those are remembered here by what they are (a little
smaller, bold) instead of by their points.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import shiboken6
from msgspec import Struct
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

SMALL = 0.92
_LEAST_POINTS = 6.0


class _Kind(Struct, frozen=True):
    factor: float = 1.0
    strong: bool = False


class _Size(Struct, frozen=True):
    """In digits wide and lines high; None leaves a direction alone. ``fixed``: no more either."""

    digits: float | None
    lines: float | None
    fixed: bool


_kinds: WeakKeyDictionary[QWidget, _Kind] = WeakKeyDictionary()
_sizes: WeakKeyDictionary[QWidget, _Size] = WeakKeyDictionary()


def lettered(widget: QWidget, factor: float = 1.0, *, strong: bool = False) -> None:
    """Words ``factor`` as large as the application's, bold or not."""
    _kinds[widget] = _Kind(factor, strong)
    _apply_font(widget)


def strengthen(widget: QWidget, strong: bool) -> None:
    """Bold or not, in the size it has."""
    kind = _kinds.get(widget, _Kind())
    if kind.strong is not strong or widget not in _kinds:
        lettered(widget, kind.factor, strong=strong)


def sized(widget: QWidget, digits: float | None = None, lines: float | None = None, *, fixed: bool = False) -> None:
    """At least (or, ``fixed``, exactly) so many digits wide and lines high."""
    _sizes[widget] = _Size(digits, lines, fixed)
    _apply_size(widget)


def measure_again(root: QWidget) -> None:
    """The application's font is another now: every remembered widget below ``root`` follows."""
    for widget in (root, *root.findChildren(QWidget)):
        if shiboken6.isValid(widget):
            _apply_font(widget)
            _apply_size(widget)


def _apply_font(widget: QWidget) -> None:
    kind = _kinds.get(widget)
    if kind is None:
        return
    font = QApplication.font()
    font.setPointSizeF(max(font.pointSizeF() * kind.factor, _LEAST_POINTS))
    font.setBold(kind.strong)
    widget.setFont(font)


def _apply_size(widget: QWidget) -> None:
    size = _sizes.get(widget)
    if size is None:
        return
    metrics = QFontMetrics(QApplication.font())
    if size.digits is not None:
        width = round(metrics.horizontalAdvance("0") * size.digits)
        widget.setMinimumWidth(width)
        if size.fixed:
            widget.setMaximumWidth(width)
    if size.lines is not None:
        height = round(metrics.height() * size.lines)
        widget.setMinimumHeight(height)
        if size.fixed:
            widget.setMaximumHeight(height)
