"""The order tab's own claim on the chosen instrument's stream, and since when it has been heard without a gap."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from hoga.broker.port import Lease, Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.ui.context import Context
from hoga.ui.order.market import Freshness, KnownSteps, Market, look

_LOOK_EVERY_MS = 50
"""How late a price that reaches its limit may be taken for stale. Market time may run faster than this machine's."""
_KINDS = (TopicKind.TRADES, TopicKind.BOOK)


class _Leases:
    """Held apart from the QObject, so that they can be given back after it is gone."""

    def __init__(self) -> None:
        self.held: list[Lease] = []

    def exchange(self, fresh: list[Lease]) -> None:
        """The new ones were taken before the old ones go: a topic both have keeps its registration."""
        gone, self.held = self.held, fresh
        for lease in gone:
            lease.release()


class Watch(QObject):
    """Follows ``context.selected``. What the board still holds from before is not taken for the price of now.

    Signals: grew_stale, when the price that ``market`` gave last has reached its limit since.
    """

    grew_stale = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._leases = leases = _Leases()
        self._instrument: InstrumentId | None = None
        self._since: datetime | None = None
        self._steps = KnownSteps()
        self._growing = QTimer(self)
        self._growing.setInterval(_LOOK_EVERY_MS)
        self._growing.timeout.connect(self._look_again)
        self.destroyed.connect(lambda _gone: leases.exchange([]))
        context.selected.connect(self._follow)
        if context.instrument is not None:
            self._follow(context.instrument)

    def market(self, instrument: InstrumentId | None) -> Market | None:
        """The instrument's market now; None until the symbol master is read, or when there is no such instrument."""
        if instrument is None:
            return None
        if instrument != self._instrument:
            return look(self._context.desk, instrument)
        market = self._look(instrument)
        if market is not None and market.freshness is Freshness.SILENT and not self._growing.isActive():
            self._growing.start()
        return market

    def _look(self, instrument: InstrumentId) -> Market | None:
        streamed = all(lease.live for lease in self._leases.held)
        return look(self._context.desk, instrument, since=self._since, streamed=streamed, known=self._steps)

    def _look_again(self) -> None:
        """While the stream is silent, time alone makes a price stale: nothing else would tell."""
        market = self._look(self._instrument) if self._instrument is not None else None
        if market is None or market.freshness is not Freshness.SILENT:
            self._growing.stop()
            self.grew_stale.emit()

    def _follow(self, instrument: InstrumentId) -> None:
        self._leases.exchange([self._context.desk.lease(Topic(kind, instrument)) for kind in _KINDS])
        self._instrument = instrument
        self._since = self._context.desk.clock.now()
