"""Access tokens: 24 hours of market time, the same one within six hours, known again after a restart (kis.md 2.1).

A token is signed with its key's secret, so a made-up one is told from one that this exchange gave out and forgot. What
is kept, in memory and in an optional file, is when each was issued, never the token itself.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path

import msgspec

from hoga.base.clock import KST
from hoga.practice.api import PracticeAccount
from hoga.practice.issues import Issue, fingerprint, load_issues, save_issues

LIFE = timedelta(hours=24)
SAME_WITHIN = timedelta(hours=6)
PAUSE = timedelta(minutes=1)


class Standing(Enum):
    """What a presented token is worth."""

    VALID = auto()
    EXPIRED = auto()
    """Its time is over, or it is ours but unknown: the client asks for a new one."""
    INVALID = auto()
    """Not ours, another key's, or revoked."""


class IssuedToken(msgspec.Struct, frozen=True):
    """A token to hand out and the market moment at which it ends."""

    text: str
    until: datetime


class TokenBook:
    """Every token that this ledger's exchange gave out and that has not run out."""

    def __init__(self, ledger: str, path: Path | None = None) -> None:
        self._ledger = ledger
        self._path = path
        self._issues: list[Issue] = load_issues(path)

    def issue(self, account: PracticeAccount, now: datetime) -> IssuedToken:
        """The present token while it is younger than six hours, else a new one."""
        key = fingerprint(account.appkey)
        latest = self._latest(key)
        if latest is not None and latest.at <= now.timestamp() < latest.at + SAME_WITHIN.total_seconds():
            return self._token(latest, account)
        at = int(now.timestamp())
        serial = 1 + max((issue.serial for issue in self._issues), default=0)
        fresh = Issue(key, serial, at, at + int(LIFE.total_seconds()))
        self._issues = [issue for issue in self._issues if issue.until > at - LIFE.total_seconds()]
        self._issues.append(fresh)
        self._save()
        return self._token(fresh, account)

    def standing(self, token: str, account: PracticeAccount, now: datetime) -> Standing:
        serial = self._read(token, account)
        if serial is None:
            return Standing.INVALID
        issue = next((i for i in self._issues if i.serial == serial and i.key == fingerprint(account.appkey)), None)
        if issue is None:
            return Standing.EXPIRED
        if issue.revoked:
            return Standing.INVALID
        return Standing.EXPIRED if issue.expired or now.timestamp() >= issue.until else Standing.VALID

    def revoke(self, token: str, account: PracticeAccount, now: datetime) -> bool:
        """Whether there was such a living token."""
        if self.standing(token, account, now) is not Standing.VALID:
            return False
        serial = self._read(token, account)
        for issue in self._issues:
            issue.revoked = issue.revoked or issue.serial == serial
        self._save()
        return True

    def expire_all(self) -> None:
        """A fault: every token is past its time from now on."""
        for issue in self._issues:
            issue.expired = True
        self._save()

    def _latest(self, key: str) -> Issue | None:
        living = [i for i in self._issues if i.key == key and not i.expired and not i.revoked]
        return max(living, key=lambda issue: issue.serial, default=None)

    def _token(self, issue: Issue, account: PracticeAccount) -> IssuedToken:
        payload = msgspec.json.encode(
            {"iss": "practice", "led": self._ledger, "sub": issue.key, "jti": issue.serial, "iat": issue.at}
        )
        signed = f"{_HEADER}.{_b64(payload)}"
        return IssuedToken(f"{signed}.{_signature(signed, account)}", datetime.fromtimestamp(issue.until, KST))

    def _read(self, token: str, account: PracticeAccount) -> int | None:
        """The serial number of a token signed with the account's secret; 0 for another ledger's, None if forged."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(_signature(signed, account).encode(), signature.encode()):
            return None
        payload = msgspec.json.decode(_unb64(signed.partition(".")[2]))
        return int(payload["jti"]) if payload["led"] == self._ledger else 0

    def _save(self) -> None:
        save_issues(self._path, self._issues)


def _signature(signed: str, account: PracticeAccount) -> str:
    return _b64(hmac.digest(account.appsecret.encode(), f"{account.appkey}{signed}".encode(), "sha256"))


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_HEADER = _b64(b'{"typ":"JWT","alg":"HS256"}')
