"""Adds an instrument to the targets: by name, initials (ㅅㅅㅈㅈ) or code, with the hits below the line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hoga.ui.context import Context
from hoga.ui.search.edit import SearchEdit

_MOST = 8
_CODE = int(Qt.ItemDataRole.UserRole)


class AddEdit(SearchEdit):
    """``wanted`` (str): this code is to be added."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._over = parent
        self.setClearButtonEnabled(True)
        self.hits = QListWidget(parent)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setUniformItemSizes(True)
        self.hits.hide()
        self.hits.itemClicked.connect(self._take)
        self.typed.connect(self._find)
        self.stepped.connect(self._step)
        self.chosen.connect(lambda _ctrl: self._take(self.hits.currentItem()))
        self.left.connect(self._leave)

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Add an instrument: name, initials or code"))
        self.setAccessibleName(self.tr("Add an instrument"))
        self.setToolTip(self.tr("Enter adds the chosen hit as a row. Ctrl+N"))

    def _find(self, text: str) -> None:
        self.hits.clear()
        for one in self._context.search.find(text.strip(), _MOST, ()) if text.strip() else ():
            item = QListWidgetItem(f"{self._context.name(one.id)}  {one.id.code}  {one.market.value}", self.hits)
            item.setData(_CODE, one.id.code)
        self.hits.setCurrentRow(0)
        self._place()
        self.hits.setVisible(self.hits.count() > 0)

    def _place(self) -> None:
        at = self.mapTo(self._over, QPoint(0, self.height()))
        row = max(self.hits.sizeHintForRow(0), self.fontMetrics().height())
        self.hits.setGeometry(at.x(), at.y(), max(self.width(), 200), row * self.hits.count() + 6)
        self.hits.raise_()

    def _step(self, steps: int) -> None:
        if self.hits.count():
            self.hits.setCurrentRow(min(max(self.hits.currentRow() + steps, 0), self.hits.count() - 1))

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        code = str(item.data(_CODE))
        self._leave()
        self.wanted.emit(code)

    def _leave(self) -> None:
        self.clear()
        self.hits.clear()
        self.hits.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hits.hide()
