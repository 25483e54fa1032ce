"""One HTTP exchange without sockets, and what a request is about. Shared by every broker's door; no wire name here."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Operation(Enum):
    """What a request asks for, as far as faults and records care."""

    TOKEN = "token"  # noqa: S105 a kind of request, no secret
    REVOKE = "revoke"
    APPROVAL = "approval"
    HASHKEY = "hashkey"
    READ = "read"
    NEW = "new"
    MODIFY = "modify"
    CANCEL = "cancel"
    MASTER = "master"
    UNKNOWN = "unknown"

    @property
    def is_write(self) -> bool:
        """Whether it may place, change or cancel an order."""
        return self in (Operation.NEW, Operation.MODIFY, Operation.CANCEL)


class WireRequest(Struct, frozen=True):
    """A request as it came in. ``path`` has no query; header and query names keep the case they were sent in."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case; None when it was not sent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class WireResponse(Struct, frozen=True):
    """An answer as it goes out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
