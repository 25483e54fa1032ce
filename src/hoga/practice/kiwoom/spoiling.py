"""Answers as a Kiwoom gateway in trouble sends them: what faults do to the bodies (kiwoom.md 1.4, 6.4)."""

from __future__ import annotations

from typing import Any

import msgspec

from hoga.practice.kiwoom.answers import Refused
from hoga.practice.kiwoom.errors import from_trading_host, published, throttled
from hoga.practice.kiwoom.operation import blank_of
from hoga.practice.respelling import bare_status, changed
from hoga.practice.wire import Operation, WireRequest, WireResponse

_JSON = ("Content-Type", "application/json;charset=UTF-8")
_HTML = ("Content-Type", "text/html;charset=UTF-8")
_MAINTENANCE = "<html><body>시스템 점검 중입니다.</body></html>".encode()
_UNKNOWN_ERROR = "1999"
_GATEWAY_DIGITS = 4


def refusal(operation: Operation, code: str) -> WireResponse:
    """The answer that carries ``code``: four digits are the gateway's, ``RC4058`` or six digits the trading host's.

    A blank one is the throttle, ``HTTP nnn`` that status with a blank body, ``HTML`` a maintenance page with HTTP 200.
    """
    if (bare := bare_status(code)) is not None:
        return bare
    if code == "HTML":
        return WireResponse(200, (_HTML,), _MAINTENANCE)
    return _refused(_refusal(operation, code))


def _refusal(operation: Operation, code: str) -> Refused:
    if code in ("", "1700"):
        return throttled(operation.value)
    if len(code) == _GATEWAY_DIGITS and code.isdigit():
        return published(code)
    return from_trading_host(code, "처리 중 오류가 발생했습니다.")


def timed_out(code: str) -> WireResponse:
    """The gateway broke down; the order may have gone through all the same."""
    return refusal(Operation.UNKNOWN, code or _UNKNOWN_ERROR)


def without_number(response: WireResponse) -> WireResponse:
    """A success whose order number is blank."""

    def blank(body: dict[str, Any]) -> None:
        if "ord_no" in body:
            body["ord_no"] = ""

    return changed(response, blank)


def with_blank_row(response: WireResponse) -> WireResponse:
    """Every list ends in a row of blanks (quirk 19)."""

    def add(body: dict[str, Any]) -> None:
        for value in body.values():
            if isinstance(value, list):
                shape = value[-1] if value else {}
                if isinstance(shape, dict):
                    value.append(blank_of(shape))

    return changed(response, add)


def with_cursor_repeated(request: WireRequest, response: WireResponse) -> WireResponse:
    """Claims that more follows and hands back the cursor it was asked with (on page one: one that never moves)."""
    asked = (request.header("next-key") or "").strip() or "1"
    kept = tuple(pair for pair in response.headers if pair[0].lower() not in ("cont-yn", "next-key"))
    return WireResponse(response.status, (*kept, ("cont-yn", "Y"), ("next-key", asked)), response.body)


def _refused(refused: Refused) -> WireResponse:
    body = {"return_code": refused.result, "return_msg": refused.text}
    return WireResponse(refused.status, (_JSON,), msgspec.json.encode(body))
