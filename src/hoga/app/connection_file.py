"""The list of connections as it is kept: ``connections.json`` in the desk's folder. It holds no secret.

Written whole or not at all. One that cannot be read is set aside, never deleted, and the usual connections return.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from hoga.base.message import Message
from hoga.base.whole_file import write_whole
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Addresses, ConnectionRefused, Details, Keep, Key

FILE = "connections.json"
SCHEMA = 1

USUAL: tuple[Details, ...] = (
    Details(Key("practice-kis"), "연습 KIS", WireProfile.KIS_REAL, practice=True),
    Details(Key("practice-kiwoom"), "연습 키움", WireProfile.KIWOOM_REAL, practice=True),
    Details(Key("practice-kis-paper"), "연습 KIS 모의", WireProfile.KIS_PAPER, practice=True, enabled=False),
    Details(Key("practice-kiwoom-mock"), "연습 키움 모의", WireProfile.KIWOOM_MOCK, practice=True, enabled=False),
)
"""What a newcomer gets: an account at each broker of the practice exchange."""


class _Addresses(msgspec.Struct):
    rest: str
    ws: str


class _Row(msgspec.Struct, omit_defaults=True):
    key: str
    name: str
    profile: WireProfile
    practice: bool = False
    enabled: bool = True
    addresses: _Addresses | None = None
    keep: Keep = Keep.KEYRING
    label: str = ""


class _File(msgspec.Struct):
    version: int
    connections: list[_Row]
    quotes_from: str | None = None


class Kept(Struct, frozen=True):
    """``quotes_from``: the connection whose quotes all desks show; None: each its own."""

    connections: tuple[Details, ...]
    quotes_from: Key | None = None


class ConnectionFile:
    """``read`` once at the start, ``write`` after each change."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self.trouble: Message | None = None
        """Why the usual connections were returned although there was a file."""

    def read(self) -> Kept:
        try:
            said = msgspec.json.decode(self._path.read_bytes(), type=_File)
            return _understood(said)
        except FileNotFoundError:
            return Kept(USUAL)
        except (OSError, msgspec.MsgspecError, ValueError) as error:
            self._set_aside(error)
            return Kept(USUAL)

    def write(self, kept: Kept) -> None:
        """Raises ConnectionRefused when the disk does; the old file is then still whole."""
        rows = [_row(details) for details in kept.connections]
        data = msgspec.json.format(msgspec.json.encode(_File(SCHEMA, rows, kept.quotes_from)), indent=1)
        try:
            write_whole(self._path, data)
        except OSError as error:
            raise ConnectionRefused(
                Message("CONNECTIONS_NOT_SAVED", {"file": self._path.name, "why": error.strerror or str(error)})
            ) from error

    def _set_aside(self, error: Exception) -> None:
        aside = self._path.with_suffix(".damaged.json")
        with contextlib.suppress(OSError):
            self._path.replace(aside)
        self.trouble = Message("CONNECTIONS_SET_ASIDE", {"file": self._path.name, "aside": aside.name})


def _understood(said: _File) -> Kept:
    """Raises ValueError for what no version of this file holds."""
    if said.version > SCHEMA:
        raise ValueError("written by a newer version")
    details = tuple(_details(row) for row in said.connections)
    if len({one.key for one in details}) != len(details) or any(not one.key for one in details):
        raise ValueError("two connections of one name")
    chosen = Key(said.quotes_from) if said.quotes_from is not None else None
    return Kept(details, chosen if _has(details, chosen) else None)


def _has(details: Iterable[Details], key: Key | None) -> bool:
    return any(one.key == key for one in details)


def _details(row: _Row) -> Details:
    at = Addresses(row.addresses.rest, row.addresses.ws) if row.addresses is not None else None
    return Details(Key(row.key), row.name, row.profile, row.practice, row.enabled, at, row.keep, row.label)


def _row(details: Details) -> _Row:
    at = _Addresses(details.addresses.rest, details.addresses.ws) if details.addresses is not None else None
    return _Row(
        details.key, details.name, details.profile, details.practice, details.enabled, at, details.keep, details.label
    )
