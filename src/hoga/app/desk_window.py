"""One desk in one window: context, preferences, tabs and frame, made once and taken down in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import BrokerError
from hoga.broker.throttle import Meter
from hoga.domain.instruments import InstrumentId
from hoga.trading.facade import Desk
from hoga.ui import activity, chart, fills, holdings, order, pending, quote
from hoga.ui.context import FRAME_MS, Context
from hoga.ui.preferences import Preferences
from hoga.ui.state import StateStore
from hoga.ui.window import DeskWindow, make_window

_log = logging.getLogger(__name__)
FIRST = InstrumentId("005930")
"""What a newcomer sees first: the name that everybody knows and that trades every second."""
_PAUSES = (0.5, 1.0, 2.0, 5.0)


class Opened(Protocol):
    """An open desk with what a window shows beside it."""

    @property
    def desk(self) -> Desk: ...

    @property
    def meter(self) -> Callable[[], Meter | None]: ...

    @property
    def round_trip(self) -> Callable[[], float | None]: ...

    def trouble(self) -> Message | None:
        """What is wrong outside the desk."""
        ...

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that ``trouble`` may be another; returns its own undo."""
        ...


class DeskView:
    """A window on an open desk. ``left`` is set when the person closes it; then call ``aclose``."""

    def __init__(self, app: QApplication, opened: Opened, settings: Path | None, state: Path | None) -> None:
        self.left = asyncio.Event()
        self.instruments_read = asyncio.Event()
        self._tasks = TaskOwner("window", self._failed)
        self.context = Context(opened.desk, self._tasks, Language.KO)
        self.context.state = StateStore(state, self.context)
        self.context.words = words
        self.context.meter, self.context.round_trip = opened.meter, opened.round_trip
        self.preferences = Preferences(app, self.context, settings)
        pages = self._pages()
        self.tabs = tuple(pages)
        self.window: DeskWindow = make_window(self.context, self.preferences, pages)
        self.window.closing.connect(self.left.set)
        self._deaf = opened.listen(lambda: self.context.set_trouble(opened.trouble()))

    def _pages(self) -> dict[str, QWidget]:
        context = self.context
        return {
            "quote": quote.make(context, chart.make(context)),
            "order": order.make(context, chart.make_mini(context)),
            "pending": pending.make(context),
            "holdings": holdings.make(context),
            "fills": fills.make(context),
            "activity": activity.make(context),
        }

    def show(self) -> None:
        """Show the window, begin to beat, and read the symbol master beside it."""
        self.window.show()
        self.context.start()
        self._tasks.start("symbol master", self._read_master())

    async def painted(self, calm_frames: int = 12, most_frames: int = 1200) -> None:
        """Wait until nothing that can be seen is still being read, for some frames on end."""
        calm = 0
        for _ in range(most_frames):
            await asyncio.sleep(FRAME_MS / 1000)
            calm = 0 if self._reading() else calm + 1
            if calm == calm_frames:
                break

    def _reading(self) -> bool:
        return any(one.isVisible() and one.property("busy") for one in self.window.findChildren(QWidget))

    async def aclose(self) -> None:
        """End the beat and every task, keep where everything stood, and free the window."""
        self._deaf()
        self.context.stop()
        self.window.keep()
        self.window.hide()
        await self._tasks.aclose()
        self.window.close_for_good()
        self.preferences.close()
        self.context.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    async def _read_master(self) -> None:
        """Names and search come with it. It is asked for until it is there."""
        tries = 0
        while True:
            try:
                instruments = await self.context.desk.instruments()
                break
            except BrokerError as error:
                _log.warning("the symbol master could not be read: %s", error)
                await asyncio.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
        if self.context.instrument is None and any(one.id == FIRST for one in instruments):
            self.context.select(FIRST)
        self.context.set_instruments(instruments)
        self.instruments_read.set()

    def _failed(self, task: str, error: BaseException) -> None:
        _log.error("task %s failed", task, exc_info=error)
        self.window.tell_failure(task)
