"""What is seen in the window's own place from the first moment: header, tabs and watch list by name, nothing live.

It needs none of the modules that trade, so it stands while they are still being loaded. A tab that is pressed
meanwhile is the one that is shown first; other keys are kept for the window that comes, which does what they mean.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hoga.ui.outline import Outline
from hoga.ui.page import Page, page_text
from hoga.ui.painting import bold, draw_text, grid, small
from hoga.ui.theme.tokens import Tokens

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_DASH = "–"
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALONE = (Qt.Key.Key_Slash, Qt.Key.Key_F1, Qt.Key.Key_F6)
"""Mean something without another one."""


class Threshold(QWidget):
    """``tab``: the one that was shown last, or that was pressed since."""

    def __init__(self, outline: Outline | None, tokens: Tokens, tab: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tab = tab
        self.pressed = False
        """A person has chosen a tab here."""
        self.stop_pressed = False
        """F12 was pressed: it holds as soon as there is something to stop."""
        self.keys: list[QKeyCombination] = []
        """Pressed here, in their order."""
        self.typed = ""
        """After the last of them."""
        self._outline = outline
        self._tokens = tokens
        self._titles = {page: page_text(page).title for page in Page}
        self._saying = self.tr("Opening the desk …")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self._saying)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the watch list."""
        return self._outline.names if self._outline is not None else ()

    # --- where everything is ----------------------------------------------------------------------------------------

    def _box(self, part: str) -> QRect | None:
        """Where it was, in the window as wide and high as it is now: what stood at the bottom stays there."""
        outline = self._outline
        box = outline.box(part) if outline is not None else None
        if box is None or outline is None:
            return None
        wider, higher = self.width() - outline.width, self.height() - outline.height
        if part == "status":
            return box.translated(0, higher).adjusted(0, 0, wider, 0)
        if part == "header" or (part in ("tabs", "page") and box.right() > outline.width // 2):
            box.setWidth(box.width() + wider)
        if part in ("page", "list"):
            box.setHeight(box.height() + higher)
        return box

    def _header(self) -> QRect:
        return self._box("header") or QRect(
            0, 0, self.width(), QFontMetrics(bold(self.font())).height() + grid(self, 7)
        )

    def _row(self) -> QRect:
        """Of the tabs."""
        height = QFontMetrics(bold(self.font())).height() + grid(self, 4)
        return self._box("tabs") or QRect(0, self._header().bottom() + 1, self.width(), height)

    def _tabs(self) -> dict[Page, QRect]:
        """As wide as the tabs themselves."""
        metrics, row = QFontMetrics(bold(self.font())), self._row()
        left, found = row.left(), {}
        for page, title in self._titles.items():
            width = metrics.horizontalAdvance(title) + grid(self, 6)
            found[page] = QRect(left, row.top(), width, row.height())
            left += width
        return found

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.raised))
        self._paint_header(painter)
        self._paint_tabs(painter)
        self._paint_page(painter)
        self._paint_watch(painter)
        status = self._box("status")
        if status is not None:
            painter.fillRect(QRect(0, status.top() - 1, self.width(), 1), QColor(self._tokens.line))

    def _paint_header(self, painter: QPainter) -> None:
        area, tokens = self._header(), self._tokens
        painter.fillRect(QRect(0, area.bottom(), self.width(), 1), QColor(tokens.line))
        inner = area.adjusted(grid(self, 4), 0, -grid(self, 4), 0)
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(tokens.text))
        account = self._outline.account if self._outline is not None else ""
        draw_text(painter, inner, account or "호가 hoga", _LEFT)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.dim))
        draw_text(painter, inner, self._saying, _RIGHT)

    def _paint_tabs(self, painter: QPainter) -> None:
        tokens, row = self._tokens, self._row()
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), QColor(tokens.line))
        for page, area in self._tabs().items():
            chosen = page is self.tab
            if chosen:
                painter.fillRect(area, QColor(tokens.ground))
                painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), QColor(tokens.accent))
            painter.setFont(bold(self.font()) if chosen else self.font())
            painter.setPen(QColor(tokens.text if chosen else tokens.dim))
            draw_text(painter, area.adjusted(grid(self, 3), 0, 0, 0), self._titles[page], _LEFT)

    def _paint_page(self, painter: QPainter) -> None:
        row = self._row()
        area = self._box("page") or QRect(0, row.bottom() + 1, self.width(), self.height() - row.bottom() - 1)
        painter.fillRect(area, QColor(self._tokens.ground))
        painter.setFont(self.font())
        painter.setPen(QColor(self._tokens.dim))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._saying)

    def _paint_watch(self, painter: QPainter) -> None:
        """Names; each price is a dash until it is known."""
        area, tokens = self._box("list"), self._tokens
        if area is None:
            return
        painter.fillRect(area, QColor(tokens.ground))
        if (search := self._box("search")) is not None:
            painter.setPen(QColor(tokens.line))
            painter.drawRect(search.adjusted(0, 0, -1, -1))
        top, under = QFontMetrics(bold(self.font())).height(), QFontMetrics(small(self.font())).height()
        height, pad = top + under + grid(self, 2), grid(self, 2)
        painter.setClipRect(area)
        for place, name in enumerate(self.names[: area.height() // height + 1]):
            line = QRect(area.left() + pad, area.top() + place * height + grid(self), area.width() - 2 * pad, top)
            painter.setFont(bold(self.font()))
            painter.setPen(QColor(tokens.stale))
            draw_text(painter, line, _DASH, _RIGHT)
            painter.setFont(self.font())
            painter.setPen(QColor(tokens.text))
            draw_text(painter, line.adjusted(0, 0, -grid(self, 6), 0), name, _LEFT)
        painter.setClipping(False)

    # --- what a hand does meanwhile ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        for page, area in self._tabs().items():
            if area.contains(at):
                self._press(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1.value
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and 0 <= place < len(Page):
            self._press(tuple(Page)[place])
        elif event.key() == Qt.Key.Key_F12 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.stop_pressed = True
        elif event.key() == Qt.Key.Key_Escape:
            self._forget()
        elif event.key() not in _MODIFIERS and not event.isAutoRepeat():
            self._keep(event)

    def _forget(self) -> None:
        self.keys.clear()
        self.typed = ""

    def _keep(self, event: QKeyEvent) -> None:
        """What is typed after a key belongs to what that key opens. Letters alone mean nothing here."""
        if self.keys and event.key() == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        elif self.keys and event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
            self.typed += event.text()
        elif event.modifiers() & _COMMANDS or event.key() in _ALONE:
            self.keys.append(event.keyCombination())
            self.typed = ""

    def _press(self, page: Page) -> None:
        self.tab, self.pressed = page, True
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.update()
