"""The file that a preview saves: its inputs, from which anybody makes the same plan with the same digest.

JSON with the version of its shape. Nothing is guessed: an unknown field, a number with a fraction, a moment without a
zone or a newer version is refused with a reason. No secret and no account number is in it, only the masked label.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

from hoga.base.message import Message
from hoga.plans.inputs import SCHEMA, Inputs, canonical

_MOST_BYTES = 8_000_000


class InputsUnreadable(Exception):
    """The file is not inputs of a plan; ``message`` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def to_json(inputs: Inputs) -> bytes:
    """Canonical: the same inputs are the same bytes."""
    return msgspec.json.format(msgspec.json.encode(canonical(inputs), order="sorted"), indent=1) + b"\n"


def from_json(data: bytes) -> Inputs:
    """Raises InputsUnreadable."""
    version = _version(data)
    if version != SCHEMA:
        raise InputsUnreadable(Message("PLAN_FILE_VERSION", {"version": version, "known": SCHEMA}))
    try:
        return msgspec.json.decode(data, type=Inputs)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _unreadable(str(error)) from error


def save(inputs: Inputs, path: Path) -> None:
    """Whole or not at all: written beside and moved in place. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(to_json(inputs))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> Inputs:
    """Raises InputsUnreadable, also when the file cannot be opened."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable("larger than any plan")
        return from_json(path.read_bytes())
    except OSError as error:
        raise _unreadable(error.strerror or type(error).__name__) from error


class _Version(msgspec.Struct):
    schema: int


def _version(data: bytes) -> int:
    try:
        return msgspec.json.decode(data, type=_Version).schema
    except (msgspec.MsgspecError, ValueError) as error:
        raise _unreadable(str(error)) from error


def _unreadable(why: str) -> InputsUnreadable:
    return InputsUnreadable(Message("PLAN_FILE_UNREADABLE", {"why": why}))
