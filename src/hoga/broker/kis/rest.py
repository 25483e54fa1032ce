"""REST calls of KIS: headers, ids, pacing and cursors (kis.md 1.2-1.6). See ``hoga.broker.calls`` for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.calls import Clients, Cursor, Page, RestCalls, repeated
from hoga.broker.kis.answers import TOKEN, judge
from hoga.broker.kis.codes import Codes
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kis.ids import Operation
from hoga.broker.kis.replies import KEYS, read_page
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.port import NotSent, NotSentReason, NotSupported, Outcome, Unreachable
from hoga.broker.throttle import Lane, Throttle
from hoga.broker.tokens import Token, TokenKeeper
from hoga.broker.transport import HttpCall, HttpReply

T = TypeVar("T")

_AFTER_TOO_MANY = 1.0
_FIRST: Cursor = ("", "")


class KisRest(RestCalls):
    """The calls of one KIS connection."""

    key_codes = KEYS
    session_codes = TOKEN

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
        super().__init__(clock, tokens, clients, sentinel)
        self._host = host
        self._keys = keys
        self._throttle = throttle
        self.codes = Codes()
        """How instruments are written here."""

    async def write(self, operation: Operation, body: Mapping[str, str], lane: Lane) -> Outcome:
        """Send an order request once. Never raises for what the broker or the network did."""
        tr_id = operation.id_for(self._host.profile)
        if tr_id is None:
            return NotSent(NotSentReason.UNSUPPORTED, Message("BROKER_NOT_ON_PAPER"))
        content, known = msgspec.json.encode(body), tr_id
        return await self.send_write(
            operation.name,
            lane,
            lambda token: HttpCall("POST", operation.path, headers=self._headers(known, token), body=content),
        )

    async def read(
        self,
        operation: Operation,
        query: Mapping[str, str],
        decode: Callable[[Mapping[str, Any]], T],
    ) -> T:
        """One unpaged read, decoded. Raises BrokerError."""
        page = await self._page(operation, query, _FIRST)
        return self.decoded(operation.name, page.body, decode)

    async def read_pages(
        self,
        operation: Operation,
        query: Mapping[str, str],
        decode: Callable[[Mapping[str, Any]], T],
    ) -> list[T]:
        """Every page of a paged read, decoded one by one: all of them, or BrokerError."""
        return await self.all_pages(operation.name, _FIRST, lambda cursor: self._page(operation, query, cursor), decode)

    async def download(self, path: str) -> bytes | None:
        """A public file from where the masters lie; None when there is none of that name. Raises BrokerError."""

        async def ask() -> bytes | None:
            reply = await self.fetch_file(path, HttpCall("GET", path))
            if reply.status == 404:
                return None
            if reply.status != 200:
                raise Unreachable(Message("BROKER_MAINTENANCE", {"status": reply.status}))
            return reply.body

        return await repeated(ask)

    # --- RestCalls --------------------------------------------------------------------------------------------------

    async def turn(self, name: str, lane: Lane) -> AbstractContextManager[object]:
        return await self._throttle.turn(lane)

    def too_many(self, name: str) -> None:
        self._throttle.hold_reads(_AFTER_TOO_MANY)

    def judge(self, status: int, body: bytes, now: datetime) -> Outcome:
        return judge(status, body, now)

    def page_of(self, reply: HttpReply) -> Page:
        return read_page(reply)

    # --- inside -----------------------------------------------------------------------------------------------------

    async def _page(self, operation: Operation, query: Mapping[str, str], cursor: Cursor) -> Page:
        tr_id = operation.id_for(self._host.profile)
        if tr_id is None:
            raise NotSupported(Message("BROKER_NOT_ON_PAPER", {"operation": operation.name}))
        known: str = tr_id
        more = {"tr_cont": "N"} if any(cursor) else {}
        return await self.ask_page(
            operation.name,
            lambda token: HttpCall("GET", operation.path, _query(query, cursor), self._headers(known, token) | more),
        )

    def _headers(self, tr_id: str, token: Token) -> dict[str, str]:
        return {
            "content-type": "application/json; charset=utf-8",
            "authorization": f"Bearer {token.value.reveal()}",
            "appkey": self._keys.appkey.reveal(),
            "appsecret": self._keys.appsecret.reveal(),
            "tr_id": tr_id,
            "custtype": "P",
        }


def _query(query: Mapping[str, str], cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """The cursor goes back as it came, with its padding (kis.md 1.4)."""
    sent = dict(query)
    if "CTX_AREA_FK100" in sent:
        sent["CTX_AREA_FK100"], sent["CTX_AREA_NK100"] = cursor
    return tuple(sent.items())
