"""The live candle chart."""

from __future__ import annotations

from hoga.ui.chart.pane import ChartPane
from hoga.ui.context import Context


def make(context: Context) -> ChartPane:
    """The chart of the selected instrument, with every period."""
    return ChartPane(context)


def make_mini(context: Context) -> ChartPane:
    """A small one for beside the ticket."""
    return ChartPane(context, mini=True)
