"""App keys and tokens: who is calling (kiwoom.md 2)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoga.practice.api import Broker, Environment, Exchange, PracticeAccount, of_broker
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.kiwoom.tokens import KiwoomTokens


class KiwoomKeys:
    """Knows the keys of every Kiwoom account of the exchange. All ages count in market time."""

    def __init__(self, exchange: Exchange, settings: KiwoomSettings, token_file: Path | None = None) -> None:
        self._exchange = exchange
        self._settings = settings
        self._accounts = of_broker(exchange, Broker.KIWOOM)
        self._tokens = KiwoomTokens(exchange.ledger_id, token_file)

    def accounts_of(self, appkey: str, environment: Environment | None = None) -> tuple[PracticeAccount, ...]:
        """The account behind an app key (one at most), empty when it is unknown or of the other environment."""
        return tuple(
            account
            for account in self._accounts
            if account.appkey == appkey and environment in (None, account.environment)
        )

    def issue_token(self, account: PracticeAccount) -> tuple[str, datetime]:
        return self._tokens.issue(account, self._exchange.now(), kill=self._settings.second_token_kills)

    def owner_of_token(self, token: str) -> PracticeAccount | None:
        """Whose valid token it is, of either environment."""
        return self._tokens.owner(token, self._accounts, self._exchange.now())

    def revoke_token(self, token: str, account: PracticeAccount) -> bool:
        return self._tokens.revoke(token, account, self._exchange.now())

    def expire_tokens(self) -> None:
        self._tokens.expire_all()
