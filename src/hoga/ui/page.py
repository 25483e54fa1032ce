"""The tabs by name: which there are, and what they are called."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication


class Page(Enum):
    """In the order of the tabs; Ctrl+1 is the first."""

    QUOTE = "quote"
    ORDER = "order"
    PENDING = "pending"
    PLAN = "plan"
    HOLDINGS = "holdings"
    FILLS = "fills"
    ACTIVITY = "activity"


class PageText(Struct, frozen=True):
    title: str
    about: str


def page_text(page: Page) -> PageText:
    """Title and one sentence, in the language of now."""
    tr = QCoreApplication.translate
    texts = {
        Page.QUOTE: (tr("Page", "Quote"), tr("Page", "Price, chart, book and tape of the chosen instrument.")),
        Page.ORDER: (tr("Page", "Order"), tr("Page", "The ticket and the price ladder.")),
        Page.PENDING: (tr("Page", "Pending"), tr("Page", "Orders that are working: change or cancel them here.")),
        Page.PLAN: (tr("Page", "Rebalancing"), tr("Page", "Target weights, and the orders that lead there.")),
        Page.HOLDINGS: (tr("Page", "Holdings"), tr("Page", "What the account holds, and its cash.")),
        Page.FILLS: (tr("Page", "Fills"), tr("Page", "What was bought and sold today.")),
        Page.ACTIVITY: (tr("Page", "Activity"), tr("Page", "Every decision, send and answer in plain words.")),
    }
    return PageText(*texts[page])
