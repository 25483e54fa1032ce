"""Writes a recording on a thread of its own: who receives market data only puts it into a queue.

The queue is bounded. What does not fit is dropped and counted: a slow disk never holds up an order. Twice a second
what waits becomes frames, which are on the disk when the round ends: a kill loses at most that much.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from datetime import date, datetime
from io import BufferedWriter
from pathlib import Path

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.storage.recordings.bounds import Bounds, trim
from hoga.storage.recordings.frames import SUFFIX, Arrived, Value, encode, framed, header

_log = logging.getLogger(__name__)
EVERY = 0.5
"""Seconds between two frames."""
MOST_WAITING = 100_000
_AT_ONCE = 500
"""Events of one frame at most: between frames others may run."""
_BREATH = 0.001


class RecordingWriter:
    """``start``, then ``put`` from the loop's thread, then ``close``. ``trouble`` says why nothing is written."""

    def __init__(
        self, folder: Path, market: str, bounds: Bounds | None = None, *, every: float = EVERY, most: int = MOST_WAITING
    ) -> None:
        self._folder = folder
        self._market = market
        self._bounds = bounds or Bounds()
        self._every = every
        self._most = most
        self._waiting: deque[Arrived] = deque()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._file: BufferedWriter | None = None
        self._listed: set[InstrumentId] = set()
        self.path: Path | None = None
        """The segment that is being written."""
        self.written = 0
        self.bytes = 0
        self.dropped = 0
        """Events that found the queue full, or a disk that cannot be written."""
        self.trouble: Message | None = None

    def start(self) -> None:
        self._thread.start()

    def put(self, at: datetime, value: Value) -> None:
        """Take in what arrived at ``at`` of market time. Never waits."""
        if len(self._waiting) >= self._most or self.trouble is not None:
            self.dropped += 1
            return
        self._waiting.append(Arrived(at, value))

    def knows(self, instrument: InstrumentId) -> bool:
        """Whether it was already put what this instrument is called."""
        return instrument in self._listed

    def name(self, at: datetime, instrument: Instrument) -> None:
        """Put what it is called, once for all."""
        self._listed.add(instrument.id)
        self.put(at, instrument)

    def end(self) -> None:
        """Take nothing in any more; the thread writes what waits and ends. Returns at once."""
        self._end.set()

    def close(self) -> None:
        """Write what waits, and return once the file is closed. Safe to call twice."""
        self.end()
        if self._thread.is_alive():
            self._thread.join()

    # --- on the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            ending = False
            while not ending:
                ending = self._end.wait(self._every)
                self._write_waiting()
        except OSError as error:
            _log.warning("the recording cannot be written", exc_info=True)
            self.trouble = Message("RECORDING_UNWRITABLE", {"why": error.strerror or str(error)})
            self.dropped += len(self._waiting)
            self._waiting.clear()
        finally:
            self._close_file()

    def _write_waiting(self) -> None:
        wrote = False
        while self._waiting:
            events = self._take()
            try:
                frame = framed(encode(events))
            except OverflowError:  # a number that no market has: the frame is left out and counted
                self.dropped += len(events)
                continue
            try:
                self._segment(events[0].at).write(frame)
            except OSError:
                self.dropped += len(events)
                raise
            self.bytes += len(frame)
            self.written += len(events)
            wrote = True
            time.sleep(_BREATH)
        if wrote and self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def _take(self) -> list[Arrived]:
        """The next events, all of one day."""
        events = [self._waiting.popleft()]
        day = _day(events[0])
        while self._waiting and len(events) < _AT_ONCE and _day(self._waiting[0]) == day:
            events.append(self._waiting.popleft())
        return events

    def _segment(self, at: datetime) -> BufferedWriter:
        """The file to write on; a new one for a new day, or when the old one is full."""
        day = at.astimezone(KST).date()
        if self._file is not None and self.path is not None:
            if self.path.name.startswith(day.isoformat()) and self._file.tell() < self._bounds.segment_bytes:
                return self._file
            self._close_file()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file, self.path = self._new_file(at)
        self._file.write(header(self._market))
        trim(self._folder, self._bounds, day, self.path)
        return self._file

    def _new_file(self, at: datetime) -> tuple[BufferedWriter, Path]:
        """Names sort by time; two of one second are told apart by a number."""
        stem = f"{at.astimezone(KST):%Y-%m-%d_%H%M%S}"
        for number in range(1, 10_000):
            path = self._folder / f"{stem}_{number:04}_{self._market}{SUFFIX}"
            try:
                return path.open("xb"), path
            except FileExistsError:
                continue
        raise FileExistsError(f"too many recordings of one second: {stem}")

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            try:
                file.close()
            except OSError:
                _log.warning("the recording could not be closed", exc_info=True)


def _day(event: Arrived) -> date:
    return event.at.astimezone(KST).date()
