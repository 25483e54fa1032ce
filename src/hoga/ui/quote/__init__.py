"""The quote tab: what an instrument is, where its price stands, its ten-level book and its tape."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.quote.page import QuotePage


def make(context: Context, chart: QWidget | None = None) -> QWidget:
    """The tab, with ``chart`` in its slot."""
    return QuotePage(context, chart)
