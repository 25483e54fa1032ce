"""Keys for the stream: many live at once, 24 hours of market time each, asked for again without end (kis.md 2.3).

python-kis asks for one before every registration and in virtual mode asks the paper host with a real key, so a key
belongs to the account behind its app key, wherever it was asked for. It is proved by its own bytes: nothing is kept.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hoga.practice.api import PracticeAccount

LIFE = timedelta(hours=24)
_HEAD_BYTES = 6
_PROOF_BYTES = 10


class ApprovalDesk:
    """Hands out approval keys and says whose one is."""

    def __init__(self, ledger: str) -> None:
        self._ledger = ledger
        self._serial = 0

    def issue(self, account: PracticeAccount, now: datetime) -> str:
        """A key that no earlier call returned (until 65,536 within one second)."""
        self._serial = (self._serial + 1) % 0x10000
        head = int(now.timestamp()).to_bytes(4, "big") + self._serial.to_bytes(2, "big")
        return str(UUID(bytes=head + self._proof(head, account)))

    def owner(self, key: str, accounts: Sequence[PracticeAccount], now: datetime) -> PracticeAccount | None:
        """The account that a living key belongs to; None for a forged or too old one."""
        try:
            raw = UUID(key).bytes
        except ValueError:
            return None
        head, proof = raw[:_HEAD_BYTES], raw[_HEAD_BYTES:]
        if now.timestamp() >= int.from_bytes(head[:4], "big") + LIFE.total_seconds():
            return None
        return next((a for a in accounts if hmac.compare_digest(proof, self._proof(head, a))), None)

    def _proof(self, head: bytes, account: PracticeAccount) -> bytes:
        text = f"{self._ledger}/{account.appkey}/".encode() + head
        return hmac.digest(account.appsecret.encode(), text, "sha256")[:_PROOF_BYTES]
