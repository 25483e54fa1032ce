"""The fixed tabs: their names, order, keys and counts; one of them is shown.

Tabs never move, so a hand learns where they are. A tab that has nothing to show yet is disabled and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hoga.domain.orders import Order
from hoga.ui.context import Context
from hoga.ui.focus import focus_into
from hoga.ui.page import Page as Page
from hoga.ui.page import page_text
from hoga.ui.painting import bold, draw_focus, grid

Make = Callable[[], QWidget]


class TabRow(QTabBar):
    """Plain words on a line; the chosen one underlined in the accent."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts: dict[int, int] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        context.look_changed.connect(self.update)

    def set_count(self, index: int, count: int) -> None:
        """0 shows nothing."""
        if self._counts.get(index, 0) != count:
            self._counts[index] = count
            self.setTabText(index, self.tabText(index))
            self.updateGeometry()
            self.update()

    def count_of(self, index: int) -> int:
        return self._counts.get(index, 0)

    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetrics(bold(self.font()))
        width = metrics.horizontalAdvance(self.tabText(index)) + grid(self, 6)
        if self.count_of(index):
            width += metrics.horizontalAdvance(f"{self.count_of(index):,}") + grid(self, 2)
        return QSize(width, metrics.height() + grid(self, 4))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.raised))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(tokens.line))
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        tokens, area = self._context.tokens, self.tabRect(index)
        chosen = index == self.currentIndex()
        enabled = self.isTabEnabled(index)
        if chosen:
            painter.fillRect(area, QColor(tokens.ground))
            painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), QColor(tokens.accent))
        painter.setFont(bold(self.font()) if chosen else self.font())
        painter.setPen(QColor(tokens.text if chosen else tokens.dim if enabled else tokens.stale))
        inner = area.adjusted(grid(self, 3), 0, -grid(self, 3), 0)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(inner, left, self.tabText(index))
        if self.count_of(index):
            painter.setFont(bold(self.font()))
            painter.setPen(QColor(tokens.accent))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(inner, right, f"{self.count_of(index):,}")
        if chosen and self.hasFocus():
            draw_focus(painter, area, tokens)


class _Roomy(QScrollArea):
    """A page in whatever room there is: where it needs more (large text on a small screen) it can be scrolled, so the
    window never grows beyond the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(grid(self, 60), grid(self, 40))


class Pages(QWidget):
    """Tabs above, one page below. A page that is given as a function is made when it is first asked for. Signals:

    changed (Page): another one is shown.
    made (Page): it was asked for the first time.
    """

    changed = Signal(object)
    made = Signal(object)

    def __init__(self, context: Context, pages: Mapping[str, QWidget | Make], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.row = TabRow(context, self)
        self.row.setObjectName("tabs")
        self.stack = QStackedWidget(self)
        self._counted: tuple[Order, ...] | None = None
        self._rooms = {page: _Roomy(self.stack) for page in Page}
        self._made: dict[Page, QWidget] = {}
        self._unmade: dict[Page, Make] = {}
        self._begun: dict[Page, QWidget] = {}
        for page in Page:
            self.row.addTab("")
            self.stack.addWidget(self._rooms[page])
            given = pages.get(page.value)
            if given is None or isinstance(given, QWidget):
                self._put(page, given if given is not None else QLabel(self))
            else:
                self._unmade[page] = given
            self.row.setTabEnabled(self.row.count() - 1, given is not None)
        self._missing = frozenset(page for page in Page if pages.get(page.value) is None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.stack, 1)
        self.row.currentChanged.connect(self._turned)
        context.orders_changed.connect(self.recount)
        context.language_changed.connect(self.retranslate)
        self.retranslate()
        self.recount()

    @property
    def current(self) -> Page:
        return tuple(Page)[self.row.currentIndex()]

    def page(self, page: Page) -> QWidget:
        """Made now, or what is missing of it, if nobody has asked for it before."""
        make = self._unmade.pop(page, None)
        if make is not None:
            begun = self._begun.pop(page, None) or make()
            for _ in getattr(begun, "pieces", ()):
                pass
            self._put(page, begun)
            self.made.emit(page)
        return self._made[page]

    def in_pieces(self, page: Page) -> Iterator[None]:
        """Made while somebody works elsewhere, who may turn to it meanwhile. One that has ``pieces`` is made of them
        between the steps."""
        make = self._unmade.get(page)
        if make is None or page in self._begun:
            return
        begun = self._begun[page] = make()
        begun.setParent(self)
        yield
        for _ in getattr(begun, "pieces", ()):
            yield
        self.page(page)

    @property
    def unmade(self) -> tuple[Page, ...]:
        """Nobody has asked for them yet, and they are not there."""
        return tuple(self._unmade)

    def make_all(self) -> None:
        """For who lists everything that can be done."""
        for page in self.unmade:
            self.page(page)

    def _put(self, page: Page, widget: QWidget) -> None:
        self._made[page] = widget
        self._rooms[page].setWidget(widget)

    def why_not(self, page: Page) -> str:
        """Why a tab cannot be shown; empty when it can."""
        if page not in self._missing:
            return ""
        if page is Page.PLAN:
            return self.tr("Plans are made in the desk that trades.")
        return self.tr("This page is not there.")

    def show_page(self, page: Page) -> bool:
        """Turn to a page, the keyboard with it, so that its keys work at once. False: it cannot be shown."""
        if page in self._missing:
            return False
        shown, focus = self.page(page), QApplication.focusWidget()
        there = focus is not None and shown.isAncestorOf(focus)
        self.row.setCurrentIndex(tuple(Page).index(page))
        if not there:
            focus_into(shown)
        return True

    def turn(self, step: int) -> None:
        """The next tab that can be shown, around the end."""
        order = [page for page in Page if page not in self._missing]
        if order:
            self.show_page(order[(order.index(self.current) + step) % len(order)])

    def recount(self) -> None:
        orders = self._context.desk.orders()
        if orders is self._counted:
            return
        self._counted = orders
        self.row.set_count(tuple(Page).index(Page.PENDING), sum(not order.state.over for order in orders))
        self.row.set_count(tuple(Page).index(Page.FILLS), sum(len(order.executions) for order in orders))

    def retranslate(self) -> None:
        for index, page in enumerate(Page):
            text = page_text(page)
            key = self._context.actions.hint(f"tab.{page.value}")
            head = f"{text.title} ({key})" if key else text.title
            self.row.setTabText(index, text.title)
            self.row.setTabToolTip(index, "\n".join(filter(None, (head, text.about, self.why_not(page)))))
        self.row.setAccessibleName(self.tr("Pages"))

    def _turned(self, index: int) -> None:
        self._context.later.finish(self.page(self.current))
        self.stack.setCurrentIndex(index)
        self.changed.emit(self.current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.row.update()
