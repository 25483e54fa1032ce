"""Where the keyboard goes when somebody turns to a pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_into(pane: QWidget) -> bool:
    """Give the focus to what the pane names (its focus proxy, and what that one names in turn), to itself, or to its
    first part that takes one."""
    named = pane
    while (proxy := named.focusProxy()) is not None:
        named = proxy
    for part in (named, pane, *pane.findChildren(QWidget)):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
