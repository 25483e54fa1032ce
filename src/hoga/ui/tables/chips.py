"""A row of small switches of which one is chosen: filters beside the filter box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

C = TypeVar("C")


class Chips(QWidget, Generic[C]):
    """``chosen`` is called with the choice that was pressed; the first one is chosen to begin with."""

    def __init__(
        self, choices: Mapping[C, Callable[[], str]], chosen: Callable[[C], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = dict(choices)
        self.buttons: dict[C, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for choice in self._texts:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setChecked(not self.buttons)
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
