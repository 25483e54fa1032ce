"""Small helpers that colour widgets by meaning, through their palettes: no style sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from hoga.domain.tickets import Side
from hoga.ui.painting import small
from hoga.ui.theme.tokens import Tokens

_ROLE = QPalette.ColorRole


def ground(widget: QWidget, colour: str) -> None:
    """The widget's own background."""
    palette = widget.palette()
    palette.setColor(_ROLE.Window, QColor(colour))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def ink(widget: QWidget, colour: str) -> None:
    """The colour of its words."""
    palette = widget.palette()
    for role in (_ROLE.WindowText, _ROLE.Text):
        palette.setColor(role, QColor(colour))
    widget.setPalette(palette)


def filled(button: QAbstractButton, colour: str, words: str) -> None:
    """A button of one colour."""
    palette = button.palette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, _ROLE.Button, QColor(colour))
        palette.setColor(group, _ROLE.ButtonText, QColor(words))
    button.setPalette(palette)


def plain(button: QAbstractButton, tokens: Tokens) -> None:
    filled(button, tokens.raised, tokens.text)


def side_colour(side: Side, tokens: Tokens) -> str:
    return tokens.up if side is Side.BUY else tokens.down


def side_ground(side: Side, tokens: Tokens) -> str:
    return tokens.up_ground if side is Side.BUY else tokens.down_ground


def field_ground(field: QWidget, colour: str, words: str) -> None:
    """What is typed into stands on a tint of its own."""
    palette = field.palette()
    palette.setColor(_ROLE.Base, QColor(colour))
    palette.setColor(_ROLE.Text, QColor(words))
    field.setPalette(palette)


def note(parent: QWidget | None = None) -> QLabel:
    """A small line of words that wraps and can be read by a screen reader; empty ones take no room."""
    label = QLabel(parent)
    label.setFont(small(label.font(), 0.92))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def say(label: QLabel, text: str) -> None:
    """Show a text, or nothing at all."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
