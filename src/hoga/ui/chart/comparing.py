"""The other instrument of a chart: read in the same period, as far back, and carried on with its trades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.chart.source import ChartSource
from hoga.ui.context import Context

if TYPE_CHECKING:  # brings numpy, which comes after the first paint
    from hoga.ui.chart.rival import Rival


class Comparing(QObject):
    """Follows ``main``. Signals:

    changed: ``rival`` is another, or its bars are.
    """

    changed = Signal()

    def __init__(self, context: Context, main: ChartSource, pane: QWidget) -> None:
        super().__init__(pane)
        self._context, self._main, self._pane = context, main, pane
        self.instrument: InstrumentId | None = None
        self.rival: Rival | None = None
        self._source: ChartSource | None = None
        main.restarted.connect(self._follow)
        main.changed.connect(self._reach)
        context.language_changed.connect(self._begin)
        context.instruments_changed.connect(self._begin)

    def choose(self, instrument: InstrumentId | None) -> None:
        """Compare with this one; None: with nothing."""
        self.instrument = instrument
        self._follow()

    def see(self, seen: bool) -> None:
        """Whether somebody can see the chart."""
        if self._source is not None:
            self._source.seen = seen

    def _follow(self) -> None:
        main, wanted = self._main, self.instrument
        if wanted == main.instrument or main.instrument is None or main.timeframe.trades:
            wanted = None
        if self._source is None:
            if wanted is None:
                return
            self._source = ChartSource(self._context, main.timeframe, self._pane)
            self._source.restarted.connect(self._begin)
            self._source.changed.connect(self._take)
        self._source.adjust(main.adjusted)
        self._source.choose(wanted, main.timeframe)
        self._begin()

    def _begin(self) -> None:
        """Other bars altogether, or another name."""
        source = self._source
        if source is None:
            return
        from hoga.ui.chart.rival import Rival

        here = source.instrument
        self.rival = Rival(self._context.name(here), source.bars) if here is not None else None
        self.changed.emit()

    def _take(self, first: int, _prepended: int) -> None:
        if self.rival is not None and self._source is not None:
            self.rival.sync(first)
            self._reach()
            self.changed.emit()

    def _reach(self, _first: int = 0, _prepended: int = 0) -> None:
        """Read it as far back as the chart's own."""
        source, oldest = self._source, self._main.bars.oldest
        if source is not None and source.instrument is not None and oldest is not None:
            theirs = source.bars.oldest
            if theirs is not None and theirs > oldest:
                source.more()
