"""REST calls of Kiwoom: headers, ids and continuation keys (kiwoom.md 1.2, 1.3). See ``hoga.broker.calls``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from hoga.base.clock import MarketClock
from hoga.broker.calls import Clients, Cursor, Page, RestCalls
from hoga.broker.drift import DriftNotes
from hoga.broker.kiwoom.answers import TOKEN, judge
from hoga.broker.kiwoom.ids import Operation
from hoga.broker.kiwoom.pace import KiwoomPace
from hoga.broker.kiwoom.replies import KEYS, read_page
from hoga.broker.port import NotSent, NotSentReason, Outcome
from hoga.broker.throttle import Lane
from hoga.broker.tokens import Token, TokenKeeper
from hoga.broker.transport import HttpCall, HttpReply

T = TypeVar("T")

_FIRST: Cursor = ("",)


class KiwoomRest(RestCalls):
    """The calls of one Kiwoom connection. Every call is a POST with texts in a JSON body."""

    key_codes = KEYS
    session_codes = TOKEN

    def __init__(
        self, clock: MarketClock, tokens: TokenKeeper, pace: KiwoomPace, clients: Clients, notes: DriftNotes
    ) -> None:
        super().__init__(clock, tokens, clients, notes)
        self._pace = pace

    async def write(self, operation: Operation, body: Mapping[str, str], lane: Lane) -> Outcome:
        """Send an order request once. Never raises for what the broker or the network did."""
        outcome = await self.send_write(operation.api_id, lane, lambda token: _call(operation, body, token, _FIRST))
        if isinstance(outcome, NotSent) and outcome.reason is NotSentReason.THROTTLED:
            self.too_many(operation.api_id)
        return outcome

    async def read(self, operation: Operation, body: Mapping[str, str], decode: Callable[[Mapping[str, Any]], T]) -> T:
        """The first page of a read, decoded. Raises BrokerError."""
        page = await self.page(operation, body, _FIRST)
        return self.decoded(operation.name, page.body, decode)

    async def read_pages(
        self, operation: Operation, body: Mapping[str, str], decode: Callable[[Mapping[str, Any]], T]
    ) -> list[T]:
        """Every page of a read, decoded one by one: all of them, or BrokerError."""
        return await self.all_pages(operation.name, _FIRST, lambda cursor: self.page(operation, body, cursor), decode)

    async def page(self, operation: Operation, body: Mapping[str, str], cursor: Cursor = _FIRST) -> Page:
        """One page, for whoever knows when to stop. Raises BrokerError."""
        return await self.ask_page(operation.api_id, lambda token: _call(operation, body, token, cursor))

    # --- RestCalls --------------------------------------------------------------------------------------------------

    async def turn(self, name: str, lane: Lane) -> AbstractContextManager[object]:
        return await self._pace.turn(name, lane)

    def too_many(self, name: str) -> None:
        self._pace.too_many(name)

    def judge(self, status: int, body: bytes, now: datetime) -> Outcome:
        return judge(status, body, now)

    def page_of(self, reply: HttpReply) -> Page:
        return read_page(reply)


def _call(operation: Operation, body: Mapping[str, str], token: Token, cursor: Cursor) -> HttpCall:
    (key,) = cursor
    headers = {
        "content-type": "application/json;charset=UTF-8",
        "authorization": f"Bearer {token.value.reveal()}",
        "api-id": operation.api_id,
        "cont-yn": "Y" if key else "N",
        "next-key": key,
    }
    return HttpCall("POST", operation.path, headers=headers, body=msgspec.json.encode(body))
