"""Small helpers that colour widgets by meaning, through their palettes: no style sheets."""

from __future__ import annotations

from typing import TypeAlias
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from hoga.domain.tickets import Side
from hoga.ui.order.measures import SMALL, lettered, strengthen
from hoga.ui.theme.tokens import Tokens

_ROLE = QPalette.ColorRole
_Group: TypeAlias = QPalette.ColorGroup
_ENABLED = (_Group.Active, _Group.Inactive)
_ALL = (*_ENABLED, _Group.Disabled)
_worn: WeakKeyDictionary[QWidget, dict[QPalette.ColorRole, tuple[str, tuple[_Group, ...]]]] = WeakKeyDictionary()


def ground(widget: QWidget, colour: str) -> None:
    """The widget's own background."""
    _colour(widget, {_ROLE.Window: colour})
    widget.setAutoFillBackground(True)


def ink(widget: QWidget, colour: str) -> None:
    """The colour of its words."""
    _colour(widget, {_ROLE.WindowText: colour, _ROLE.Text: colour})


def filled(button: QAbstractButton, colour: str, words: str) -> None:
    """A button of one colour; disabled it keeps the application's look."""
    _colour(button, {_ROLE.Button: colour, _ROLE.ButtonText: words}, _ENABLED)


def plain(button: QAbstractButton, tokens: Tokens) -> None:
    filled(button, tokens.raised, tokens.text)


def chosen(button: QAbstractButton, tokens: Tokens) -> None:
    """One of several that can be checked: ground and weight say which, in both schemes."""
    filled(button, tokens.selection if button.isChecked() else tokens.raised, tokens.text)
    strengthen(button, button.isChecked())


def side_colour(side: Side, tokens: Tokens) -> str:
    return tokens.up if side is Side.BUY else tokens.down


def side_ground(side: Side, tokens: Tokens) -> str:
    return tokens.up_ground if side is Side.BUY else tokens.down_ground


def field_ground(field: QWidget, colour: str, words: str) -> None:
    """What is typed into stands on a tint of its own."""
    _colour(field, {_ROLE.Base: colour, _ROLE.Text: words}, _ENABLED)


def _colour(widget: QWidget, colours: dict[QPalette.ColorRole, str], groups: tuple[_Group, ...] = _ALL) -> None:
    """Set what differs: an unchanged palette is not set again, since that would repaint every child. What a widget
    wears is remembered, since looking it up takes longer than all the rest."""
    worn = _worn.setdefault(widget, {})
    if all(worn.get(role) == (colour, groups) for role, colour in colours.items()):
        return
    worn.update({role: (colour, groups) for role, colour in colours.items()})
    palette = widget.palette()
    for group in groups:
        for role, colour in colours.items():
            palette.setColor(group, role, QColor(colour))
    widget.setPalette(palette)


def note(parent: QWidget | None = None) -> QLabel:
    """A small line of words that wraps and can be read by a screen reader; empty ones take no room."""
    label = QLabel(parent)
    lettered(label, SMALL)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    label.hide()
    return label


def say(label: QLabel, text: str) -> None:
    """Show a text, or nothing at all."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
