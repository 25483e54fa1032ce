"""The activity tab: every decision, send and answer in plain words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.activity.pane import ActivityPane
from hoga.ui.context import Context


def make(context: Context) -> QWidget:
    return ActivityPane(context)
