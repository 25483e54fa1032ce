"""What an answer to an order means: the closed table ("A request that may have arrived is never repeated").

==================================================  =========================  =====================================
answer                                              means                      source
==================================================  =========================  =====================================
200, return_code 0, an order number                 Accepted                   kiwoom.md 1.3, 4.5
200, return_code 0, no order number                 OutcomeUnknown             kiwoom.md 1.3 ("non-empty ord_no")
the same with a number, at midnight by either clock  OutcomeUnknown             kiwoom.md 4.5: no date, no time
1687, 1700-1702, return_code not 0                  NotSent THROTTLED          kiwoom.md 1.4, 1.5: turned away
1513, 1516, 8003, 8005, 8010, 8103                  NotSent TOKEN              kiwoom.md 1.5, 2.3: turned away
15.., 190., 80.., 8104, 8200 of ``_TURNED_AWAY``    Refused                    kiwoom.md 1.5: header, body, keys
200, return_code 20, ``[2000](CODE:text)``          Refused                    kiwoom.md 1.6: the trading host's reject
anything else                                       OutcomeUnknown             1999, 8006, RC7006, HTML, 404, 500 ...
==================================================  =========================  =====================================

A row decides only if nothing in the answer speaks against it: a refusal that carries an order number is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from hoga.base.message import Message
from hoga.broker.fields import decode_json, sure_day
from hoga.broker.kiwoom.fields import flat
from hoga.broker.kiwoom.wording import explain
from hoga.broker.port import Accepted, NotSent, NotSentReason, Outcome, OutcomeUnknown, Refused
from hoga.domain.broker_orders import BrokerNumber

THROTTLED = frozenset({"1687", "1700", "1701", "1702"})
TOKEN = frozenset({"1513", "1516", "8003", "8005", "8010", "8103"})
NO_ROWS = frozenset({"571758", "501724"})
"""The trading host's way to say "nothing there": no error for a query, and no verdict on an order."""

_TURNED_AWAY = frozenset(
    {"1501", "1504", "1505", "1511", "1512", "1514", "1515", "1517", "1901", "1902", "1903"}
    | {"8001", "8002", "8011", "8012", "8020", "8030", "8031", "8040", "8050", "8104", "8200"}
)
"""Refused before the order system saw them: wrong keys, headers, ids, bodies, symbols."""

_OPEN = NO_ROWS | {"RC7006"}
_OF_TRADING_HOST = re.compile(r"\[2000\]\s*\((RC\d{4}|\d{6})\s*:\s*(.*?)\)?\s*", re.S)
_OF_GATEWAY = re.compile(r".*?\[(\d{4})\s*:\s*(.*?)\]?\s*", re.S)
_OF_SOCKET = re.compile(r"CODE\s*=\s*(\d{4})")


class Verdict(Struct, frozen=True):
    """The envelope of an answer. ``result`` is the ``return_code``, None where there is none; ``code`` the detail
    inside the text, else the result itself. ``text`` is as it came, ``reason`` without the code."""

    result: int | None
    code: str
    text: str
    reason: str
    from_trading_host: bool

    @property
    def why(self) -> Message:
        return explain(self.code, self.reason)


def verdict(body: Mapping[str, object]) -> Verdict:
    """``returnCode`` and ``return_code``, 0, "0" and "0000", 2000 and 20 alike (kiwoom.md 1.3, 1.4)."""
    said = str(body.get("return_code", body.get("returncode", ""))).strip()
    result = int(said) if said.isascii() and said.isdigit() else None
    result = 20 if result == 2000 else result
    text = str(body.get("return_msg", body.get("returnmsg", ""))).strip()
    if found := _OF_TRADING_HOST.fullmatch(text):
        return Verdict(result, found[1], text, found[2], from_trading_host=True)
    if found := _OF_GATEWAY.fullmatch(text):
        return Verdict(result, found[1], text, found[2], from_trading_host=False)
    if found := _OF_SOCKET.search(text):
        return Verdict(result, found[1], text, text, from_trading_host=False)
    return Verdict(result, "" if result is None else str(result), text, text, from_trading_host=False)


def judge(status: int, body: bytes, now: datetime) -> Outcome:
    """The outcome that an answer proves. Total: whatever came, there is an outcome and no exception.

    The answer carries no time: an accepted number belongs to the trading date of its arrival, as numbers are of a day.
    Around midnight that leaves open which one it names: the list tells.
    """
    data = decode_json(body)
    if data is None:
        return OutcomeUnknown(Message("BROKER_OUTCOME_UNREADABLE", {"status": status}))
    said, raw = verdict(data), dict(flat("order", data))
    number = _order_number(raw.get("ord_no", ""))
    if said.result == 0 and status == 200:
        if not number:
            return OutcomeUnknown(Message("BROKER_OUTCOME_NO_NUMBER"), raw)
        day = sure_day(now)
        if day is None:
            return OutcomeUnknown(Message("BROKER_OUTCOME_NO_DAY", {"number": number}), raw)
        return Accepted(BrokerNumber(day, "", number), None, raw)
    if not said.result or raw.get("ord_no", "").strip("0"):
        return _unknown(said, raw)
    return _failure(status, said, raw)


def _failure(status: int, said: Verdict, raw: Mapping[str, str]) -> Outcome:
    if said.code in THROTTLED:
        return NotSent(NotSentReason.THROTTLED, said.why, said.code, said.text)
    if said.code in TOKEN:
        return NotSent(NotSentReason.TOKEN, said.why, said.code, said.text)
    rejected = status == 200 and said.result == 20 and said.from_trading_host and said.code not in _OPEN
    if said.code in _TURNED_AWAY or (rejected and said.reason):
        return Refused(said.code, said.text, said.why, raw)
    return _unknown(said, raw)


def _order_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _unknown(said: Verdict, raw: Mapping[str, str]) -> OutcomeUnknown:
    return OutcomeUnknown(Message("BROKER_OUTCOME_CODE", {"code": said.code, "text": said.reason}), raw)
