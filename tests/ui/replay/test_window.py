"""A recording plays in the whole window: marked, with its own time, from any moment, and nothing can be ordered."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from hoga.app.desk_window import DeskView
from hoga.app.replaying import replaying
from hoga.broker.port import Stream
from hoga.domain.known import Known
from hoga.storage.recordings.writer import RecordingWriter
from hoga.ui.quote.headline import HeadLine
from hoga.ui.status.readings import Readings
from hoga.ui.theme.tokens import REPLAY
from tests.storage.recordings.events import OPEN, SAMSUNG, book, trade
from tests.ui.conftest import Run


def test_a_recording_plays_in_the_window(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path, "korea", every=0.01)
    writer.start()
    for number in range(1800):
        writer.put(trade(number).at, trade(number))
        if number % 5 == 0:
            writer.put(trade(number).at, book(trade(number).at))
    writer.close()

    async def play() -> None:
        async with replaying(tmp_path) as replayed:
            view = DeskView(qapp, replayed, None, None)
            view.context.select(SAMSUNG)
            view.show()
            bar, player = view.window.replay, replayed.player
            assert not bar.isHidden() and not view.window.looking.isHidden()
            header = view.window.header
            assert header.badge.look is REPLAY and "REPLAY" in view.window.windowTitle()
            assert header.account.texts()[1] == tmp_path.name
            assert view.context.locked and view.context.actions.why_not("cancel.all") != ""
            player.start()
            bar.speed_box.activated.emit(bar.speed_box.findData(60))
            async with asyncio.timeout(30):
                while player.clock.at < OPEN + timedelta(seconds=60):  # noqa: ASYNC110 the tape's time
                    await asyncio.sleep(0.02)
            bar.play_button.click()
            assert not player.playing and player.speed == 60
            player.seek(OPEN + timedelta(seconds=30))
            await view.painted()
            known = view.context.desk.board.trade(SAMSUNG)
            assert isinstance(known, Known) and known.value == trade(300)
            assert {line.look.note for line in view.window.findChildren(HeadLine)} == {"재생"}  # never: live
            readings = Readings(view.context)
            assert {readings.stream(one).text.partition(": ")[2] for one in Stream} == {"재생"}  # never: disconnected
            assert bar.slider.value() == 300 and "09:00:30" in bar.time.text()
            await view.aclose()

    run(play())
