"""Reads a recording: which frames it has and when, and the events of any of them. What is cut off is cut, and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.storage.errors import StorageError
from hoga.storage.recordings.bounds import day_of, segments
from hoga.storage.recordings.frames import Arrived, FrameSpoiled, NewerFormat, decode, payload_at, read_header


class RecordingUnreadable(StorageError):
    """Nothing can be played: ``message`` says why."""


class Stretch(Struct, frozen=True):
    """One frame: where it is, and what came in it. ``kinds`` are the types of values by instrument."""

    segment: int
    offset: int
    first: datetime
    last: datetime
    count: int
    kinds: frozenset[tuple[InstrumentId, type]]


class Cut(Struct, frozen=True):
    """The end of a segment that could not be read."""

    segment: Path
    bytes: int


class Index(Struct, frozen=True):
    """What a recording holds, in the order of arrival."""

    market: str
    files: tuple[Path, ...]
    stretches: tuple[Stretch, ...]
    cuts: tuple[Cut, ...]


def read_segment(path: Path) -> tuple[str, list[tuple[int, list[Arrived]]], Cut | None]:
    """The market, the frames with their offsets, and what had to be cut. Raises RecordingUnreadable."""
    try:
        data = path.read_bytes()
        market, offset = read_header(data)
    except OSError as error:
        values = {"file": path.name, "why": error.strerror or str(error)}
        raise RecordingUnreadable(Message("RECORDING_UNREADABLE", values)) from error
    except NewerFormat as error:
        raise RecordingUnreadable(Message("RECORDING_NEWER", {"file": path.name})) from error
    except FrameSpoiled as error:
        raise RecordingUnreadable(Message("RECORDING_NONE", {"file": path.name})) from error
    frames: list[tuple[int, list[Arrived]]] = []
    while offset < len(data):
        try:
            payload, end = payload_at(data, offset)
            frames.append((offset, decode(payload)))
        except FrameSpoiled:
            return market, frames, Cut(path, len(data) - offset)
        offset = end
    return market, frames, None


def of_newest_day(folder: Path) -> list[Path]:
    """The segments of the newest day in a folder. Raises RecordingUnreadable where there is none."""
    found = segments(folder)
    if not found:
        raise RecordingUnreadable(Message("RECORDING_EMPTY", {"path": str(folder)}))
    newest = day_of(found[-1])
    return [path for path in found if day_of(path) == newest]


def scan(files: Sequence[Path], hear: Callable[[Arrived], None]) -> Index:
    """Read segments once, oldest first; ``hear`` is told every event. Those of another market than the last one's are
    left out. Raises RecordingUnreadable, also when there is not one event."""
    read = [(path, *read_segment(path)) for path in files]
    market = read[-1][1] if read else ""
    read = [one for one in read if one[1] == market]
    stretches, cuts = [], []
    for segment, (_, _, frames, cut) in enumerate(read):
        for offset, events in frames:
            stretches.append(_stretch(segment, offset, events))
            for event in events:
                hear(event)
        if cut is not None:
            cuts.append(cut)
    if not stretches:
        names = ", ".join(path.name for path in files)
        raise RecordingUnreadable(Message("RECORDING_NONE", {"file": names}))
    return Index(market, tuple(one[0] for one in read), tuple(stretches), tuple(cuts))


def _stretch(segment: int, offset: int, events: Sequence[Arrived]) -> Stretch:
    kinds = frozenset((event.instrument, type(event.value)) for event in events)
    return Stretch(segment, offset, events[0].at, events[-1].at, len(events), kinds)


def events_of(files: Sequence[Path], stretch: Stretch) -> list[Arrived]:
    """The events of one frame. Raises RecordingUnreadable when the file is another by now."""
    path = files[stretch.segment]
    try:
        with path.open("rb") as file:
            file.seek(stretch.offset)
            head = file.read(8)
            data = head + file.read(int.from_bytes(head[:4], "little"))
        return decode(payload_at(data, 0)[0])
    except (OSError, FrameSpoiled) as error:
        raise RecordingUnreadable(Message("RECORDING_UNREADABLE", {"file": path.name, "why": str(error)})) from error
