"""Real trades and bars, saved as CSV, play."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Unknown
from hoga.domain.market_data import Period
from hoga.storage.recordings.reader import RecordingUnreadable
from hoga.trading.replay.csv_tape import tape_of_csv
from hoga.trading.replay.player import Player
from hoga.ui.quote.facts import facts_of

TICKS = Path(__file__).parents[3] / "shared" / "goldens" / "data" / "ticks"
NO_DATA = Message("NO_DATA_YET")
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


def test_what_a_file_of_trades_does_not_tell_is_not_known(tmp_path: Path) -> None:
    head = "code,date,time,price,quantity,side,cumulative_volume,cumulative_amount_million"
    rows = ["005930,20260911,090001,71500,3,B,1003,71", "005930,20260911,090002,71300,2,S,1005,72"]
    (tmp_path / "trades.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    tape = tape_of_csv(tmp_path / "trades.csv")
    player, instrument = Player(tape), InstrumentId("005930")
    player.seek(tape.last)
    trade = player.last_trade(instrument)
    assert trade is not None and trade.moved is None and player.quote(instrument) is None
    facts = facts_of(None, player.board.quote(instrument), player.board.trade(instrument))
    assert (facts.base, facts.change, facts.open, facts.high, facts.low) == (None,) * 5
    assert (facts.last, facts.volume, facts.amount) == (71_300, 1_005, 72_000_000)
    (day,) = player.candles(instrument, Period.DAY, *FAR)
    assert (day.open_units, day.high_units, day.low_units, day.close_units) == (71_500, 71_500, 71_300, 71_300)
    assert (day.volume, day.amount_units) == (1_005, 72_000_000)


def test_the_first_day_of_bars_has_no_previous_close(tmp_path: Path) -> None:
    rows = [
        "date,time,open,high,low,close,volume",
        "20260911,090000,100,120,90,110,5",
        "20260911,090100,110,130,100,120,6",
    ]
    (tmp_path / "005930_1min.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tape = tape_of_csv(tmp_path / "005930_1min.csv")
    player = Player(tape)
    player.seek(tape.last)
    quote = player.quote(InstrumentId("005930"))
    assert quote is not None and facts_of(None, Known(quote, tape.last, "test"), Unknown(NO_DATA)).change is None


def test_another_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("dear,reader\n1,2\n", encoding="utf-8")
    for name, code in (("letter.csv", "RECORDING_NONE"), ("none.csv", "RECORDING_UNREADABLE")):
        with pytest.raises(RecordingUnreadable) as refused:
            tape_of_csv(tmp_path / name)
        assert refused.value.message.code == code
