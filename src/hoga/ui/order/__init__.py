"""The Order tab (ux.md 3.4, 3.5): ticket, confirmation slip, price ladder, working orders of the chosen instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context

if TYPE_CHECKING:
    from hoga.ui.order.page import OrderPage


def make(context: Context, mini_chart: QWidget | None = None) -> OrderPage:
    """The tab's widget. ``mini_chart`` is shown above the working orders and belongs to the tab from now on."""
    # Not above: other views use this package's words, and the page uses those views'.
    from hoga.ui.order.page import OrderPage

    return OrderPage(context, mini_chart)
