"""The record of every request that reached Practice: what was asked, what was answered, and which fault it met.

Tests of the desk are judged by it. It is kept in memory (the newest so many) and appended to ``requests.jsonl``: one
line when a request arrives and one when it ends, handed to the operating system at once, so that a killed process
leaves everything it had received. The file is bounded: when full it becomes ``requests.1.jsonl`` and starts anew.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct, field

from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.wire import Operation

_log = logging.getLogger(__name__)

_SECRET_FIELDS = frozenset({"appsecret", "secretkey", "token", "approval_key", "authorization", "access_token"})
_PERSONAL_FIELDS = frozenset({"appkey", "cano", "acnt_no", "acctno", "hts_id"})
"""Shown where they are the exchange's own: somebody may have sent the keys of a real account here by mistake."""
_MASKED = "***"
_MOST_FIELDS = 50
_MOST_TEXT = 200
"""What is beyond is not kept in the record: no request of a broker's client comes near."""

KEPT_IN_MEMORY = 10_000
FILE_BYTES = 32 * 1024 * 1024


class Asked(Struct, frozen=True):
    """A request in a few words, free of tokens and secrets. ``account`` is blank where the keys are not known."""

    subject: str
    account: str
    fields: Mapping[str, str]


def shown_fields(fields: Mapping[str, str], accounts: Sequence[PracticeAccount]) -> Mapping[str, str]:
    """Arguments fit to be kept: secrets masked, what is of none of ``accounts`` too, and no more than a client of a
    broker sends."""
    own = {text for each in accounts for text in (each.appkey, each.hts_id, each.number.partition("-")[0], "")}

    def shown(name: str, value: str) -> str:
        low = name.lower()
        masked = low in _SECRET_FIELDS or (low in _PERSONAL_FIELDS and value not in own)
        return _MASKED if masked else value[:_MOST_TEXT]

    return {name[:_MOST_TEXT]: shown(name, value) for name, value in list(fields.items())[:_MOST_FIELDS]}


class Recorded(Struct):
    """One request. ``handled``: the exchange acted on it. ``ended`` is None until it was answered or given up.

    ``status`` 0 says that no answer left. Times are market time; ``order`` is the order number given in the answer.
    """

    number: int
    received: datetime
    broker: str
    environment: Environment
    operation: Operation
    method: str
    path: str
    asked: Asked
    ended: datetime | None = None
    handled: bool = False
    status: int = 0
    code: str = ""
    order: str = ""
    faults: list[str] = field(default_factory=list)


class RequestRecord:
    """``folder`` None keeps the record in memory alone, and so does a file that can no longer be written. Not for
    several threads."""

    def __init__(
        self, now: Callable[[], datetime], folder: Path | None, *, kept: int = KEPT_IN_MEMORY, most: int = FILE_BYTES
    ) -> None:
        self._now = now
        self._kept: deque[Recorded] = deque(maxlen=kept)
        self._most = most
        self._path = None if folder is None else folder / "requests.jsonl"
        self._file: BinaryIO | None = None
        self._size = 0
        self.received_in_all = 0
        if self._path is not None:
            self._open(self._path)
            self._write({"run": os.getpid(), "at": now()})

    def receive(
        self, broker: str, environment: Environment, operation: Operation, method: str, path: str, asked: Asked
    ) -> Recorded:
        self.received_in_all += 1
        entry = Recorded(self.received_in_all, self._now(), broker, environment, operation, method, path, asked)
        self._kept.append(entry)
        self._write({"received": entry})
        return entry

    def end(self, entry: Recorded) -> None:
        """The request was answered, or nothing more will happen to it."""
        entry.ended = self._now()
        self._write({"ended": entry})

    def entries(self, *, after: int = 0, operation: Operation | None = None) -> Sequence[Recorded]:
        """What is still in memory, oldest first, numbered above ``after``."""
        return [entry for entry in self._kept if entry.number > after and operation in (None, entry.operation)]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, path: Path) -> None:
        # Unbuffered: a line is with the operating system when the call returns.
        self._file = path.open("ab", buffering=0)
        self._size = self._file.tell()

    def _write(self, line: Mapping[str, object]) -> None:
        if self._file is None or self._path is None:
            return
        data = msgspec.json.encode(line) + b"\n"
        try:
            if self._size + len(data) > self._most and self._size > 0:
                self._file.close()
                self._path.replace(self._path.with_name("requests.1.jsonl"))
                self._open(self._path)
            self._file.write(data)
        except OSError as error:
            # An order must not fail for want of a line about it: orders are the ledger's, and memory still has this.
            _log.error("%s cannot be written any more: %s", self._path.name, error)
            self.close()
            return
        self._size += len(data)
