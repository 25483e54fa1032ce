"""What a KIS request asks for, told from its path and body alone."""

from __future__ import annotations

from hoga.practice.reading import read_json
from hoga.practice.wire import Operation, WireRequest

_MASTER_PREFIX = "/common/master/"
_BY_PATH = {
    "/oauth2/tokenP": Operation.TOKEN,
    "/oauth2/revokeP": Operation.REVOKE,
    "/oauth2/Approval": Operation.APPROVAL,
    "/uapi/hashkey": Operation.HASHKEY,
    "/uapi/domestic-stock/v1/trading/order-cash": Operation.NEW,
    "/uapi/overseas-stock/v1/trading/order": Operation.NEW,
    "/uapi/overseas-stock/v1/trading/daytime-order": Operation.NEW,
}
_CHANGES = frozenset(
    (
        "/uapi/domestic-stock/v1/trading/order-rvsecncl",
        "/uapi/overseas-stock/v1/trading/order-rvsecncl",
        "/uapi/overseas-stock/v1/trading/daytime-order-rvsecncl",
    )
)


def collapsed(path: str) -> str:
    """The path with runs of slashes made one: the real gateway takes ``//uapi`` (kis.md 1.1)."""
    while "//" in path:
        path = path.replace("//", "/")
    return path


def classify(request: WireRequest) -> Operation:
    """Never raises: a body that cannot be read leaves a change UNKNOWN."""
    path = collapsed(request.path)
    if path in _BY_PATH:
        return _BY_PATH[path]
    if path in _CHANGES:
        return _change(request.body)
    if path.startswith(_MASTER_PREFIX):
        return Operation.MASTER
    return Operation.READ if path.startswith("/uapi/") and request.method == "GET" else Operation.UNKNOWN


def _change(body: bytes) -> Operation:
    fields = read_json(body)
    wanted = fields.get("RVSE_CNCL_DVSN_CD") if isinstance(fields, dict) else None
    return {"01": Operation.MODIFY, "02": Operation.CANCEL}.get(str(wanted), Operation.UNKNOWN)
