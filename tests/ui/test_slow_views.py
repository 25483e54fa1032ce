"""A view that is slower than its feed is owed a paint at any moment; an order that is pressed goes before them all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from hoga.base.message import Language
from hoga.base.tasks import TaskOwner
from hoga.broker.port import NewOrder, Outcome
from hoga.ui import loop
from hoga.ui.context import Context
from tests.support import made_up
from tests.support.fake_broker import SAMSUNG
from tests.trading.rig import Rig
from tests.ui.conftest import Run

_FOREVER = 60.0
FEED, ORDERS, SENT, PRESSED = "told of the feed", "told of orders", "sent", "pressed"


class Told(list[str]):
    """What happened, in order. Who waits for more takes no turn from Qt meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._more = asyncio.Event()

    def append(self, what: str) -> None:
        super().append(what)
        self._more.set()

    async def until(self, *wanted: str) -> None:
        """Return when all of it happened, one after the other."""
        async with asyncio.timeout(20):
            while not self._holds(wanted):
                self._more.clear()
                await self._more.wait()

    def _holds(self, wanted: tuple[str, ...]) -> bool:
        left = iter(self)
        return all(one in left for one in wanted)


class SlowView:
    """Whenever Qt has a turn at all, so much was fed meanwhile that the next frame is due, and each of its turns."""

    def __init__(self, context: Context, told: Told) -> None:
        self._context, self._told, self._fed = context, told, 0
        context.frame.connect(lambda _: told.append(FEED))
        context.chart_turn.connect(lambda _: told.append(FEED))
        for news in (context.orders_changed, context.activity_changed):
            news.connect(lambda: told.append(ORDERS))
        self._due = QTimer()
        self._due.timeout.connect(self._paint)

    def start(self) -> None:
        self._context.start()
        self._due.start(0)

    def stop(self) -> None:
        self._due.stop()
        self._context.stop()

    def _paint(self) -> None:
        self._fed += 1
        self._context.desk.board.update(made_up.trade(made_up.SAMSUNG, price=70_000 + self._fed), "stream")
        self._context._beat._take_step()


@pytest.mark.parametrize("command", ["order", "cancel"])
def test_what_is_sent_leaves_before_a_slow_view_is_told_anything(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The journal's thread has its part in it, and however long that takes on a busy machine: no clock decides."""
    monkeypatch.setattr(loop, "_HURRY_SECONDS", _FOREVER)
    monkeypatch.setattr(loop, "_GRACE_SECONDS", _FOREVER)
    told = Told()

    async def story() -> None:
        async with Rig(tmp_path, inline=False) as rig:
            waiting = await rig.placed() if command == "cancel" else None
            await rig.desk.quote(SAMSUNG)
            order = rig.ticket(quantity=7, limit=69_000)
            assert rig.desk._core.nothing_is_missing(order), "no read of the broker's comes first"
            note_writes(rig, told, monkeypatch)
            context = Context(rig.desk, TaskOwner("window"), Language.EN)
            view = SlowView(context, told)
            view.start()
            await told.until(FEED, FEED)

            def press() -> None:
                work: Any = rig.submit(order) if waiting is None else rig.desk.cancel(waiting)
                told.append(PRESSED)
                context.do(command, work, hurry=True)

            asyncio.get_running_loop().call_soon(press)
            await told.until(PRESSED, SENT, FEED, ORDERS)
            view.stop()
            await context.tasks.aclose()

    run(story())
    pressed = told.index(PRESSED)
    assert told[pressed : pressed + 2] == [PRESSED, SENT]
    assert told.count(SENT) == 1


def note_writes(rig: Rig, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    place, cancel = rig.broker.place, rig.broker.cancel

    async def noted_place(order: NewOrder) -> Outcome:
        told.append(SENT)
        return await place(order)

    async def noted_cancel(target: Any) -> Outcome:
        told.append(SENT)
        return await cancel(target)

    monkeypatch.setattr(rig.broker, "place", noted_place)
    monkeypatch.setattr(rig.broker, "cancel", noted_cancel)
