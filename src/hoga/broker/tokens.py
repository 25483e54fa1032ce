"""The access token of one connection: kept until it expires, issued by one caller at a time, never twice in a minute.

The token's life is market time, because the broker's clock decides (kis.md 2.1). It is kept through the SecretStore, so
a restart asks for none; each new issue may send the customer a message.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta
from enum import Enum

import msgspec
from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.secret_store import Secret, SecretStore, SecretStoreError
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.transport import NeverWritten, TransportError

_log = logging.getLogger(__name__)

BETWEEN_ISSUES = timedelta(seconds=60)
_SPENT = timedelta(seconds=30)
"""With less life left than this a token is not handed out: the call could arrive after its end."""
_RENEW_AHEAD = timedelta(hours=1)
_TRY_RENEWAL_EVERY = timedelta(minutes=5)


class Token(Struct, frozen=True):
    """``value`` is never shown. ``expires`` is aware market time."""

    value: Secret
    expires: datetime
    issued: datetime


class TokenState(Enum):
    NONE = "none"
    ISSUING = "issuing"
    VALID = "valid"
    WAITING = "waiting"
    """A new one may not be asked for yet."""
    REFUSED = "refused"


class TokenView(Struct, frozen=True):
    """What a person may know of the token."""

    state: TokenState
    expires: datetime | None
    next_issue: datetime | None
    why: Message | None = None


class TokenRefused(Exception):
    """The broker would not issue a token. ``soon`` says that it may after a minute (asked too often)."""

    def __init__(self, message: Message, code: str, text: str, *, soon: bool = False) -> None:
        super().__init__(f"{message} [{code}] {text}")
        self.message, self.code, self.text, self.soon = message, code, text, soon


class TokenNotYet(Exception):
    """No valid token, and the next may only be asked for at ``next_issue``."""

    def __init__(self, next_issue: datetime) -> None:
        super().__init__(f"the next token may be asked for at {next_issue:%H:%M:%S}")
        self.next_issue = next_issue


Issue = Callable[[], Awaitable[tuple[Secret, datetime]]]
"""Asks the broker for a token; returns it with its aware expiry. Raises TokenRefused or TransportError."""


class _Kept(msgspec.Struct):
    value: str
    expires: datetime
    issued: datetime


IssueTurn = Callable[[], AbstractAsyncContextManager[object]]
"""Held while a token is asked for: whoever shares the store, in another process too, waits and finds the new one."""


def alone() -> AbstractAsyncContextManager[object]:
    """The turn of one who shares the token with nobody."""
    return nullcontext()


class TokenPlace(Struct, frozen=True):
    """Where a connection's token is kept and whose turn it is to ask for one. ``name``: of the entry in the store; by
    default the connection's own."""

    name: str = ""
    turn: IssueTurn = alone


PRIVATE = TokenPlace()


