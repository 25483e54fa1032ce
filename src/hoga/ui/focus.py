"""Where the keyboard goes when somebody turns to a pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_into(pane: QWidget) -> bool:
    """Give the focus to what the pane names (its focus proxy), to itself, or to its first part that takes one."""
    named = pane.focusProxy()
    for part in (*((named,) if named is not None else ()), pane, *pane.findChildren(QWidget)):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
