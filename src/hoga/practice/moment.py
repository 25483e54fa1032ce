"""The moment up to which market time may have been told: kept outside the process, so that a kill cannot unsay it.

A fast market moves on by seconds between two commits of its ledger. Without this, an exchange that was killed would
come back earlier than what it had told its clients, and accept an order before the moment at which it was sent.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from hoga.base.clock import KST

_log = logging.getLogger(__name__)


class ToldMoment:
    """One moment in a file of its own, handed to the operating system at each change. A file that cannot be read or
    written only costs the promise."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def resume_at(self, start: datetime) -> datetime:
        """``start``, or what was kept if that is later."""
        try:
            kept = datetime.fromisoformat(self._path.read_bytes().decode("ascii"))
        except (OSError, ValueError):
            return start
        return start if kept.tzinfo is None else max(start, kept.astimezone(KST))

    def keep(self, moment: datetime) -> None:
        """No later moment will be told before the next call."""
        try:
            if self._file is None:
                # Not truncated: a kill right here must leave the moment of before.
                self._path.touch()
                self._file = self._path.open("r+b", buffering=0)
            self._file.seek(0)
            # Always as long as the one before, so that one write replaces it whole.
            self._file.write(moment.astimezone(KST).isoformat(timespec="microseconds").encode("ascii"))
        except OSError as error:
            if self._file is not None:
                _log.error("%s cannot be written: %s", self._path.name, error)
            self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
