"""One box to find everything: instruments as one types, actions, orders, settings."""

from hoga.ui.search.palette import Palette

__all__ = ["Palette"]
