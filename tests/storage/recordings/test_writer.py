"""The writer: in order, in bounds, never in anybody's way; a torn tail costs the tail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from hoga.storage.recordings.bounds import Bounds, segments, trim
from hoga.storage.recordings.frames import Arrived, encode, framed, header
from hoga.storage.recordings.reader import RecordingUnreadable, events_of, of_newest_day, read_segment, scan
from hoga.storage.recordings.writer import RecordingWriter
from tests.storage.recordings.events import OPEN, SAMSUNG, book, trade


def write(folder: Path, events: list[Arrived], bounds: Bounds | None = None, market: str = "korea") -> RecordingWriter:
    writer = RecordingWriter(folder, market, bounds, every=0.01)
    writer.start()
    for event in events:
        writer.put(event.at, event.value)
    writer.close()
    writer.close()
    return writer


def some(count: int, first: int = 0, days: int = 0) -> list[Arrived]:
    return [Arrived(t.at, t) for n in range(first, first + count) if (t := trade(n, OPEN + timedelta(days, n / 10)))]


def heard(folder: Path) -> list[Arrived]:
    found: list[Arrived] = []
    scan(segments(folder), found.append)
    return found


def all_but_the_last_frame(path: Path) -> list[Arrived]:
    """How many frames there are is the writer's to say: it writes what waits, a thousand at most."""
    _, frames, cut = read_segment(path)
    assert cut is None and len(frames) > 1
    return [event for _, events in frames[:-1] for event in events]


def test_what_is_put_is_read_in_order(tmp_path: Path) -> None:
    events = some(1200)
    events.insert(7, Arrived(events[6].at, book(events[6].at)))
    writer = write(tmp_path / "new" / "folder", events)
    assert (writer.written, writer.dropped, writer.trouble) == (1201, 0, None)
    found: list[Arrived] = []
    index = scan(segments(tmp_path / "new" / "folder"), found.append)
    assert found == events
    assert (index.market, index.cuts, sum(one.count for one in index.stretches)) == ("korea", (), 1201)
    assert [event for one in index.stretches for event in events_of(index.files, one)] == events
    assert (SAMSUNG, type(events[7].value)) in index.stretches[0].kinds


@pytest.mark.parametrize("lost", [1, 5, 9, 40])
def test_a_torn_tail_costs_the_tail_and_is_said(tmp_path: Path, lost: int) -> None:
    write(tmp_path, some(1200))
    (path,) = segments(tmp_path)
    whole = all_but_the_last_frame(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - lost)
    found: list[Arrived] = []
    index = scan([path], found.append)
    assert found == whole == some(1200)[: len(whole)]
    assert index.cuts[0].segment == path and index.cuts[0].bytes > 0


def test_cut_off_at_any_byte_the_whole_frames_are_left(tmp_path: Path) -> None:
    events, path = some(3), tmp_path / "2026-03-20_090000_0001_korea.hogarec"
    data, ends = header("korea"), []
    for event in events:
        ends.append(len(data))
        data += framed(encode([event]))
    for length in range(len(data) + 1):
        path.write_bytes(data[:length])
        whole = sum(end <= length for end in [*ends[1:], len(data)])
        found: list[Arrived] = []
        if whole:
            index = scan([path], found.append)
            assert bool(index.cuts) is (length not in [*ends, len(data)])
        else:
            with pytest.raises(RecordingUnreadable):
                scan([path], found.append)
        assert found == events[:whole]


def test_what_stands_before_a_spoiled_frame_is_read(tmp_path: Path) -> None:
    write(tmp_path, some(1200))
    (path,) = segments(tmp_path)
    whole, data = all_but_the_last_frame(path), bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    assert heard(tmp_path) == whole == some(1200)[: len(whole)]


def test_each_day_has_segments_of_its_own_and_the_newest_is_played(tmp_path: Path) -> None:
    write(tmp_path, some(5) + some(5, days=1))
    assert [path.name[:10] for path in segments(tmp_path)] == ["2026-03-20", "2026-03-21"]
    assert [path.name[:10] for path in of_newest_day(tmp_path)] == ["2026-03-21"]


