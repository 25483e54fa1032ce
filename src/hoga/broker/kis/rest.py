"""REST calls of KIS: headers, tokens, pacing, pages; and what a failed read means (kis.md 1.2-1.6).

Reads are repeated after 1, 3 and 5 seconds when the broker was busy or out of reach. Writes are sent once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import stamina

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.kis.answers import TOKEN, judge
from hoga.broker.kis.decode_rest import NothingThere
from hoga.broker.kis.fields import BadField
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kis.ids import Operation
from hoga.broker.kis.replies import Page, has_rows, read_page, token_trouble
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.port import (
    BadReply,
    NotFound,
    NotSent,
    NotSentReason,
    NotSupported,
    Outcome,
    OutcomeUnknown,
    SessionExpired,
    Throttled,
    Unreachable,
)
from hoga.broker.throttle import Lane, Throttle
from hoga.broker.tokens import Token, TokenKeeper, TokenNotYet, TokenRefused
from hoga.broker.transport import HttpCall, HttpChannel, HttpReply, NeverWritten, TransportError

T = TypeVar("T")

_MOST_PAGES = 300
_READ_PATIENCE = 5.0
_WRITE_PATIENCE = 3.0
_AFTER_TOO_MANY = 1.0


@dataclass(frozen=True, slots=True)
class Clients:
    """The ways to the broker. ``reached`` is told after each exchange whether it could be reached."""

    orders: HttpChannel
    reads: HttpChannel
    reached: Callable[[bool], None]


class KisRest:
    """The calls of one connection. Orders and reads go over clients of their own."""

    def __init__(
        self,
        host: KisHost,
        keys: KisKeys,
        clock: MarketClock,
        tokens: TokenKeeper,
        throttle: Throttle,
        clients: Clients,
        sentinel: Sentinel,
    ) -> None:
        self._host = host
        self._keys = keys
        self._clock = clock
        self._tokens = tokens
        self._throttle = throttle
        self._orders = clients.orders
        self._reads = clients.reads
        self._reached = clients.reached
        self._sentinel = sentinel

    # --- writes -----------------------------------------------------------------------------------------------------

    async def write(self, operation: Operation, body: Mapping[str, str], lane: Lane) -> Outcome:
        """Send an order request once. Never raises for what the broker or the network did."""
        tr_id = operation.id_for(self._host.profile)
        if tr_id is None:
            return NotSent(NotSentReason.UNSUPPORTED, Message("KIS_NOT_ON_PAPER"))
        try:
            token = await self._tokens.get(_WRITE_PATIENCE)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            return _no_token(error)
        call = HttpCall("POST", operation.path, headers=self._headers(tr_id, token), body=msgspec.json.encode(body))
        try:
            with await self._throttle.turn(lane):
                reply = await self._orders.send(call)
        except NeverWritten:
            self._reached(False)
            return NotSent(NotSentReason.NOT_CONNECTED, Message("KIS_NO_CONNECTION"))
        except TransportError as error:
            self._reached(False)
            return OutcomeUnknown(Message("KIS_OUTCOME_NO_ANSWER", {"kind": str(error)}))
        self._reached(True)
        outcome = judge(reply.status, reply.body, self._clock.now())
        if isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN:
            await self._tokens.invalidate(token)
        return outcome

    # --- reads ------------------------------------------------------------------------------------------------------

    async def read(
        self,
        operation: Operation,
        query: Mapping[str, str],
        decode: Callable[[Mapping[str, Any]], T],
    ) -> T:
        """One unpaged read, decoded. Raises BrokerError."""
        page = await self._page(operation, query, ("", ""))
        return self.decoded(operation, page.body, decode)

    async def read_pages(
        self,
        operation: Operation,
        query: Mapping[str, str],
        decode: Callable[[Mapping[str, Any]], T],
    ) -> list[T]:
        """Every page of a paged read, decoded one by one: all of them, or BrokerError."""
        pages: list[T] = []
        seen: set[tuple[str, str]] = set()
        cursor = ("", "")
        before: list[object] | None = None
        for _ in range(_MOST_PAGES):
            page = await self._page(operation, query, cursor)
            if page.nothing and not has_rows(page.body):
                return pages
            stuck = page.more and (page.cursor in seen or not any(page.cursor))
            if stuck or (before is not None and has_rows(page.body) and page.rows == before):
                # A broker that repeats itself would make a list that looks whole and is not (python-kis#20).
                raise BadReply(Message("KIS_REPEATED_PAGE", {"operation": operation.name}))
            pages.append(self.decoded(operation, page.body, decode))
            if not page.more:
                return pages
            seen.add(page.cursor)
            cursor, before = page.cursor, page.rows
        raise BadReply(Message("KIS_TOO_MANY_PAGES", {"operation": operation.name}))

    def decoded(self, operation: Operation, body: Mapping[str, Any], decode: Callable[[Mapping[str, Any]], T]) -> T:
        """``decode(body)`` with its failures told in the port's words, and the sentinel informed."""
        self._sentinel.body(operation.name, body)
        try:
            return decode(body)
        except NothingThere as error:
            raise NotFound(Message("KIS_NO_SUCH_INSTRUMENT", {"code": str(error)})) from None
        except BadField as error:
            self._sentinel.refused(error.where, error.problem)
            raise BadReply(Message("KIS_BAD_REPLY", {"where": error.where})) from error

    async def download(self, url: str) -> bytes | None:
        """A public file; None when there is none of that name. Raises BrokerError."""

        async def ask() -> bytes | None:
            reply = await self._send_read(HttpCall("GET", url))
            if reply.status == 404:
                return None
            if reply.status != 200:
                raise Unreachable(Message("KIS_MAINTENANCE", {"status": reply.status}))
            return reply.body

        return await _repeated(ask)

    async def _page(self, operation: Operation, query: Mapping[str, str], cursor: tuple[str, str]) -> Page:
        tr_id = operation.id_for(self._host.profile)
        if tr_id is None:
            raise NotSupported(Message("KIS_NOT_ON_PAPER", {"operation": operation.name}))
        known: str = tr_id
        return await _repeated(lambda: self._ask_once_more_after_login(operation, known, query, cursor))

    async def _ask_once_more_after_login(
        self, operation: Operation, tr_id: str, query: Mapping[str, str], cursor: tuple[str, str]
    ) -> Page:
        try:
            return await self._ask(operation, tr_id, query, cursor)
        except SessionExpired as error:
            if error.code not in TOKEN:
                raise
            return await self._ask(operation, tr_id, query, cursor)

    async def _ask(self, operation: Operation, tr_id: str, query: Mapping[str, str], cursor: tuple[str, str]) -> Page:
        token = await self._token_for_reading()
        headers = self._headers(tr_id, token)
        if any(cursor):
            headers["tr_cont"] = "N"
        reply = await self._send_read(HttpCall("GET", operation.path, _query(query, cursor), headers))
        try:
            return read_page(reply)
        except Throttled:
            self._throttle.hold_reads(_AFTER_TOO_MANY)
            raise
        except SessionExpired:
            await self._tokens.invalidate(token)
            raise

    async def _send_read(self, call: HttpCall) -> HttpReply:
        """Send a read in its turn. Raises Unreachable."""
        try:
            with await self._throttle.turn(Lane.READ):
                reply = await self._reads.send(call)
        except TransportError as error:
            self._reached(False)
            code = "KIS_NO_CONNECTION" if isinstance(error, NeverWritten) else "KIS_NO_ANSWER"
            raise Unreachable(Message(code)) from error
        self._reached(True)
        return reply

    async def _token_for_reading(self) -> Token:
        try:
            return await self._tokens.get(_READ_PATIENCE)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            raise token_trouble(error) from error

    def _headers(self, tr_id: str, token: Token) -> dict[str, str]:
        return {
            "content-type": "application/json; charset=utf-8",
            "authorization": f"Bearer {token.value.reveal()}",
            "appkey": self._keys.appkey.reveal(),
            "appsecret": self._keys.appsecret.reveal(),
            "tr_id": tr_id,
            "custtype": "P",
        }


async def _repeated(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again after 1, 3 and 5 seconds (of wire time, with some jitter) when that may help."""
    async for attempt in stamina.retry_context(
        on=_may_pass, attempts=4, timeout=None, wait_initial=1.0, wait_exp_base=3.0, wait_max=5.0, wait_jitter=0.5
    ):
        with attempt:
            return await ask()
    raise AssertionError("the last attempt returns or raises")


def _may_pass(error: Exception) -> bool:
    return isinstance(error, (Throttled, Unreachable))


def _query(query: Mapping[str, str], cursor: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The cursor goes back as it came, with its padding (kis.md 1.4)."""
    sent = dict(query)
    if "CTX_AREA_FK100" in sent:
        sent["CTX_AREA_FK100"], sent["CTX_AREA_NK100"] = cursor
    return tuple(sent.items())


def _no_token(error: Exception) -> NotSent:
    trouble = token_trouble(error)
    if isinstance(trouble, Unreachable):
        return NotSent(NotSentReason.NOT_CONNECTED, trouble.message)
    return NotSent(NotSentReason.TOKEN, trouble.message, trouble.code, trouble.text)
