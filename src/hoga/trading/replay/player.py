"""Plays a tape onto a market board, by a clock of its own: 1 to 60 times as fast, paused, or from another moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from hoga.base.tasks import TaskOwner
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.market_data import Candle, Period, Quote, Trade
from hoga.trading.market_board import MarketBoard
from hoga.trading.replay.quotes import quote_of_days, quote_of_trade
from hoga.trading.replay.tape import Bar, Event, Tape, day_of, first_of, midnight, minute_of, together, with_trade

SPEEDS = (1, 2, 5, 10, 20, 60)
SOURCE = "recording"
_BEAT = 0.016
_BUDGET = 0.008
"""Seconds of one beat that events may take: a dense tape plays slower than it was told to, and never stutters."""


class ReplayClock:
    """Market time of the tape."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        due = self.at + timedelta(seconds=seconds)
        while self.at < due:  # noqa: ASYNC110 waits for the tape's time
            await asyncio.sleep(_BEAT)


class Player:
    """``changed`` hears that position's state (playing, speed, place) was set; ``rewound`` that the board is of another
    moment now: nothing that was shown counts any more."""

    speeds = SPEEDS

    def __init__(self, tape: Tape, elapsed: Callable[[], float] = time.monotonic) -> None:
        self.tape = tape
        self.clock = ReplayClock(tape.first)
        self.board = MarketBoard(self.clock.now)
        self.speed = SPEEDS[0]
        self.playing = False
        self.changed: Callable[[], None] = lambda: None
        self.rewound: Callable[[], None] = lambda: None
        self._elapsed = elapsed
        self._piece = 0
        self._events: list[Event] = []
        self._next = 0
        self._minutes: dict[InstrumentId, Candle] = {}
        self._tasks = TaskOwner("replay")
        self._load(0)
        self._play_until(self.clock.at)

    # --- what a person does -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to play, and go on until ``aclose``."""
        self.play(True)
        self._tasks.start("play", self._run())

    async def aclose(self) -> None:
        await self._tasks.aclose()

    @property
    def at_end(self) -> bool:
        return self.clock.at >= self.tape.last

    def play(self, on: bool) -> None:
        """Go on, or stand still. At the end it begins again."""
        if on and self.at_end:
            self.seek(self.tape.first)
        self.playing = on
        self.changed()

    def set_speed(self, speed: int) -> None:
        """One of ``SPEEDS``. Raises ValueError."""
        if speed not in SPEEDS:
            raise ValueError(f"not a speed: {speed}")
        self.speed = speed
        self.changed()

    def step(self) -> None:
        """Stand still after the next event."""
        self.playing = False
        event = self._peek()
        if event is not None:
            self.clock.at = event.at
            self._play_one(event)
        self.changed()

    def seek(self, moment: datetime) -> None:
        """Show everything as it was at ``moment``, or at the nearer end of the tape."""
        moment = min(max(moment, self.tape.first), self.tape.last)
        piece = self.tape.piece_at(moment)
        self.board.clear()
        self.clock.at = moment
        latest = self._before(piece, moment)
        self._minutes = self._minutes_before(piece, moment)
        for shown in latest:
            self._show(shown)
        self._load(piece)
        while (event := self._peek()) is not None and event.at <= moment:
            self._next += 1
        self.rewound()
        self.changed()

    # --- time -------------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        before = self._elapsed()
        while True:
            await asyncio.sleep(_BEAT)
            now = self._elapsed()
            if self.playing:
                self.advance(now - before)
            before = now

    def advance(self, seconds: float) -> None:
        """Play on by so many seconds of the wall."""
        # A machine that was asleep does not jump: a beat is never more than a quarter of a second.
        step = timedelta(seconds=min(seconds, 0.25)) * self.speed
        self._play_until(min(self.clock.at + step, self.tape.last))
        if self.at_end and self._peek() is None:
            self.playing = False
            self.changed()

    def _play_until(self, moment: datetime) -> None:
        enough = self._elapsed() + _BUDGET
        while (event := self._peek()) is not None and event.at <= moment:
            self.clock.at = event.at
            self._play_one(event)
            if self._elapsed() > enough:
                return
        self.clock.at = moment

    def _peek(self) -> Event | None:
        while self._next >= len(self._events):
            if self._piece + 1 >= len(self.tape.reading.pieces):
                return None
            self._load(self._piece + 1)
        return self._events[self._next]

    def _load(self, piece: int) -> None:
        self._piece, self._next = piece, 0
        self._events = self.tape.reading.read(piece)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _play_one(self, event: Event) -> None:
        self._next += 1
        if isinstance(event.value, Trade):
            self._fold(self._minutes, event.value)
        self._show(event)

    def _show(self, event: Event) -> None:
        if not isinstance(event.value, Bar):
            self.board.update(event.value, SOURCE)
        elif (quote := self.quote(event.value.instrument)) is not None:
            self.board.update(quote, SOURCE)

    @staticmethod
    def _fold(minutes: dict[InstrumentId, Candle], trade: Trade) -> None:
        known = minutes.get(trade.instrument)
        same = known is not None and known.start == minute_of(trade.at)
        minutes[trade.instrument] = with_trade(known, trade) if known is not None and same else first_of(trade)

    def _before(self, piece: int, moment: datetime) -> list[Event]:
        """The newest trade and book of each instrument up to ``moment``, oldest first."""
        pieces = self.tape.reading.pieces
        wanted = {kind for one in pieces[: piece + 1] for kind in one.kinds}
        found: dict[tuple[InstrumentId, type], Event] = {}
        for index in range(piece, -1, -1):
            if not wanted & pieces[index].kinds:
                continue
            for event in reversed(self.tape.reading.read(index)):
                kind = (event.value.instrument, type(event.value))
                if event.at <= moment and kind in wanted:
                    found[kind] = event
                    wanted.discard(kind)
            if not wanted:
                break
        return sorted(found.values(), key=lambda event: event.at)

    def _minutes_before(self, piece: int, moment: datetime) -> dict[InstrumentId, Candle]:
        """The minute under way at ``moment``, of each instrument, as far as it had come."""
        start, minutes = minute_of(moment), dict[InstrumentId, Candle]()
        pieces = self.tape.reading.pieces
        first = piece
        while first > 0 and pieces[first - 1].last >= start:
            first -= 1
        for index in range(first, piece + 1):
            for event in self.tape.reading.read(index):
                if event.at <= moment and isinstance(event.value, Trade) and event.value.at >= start:
                    self._fold(minutes, event.value)
        return minutes

    # --- candles ----------------------------------------------------------------------------------------------------

    def candles(self, instrument: InstrumentId, period: Period, start: datetime, end: datetime) -> tuple[Candle, ...]:
        """As a broker would have told them at the moment that is shown: nothing of what came later."""
        if period is Period.MINUTE:
            known = self._known_minutes(instrument)
        elif period is Period.DAY:
            known = self._known_days(instrument)
        else:
            return ()
        return tuple(candle for candle in known if start <= candle.start <= end)

    def _known_minutes(self, instrument: InstrumentId) -> list[Candle]:
        candles, now = self.tape.candles, self.clock.at
        ended = [one for one in candles.minutes.get(instrument, ()) if one.start + candles.span <= now]
        live = self._minutes.get(instrument)
        if live is not None and (not ended or ended[-1].start < live.start):
            ended.append(live)
        return ended

    def _known_days(self, instrument: InstrumentId) -> list[Candle]:
        today = midnight(self.clock.at)
        days = [one for one in self.tape.candles.days.get(instrument, ()) if one.start < today]
        last = self.last_trade(instrument)
        told = last is not None and midnight(last.at) == today
        if told and last is not None and last.open_units > 0:
            return [*days, day_of(last)]
        minutes = [one for one in self._known_minutes(instrument) if one.start >= today]
        if minutes:
            whole = minutes[0]
            for one in minutes[1:]:
                whole = together(whole, one)
            if told and last is not None:
                whole = replace(whole, volume=last.day_volume, amount_units=last.day_amount_units)
            days.append(replace(whole, start=today))
        return days

    def quote(self, instrument: InstrumentId) -> Quote | None:
        """What is known of it at the moment that is shown; None before its first trade or bar."""
        listing, trade = self.tape.listings.get(instrument), self.last_trade(instrument)
        if listing is None:
            return None
        if trade is not None and trade.moved is None:
            return None  # the tape tells of no previous close: the trade itself is all there is
        if trade is not None:
            return quote_of_trade(listing, trade, self.clock.at)
        days = self._known_days(instrument)
        before = days[-2] if len(days) > 1 else None
        return quote_of_days(listing, days[-1], before, self.clock.at) if days else None

    def last_trade(self, instrument: InstrumentId) -> Trade | None:
        known = self.board.trade(instrument)
        return known.value if isinstance(known, Known) else None
