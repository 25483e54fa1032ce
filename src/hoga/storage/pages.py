"""Reads an SQLite file page by page, with no help from SQLite: what is left to read when it cannot be opened.

The main file and its -wal are only read, never changed. Format: sqlite.org/fileformat2.html, sections 1.3 (header),
1.5 to 1.6 (table leaves, overflow), 2.1 (records) and 4 (the write-ahead log).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

MAGIC = b"SQLite format 3\x00"
_USUAL_PAGE = 4096
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_LEAF = 0x0D
_MASK = 0xFFFFFFFF
_MOST_PAYLOAD = 1 << 24

Cell = int | str | bytes | None


class Frame(Struct, frozen=True):
    """One page in the -wal. ``sound``: its checksum follows from the one before; ``current``: of this log, not of one
    that was used up before; ``commit``: a transaction ends here."""

    page: int
    commit: bool
    current: bool
    sound: bool
    data: bytes


class Row(Struct, frozen=True):
    """One row of some table: which, only its shape can tell. Not ``sound``: from a page of the log whose checksum is
    wrong, so that only a checksum of its own can vouch for it."""

    rowid: int
    cells: tuple[Cell, ...]
    sound: bool


def page_size_of(header: bytes) -> int | None:
    """The page size that a file's first bytes name; None when they are no header."""
    if len(header) < 100 or header[:16] != MAGIC:
        return None
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else None


def named_size(header: bytes) -> int | None:
    """How many bytes the file must have, by its own header; None when the header does not say."""
    size = page_size_of(header)
    if size is None or header[24:28] != header[92:96]:
        return None
    return size * int.from_bytes(header[28:32], "big")


def wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def frames_of(path: Path) -> tuple[Frame, ...]:
    """Every whole frame of a database's -wal, sound or not, in order; none when there is no log. The zeros at its end
    are the room that was made for it, and no frames."""
    try:
        raw = wal_of(path).read_bytes()
    except FileNotFoundError:
        return ()
    if len(raw) < _WAL_HEADER + _FRAME_HEADER:
        return ()
    magic, _, size, _, *salts = struct.unpack(">6I", raw[:24])
    order = ">" if magic & 1 else "<"
    if magic not in _WAL_MAGIC or size < 512 or size > 65536 or size & (size - 1):
        # The header is no good: what follows can still be told apart by its own marks.
        size, order, salts = _USUAL_PAGE, "<", list(struct.unpack(">2I", raw[_WAL_HEADER + 8 : _WAL_HEADER + 16]))
    before = struct.unpack(">2I", raw[24:32])
    frames = []
    last = min(len(raw) - _FRAME_HEADER - size + 1, len(raw.rstrip(b"\0")))
    for start in range(_WAL_HEADER, last, _FRAME_HEADER + size):
        head, data = raw[start : start + _FRAME_HEADER], raw[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
        page, commit, salt_1, salt_2, *said = struct.unpack(">6I", head)
        current = [salt_1, salt_2] == salts
        sound = current and tuple(said) == _checksum(head[:8] + data, before, order)
        frames.append(Frame(page, commit > 0, current, sound, data))
        before = (said[0], said[1])
    written = next((n for n in range(len(frames), 0, -1) if frames[n - 1].page or frames[n - 1].data.strip(b"\0")), 0)
    return tuple(frames[:written])


def log_flaw(path: Path) -> str | None:
    """What is wrong with the -wal: something committed stands behind a place that cannot be read, so that SQLite would
    leave it out without a word. None: nothing. The ragged end of a last write that was cut off is nothing wrong."""
    frames = frames_of(path)
    if not _header_reads_true(path) and any(frame.current and frame.commit for frame in frames):
        return "the log's header is no good"
    end = next((place for place, frame in enumerate(frames) if not frame.sound), len(frames))
    lost = [place for place in range(end, len(frames)) if frames[place].current and frames[place].commit]
    return f"the log breaks off at {end}, and goes on until {lost[-1]}" if lost else None


def rows_of(path: Path) -> Iterator[Row]:
    """Every row of every table leaf that still reads as one, in the file and in its log, in no order.

    The same row may come several times, in all states it was ever written in.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raw = b""
    frames = [frame for frame in _committed(frames_of(path)) if frame.current]
    size = page_size_of(raw) or (len(frames[0].data) if frames else _USUAL_PAGE)
    pages = {n + 1: raw[at : at + size] for n, at in enumerate(range(0, len(raw), size))}
    newest = pages | {frame.page: frame.data for frame in frames if frame.sound}
    versions = [(n, data, True) for n, data in pages.items()] + [(f.page, f.data, f.sound) for f in frames]
    for number, data, sound in versions:
        yield from _leaf(data, 100 if number == 1 else 0, newest, sound)


def _header_reads_true(path: Path) -> bool:
    with wal_of(path).open("rb") as file:
        header = file.read(_WAL_HEADER)
    magic = int.from_bytes(header[:4], "big")
    order = ">" if magic & 1 else "<"
    return magic in _WAL_MAGIC and _checksum(header[:24], (0, 0), order) == struct.unpack(">2I", header[24:])


def _committed(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    last = max((place for place, frame in enumerate(frames) if frame.current and frame.commit), default=-1)
    return frames[: last + 1]


def _checksum(data: bytes, before: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = before
    for first, second in struct.iter_unpack(f"{order}2I", data):
        one = (one + first + two) & _MASK
        two = (two + second + one) & _MASK
    return one, two


# --- leaves and records ---------------------------------------------------------------------------------------------


def _leaf(page: bytes, start: int, pages: dict[int, bytes], sound: bool) -> Iterator[Row]:
    if len(page) < start + 8 or page[start] != _LEAF:
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for place in range(count):
        pointer = start + 8 + 2 * place
        cell = int.from_bytes(page[pointer : pointer + 2], "big")
        try:
            rowid, cells = _row(page, cell, pages)
        except (IndexError, ValueError, UnicodeDecodeError, KeyError):
            continue  # this one is past reading; its neighbours may not be
        yield Row(rowid, cells, sound)


def _row(page: bytes, at: int, pages: dict[int, bytes]) -> tuple[int, tuple[Cell, ...]]:
    length, at = _varint(page, at)
    rowid, at = _varint(page, at)
    if length > _MOST_PAYLOAD:
        raise ValueError("a length that no row has")
    return _signed(rowid), _record(_payload(page, at, length, pages))


def _payload(page: bytes, at: int, length: int, pages: dict[int, bytes]) -> bytes:
    usable = len(page)
    here = length
    if length > usable - 35:
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= usable - 35 else least
    payload = page[at : at + here]
    following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
    while len(payload) < length:
        more = pages[following]
        payload += more[4 : 4 + min(usable - 4, length - len(payload))]
        following = int.from_bytes(more[:4], "big")
    return payload


def _record(payload: bytes) -> tuple[Cell, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    cells: list[Cell] = []
    for kind in kinds:
        cell, at = _cell(payload, at, kind)
        cells.append(cell)
    if at != len(payload):
        raise ValueError("a record that does not fill its place")
    return tuple(cells)


_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _cell(payload: bytes, at: int, kind: int) -> tuple[Cell, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in _WIDTHS:
        end = at + _WIDTHS[kind]
        return int.from_bytes(_exactly(payload, at, end), "big", signed=True), end
    if kind < 12:
        raise ValueError("a kind of value that none of our tables holds")
    end = at + (kind - 12) // 2
    raw = _exactly(payload, at, end)
    return (raw.decode() if kind % 2 else raw), end


def _exactly(payload: bytes, start: int, end: int) -> bytes:
    if end > len(payload):
        raise ValueError("a value that is longer than its record")
    return payload[start:end]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("no number")


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