class TokenKeeper:
    """The one token object of a connection; orders, reads and streams all ask it.

    ``name`` is the entry in the store; ``learn`` hears every token, so that it can be kept out of logs. A store that
    fails is reported in the log and then done without: the token lives for this run only. ``between`` is the least time
    from one issue to the next.
    """

    def __init__(
        self,
        clock: MarketClock,
        vault: SecretStore,
        name: str,
        issue: Issue,
        learn: Callable[[Secret], None] = lambda secret: None,
        between: timedelta = BETWEEN_ISSUES,
        turn: IssueTurn = alone,
    ) -> None:
        self._clock = clock
        self._vault = vault
        self._name = name
        self._issue = issue
        self._learn = learn
        self._between = between
        self._turn = turn
        self._lock = asyncio.Lock()
        self._token: Token | None = None
        self._last_issue: datetime | None = None
        self._issuing = False
        self._why: Message | None = None
        self._dead: set[str] = set()
        self._tasks = TaskOwner(f"token {name}")

    async def get(self, patience: float = 0.0) -> Token:
        """A token that is valid now. Waits at most ``patience`` market seconds for the minute between two issues.

        Raises TokenNotYet, TokenRefused or TransportError.
        """
        if (token := self._usable()) is not None:
            return token
        async with self._lock:  # one issuer at a time; those who waited find its result
            if (token := self._usable()) is not None:
                return token
            await self._load()
            if (token := self._usable()) is not None:
                return token
            while True:
                await self._wait_for_turn(patience)
                async with self._turn():
                    await self._load()  # whoever shares the store may have asked meanwhile
                    if (token := self._usable()) is not None:
                        return token
                    if self._seconds_to_turn() <= 0:
                        return await self._ask()

    async def invalidate(self, token: Token) -> None:
        """An auth error was answered to ``token``, at any layer. Ends it once; a newer token is left alone."""
        if self._token is None or self._token.value != token.value:
            return
        self._dead.add(token.value.reveal())
        self._token = None
        await self._load()  # another window may have a newer one already
        if self._token is None:
            await self._store()

    async def forget(self) -> None:
        """Drop the token everywhere (after it was revoked)."""
        if self._token is not None:
            await self.invalidate(self._token)

    @property
    def view(self) -> TokenView:
        following = None if self._last_issue is None else self._last_issue + self._between
        if self._issuing:
            state = TokenState.ISSUING
        elif self._usable() is not None:
            state = TokenState.VALID
        elif self._why is not None:
            state = TokenState.REFUSED
        elif following is not None and self._clock.now() < following:
            state = TokenState.WAITING
        else:
            state = TokenState.NONE
        return TokenView(state, self._token.expires if self._token else None, following, self._why)

    def keep_fresh(self) -> None:
        """From now on renew ahead of time, so that no order ever meets an expired token."""
        self._tasks.start("renew", self._renew(), busy=Busy.DROP)

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def _usable(self) -> Token | None:
        token = self._token
        if token is None or token.expires - self._clock.now() <= _SPENT:
            return None
        return token

    async def _wait_for_turn(self, patience: float) -> None:
        left = self._seconds_to_turn()
        if left > patience and self._last_issue is not None:
            raise TokenNotYet(self._last_issue + self._between)
        if left > 0:
            await self._clock.sleep(left)

    def _seconds_to_turn(self) -> float:
        """Market seconds until a token may be asked for; not positive: now."""
        if self._last_issue is None:
            return 0.0
        return (self._last_issue + self._between - self._clock.now()).total_seconds()

    async def _ask(self) -> Token:
        self._issuing = True
        # Counted from before the request: one that failed half-way may have been issued all the same.
        before, self._last_issue = self._last_issue, self._clock.now()
        try:
            value, expires = await self._issue()
        except NeverWritten:
            self._last_issue = before
            raise
        except TokenRefused as error:
            self._why = error.message
            raise
        finally:
            self._issuing = False
        if value.reveal() in self._dead:
            # The broker hands out the same token again for hours (kis.md 2.1), also one that it no longer takes.
            self._why = Message("TOKEN_STAYS_DEAD")
            raise TokenRefused(self._why, "", "")
        self._why = None
        self._learn(value)
        self._token = Token(value, expires, self._last_issue)
        await self._store()
        return self._token

    async def _renew(self) -> None:
        while True:
            token = self._token
            due = None if token is None else token.expires - _RENEW_AHEAD - self._clock.now()
            if due is None or due.total_seconds() > 0:
                pause = _TRY_RENEWAL_EVERY if due is None else due
                await self._clock.sleep(max(pause.total_seconds(), 1.0))
                continue
            try:
                async with self._lock:
                    await self._wait_for_turn(self._between.total_seconds())
                    async with self._turn():
                        await self._load()
                        if self._token is not token:
                            continue  # renewed by whoever shares the store
                        await self._ask()
            except (TokenRefused, TokenNotYet, TransportError) as error:
                _log.info("the token could not be renewed yet: %s", type(error).__name__)
            await self._clock.sleep(_TRY_RENEWAL_EVERY.total_seconds())

    async def _load(self) -> None:
        """Read what another run or window kept. Asked again after each invalidation: it may have a newer one."""
        try:
            secret = await self._vault.get(self._name)
        except SecretStoreError as error:
            _log.warning("the token could not be read from the secret store: %s", error)
            return
        if secret is None:
            return
        try:
            kept = msgspec.json.decode(secret.reveal(), type=_Kept)
        except msgspec.MsgspecError:
            _log.warning("the kept token was unreadable and is ignored")
            return
        if kept.expires.tzinfo is None or kept.issued.tzinfo is None or kept.issued > self._clock.now():
            return  # from another clock: a practice exchange that was set back
        if self._last_issue is None or kept.issued > self._last_issue:
            self._last_issue = kept.issued
        known = self._token is not None and self._token.value.reveal() == kept.value
        if kept.value and kept.value not in self._dead and not known:
            self._token = Token(Secret(kept.value), kept.expires, kept.issued)
            self._learn(self._token.value)

    async def _store(self) -> None:
        """Keep the token; an ended one leaves only the time of its issue."""
        token = self._token
        issued = self._last_issue or self._clock.now()
        kept = _Kept("", issued, issued) if token is None else _Kept(token.value.reveal(), token.expires, token.issued)
        try:
            await self._vault.set(self._name, Secret(msgspec.json.encode(kept).decode()))
        except SecretStoreError as error:
            _log.warning("the token could not be kept in the secret store: %s", error)
