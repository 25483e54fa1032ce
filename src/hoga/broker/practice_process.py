"""The practice exchange as a process: join the one that runs on a folder, or start it there. Never two at once.

The exchange itself holds a lock on its folder; whoever comes second is told so by its exit code and joins. It is
started without pipes, because pipes in the event loop race on Windows; what it has to say it writes into its folder.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from enum import Enum, auto
from pathlib import Path

import msgspec
from msgspec import Struct

from hoga.base.message import Message
from hoga.broker.practice_clock import TimeTold
from hoga.broker.practice_endpoint import Endpoint, read_endpoint
from hoga.broker.transport import ChannelLimits, HttpCall, HttpChannel, NeverWritten, TransportError

_log = logging.getLogger(__name__)

FOLDER_IN_USE = 3
"""The exchange's exit code when another one already runs on the folder."""

_LOOK_EVERY = 0.05
_STARTING_ELSEWHERE = 0.5
_CONTROL = ChannelLimits(connect=2.0, answer=5.0, most=2)
_GOOD_ORDER_SECONDS = 10.0


class PracticeUnavailable(Exception):
    """The exchange could not be started or reached; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Launch(Struct, frozen=True):
    """How an exchange is started on ``folder``. ``options`` go to ``hoga practice``; ``patience`` is wire seconds."""

    folder: Path
    options: tuple[str, ...] = ()
    command: tuple[str, ...] = (sys.executable, "-m", "hoga")
    patience: float = 30.0


class Exchange(Struct, frozen=True):
    """One that runs. ``process`` is None when somebody else started it."""

    endpoint: Endpoint
    process: subprocess.Popen[bytes] | None = None


class Presence(Enum):
    THERE = auto()
    SILENT = auto()
    """Something listens, but does not answer as the exchange that the endpoint speaks of."""
    GONE = auto()


async def presence(endpoint: Endpoint) -> Presence:
    """Is somebody there, and is it who the endpoint says? After a kill the file stays behind."""
    control = HttpChannel(endpoint.control, _CONTROL, name="practice control")
    try:
        reply = await control.send(HttpCall("GET", "/time"))
        told = msgspec.json.decode(reply.body, type=TimeTold)
    except NeverWritten:
        return Presence.GONE
    except (TransportError, msgspec.MsgspecError):
        return Presence.SILENT
    finally:
        await control.aclose()
    return Presence.THERE if reply.status == 200 and endpoint.ledger in (None, told.ledger) else Presence.SILENT


async def join_or_start(launch: Launch) -> Exchange:
    """Join the exchange that runs on the folder, or start one there; returns once it answers.

    Raises PracticeUnavailable. One that was started in vain, or whose start was cancelled, is ended again.
    """
    process: subprocess.Popen[bytes] | None = None
    found: Exchange | None = None
    try:
        async with asyncio.timeout(launch.patience):
            while found is None:
                endpoint = read_endpoint(launch.folder)
                if endpoint is not None and await presence(endpoint) is Presence.THERE:
                    ours = process is not None and endpoint.pid == process.pid
                    found = Exchange(endpoint, process if ours else None)
                elif process is None:
                    process = await _started(launch)
                elif process.poll() == FOLDER_IN_USE:
                    process = None
                    await asyncio.sleep(_STARTING_ELSEWHERE)  # somebody else starts it: join that one
                elif process.poll() is not None:
                    raise PracticeUnavailable(Message("PRACTICE_FAILED", {"code": process.returncode}))
                else:
                    await asyncio.sleep(_LOOK_EVERY)
    except TimeoutError:
        raise PracticeUnavailable(Message("PRACTICE_SLOW", {"seconds": round(launch.patience)})) from None
    finally:
        if process is not None and (found is None or found.process is None):
            await _terminate(process)
    return found


async def end(exchange: Exchange) -> None:
    """End an exchange that was started here, in good order if it still listens to that."""
    if exchange.process is None:
        return
    control = HttpChannel(exchange.endpoint.control, _CONTROL, name="practice control")
    try:
        await control.send(HttpCall("POST", "/stop"))
    except TransportError:
        _log.info("the practice exchange was not reached to be stopped")
    finally:
        await control.aclose()
    try:
        await asyncio.to_thread(exchange.process.wait, _GOOD_ORDER_SECONDS)
    except subprocess.TimeoutExpired:
        _log.warning("the practice exchange did not end in time and is terminated")
        await _terminate(exchange.process)


async def _terminate(process: subprocess.Popen[bytes]) -> None:
    """End a process for certain and wait for it, so that none is left behind."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        await asyncio.to_thread(process.wait, _GOOD_ORDER_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        await asyncio.to_thread(process.wait)


async def _started(launch: Launch) -> subprocess.Popen[bytes]:
    """A new process; when cancelled, none: a thread cannot be called back, so its result is waited for."""
    starting = asyncio.ensure_future(asyncio.to_thread(_start, launch))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await _terminate(await starting)
        raise


def _start(launch: Launch) -> subprocess.Popen[bytes]:
    """The exchange outlives a desk that is killed, so it gets a session of its own."""
    launch.folder.mkdir(parents=True, exist_ok=True)
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    with (launch.folder / "practice.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 the command is our own
            [*launch.command, "practice", "--data", str(launch.folder), *launch.options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=sys.platform != "win32",
            creationflags=flags,
        )
