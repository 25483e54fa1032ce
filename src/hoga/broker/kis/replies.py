"""What an answer to a read means: a page, or one of the port's errors (kis.md 1.4-1.6)."""

from __future__ import annotations

from hoga.base.message import Message
from hoga.broker.calls import Page
from hoga.broker.fields import decode_json
from hoga.broker.kis.answers import THROTTLED, TOKEN
from hoga.broker.kis.wording import explain
from hoga.broker.port import (
    BadReply,
    BrokerError,
    NotSupported,
    ReadRefused,
    SessionExpired,
    Throttled,
    Unreachable,
    WrongKeys,
)
from hoga.broker.transport import HttpReply

KEYS = frozenset({"EGW00102", "EGW00103", "EGW00104", "EGW00105", "EGW00128", "EGW00130", "IGW00002", "APAC0081"})
_CLOSED = frozenset(
    {"", "EGW00001", "EGW00002", "EGW00202", "EGW00203", "EGW00300", "EGW00301", "EGW00302", "90020000"}
)
_TOO_MANY = 429
"""What a gateway in front of the broker's own says in HTTP's words."""
_NOTHING = frozenset({"KIOK0560", "70070000"})


def read_page(reply: HttpReply) -> Page:
    """A successful page, or the error that the answer is."""
    body = decode_json(reply.body)
    if body is None:
        if reply.status == _TOO_MANY:
            raise Throttled(Message("KIS_EGW00201", {"code": str(_TOO_MANY), "text": ""}), str(_TOO_MANY))
        if reply.status >= 400 or not reply.body.strip():
            raise Unreachable(Message("BROKER_MAINTENANCE", {"status": reply.status}))
        raise BadReply(Message("BROKER_BAD_REPLY", {"where": "body"}))
    oauth = "rt_cd" not in body and "error_code" in body
    code = str(body.get("error_code" if oauth else "msg_cd", "")).strip()
    text = str(body.get("error_description" if oauth else "msg1", "")).strip()
    rt_cd = str(body.get("rt_cd", "")).strip()
    nothing = code in _NOTHING
    if rt_cd == "0" and reply.status >= 400:
        raise BadReply(Message("BROKER_BAD_REPLY", {"where": "status"}), code, text)
    if rt_cd != "0" and not (nothing and rt_cd):
        raise _error(rt_cd, code, text, reply.status)
    fk, nk = (str(body.get(name, "")) for name in ("ctx_area_fk100", "ctx_area_nk100"))
    cursor = (fk, nk) if nk.strip() else ("", "")
    state = reply.header("tr_cont").strip()
    more = state in ("F", "M") or (not state and bool(nk.strip()))
    return Page(body, more, cursor, nothing)


def _error(rt_cd: str, code: str, text: str, status: int) -> BrokerError:
    why = explain(code, text)
    if code in THROTTLED:
        return Throttled(why, code, text)
    if code in TOKEN:
        return SessionExpired(why, code, text)
    if code in KEYS:
        return WrongKeys(why, code, text)
    if code == "EGW02006":
        return NotSupported(why, code, text)
    if code in _CLOSED and (rt_cd or status >= 400):
        return Unreachable(why if code else Message("BROKER_MAINTENANCE", {"status": status}), code, text)
    if not rt_cd and not code:
        return BadReply(Message("BROKER_BAD_REPLY", {"where": "rt_cd"}))
    return ReadRefused(why, code, text)
