"""Tokens, stream keys and body hashes: the calls that come before a TR (kis.md 2).

Their refusals have a shape of their own: ``error_code`` and ``error_description``, HTTP 403, no ``rt_cd``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.kis.errors import gateway_text
from hoga.practice.kis.keys import KeyRing
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.reading import read_json

_GRANT = "client_credentials"


class OAuthRefused(Exception):
    """``code`` is an EGW code of kis.md 1.6."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def body(self) -> Mapping[str, object]:
        return {"error_description": gateway_text(self.code), "error_code": self.code}


class OAuthDesk:
    """Answers ``/oauth2/*`` and ``/uapi/hashkey``."""

    def __init__(
        self, keys: KeyRing, settings: DoorSettings, market: Callable[[], datetime], machine: Callable[[], datetime]
    ) -> None:
        self._keys = keys
        self._settings = settings
        self._market = market
        self._machine = machine

    def token(self, environment: Environment, body: bytes) -> Mapping[str, object]:
        """The same token within six hours. Raises OAuthRefused, EGW00133 within a minute of the last one."""
        fields = _fields(body)
        _check_grant(fields)
        account = self._owner(fields, "appsecret", environment)
        issued = self._keys.issue_token(account)
        if issued is None:
            raise OAuthRefused("EGW00133")
        left = issued.until - self._market()
        end = self._machine() + left if self._settings.expiry_in_machine_time else issued.until
        return {
            "access_token": issued.text,
            "access_token_token_expired": f"{end:%Y-%m-%d %H:%M:%S}",
            "token_type": "Bearer",
            "expires_in": int(left.total_seconds()),
        }

    def revoke(self, environment: Environment, body: bytes) -> Mapping[str, object]:
        """Raises OAuthRefused for a token that is not alive.

        python-kis in virtual mode gives both its tokens back to the paper host with the paper key: a real token that is
        revoked there is taken back too.
        """
        fields = _fields(body)
        self._owner(fields, "appsecret", environment)
        token = fields.get("token", "")
        for place in Environment:
            owner = self._keys.owner_of_token(token, place)
            if owner is not None:
                self._keys.revoke_token(token, owner)
                return {"code": 200, "message": "접근토큰 폐기에 성공하였습니다"}
        raise OAuthRefused("EGW00121")

    def approval(self, environment: Environment, body: bytes) -> Mapping[str, object]:
        """A new stream key at each call. The paper host gives one for a real app key too (python-kis needs it)."""
        fields = _fields(body)
        _check_grant(fields)
        asked = None if environment is Environment.PAPER else environment
        return {"approval_key": self._keys.issue_approval(self._owner(fields, "secretkey", asked))}

    def hashkey(self, body: bytes) -> Mapping[str, object]:
        """The body and its hash; nothing here ever checks one (kis.md 2.4)."""
        return {"BODY": _decoded(body) or {}, "HASH": hashlib.sha256(body).hexdigest()}

    def _owner(self, fields: Mapping[str, str], secret: str, environment: Environment | None) -> PracticeAccount:
        if not fields.get("appkey"):
            raise OAuthRefused("EGW00102")
        accounts = self._keys.accounts_of(fields["appkey"], environment)
        if not accounts:
            raise OAuthRefused("EGW00103")
        if not fields.get(secret):
            raise OAuthRefused("EGW00104")
        if fields[secret] != accounts[0].appsecret:
            raise OAuthRefused("EGW00105")
        return accounts[0]


def _check_grant(fields: Mapping[str, str]) -> None:
    if not fields.get("grant_type"):
        raise OAuthRefused("EGW00115")
    if fields["grant_type"] != _GRANT:
        raise OAuthRefused("EGW00116")


def _decoded(body: bytes) -> Mapping[str, object] | None:
    decoded = read_json(body)
    return decoded if isinstance(decoded, dict) else None


def _fields(body: bytes) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in (_decoded(body) or {}).items()}
