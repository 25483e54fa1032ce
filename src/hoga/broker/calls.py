"""REST calls to any broker: tokens, turns, retries and pages. What an answer means is the broker's own affair.

Reads are repeated after 1, 3 and 5 seconds when the broker was busy or out of reach. Writes are sent once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import stamina
from msgspec import Struct

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.drift import DriftNotes
from hoga.broker.fields import BadField
from hoga.broker.port import (
    BadReply,
    BrokerError,
    NotFound,
    NotSent,
    NotSentReason,
    Outcome,
    OutcomeUnknown,
    SessionExpired,
    Throttled,
    Unreachable,
    WrongKeys,
)
from hoga.broker.throttle import Lane
from hoga.broker.tokens import Token, TokenKeeper, TokenNotYet, TokenRefused
from hoga.broker.transport import HttpCall, HttpChannel, HttpReply, NeverWritten, TransportError

T = TypeVar("T")

Cursor = tuple[str, ...]
"""What a broker wants back to show the next page."""

_MOST_PAGES = 300
_READ_PATIENCE = 5.0
_WRITE_PATIENCE = 3.0


class NothingThere(LookupError):
    """The broker knows no such instrument. Some say so by zeros or blanks instead of an error."""


class Page(Struct, frozen=True):
    """One answer to a read. ``nothing``: the broker said in so many words that there is nothing to show."""

    body: Mapping[str, Any]
    more: bool
    cursor: Cursor
    nothing: bool

    @property
    def rows(self) -> list[object]:
        """What the page lists, to be compared with the page before it."""
        return [value for value in self.body.values() if isinstance(value, list)]

    @property
    def has_rows(self) -> bool:
        return any(self.rows)


class Clients(Struct, frozen=True):
    """The ways to the broker. ``reached`` is told after each exchange whether it could be reached."""

    orders: HttpChannel
    reads: HttpChannel
    reached: Callable[[bool], None]
    files: HttpChannel | None = None
    """Public files, where a broker has them elsewhere."""


class RestCalls(ABC):
    """The calls of one connection. Orders and reads go over clients of their own."""

    key_codes: ClassVar[Collection[str]] = ()
    """Codes that speak of wrong keys."""
    session_codes: ClassVar[Collection[str]] = ()
    """Codes that speak of a token no longer taken: a new one may help."""

    def __init__(self, clock: MarketClock, tokens: TokenKeeper, clients: Clients, notes: DriftNotes) -> None:
        self._clock = clock
        self._tokens = tokens
        self._clients = clients
        self._notes = notes

    @abstractmethod
    async def turn(self, name: str, lane: Lane) -> AbstractContextManager[object]:
        """Wait until a call of ``name`` may leave; hold what is returned until its answer is there."""

    @abstractmethod
    def too_many(self, name: str) -> None:
        """The broker said that there were too many calls of ``name``."""

    @abstractmethod
    def judge(self, status: int, body: bytes, now: datetime) -> Outcome:
        """The outcome that an answer to a write proves."""

    @abstractmethod
    def page_of(self, reply: HttpReply) -> Page:
        """A successful page, or raises the BrokerError that the answer is."""

    # --- writes -----------------------------------------------------------------------------------------------------

    async def send_write(self, name: str, lane: Lane, call_with: Callable[[Token], HttpCall]) -> Outcome:
        """Send an order request once. Never raises for what the broker or the network did."""
        try:
            token = await self._tokens.get(_WRITE_PATIENCE)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            return self._no_token(error)
        call = call_with(token)
        try:
            with await self.turn(name, lane):
                reply = await self._clients.orders.send(call, urgent=lane is Lane.CANCEL)
        except NeverWritten:
            self._clients.reached(False)
            return NotSent(NotSentReason.NOT_CONNECTED, Message("BROKER_NO_CONNECTION"))
        except TransportError as error:
            self._clients.reached(False)
            return OutcomeUnknown(Message("BROKER_OUTCOME_NO_ANSWER", {"kind": str(error)}))
        self._clients.reached(True)
        outcome = self.judge(reply.status, reply.body, self._clock.now())
        if isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN:
            await self._tokens.invalidate(token)
        return outcome

    def _no_token(self, error: Exception) -> NotSent:
        trouble = token_trouble(error, self.key_codes)
        if isinstance(trouble, Unreachable):
            return NotSent(NotSentReason.NOT_CONNECTED, trouble.message)
        return NotSent(NotSentReason.TOKEN, trouble.message, trouble.code, trouble.text)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def ask_page(self, name: str, call_with: Callable[[Token], HttpCall]) -> Page:
        """The answer to one read: asked again when that may help, and once more after a login. Raises BrokerError."""

        async def once_more_after_login() -> Page:
            try:
                return await self._ask(name, call_with)
            except SessionExpired as error:
                if error.code not in self.session_codes:
                    raise
                return await self._ask(name, call_with)

        return await repeated(once_more_after_login)

    async def all_pages(
        self,
        name: str,
        first: Cursor,
        ask: Callable[[Cursor], Awaitable[Page]],
        decode: Callable[[Mapping[str, Any]], T],
    ) -> list[T]:
        """Every page of a paged read, decoded one by one: all of them, or BrokerError."""
        pages: list[T] = []
        seen: set[Cursor] = set()
        cursor = first
        before: list[object] | None = None
        for _ in range(_MOST_PAGES):
            page = await ask(cursor)
            if page.nothing and not page.has_rows:
                return pages
            stuck = page.more and (page.cursor in seen or not any(page.cursor))
            if stuck or (before is not None and page.has_rows and page.rows == before):
                # A broker that repeats itself would make a list that looks whole and is not (python-kis#20).
                raise BadReply(Message("BROKER_REPEATED_PAGE", {"operation": name}))
            pages.append(self.decoded(name, page.body, decode))
            if not page.more:
                return pages
            seen.add(page.cursor)
            cursor, before = page.cursor, page.rows
        raise BadReply(Message("BROKER_TOO_MANY_PAGES", {"operation": name}))

    def decoded(self, name: str, body: Mapping[str, Any], decode: Callable[[Mapping[str, Any]], T]) -> T:
        """``decode(body)`` with its failures told in the port's words, and the drift noted."""
        self._notes.body(name, body)
        try:
            return decode(body)
        except NothingThere as error:
            raise NotFound(Message("BROKER_NO_SUCH_INSTRUMENT", {"code": str(error)})) from None
        except BadField as error:
            self._notes.refused(error.where, error.problem)
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": error.where})) from error

    async def _ask(self, name: str, call_with: Callable[[Token], HttpCall]) -> Page:
        try:
            token = await self._tokens.get(_READ_PATIENCE)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            raise token_trouble(error, self.key_codes) from error
        reply = await self.send_read(name, call_with(token))
        try:
            return self.page_of(reply)
        except Throttled:
            self.too_many(name)
            raise
        except SessionExpired:
            await self._tokens.invalidate(token)
            raise

    async def send_read(self, name: str, call: HttpCall) -> HttpReply:
        """Send a read in its turn. Raises Unreachable."""
        try:
            reply = await self._in_turn(name, call, self._clients.reads)
        except Unreachable:
            self._clients.reached(False)
            raise
        self._clients.reached(True)
        return reply

    async def fetch_file(self, name: str, call: HttpCall) -> HttpReply:
        """Fetch a public file in its turn; says nothing of the account's own host. Raises Unreachable."""
        return await self._in_turn(name, call, self._clients.files or self._clients.reads)

    async def _in_turn(self, name: str, call: HttpCall, channel: HttpChannel) -> HttpReply:
        try:
            with await self.turn(name, Lane.READ):
                return await channel.send(call)
        except TransportError as error:
            code = "BROKER_NO_CONNECTION" if isinstance(error, NeverWritten) else "BROKER_NO_ANSWER"
            raise Unreachable(Message(code)) from error


async def repeated(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again after 1, 3 and 5 seconds (of wire time, with some jitter) when that may help."""
    async for attempt in stamina.retry_context(
        on=_may_pass, attempts=4, timeout=None, wait_initial=1.0, wait_exp_base=3.0, wait_max=5.0, wait_jitter=0.5
    ):
        with attempt:
            return await ask()
    raise AssertionError("the last attempt returns or raises")


def _may_pass(error: Exception) -> bool:
    return isinstance(error, (Throttled, Unreachable))


def token_trouble(error: Exception, key_codes: Collection[str]) -> BrokerError:
    """Why there is no token, in the port's words."""
    if isinstance(error, TokenNotYet):
        return SessionExpired(Message("BROKER_TOKEN_WAIT", {"at": f"{error.next_issue.astimezone(KST):%H:%M:%S}"}))
    if isinstance(error, TokenRefused):
        kind = WrongKeys if error.code in key_codes else SessionExpired
        return kind(error.message, error.code, error.text)
    return Unreachable(Message("BROKER_NO_CONNECTION"))
