"""What an answer to a read means: a page, or one of the port's errors (kiwoom.md 1.3-1.6)."""

from __future__ import annotations

from hoga.base.message import Message
from hoga.broker import port
from hoga.broker.calls import Page
from hoga.broker.fields import decode_json
from hoga.broker.kiwoom.answers import NO_ROWS, THROTTLED, TOKEN, Verdict, verdict
from hoga.broker.kiwoom.wording import explain
from hoga.broker.transport import HttpReply

KEYS = frozenset({"8001", "8002", "8020", "8030", "8031", "8040", "8050", "8200"})
_NOT_HERE = frozenset({"8104", "RC9000", "RC7006"})
_NO_SUCH_CODE = frozenset({"1901", "1902", "1903"})
_CLOSED = frozenset({"1999", "8006", "8009"})
_TOO_MANY = 429


def read_page(reply: HttpReply) -> Page:
    """A successful page, or the error that the answer is. A page in HTML is a closed service, whatever its status."""
    body = decode_json(reply.body)
    if body is None:
        if reply.status == _TOO_MANY:
            raise port.Throttled(explain("1700", ""), str(_TOO_MANY))
        raise port.Unreachable(Message("BROKER_MAINTENANCE", {"status": reply.status}))
    said = verdict(body)
    nothing = said.code in NO_ROWS and said.result == 20
    if (said.result != 0 or reply.status >= 400) and not nothing:
        raise _error(said, reply.status)
    key = reply.header("next-key").strip()
    more = reply.header("cont-yn").strip().upper() == "Y"
    return Page(body, more and not nothing, (key,) if more else ("",), nothing)


def _error(said: Verdict, status: int) -> port.BrokerError:
    kinds: tuple[tuple[frozenset[str], type[port.BrokerError]], ...] = (
        (THROTTLED, port.Throttled),
        (TOKEN, port.SessionExpired),
        (KEYS, port.WrongKeys),
        (_NOT_HERE, port.NotSupported),
        (_NO_SUCH_CODE, port.NotFound),
        (_CLOSED, port.Unreachable),
    )
    for codes, kind in kinds:
        if said.code in codes:
            return kind(said.why, said.code, said.text)
    if status == _TOO_MANY:
        return port.Throttled(explain("1700", said.text), str(_TOO_MANY), said.text)
    if not said.result:
        if status >= 500:
            return port.Unreachable(Message("BROKER_MAINTENANCE", {"status": status}), said.code, said.text)
        return port.BadReply(Message("BROKER_BAD_REPLY", {"where": "return_code"}), said.code, said.text)
    return port.ReadRefused(said.why, said.code, said.text)
