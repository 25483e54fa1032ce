"""Access tokens: 86 letters that live a day of market time (kiwoom.md 2.3).

A token is proved by its own bytes. What is kept, in memory and in an optional file, is when each was issued.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hoga.base.clock import KST
from hoga.practice.api import PracticeAccount
from hoga.practice.issues import Issue, fingerprint, load_issues, save_issues

LIFE = timedelta(hours=24)


class KiwoomTokens:
    """Every token that this ledger's exchange gave to Kiwoom's clients."""

    def __init__(self, ledger: str, path: Path | None = None) -> None:
        self._ledger = ledger
        self._path = path
        self._issues = load_issues(path)

    def issue(self, account: PracticeAccount, now: datetime, *, kill: bool) -> tuple[str, datetime]:
        """A token and the moment at which it ends. While one lives it comes again, or with ``kill`` dies."""
        key, at = fingerprint(account.appkey), int(now.timestamp())
        living = [issue for issue in self._issues if issue.key == key and issue.lives(at)]
        if living and not kill:
            return self._told(living[-1], account)
        for issue in living:
            issue.revoked = True
        serial = 1 + max((issue.serial for issue in self._issues), default=0)
        fresh = Issue(key, serial, at, at + int(LIFE.total_seconds()))
        self._issues = [*(issue for issue in self._issues if issue.until > at), fresh]
        save_issues(self._path, self._issues)
        return self._told(fresh, account)

    def owner(self, token: str, accounts: Sequence[PracticeAccount], now: datetime) -> PracticeAccount | None:
        """Whose living token it is; None for a forged, replaced, revoked or too old one."""
        return next((account for account in accounts if self._living(token, account, now) is not None), None)

    def revoke(self, token: str, account: PracticeAccount, now: datetime) -> bool:
        """Whether there was such a living token."""
        issue = self._living(token, account, now)
        if issue is None:
            return False
        issue.revoked = True
        save_issues(self._path, self._issues)
        return True

    def expire_all(self) -> None:
        """A fault: every token is past its time from now on."""
        for issue in self._issues:
            issue.expired = True
        save_issues(self._path, self._issues)

    def _living(self, token: str, account: PracticeAccount, now: datetime) -> Issue | None:
        key = fingerprint(account.appkey)
        for issue in self._issues:
            if issue.key == key and issue.lives(now.timestamp()) and self._is(token, issue, account):
                return issue
        return None

    def _is(self, token: str, issue: Issue, account: PracticeAccount) -> bool:
        return hmac.compare_digest(token.encode(), self._text(issue, account).encode())

    def _told(self, issue: Issue, account: PracticeAccount) -> tuple[str, datetime]:
        return self._text(issue, account), datetime.fromtimestamp(issue.until, KST)

    def _text(self, issue: Issue, account: PracticeAccount) -> str:
        signed = f"{self._ledger}/{account.appkey}/{issue.serial}/{issue.at}".encode()
        return base64.urlsafe_b64encode(hmac.digest(account.appsecret.encode(), signed, "sha512")).decode().rstrip("=")
