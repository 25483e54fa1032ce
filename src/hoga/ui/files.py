"""Small JSON files of the window: written whole or not at all; one that cannot be read is set aside, never deleted."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from hoga.base.message import Message
from hoga.base.whole_file import write_whole

T = TypeVar("T", bound=msgspec.Struct)


class JsonFile(Generic[T]):
    """One value of type ``T`` in one file. Unknown fields of a newer version are ignored, missing ones get defaults.

    ``path`` None keeps nothing: for tests and pictures.
    """

    def __init__(self, path: Path | None, kind: type[T]) -> None:
        self._path = path
        self._kind = kind

    def load(self) -> tuple[T | None, Message | None]:
        """(value, trouble): no file is no trouble; a damaged one is renamed ``*.damaged`` and told."""
        if self._path is None:
            return None, None
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=self._kind), None
        except FileNotFoundError:
            return None, None
        except (OSError, msgspec.MsgspecError, ValueError) as error:
            aside = self._path.with_suffix(self._path.suffix + ".damaged")
            with contextlib.suppress(OSError):
                self._path.replace(aside)
            return None, Message("FILE_SET_ASIDE", {"file": self._path.name, "aside": aside.name, "why": str(error)})

    def save(self, value: T) -> Message | None:
        """Write it. A message when the disk refused: the old file is then still whole."""
        if self._path is None:
            return None
        try:
            write_whole(self._path, msgspec.json.format(msgspec.json.encode(value), indent=1))
        except OSError as error:
            return Message("FILE_NOT_SAVED", {"file": self._path.name, "why": str(error)})
        return None
