"""A row of small switches of which one is chosen: filters beside the filter box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from hoga.ui.context import Context

C = TypeVar("C")


class Chip(QToolButton):
    """Chosen, it stands out in both themes: another ground and a line under the word."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setCheckable(True)
        context.look_changed.connect(self.dress)
        self.toggled.connect(self.dress)

    def dress(self, *_changed: object) -> None:
        tokens, palette = self._context.tokens, QApplication.palette()
        if self.isChecked():
            palette.setColor(palette.ColorRole.Button, QColor(tokens.selection))
        self.setPalette(palette)
        font = self.font()
        font.setUnderline(self.isChecked())
        self.setFont(font)


class Chips(QWidget, Generic[C]):
    """``chosen`` is called with the choice that was pressed; the first one is chosen to begin with."""

    def __init__(
        self, context: Context, choices: Mapping[C, Callable[[], str]], chosen: Callable[[C], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._texts = dict(choices)
        self.buttons: dict[C, Chip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for choice in self._texts:
            button = Chip(context, self)
            button.setChecked(not self.buttons)
            button.dress()
            button.clicked.connect(lambda _checked=False, choice=choice: chosen(choice))
            self._group.addButton(button)
            self.buttons[choice] = button
            line.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        for choice, button in self.buttons.items():
            button.setText(self._texts[choice]())
            button.setAccessibleName(button.text())

    def choose(self, choice: C) -> None:
        self.buttons[choice].click()


def chips_of(
    context: Context, choices: Iterable[C], words: Callable[[C], str], chosen: Callable[[C], None], parent: QWidget
) -> Chips[C]:
    """Switches whose ``words`` depend on the choice."""
    return Chips(context, {choice: partial(words, choice) for choice in choices}, chosen, parent)
