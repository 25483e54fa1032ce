"""The box itself: a line and its results over the window, gone with Esc or when one looks elsewhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId
from hoga.ui.context import Context, Event
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.painting import draw_text, grid, small
from hoga.ui.search.edit import SearchEdit
from hoga.ui.search.finding import Finder, Hit, Kind
from hoga.ui.settings.sections import setting_names
from hoga.ui.tabs import Page

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
RECENT = 20
_ROWS = 14
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """The results of now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.text} {hit.beside}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return hit.why_not or None
        return None


class HitDelegate(QStyledItemDelegate):
    """Name at the left, what tells it apart at the right; what cannot be done now is dim and says why."""

    def __init__(self, context: Context, view: QWidget) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, QFontMetrics(self._view.font()).height() + grid(self._view, 3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(HIT_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = self._context.tokens
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.selection))
        inner = area.adjusted(grid(self._view, 3), 0, -grid(self._view, 3), 0)
        painter.setFont(small(self._view.font()))
        beside = hit.why_not or hit.beside
        width = min(painter.fontMetrics().horizontalAdvance(beside), inner.width() * 3 // 5)
        painter.setPen(QColor(tokens.dim))
        right = QRect(inner.right() - width, inner.top(), width + 1, inner.height())
        draw_text(painter, right, beside, Qt.AlignmentFlag.AlignRight)
        painter.setFont(self._view.font())
        painter.setPen(QColor(tokens.stale if hit.why_not else tokens.text))
        left = inner.adjusted(0, 0, -width - grid(self._view, 3), 0)
        mark = {Kind.INSTRUMENT: "", Kind.ACTION: "▸ ", Kind.ORDER: "◌ ", Kind.SETTING: "⚙ "}[hit.kind]
        draw_text(painter, left, mark + hit.text, Qt.AlignmentFlag.AlignLeft)
        painter.restore()


class Palette(QFrame):
    """Signals: watch_wanted (InstrumentId): Ctrl+Enter. settings_wanted (str)."""

    watch_wanted = Signal(object)
    settings_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._over = parent
        self._finder = Finder(context)
        self._before: QWidget | None = None
        self.edit = SearchEdit(self)
        self.edit.setClearButtonEnabled(True)
        self.list = QListView(self)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits = HitModel(self)
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitDelegate(context, self.list))
        self._foot = QLabel(self)
        self._lay_out()
        self.edit.typed.connect(self.refresh)
        self.edit.stepped.connect(self._step)
        self.edit.chosen.connect(self._choose_current)
        self.edit.left.connect(self.dismiss)
        self.list.clicked.connect(lambda index: self.take(self.hits.hits[index.row()], to_watch=False))
        context.instruments_changed.connect(self.refresh)
        context.selected.connect(self._remember)
        context.language_changed.connect(self.retranslate)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        gap = grid(self, 2)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)

    # --- opening and closing ----------------------------------------------------------------------------------------

    def open_at(self, box: QWidget) -> None:
        """Show it where ``box`` is, or in the middle when that is not seen, ready to type."""
        window = self._over
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        metrics = QFontMetrics(self.font())
        width = min(metrics.averageCharWidth() * 70, window.width() - grid(self, 8))
        corner = QPoint((window.width() - width) // 2, grid(self, 16))
        if box.isVisible() and box.window() is window:
            corner = box.mapTo(window, QPoint(-grid(self, 2), -grid(self, 2)))
        left = max(grid(self, 2), min(corner.x(), window.width() - width - grid(self, 2)))
        self.setGeometry(left, max(corner.y(), 0), width, 1)
        self.edit.selectAll()
        self.refresh()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Go, and give the focus back to where it was."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self._before = None
            self.hide()

    # --- results ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        hits = self._finder.find(self.edit.seen(), self._recent(), setting_names(self._context.language))
        self.hits.show(hits)
        if hits:
            self.list.setCurrentIndex(self.hits.index(0))
        self._foot.setText(self._foot_text(found=bool(hits)))
        self._fit(len(hits))

    def _fit(self, rows: int) -> None:
        """As tall as its results, up to what fits above the status bar."""
        row = QFontMetrics(self.font()).height() + grid(self, 3)
        around = self.edit.sizeHint().height() + self._foot.sizeHint().height() + grid(self, 10)
        room = self._over.height() - self.y() - grid(self, 10)
        self.resize(self.width(), min(around + row * min(max(rows, 3), _ROWS), room))

    def foot_words(self) -> str:
        return self._foot.text()

    def take(self, hit: Hit, *, to_watch: bool) -> None:
        """Do what a line stands for."""
        if hit.why_not:
            self._context.say(Event.NOTE, hit.why_not, merge="palette")
            return
        self.dismiss()
        if isinstance(hit.key, InstrumentId):
            if to_watch:
                self.watch_wanted.emit(hit.key)
            self._context.select(hit.key)
        elif hit.kind is Kind.ACTION:
            self._context.actions.trigger(hit.key)
        elif hit.kind is Kind.ORDER:
            self._show_order(OrderId(hit.key))
        else:
            self.settings_wanted.emit(hit.text)

    def _show_order(self, id: OrderId) -> None:
        order = self._context.desk.order(id)
        if order is not None:
            self._context.select(order.instrument)
            self._context.show_tab(Page.PENDING.value)

    def _choose_current(self, with_ctrl: bool) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.take(self.hits.hits[index.row()], to_watch=with_ctrl)

    def _step(self, by: int) -> None:
        rows = self.hits.rowCount()
        if rows:
            row = max(0, min(self.list.currentIndex().row() + by, rows - 1))
            self.list.setCurrentIndex(self.hits.index(row))

    def _foot_text(self, *, found: bool) -> str:
        if found:
            return self.tr("Enter: show · Ctrl+Enter: show and watch · > actions · Esc: back")
        if not self._context.instruments:
            return self.tr("The list of instruments is being read…")
        if not self.edit.seen():
            return self.tr("A name, 초성, an English name, a code or a nickname; > for actions")
        return self.tr("Nothing found. Try a part of the name, its 초성, or the code.")

    # --- what was chosen before -------------------------------------------------------------------------------------

    def _recent(self) -> list[InstrumentId]:
        kept = self._context.state.get("recent")
        read = (read_instrument(text) for text in (kept if isinstance(kept, list) else []))
        return [one for one in read if one is not None]

    def _remember(self, instrument: InstrumentId) -> None:
        recent = [instrument, *(one for one in self._recent() if one != instrument)][:RECENT]
        self._context.state.put("recent", [str(one) for one in recent])

    # --- how it looks -----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Find an instrument, an action, an order or a setting"))
        self.edit.setAccessibleName(self.edit.placeholderText())
        self.list.setAccessibleName(self.tr("Results"))
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.ground))
        painter.setPen(QPen(QColor(tokens.accent), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
