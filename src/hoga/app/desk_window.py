"""One desk in one window: context, preferences, tabs and frame, made once and taken down in reverse."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from hoga.app.face import FIRST, Face, Opened
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.ui.context import FRAME_MS, Context
from hoga.ui.preferences import Preferences
from hoga.ui.state import StateStore
from hoga.ui.window import DeskWindow

__all__ = ["FIRST", "DeskView", "Opened", "painted", "price_seen"]


async def painted(window: QWidget, calm_frames: int = 12, most_frames: int = 1200) -> None:
    """Wait until nothing that can be seen is still being read, for some frames on end."""
    calm = 0
    for _ in range(most_frames):
        await asyncio.sleep(FRAME_MS / 1000)
        reading = any(one.isVisible() and one.property("busy") for one in window.findChildren(QWidget))
        calm = 0 if reading else calm + 1
        if calm == calm_frames:
            break


async def price_seen(context: Context, most: float) -> None:
    """Return once a price that was told live is painted, or after ``most`` wire seconds."""
    told = asyncio.Event()

    def look(news: frozenset[InstrumentId]) -> None:
        trades = (context.desk.board.trade(one) for one in news)
        if any(isinstance(trade, Known) and trade.source.startswith("stream") for trade in trades):
            told.set()

    context.frame.connect(look)
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most):
                await told.wait()
                await asyncio.sleep(2 * FRAME_MS / 1000)
    finally:
        context.frame.disconnect(look)


class DeskView:
    """A window on an open desk. ``left`` is set when the person closes it; then call ``aclose``."""

    def __init__(self, app: QApplication, opened: Opened, settings: Path | None, state: Path | None) -> None:
        self.left = asyncio.Event()
        kept = StateStore(state)
        self.face = Face(opened, kept)
        self.context = self.face.context
        kept.setParent(self.context)
        self.preferences = Preferences(app, self.context, settings)
        self.window: DeskWindow = self.face.make_window(self.preferences)
        self.tabs = self.face.tabs
        self.instruments_read = self.face.instruments_read
        self.window.closing.connect(self.left.set)

    def show(self) -> None:
        """Show the window, begin to beat, and read the symbol master beside it."""
        self.window.show()
        self.face.start()

    async def painted(self) -> None:
        await painted(self.window)

    async def aclose(self) -> None:
        """End the beat and every task, keep where everything stood, and free the window."""
        await self.face.aclose()
        self.preferences.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
