"""What a broker's socket sent, saved frame by frame, plays through the decoders of live frames."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from hoga.app.frames_tape import tape_of_frames
from hoga.base.clock import KST
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.market_data import Aggressor, Book, Trade
from hoga.storage.recordings.reader import RecordingUnreadable
from hoga.trading.replay.player import Player
from hoga.trading.replay.tape import Tape

GOLDENS = Path(__file__).parents[4] / "shared" / "goldens"
SAMSUNG = InstrumentId("005930")


def kis_trade(second: str, price: int, day_volume: int) -> str:
    fields = ["0"] * 47
    fields[0], fields[1], fields[2], fields[4] = "005930", second, str(price), "100"
    fields[7:15] = ["71000", "72000", "70900", str(price + 100), str(price), "3", str(day_volume), "1000000"]
    fields[21], fields[33] = "1", "20260320"
    return f"0|H0STCNT0|001|{'^'.join(fields)}"


def kis_book(second: str) -> str:
    fields = ["0"] * 63
    fields[0], fields[1] = "005930", second
    fields[3:13] = [str(71_600 + 100 * level) for level in range(10)]
    fields[13:23] = [str(71_500 - 100 * level) for level in range(10)]
    fields[23:43] = ["7"] * 20
    return f"0|H0STASP0|001|{'^'.join(fields)}"


def kiwoom_trade(second: str, price: int) -> str:
    values = {"20": second, "10": f"-{price}", "11": "-500", "15": "-4", "13": "900", "14": "64", "16": "-71900"}
    values |= {"17": "-72000", "18": "-71000", "27": "-71600", "28": "-71500", "9081": "KRX"}
    return json.dumps({"trnm": "REAL", "data": [{"type": "0B", "item": "005930", "values": values}]})


def saved(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    noon = datetime(2026, 3, 23, 12, tzinfo=KST).timestamp()
    os.utime(path, (noon, noon))
    return path


def played(tape: Tape) -> list[Trade | Book]:
    found = []
    for piece in range(len(tape.reading.pieces)):
        found += [event.value for event in tape.reading.read(piece) if isinstance(event.value, Trade | Book)]
    return found


def test_frames_as_they_came_play_in_order(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "kis.frames",
        '{"header":{"tr_id":"PINGPONG","datetime":"20260320090000"}}',
        kis_trade("090001", 71_500, 1_003),
        kis_book("090002"),
        kis_trade("090003", 71_600, 1_006),
    )
    tape = tape_of_frames(path)
    first, book, last = played(tape)
    assert isinstance(first, Trade) and isinstance(book, Book) and isinstance(last, Trade)
    assert (first.price_units, first.day_volume, first.aggressor) == (71_500, 1_003, Aggressor.BUYER)
    assert book.at == datetime(2026, 3, 20, 9, 0, 2, tzinfo=KST) and book.best_ask is not None
    assert not tape.notes
    player = Player(tape)
    player.seek(tape.last)
    known = player.board.trade(SAMSUNG)
    assert isinstance(known, Known) and known.value == last


def test_lines_with_the_moment_they_came_and_lines_that_are_spoiled(tmp_path: Path) -> None:
    at = "2026-09-11T11:56:18.761+09:00"
    path = saved(
        tmp_path / "kiwoom.jsonl",
        json.dumps({"at": at, "raw": kiwoom_trade("115618", 71_500)}),
        '{"raw": "0|H0STCNT0|001|cut off"}',
        '{"raw": 5',
        kiwoom_trade("115619", 71_600),
    )
    tape = tape_of_frames(path)
    first, last = (one for one in played(tape) if isinstance(one, Trade))
    assert tape.first == datetime.fromisoformat(at) and first.at == datetime(2026, 9, 11, 11, 56, 18, tzinfo=KST)
    assert (first.price_units, first.quantity, last.at.date()) == (71_500, 4, first.at.date())
    assert [(note.code, note.values["lines"]) for note in tape.notes] == [("REPLAY_UNREAD", 2)]


def test_a_file_without_a_trade_is_refused_with_the_reason(tmp_path: Path) -> None:
    for path, code in (
        (saved(tmp_path / "none.jsonl", "dear reader"), "RECORDING_NONE"),
        (tmp_path / "gone.jsonl", "RECORDING_UNREADABLE"),
    ):
        with pytest.raises(RecordingUnreadable) as refused:
            tape_of_frames(path)
        assert refused.value.message.code == code


@pytest.mark.skipif(not GOLDENS.is_dir(), reason="the recordings are not beside the repository")
@pytest.mark.parametrize(("name", "kinds"), [("kis_ws", {Trade, Book}), ("kiwoom_ws", {Trade, Book})])
def test_real_frames_play_to_the_last(name: str, kinds: set[type]) -> None:
    tape = tape_of_frames(GOLDENS / f"{name}.jsonl")
    player = Player(tape)
    for piece in tape.reading.pieces:
        player.seek(piece.last)
    assert player.at_end and {type(one) for one in played(tape)} == kinds
    assert len([one for one in played(tape) if isinstance(one, Trade)]) >= 14
