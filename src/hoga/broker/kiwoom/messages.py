"""Texts of the live connection: what is asked, and how frames are told apart (kiwoom.md 5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

LOGIN, PING, REGISTER, REMOVE, PUSH, SYSTEM = "LOGIN", "PING", "REG", "REMOVE", "REAL", "SYSTEM"

OWN_GROUP, TRADES_GROUP, BOOK_GROUP = "1", "2", "3"
MOST_CODES = 100
"""Codes in one request and one group (kiwoom.md 3)."""

IN_USE = "R10001"
CLOSING = frozenset({"R10002", "R10004"})


class Garbled(ValueError):
    """A frame or record that cannot be read. ``where`` names the type; nothing of the content is kept."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class Entry(msgspec.Struct, gc=False):
    """One record of a push. ``values`` are read by the type that stands beside them, in any order of the keys."""

    type: str
    item: str = ""
    values: msgspec.Raw = msgspec.Raw(b"{}")


class Frame(msgspec.Struct, gc=False):
    """Any text of the server. ``data`` is read for pushes alone: elsewhere it may be anything, null too."""

    trnm: str
    return_code: int | str | None = None
    return_msg: str = ""
    data: msgspec.Raw = msgspec.Raw(b"null")
    code: str = ""
    message: str = ""

    @property
    def done(self) -> bool:
        return str(self.return_code).strip("0") == "" and self.return_code not in (None, "")


_frames = msgspec.json.Decoder(Frame)
_entries = msgspec.json.Decoder(list[Entry] | None)


def read_frame(text: str) -> Frame:
    """Raises Garbled for a text that is no frame."""
    try:
        return _frames.decode(text)
    except msgspec.MsgspecError as error:
        raise Garbled("frame", "not readable as JSON") from error


def entries(frame: Frame) -> list[Entry]:
    """The records of a push. Raises Garbled."""
    try:
        return _entries.decode(frame.data) or []
    except msgspec.MsgspecError as error:
        raise Garbled("push", "no records") from error


def login(token: str) -> str:
    return _text({"trnm": LOGIN, "token": token})


def register(group: str, types: Iterable[str], items: Iterable[str]) -> str:
    """Add to what is registered; types without a code take one blank item (kiwoom.md 5.1)."""
    return _text({"trnm": REGISTER, "grp_no": group, "refresh": "1", "data": _data(types, items)})


def remove(group: str, types: Iterable[str], items: Iterable[str]) -> str:
    return _text({"trnm": REMOVE, "grp_no": group, "data": _data(types, items)})


def _data(types: Iterable[str], items: Iterable[str]) -> list[dict[str, list[str]]]:
    return [{"item": list(items) or [""], "type": list(types)}]


def _text(message: dict[str, Any]) -> str:
    return msgspec.json.encode(message).decode()
