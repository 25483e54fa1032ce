"""Real trades and bars, saved as CSV, play."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoga.base.clock import KST
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Period
from hoga.storage.recordings.reader import RecordingUnreadable
from hoga.trading.replay.csv_tape import tape_of_csv
from hoga.trading.replay.player import Player

TICKS = Path(__file__).parents[3] / "shared" / "goldens" / "data" / "ticks"
FAR = datetime.min.replace(tzinfo=KST), datetime.max.replace(tzinfo=KST)


@pytest.mark.skipif(not TICKS.is_dir(), reason="the recordings are not beside the repository")
@pytest.mark.parametrize(
    ("name", "span"), [("005930_1min_20250916", 1), ("005930_5min_20251014-20251029", 5), ("396500_5min_utc", 5)]
)
def test_real_bars_play_to_the_last(name: str, span: int) -> None:
    path = TICKS / f"{name}.csv"
    tape = tape_of_csv(path)
    rows = path.read_text(encoding="utf-8").strip().splitlines()[1:]
    player = Player(tape)
    player.seek(tape.last)
    instrument = InstrumentId(name[:6])
    candles = player.candles(instrument, Period.MINUTE, *FAR)
    assert len(candles) == len(rows) and tape.candles.span == timedelta(minutes=span)
    quote = player.quote(instrument)
    assert quote is not None and quote.last.units == candles[-1].close_units


@pytest.mark.skipif(not TICKS.is_dir(), reason="the recordings are not beside the repository")
def test_real_trades_play_to_the_last() -> None:
    tape = tape_of_csv(TICKS / "005930_ticks_20260911_few_seconds.csv")
    player = Player(tape)
    player.seek(tape.last)
    trade = player.last_trade(InstrumentId("005930"))
    (minute,) = player.candles(InstrumentId("005930"), Period.MINUTE, *FAR)
    assert trade is not None and trade.price_units == minute.close_units
    assert tape.first == datetime(2026, 9, 11, 11, 56, 18, tzinfo=KST)


def test_another_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("dear,reader\n1,2\n", encoding="utf-8")
    for name, code in (("letter.csv", "RECORDING_NONE"), ("none.csv", "RECORDING_UNREADABLE")):
        with pytest.raises(RecordingUnreadable) as refused:
            tape_of_csv(tmp_path / name)
        assert refused.value.message.code == code
