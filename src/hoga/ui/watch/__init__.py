"""The watch list: groups of instruments with live prices, in one's own order."""

from hoga.ui.watch.dock import WatchDock

__all__ = ["WatchDock"]
