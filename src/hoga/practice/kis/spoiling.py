"""Answers as a KIS gateway in trouble sends them: what faults do to the bodies (kis.md 1.5, 1.6, 10.13)."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from hoga.practice.kis.errors import gateway_text
from hoga.practice.respelling import bare_status, changed
from hoga.practice.wire import Operation, WireRequest, WireResponse

THROTTLED = "EGW00201"
TIMED_OUT = "EGW00301"
_JSON = ("Content-Type", "application/json; charset=utf-8")
_TEXTS = {
    "EGW00001": "일시적 오류가 발생했습니다.",
    "EGW00002": "서버 에러가 발생했습니다.",
    "EGW00202": "GW라우팅 중 오류가 발생했습니다.",
    TIMED_OUT: "커넥션 타임아웃이 발생했습니다. 이전 거래의 처리 여부를 확인하시기 바랍니다.",
    "EGW00302": "거래시간이 초과되었습니다. 이전 거래의 처리 여부를 확인하시기 바랍니다.",
    "90020000": "서비스가 지연되고 있습니다. 잠시 후 다시 시도하세요.",
}
_CURSORS = ("ctx_area_fk100", "ctx_area_nk100", "ctx_area_fk200", "ctx_area_nk200")
_TEXT_ENDINGS = ("pdno", "odno", "brno", "orgno", "_cd", "_Cd", "_dt", "_tmd", "_date", "_hour")


def refusal(operation: Operation, code: str) -> WireResponse:
    """The answer that carries ``code``: the gateway's EGW codes come with HTTP 500, others with 200.

    ``HTTP nnn`` is that status with a blank body, as during maintenance. Token calls have a shape of their own.
    """
    code = code or THROTTLED
    text = _text(code)
    if (bare := bare_status(code)) is not None:
        return bare
    if operation is Operation.TOKEN:
        return _json(403, {"error_description": text, "error_code": code})
    return _json(500 if code.startswith("EGW") else 200, {"rt_cd": "1", "msg_cd": code, "msg1": text})


def _text(code: str) -> str:
    try:
        return gateway_text(code)
    except KeyError:
        return _TEXTS.get(code, "처리 중 오류가 발생했습니다.")


def timed_out(code: str) -> WireResponse:
    """EGW00301: the gateway gave up waiting; the order may have gone through all the same."""
    return refusal(Operation.UNKNOWN, code or TIMED_OUT)


def without_number(response: WireResponse) -> WireResponse:
    """A success whose order number is blank."""

    def blank(body: dict[str, Any]) -> None:
        output = body.get("output")
        if isinstance(output, dict):
            for name in output:
                if name.upper() == "ODNO":
                    output[name] = ""

    return changed(response, blank)


def with_blank_row(response: WireResponse) -> WireResponse:
    """Every list that has rows ends in a row of blanks and zeros; an empty list becomes one row without fields."""

    def add(body: dict[str, Any]) -> None:
        for value in body.values():
            if isinstance(value, list):
                shape = value[-1] if value else {}
                if isinstance(shape, dict):
                    value.append({name: _blank(name, text) for name, text in shape.items()})

    return changed(response, add)


def with_cursor_repeated(request: WireRequest, response: WireResponse) -> WireResponse:
    """Claims that more follows and hands back the cursor it was asked with (on page one: one that never moves)."""
    asked = {name.lower(): value.strip() for name, value in request.query}
    pages = False

    def repeat(body: dict[str, Any]) -> None:
        nonlocal pages
        for name in _CURSORS:
            if name in body:
                pages = True
                body[name] = (asked.get(name) or "1").ljust(len(str(body[name])) or 100)

    repeated = changed(response, repeat)
    if not pages:
        return response
    headers = tuple(pair for pair in repeated.headers if pair[0].lower() != "tr_cont")
    return replace(repeated, headers=(*headers, ("tr_cont", "M")))


def _blank(name: str, value: object) -> str:
    """What a placeholder row holds in a field: codes, dates and texts are blank, numbers 0 (kis.md 1.5)."""
    number = isinstance(value, str) and value.strip().lstrip("-").replace(".", "", 1).isdigit()
    return "0" if number and not name.endswith(_TEXT_ENDINGS) else ""


def _json(status: int, body: dict[str, str]) -> WireResponse:
    return WireResponse(status, (_JSON,), msgspec.json.encode(body))
