"""The fills tab: what was bought and sold today."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.fills.pane import FillsPane


def make(context: Context) -> QWidget:
    return FillsPane(context)
