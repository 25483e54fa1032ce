"""Text frames of the socket: what a client may say, and the server's answers (kiwoom.md 5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from hoga.practice.kiwoom.answers import Row
from hoga.practice.kiwoom.errors import published_text
from hoga.practice.kiwoom.records import NAMES
from hoga.practice.reading import read_json

LOGIN, PING, REG, REMOVE, REAL, SYSTEM = "LOGIN", "PING", "REG", "REMOVE", "REAL", "SYSTEM"
CONDITION_LIST = "CNSRLST"

SYSTEM_TEXTS: Mapping[str, str] = {
    "R10001": "동일한 App key로 접속이 되었습니다. 기존 접속을 종료합니다",
    "R10002": "사용자 프로그램으로부터 Heartbeat(연결유지) 메시지가 오지않아서 접속을 종료합니다",
    "R10004": "로그인 인증이 들어오지 않아서 접속을 종료합니다",
    "R10000": "실시간 서비스에 접속되었습니다",
}
"""R10000 is ours: sources say that the real host sends such a frame, not what stands in it."""

NOT_LOGGED_IN = 100013
_NOT_LOGGED_IN_TEXT = "로그인 인증이 들어오기 전에 다른 전문이 들어왔습니다. 해당 전문은 무시됩니다. (TRNM=%s)"
BAD_LOGIN = 805004
REFUSED = 105110
"""The code of a registration that is refused. No source has one: ours."""


class Said(Struct, frozen=True):
    """One message of a client. ``pairs`` are the (type, item) pairs of a registration, in order, none twice."""

    name: str
    token: str = ""
    group: str = ""
    keep: bool = True
    pairs: tuple[tuple[str, str], ...] = ()
    items: int = 0
    """How many different codes the registration names."""


class Unreadable(Exception):
    """The text is no message; ``args[0]`` says why."""


def read_said(text: str) -> Said:
    """Raises Unreadable."""
    message = read_json(text)
    if not isinstance(message, dict):
        raise Unreadable("JSON 형식이 아닙니다")
    name = message.get("trnm")
    if not isinstance(name, str) or not name:
        raise Unreadable("trnm이 없습니다")
    if name == LOGIN:
        return Said(name, token=str(message.get("token") or ""))
    if name not in (REG, REMOVE):
        return Said(name)
    pairs = _pairs(message.get("data"))
    group = str(message.get("grp_no") or "")
    items = len({item for _, item in pairs if item})
    return Said(name, group=group, keep=str(message.get("refresh", "1")) != "0", pairs=pairs, items=items)


def _pairs(data: object) -> tuple[tuple[str, str], ...]:
    """Every type of an entry goes with every item of it; no items is one blank item, as several clients send it."""
    if data is None:
        return ()
    if not isinstance(data, list):
        raise Unreadable("data가 배열이 아닙니다")
    pairs: dict[tuple[str, str], None] = {}
    for entry in data:
        if not isinstance(entry, dict):
            raise Unreadable("data의 형식이 올바르지 않습니다")
        for item in _texts(entry.get("item")) or [""]:
            pairs.update({(kind, item): None for kind in _texts(entry.get("type"))})
    return tuple(pairs)


def _texts(value: object) -> Sequence[str]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise Unreadable("item과 type은 문자열입니다")


def login_answer(*, sor: bool) -> str:
    return _frame({"trnm": LOGIN, "return_code": 0, "return_msg": "", "sor_yn": "Y" if sor else "N"})


def login_refusal(code: str) -> str:
    text = f"로그인 인증에 실패했습니다 [CODE={code}, MESSAGE={published_text(code)}]"
    return _frame({"trnm": LOGIN, "return_code": BAD_LOGIN, "return_msg": text})


def answer(name: str, code: int = 0, text: str = "") -> str:
    return _frame({"trnm": name, "return_code": code, "return_msg": text})


def not_logged_in(name: str) -> str:
    """The broker really sends the %s."""
    return answer(name, NOT_LOGGED_IN, _NOT_LOGGED_IN_TEXT)


def no_conditions() -> str:
    """The list of saved conditions, which this exchange has none of."""
    return _frame({"trnm": CONDITION_LIST, "return_code": 0, "return_msg": "", "data": []})


def system(code: str) -> str:
    return _frame({"trnm": SYSTEM, "code": code, "message": SYSTEM_TEXTS[code]})


def ping() -> str:
    return _frame({"trnm": PING})


def push(kind: str, item: str, values: Sequence[Row]) -> str:
    """One frame of one or several entries of a type."""
    data = [{"values": each, "type": kind, "name": NAMES[kind], "item": item} for each in values]
    return _frame({"data": data, "trnm": REAL})


def is_notice(text: str) -> bool:
    """Whether a frame tells of own orders or the own balance."""
    return '"type":"00"' in text or '"type":"04"' in text


def _frame(message: Mapping[str, object]) -> str:
    return msgspec.json.encode(message).decode()
