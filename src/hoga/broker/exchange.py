"""One request and its answer, and the two ways in which there is none: it never left, or nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from msgspec import Struct

from hoga.broker.trouble import Trouble

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class TransportError(Exception):
    """No usable answer. ``args[0]`` names the kind of failure in plain words and holds no secret."""

    def __init__(self, kind: str, trouble: Trouble = Trouble.OTHER) -> None:
        super().__init__(kind)
        self.trouble = trouble


class NeverWritten(TransportError):
    """Proven: the connection failed before a byte of the request was written."""


class MayHaveArrived(TransportError):
    """The request left, at least in part, and no whole answer came back."""


@dataclass(frozen=True, slots=True)
class HttpCall:
    """One request. ``query`` and ``headers`` are sent as they are; ``body`` only on POST."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS, repr=False)
    body: bytes | None = field(default=None, repr=False)


class HttpReply(Struct, frozen=True):
    """One whole answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


class ChannelLimits(Struct, frozen=True):
    """Wire-time limits of one client, in seconds. ``most`` requests are in flight at once; further ones queue.
    ``urgent`` more have places of their own, which the others cannot take. ``answer``: of silence, not in all."""

    connect: float = 5.0
    answer: float = 10.0
    most: int = 8
    urgent: int = 0
    keep_alive: float = 15.0
    largest_body: int = 32 * 1024 * 1024
