"""The composition root: builds every part once, in order, and tears down in reverse. Nobody imports it but cli.

Its names are loaded when they are asked for: a window is to be seen before all of them are there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hoga.app.connections import OpenConnections, open_connections
    from hoga.app.options import DeskOptions
    from hoga.app.single_desk import OpenDesk, practice_desk

__all__ = ["DeskOptions", "OpenConnections", "OpenDesk", "open_connections", "practice_desk"]

_PLACES = {
    "DeskOptions": "options",
    "OpenConnections": "connections",
    "OpenDesk": "single_desk",
    "open_connections": "connections",
    "practice_desk": "single_desk",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
