"""One data folder = one desk: the folder is held by a lock of the operating system, which dies with its process."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import IO

from hoga.base.file_lock import try_lock
from hoga.base.message import Message
from hoga.storage.errors import FolderLocked, Unwritable

_LOCK_NAME = "desk.lock"
_TRIES, _BETWEEN_TRIES = 5, 0.02
_JOURNAL_NAME = "journal.sqlite"


class DataFolder:
    """Holds a desk's folder until ``close``. Raises FolderLocked when another process (or another DataFolder) has it,
    Unwritable when it cannot be made. The folder is readable for its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: IO[str] = (path / _LOCK_NAME).open("a+", encoding="ascii")
        except OSError as error:
            raise Unwritable(Message("FOLDER_UNUSABLE", {"path": str(path), "why": str(error)})) from error
        if not _locked_soon(self._file):
            holder = holder_of(path)
            self._file.close()
            raise FolderLocked(Message("FOLDER_LOCKED", {"path": str(path), "pid": holder}))
        (path / f"{_LOCK_NAME}.pid").write_text(str(os.getpid()), encoding="ascii")

    @property
    def path(self) -> Path:
        return self._path

    @property
    def journal(self) -> Path:
        return self._path / _JOURNAL_NAME

    def close(self) -> None:
        """Let the folder go. Safe to call twice. The lock file stays: to delete it would race with the next desk."""
        self._file.close()

    def __enter__(self) -> DataFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def folder_is_free(path: Path) -> bool:
    """Whether no desk holds the folder now. Looks without waiting, and holds nothing afterwards."""
    try:
        with (path / _LOCK_NAME).open("a+", encoding="ascii") as file:
            return try_lock(file)
    except OSError:
        return False


def _locked_soon(file: IO[str]) -> bool:
    """The lock, tried for a moment: somebody may just be looking whether it is free."""
    for _ in range(_TRIES):
        if try_lock(file):
            return True
        time.sleep(_BETWEEN_TRIES)
    return try_lock(file)


def holder_of(path: Path) -> str:
    """The process id that the holder wrote down, for the message only; the lock itself is the truth."""
    try:
        return (path / f"{_LOCK_NAME}.pid").read_text(encoding="ascii") or "?"
    except OSError:
        return "?"
