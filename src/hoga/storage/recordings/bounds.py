"""How much of recordings is kept: the oldest goes first, and what is being written never goes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from hoga.storage.recordings.frames import SUFFIX

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)_\d{6}_.+" + re.escape(SUFFIX))


class Bounds(Struct, frozen=True):
    """``most_bytes`` of all segments together, ``most_days`` back from the newest, ``segment_bytes`` of each."""

    most_bytes: int = 2 * 1024**3
    most_days: int = 30
    segment_bytes: int = 64 * 1024**2


def day_of(segment: Path) -> date | None:
    """The day on which a segment was begun, as its name says; None for a file that is none of ours."""
    found = _NAME.fullmatch(segment.name)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def segments(folder: Path) -> list[Path]:
    """Oldest first, by their names."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if day_of(path) is not None)


def trim(folder: Path, bounds: Bounds, today: date, writing: Path | None) -> list[Path]:
    """Delete what is too old, then the oldest until the rest fits; what was deleted. Raises OSError."""
    kept = segments(folder)
    sizes = {path: path.stat().st_size for path in kept}
    total = sum(sizes.values())
    oldest = today - timedelta(days=bounds.most_days)
    gone = []
    for path in kept:
        day = day_of(path)
        if path == writing or day is None or (day >= oldest and total <= bounds.most_bytes):
            continue
        path.unlink()
        total -= sizes[path]
        gone.append(path)
    return gone
