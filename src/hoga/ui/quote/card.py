"""The quote card: labelled figures in a painted grid. Arrow keys or a click choose one, Ctrl+C copies it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import draw_focus, draw_text
from hoga.ui.quote.card_fields import Field
from hoga.ui.quote.pane import LEFT, RIGHT, Pane, copy_menu, copy_text

_MOST_COLUMNS = 5


class Card(Pane):
    """Paints ``fields``; only cells whose field changed are painted again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.fields: tuple[Field, ...] = ()
        self.stale = False
        self._current = 0
        self._widest = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        context.actions.add(
            "quote.copy",
            lambda: self.tr("Copy the figure"),
            self.copy_current,
            shortcut="Ctrl+C",
            tooltip=lambda: self.tr("Puts the chosen figure of the quote on the clipboard, exactly"),
            where=self,
        )

    # --- what is told -----------------------------------------------------------------------------------------------

    def show_fields(self, fields: tuple[Field, ...], *, stale: bool) -> None:
        before, self.fields = self.fields, fields
        if stale != self.stale or len(before) != len(fields):
            self.stale = stale
            self._current = min(self._current, max(len(fields) - 1, 0))
            self._measure()
            self.update()
            return
        for at, (old, new) in enumerate(zip(before, fields, strict=True)):
            if (old.label, old.value, old.rising) != (new.label, new.value, new.rising):
                self.update(self.cell(at))
        self._measure()

    def restyle(self) -> None:
        self._widest = 0
        super().restyle()
        self._measure()

    def _measure(self) -> None:
        """Cells grow with their widest figure and never jump back."""
        widths = (self.tiny.width(field.label) + self.plain.width(field.value) for field in self.fields)
        widest = max(widths, default=0) + self.unit * 7
        if widest > self._widest:
            self._widest = widest
            self.updateGeometry()
            self.update()

    # --- where everything is ----------------------------------------------------------------------------------------

    def columns(self, width: int) -> int:
        return max(1, min(width // self._widest, _MOST_COLUMNS)) if self._widest else 1

    def heightForWidth(self, width: int) -> int:
        columns = self.columns(width)
        return -(-len(self.fields) // columns) * self.row_height + self.unit

    def sizeHint(self) -> QSize:
        width = self.width() or self._widest * 4
        return QSize(self._widest * 4, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest, self.row_height)

    def cell(self, at: int) -> QRect:
        columns = self.columns(self.width())
        width = self.width() // columns
        return QRect(at % columns * width, at // columns * self.row_height, width, self.row_height)

    def at(self, point: QPoint) -> int | None:
        """The field under a point."""
        return next((at for at in range(len(self.fields)) if self.cell(at).contains(point)), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.context.tokens.ground))
        for at, field in enumerate(self.fields):
            cell = self.cell(at)
            if cell.intersects(event.rect()):
                self._paint_cell(painter, cell, field)
                if at == self._current and self.hasFocus():
                    draw_focus(painter, cell, self.context.tokens)

    def _paint_cell(self, painter: QPainter, cell: QRect, field: Field) -> None:
        tokens = self.context.tokens
        inner = cell.adjusted(self.unit * 2, 0, -self.unit * 2, 0)
        painter.setFont(self.tiny.font)
        painter.setPen(QColor(tokens.dim))
        value = self.plain.width(field.value)
        draw_text(painter, inner.adjusted(0, 0, -value - self.unit, 0), field.label, LEFT)
        colour = tokens.up if field.rising > 0 else tokens.down if field.rising < 0 else tokens.text
        painter.setPen(QColor(tokens.stale if self.stale else colour))
        if value <= inner.width():
            self.plain.draw(painter, inner, field.value, RIGHT)
        else:
            painter.setFont(self.plain.font)
            draw_text(painter, inner, field.value, RIGHT)

    # --- choosing and copying ---------------------------------------------------------------------------------------

    @property
    def current(self) -> Field | None:
        return self.fields[self._current] if self._current < len(self.fields) else None

    def choose(self, at: int) -> None:
        """Put the cursor on a field."""
        if not self.fields:
            return
        self.update(self.cell(self._current))
        self._current = max(0, min(at, len(self.fields) - 1))
        self.update(self.cell(self._current))
        self._tell()

    def _tell(self) -> None:
        field = self.current
        if field is not None:
            self.setAccessibleName(f"{field.label} {field.value}")
            self.setAccessibleDescription(field.tip)

    def copy_current(self) -> None:
        if self.current is not None:
            copy_text(self.current.copy)

    def all_text(self) -> str:
        """Every field, one a line: label, tab, plain value."""
        return "\n".join(f"{field.label}\t{field.copy}" for field in self.fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self.columns(self.width())
        steps = {
            int(Qt.Key.Key_Left): -1,
            int(Qt.Key.Key_Right): 1,
            int(Qt.Key.Key_Up): -columns,
            int(Qt.Key.Key_Down): columns,
            int(Qt.Key.Key_Home): -len(self.fields),
            int(Qt.Key.Key_End): len(self.fields),
        }
        step = steps.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self._current + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.at(event.position().toPoint())
        if at is not None:
            self.choose(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.choose(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.at(event.pos())
        if at is not None:
            self.choose(at)
        field = self.current
        entries = [(self.tr("Copy all figures"), self.all_text())]
        if field is not None:
            entries.insert(0, (self.tr("Copy {label}").format(label=field.label), field.copy))
        copy_menu(self, entries, event.globalPos())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.at(event.pos())
            field = None if at is None else self.fields[at]
            tip = "" if field is None else "\n".join(filter(None, (f"{field.label} {field.value}", field.tip)))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
