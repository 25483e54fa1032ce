"""The control endpoint: what tests and the desk may ask of the exchange behind the brokers' backs. Loopback only.

Plain JSON over HTTP. ``GET /`` lists what there is; ``/time`` also speaks WebSocket and then tells the time again and
again. A page in a browser gets nothing: requests that carry an Origin, or were sent to another host name, are refused.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import msgspec
from aiohttp import WSMsgType, web

from hoga.practice.activity import Activity
from hoga.practice.api import Broker, Exchange, PauseKind, Rejected
from hoga.practice.control_views import Views
from hoga.practice.control_words import BadWish, integer, member, number, orders_wish, text, whole
from hoga.practice.engine.ledger import LedgerError
from hoga.practice.faults import Faults
from hoga.practice.reading import read_json
from hoga.practice.runner import Runner, check_speed
from hoga.practice.settings import AllSettings
from hoga.practice.streams import Gates

TIME_TICK_SECONDS = 0.1
_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_INTERRUPTION_SECONDS, _MOST_PAUSE_SECONDS = 120, 86_400
_RUNNER_SETTINGS = ("market_paused", "speed")
_log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """``stop`` begins the end of the process, ``die`` is the end at once. ``settle`` tells the streams what a step has
    changed; ``drop_streams`` cuts one broker's (or all) and returns how many there were.
    """

    def __init__(
        self,
        views: Views,
        exchange: Exchange,
        runner: Runner,
        faults: Faults,
        settings: AllSettings,
        activity: Activity,
        *,
        settle: Callable[[], None],
        stop: Callable[[], None],
        gates: Gates,
        drop_streams: Callable[[Broker | None], int],
        expire_tokens: Callable[[], None],
        die: Callable[[], None],
    ) -> None:
        self._views = views
        self._exchange = exchange
        self._runner = runner
        self._faults = faults
        self._settings = settings
        self._activity = activity
        self._settle = settle
        self._stop = stop
        self._gates = gates
        self._drop_streams = drop_streams
        self._expire_tokens = expire_tokens
        self._die = die

    def application(self) -> web.Application:
        """The routes, for an aiohttp runner."""
        application = web.Application(middlewares=[self._guard])
        views = self._views
        application.add_routes(
            [
                web.get("/", self._index),
                web.get("/time", self._time),
                web.get("/requests", _answering(views.requests)),
                web.get("/orders", _answering(views.orders)),
                web.get("/fills", _answering(views.fills)),
                web.get("/accounts", _answering(views.accounts)),
                web.get("/accounts/{number}", _answering(views.account)),
                web.get("/market", _answering(views.market)),
                web.get("/market/{code}", _answering(views.instrument)),
                web.post("/market/{code}/pause", self._pause),
                web.delete("/market/{code}/pause", self._resume),
                web.get("/candles/{code}", _answering(views.candles)),
                web.get("/settings", _answering(lambda _request: self._all_settings())),
                web.post("/settings", self._change_settings),
                web.get("/faults", _answering(lambda _request: self._rules())),
                web.post("/faults", self._add_fault),
                web.delete("/faults", self._clear_faults),
                web.delete("/faults/{id}", self._remove_fault),
                web.post("/phone/orders", self._phone_order),
                web.post("/phone/cancels", self._phone_cancel),
                web.post("/streams/drop", self._drop),
                web.get("/doors", _answering(lambda _request: self._gates.as_dict())),
                web.post("/doors", self._set_door),
                web.post("/tokens/expire", self._expire),
                web.post("/stop", self._stop_all),
            ]
        )
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get("Host", "").rsplit(":", 1)[0]
        if "Origin" in request.headers or host not in _LOCAL_NAMES:
            return reply({"error": "for programs on this machine only"}, status=403)
        self._activity.touch()
        try:
            self._runner.touch()
            return await handler(request)
        except BadWish as error:
            return reply({"error": str(error)}, status=error.status)
        except LedgerError:
            # Memory is ahead of the disk: only a new start from the ledger tells the truth again.
            _log.critical("the ledger failed", exc_info=True)
            self._die()
            raise
        finally:
            self._settle()

    async def _index(self, request: web.Request) -> web.Response:
        routes = {
            f"{route.method} {route.resource.canonical}"
            for route in request.app.router.routes()
            if route.resource is not None and route.method != "HEAD"
        }
        return reply({"practice": sorted(routes)})

    async def _time(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        if not socket.can_prepare(request):
            return reply(self._views.time())
        await socket.prepare(request)
        with self._activity.connection():
            listening = asyncio.get_running_loop().create_task(_until_closed(socket), name="time stream")
            try:
                while not listening.done() and not socket.closed:
                    self._runner.touch()
                    self._settle()
                    await socket.send_str(msgspec.json.encode(self._views.time()).decode())
                    await asyncio.wait([listening], timeout=TIME_TICK_SECONDS)
            except ConnectionError:
                pass  # The listener has gone: nobody is left to tell.
            finally:
                listening.cancel()
                await asyncio.wait([listening])
        return socket

    async def _change_settings(self, request: web.Request) -> web.Response:
        """Door settings by name, and ``market_paused`` and ``speed``. All or none."""
        wish = await _wish(request)
        try:
            door = {name: value for name, value in wish.items() if name not in _RUNNER_SETTINGS}
            speed = number(wish, "speed") if "speed" in wish else None
            if speed is not None:
                check_speed(speed)
            paused = wish.get("market_paused", self._runner.paused)
            if not isinstance(paused, bool):
                raise BadWish("market_paused is true or false")
            self._settings.update(door)
        except ValueError as error:
            raise BadWish(str(error)) from error
        if speed is not None:
            self._runner.set_speed(speed)
        self._runner.set_paused(paused)
        return reply(self._all_settings())

    def _all_settings(self) -> Mapping[str, object]:
        return {**self._settings.as_dict(), "market_paused": self._runner.paused, "speed": self._runner.speed}

    def _rules(self) -> object:
        return [rule.describe() for rule in self._faults.rules()]

    async def _add_fault(self, request: web.Request) -> web.Response:
        wish = await _wish(request)
        try:
            return reply(self._faults.add(wish).describe(), status=201)
        except ValueError as error:
            raise BadWish(str(error)) from error

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return reply(self._rules())

    async def _remove_fault(self, request: web.Request) -> web.Response:
        wanted = request.match_info["id"]
        if not self._faults.remove(whole(wanted, "the number of a fault")):
            raise BadWish(f"no fault {wanted}", status=404)
        return reply(self._rules())

    async def _pause(self, request: web.Request) -> web.Response:
        """``kind`` halt or interruption, for ``seconds`` of market time: two minutes unless said (markets.md 5.1)."""
        wish = await _wish(request)
        kind = member(wish, "kind", PauseKind, PauseKind.INTERRUPTION)
        seconds = integer(wish, "seconds") if wish.get("seconds") is not None else _INTERRUPTION_SECONDS
        if not 0 < seconds <= _MOST_PAUSE_SECONDS:
            raise BadWish(f"seconds are between 1 and {_MOST_PAUSE_SECONDS}")
        code = self._listed(request)
        self._exchange.pause(code, kind, self._exchange.now() + timedelta(seconds=seconds))
        return reply({"code": code, "kind": kind.value, "seconds": seconds}, status=201)

    async def _resume(self, request: web.Request) -> web.Response:
        code = self._listed(request)
        self._exchange.resume(code)
        return reply({"code": code})

    def _listed(self, request: web.Request) -> str:
        code = request.match_info["code"]
        if code not in self._exchange.instruments():
            raise BadWish(f"no instrument {code}", status=404)
        return code

    async def _phone_order(self, request: web.Request) -> web.Response:
        """An order as if from a telephone: the account's own, but none of the desk's."""
        taken = self._exchange.submit(orders_wish(await _wish(request)))
        return reply(taken, status=409 if isinstance(taken, Rejected) else 201)

    async def _phone_cancel(self, request: web.Request) -> web.Response:
        wish = await _wish(request)
        quantity = integer(wish, "quantity") if wish.get("quantity") is not None else None
        taken = self._exchange.cancel(text(wish, "account"), integer(wish, "number"), quantity, channel="phone")
        return reply(taken, status=409 if isinstance(taken, Rejected) else 201)

    async def _drop(self, request: web.Request) -> web.Response:
        """``broker`` narrows it to one."""
        return reply({"dropped": self._drop_streams(_broker(await _wish(request)))})

    async def _set_door(self, request: web.Request) -> web.Response:
        """``broker``, ``open``: a closed broker is out of reach until it is opened again."""
        wish = await _wish(request)
        broker, open_ = member(wish, "broker", Broker), wish.get("open")
        if not isinstance(open_, bool):
            raise BadWish("open is true or false")
        self._gates.set(broker, open=open_)
        if not open_:
            self._drop_streams(broker)
        return reply(self._gates.as_dict())

    async def _expire(self, request: web.Request) -> web.Response:
        self._expire_tokens()
        return reply({"expired": True})

    async def _stop_all(self, request: web.Request) -> web.Response:
        self._stop()
        return reply({"stopping": True})


def _broker(wish: Mapping[str, Any]) -> Broker | None:
    return member(wish, "broker", Broker) if wish.get("broker") else None


def reply(content: object, status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(content), content_type="application/json")


def _answering(view: Callable[[web.Request], object]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return reply(view(request))

    return answer


async def _wish(request: web.Request) -> dict[str, Any]:
    try:
        data = await request.read()
    except (web.RequestPayloadError, ConnectionError) as error:
        raise BadWish("the body broke off") from error
    wish = read_json(data) if data.strip() else {}
    if not isinstance(wish, dict):
        raise BadWish("the body is no JSON object")
    return wish


async def _until_closed(socket: web.WebSocketResponse) -> None:
    while (await socket.receive()).type in (WSMsgType.TEXT, WSMsgType.BINARY):
        pass
