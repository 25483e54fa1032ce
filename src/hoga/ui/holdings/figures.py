"""The account in one strip: total, profit, orderable, cash by settlement day. Each figure answers why it is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import bold, draw_focus, draw_text, grid, small
from hoga.ui.tables.column import HIDDEN, Tone


class Shown(Struct, frozen=True):
    """A figure of the strip: its heading, its text, what the text means, and a word in the tip."""

    heading: str
    value: str
    tone: Tone = Tone.TEXT
    tip: str = ""
    amount: bool = True


class Figure(QAbstractButton):
    """One figure; pressed, it asks ``why``."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.shown = Shown("", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def show_figure(self, shown: Shown) -> None:
        if shown != self.shown:
            wider = len(shown.value) > len(self.shown.value) or shown.heading != self.shown.heading
            self.shown = shown
            self.setAccessibleName(f"{shown.heading} {self.text_now()}")
            self.setToolTip(shown.tip)
            if wider:
                self.updateGeometry()
            self.update()

    def text_now(self) -> str:
        return HIDDEN if self.shown.amount and self._context.hidden else self.shown.value

    def sizeHint(self) -> QSize:
        top, under = QFontMetrics(small(self.font())), QFontMetrics(bold(self.font()))
        width = max(top.horizontalAdvance(self.shown.heading), under.horizontalAdvance(self.shown.value))
        return QSize(width + grid(self, 5), top.height() + under.height() + grid(self, 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(tokens.sunken))
        pad = grid(self) * 2
        inner = self.rect().adjusted(pad, grid(self) // 2, -pad, -grid(self) // 2)
        top = QFontMetrics(small(self.font())).height()
        painter.setFont(small(self.font()))
        painter.setPen(QColor(tokens.dim))
        draw_text(painter, QRect(inner.left(), inner.top(), inner.width(), top), self.shown.heading, _LEFT)
        painter.setFont(bold(self.font()))
        painter.setPen(QColor((Tone.DIM if self.text_now() == "–" else self.shown.tone).colour(tokens)))
        draw_text(painter, QRect(inner.left(), inner.top() + top, inner.width(), inner.height() - top),
                  self.text_now(), _LEFT)  # fmt: skip
        if self.hasFocus():
            draw_focus(painter, self.rect(), tokens)


_LEFT = Qt.AlignmentFlag.AlignLeft


class Strip(QWidget):
    """Figures in as few rows as fit. ``asked`` is called with the place of the one that was pressed."""

    def __init__(self, context: Context, count: int, asked: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.figures = tuple(Figure(context, self) for _ in range(count))
        for place, figure in enumerate(self.figures):
            figure.clicked.connect(lambda _checked=False, place=place: asked(place))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, grid(self), 0, grid(self) // 2)
        self._grid.setSpacing(0)
        self._columns = 0
        self._arrange(count)

    def show_figures(self, shown: Sequence[Shown]) -> None:
        for figure, what in zip(self.figures, shown, strict=True):
            figure.show_figure(what)
        self._fit()

    def repaint_all(self) -> None:
        for figure in self.figures:
            figure.updateGeometry()
            figure.update()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # As narrow as one figure: the rest moves to the next row.
        widest = max(figure.sizeHint().width() for figure in self.figures)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widest = max(figure.sizeHint().width() for figure in self.figures)
        rows = -(-len(self.figures) * widest // max(self.width(), 1))
        self._arrange(max(-(-len(self.figures) // max(rows, 1)), 1))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, figure in enumerate(self.figures):
            self._grid.addWidget(figure, place // columns, place % columns)
        self.updateGeometry()
