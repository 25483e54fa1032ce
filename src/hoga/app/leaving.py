"""What stays of a connection that was deleted: its journal, set aside where no desk opens it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

FOLDER = "deleted"
_BESIDE = ("", "-wal", "-shm")


def set_aside(journal: Path, at: datetime) -> Path | None:
    """Move a closed journal into the folder ``deleted`` beside it, named with the time; None when there is none.

    Raises OSError.
    """
    if not journal.exists():
        return None
    folder = journal.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    place = folder / f"{journal.stem}-{at:%Y%m%d-%H%M%S}.sqlite"
    for ending in _BESIDE:
        part = journal.with_name(journal.name + ending)
        if part.exists():
            part.replace(place.with_name(place.name + ending))
    return place
