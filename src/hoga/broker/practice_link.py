"""The desk's link to the practice exchange: hear its time, start it again when it dies, end it in good order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

import msgspec
from websockets.exceptions import WebSocketException

from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.addresses import PracticeAddress
from hoga.broker.practice_clock import PracticeClock, TimeTold
from hoga.broker.practice_endpoint import Endpoint
from hoga.broker.practice_process import (
    Exchange,
    Launch,
    PracticeUnavailable,
    Presence,
    end,
    join_or_start,
    presence,
)
from hoga.broker.stream import Wire, WsConnect, connect_socket

__all__ = ["LinkState", "PracticeLink", "PracticeUnavailable", "start_or_join"]

_log = logging.getLogger(__name__)

_LOOK_EVERY = 0.5
_CATCH_UP = 0.05
_OPEN_SECONDS = 2.0
_RECONNECT = (0.1, 0.2, 0.5, 1.0, 2.0)
_START_AGAIN = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
_CALM = 60.0
"""One that lived this long after a start is started anew without a pause."""


class LinkState(Enum):
    UP = "up"
    SILENT = "silent"
    """The exchange does not tell the time: it is busy, stopped, or gone."""
    STARTING = "starting"
    """It is gone, and is being started again."""
    FAILED = "failed"
    """It is gone and could not be started; the next try comes by itself."""
    OTHER_LEDGER = "other ledger"
    """Another exchange answers at this address: none of this connection's orders are there."""
    MOVED = "moved"
    """It came back at other addresses, because somebody has taken its own: a new connection is needed."""


StateListener = Callable[[LinkState], None]


