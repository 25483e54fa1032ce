"""Control texts of the live connection: what is asked, and what the broker answers (kis.md 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from hoga.broker.fields import Fields, decode_json
from hoga.broker.kis.decode_stream import Garbled

PINGPONG = "PINGPONG"
ACCEPTED = frozenset({"OPSP0000", "OPSP0002"})
"""Subscribed, or already so (harmless)."""
GONE = frozenset({"OPSP0001", "OPSP0003"})
"""Unsubscribed, or never subscribed: either way nothing comes any more."""
FULL = "OPSP0008"
IN_USE = "OPSP8996"
UNKNOWN_KEY = "OPSP8992"
NEW_KEY_NEEDED = frozenset({"OPSP0010", "OPSP0011", "OPSP9994"})


@dataclass(frozen=True, slots=True)
class Registration:
    """One of the broker's places: a topic and its key."""

    tr_id: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Control:
    """A control text. ``registration`` is None where the broker does not say what it speaks of."""

    ping: bool
    code: str
    text: str
    registration: Registration | None
    key: str = field(default="", repr=False)
    iv: str = field(default="", repr=False)


def request(approval_key: str, registration: Registration, *, subscribe: bool) -> str:
    """A subscribe or unsubscribe text; one key a text."""
    message = {
        "header": {
            "approval_key": approval_key,
            "custtype": "P",
            "tr_type": "1" if subscribe else "2",
            "content-type": "utf-8",
        },
        "body": {"input": {"tr_id": registration.tr_id, "tr_key": registration.key}},
    }
    return msgspec.json.encode(message).decode()


def read_control(text: str) -> Control:
    """Raises Garbled for a text that is no JSON object."""
    data = decode_json(text.encode())
    if data is None:
        raise Garbled("control", "not readable as JSON")
    header, body = _part(data, "header"), _part(data, "body")
    output = _part(data.get("body"), "output")
    tr_id = header.optional("tr_id")
    known = tr_id not in ("", "(null)")
    return Control(
        ping=tr_id == PINGPONG,
        code=body.optional("msg_cd"),
        text=body.optional("msg1"),
        registration=Registration(tr_id, header.optional("tr_key")) if known else None,
        key=output.optional("key"),
        iv=output.optional("iv"),
    )


def _part(data: Any, name: str) -> Fields:
    part = data.get(name) if isinstance(data, Mapping) else None
    return Fields(name, part if isinstance(part, Mapping) else {})
