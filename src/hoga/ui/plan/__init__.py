"""The rebalancing tab: target weights become a plan that is read before it runs, and watched while it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hoga.plans.facade import Plans
from hoga.ui.context import Context
from hoga.ui.plan.news import News as PlanNews

if TYPE_CHECKING:
    from hoga.ui.plan.accounts import Others

__all__ = ["PlanNews", "make"]


def make(
    context: Context, plans: Plans, others: Others = tuple, news: PlanNews | None = None, at_once: bool = True
) -> QWidget:
    """``plans`` of the connection that the page stands for; ``others`` names every open connection with its plans, for
    plans of the same targets on several accounts. ``news``: who says aloud what happens to its plans.
    ``at_once`` False: it is made as its ``pieces`` are gone through."""
    # Not above: what is said of plans is wanted long before the tab is.
    from hoga.ui.plan.page import PlanPage

    return PlanPage(context, plans, others, news, at_once)
