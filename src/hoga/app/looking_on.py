"""Looking on, while another desk trades on the same folder: the journals that can be read, and whether it has ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from hoga.app.options import DeskOptions
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.throttle import Meter
from hoga.plans.facade import Plans
from hoga.storage.errors import StorageError, Unwritable
from hoga.storage.folder import folder_is_free, holder_of
from hoga.trading.read_only_desk import ReadOnlyDesk

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0


class LookedOn:
    """What a window or a terminal shows of one journal. ``listen`` hears that ``free`` may be another."""

    plans: Plans | None = None

    def __init__(self, folder: Path, desk: ReadOnlyDesk) -> None:
        self.desk = desk
        self.free = False
        """The other desk has ended: this one can be opened properly."""
        self._folder = folder
        self._listeners: list[Callable[[], None]] = []
        self._tasks = TaskOwner("looking on")

    def start(self) -> None:
        self._tasks.start("free", self._follow())

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def meter(self) -> Meter | None:
        return None

    def round_trip(self) -> float | None:
        return None

    def trouble(self) -> Message | None:
        return None

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def _follow(self) -> None:
        while True:
            free = await asyncio.to_thread(folder_is_free, self._folder)
            if free != self.free:
                self.free = free
                for listener in list(self._listeners):
                    listener()
            await asyncio.sleep(_LOOK_SECONDS)


@asynccontextmanager
async def looking_on(options: DeskOptions) -> AsyncIterator[LookedOn]:
    """The journal that was written last, until the block ends. Raises StorageError when there is none to read."""
    why = Message("READ_ONLY_DESK", {"pid": holder_of(options.desk)})
    async with AsyncExitStack() as parts:
        desk = await _first_readable(options.desk, why, parts)
        looked_on = LookedOn(options.desk, desk)
        parts.push_async_callback(looked_on.aclose)
        looked_on.start()
        yield looked_on


async def _first_readable(folder: Path, why: Message, parts: AsyncExitStack) -> ReadOnlyDesk:
    journals = await asyncio.to_thread(_journals, folder)
    trouble: StorageError = Unwritable(Message("READ_ONLY_NOTHING", {"path": str(folder)}))
    for journal in journals:
        try:
            desk = ReadOnlyDesk(journal, why)
        except StorageError as error:
            trouble = error
            continue
        parts.push_async_callback(desk.aclose)
        try:
            await desk.open()
        except StorageError as error:
            _log.warning("%s cannot be looked at: %s", journal.name, error)
            trouble = error
            continue
        return desk
    raise trouble


def _journals(folder: Path) -> list[Path]:
    """Written last first."""
    return sorted(folder.glob("*.sqlite"), key=_written, reverse=True)


def _written(path: Path) -> float:
    log = path.with_name(f"{path.name}-wal")
    return max(file.stat().st_mtime for file in (path, log) if file.exists())
