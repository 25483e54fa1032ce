"""The table of targets: bars painted from now to target, weights and roles edited in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hoga.plans.inputs import Role
from hoga.ui.context import Context
from hoga.ui.order.entry import NumberEdit
from hoga.ui.painting import grid
from hoga.ui.plan.targets_model import BARS, TONE, At, TargetsModel
from hoga.ui.plan.words import role_words

Index = QModelIndex | QPersistentModelIndex
_SAMPLES = {At.HELD: "100,000", At.PRICE: "1,000,000", At.NOW: "100.00 %", At.TARGET: "00.0000 %"}


class TargetsDelegate(QStyledItemDelegate):
    """Paints bars and meanings; makes the editors."""

    def __init__(self, context: Context, view: QTableView) -> None:
        super().__init__(view)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 8, hint.height())

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colour = QColor(getattr(self._context.tokens, index.data(TONE) or "text"))
        palette = option.palette
        for role in (palette.ColorRole.Text, palette.ColorRole.HighlightedText):
            palette.setColor(role, colour)
        palette.setColor(palette.ColorRole.Highlight, QColor(self._context.tokens.selection))
        palette.setColor(palette.ColorRole.Window, QColor(self._context.tokens.dim))  # what boxes are edged with
        option.palette = palette

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == At.BAR:
            self._paint_bars(painter, option.rect, index.data(BARS))

    def _paint_bars(self, painter: QPainter, area: QRect, bars: tuple[int | None, int | None, int]) -> None:
        """Now above, target below, to one scale: a difference is seen before it is read."""
        now, target, whole = bars
        tokens, thick = self._context.tokens, max(area.height() // 5, 3)
        room = area.adjusted(6, 0, -6, 0)
        middle = area.center().y()
        for value, top, colour in ((now, middle - thick - 1, tokens.stale), (target, middle + 1, tokens.accent)):
            painter.fillRect(QRect(room.left(), top, room.width(), thick), QColor(tokens.sunken))
            if value:
                width = max(min(room.width() * value // whole, room.width()), 2)
                painter.fillRect(QRect(room.left(), top, width, thick), QColor(colour))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == At.ROLE:
            box = QComboBox(parent)
            for role in Role:
                box.addItem(role_words(role), role)
            box.activated.connect(lambda _place: self._done(box))
            return box
        edit = NumberEdit(parent)
        edit.set_suffix("%")
        return edit

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(list(Role).index(value))
        elif isinstance(editor, NumberEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, NumberEdit):
            model.setData(index, editor.text())


class TargetsView(QTableView):
    """Rows by code: what is selected stays selected when rows come and go."""

    def __init__(self, context: Context, model: TargetsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(TargetsDelegate(context, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self._kept: tuple[str, ...] = ()
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._select_again)
        self.remeasure()

    def remeasure(self) -> None:
        """Widths from likely texts, so that nothing jumps while prices move."""
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(max(metrics.height() * 3 // 2, 24))
        for at in At:
            title = str(self._rows.headerData(at, Qt.Orientation.Horizontal))
            texts = [title, _SAMPLES.get(at, "")]
            if at is At.ROLE:
                texts = [title, *(role_words(role) for role in Role)]
            width = max(metrics.horizontalAdvance(text) for text in texts) + grid(self, 3)
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(at, width)
        self.setColumnWidth(At.NAME, metrics.averageCharWidth() * 12)
        self.setColumnWidth(At.BAR, max(self.columnWidth(At.BAR), metrics.averageCharWidth() * 8))

    def selected_codes(self) -> tuple[str, ...]:
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self._rows.rows[place].code for place in places if self._rows.rows[place].code)

    def choose(self, code: str) -> None:
        place = self._rows.place(code)
        if place is not None:
            self.selectRow(place)
            self.scrollTo(self._rows.index(place, At.NAME))

    def edit_weight(self, code: str) -> None:
        """Let a weight be typed at once."""
        place = self._rows.place(code)
        if place is not None:
            index = self._rows.index(place, At.TARGET)
            self.setCurrentIndex(index)
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins to edit the weight of the row, whichever cell the ring stands on; Space turns a switch."""
        index = self.currentIndex()
        if event.text().strip() and event.text() in "0123456789." and index.isValid():
            target = self._rows.index(index.row(), At.TARGET)
            if self._rows.flags(target) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(target)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not event.isAutoRepeat():
            self.edit_weight(self._rows.rows[index.row()].code)
            return
        super().keyPressEvent(event)

    def _keep_selection(self) -> None:
        self._kept = self.selected_codes()

    def _select_again(self) -> None:
        flags = self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows
        for code in self._kept:
            place = self._rows.place(code)
            if place is not None:
                self.selectionModel().select(self._rows.index(place, 0), flags)
