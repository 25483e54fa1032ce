"""The corner where toasts stand: at most three, newest lowest, equal matters in one line, errors until closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QWidget

from hoga.ui.context import Context, Toast
from hoga.ui.painting import grid
from hoga.ui.settings_file import SettingsFile
from hoga.ui.toasts.card import ToastCard

MOST = 3
_WIDTH_CHARS = 46


class ToastStack(QObject):
    """Shows the context's toasts over ``over``, above its lower right corner."""

    def __init__(self, context: Context, settings: SettingsFile, over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        self._settings = settings
        self._over = over
        self._cards: list[ToastCard] = []
        self._more = QLabel(over)
        self._more.hide()
        over.installEventFilter(self)
        context.toast.connect(self.show)
        context.look_changed.connect(self._place)

    def cards(self) -> tuple[ToastCard, ...]:
        """Oldest first; only the last ``MOST`` are seen."""
        return tuple(self._cards)

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

    def _place(self) -> None:
        gap = grid(self._over, 2)
        width = min(self._over.fontMetrics().averageCharWidth() * _WIDTH_CHARS, self._over.width() - 4 * gap)
        right, bottom = self._over.width() - 2 * gap, self._over.height() - 2 * gap
        for card in self._cards[:-MOST]:
            card.hide()
        for card in reversed(self._cards[-MOST:]):
            layout = card.layout()
            height = layout.heightForWidth(width) if layout is not None else card.sizeHint().height()
            bottom -= height
            card.setGeometry(right - width, bottom, width, height)
            card.show()
            card.raise_()
            bottom -= gap
        hidden = len(self._cards) - MOST
        self._more.setVisible(hidden > 0)
        if hidden > 0:
            self._more.setText(self.tr("{count} more").format(count=hidden))
            self._more.adjustSize()
            self._more.move(right - self._more.width(), bottom - self._more.height())
            self._more.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._place()
        return False
