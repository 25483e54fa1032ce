"""Tries a connection step by step: reach, clock, token, balance, one quote, live stream, fill notices.

No order is sent and nothing is kept: the adapter that is tried gets a store of this run (``TrialTokens``). Each step
has its own patience; the first two that fail for good end the test, later ones are tried all the same, because each
tells something else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import urlsplit
from urllib.request import getproxies

from msgspec import Struct, field

from hoga.app.connection_words import in_test, of_trouble, remedy_for
from hoga.base.clock import KST, SystemClock
from hoga.base.message import Message
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.port import BrokerError, BrokerEvent, NotSupported, Stream, StreamChanged, StreamHealth
from hoga.broker.transport import HttpReply, TransportError
from hoga.domain.instruments import InstrumentId
from hoga.trading.connections import Step, StepKind, StepState

ASKED = InstrumentId("005930")
"""The quote that is asked for: everybody knows it, and every host has it."""
CLOCK_WARNS_S = 5
CLOCK_HARMS_S = 60
"""From here on orders can no longer be told by the time at which the broker took them."""

PATIENCE: Mapping[StepKind, float] = MappingProxyType(
    {
        StepKind.REACH: 12.0,
        StepKind.TOKEN: 20.0,
        StepKind.BALANCE: 30.0,
        StepKind.QUOTE: 20.0,
        StepKind.STREAM: 20.0,
        StepKind.FILLS: 12.0,
    }
)
"""Wire seconds for each step."""
_MAY_PASS = frozenset({"STREAM_LOST", "STREAM_SILENT", "STREAM_UNREACHABLE", "STREAM_FAULT"})
"""Why a stream is down for the moment: it comes back by itself."""
_VITAL = frozenset({StepKind.REACH, StepKind.TOKEN})
_ORDER = tuple(StepKind)

Found: TypeAlias = tuple[StepState, Message | None]


def wall_now() -> datetime:
    """The machine's own time, against which a host's is held."""
    return SystemClock().now()


def system_proxy() -> str:
    """The proxy that this system sends web traffic through, without what it takes to log in there; empty: none."""
    parts = urlsplit(getproxies().get("https", ""))
    return f"{parts.hostname}:{parts.port}" if parts.hostname and parts.port else parts.hostname or ""


class Trial(Struct, frozen=True):
    """What is tried. ``running``: the adapter is an open desk's own; it is looked at, never connected a second time,
    because brokers take one live connection for each app key, and never closed."""

    broker: BrokerAdapter
    running: bool = False
    wall: Callable[[], datetime] = wall_now
    proxy: Callable[[], str] = system_proxy
    patience: Mapping[StepKind, float] = field(default_factory=lambda: PATIENCE)


async def steps(trial: Trial) -> AsyncGenerator[Step, None]:
    """Each step twice: RUNNING, then how it went. Closing the iterator ends the test at once."""
    tests = _Steps(trial)
    stopped = False
    try:
        for kind in _ORDER:
            if stopped:
                yield Step(kind, StepState.SKIPPED)
                continue
            yield Step(kind, StepState.RUNNING)
            state, said = await tests.tried(kind)
            yield Step(kind, state, said, remedy_for(said) if said else None)
            stopped = state is StepState.FAILED and kind in _VITAL
    finally:
        tests.close()
        if not trial.running:
            await trial.broker.aclose()


class _Steps:
    """One test under way."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._broker = trial.broker
        self._heard: dict[Stream, StreamChanged] = {}
        self._changed = asyncio.Event()
        self._deaf = trial.broker.listen(self._hear)
        self._answer: tuple[HttpReply, datetime, float] | None = None

    def close(self) -> None:
        self._deaf()

    async def tried(self, kind: StepKind) -> Found:
        """How one step went; whatever the host or the network did is told, never raised."""
        ways: dict[StepKind, Callable[[], Awaitable[Found]]] = {
            StepKind.REACH: self._reach,
            StepKind.CLOCK: self._clock,
            StepKind.TOKEN: self._token,
            StepKind.BALANCE: self._balance,
            StepKind.QUOTE: self._quote,
            StepKind.STREAM: self._stream,
            StepKind.FILLS: self._fills,
        }
        try:
            async with asyncio.timeout(self._trial.patience.get(kind)):
                return await ways[kind]()
        except TimeoutError:
            return StepState.FAILED, self._silence(kind)
        except TransportError as error:
            return StepState.FAILED, of_trouble(error.trouble, self._trial.proxy())
        except NotSupported as error:
            return StepState.SKIPPED, error.message
        except BrokerError as error:
            return StepState.FAILED, in_test(error.message, self._broker.account.profile)

    # --- before anything is said ------------------------------------------------------------------------------------

    async def _reach(self) -> Found:
        asked, began = self._trial.wall(), _wire_now()
        reply = await self._broker.reach()
        took = _wire_now() - began
        self._answer = reply, asked, took
        return StepState.PASSED, Message("TEST_REACHED", {"ms": max(round(took * 1000), 1)})

    async def _clock(self) -> Found:
        """By the ``Date`` of the answer, which is whole seconds: half a second is added, and half the way here."""
        if self._answer is None:
            return StepState.SKIPPED, None
        reply, asked, took = self._answer
        try:
            theirs = parsedate_to_datetime(reply.header("date"))
        except ValueError:
            return StepState.SKIPPED, Message("TEST_CLOCK_UNTOLD")
        ahead = (asked - theirs).total_seconds() + took / 2 - 0.5
        apart = round(abs(ahead))
        if apart <= CLOCK_WARNS_S:
            return StepState.PASSED, Message("TEST_CLOCK_FITS", {"seconds": max(apart, 1)})
        code = "TEST_CLOCK_HARMS" if apart >= CLOCK_HARMS_S else "TEST_CLOCK_OFF"
        way = "AHEAD" if ahead > 0 else "BEHIND"
        return StepState.WARNED, Message(f"{code}_{way}", {"apart": _length(apart)})

    # --- with the keys ----------------------------------------------------------------------------------------------

    async def _token(self) -> Found:
        token = await self._broker.login()
        until = "" if token.expires is None else f"{token.expires.astimezone(KST):%m-%d %H:%M}"
        return StepState.PASSED, Message("TEST_TOKEN", {"until": until})

    async def _balance(self) -> Found:
        await self._broker.check_account()
        balance = await self._broker.balance()
        label = self._broker.account.label
        return StepState.PASSED, Message("TEST_BALANCE", {"account": label, "count": len(balance.holdings)})

    async def _quote(self) -> Found:
        quote = await self._broker.quote(ASKED)
        return StepState.PASSED, Message("TEST_QUOTE", {"code": ASKED.code, "price": quote.last.units})

    # --- live -------------------------------------------------------------------------------------------------------

    async def _stream(self) -> Found:
        if not self._trial.running:
            await self._broker.open()
        await self._until(lambda: self._live() or self._refusal() is not None)
        if not self._live() and (why := self._refusal()) is not None:
            return StepState.FAILED, in_test(why, self._broker.account.profile)
        return StepState.PASSED, Message("TEST_STREAM_RUNS" if self._trial.running else "TEST_STREAM")

    async def _fills(self) -> Found:
        """Notices that stay out while the stream itself lives are refused for a reason of their own."""
        if not self._live():
            return StepState.SKIPPED, None
        live, refused = self._notices_live, self._notices_refused
        await self._until(lambda: live() or refused() is not None)
        why = refused()
        if live() or why is None:
            return StepState.PASSED, Message("TEST_FILLS")
        if why.code == "KIS_HTS_ID_MISSING":
            return StepState.WARNED, why
        # A wrong HTS id is not refused: the connection breaks off each time (kis.md 2.5).
        lost = why.code == "STREAM_LOST"
        return StepState.FAILED, Message("KIS_HTS_ID_WRONG") if lost else why

    def _live(self) -> bool:
        return self._broker.health(Stream.QUOTES) is StreamHealth.LIVE

    def _refusal(self) -> Message | None:
        """The broker's own word on why there is no stream: trying again, as after a loss, does not change it."""
        why = self._why(Stream.QUOTES)
        down = self._broker.health(Stream.QUOTES) is StreamHealth.DOWN
        return why if down and why is not None and why.code not in _MAY_PASS else None

    def _notices_live(self) -> bool:
        return self._broker.health(Stream.FILLS) is StreamHealth.LIVE

    def _notices_refused(self) -> Message | None:
        if not self._live():
            return None
        if self._broker.health(Stream.FILLS) is not StreamHealth.DOWN:
            return None
        return self._why(Stream.FILLS)

    def _why(self, stream: Stream) -> Message | None:
        last = self._heard.get(stream)
        return None if last is None else last.why

    def _silence(self, kind: StepKind) -> Message:
        """What to say of a step that did not end in time: why the stream is down, if that is known."""
        if kind is StepKind.STREAM and (why := self._why(Stream.QUOTES)) is not None:
            return in_test(why, self._broker.account.profile)
        return Message("TEST_NO_NOTICES" if kind is StepKind.FILLS else "TEST_TOOK_TOO_LONG")

    async def _until(self, true: Callable[[], bool]) -> None:
        while not true():
            self._changed.clear()
            await self._changed.wait()

    def _hear(self, event: BrokerEvent) -> None:
        if isinstance(event, StreamChanged):
            if event.why is not None or event.health is StreamHealth.LIVE:
                self._heard[event.stream] = event
            self._changed.set()


def _length(seconds: int) -> Message:
    """How far apart, in words: seconds up to a minute and a half, minutes from there."""
    if seconds < 90:
        return Message("TEST_SECONDS", {"count": seconds})
    return Message("TEST_MINUTES", {"count": round(seconds / 60)})


def _wire_now() -> float:
    return asyncio.get_running_loop().time()
