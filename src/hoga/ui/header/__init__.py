"""The header that is always there: what is at stake, which account, what can be spent, what was won, how to stop."""

from hoga.ui.header.bar import HeaderBar

__all__ = ["HeaderBar"]
