"""The matrix of rounds: instruments down, rounds across, the shares of each; what is done already stands out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from hoga.ui.context import Context

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class MatrixModel(QAbstractTableModel):
    """Set once for each preview: it does not change while it is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.heads: tuple[str, ...] = ()
        self.shares: tuple[tuple[int, ...], ...] = ()

    def show_matrix(self, names: Sequence[str], heads: Sequence[str], shares: Sequence[Sequence[int]]) -> None:
        self.beginResetModel()
        self.names, self.heads = tuple(names), tuple(heads)
        self.shares = tuple(tuple(row) for row in shares)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            shares = self.shares[index.row()][index.column()]
            return f"{shares:,}" if shares else "·"
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if across else self.names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if across else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class Matrix(QTableView):
    """Numbers only; as wide as they need."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = MatrixModel(self)
        self.setModel(self.rows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_matrix(self, names: Sequence[str], heads: Sequence[str], shares: Sequence[Sequence[int]]) -> None:
        self.rows.show_matrix(names, heads, shares)
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() * 5 // 4)
        self.verticalHeader().setFixedWidth(metrics.averageCharWidth() * 17)
        widest = max((f"{one:,}" for row in shares for one in row), key=len, default="0")
        width = max(metrics.horizontalAdvance(text) for text in (widest, *heads, "00")) + metrics.averageCharWidth() * 2
        for column in range(len(heads)):
            self.setColumnWidth(column, width)
        self.setAccessibleName(self.tr("Shares of each round"))
