"""The status bar: how the connection is, what is on its way, what time it is at the market."""

from hoga.ui.status.bar import StatusRow

__all__ = ["StatusRow"]
