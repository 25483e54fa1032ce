"""The selected instrument's market for one pane: its stream leases, what has to be read, and whether it is true now.

Prices are true now while they stream. A topic that does not fit the broker's budget of registrations, or whose stream
is down, is polled and says so; what is neither streamed nor freshly read is stale.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from hoga.base.message import Message
from hoga.base.tasks import Busy
from hoga.broker.port import BrokerError, Lease, Stream, StreamHealth, Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.ui.context import Context

STALE_AFTER = 10.0
"""Seconds of market time after which a polled value is no longer shown as true."""
LOOK_EVERY_MS = 50
"""How late a value that reaches the limit may be drawn stale. Market time may run faster than this machine's."""
QUOTE_EVERY = 5
POLL_EVERY = 2
"""Seconds of wall time between two readings; slower where the broker allows few reads."""
SLOW_FACTOR = 3
_FEW_READS = 5.0


class Freshness(Enum):
    LIVE = "live"
    POLLED = "polled"
    """Read a moment ago, not streamed."""
    STALE = "stale"
    NONE = "none"
    """Nothing is known yet."""


class _Leases:
    """Held apart from the QObject, so that they can be given back after it is gone."""

    def __init__(self) -> None:
        self.held: list[Lease] = []

    def release(self, *_: object) -> None:
        held, self.held = self.held, []
        for lease in held:
            lease.release()


class SelectedMarket(QObject):
    """Follows ``context.selected``. Signals:

    switched: another instrument is followed; everything shown before belongs to the old one.
    judged: freshness or trouble may be another now.
    began_or_ended: ``reading`` is another now.
    """

    switched = Signal()
    began_or_ended = Signal()
    judged = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._leases = _Leases()
        self._since: datetime | None = None
        self._seconds = 0
        self._verdict: tuple[object, ...] = ()
        self._stream_lives = False
        self.instrument: InstrumentId | None = None
        self.trouble: Message | None = None
        """Why the last reading failed; None after one that went well."""
        self.reading = False
        """Quote and book of a newly followed instrument, or of F5, are being read."""
        self.wanted = True
        """Whether the quote is read again every few seconds even while trades stream: only a visible card wants it."""
        self._at_limit = QTimer(self)
        self._at_limit.setSingleShot(True)
        self._at_limit.timeout.connect(self.judge)
        self.destroyed.connect(self._leases.release)
        context.selected.connect(self.follow)
        context.health_changed.connect(self._read_health)
        context.second.connect(self._second)
        context.rewound.connect(self._anew)
        self._read_health()
        if context.instrument is not None:
            self.follow(context.instrument)

    # --- what is followed -------------------------------------------------------------------------------------------

    def follow(self, instrument: InstrumentId) -> None:
        if instrument == self.instrument:
            return
        # The new leases come first: a topic both have keeps its registration.
        fresh = [self._desk.lease(Topic(kind, instrument)) for kind in (TopicKind.TRADES, TopicKind.BOOK)]
        self._leases.release()
        self._leases.held = fresh
        self.instrument = instrument
        self._since = self._desk.clock.now()
        self.trouble = None
        self._seconds = 0
        self.switched.emit()
        self.refresh()

    def _anew(self) -> None:
        """Another moment of a recording: what is on the board now is what was true then."""
        self._since = self._desk.clock.now()
        self.switched.emit()
        self.refresh()

    @property
    def leased(self) -> bool:
        """Whether every topic fits into the broker's budget."""
        return all(lease.live for lease in self._leases.held)

    @property
    def streaming(self) -> bool:
        return self._stream_lives and self.leased

    def refresh(self) -> None:
        """Read quote and book now."""
        if self.instrument is not None:
            self._set_reading(True)
            self._context.do("quote tab: read", self._read(self.instrument, with_book=True), Busy.REPLACE)

    async def _read(self, instrument: InstrumentId, *, with_book: bool) -> None:
        try:
            await self._desk.quote(instrument)
            if with_book:
                await self._desk.book(instrument)
            trouble = None
        except BrokerError as error:
            trouble = error.message
        finally:
            if instrument == self.instrument:
                self._set_reading(False)
        if instrument == self.instrument:
            self.trouble = trouble
            self.judge()

    def _set_reading(self, reading: bool) -> None:
        if reading is not self.reading:
            self.reading = reading
            self.began_or_ended.emit()

    def _read_health(self) -> None:
        """Kept, since a whole report of health is more than every frame needs."""
        stream = self._desk.health().streams.get(Stream.QUOTES)
        self._stream_lives = stream is not None and stream.health is StreamHealth.LIVE
        self.judge()

    def _second(self) -> None:
        self._seconds += 1
        self._read_health()
        instrument = self.instrument
        if instrument is None:
            return
        factor = SLOW_FACTOR if self._desk.capabilities.reads_per_second < _FEW_READS else 1
        polled = not self.streaming
        if polled and self._seconds % (POLL_EVERY * factor) == 0:
            self._context.do("quote tab: read", self._read(instrument, with_book=True), Busy.DROP)
        elif self.wanted and self._seconds % (QUOTE_EVERY * factor) == 0:
            self._context.do("quote tab: read", self._read(instrument, with_book=False), Busy.DROP)

    # --- whether it is true -----------------------------------------------------------------------------------------

    def freshness(self, value: Maybe[Any]) -> Freshness:
        """Of a value of the followed instrument on the desk's board.

        A quiet name's old price is true while its stream lives, but only if it came, or was read, since the lease was
        taken: what was seen earlier may have been passed by unheard.
        """
        if isinstance(value, Unknown):
            return Freshness.NONE
        if self.streaming and self._since is not None and value.at >= self._since:
            return Freshness.LIVE
        if self.streaming or value.source.startswith("rest"):
            return Freshness.STALE if self._age(value) > STALE_AFTER else Freshness.POLLED
        return Freshness.STALE

    def price_freshness(self) -> Freshness:
        """Of the newest price."""
        return Freshness.NONE if self.instrument is None else self.freshness(self._desk.board.last(self.instrument))

    def book_freshness(self) -> Freshness:
        return Freshness.NONE if self.instrument is None else self.freshness(self._desk.board.book(self.instrument))

    def judge(self) -> None:
        """Tell when freshness changed; while a polled value lives, look again until it reaches the limit."""
        if self.instrument is None:
            return
        board = self._desk.board
        values = (board.last(self.instrument), board.book(self.instrument))
        if any(self.freshness(value) is Freshness.POLLED for value in values):
            self._at_limit.start(LOOK_EVERY_MS)
        verdict = (self.instrument, *map(self.freshness, values), self.streaming, self.trouble)
        if verdict != self._verdict:
            self._verdict = verdict
            self.judged.emit()

    def age(self) -> float | None:
        """Seconds of market time since the newest price came."""
        return None if self.instrument is None else self._desk.board.age(self._desk.board.last(self.instrument))

    def _age(self, value: Known[Any]) -> float:
        return self._desk.board.age(value) or 0.0
