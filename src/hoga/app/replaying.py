"""A recording, opened for a window: read beside the loop, played while the block lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from hoga.app.frames_tape import FRAMES, tape_of_frames
from hoga.base.message import Message
from hoga.broker.throttle import Meter
from hoga.plans.facade import Plans
from hoga.trading.replay.csv_tape import tape_of_csv
from hoga.trading.replay.desk import ReplayDesk
from hoga.trading.replay.player import Player
from hoga.trading.replay.tape import Tape, tape_of_files


class Replayed:
    """What a window shows of it. ``trouble``: what of the recording could not be read."""

    plans: Plans | None = None

    def __init__(self, player: Player) -> None:
        self.desk = ReplayDesk(player)
        self.player = player

    def meter(self) -> Meter | None:
        return None

    def round_trip(self) -> float | None:
        return None

    def trouble(self) -> Message | None:
        return next(iter(self.player.tape.notes), None)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """The trouble of a recording stays the same."""
        return lambda: None


@asynccontextmanager
async def replaying(path: Path) -> AsyncIterator[Replayed]:
    """Raises RecordingUnreadable."""
    player = Player(await asyncio.to_thread(_tape, path))
    try:
        yield Replayed(player)
    finally:
        await player.aclose()


def _tape(path: Path) -> Tape:
    kind = path.suffix.lower()
    if kind == ".csv":
        return tape_of_csv(path)
    return tape_of_frames(path) if kind in FRAMES else tape_of_files(path)
