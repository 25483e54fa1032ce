"""What tokens were issued, in memory and in an optional file: when each was, never the token itself."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import msgspec

from hoga.practice.reading import read_json

_log = logging.getLogger(__name__)


class Issue(msgspec.Struct):
    """One token: whose (a fingerprint of the app key), its serial number, from when until when (seconds)."""

    key: str
    serial: int
    at: int
    until: int
    expired: bool = False
    revoked: bool = False

    def lives(self, now: float) -> bool:
        return not self.expired and not self.revoked and now < self.until


def load_issues(path: Path | None) -> list[Issue]:
    """What the file holds; nothing when it is absent or not readable: clients then ask for a token anew."""
    if path is None:
        return []
    try:
        return msgspec.convert(read_json(path.read_bytes()), list[Issue])
    except (OSError, msgspec.ValidationError):
        return []


def save_issues(path: Path | None, issues: list[Issue]) -> None:
    if path is None:
        return
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(msgspec.json.encode(issues))
        beside.replace(path)
    except OSError as error:
        # Without the file clients only have to ask for a token again after the next start.
        _log.warning("issued tokens could not be written down: %s", error)


def fingerprint(appkey: str) -> str:
    return hashlib.sha256(appkey.encode()).hexdigest()[:16]
