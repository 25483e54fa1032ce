"""Where toasts stand: at most three, newest lowest, equal matters in one line, errors until closed.

They lie over the lower end of the side pane, where nothing is to be pressed; without one, in the lower right corner of
the page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from hoga.ui.context import Context, Toast
from hoga.ui.painting import grid
from hoga.ui.settings_file import SettingsFile
from hoga.ui.toasts.card import ToastCard

MOST = 3
_WIDEST_CHARS = 32
_NARROWEST_CHARS = 16
_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.FontChange)


class ToastStack(QObject):
    """Shows the context's toasts in ``window``: over ``side`` while that is docked and wide enough, else ``page``."""

    def __init__(
        self, context: Context, settings: SettingsFile, window: QWidget, side: QDockWidget, page: QWidget
    ) -> None:
        super().__init__(window)
        self._context = context
        self._settings = settings
        self._over = window
        self._side = side
        self._page = page
        self._cards: list[ToastCard] = []
        self._more = QLabel(window)
        self._more.hide()
        for watched in (window, side, page):
            watched.installEventFilter(self)
        self.elsewhere: Callable[[Toast], None] | None = None
        """Shows them while this window is not the one that is seen."""
        context.toast.connect(self._arrived)
        context.look_changed.connect(self._place)
        context.language_changed.connect(self._place_again)

    def _place_again(self) -> None:
        """Each says its text anew, which may be longer."""
        QTimer.singleShot(0, self, self._place)

    def cards(self) -> tuple[ToastCard, ...]:
        """Oldest first; only the last ``MOST`` are seen."""
        return tuple(self._cards)

    def _arrived(self, toast: Toast) -> None:
        (self.elsewhere or self.show)(self._context.named(toast))

    def show(self, toast: Toast) -> None:
        if toast.event in self._settings.now.quiet:
            return
        same = next((card for card in self._cards if toast.merge and card.toast.merge == toast.merge), None)
        if same is not None:
            same.show_toast(toast)
            self._cards.remove(same)
            self._cards.append(same)
        else:
            card = ToastCard(self._context, toast, self._over)
            card.closed.connect(self._close)
            self._cards.append(card)
            self._drop_oldest()
        self._place()

    def take(self) -> tuple[Toast, ...]:
        """What is to be read still, for the window that is shown instead; nothing of it stays here."""
        toasts = tuple(card.toast for card in self._cards)
        self.clear()
        return toasts

    def clear(self) -> None:
        for card in self.cards():
            self._close(card)

    def _drop_oldest(self) -> None:
        """Passing words make room; errors wait behind the others until they are closed."""
        while len(self._cards) > MOST:
            passing = next((card for card in self._cards[:-1] if not card.toast.sticky), None)
            if passing is None:
                return
            self._close(passing)

    def _close(self, card: ToastCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            card.deleteLater()
            self._place()

    def area(self) -> QRect:
        """Where the stack stands, in the window: it grows up from the lower edge."""
        gap = grid(self._over, 2)
        letter = self._over.fontMetrics().averageCharWidth()
        side = self._side
        if side.isVisible() and not side.isFloating() and side.width() >= letter * _NARROWEST_CHARS:
            return QRect(side.mapTo(self._over, QPoint(0, 0)), side.size()).adjusted(gap, gap, -gap, -gap)
        page = QRect(self._page.mapTo(self._over, QPoint(0, 0)), self._page.size()).adjusted(gap, gap, -gap, -gap)
        page.setLeft(max(page.left(), page.right() - letter * _WIDEST_CHARS))
        return page

    def _place(self) -> None:
        gap, area = grid(self._over, 2), self.area()
        bottom = area.bottom() + 1
        for card in self._cards[:-MOST]:
            card.hide()
        for card in reversed(self._cards[-MOST:]):
            height = card.height_at(area.width())
            bottom -= height
            card.setGeometry(area.left(), bottom, area.width(), height)
            card.show()
            card.raise_()
            bottom -= gap
        hidden = len(self._cards) - MOST
        self._more.setVisible(hidden > 0)
        if hidden > 0:
            self._more.setText(self.tr("{count} more").format(count=hidden))
            self._more.adjustSize()
            self._more.move(area.left(), bottom - self._more.height())
            self._more.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVING:
            self._place()
        return False
