"""The Kiwoom REST door without sockets: one request in, one answer out, synchronously (kiwoom.md 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from hoga.base.clock import SystemClock
from hoga.practice.api import Environment, Exchange, PracticeAccount
from hoga.practice.kiwoom.answers import Refused, Reply, Said
from hoga.practice.kiwoom.catalogue import MOCK_LACKS, OPERATIONS, PATHS
from hoga.practice.kiwoom.errors import not_on_mock, published, throttled
from hoga.practice.kiwoom.fields import Fields
from hoga.practice.kiwoom.keys import KiwoomKeys
from hoga.practice.kiwoom.oauth import PATHS as TOKEN_PATHS
from hoga.practice.kiwoom.oauth import TokenDesk
from hoga.practice.kiwoom.operation import MARKET, Call, Operation
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.pace import BurstPace
from hoga.practice.ranges import PriceRanges
from hoga.practice.wire import WireRequest, WireResponse

JSON_TYPE = "application/json;charset=UTF-8"
_BEARER = "bearer"
_MOST_CURSOR = 50


class KiwoomDoor:
    """Both REST hosts, real and mock, over one exchange. Everything that passes time passes market time.

    ``token_file`` keeps what tokens were issued over a restart (it holds no token). ``machine_time`` serves only the
    switch ``expiry_in_machine_time``.
    """

    def __init__(
        self,
        exchange: Exchange,
        settings: KiwoomSettings | None = None,
        token_file: Path | None = None,
        machine_time: Callable[[], datetime] | None = None,
    ) -> None:
        self.settings = settings if settings is not None else KiwoomSettings()
        self.keys = KiwoomKeys(exchange, self.settings, token_file)
        self._exchange = exchange
        self._ranges = PriceRanges(exchange)
        self._tokens = TokenDesk(self.keys, self.settings, exchange, machine_time or SystemClock().now)
        self._pace = BurstPace()

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse:
        """Answer the request as the host of that environment. Refusals are answers; nothing is raised for them."""
        api = (request.header("api-id") or "").strip() or TOKEN_PATHS.get(request.path, "")
        if request.path not in PATHS and request.path not in TOKEN_PATHS:
            return _answer(404, api, {"return_code": 1, "return_msg": "지원하지 않는 URI입니다"})
        if request.method != "POST":
            return _answer(405, api, {"return_code": 1, "return_msg": "POST 방식만 지원합니다"})
        try:
            if request.path in TOKEN_PATHS:
                body = self._tokens.answer(environment, request.path, request.body)
                return _answer(200, api, {**body, "return_code": 0, "return_msg": Said.DONE.value})
            operation, call = self._admitted(environment, request, api)
            return self._success(operation, operation.answer(call))
        except Refused as refused:
            body = {"return_code": refused.result, "return_msg": refused.text}
            return _answer(refused.status, api, body)

    def _success(self, operation: Operation, reply: Reply) -> WireResponse:
        payload = reply.payload
        if self.settings.double_signs and operation.path == MARKET:
            payload = {name: _doubled(value) for name, value in payload.items()}
        body = {**payload, "return_code": 0, "return_msg": reply.said}
        return _answer(200, operation.api, body, reply.next_key)

    def _admitted(self, environment: Environment, request: WireRequest, api: str) -> tuple[Operation, Call]:
        """Headers, token, id, mock, rate, then the body. Raises Refused."""
        if not (request.header("content-type") or "").strip().lower().startswith("application/json"):
            raise published("1512")
        account = self._caller(environment, _token(request))
        operation = self._operation(environment, request.path, api)
        self._check_rate(environment, account, api)
        fields = Fields.of_body(request.body, strict=self.settings.strict_bodies)
        follows = (request.header("cont-yn") or "").strip().upper() == "Y"
        cursor = (request.header("next-key") or "").strip()[:_MOST_CURSOR] if follows else ""
        return operation, Call(self._exchange, self.settings, self._ranges, environment, account, fields, cursor)

    def _caller(self, environment: Environment, token: str) -> PracticeAccount:
        account = self.keys.owner_of_token(token)
        if account is None:
            raise published("8005")
        if account.environment is not environment:
            raise published("8031")
        return account

    def _operation(self, environment: Environment, path: str, api: str) -> Operation:
        if not api:
            raise published("1501")
        if environment is Environment.PAPER and self.settings.mock_gaps and api in MOCK_LACKS:
            raise not_on_mock(MOCK_LACKS[api])
        operation = OPERATIONS.get(api)
        if operation is None:
            raise published("1505", f"API ID={api}")
        if operation.path != path:
            raise published("1504", f"API ID={api}, URI={path}")
        return operation

    def _check_rate(self, environment: Environment, account: PracticeAccount, api: str) -> None:
        settings = self.settings
        if not settings.rate_limits:
            return
        real = environment is Environment.REAL
        rate = settings.real_per_second if real else settings.mock_per_second
        burst = max(settings.real_burst if real else settings.mock_burst, 1)
        if not self._pace.admit(f"{account.appkey} {api}", self._exchange.now(), rate, burst):
            raise throttled(api)


def _token(request: WireRequest) -> str:
    """Raises Refused for a header that is missing, malformed, of another kind, or without a token."""
    sent = (request.header("authorization") or "").strip()
    if not sent:
        raise published("1513")
    kind, _, token = sent.partition(" ")
    if kind.lower() != _BEARER:
        raise published("1515" if token else "1514")
    if not token.strip():
        raise published("1516")
    return token.strip()


def _doubled(value: object) -> object:
    """``-61300`` as ``--61300`` (quirk 2)."""
    return f"-{value}" if isinstance(value, str) and value.startswith("-") else value


def _answer(status: int, api: str, body: Mapping[str, object], next_key: str = "") -> WireResponse:
    headers = (
        ("content-type", JSON_TYPE),
        ("api-id", api),
        ("cont-yn", "Y" if next_key else "N"),
        ("next-key", next_key),
    )
    return WireResponse(status, headers, msgspec.json.encode(body))
