"""What the board is told is in the recording, while it is switched on; nobody waits for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoga.base.clock import ManualClock
from hoga.base.message import Message
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.known import Known, Maybe, Unknown
from hoga.storage.recordings.bounds import segments
from hoga.storage.recordings.frames import Arrived
from hoga.storage.recordings.reader import scan
from hoga.trading.market_board import MarketBoard
from hoga.trading.market_recorder import MarketRecorder
from tests.storage.recordings.events import OPEN, SAMSUNG, book, trade

NAMED = Instrument(SAMSUNG, Market.KOSPI, ProductType.STOCK, "삼성전자", "Samsung Electronics")
OTHER = InstrumentId("000660")


def find(id: InstrumentId) -> Maybe[Instrument]:
    return Known(NAMED, OPEN, "master") if id == SAMSUNG else Unknown(Message("NO_DATA_YET"))


def test_it_keeps_what_comes_while_it_is_on(tmp_path: Path) -> None:
    clock = ManualClock(OPEN)
    board = MarketBoard(clock.now)
    recorder = MarketRecorder(board, tmp_path, "kis at 127.0.0.1:80/x", find)
    board.update(trade(0), "stream")
    assert not recorder.state.on
    recorder.switch(True)
    recorder.switch(True)
    clock.advance(1)
    board.update(trade(1), "stream")
    board.update(trade(2, instrument=OTHER), "stream")
    board.update(book(OPEN), "rest")
    board.update(trade(3), "stream of 키움")
    recorder.switch(False)
    board.update(trade(4), "stream")
    asyncio.run(recorder.aclose())
    found: list[Arrived] = []
    scan(segments(tmp_path), found.append)
    at = clock.now()
    assert found == [Arrived(at, v) for v in (NAMED, trade(1), trade(2, instrument=OTHER), book(OPEN))]


def test_switched_on_again_it_goes_on_in_a_new_file(tmp_path: Path) -> None:
    board = MarketBoard(lambda: OPEN)
    recorder = MarketRecorder(board, tmp_path, "korea", find)
    for number in range(3):
        recorder.switch(True)
        board.update(trade(number, instrument=OTHER), "stream")
        recorder.switch(False)
        asyncio.run(recorder.aclose())
    found: list[Arrived] = []
    scan(segments(tmp_path), found.append)
    assert len(segments(tmp_path)) == 3
    assert [one.value for one in found] == [trade(number, instrument=OTHER) for number in range(3)]


def test_a_disk_that_cannot_be_written_is_in_the_state(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    board = MarketBoard(lambda: OPEN)
    recorder = MarketRecorder(board, tmp_path / "file", "korea", find)
    recorder.switch(True)
    board.update(trade(1), "stream")

    async def written() -> None:
        async with asyncio.timeout(20):
            while recorder.state.trouble is None:  # noqa: ASYNC110 a thread says so
                await asyncio.sleep(0.02)

    asyncio.run(written())
    assert recorder.state.on and recorder.state.dropped == 2
    assert recorder.state.trouble == Message("RECORDING_UNWRITABLE", {"why": "File exists"})
    asyncio.run(recorder.aclose())
    assert not recorder.state.on
