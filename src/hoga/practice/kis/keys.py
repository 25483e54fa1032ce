"""App keys, tokens and approval keys: who is calling (kis.md 2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hoga.practice.api import Broker, Environment, Exchange, PracticeAccount, of_broker
from hoga.practice.kis.approvals import ApprovalDesk
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.kis.tokens import PAUSE, IssuedToken, Standing, TokenBook


class KeyRing:
    """Knows the keys of every account of the exchange. All ages count in market time."""

    def __init__(self, exchange: Exchange, settings: DoorSettings, token_file: Path | None = None) -> None:
        self._exchange = exchange
        self._accounts = of_broker(exchange, Broker.KIS)
        self._settings = settings
        self._tokens = TokenBook(exchange.ledger_id, token_file)
        self._approvals = ApprovalDesk(exchange.ledger_id)
        self._last_issue: dict[str, datetime] = {}

    def accounts_of(self, appkey: str, environment: Environment | None = None) -> tuple[PracticeAccount, ...]:
        """The accounts behind an app key, empty when it is unknown or of the other environment."""
        return tuple(
            account
            for account in self._accounts
            if account.appkey == appkey and environment in (None, account.environment)
        )

    def issue_token(self, account: PracticeAccount) -> IssuedToken | None:
        """A token; None when one was issued less than a minute ago (EGW00133)."""
        now = self._exchange.now()
        last = self._last_issue.get(account.appkey)
        if self._settings.token_minute_rule and last is not None and timedelta(0) <= now - last < PAUSE:
            return None
        self._last_issue[account.appkey] = now
        return self._tokens.issue(account, now)

    def standing(self, token: str, account: PracticeAccount) -> Standing:
        return self._tokens.standing(token, account, self._exchange.now())

    def owner_of_token(self, token: str, environment: Environment) -> PracticeAccount | None:
        """Whose valid token it is among the environment's accounts."""
        own = (account for account in self._accounts if account.environment is environment)
        return next((account for account in own if self.standing(token, account) is Standing.VALID), None)

    def revoke_token(self, token: str, account: PracticeAccount) -> bool:
        """Whether there was such a living token; revoking lets the next one be issued at once."""
        if not self._tokens.revoke(token, account, self._exchange.now()):
            return False
        self._last_issue.pop(account.appkey, None)
        return True

    def expire_tokens(self) -> None:
        """A fault: all tokens end now (EGW00123), and a new one may be had at once."""
        self._tokens.expire_all()
        self._last_issue.clear()

    def issue_approval(self, account: PracticeAccount) -> str:
        return self._approvals.issue(account, self._exchange.now())

    def account_for_approval(self, key: str, environment: Environment) -> PracticeAccount | None:
        """Whose approval key it is; None when unknown, too old, or of the other environment's app key."""
        own = [account for account in self._accounts if account.environment is environment]
        return self._approvals.owner(key, own, self._exchange.now())
