"""Empty, unknown and old are three different things: a value is Known (and has an age) or Unknown (and says why)."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from hoga.base.message import Message

T = TypeVar("T")


class Known(Struct, Generic[T], frozen=True):
    """A value, the market time it is from, and where it came from (``"kis stream"``, ``"kis rest"``, ``"journal"``)."""

    value: T
    at: datetime
    source: str


class Unknown(Struct, frozen=True):
    """No value, and why: never shown as 0, never as an empty list."""

    why: Message


Maybe: TypeAlias = Known[T] | Unknown
