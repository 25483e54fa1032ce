"""A small table to read in a dialog: whole rows, no grid, nothing to edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hoga.ui.painting import grid


class PlainTable(QTableWidget):
    """As wide as its contents, one column (the last one) as wide as what is left."""

    def __init__(
        self, headings: Sequence[str], parent: QWidget | None = None, *, letters: int, lines: int, wide: int = -1
    ) -> None:
        super().__init__(0, len(headings), parent)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + grid(self, 2))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(wide % len(headings), QHeaderView.ResizeMode.Stretch)
        self.setMinimumSize(self.fontMetrics().averageCharWidth() * letters, self.fontMetrics().height() * lines)

    def show_lines(self, lines: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
        """Replace every row; columns in ``right`` hold numbers."""
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                cell = QTableWidgetItem(text)
                if column in right:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, cell)

    def text_at(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return cell.text() if cell is not None else ""
