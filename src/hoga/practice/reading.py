"""Reads what a stranger sent. Whatever that is, it is an answerable mistake and never an error of the exchange."""

from __future__ import annotations

import msgspec


def read_json(sent: bytes | str) -> object:
    """The value of a JSON text; None for what is none, also for one nested without end."""
    try:
        return msgspec.json.decode(sent)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def printable(text: str) -> str:
    """The text in characters that can be written again: bytes that were no UTF-8 became question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
