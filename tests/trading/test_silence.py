"""While the market's clock is silent nothing is live, and what is known grows old all the same."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoga.base.clock import KST, ManualClock
from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.known import Known
from hoga.trading.market_board import MarketBoard
from hoga.trading.views import Part
from tests.support.fake_broker import SAMSUNG
from tests.trading.rig import Rig, rest, virtual

WHY = Message("PRACTICE_SILENT")


def test_an_age_counts_what_a_silent_clock_did_not_tell() -> None:
    clock, silence = ManualClock(datetime(2026, 11, 23, 10, 0, tzinfo=KST)), [0.0]
    board = MarketBoard(clock.now, lambda: silence[0])
    value = Known(SAMSUNG, clock.now(), "stream")
    clock.advance(3.0)
    assert board.age(value) == 3.0
    silence[0] = 9.5
    assert board.age(value) == 12.5


def test_an_open_connection_on_which_nothing_can_come_is_not_live(tmp_path: Path) -> None:
    async def story() -> None:
        async with Rig(tmp_path) as rig:
            desk, heard = rig.desk, list[Part]()
            live = [stream for stream, change in desk.health().streams.items() if change.health is StreamHealth.LIVE]
            assert Stream.FILLS in live
            undo = desk.subscribe(lambda change: heard.append(change.part))
            desk.market_silent(WHY)
            desk.market_silent(WHY)
            change = desk.health().streams[Stream.FILLS]
            assert (change.health, change.why) == (StreamHealth.DOWN, WHY)
            await rest(0.1)
            assert heard == [Part.HEALTH], "told once"
            desk.market_silent(None)
            await rest(0.1)
            undo()
            assert heard == [Part.HEALTH, Part.HEALTH]
            again = [stream for stream, change in desk.health().streams.items() if change.health is StreamHealth.LIVE]
            assert again == live

    virtual(story())
