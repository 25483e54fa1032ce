"""The KIS door as the process hosts it: requests described for the record, answers read for it, and faults shaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from hoga.practice.api import Broker, Environment, PracticeAccount
from hoga.practice.kis import spoiling
from hoga.practice.kis.classify import classify
from hoga.practice.reading import read_json
from hoga.practice.record import Asked, shown_fields
from hoga.practice.wire import Operation, WireRequest, WireResponse


class Keys(Protocol):
    """What the host needs of the key ring."""

    def accounts_of(self, appkey: str) -> tuple[PracticeAccount, ...]: ...

    def expire_tokens(self) -> None: ...


class RestDoor(Protocol):
    @property
    def keys(self) -> Keys: ...

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse: ...


class HostedKis:
    """Satisfies ``hoga.practice.delivery.Door``."""

    broker = Broker.KIS

    def __init__(self, door: RestDoor) -> None:
        self._door = door

    def handle(self, environment: Environment, request: WireRequest) -> WireResponse:
        return self._door.handle(environment, request)

    def classify(self, request: WireRequest) -> Operation:
        return classify(request)

    def describe(self, request: WireRequest) -> Asked:
        """TR id, the account behind the app key, and the arguments with secrets masked."""
        fields = dict(request.query) | _body(request.body)
        appkey = request.header("appkey") or fields.get("appkey", "")
        accounts = self._door.keys.accounts_of(appkey)
        number = accounts[0].number if accounts else ""
        return Asked(request.header("tr_id") or "", number, shown_fields(fields, accounts))

    def outcome(self, response: WireResponse) -> tuple[str, str]:
        body = _body(response.body, nested="output")
        code = body.get("msg_cd") or body.get("error_code") or ""
        number = next((value for name, value in body.items() if name.upper() == "ODNO"), "")
        return code, number

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


def _body(data: bytes, nested: str = "") -> dict[str, str]:
    """The plain fields of a JSON object, and those of its object ``nested``; empty for anything else."""
    decoded = read_json(data)
    if not isinstance(decoded, Mapping):
        return {}
    inner = decoded.get(nested)
    fields = dict(inner) if isinstance(inner, Mapping) else {}
    fields.update(decoded)
    return {str(name): str(value) for name, value in fields.items() if isinstance(value, (str, int, float))}
