"""The Kiwoom door as the process hosts it: requests described for the record, answers read for it, faults shaped."""

from __future__ import annotations

from hoga.practice.api import Broker, Environment, PracticeAccount
from hoga.practice.kiwoom import spoiling
from hoga.practice.kiwoom.door import KiwoomDoor
from hoga.practice.kiwoom.oauth import ISSUE, PATHS, REVOKE
from hoga.practice.reading import read_json
from hoga.practice.record import Asked, shown_fields
from hoga.practice.wire import Operation, WireRequest, WireResponse

_BY_API = {
    ISSUE: Operation.TOKEN,
    REVOKE: Operation.REVOKE,
    "kt10000": Operation.NEW,
    "kt10001": Operation.NEW,
    "kt10002": Operation.MODIFY,
    "kt10003": Operation.CANCEL,
}
_READS = ("ka", "kt", "us")
_BEARER = "bearer "


class HostedKiwoom:
    """Satisfies ``hoga.practice.delivery.Door``."""

    broker = Broker.KIWOOM

    def __init__(self, door: KiwoomDoor) -> None:
        self._door = door

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse:
        return self._door.handle(environment, request)

    def classify(self, request: WireRequest) -> Operation:
        """By the API id alone: the path names no more than a room."""
        api = _api(request)
        if api in _BY_API:
            return _BY_API[api]
        return Operation.READ if api.startswith(_READS) else Operation.UNKNOWN

    def describe(self, request: WireRequest) -> Asked:
        """API id, the account behind the token (or the app key), and the arguments with secrets masked."""
        fields = _fields(request.body)
        accounts = self._accounts(request, fields)
        return Asked(_api(request), accounts[0].number if accounts else "", shown_fields(fields, accounts))

    def outcome(self, response: WireResponse) -> tuple[str, str]:
        """The ``return_code``, and the order number."""
        body = _fields(response.body)
        return body.get("return_code", ""), body.get("ord_no", "")

    def refusal(self, operation: Operation, code: str) -> WireResponse:
        return spoiling.refusal(operation, code)

    def timed_out(self, code: str) -> WireResponse:
        return spoiling.timed_out(code)

    def without_number(self, response: WireResponse) -> WireResponse:
        return spoiling.without_number(response)

    def with_blank_row(self, response: WireResponse) -> WireResponse:
        return spoiling.with_blank_row(response)

    def with_cursor_repeated(self, request: WireRequest, response: WireResponse) -> WireResponse:
        return spoiling.with_cursor_repeated(request, response)

    def expire_tokens(self) -> None:
        self._door.keys.expire_tokens()

    def _accounts(self, request: WireRequest, fields: dict[str, str]) -> tuple[PracticeAccount, ...]:
        keys = self._door.keys
        token = (request.header("authorization") or "").strip()
        owner = keys.owner_of_token(token[len(_BEARER) :].strip()) if token.lower().startswith(_BEARER) else None
        return keys.accounts_of(fields.get("appkey", "")) if owner is None else (owner,)


def _api(request: WireRequest) -> str:
    return (request.header("api-id") or "").strip() or PATHS.get(request.path, "")


def _fields(body: bytes) -> dict[str, str]:
    """The plain fields of a JSON object; empty for anything else."""
    decoded = read_json(body)
    if not isinstance(decoded, dict):
        return {}
    return {str(name): str(value) for name, value in decoded.items() if isinstance(value, (str, int, float))}
