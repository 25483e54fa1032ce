"""Carries one request to a door and its answer back, through whatever fault it meets. Knows no socket and no wire name.

The real server and tests on virtual time use the same delivery. A request is never cancelled half-way by a client that
hangs up: what was received is carried to its end, as at a real exchange.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from hoga.practice.api import Broker, Environment
from hoga.practice.engine.ledger import LedgerError
from hoga.practice.faults import Fault, FaultKind, Faults
from hoga.practice.record import Asked, Recorded, RequestRecord
from hoga.practice.wire import Operation, WireRequest, WireResponse

_log = logging.getLogger(__name__)


class NoAnswer(Enum):
    """How a request ends that gets no answer."""

    CUT = auto()
    """The connection closes."""
    RESET = auto()
    """The connection is torn down: what a client sees of a machine that has crashed."""
    HANG = auto()
    """The connection stays open and silent."""


Delivered: TypeAlias = WireResponse | NoAnswer

_UNANSWERED = {
    FaultKind.CUT_BEFORE: NoAnswer.CUT,
    FaultKind.CUT_AFTER: NoAnswer.CUT,
    FaultKind.RESET_BEFORE: NoAnswer.RESET,
    FaultKind.RESET_AFTER: NoAnswer.RESET,
    FaultKind.HANG_BEFORE: NoAnswer.HANG,
    FaultKind.HANG_AFTER: NoAnswer.HANG,
}
_NEVER_HANDLED = (FaultKind.CUT_BEFORE, FaultKind.RESET_BEFORE, FaultKind.HANG_BEFORE)


class Door(Protocol):
    """One broker's door, and what only it knows about the shape of its answers."""

    broker: Broker

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse: ...

    def classify(self, request: WireRequest) -> Operation: ...

    def describe(self, request: WireRequest) -> Asked: ...

    def outcome(self, response: WireResponse) -> tuple[str, str]:
        """The broker's code and the order number in an answer, blank where there is none."""
        ...

    def refusal(self, operation: Operation, code: str) -> WireResponse:
        """The answer that carries ``code``; a blank code is the broker's throttle."""
        ...

    def timed_out(self, code: str) -> WireResponse:
        """The gateway's own time-out answer, or ``code``."""
        ...

    def without_number(self, response: WireResponse) -> WireResponse: ...

    def with_blank_row(self, response: WireResponse) -> WireResponse: ...

    def with_cursor_repeated(self, request: WireRequest, response: WireResponse) -> WireResponse: ...

    def expire_tokens(self) -> None: ...


class Delivery:
    """``touch`` brings market time up to the moment, ``settle`` sends what the exchange's step made to the streams,
    ``die`` ends the process at once.
    """

    def __init__(
        self,
        door: Door,
        faults: Faults,
        record: RequestRecord,
        *,
        touch: Callable[[], None],
        settle: Callable[[], None],
        die: Callable[[], None],
    ) -> None:
        self._door = door
        self._faults = faults
        self._record = record
        self._touch = touch
        self._settle = settle
        self._die = die

    async def carry(
        self, environment: Environment, request: WireRequest, gone: Callable[[], bool] = lambda: False
    ) -> Delivered:
        """``gone`` tells whether the client has hung up by now."""
        door = self._door
        operation = door.classify(request)
        self._touch()
        entry = self._record.receive(
            door.broker.value, environment, operation, request.method, request.path, door.describe(request)
        )
        fault = self._faults.for_request(operation, environment, door.broker)
        if fault is not None:
            entry.faults.append(f"{fault.id} {fault.kind.value}")
        delivered: Delivered = NoAnswer.CUT
        try:
            delivered = await self._carry(environment, request, entry, fault, gone)
        finally:
            if isinstance(delivered, WireResponse):
                entry.status = delivered.status
                entry.code, entry.order = door.outcome(delivered)
            self._record.end(entry)
        return delivered

    async def _carry(
        self,
        environment: Environment,
        request: WireRequest,
        entry: Recorded,
        fault: Fault | None,
        gone: Callable[[], bool],
    ) -> Delivered:
        if fault is None:
            return self._handle(environment, request, entry)
        held_back = await self._before(fault, entry, gone)
        if held_back is not None:
            return held_back
        response = self._handle(environment, request, entry)
        if fault.kind is FaultKind.DIE_AFTER:
            self._die()
        if fault.kind is FaultKind.SLOW_AFTER:
            await asyncio.sleep(fault.seconds)
        return self._spoiled(fault, request, response)

    def _handle(self, environment: Environment, request: WireRequest, entry: Recorded) -> WireResponse:
        try:
            self._touch()
            response = self._door.handle(environment, request)
        except LedgerError:
            # Memory is ahead of the disk: only a new start from the ledger tells the truth again.
            _log.critical("the ledger failed", exc_info=True)
            self._die()
            raise
        entry.handled = True
        self._settle()
        return response

    async def _before(self, fault: Fault, entry: Recorded, gone: Callable[[], bool]) -> Delivered | None:
        """What happens in place of the request, or None when it goes on to be handled."""
        kind = fault.kind
        if kind is FaultKind.REFUSE:
            return self._door.refusal(entry.operation, fault.code)
        if kind in _NEVER_HANDLED:
            return _UNANSWERED[kind]
        if kind is FaultKind.DIE_BEFORE:
            self._die()
        if kind is FaultKind.EXPIRE_TOKENS:
            self._door.expire_tokens()
        if kind in (FaultKind.SLOW_BEFORE, FaultKind.LATE):
            await asyncio.sleep(fault.seconds)
            if kind is FaultKind.SLOW_BEFORE and gone():
                return NoAnswer.CUT
        return None

    def _spoiled(self, fault: Fault, request: WireRequest, response: WireResponse) -> Delivered:
        """What the client gets of the answer to a request that was handled."""
        kind, door = fault.kind, self._door
        if kind in _UNANSWERED:
            return _UNANSWERED[kind]
        if kind is FaultKind.ERROR_AFTER:
            return door.timed_out(fault.code)
        if kind is FaultKind.NO_NUMBER:
            return door.without_number(response)
        if kind is FaultKind.GARBLED:
            return replace(response, body=response.body[: len(response.body) // 2])
        if kind is FaultKind.BLANK_ROWS:
            return door.with_blank_row(response)
        if kind is FaultKind.REPEAT_CURSOR:
            return door.with_cursor_repeated(request, response)
        return response


Carrier: TypeAlias = Callable[[Environment, WireRequest, Callable[[], bool]], Awaitable[Delivered]]
