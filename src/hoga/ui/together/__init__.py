"""Pending, holdings and fills of several accounts in one table each, with sums in won; each row says whose it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.ui.context import Context
from hoga.ui.together.fills import AllFills
from hoga.ui.together.holdings import AllHoldings
from hoga.ui.together.pending import AllPending
from hoga.ui.together.scope import Scoped

_PANES = {"pending": AllPending, "holdings": AllHoldings, "fills": AllFills}


def with_others(context: Context, name: str, own: QWidget) -> QWidget:
    """The page of one account, with a switch to the same of all accounts; without other accounts the page itself."""
    return own if context.accounts is None else Scoped(context, own, _PANES[name])


__all__ = ["with_others"]
