"""Token issue au10001 and revoke au10002 (kiwoom.md 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from hoga.practice.api import Environment, Exchange, PracticeAccount
from hoga.practice.kiwoom.errors import published, throttled
from hoga.practice.kiwoom.fields import Fields
from hoga.practice.kiwoom.keys import KiwoomKeys
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.pace import BurstPace

ISSUE, REVOKE = "au10001", "au10002"
PATHS: Mapping[str, str] = {"/oauth2/token": ISSUE, "/oauth2/revoke": REVOKE}
_GRANT = "client_credentials"


class TokenDesk:
    """Answers ``/oauth2/*``. Raises Refused."""

    def __init__(
        self, keys: KiwoomKeys, settings: KiwoomSettings, exchange: Exchange, machine: Callable[[], datetime]
    ) -> None:
        self._keys = keys
        self._settings = settings
        self._exchange = exchange
        self._machine = machine
        self._pace = BurstPace()

    def answer(self, environment: Environment, path: str, body: bytes) -> Mapping[str, object]:
        fields = Fields.of_body(body, strict=self._settings.strict_bodies)
        if PATHS[path] == ISSUE:
            return self._issue(environment, fields)
        account = self._owner(environment, fields)
        if not fields.text("token"):
            raise published("8016")
        if not self._keys.revoke_token(fields.text("token"), account):
            raise published("8015")
        return {}

    def _issue(self, environment: Environment, fields: Fields) -> Mapping[str, object]:
        if not fields.text("grant_type"):
            raise published("8011")
        if fields.text("grant_type") != _GRANT:
            raise published("8012")
        account = self._owner(environment, fields)
        if self._settings.rate_limits and not self._pace.admit(
            account.appkey, self._exchange.now(), self._settings.tokens_per_second, 1
        ):
            raise throttled(ISSUE)
        token, until = self._keys.issue_token(account)
        if self._settings.expiry_in_machine_time:
            until = self._machine() + (until - self._exchange.now())
        return {"expires_dt": f"{until:%Y%m%d%H%M%S}", "token_type": "Bearer", "token": token}

    def _owner(self, environment: Environment, fields: Fields) -> PracticeAccount:
        appkey, secret = fields.text("appkey"), fields.text("secretkey")
        if not appkey or not secret:
            raise published("8020")
        accounts = self._keys.accounts_of(appkey)
        if not accounts or accounts[0].appsecret != secret:
            raise published("8001")
        if accounts[0].environment is not environment:
            raise published("8030")
        return accounts[0]
