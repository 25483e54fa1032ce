"""The rebalancing tab: target weights become a plan that is read before it runs, and watched while it does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.plans.facade import Plans
from hoga.ui.context import Context
from hoga.ui.plan.accounts import Others
from hoga.ui.plan.page import PlanPage

__all__ = ["Others", "make"]


def make(context: Context, plans: Plans, others: Others = tuple) -> QWidget:
    """``plans`` of the connection that the page stands for; ``others`` names every open connection with its plans, for
    plans of the same targets on several accounts."""
    return PlanPage(context, plans, others)
