"""The pending tab: every working order, and everything that can be asked of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.pending.pane import PendingPane


def make(context: Context) -> QWidget:
    return PendingPane(context)
