"""Practice's data folder: one process at a time, and the file that tells a desk how to reach it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

ENDPOINT = "endpoint.json"
_PORTS = "ports.json"


class FolderInUse(Exception):
    """Another process runs on this folder. ``endpoint`` is what it told, empty while it is still starting."""

    def __init__(self, folder: Path, endpoint: Mapping[str, object]) -> None:
        super().__init__(str(folder))
        self.folder = folder
        self.endpoint = endpoint


class DataFolder:
    """Holds the folder's lock from ``open`` to ``close``; the system lets go of it when the process dies, however.

    ``endpoint.json`` is there exactly while the exchange can be reached (and after a kill, until the next start).
    """

    def __init__(self, path: Path, lock: BinaryIO) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def open(cls, path: Path) -> DataFolder:
        """Create the folder if need be and lock it. Raises FolderInUse, or OSError when it cannot be written."""
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / "practice.lock").open("ab")
        try:
            _lock_file(lock)
        except OSError as error:
            lock.close()
            raise FolderInUse(path, read_endpoint(path)) from error
        folder = cls(path, lock)
        folder.withdraw_endpoint()
        return folder

    def publish_endpoint(self, endpoint: Mapping[str, object]) -> None:
        """Write ``endpoint.json`` so that nobody ever reads half of it."""
        _replace(self.path / ENDPOINT, msgspec.json.encode(endpoint))

    def withdraw_endpoint(self) -> None:
        (self.path / ENDPOINT).unlink(missing_ok=True)

    def last_ports(self) -> Sequence[int]:
        """The ports of the run before, empty when there was none."""
        try:
            ports = msgspec.json.decode((self.path / _PORTS).read_bytes(), type=list[int])
        except (OSError, msgspec.DecodeError):
            return ()
        return ports if all(0 < port < 65_536 for port in ports) else ()

    def remember_ports(self, ports: Sequence[int]) -> None:
        """So that the next run is found at the same addresses, by a desk that outlives this one."""
        _replace(self.path / _PORTS, msgspec.json.encode(list(ports)))

    def close(self) -> None:
        """Let go of the folder. Safe to call twice."""
        if not self._lock.closed:
            self.withdraw_endpoint()
            self._lock.close()


def read_endpoint(folder: Path) -> Mapping[str, object]:
    """What the running process published; empty when it has not, or the file cannot be read."""
    try:
        endpoint = msgspec.json.decode((folder / ENDPOINT).read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return endpoint if isinstance(endpoint, dict) else {}


def _replace(path: Path, content: bytes) -> None:
    """The whole content or none of it."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def _lock_file(lock: BinaryIO) -> None:
    """Raises OSError when somebody else has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(lock.fileno(), 0, os.SEEK_SET)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
