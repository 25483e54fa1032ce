"""Where the instrument to compare with is found: by name, initials (ㅅㅅㅈㅈ) or code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.search.edit import SearchEdit

_MOST = 12
_ID = int(Qt.ItemDataRole.UserRole)


class CompareDialog(PlainDialog):
    """Signals:

    wanted (InstrumentId | None): compare with this one, or with nothing.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, now: InstrumentId | None, parent: QWidget) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Compare with"))
        self.say(self.tr("Both are shown in per cent from the left edge of the chart. An index fund shows the market."))
        self.edit, self.hits = SearchEdit(self), QListWidget(self)
        self.edit.setAccessibleName(self.tr("Instrument to compare with"))
        self.edit.setPlaceholderText(self.tr("Name, initials or code"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setUniformItemSizes(True)
        self.body.addWidget(self.edit)
        self.body.addWidget(self.hits)
        self.nothing = self.button(self.tr("With nothing"))
        self.nothing.setEnabled(now is not None)
        self.nothing.setToolTip("" if now is not None else self.tr("Nothing is compared now."))
        self.go = self.button(self.tr("Compare"), default=True)
        self.nothing.clicked.connect(lambda _checked=False: self._take(None))
        self.go.clicked.connect(lambda _checked=False: self._choose(self.hits.currentItem()))
        self.hits.itemClicked.connect(self._choose)
        self.edit.typed.connect(self._find)
        self.edit.stepped.connect(self._step)
        self.edit.chosen.connect(lambda _ctrl: self._choose(self.hits.currentItem()))
        self.edit.left.connect(self.reject)
        self._find("")
        self.edit.setFocus()

    def _find(self, text: str) -> None:
        self.hits.clear()
        for one in self.context.search.find(text.strip(), _MOST) if text.strip() else ():
            item = QListWidgetItem(f"{self.context.name(one.id)}  {one.id.code}  {one.market.value}", self.hits)
            item.setData(_ID, one.id)
        self.hits.setCurrentRow(0)
        self.go.setEnabled(self.hits.count() > 0)

    def _step(self, steps: int) -> None:
        if self.hits.count():
            self.hits.setCurrentRow(min(max(self.hits.currentRow() + steps, 0), self.hits.count() - 1))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._take(item.data(_ID))

    def _take(self, instrument: InstrumentId | None) -> None:
        self.wanted.emit(instrument)
        self.accept()
