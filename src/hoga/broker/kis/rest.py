"""REST calls of KIS: headers, tokens, pacing, pages; and what a failed read means (kis.md 1.2-1.6).

Reads are repeated after 1, 3 and 5 seconds when the broker was busy or out of reach. Writes are sent once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
import stamina

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.kis.answers import THROTTLED, TOKEN, judge
from hoga.broker.kis.decode_rest import NothingThere
from hoga.broker.kis.fields import BadField, decode_json
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kis.ids import Operation
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.kis.wording import explain
from hoga.broker.port import (
    BadReply,
    BrokerError,
    NotFound,
    NotSent,
    NotSentReason,
    NotSupported,
    Outcome,
    OutcomeUnknown,
    ReadRefused,
    SessionExpired,
    Throttled,
    Unreachable,
    WrongKeys,
)
from hoga.broker.throttle import Lane, Throttle
from hoga.broker.tokens import Token, TokenKeeper, TokenNotYet, TokenRefused
from hoga.broker.transport import HttpCall, HttpChannel, HttpReply, NeverWritten, TransportError

T = TypeVar("T")

_MOST_PAGES = 300
_READ_PATIENCE = 5.0
_WRITE_PATIENCE = 3.0
_AFTER_TOO_MANY = 1.0
_KEYS = frozenset({"EGW00102", "EGW00103", "EGW00104", "EGW00105", "EGW00128", "EGW00130", "IGW00002", "APAC0081"})
_CLOSED = frozenset(
    {"", "EGW00001", "EGW00002", "EGW00202", "EGW00203", "EGW00300", "EGW00301", "EGW00302", "90020000"}
)
_NOTHING = frozenset({"KIOK0560", "70070000"})


@dataclass(frozen=True, slots=True)
class Page:
    """One answer to a read. ``nothing``: the broker said in so many words that there is nothing to show."""

    body: Mapping[str, Any]
    more: bool
    cursor: tuple[str, str]
    nothing: bool


class KisRest:
    """The calls of one connection. Orders and reads go over clients of their own."""

    def __init__(
        self,
        host: KisHost,
        keys: KisKeys,
        clock: MarketClock,
        tokens: TokenKeeper,
        throttle: Throttle,
        orders: HttpChannel,
        reads: HttpChannel,
        sentinel: Sentinel,
    ) -> None:
        self._host = host
        self._keys = keys
        self._clock = clock
        self._tokens = tokens
        self._throttle = throttle
        self._orders = orders
        self._reads = reads
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
        await self._throttle.acquire(lane)
        call = HttpCall("POST", operation.path, headers=self._headers(tr_id, token), body=msgspec.json.encode(body))
        try:
            reply = await self._orders.send(call)
        except NeverWritten:
            return NotSent(NotSentReason.NOT_CONNECTED, Message("KIS_NO_CONNECTION"))
        except TransportError as error:
            return OutcomeUnknown(Message("KIS_OUTCOME_NO_ANSWER", {"kind": str(error)}))
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
        before: Mapping[str, Any] | None = None
        for _ in range(_MOST_PAGES):
            page = await self._page(operation, query, cursor)
            if page.nothing and not _has_rows(page.body):
                return pages
            if page.more and (page.cursor in seen or not any(page.cursor) or page.body == before):
                # A broker that repeats itself would make a list that looks whole and is not (python-kis#20).
                raise BadReply(Message("KIS_REPEATED_PAGE", {"operation": operation.name}))
            pages.append(self.decoded(operation, page.body, decode))
            if not page.more:
                return pages
            seen.add(page.cursor)
            cursor, before = page.cursor, page.body
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
            await self._throttle.acquire(Lane.READ)
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
        await self._throttle.acquire(Lane.READ)
        headers = self._headers(tr_id, token)
        if any(cursor):
            headers["tr_cont"] = "N"
        reply = await self._send_read(HttpCall("GET", operation.path, _query(query, cursor), headers))
        try:
            return _readable(reply)
        except Throttled:
            self._throttle.hold_reads(_AFTER_TOO_MANY)
            raise
        except SessionExpired:
            await self._tokens.invalidate(token)
            raise

    async def _send_read(self, call: HttpCall) -> HttpReply:
        try:
            return await self._reads.send(call)
        except NeverWritten as error:
            raise Unreachable(Message("KIS_NO_CONNECTION")) from error
        except TransportError as error:
            raise Unreachable(Message("KIS_NO_ANSWER")) from error

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


async def _repeated(ask: Callable[[], Any]) -> Any:
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


def _readable(reply: HttpReply) -> Page:
    """A successful page, or the error that the answer is."""
    body = decode_json(reply.body)
    if body is None:
        if reply.status >= 400 or not reply.body.strip():
            raise Unreachable(Message("KIS_MAINTENANCE", {"status": reply.status}))
        raise BadReply(Message("KIS_BAD_REPLY", {"where": "body"}))
    oauth = "rt_cd" not in body and "error_code" in body
    code = str(body.get("error_code" if oauth else "msg_cd", "")).strip()
    text = str(body.get("error_description" if oauth else "msg1", "")).strip()
    rt_cd = str(body.get("rt_cd", "")).strip()
    nothing = code in _NOTHING
    if rt_cd == "0" and reply.status >= 400:
        raise BadReply(Message("KIS_BAD_REPLY", {"where": "status"}), code, text)
    if rt_cd != "0" and not (nothing and rt_cd):
        raise _read_error(rt_cd, code, text, reply.status)
    fk, nk = (str(body.get(name, "")) for name in ("ctx_area_fk100", "ctx_area_nk100"))
    cursor = (fk, nk) if nk.strip() else ("", "")
    state = reply.header("tr_cont").strip()
    more = state in ("F", "M") or (not state and bool(nk.strip()))
    return Page(body, more, cursor, nothing)


def _read_error(rt_cd: str, code: str, text: str, status: int) -> BrokerError:
    why = explain(code, text)
    if code in THROTTLED:
        return Throttled(why, code, text)
    if code in TOKEN:
        return SessionExpired(why, code, text)
    if code in _KEYS:
        return WrongKeys(why, code, text)
    if code == "EGW02006":
        return NotSupported(why, code, text)
    if code in _CLOSED and (rt_cd or status >= 400):
        return Unreachable(why if code else Message("KIS_MAINTENANCE", {"status": status}), code, text)
    if not rt_cd and not code:
        return BadReply(Message("KIS_BAD_REPLY", {"where": "rt_cd"}))
    return ReadRefused(why, code, text)


def _has_rows(body: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) and value for value in body.values())


def token_trouble(error: Exception) -> BrokerError:
    """Why there is no token, in the port's words."""
    if isinstance(error, TokenNotYet):
        return SessionExpired(Message("KIS_TOKEN_WAIT", {"at": f"{error.next_issue.astimezone(KST):%H:%M:%S}"}))
    if isinstance(error, TokenRefused):
        kind = WrongKeys if error.code in _KEYS else SessionExpired
        return kind(error.message, error.code, error.text)
    return Unreachable(Message("KIS_NO_CONNECTION"))


def _no_token(error: Exception) -> NotSent:
    trouble = token_trouble(error)
    if isinstance(trouble, Unreachable):
        return NotSent(NotSentReason.NOT_CONNECTED, trouble.message)
    return NotSent(NotSentReason.TOKEN, trouble.message, trouble.code, trouble.text)


LONGEST_TOKEN_WAIT = timedelta(seconds=61).total_seconds()
