"""Order biography: what happened to one order, step by step, from its journal."""

from __future__ import annotations

from hoga.ui.biography.pane import BiographyPane
from hoga.ui.context import Context


def make(context: Context) -> BiographyPane:
    """A pane of its own; tables show theirs underneath (``drawer``)."""
    return BiographyPane(context)
