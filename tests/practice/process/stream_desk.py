"""A stream door over a small real exchange: clients are lists of what they were sent."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.kis.door import KisDoor
from hoga.practice.kis.feed import StreamFeed
from hoga.practice.kis.settings import DoorSettings
from tests.practice.engine.small_market import open_exchange

REAL, PAPER = Environment.REAL, Environment.PAPER


class StreamDesk:
    """``wire`` is wire time, moved by hand."""

    def __init__(self, **settings: object) -> None:
        self.exchange = open_exchange()
        self.settings = DoorSettings()
        self.settings.update(settings)
        self.door = KisDoor(self.exchange, self.settings)
        self.wire = 100.0
        self.injected: str | None = None
        self.feed = StreamFeed(
            self.exchange,
            self.door.keys,
            self.settings,
            wire_now=lambda: self.wire,
            refuse=lambda _environment: self.injected,
        )

    def account(self, environment: Environment, index: int = 0) -> PracticeAccount:
        return [each for each in self.exchange.accounts() if each.environment is environment][index]

    def approval(self, account: PracticeAccount) -> str:
        return self.door.keys.issue_approval(account)

    def client(self, environment: Environment = REAL, account: PracticeAccount | None = None) -> Client:
        return Client(self, environment, account or self.account(environment))

    def settle(self) -> None:
        self.exchange.publish()
        self.feed.flush()


class Client:
    """One connection. ``frames`` are the data frames it was sent, ``answers`` the control messages."""

    def __init__(self, desk: StreamDesk, environment: Environment, account: PracticeAccount) -> None:
        self.desk = desk
        self.account = account
        self.approval = desk.approval(account)
        self.texts: list[str] = []
        self.cuts: list[str] = []
        self.session = desk.feed.open(environment, self.texts.append, self.cuts.append)

    def say(self, message: object) -> dict[str, Any]:
        """Send JSON (or a raw text) and give the last control answer."""
        text = message if isinstance(message, str) else json.dumps(message)
        self.session.receive(text, self.desk.wire)
        return self.answers[-1]

    def ask(self, tr: str, key: str, kind: str = "1", **header: object) -> dict[str, Any]:
        return self.say(demand(self.approval, tr, key, kind, **header))

    def code(self, tr: str, key: str, kind: str = "1", **header: object) -> str:
        return str(self.ask(tr, key, kind, **header)["body"]["msg_cd"])

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts if text.startswith("{")]

    @property
    def frames(self) -> list[str]:
        return [text for text in self.texts if not text.startswith("{")]

    def records(self, tr: str) -> list[list[str]]:
        """Every record of a kind, cut by total / count."""
        return [record for frame in self.frames for record in records_of(frame, tr)]

    def notices(self) -> list[list[str]]:
        """Every notice, decrypted with the key of its acknowledgement."""
        keys = {
            each["header"]["tr_id"]: each["body"]["output"] for each in self.answers if "output" in each.get("body", {})
        }
        found = []
        for frame in self.frames:
            encrypted, tr, count, payload = frame.split("|", 3)
            if encrypted == "1":
                assert count == "001"
                found.append(decrypt(payload, keys[tr]["key"], keys[tr]["iv"]).split("^"))
        return found

    def clear(self) -> None:
        self.texts.clear()

    def clear_frames(self) -> None:
        """Forget the data but not the acknowledgements with their keys."""
        self.texts[:] = [text for text in self.texts if text.startswith("{")]


def demand(approval: str, tr: str, key: str, kind: str = "1", **header: object) -> dict[str, Any]:
    head: dict[str, object] = {
        "approval_key": approval, "custtype": "P", "tr_type": kind, "content-type": "utf-8", **header,
    }  # fmt: skip
    head = {name: value for name, value in head.items() if value is not None}
    return {"header": head, "body": {"input": {"tr_id": tr, "tr_key": key}}}


def records_of(frame: str, tr: str) -> list[list[str]]:
    encrypted, name, count, payload = frame.split("|", 3)
    if encrypted != "0" or name != tr:
        return []
    fields = payload.split("^")
    width, rest = divmod(len(fields), int(count))
    assert rest == 0, "every record of a frame has the same number of fields"
    return [fields[at : at + width] for at in range(0, len(fields), width)]


def decrypt(payload: str, key: str, iv: str) -> str:
    decryptor = Cipher(AES256(key.encode()), CBC(iv.encode())).decryptor()
    padded = decryptor.update(base64.b64decode(payload)) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()
