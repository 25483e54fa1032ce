"""A table with the biography of the order that was opened in it underneath."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from hoga.domain.tickets import OrderId
from hoga.ui.biography.pane import BiographyPane
from hoga.ui.context import Context
from hoga.ui.tables.pane import TablePane


class WithBiography(QSplitter):
    """``open`` shows the biography below the table; Esc or Close puts it away. It is built when first wanted."""

    def __init__(self, context: Context, table: TablePane[Any], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._context = context
        self._table = table
        self.biography: BiographyPane | None = None
        self.setChildrenCollapsible(False)
        self.addWidget(table)

    def open(self, order: OrderId) -> None:
        if self.biography is None:
            self.biography = BiographyPane(self._context, self)
            self.biography.closed.connect(self._put_away)
            self.addWidget(self.biography)
            self.setStretchFactor(0, 3)
            self.setStretchFactor(1, 2)
        if self.biography.isHidden() or self.sizes()[1] == 0:
            self.biography.show()
            whole = max(self.height(), 1)
            self.setSizes([whole * 11 // 20, whole * 9 // 20])
        self.biography.show_order(order)
        self.biography.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        if self.biography is not None:
            self.biography.hide()
        self._table.setFocus()
