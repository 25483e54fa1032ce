"""What an answer to an order means: the closed table of issue and architecture ("A request that may have arrived is
never repeated").

==================================================  =========================  =====================================
answer                                              means                      source
==================================================  =========================  =====================================
200, rt_cd 0, an order number                       Accepted                   kis.md 1.5, 4.2.5
200, rt_cd 0, no order number                       OutcomeUnknown             stack.md 4.8 ("success" without number)
EGW00201, EGW00215, EGW02004 and rt_cd not 0        NotSent THROTTLED          kis.md 1.6: turned away by the counter
EGW00121-123 and rt_cd not 0, or error_code         NotSent TOKEN              kis.md 1.6, 2.1: turned away at the gate
EGW00003 ... of ``_TURNED_AWAY``                    Refused                    kis.md 1.6: headers or body refused
200, rt_cd 1 or 7, business code, text, no number   Refused                    kis.md 1.6 (APBK, APAC; paper 40......)
anything else                                       OutcomeUnknown             EGW00301/302, blank, HTML, 404, 500 ...
==================================================  =========================  =====================================

A row decides only if nothing in the answer speaks against it: a refusal that carries an order number is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.fields import BadField, Fields, as_rows, decode_json, nearest_moment, parse_time, sure_day
from hoga.broker.kis.wording import explain
from hoga.broker.port import Accepted, NotSent, NotSentReason, Outcome, OutcomeUnknown, Refused
from hoga.domain.broker_orders import BrokerNumber

THROTTLED = frozenset({"EGW00201", "EGW00215", "EGW02004"})
TOKEN = frozenset({"EGW00121", "EGW00122", "EGW00123"})

_TURNED_AWAY = frozenset(
    {"EGW00003", "EGW00004", "EGW00310", "EGW02006", "EGW00303", "EGW00304"}
    | {f"EGW00{n}" for n in range(101, 121)}
    | {f"EGW00{n}" for n in range(124, 133)}
    | {f"EGW00{n}" for n in range(205, 214)}
    | {"OPSQ0002", "OPSQ2000", "OPSQ2001", "OPSQ2002"}
    | {f"OPSQ{n}" for n in range(9995, 10000)}
    | {"IGW00002", "IGW00007", "IGW00009"}
)
"""Refused before the order system saw them: wrong keys, headers, ids, bodies."""

_BUSINESS = re.compile(r"(APBK|APAC|KIOK)\d{4}|4\d{7}")
_SUCCESS = frozenset({"APBK0013", "APBK1711", "40590000", "40600000", "40620000", "40630000"})
_REFUSALS = ("1", "7")


class Answer(Struct, frozen=True):
    """The parts of an order answer that the table looks at."""

    status: int
    rt_cd: str
    code: str
    text: str
    number: int
    branch: str
    time: str
    error_shape: bool
    """OAuth's form of an error: ``error_code`` and ``error_description``, no ``rt_cd`` (kis.md 1.5)."""
    raw: Mapping[str, str]


def read_answer(status: int, body: bytes) -> Answer | None:
    """None when the body is no JSON object."""
    data = decode_json(body)
    if data is None:
        return None
    error_shape = "error_code" in data and "rt_cd" not in data
    top = Fields("order", {name: value for name, value in data.items() if not isinstance(value, (dict, list))})
    output = Fields("order.output", rows[0]) if (rows := as_rows(data.get("output"))) else Fields("order.output", {})
    return Answer(
        status=status,
        rt_cd=top.optional("rt_cd"),
        code=top.optional("error_code" if error_shape else "msg_cd"),
        text=top.optional("error_description" if error_shape else "msg1"),
        number=_order_number(output),
        branch=output.optional("krx_fwdg_ord_orgno"),
        time=output.optional("ord_tmd"),
        error_shape=error_shape,
        raw={**top, **output},
    )


def _order_number(output: Mapping[str, Any]) -> int:
    text = str(output.get("odno", ""))
    return int(text) if text.isascii() and text.isdigit() else 0


def judge(status: int, body: bytes, now: datetime) -> Outcome:
    """The outcome that an answer proves. Total: whatever came, there is an outcome and no exception."""
    answer = read_answer(status, body)
    if answer is None:
        return OutcomeUnknown(Message("BROKER_OUTCOME_UNREADABLE", {"status": status}))
    if answer.error_shape:
        return _oauth_error(answer)
    if answer.rt_cd == "0":
        return _success(answer, now)
    return _failure(answer)


def _success(answer: Answer, now: datetime) -> Outcome:
    if answer.status != 200:
        return _unknown(answer)
    if not answer.number:
        return OutcomeUnknown(Message("BROKER_OUTCOME_NO_NUMBER"), answer.raw)
    at = _moment(answer.time, now)
    day = sure_day(now) if at is None else at.astimezone(KST).date()
    if day is None:
        return OutcomeUnknown(Message("BROKER_OUTCOME_NO_DAY", {"number": answer.number}), answer.raw)
    return Accepted(BrokerNumber(day, answer.branch, answer.number), at, answer.raw)


def _moment(text: str, now: datetime) -> datetime | None:
    try:
        return nearest_moment(parse_time(text, "order.ord_tmd"), now)
    except BadField:
        return None


def _failure(answer: Answer) -> Outcome:
    code, text = answer.code, answer.text
    if not answer.rt_cd or answer.number:
        return _unknown(answer)
    if code in THROTTLED:
        return NotSent(NotSentReason.THROTTLED, explain(code, text), code, text)
    if code in TOKEN:
        return NotSent(NotSentReason.TOKEN, explain(code, text), code, text)
    business = answer.status == 200 and answer.rt_cd in _REFUSALS and bool(text) and _BUSINESS.fullmatch(code)
    if code in _TURNED_AWAY or (business and code not in _SUCCESS):
        return Refused(code, text, explain(code, text), answer.raw)
    return _unknown(answer)


def _oauth_error(answer: Answer) -> Outcome:
    if answer.code in TOKEN:
        return NotSent(NotSentReason.TOKEN, explain(answer.code, answer.text), answer.code, answer.text)
    return _unknown(answer)


def _unknown(answer: Answer) -> OutcomeUnknown:
    return OutcomeUnknown(Message("BROKER_OUTCOME_CODE", {"code": answer.code, "text": answer.text}), answer.raw)
