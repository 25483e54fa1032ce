"""Control messages of the stream: what a client may say, and the server's answers (kis.md 5.2, 5.3).

``read_message`` turns one text into a checked ``Demand`` or raises ``Refusal`` with the code that names the first thing
wrong. It knows shapes only; whether a key or symbol exists is decided by the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

import msgspec
from msgspec import Struct

from hoga.practice.kis.crypto import CipherKey
from hoga.practice.reading import read_json

PINGPONG = "PINGPONG"
_NO_TR = "(null)"
_CUSTOMER_TYPES = ("P", "B")

TEXTS: Mapping[str, tuple[str, str]] = {
    "OPSP0000": ("0", "SUBSCRIBE SUCCESS"),
    "OPSP0001": ("0", "UNSUBSCRIBE SUCCESS"),
    "OPSP0002": ("1", "ALREADY IN SUBSCRIBE"),
    "OPSP0003": ("1", "UNSUBSCRIBE ERROR(not found!)"),
    "OPSP0007": ("1", "SUBSCRIBE INTERNAL ERROR"),
    "OPSP0008": ("1", "MAX SUBSCRIBE OVER"),
    "OPSP0009": ("1", "SEND TO BACKEND ERROR"),
    "OPSP0010": ("1", "invalid appkey : use approval_key"),
    "OPSP0011": ("1", "invalid approval : NOT FOUND"),
    "OPSP8991": ("1", "invalid tr_id"),
    "OPSP8992": ("1", "invalid tr_key"),
    "OPSP8993": ("1", "JSON PARSING ERROR : not an object"),
    "OPSP8994": ("1", "JSON PARSING ERROR : header"),
    "OPSP8995": ("1", "JSON PARSING ERROR : body"),
    "OPSP8996": ("9", "ALREADY IN USE appkey"),
    "OPSP8997": ("1", "invalid tr_type"),
    "OPSP8998": ("1", "invalid custtype"),
    "OPSP8999": ("9", "RESOURCE ERROR"),
    "OPSP9990": ("1", "tr_key not found"),
    "OPSP9991": ("1", "input not found"),
    "OPSP9992": ("1", "body not found"),
    "OPSP9993": ("9", "INTERNAL ERROR"),
    "OPSP9994": ("9", "INVALID appkey : NOT FOUND"),
    "OPSP9995": ("1", "approval_key not found"),
    "OPSP9996": ("1", "custtype not found"),
    "OPSP9997": ("1", "tr_type not found"),
    "OPSP9998": ("1", "header not found"),
    "OPSP9999": ("9", "invalid json format"),
}
"""rt_cd and msg1 of every code. Where kis.md gives only the gist of a text, the wording is ours."""


class Action(Enum):
    SUBSCRIBE = "1"
    UNSUBSCRIBE = "2"


class Demand(Struct, frozen=True):
    """One well-formed subscribe or unsubscribe. ``appkey`` instead of ``approval`` is the form of years ago."""

    action: Action
    approval: str
    appkey: str
    tr: str
    key: str


class Echo(Struct, frozen=True):
    """A client's answer to PINGPONG; ``stamp`` is the datetime it gives back."""

    stamp: str


class Refusal(Exception):
    """A code of ``TEXTS``. ``tr`` and ``key`` are echoed as far as they could be read."""

    def __init__(self, code: str, tr: str = "", key: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.tr = tr
        self.key = key


def read_message(text: str) -> Demand | Echo:
    """What a client says in one text frame. Raises Refusal."""
    message = read_json(text)
    if message is None:
        raise Refusal("OPSP9999")
    if not isinstance(message, dict):
        raise Refusal("OPSP8993")
    if "header" not in message:
        raise Refusal("OPSP9998")
    header = message["header"]
    if not isinstance(header, dict):
        raise Refusal("OPSP8994")
    if header.get("tr_id") == PINGPONG:
        return Echo(str(header.get("datetime", "")))
    return _read_demand(header, message)


def _read_demand(header: dict[str, object], message: dict[str, object]) -> Demand:
    tr, key = _hint(message)
    approval, appkey = header.get("approval_key"), header.get("appkey")
    if not approval and not appkey:
        raise Refusal("OPSP9995", tr, key)
    for field, missing in (("custtype", "OPSP9996"), ("tr_type", "OPSP9997")):
        if field not in header:
            raise Refusal(missing, tr, key)
    if header["custtype"] not in _CUSTOMER_TYPES:
        raise Refusal("OPSP8998", tr, key)
    try:
        action = Action(header["tr_type"])
    except ValueError as error:
        raise Refusal("OPSP8997", tr, key) from error
    tr, key = _read_body(message)
    return Demand(action, str(approval or ""), str(appkey or ""), tr, key)


def _read_body(message: dict[str, object]) -> tuple[str, str]:
    if "body" not in message:
        raise Refusal("OPSP9992")
    body = message["body"]
    if not isinstance(body, dict):
        raise Refusal("OPSP8995")
    if "input" not in body:
        raise Refusal("OPSP9991")
    given = body["input"]
    if not isinstance(given, dict):
        raise Refusal("OPSP8995")
    tr, key = given.get("tr_id"), given.get("tr_key")
    if not isinstance(tr, str) or not tr:
        raise Refusal("OPSP8991", "", str(key or ""))
    if key is None:
        raise Refusal("OPSP9990", tr)
    if not isinstance(key, str) or not key:
        raise Refusal("OPSP8992", tr, str(key))
    return tr, key


def _hint(message: dict[str, object]) -> tuple[str, str]:
    """tr_id and tr_key if they can be read at all, for the answer's header."""
    try:
        return _read_body(message)
    except Refusal as refusal:
        return refusal.tr, refusal.key


def answer(code: str, tr: str, key: str, *, encrypt: bool = False, cipher: CipherKey | None = None) -> str:
    """The server's answer. The header always carries tr_key and encrypt: the official client fails without them."""
    result, text = TEXTS[code]
    body: dict[str, object] = {"rt_cd": result, "msg_cd": code, "msg1": text}
    if cipher is not None:
        body["output"] = {"iv": cipher.iv, "key": cipher.key}
    header = {"tr_id": tr or _NO_TR, "tr_key": key, "encrypt": "Y" if encrypt else "N"}
    return msgspec.json.encode({"header": header, "body": body}).decode()


def ping(at: datetime) -> str:
    return msgspec.json.encode({"header": {"tr_id": PINGPONG, "datetime": stamp(at)}}).decode()


def stamp(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"
