"""What an account looked like when it was last read, kept beside its journal for a window that may only look on."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TypeVar, cast

from msgspec import Struct

from hoga.domain.accounts import Account, ConnectionId, PaperAccount, PracticeAccount, RealAccount, Stakes, WireProfile
from hoga.domain.instruments import Instrument
from hoga.storage.codec import Undecodable, decode, encode
from hoga.storage.database import Database

_log = logging.getLogger(__name__)

T = TypeVar("T")

_KINDS = {Stakes.REAL: RealAccount, Stakes.PAPER: PaperAccount, Stakes.PRACTICE: PracticeAccount}


class KnownAccount(Struct, frozen=True):
    """Which account the journal is of. ``label`` is masked."""

    label: str
    profile: WireProfile
    stakes: Stakes

    @staticmethod
    def of(account: Account) -> KnownAccount:
        return KnownAccount(account.label, account.profile, account.stakes)

    def account(self, connection: ConnectionId) -> Account:
        return _KINDS[self.stakes](connection, self.label, self.profile)


class KnownInstruments(Struct, frozen=True):
    """What the account's orders and holdings are called."""

    all: tuple[Instrument, ...]


class LastKnown:
    """One value for each kind (its class). Writes are not awaited: one that fails is followed by the next."""

    def __init__(self, database: Database, connection: ConnectionId) -> None:
        self._database = database
        self._connection = connection

    def put(self, at: datetime, value: object) -> None:
        row = (self._connection, type(value).__name__, at.isoformat(), encode(value))
        written = self._database.write(("INSERT OR REPLACE INTO last_known VALUES (?, ?, ?, ?)", row))
        written.add_done_callback(_looked_at)

    async def get(self, kind: type[T]) -> tuple[datetime, T] | None:
        """None while nothing of this kind was kept, or it does not read. Raises StorageError."""
        rows = await self._database.read(
            "SELECT at, body FROM last_known WHERE connection = ? AND kind = ?", (self._connection, kind.__name__)
        )
        if not rows:
            return None
        at, body = (cast(str, cell) for cell in rows[0])
        try:
            return datetime.fromisoformat(at), cast(T, decode(kind, body))
        except Undecodable as error:
            _log.warning("what was kept of the account does not read: %s", error)
            return None


def _looked_at(written: asyncio.Future[None]) -> None:
    if not written.cancelled() and (error := written.exception()) is not None:
        _log.info("what the account looks like was not kept: %s", error)