def test_a_full_segment_is_followed_by_another(tmp_path: Path) -> None:
    write(tmp_path, some(2000), Bounds(segment_bytes=100))
    assert len(segments(tmp_path)) == 4
    assert heard(tmp_path) == some(2000)


def test_the_oldest_goes_first_and_never_what_is_written(tmp_path: Path) -> None:
    names = [f"2026-03-{day:02}_090000_0001_korea.hogarec" for day in range(1, 6)]
    for name in names:
        (tmp_path / name).write_bytes(b"x" * 100)
    (tmp_path / "mine.hogarec").write_bytes(b"x" * 1000)
    last = tmp_path / names[-1]
    assert [path.name for path in trim(tmp_path, Bounds(250, 30), date(2026, 3, 5), last)] == names[:3]
    assert [path.name for path in trim(tmp_path, Bounds(10**9, 0), date(2026, 3, 5), last)] == [names[3]]
    assert trim(tmp_path, Bounds(1, 30), date(2026, 3, 5), last) == []
    assert (tmp_path / "mine.hogarec").exists()


def test_a_day_of_writing_stays_within_its_bounds(tmp_path: Path) -> None:
    for day in range(6):
        write(tmp_path, some(600, days=day), Bounds(most_bytes=15_000, segment_bytes=4_000))
    total = sum(path.stat().st_size for path in segments(tmp_path))
    assert total <= 15_000 + 4_000 * 4
    assert segments(tmp_path)[-1].name.startswith("2026-03-25")


def test_a_full_queue_drops_and_counts(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path, "korea", every=60, most=10)
    writer.start()
    for event in some(25):
        writer.put(event.at, event.value)
    writer.close()
    assert (writer.written, writer.dropped) == (10, 15)
    assert heard(tmp_path) == some(10)


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    writer = write(tmp_path / "file", some(3))
    assert writer.trouble is not None and writer.trouble.code == "RECORDING_UNWRITABLE"
    assert writer.dropped == 3
    writer.put(OPEN, trade(1))
    assert writer.dropped == 4


def test_numbers_that_no_market_has_are_left_out_and_counted(tmp_path: Path) -> None:
    writer = write(tmp_path, [Arrived(OPEN, replace(trade(1), price_units=2**70))])
    assert (writer.written, writer.dropped, writer.trouble) == (0, 1, None)


def test_nothing_to_play_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordingUnreadable) as none:
        of_newest_day(tmp_path)
    assert none.value.message.code == "RECORDING_EMPTY"
    other = tmp_path / "2026-03-20_090000_0001_korea.hogarec"
    other.write_text("a letter")
    with pytest.raises(RecordingUnreadable) as strange:
        scan([other], print)
    assert strange.value.message.code == "RECORDING_NONE"


def test_only_one_market_is_played(tmp_path: Path) -> None:
    write(tmp_path, some(3), market="other")
    write(tmp_path, some(3, first=100), market="korea")
    assert heard(tmp_path) == some(3, first=100)


PROGRAM = """
import sys, time
from pathlib import Path
from hoga.storage.recordings.writer import RecordingWriter
from tests.storage.recordings.events import trade
writer = RecordingWriter(Path(sys.argv[1]), "korea")
writer.start()
number = 0
while True:
    one = trade(number)
    writer.put(one.at, one)
    number += 1
    if number % 20 == 0:
        print(number, flush=True)
        time.sleep(0.02)
"""


def test_a_kill_loses_at_most_the_last_second(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3]
    path = os.pathsep.join([str(folder), str(folder / "src")])
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = 0
        while told < 2000:
            told = int(next(process.stdout))
        process.send_signal(signal.SIGKILL)
        told = max([told, *map(int, process.stdout.read().split())])
    found = heard(tmp_path)
    assert [one.value for one in found] == [trade(number) for number in range(len(found))]
    # At most a thousand are made a second.
    assert len(found) >= told - 1000
