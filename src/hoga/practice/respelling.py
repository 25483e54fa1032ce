"""Changes what stands in an answer that is a JSON object; faults do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from hoga.practice.reading import read_json
from hoga.practice.wire import WireResponse


def changed(response: WireResponse, change: Callable[[dict[str, Any]], None]) -> WireResponse:
    """The response with its JSON object changed; one that is no JSON object stays as it is."""
    body = read_json(response.body)
    if not isinstance(body, dict):
        return response
    change(body)
    return replace(response, body=msgspec.json.encode(body))


def bare_status(code: str) -> WireResponse | None:
    """``HTTP nnn``: that status with a blank body, as during maintenance; None for any other code."""
    if not code.startswith("HTTP "):
        return None
    status = code.removeprefix("HTTP ").strip()
    known = status.isdigit() and 400 <= int(status) < 600
    return WireResponse(int(status) if known else 500, (("Content-Type", "text/plain"),), b"")
