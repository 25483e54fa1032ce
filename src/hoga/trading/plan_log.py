"""The durable log behind plans: entries of text in the journal's file, append-only, in their order.

What an entry means is the plans' own business; here it is kept, and an approval is kept once.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.storage.database import Database
from hoga.storage.errors import StorageError


class Kept(Struct, frozen=True):
    """One entry: ``digest`` is empty where it is about a schedule."""

    seq: int
    digest: str
    at: datetime
    kind: str
    body: str


class PlanLog:
    """The log of one connection. ``database`` stays its owner's."""

    def __init__(self, database: Database, connection: ConnectionId) -> None:
        self._database = database
        self._connection = connection

    async def append(self, digest: str, at: datetime, kind: str, body: str) -> Message | None:
        """Return when the entry is durable; a message: why it was not kept. A second approval of a digest is not."""
        statement = (
            "INSERT INTO plan_entries (connection, digest, at, kind, body) VALUES (?, ?, ?, ?, ?)",
            (self._connection, digest, at.isoformat(), kind, body),
        )
        try:
            await self._database.write(statement)
        except StorageError as error:
            return error.message
        return None

    async def read(self) -> tuple[Kept, ...]:
        """Every entry, oldest first. Raises StorageError."""
        rows = await self._database.read(
            "SELECT seq, digest, at, kind, body FROM plan_entries WHERE connection = ? ORDER BY seq",
            (self._connection,),
        )
        return tuple(
            Kept(
                cast(int, seq), cast(str, digest), datetime.fromisoformat(cast(str, at)), cast(str, kind),
                cast(str, body),
            )
            for seq, digest, at, kind, body in rows
        )  # fmt: skip
