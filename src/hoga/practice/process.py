"""The practice exchange on the network: nine listeners around one assembly, from the first byte to the clean end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from hoga.base.tasks import TaskOwner
from hoga.practice.activity import Activity
from hoga.practice.api import Broker, Environment, PracticeAccount, of_broker
from hoga.practice.assembly import Assembly
from hoga.practice.control import Control
from hoga.practice.control_views import Views
from hoga.practice.market.bars_file import MarketFileError
from hoga.practice.server import (
    HTTP_LOG,
    LOOPBACK,
    SHUTDOWN_SECONDS,
    TICK_SECONDS,
    Listener,
    PortWish,
    RestDoor,
    StreamDoor,
    listen,
)

LISTENERS = (
    "rest", "ws", "paper rest", "paper ws", "control", "kiwoom rest", "kiwoom ws", "kiwoom mock rest", "kiwoom mock ws",
)  # fmt: skip
_CONTROL = LISTENERS.index("control")
_ENVIRONMENTS = (Environment.REAL, Environment.PAPER)
"""The order of the ports, from ``--port-base`` on."""
_FLUSH_SECONDS = 1.0
_log = logging.getLogger(__name__)


class PracticeServer:
    """Serves an assembly. ``ended`` is set when the process should end; ``failure`` then says whether it had to."""

    def __init__(self, assembly: Assembly, *, idle_seconds: float) -> None:
        self.ended = asyncio.Event()
        self.failure: BaseException | None = None
        self.ports: list[int] = []
        self._assembly = assembly
        self._idle_seconds = idle_seconds
        self._activity = Activity(asyncio.get_running_loop().time)
        self._tasks = TaskOwner("practice", self._task_failed)
        self._unwritten = False
        self._streams = {
            (broker, environment): StreamDoor(environment, host, assembly.faults, assembly.gates, self._activity)
            for broker, host in assembly.streams.items()
            for environment in _ENVIRONMENTS
        }

    @asynccontextmanager
    async def serving(self, wishes: Sequence[PortWish]) -> AsyncIterator[Mapping[str, object]]:
        """Listen and run the market; gives what tells a client how to reach it.

        ``wishes`` has one for each of the ``LISTENERS``. Raises OSError when a firm one is taken.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._tasks.aclose)
            doors = [wish for place, wish in enumerate(wishes) if place != _CONTROL]
            listeners = zip(self._doors(), doors, strict=True)
            self.ports = [await self._open(stack, listener, wish) for listener, wish in listeners]
            control = web.AppRunner(
                self._control(), access_log=None, logger=HTTP_LOG, shutdown_timeout=SHUTDOWN_SECONDS
            )
            stack.push_async_callback(control.cleanup)
            self.ports.insert(_CONTROL, await listen(control, wishes[_CONTROL]))
            stack.push_async_callback(self._say_goodbye)
            self._tasks.start("market", self._assembly.runner.run())
            self._tasks.start("ticks", self._tick())
            self._tasks.start("upkeep", self._keep_up())
            yield endpoint(self.ports, self._assembly)

    def stop(self) -> None:
        self.ended.set()

    def _doors(self) -> list[Listener]:
        """In the order of ``LISTENERS``, without control."""
        handlers = []
        for (broker, environment), stream in self._streams.items():
            delivery = self._assembly.deliveries[broker]
            gates, ahead = self._assembly.gates, partial(self._assembly.settings.clock_ahead, broker)
            handlers.append(RestDoor(broker, environment, delivery, gates, self._activity, ahead).handle)
            handlers.append(stream.handle)
        return [Listener(handler) for handler in handlers]

    @staticmethod
    async def _open(stack: contextlib.AsyncExitStack, listener: Listener, wish: PortWish) -> int:
        stack.push_async_callback(listener.aclose)
        await listener.open(wish)
        return listener.port

    def _control(self) -> web.Application:
        parts = self._assembly
        return Control(
            Views(parts.exchange, parts.runner, parts.record),
            parts.exchange,
            parts.runner,
            parts.faults,
            parts.settings,
            self._activity,
            settle=parts.settle,
            stop=self.stop,
            gates=parts.gates,
            drop_streams=self._drop_streams,
            expire_tokens=parts.expire_tokens,
            die=die,
        ).application()

    def _drop_streams(self, broker: Broker | None) -> int:
        """Of one broker, or of all."""
        return sum(door.drop_all() for door in self._streams.values() if broker in (None, door.broker))

    async def _say_goodbye(self) -> None:
        for door in self._streams.values():
            await door.say_goodbye()

    async def _tick(self) -> None:
        while True:
            self._assembly.promise(2 * TICK_SECONDS)
            for door in self._streams.values():
                door.tick()
            await asyncio.sleep(TICK_SECONDS)

    async def _keep_up(self) -> None:
        """Hand bars to the disk, and end when nobody has been here for long enough."""
        while True:
            await asyncio.sleep(min(_FLUSH_SECONDS, self._idle_seconds / 4 or _FLUSH_SECONDS))
            self._flush()
            if 0 < self._idle_seconds <= self._activity.idle_seconds:
                _log.info("nobody has been here for %.0f s: ending", self._idle_seconds)
                self.stop()

    def _flush(self) -> None:
        try:
            self._assembly.bars.flush()
        except MarketFileError as error:
            if not self._unwritten:
                _log.error("the market's bars cannot be written, tried again until they can: %s", error)
            self._unwritten = True
        else:
            self._unwritten = False

    def _task_failed(self, name: str, error: BaseException) -> None:
        _log.critical("%s failed", name, exc_info=error)
        self.failure = error
        self.ended.set()


def endpoint(ports: Sequence[int], assembly: Assembly) -> dict[str, object]:
    """What the JSON line says: addresses and the (non-secret) keys of Practice's own accounts."""
    rest, ws, paper_rest, paper_ws, control, kiwoom_rest, kiwoom_ws, mock_rest, mock_ws = ports
    kis, kiwoom = (of_broker(assembly.exchange, broker) for broker in (Broker.KIS, Broker.KIWOOM))
    return {
        "kis": {
            "rest": f"http://{LOOPBACK}:{rest}",
            "ws": f"ws://{LOOPBACK}:{ws}",
            "paper_rest": f"http://{LOOPBACK}:{paper_rest}",
            "paper_ws": f"ws://{LOOPBACK}:{paper_ws}",
            "accounts": [_kis_account(account) for account in kis],
        },
        "kiwoom": {
            "rest": f"http://{LOOPBACK}:{kiwoom_rest}",
            "ws": f"ws://{LOOPBACK}:{kiwoom_ws}",
            "mock_rest": f"http://{LOOPBACK}:{mock_rest}",
            "mock_ws": f"ws://{LOOPBACK}:{mock_ws}",
            "accounts": [_kiwoom_account(account) for account in kiwoom],
        },
        "control": f"http://{LOOPBACK}:{control}",
    }


def _kis_account(account: PracticeAccount) -> dict[str, str]:
    return {
        "environment": account.environment.value,
        "appkey": account.appkey,
        "appsecret": account.appsecret,
        "account": account.number,
        "hts_id": account.hts_id,
    }


def _kiwoom_account(account: PracticeAccount) -> dict[str, str]:
    return {
        "environment": "real" if account.environment is Environment.REAL else "mock",
        "appkey": account.appkey,
        "secretkey": account.appsecret,
        "account": account.number,
    }


def die() -> None:
    """End at once, as a SIGKILL would: nothing is flushed, nobody is told."""
    os._exit(70)
