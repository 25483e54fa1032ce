"""One connection as it lives: closed, opening, open, failed; opened again where trying again can help."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from msgspec.structs import replace

from hoga.app.building import OpenedDesk
from hoga.app.opener import EXPECTED, Opener, account_of, may_pass
from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.unlocking import NotUnlocked, Unlocked, unlock
from hoga.domain.accounts import Stakes
from hoga.trading.connections import Connection, ConnectionRefused, Details, Field, Standing

_log = logging.getLogger(__name__)
_PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Wire seconds between two tries to open."""


class ConnectionLine:
    """``changed`` is called after each step. Nothing that happens here can delay another connection."""

    def __init__(self, details: Details, opener: Opener, changed: Callable[[], None]) -> None:
        self.details = details
        self.for_this_start: bool | None = None
        """Whether it is enabled, where the command line says otherwise than the list."""
        self.outside: Callable[[], Message | None] = lambda: None
        """What is wrong outside its desk while it is open."""
        self.opened: OpenedDesk | None = None
        self.last: OpenedDesk | None = None
        """The desk that was open last in this run: its account and its journal are known."""
        self._opener = opener
        self._changed = changed
        self._tasks = TaskOwner(f"connection {details.key}")
        self._one_step = asyncio.Lock()
        self._proof: Unlocked | None = None
        self._standing = self._resting
        self._why: Message | None = None

    # --- what it is -------------------------------------------------------------------------------------------------

    @property
    def enabled(self) -> bool:
        return self.details.enabled if self.for_this_start is None else self.for_this_start

    @property
    def row(self) -> Connection:
        details = replace(self.details, enabled=self.enabled)
        opened = self.opened
        if opened is None:
            return Connection(details, self._standing, why=self._why)
        broker = opened.broker
        return Connection(
            details, self._standing, opened.account, opened.desk, self.outside(),
            meter=lambda: broker.meter, round_trip=lambda: broker.round_trip,
        )  # fmt: skip

    @property
    def standing(self) -> Standing:
        return self._standing

    @property
    def unlocked(self) -> bool:
        return self._proof is not None and self._proof.valid

    @property
    def may_open(self) -> bool:
        """Nothing keeps it from being opened now."""
        return self._resting is Standing.OPENING

    # --- what can be done -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open it, if it is enabled and not locked; returns at once."""
        if self._resting is not Standing.OPENING:
            self._say(self._resting)
        elif self._tasks.start("open", self._keep_trying(), busy=Busy.DROP) is not None:
            self._say(Standing.OPENING)

    async def stop(self) -> None:
        """Close it; whatever is under way ends first."""
        async with self._one_step:
            await self._close()
            self._say(self._resting if self._resting is not Standing.OPENING else Standing.DISABLED)

    async def renew(self) -> None:
        """Close it and open it anew as its details now say."""
        async with self._one_step:
            await self._close()
            self.start()

    async def unlock(self, typed: str) -> None:
        """Raises ConnectionRefused when these are not the digits, SecretStoreError when the account cannot be read."""
        account = (await self._opener.secrets(self.details)).get(Field.ACCOUNT)
        if account is None:
            raise ConnectionRefused(Message("CONNECTION_KEYS_MISSING"))
        try:
            self._proof = unlock(account_of(account), typed)
        except NotUnlocked:
            raise ConnectionRefused(Message("CONNECTION_WRONG_DIGITS")) from None
        await self.renew()

    async def lock(self) -> None:
        """From this moment nothing more leaves for a real host; then it is closed."""
        if self._proof is not None:
            self._proof.revoke()
        await self.stop()

    async def aclose(self) -> None:
        async with self._one_step:
            await self._close()
        await self._tasks.aclose()

    # --- how --------------------------------------------------------------------------------------------------------

    @property
    def _resting(self) -> Standing:
        """How it stands while nothing is built; OPENING: it may be."""
        if not self.enabled:
            return Standing.DISABLED
        if self.details.stakes is Stakes.REAL and not self.unlocked:
            return Standing.LOCKED
        return Standing.OPENING

    async def _keep_trying(self) -> None:
        tries = 0
        while True:
            self._say(Standing.OPENING, self._why)
            try:
                self.opened = self.last = await self._opener.open(self.details, self._proof)
            except EXPECTED as error:
                _log.warning("%s could not be opened: %s", self.details.key, error.message)
                self._say(Standing.FAILED, error.message)
                if not may_pass(error):
                    return
            else:
                self._say(Standing.OPEN)
                return
            await asyncio.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1

    async def _close(self) -> None:
        opening = self._tasks
        self._tasks = TaskOwner(f"connection {self.details.key}")
        await opening.aclose()
        opened, self.opened = self.opened, None
        if opened is not None:
            self._say(self._resting)  # who shows its desk lets go of it first
            await opened.aclose()

    def _say(self, standing: Standing, why: Message | None = None) -> None:
        self._standing, self._why = standing, why
        self._changed()
