"""What the parts of the status bar say: pure readings of the desk, put into words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject

from hoga.broker.port import Stream, StreamChanged, StreamHealth
from hoga.domain.accounts import Stakes
from hoga.domain.instruments import Venue
from hoga.domain.sessions import Phase, PhaseStatus, Schedule
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import TimeInForce
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order_line import in_a_line
from hoga.ui.replay import player_of
from hoga.ui.status.part import Shown
from hoga.ui.stopping import stopped_since
from hoga.ui.tone import Tone

_QUIET_S = 5.0
"""Without market data for this long its age is shown."""
_SHOWN_WAITING = 5
_SLOW_S = 1.0
"""A request that takes longer than this is worth a second look."""
_TONES = {
    StreamHealth.LIVE: Tone.GOOD,
    StreamHealth.FILLING_GAP: Tone.WAIT,
    StreamHealth.CONNECTING: Tone.WAIT,
    StreamHealth.DOWN: Tone.BAD,
}


class Readings(QObject):
    """One method per part. ``now`` is wire time in seconds."""

    def __init__(
        self, context: Context, now: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._now = now
        self._heard_at: float | None = None
        context.frame.connect(self._heard)

    def _heard(self, _dirty: object) -> None:
        self._heard_at = self._now()

    # --- connections ------------------------------------------------------------------------------------------------

    def stream(self, stream: Stream) -> Shown:
        name = {
            Stream.QUOTES: self.tr("Quotes"),
            Stream.FILLS: self.tr("Fills"),
            Stream.REST: self.tr("Requests"),
        }[stream]
        change = self._context.desk.health().streams.get(stream)
        if change is None:
            return Shown(name, Tone.OFF, self.tr("Not connected yet."))
        if player_of(self._context) is not None:
            return self._played(stream, name)
        tone, text = _TONES[change.health], name
        rows = [(self.tr("State"), self._health(change.health)), (self.tr("Since"), fmt.clock(change.at))]
        if stream is Stream.QUOTES and change.health is StreamHealth.LIVE:
            age = self._now() - self._heard_at if self._heard_at is not None else None
            rows.append((self.tr("Last market data"), self._age(age)))
            if age is not None and age >= _QUIET_S:
                text, tone = f"{name} {self._age(age)}", Tone.WAIT
        if stream is Stream.REST and change.health is StreamHealth.LIVE:
            text, tone = self._round_trip(name, rows)
        if change.health is not StreamHealth.LIVE:
            text = f"{name}: {self._health(change.health)}"
        rows += self._after(change)
        return Shown(text, tone, self._stream_about(stream), tuple(rows))

    def _played(self, stream: Stream, name: str) -> Shown:
        """Of a recording: the market comes from the tape, and an account there is none."""
        text = self.tr("{stream}: replay").format(stream=name)
        about = self.tr("A recording plays: no broker is connected, and nothing can be ordered.")
        return Shown(text, Tone.GOOD if stream is Stream.QUOTES else Tone.OFF, about)

    def _round_trip(self, name: str, rows: list[tuple[str, str]]) -> tuple[str, Tone]:
        seconds = self._context.round_trip()
        if seconds is None:
            return name, Tone.GOOD
        text = f"{seconds * 1000:,.0f} ms"
        rows.append((self.tr("Last answer took"), text))
        return f"{name} {text}", Tone.WAIT if seconds > _SLOW_S else Tone.GOOD

    def _after(self, change: StreamChanged) -> list[tuple[str, str]]:
        rows = []
        if change.why is not None:
            rows.append((self.tr("Why"), self._context.worded(change.why)))
        if change.gap_seconds is not None:
            rows.append((self.tr("Silent before"), fmt.age(change.gap_seconds, self._context.language)))
        return rows

    def _stream_about(self, stream: Stream) -> str:
        return {
            Stream.QUOTES: self.tr("Prices, trades and books as they happen."),
            Stream.FILLS: self.tr("Notices of what the exchange did with the orders."),
            Stream.REST: self.tr("Orders, and everything that is asked."),
        }[stream]

    def _health(self, health: StreamHealth) -> str:
        return {
            StreamHealth.LIVE: self.tr("live"),
            StreamHealth.FILLING_GAP: self.tr("reading what was missed"),
            StreamHealth.CONNECTING: self.tr("connecting"),
            StreamHealth.DOWN: self.tr("disconnected"),
        }[health]

    def _age(self, seconds: float | None) -> str:
        return fmt.DASH if seconds is None else fmt.age(max(seconds, 1.0), self._context.language)

    def budget(self) -> Shown:
        about = self.tr("Calls that the broker still takes within its time limit. Orders and cancels keep a reserve.")
        meter = self._context.meter()
        if meter is None:
            most = self._context.desk.capabilities.reads_per_second
            return Shown(self.tr("Limit –"), about=about, rows=((self.tr("Reads a second"), f"{most:g}"),))
        waiting = meter.waiting_cancels + meter.waiting_orders + meter.waiting_reads
        rows = (
            (self.tr("Used"), f"{meter.used} / {meter.calls}"),
            (self.tr("By reads"), f"{meter.reads_used} / {meter.reads}"),
            (self.tr("Cancels waiting"), str(meter.waiting_cancels)),
            (self.tr("Orders waiting"), str(meter.waiting_orders)),
            (self.tr("Reads waiting"), str(meter.waiting_reads)),
        )
        text = self.tr("Limit {left}/{calls}").format(left=meter.calls - meter.used, calls=meter.calls)
        return Shown(text, Tone.WAIT if waiting else Tone.PLAIN, about, rows)

    # --- orders -----------------------------------------------------------------------------------------------------

    def flight(self) -> Shown:
        health = self._context.desk.health()
        text = self.tr("Sending {flying} · unknown {unknown}").format(flying=health.in_flight, unknown=health.unknown)
        rows = [
            (self.tr("Waiting to leave"), str(health.waiting)),
            (self.tr("Sent, not answered"), str(health.in_flight)),
            (self.tr("Outcome unknown"), str(health.unknown)),
            (self.tr("Notices not placed yet"), str(health.parked_notices)),
            (self.tr("Broker's list read"), fmt.clock(health.last_list)),
        ]
        if health.unwritten:
            rows.append((self.tr("Not on the disk yet"), str(health.unwritten)))
        if health.drift:
            rows.append((self.tr("Unexpected answers"), str(health.drift)))
        if health.journal is not None:
            rows.insert(0, (self.tr("Journal"), self._context.worded(health.journal)))
            return Shown(self.tr("Journal stopped"), Tone.BAD, self._flight_about(), tuple(rows))
        aligned = health.aligned or player_of(self._context) is not None  # a recording has nothing to compare with
        tone = Tone.WAIT if health.unknown or not aligned else Tone.PLAIN
        if not aligned:
            text = f"{self.tr('Comparing')} · {text}"
        return Shown(text, tone, self._flight_about(), tuple(rows))

    def queue(self) -> Shown:
        """What waits to leave: a press opens the queue."""
        waiting = self._context.desk.waiting()
        about = self.tr("Requests that wait here for their turn. Press to see why, and to take one back.")
        rows = tuple(
            (f"{one.place}", f"{in_a_line(self._context, one.order)} — {self._context.worded(one.why)}")
            for one in waiting[:_SHOWN_WAITING]
        )
        text = self.tr("Waiting {count}").format(count=len(waiting))
        return Shown(text, Tone.WAIT if waiting else Tone.PLAIN, about, rows)

    def stopped(self) -> Shown:
        since = stopped_since(self._context)
        if since is None:
            return Shown("")
        text = self.tr("STOPPED {time}").format(time=fmt.clock(since))
        return Shown(text, Tone.BAD, self.tr("Nothing automatic leaves until it is released."))

    def _flight_about(self) -> str:
        return self.tr("Orders on their way. An unknown outcome is asked of the broker and never sent again.")

    def source(self) -> Shown:
        """Where quotes come from, for all accounts."""
        accounts = self._context.accounts
        if accounts is None:
            return Shown("")
        state = accounts.source()
        about = self.tr("Whose quotes all accounts show. Press to choose.")
        if state.chosen is None:
            return Shown(
                self.tr("Quotes: own"), about=about, rows=((self.tr("Chosen"), self.tr("each account's own")),)
            )
        rows = [(self.tr("Chosen"), accounts.source_name(state.chosen))]
        if state.active is not None:
            rows.append((self.tr("Now from"), accounts.source_name(state.active)))
        shown = accounts.source_name(state.active or state.chosen)
        if state.why is None:
            return Shown(self.tr("Quotes: {name}").format(name=shown), Tone.GOOD, about, tuple(rows))
        rows.append((self.tr("Why"), self._context.worded(state.why)))
        if state.active is None or state.active == state.chosen:
            return Shown(self.tr("Quotes: {name} fails").format(name=shown), Tone.BAD, about, tuple(rows))
        return Shown(self.tr("Quotes: {name} instead").format(name=shown), Tone.WAIT, about, tuple(rows))

    def recording(self) -> Shown:
        """What is being kept of the market; empty while nothing is."""
        recorder = self._context.desk.market_recorder
        state = recorder.state if recorder is not None else None
        if state is None or not state.on:
            return Shown("")
        rows = [
            (self.tr("Written"), self.tr("{count} trades and books").format(count=f"{state.written:,}")),
            (self.tr("Size"), f"{state.bytes // 1024:,} KB"),
            (self.tr("Folder"), str(state.folder)),
        ]
        about = self.tr("Trades and books are kept on the disk, to play them again.")
        if state.dropped:
            rows.insert(1, (self.tr("Not written"), f"{state.dropped:,}"))
        if state.trouble is not None:
            rows.append((self.tr("Why"), self._context.worded(state.trouble)))
            return Shown(self.tr("REC stopped"), Tone.BAD, about, tuple(rows))
        if state.dropped:
            text = self.tr("REC · {count} lost").format(count=f"{state.dropped:,}")
            return Shown(text, Tone.WAIT, about, tuple(rows))
        return Shown(self.tr("REC"), Tone.GOOD, about, tuple(rows))

    def lock(self) -> Shown:
        if self._context.locked:
            return Shown(self.tr("Locked"), Tone.OFF, self.tr("Nothing that trades can be pressed. Ctrl+L unlocks."))
        if self._context.desk.account.stakes is Stakes.REAL:
            return Shown(self.tr("UNLOCKED"), Tone.WAIT, self.tr("Orders go to the exchange. Ctrl+L locks."))
        return Shown(self.tr("Unlocked"), Tone.PLAIN, self.tr("Orders can be entered. Ctrl+L locks."))

    # --- time -------------------------------------------------------------------------------------------------------

    def session(self) -> Shown:
        desk = self._context.desk
        now = desk.clock.now()
        try:
            status = desk.schedule.status(Venue.KRX, now)
            rows = self._windows(desk.schedule, status)
        except RuleUnknown as error:
            return Shown(self.tr("Session –"), Tone.WAIT, str(error))
        left = _hms(status.left)
        if desk.account.stakes is Stakes.PRACTICE and status.following is status.phase:
            text = self.tr("Always open · new date in {left}").format(left=left)
        else:
            text = self.tr("{phase} · {left} left").format(phase=phase_words(status.phase), left=left)
        tone = Tone.OFF if status.phase is Phase.CLOSED else Tone.PLAIN
        about = self.tr("Trading date {date}").format(date=fmt.day(status.trading_date, self._context.language))
        return Shown(text, tone, about, rows)

    def _windows(self, schedule: Schedule, status: PhaseStatus) -> tuple[tuple[str, str], ...]:
        rows = [
            (f"{w.start:%H:%M}–{w.end:%H:%M}", ("▶ " if w.holds(status.moment) else "") + phase_words(w.phase))
            for w in schedule.windows(Venue.KRX, status.trading_date)
        ]
        orders = self._context.desk.orders()
        dying = sum(not order.state.over and order.tif is TimeInForce.DAY for order in orders)
        if dying:
            words = self.tr("Working orders that lapse with it: {count}").format(count=dying)
            rows.append((self.tr("End of the day"), words))
        return tuple(rows)

    def clock(self) -> Shown:
        now = self._context.desk.clock.now()
        rows = ((self.tr("Date"), fmt.day(now.date(), self._context.language)),)
        about = self.tr("The market's time in Korea.")
        if self._context.desk.account.stakes is Stakes.PRACTICE:
            about = self.tr("The practice exchange's own time, in Korea's zone.")
        return Shown(f"{_whole(now):%H:%M:%S} KST", about=about, rows=rows)


def phase_words(phase: Phase) -> str:
    tr = QCoreApplication.translate
    return {
        Phase.CLOSED: tr("Phase", "Closed"),
        Phase.DAYTIME: tr("Phase", "Daytime session"),
        Phase.PRE: tr("Phase", "Pre-market"),
        Phase.OPENING_AUCTION: tr("Phase", "Opening auction"),
        Phase.PREVIOUS_CLOSE_PRICE: tr("Phase", "At the previous close"),
        Phase.REGULAR: tr("Phase", "Regular session"),
        Phase.PAUSE: tr("Phase", "Pause"),
        Phase.CLOSING_AUCTION: tr("Phase", "Closing auction"),
        Phase.CLOSING_PRICE_ENTRY: tr("Phase", "Entry at the close"),
        Phase.CLOSING_PRICE: tr("Phase", "At the close"),
        Phase.AFTER_ENTRY: tr("Phase", "After-market entry"),
        Phase.AFTER: tr("Phase", "After-market"),
        Phase.SINGLE_PRICE: tr("Phase", "After-hours single price"),
    }[phase]


def _hms(left: timedelta) -> str:
    whole = max(int(left.total_seconds()), 0)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
