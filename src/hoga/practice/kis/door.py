"""The KIS REST door without sockets: one request in, one answer out, synchronously (kis.md 1, 10)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from hoga.base.clock import SystemClock
from hoga.practice.api import Environment, Exchange
from hoga.practice.kis.admission import Admission
from hoga.practice.kis.answers import Refused, Reply
from hoga.practice.kis.catalogue import Catalogue
from hoga.practice.kis.classify import collapsed
from hoga.practice.kis.keys import KeyRing
from hoga.practice.kis.master import MASTER_PREFIX, MasterFiles
from hoga.practice.kis.oauth import OAuthDesk, OAuthRefused
from hoga.practice.kis.operation import Call
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.ranges import PriceRanges
from hoga.practice.wire import WireRequest, WireResponse

_JSON = "application/json; charset=utf-8"
_NOT_FOUND = b'{"rt_cd":"1","msg_cd":"","msg1":""}'


class KisDoor:
    """Both REST hosts, real and paper, over one exchange. Everything that passes time passes market time.

    ``token_file`` keeps what tokens were issued over a restart (it holds no token). ``machine_time`` serves only the
    switch ``expiry_in_machine_time``.
    """

    def __init__(
        self,
        exchange: Exchange,
        settings: DoorSettings | None = None,
        token_file: Path | None = None,
        machine_time: Callable[[], datetime] | None = None,
    ) -> None:
        self.settings = settings if settings is not None else DoorSettings()
        self.keys = KeyRing(exchange, self.settings, token_file)
        self._exchange = exchange
        self._ranges = PriceRanges(exchange)
        self._masters = MasterFiles(exchange)
        self._oauth = OAuthDesk(self.keys, self.settings, exchange.now, machine_time or SystemClock().now)
        self._admission = Admission(exchange, self.settings, self.keys, Catalogue(self.settings))
        self._answered = 0

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse:
        """Answer the request as the host of that environment. Refusals are answers; nothing is raised for them."""
        path = collapsed(request.path)
        if path.startswith(MASTER_PREFIX):
            return self._master(request.method, path)
        if path.startswith("/oauth2/") or path == "/uapi/hashkey":
            return self._oauth_answer(environment, request, path)
        if not self._admission.serves(request.method, path):
            return WireResponse(404, (("content-type", _JSON),), _NOT_FOUND)
        tr = (request.header("tr_id") or "").strip()
        try:
            admitted = self._admission.admit(environment, request, path)
            call = Call(
                self._exchange,
                self.settings,
                self._ranges,
                environment,
                admitted.accounts,
                admitted.operation.real[0],
                admitted.fields,
                (request.header("tr_cont") or "").strip() == "N",
            )
            return self._success(environment, tr, admitted.operation.answer(call))
        except Refused as refused:
            body = {"rt_cd": refused.result, "msg_cd": refused.code, "msg1": refused.text}
            return self._answer(refused.status, tr, "", body)

    def _success(self, environment: Environment, tr: str, reply: Reply) -> WireResponse:
        code, text = reply.success.message(environment)
        body = {**reply.cursors, **reply.payload, "rt_cd": "0", "msg_cd": code, "msg1": text}
        return self._answer(200, tr, reply.paging, body)

    def _oauth_answer(self, environment: Environment, request: WireRequest, path: str) -> WireResponse:
        try:
            body = self._oauth_body(environment, request, path)
        except OAuthRefused as refused:
            return self._answer(403, "", "", refused.body)
        if body is None:
            return WireResponse(404, (("content-type", _JSON),), _NOT_FOUND)
        return self._answer(200, "", "", body)

    def _oauth_body(self, environment: Environment, request: WireRequest, path: str) -> Mapping[str, object] | None:
        if request.method != "POST":
            return None
        if path == "/oauth2/tokenP":
            return self._oauth.token(environment, request.body)
        if path == "/oauth2/revokeP":
            return self._oauth.revoke(environment, request.body)
        if path == "/oauth2/Approval":
            return self._oauth.approval(environment, request.body)
        return self._oauth.hashkey(request.body) if path == "/uapi/hashkey" else None

    def _master(self, method: str, path: str) -> WireResponse:
        packed = self._masters.packed(path.removeprefix(MASTER_PREFIX)) if method == "GET" else None
        if packed is None:
            return WireResponse(404, (("content-type", "text/plain"),), b"")
        return WireResponse(200, (("content-type", "application/zip"),), packed)

    def _answer(self, status: int, tr: str, paging: str, body: Mapping[str, object]) -> WireResponse:
        headers = (("content-type", _JSON), ("tr_id", tr), ("tr_cont", paging), ("gt_uid", self._uid()))
        return WireResponse(status, headers, msgspec.json.encode(body))

    def _uid(self) -> str:
        """A transaction id of 32 characters, the same in every run of the same requests."""
        self._answered += 1
        seed = f"{self._exchange.ledger_id}/{self._answered}/{self._exchange.now().isoformat()}"
        return hashlib.sha256(seed.encode()).hexdigest()[:32]
