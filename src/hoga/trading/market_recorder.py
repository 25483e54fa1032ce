"""Keeps what the market board is told: every trade and book goes into the recording, while it is switched on.

What another connection lends is left out: that connection records it itself.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.market_data import Book, Trade
from hoga.storage.recordings.bounds import Bounds
from hoga.storage.recordings.writer import RecordingWriter
from hoga.trading.market_board import MarketBoard

LENT = " of "
"""What the source of a value says that came over another connection (``stream of 키움``)."""


class RecorderState(Struct, frozen=True):
    """``dropped`` is what came faster than it could be written. ``trouble``: why nothing more is written."""

    on: bool
    folder: Path
    written: int = 0
    bytes: int = 0
    dropped: int = 0
    trouble: Message | None = None


class MarketRecorder:
    """``switch`` it on and off; ``aclose`` in the end."""

    def __init__(
        self,
        board: MarketBoard,
        folder: Path,
        market: str,
        find: Callable[[InstrumentId], Maybe[Instrument]],
        bounds: Bounds | None = None,
    ) -> None:
        """``market``: what the prices are of. ``find``: what an instrument is called."""
        self._board = board
        self._folder = folder
        self._market = re.sub(r"[^A-Za-z0-9.-]", "-", market)
        self._find = find
        self._bounds = bounds
        self._writer: RecordingWriter | None = None
        self._ending: list[RecordingWriter] = []

    @property
    def state(self) -> RecorderState:
        writer = self._writer
        if writer is None:
            return RecorderState(False, self._folder)
        return RecorderState(True, self._folder, writer.written, writer.bytes, writer.dropped, writer.trouble)

    def switch(self, on: bool) -> None:
        """The same again changes nothing. What still waits is written after it was switched off."""
        if on is (self._writer is not None):
            return
        if on:
            self._writer = RecordingWriter(self._folder, self._market, self._bounds)
            self._writer.start()
            self._board.tap = self._take
            return
        self._board.tap = None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.end()
            self._ending.append(writer)

    async def aclose(self) -> None:
        """Return once everything is on the disk."""
        self.switch(False)
        ending, self._ending = self._ending, []
        for writer in ending:
            await asyncio.to_thread(writer.close)

    def _take(self, value: Trade | Book, at: datetime, source: str) -> None:
        writer = self._writer
        if writer is None or LENT in source:
            return
        if not writer.knows(value.instrument):
            found = self._find(value.instrument)
            if isinstance(found, Known):
                writer.name(at, found.value)
        writer.put(at, value)
