"""The holdings tab: positions, live profit, cash by settlement day, and why each number is what it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.holdings.pane import HoldingsPane


def make(context: Context) -> QWidget:
    return HoldingsPane(context)
