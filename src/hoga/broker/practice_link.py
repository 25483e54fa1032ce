"""The desk's link to the practice exchange: start it or join it, hear its time, end it in good order.

The exchange is a process of its own. It is started without pipes, because pipes in the event loop race on Windows; what
it has to say it writes into its folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

import msgspec
from websockets.exceptions import WebSocketException

from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.practice_clock import PracticeClock, TimeTold
from hoga.broker.practice_endpoint import Endpoint, read_endpoint
from hoga.broker.stream import Wire, WsConnect, connect_socket
from hoga.broker.transport import ChannelLimits, HttpCall, HttpChannel, TransportError

_log = logging.getLogger(__name__)

FOLDER_IN_USE = 3
"""The exchange's exit code when another one already runs on the folder."""

_LOOK_EVERY = 0.05
_STARTING_ELSEWHERE = 0.5
_CONTROL = ChannelLimits(connect=2.0, answer=5.0, most=2)
_GOOD_ORDER_SECONDS = 10.0
_PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)


class PracticeUnavailable(Exception):
    """The exchange could not be started or reached; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class LinkState(Enum):
    UP = "up"
    SILENT = "silent"
    """The exchange does not tell the time: it is busy, stopped, or gone."""
    OTHER_LEDGER = "other ledger"
    """Another exchange answers at this address: none of this connection's orders are there."""


class PracticeLink:
    """Follows one exchange. ``clock`` is its market time; ``ledger`` the ledger that this link belongs to."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        process: subprocess.Popen[bytes] | None = None,
        connect: WsConnect = connect_socket,
        on_state: Callable[[LinkState], None] = lambda state: None,
    ) -> None:
        self.endpoint = endpoint
        self.clock = PracticeClock(asyncio.get_running_loop().time)
        self.state = LinkState.SILENT
        self._process = process
        self._connect = connect
        self._on_state = on_state
        self._first = asyncio.Event()
        self._ledger = endpoint.ledger
        self._tasks = TaskOwner("practice link")

    async def open(self, patience: float = 10.0) -> None:
        """Begin to follow the exchange's time; returns when it was told once. Raises PracticeUnavailable."""
        self._tasks.start("time", self._follow(), busy=Busy.DROP)
        self._tasks.start("watch", self._watch(), busy=Busy.DROP)
        try:
            async with asyncio.timeout(patience):
                await self._first.wait()
        except TimeoutError:
            await self._tasks.aclose()
            raise PracticeUnavailable(Message("PRACTICE_GONE")) from None

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

    @property
    def started_here(self) -> bool:
        return self._process is not None

    async def aclose(self, *, end_exchange: bool = True) -> None:
        """Stop following; an exchange that was started here is ended in good order unless told otherwise."""
        await self._tasks.aclose()
        process, self._process = self._process, None
        if process is not None and end_exchange:
            await self._end(process)

    async def _end(self, process: subprocess.Popen[bytes]) -> None:
        control = HttpChannel(self.endpoint.control, _CONTROL, name="practice control")
        with contextlib.suppress(TransportError):
            await control.send(HttpCall("POST", "/stop"))
        await control.aclose()
        try:
            await asyncio.to_thread(process.wait, _GOOD_ORDER_SECONDS)
        except subprocess.TimeoutExpired:
            _log.warning("the practice exchange did not end in time and is terminated")
            process.terminate()
            await asyncio.to_thread(process.wait, _GOOD_ORDER_SECONDS)

    async def _follow(self) -> None:
        address = self.endpoint.control.replace("http://", "ws://", 1) + "/time"
        tries = 0
        while True:
            try:
                wire = await self._connect(address)
            except (OSError, TimeoutError, WebSocketException):
                await asyncio.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
                continue
            tries = 0
            with contextlib.suppress(OSError, WebSocketException):
                await self._listen(wire)
            with contextlib.suppress(OSError, WebSocketException):
                await wire.close()

    async def _listen(self, wire: Wire) -> None:
        while True:
            text = await wire.recv()
            try:
                told = msgspec.json.decode(text, type=TimeTold)
                self._hear(told)
            except (msgspec.MsgspecError, ValueError):
                _log.warning("an unreadable message about the time was left out")

    def _hear(self, told: TimeTold) -> None:
        if self._ledger is None:
            self._ledger = told.ledger
        if told.ledger != self._ledger:
            self._set(LinkState.OTHER_LEDGER)
            return
        self.clock.tell(told)
        self._set(LinkState.UP)
        self._first.set()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            if self.clock.stale and self.state is LinkState.UP:
                self._set(LinkState.SILENT)

    def _set(self, state: LinkState) -> None:
        if self.state is not state:
            self.state = state
            self._on_state(state)


async def start_or_join(
    folder: Path,
    *,
    options: Sequence[str] = (),
    command: Sequence[str] = (sys.executable, "-m", "hoga"),
    patience: float = 30.0,
    on_state: Callable[[LinkState], None] = lambda state: None,
) -> PracticeLink:
    """Join the exchange that runs on ``folder``, or start one there; returns once it has told its time.

    ``options`` go to ``hoga practice``. Raises PracticeUnavailable.
    """
    process: subprocess.Popen[bytes] | None = None
    try:
        async with asyncio.timeout(patience):
            while True:
                endpoint = read_endpoint(folder)
                if endpoint is not None and await _answers(endpoint):
                    ours = process if process is not None and endpoint.pid == process.pid else None
                    return await _opened(PracticeLink(endpoint, process=ours, on_state=on_state))
                if process is not None and process.poll() == FOLDER_IN_USE:
                    process = None
                    await asyncio.sleep(_STARTING_ELSEWHERE)  # somebody else starts it: join that one
                    continue
                if process is None:
                    process = await asyncio.to_thread(_start, folder, command, options)
                elif process.poll() is not None:
                    raise PracticeUnavailable(Message("PRACTICE_FAILED", {"code": process.returncode}))
                await asyncio.sleep(_LOOK_EVERY)
    except TimeoutError:
        if process is not None and process.poll() is None:
            process.terminate()
        raise PracticeUnavailable(Message("PRACTICE_SLOW", {"seconds": round(patience)})) from None


async def _opened(link: PracticeLink) -> PracticeLink:
    await link.open()
    return link


async def _answers(endpoint: Endpoint) -> bool:
    """Is somebody there, and is it who the file says? After a kill the file stays behind."""
    control = HttpChannel(endpoint.control, _CONTROL, name="practice control")
    try:
        reply = await control.send(HttpCall("GET", "/time"))
        told = msgspec.json.decode(reply.body, type=TimeTold)
    except (TransportError, msgspec.MsgspecError):
        return False
    finally:
        await control.aclose()
    return reply.status == 200 and endpoint.ledger in (None, told.ledger)


def _start(folder: Path, command: Sequence[str], options: Sequence[str]) -> subprocess.Popen[bytes]:
    """The exchange outlives a desk that is killed, so it gets a session of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    with (folder / "practice.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 the command is our own
            [*command, "practice", "--data", str(folder), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=sys.platform != "win32",
            creationflags=flags,
        )
