"""The keyboard's ring around fields and buttons of the system's style, which draws none that is seen well enough.

Whatever paints itself draws its own with ``painting.draw_focus``; this one looks the same.
"""

from __future__ import annotations

from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from hoga.ui.painting import draw_focus
from hoga.ui.theme.tokens import Tokens

_RINGED = (QAbstractButton, QAbstractSpinBox, QComboBox, QKeySequenceEdit, QLineEdit, QPlainTextEdit)


class Dressed(Protocol):
    """Knows the colours of now."""

    @property
    def tokens(self) -> Tokens: ...


class _Above(QProxyStyle):
    """The ring is laid into the window, or into what is scrolled: a tight row would cut it at its own edges."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)


class _Ring(QFocusFrame):
    """Lies over the widget and its nearest surroundings; the pointer does not meet it."""

    def __init__(self, dressed: Dressed) -> None:
        super().__init__()
        self._dressed = dressed
        self._above = _Above()
        self.setStyle(self._above)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_focus(painter, self.rect(), self._dressed.tokens)


class FocusRing(QObject):
    """Follows the focus of the application until it is closed."""

    def __init__(self, app: QApplication, dressed: Dressed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._dressed = dressed
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def around(self) -> QWidget | None:
        """What the ring lies around now."""
        ring = self._living()
        return None if ring is None else ring.widget()

    def close(self) -> None:
        self._app.focusChanged.disconnect(self._follow)
        ring, self._ring = self._living(), None
        if ring is not None:
            ring.setWidget(None)  # type: ignore[arg-type]
            ring.deleteLater()

    def _living(self) -> _Ring | None:
        """It becomes a child of the window in which it lies, and goes when that one does."""
        if self._ring is not None and not shiboken6.isValid(self._ring):
            self._ring = None
        return self._ring

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        ring = self._living()
        if not isinstance(now, _RINGED):
            if ring is not None:
                ring.setWidget(None)  # type: ignore[arg-type]
            return
        if ring is None:
            ring = self._ring = _Ring(self._dressed)
        ring.setWidget(now)