class PracticeLink:
    """Follows one exchange. ``clock`` is its market time; ``ledger`` the ledger that this link belongs to.

    With ``launch`` it also sees to it that the exchange runs: one that has died, whoever had started it, is started
    again on the same folder, where it comes back with its ledger and, unless they are taken, at its addresses.
    """

    def __init__(
        self,
        exchange: Exchange,
        *,
        launch: Launch | None = None,
        connect: WsConnect = connect_socket,
    ) -> None:
        self.endpoint = exchange.endpoint
        self.clock = PracticeClock(asyncio.get_running_loop().time)
        self.state = LinkState.SILENT
        self.why: Message | None = None
        """What a person should know of the present state; None when all is well or may be in a moment."""
        self.restarts = 0
        """How often the exchange was brought back."""
        self._exchange = exchange
        self._launch = launch
        self._connect = connect
        self._listeners: list[StateListener] = []
        self._first = asyncio.Event()
        self._doubt = asyncio.Event()
        self._ledger = exchange.endpoint.ledger
        self._tasks = TaskOwner("practice link")

    async def open(self, patience: float = 10.0) -> None:
        """Begin to follow the exchange's time; returns when it was told once. Raises PracticeUnavailable. Whoever is
        cancelled while waiting leaves nothing behind."""
        self._tasks.start("time", self._follow(), busy=Busy.DROP)
        self._tasks.start("watch", self._watch(), busy=Busy.DROP)
        try:
            async with asyncio.timeout(patience):
                await self._first.wait()
        except TimeoutError:
            raise PracticeUnavailable(Message("PRACTICE_GONE")) from None
        finally:
            if not self._first.is_set():
                await self.aclose()

    def listen(self, listener: StateListener) -> Callable[[], None]:
        """Hear every change of ``state`` on the loop's thread; returns its own undo."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @property
    def ledger(self) -> str:
        """Raises RuntimeError before the exchange has said which ledger it keeps."""
        if self._ledger is None:
            raise RuntimeError("the exchange has not told its ledger yet")
        return self._ledger

    @property
    def connection_name(self) -> str:
        """``practice-3f9a0c12``: a new ledger is a new connection."""
        tail = "".join(char for char in self.ledger.lower() if char.isascii() and char.isalnum())[:8]
        return f"practice-{tail}"

    def settle(self) -> None:
        """Whoever was connected has been told that it MOVED, and connects anew at ``endpoint``."""
        if self.state is LinkState.MOVED:
            self._set(LinkState.SILENT, Message("PRACTICE_RESTARTING"))

    @property
    def started_here(self) -> bool:
        return self._exchange.process is not None

    async def aclose(self, *, end_exchange: bool = True) -> None:
        """Stop following; an exchange that was started here is ended in good order unless told otherwise."""
        await self._tasks.aclose()
        exchange, self._exchange = self._exchange, Exchange(self._exchange.endpoint)
        if end_exchange:
            await end(exchange)

    # --- its time ---------------------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        tries = 0
        while True:
            control = PracticeAddress(self.endpoint.control.replace("http://", "ws://", 1), "ws")
            try:
                async with asyncio.timeout(_OPEN_SECONDS):
                    wire = await self._connect(control.at("/time"))
            except (OSError, TimeoutError, WebSocketException):
                self._doubt.set()
                await asyncio.sleep(_RECONNECT[min(tries, len(_RECONNECT) - 1)])
                tries += 1
                continue
            tries = 0
            try:
                await self._hear_out(wire)
            finally:
                with contextlib.suppress(OSError, WebSocketException):
                    await wire.close()

    async def _hear_out(self, wire: Wire) -> None:
        """Hear what the exchange tells until the connection ends."""
        with contextlib.suppress(OSError, WebSocketException):
            while True:
                text = await wire.recv()
                try:
                    self._hear(msgspec.json.decode(text, type=TimeTold))
                except (msgspec.MsgspecError, ValueError):
                    _log.warning("an unreadable message about the time was left out")

    def _hear(self, told: TimeTold) -> None:
        if self._ledger is None:
            self._ledger = told.ledger
        if told.ledger != self._ledger:
            self._set(LinkState.OTHER_LEDGER, Message("PRACTICE_OTHER_LEDGER"))
            return
        self.clock.tell(told)
        if self.state not in (LinkState.MOVED, LinkState.STARTING):  # what was started is looked at first
            self._set(LinkState.UP)
        self._first.set()

    # --- its life ---------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Notice silence, and bring an exchange back that has died."""
        loop, tries, up_since = asyncio.get_running_loop(), 0, -_CALM
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._doubt.wait()
            self._doubt.clear()
            if self.state in (LinkState.UP, LinkState.OTHER_LEDGER) and await self._is_silent():
                self._set(LinkState.SILENT, Message("PRACTICE_SILENT"))
            if self._launch is None or not await self._is_gone():
                continue
            tries = 0 if loop.time() - up_since >= _CALM else tries + 1
            await asyncio.sleep(_START_AGAIN[min(tries, len(_START_AGAIN) - 1)])
            await self._bring_back(self._launch)
            up_since = loop.time()

    async def _is_silent(self) -> bool:
        """Not heard, although what piled up while we were busy ourselves had time to be read."""
        if self.clock.stale:
            await asyncio.sleep(_CATCH_UP)
        return self.clock.stale

    async def _is_gone(self) -> bool:
        """Dead for certain: a process of ours has ended, or nobody listens where another's was."""
        process = self._exchange.process
        if process is not None:
            return process.poll() is not None
        return self.clock.stale and await presence(self.endpoint) is Presence.GONE

    async def _bring_back(self, launch: Launch) -> None:
        self._set(LinkState.STARTING, Message("PRACTICE_RESTARTING"))
        _log.warning("the practice exchange has died and is started again")
        try:
            self._exchange = await join_or_start(launch)
        except PracticeUnavailable as error:
            _log.error("the practice exchange could not be started again: %s", error)
            self._set(LinkState.FAILED, error.message)
            return
        moved = _addresses(self._exchange.endpoint) != _addresses(self.endpoint)
        self.endpoint = self._exchange.endpoint
        self.restarts += 1
        if moved:
            self._set(LinkState.MOVED, Message("PRACTICE_MOVED"))
        else:
            self._set(LinkState.SILENT, Message("PRACTICE_RESTARTING"))

    def _set(self, state: LinkState, why: Message | None = None) -> None:
        if self.state is not state:
            self.state, self.why = state, why
            for listener in list(self._listeners):
                listener(state)


def _addresses(endpoint: Endpoint) -> frozenset[tuple[str, str]]:
    return frozenset((account.rest, account.ws) for account in endpoint.accounts)


async def start_or_join(
    folder: Path,
    *,
    options: Sequence[str] = (),
    command: Sequence[str] = (sys.executable, "-m", "hoga"),
    patience: float = 30.0,
    bring_back: bool = True,
) -> PracticeLink:
    """Join the exchange that runs on ``folder``, or start one there; returns once it has told its time.

    ``options`` go to ``hoga practice``, also when it is started again after its death, which ``bring_back`` asks for.
    Raises PracticeUnavailable.
    """
    launch = Launch(folder, tuple(options), tuple(command), patience)
    link = PracticeLink(await join_or_start(launch), launch=launch if bring_back else None)
    await link.open()
    return link
