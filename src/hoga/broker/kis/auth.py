"""OAuth of KIS: access tokens and keys of the live connection (kis.md 2). Its errors have a shape of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from hoga.base.clock import KST, MarketClock
from hoga.base.secret_store import Secret
from hoga.broker.fields import Fields, decode_json
from hoga.broker.kis.host import KisKeys
from hoga.broker.kis.ids import APPROVAL_PATH, TOKEN_PATH
from hoga.broker.kis.wording import explain
from hoga.broker.throttle import Lane, Throttle
from hoga.broker.tokens import TokenRefused
from hoga.broker.transport import HttpCall, HttpReply, MayHaveArrived, Send

TOO_OFTEN = "EGW00133"
_JSON = {"content-type": "application/json; charset=utf-8"}
_FORMAT = "%Y-%m-%d %H:%M:%S"


class KisAuth:
    """Asks one host for tokens and approval keys. Nothing is kept here."""

    def __init__(self, keys: KisKeys, clock: MarketClock, throttle: Throttle, send: Send) -> None:
        self._keys = keys
        self._clock = clock
        self._throttle = throttle
        self._send = send

    async def token(self) -> tuple[Secret, datetime]:
        """A token and its aware expiry. Raises TokenRefused or TransportError."""
        began = self._clock.now()
        answer = await self._ask(TOKEN_PATH, "appsecret")
        value = answer.optional("access_token")
        if not value:
            raise _refusal(answer)
        return Secret(value), _expiry(answer, began)

    async def approval_key(self) -> Secret:
        """A key for one live connection. Raises TokenRefused or TransportError."""
        answer = await self._ask(APPROVAL_PATH, "secretkey")
        value = answer.optional("approval_key")
        if not value:
            raise _refusal(answer)
        return Secret(value)

    async def _ask(self, path: str, secret_name: str) -> Fields:
        body = {
            "grant_type": "client_credentials",
            "appkey": self._keys.appkey.reveal(),
            secret_name: self._keys.appsecret.reveal(),
        }
        with await self._throttle.turn(Lane.ORDER):
            reply = await self._send(HttpCall("POST", path, headers=_JSON, body=msgspec.json.encode(body)))
        return Fields("oauth", _readable(reply))


def _readable(reply: HttpReply) -> dict[str, Any]:
    data = decode_json(reply.body)
    if data is None:
        raise MayHaveArrived(f"an unreadable answer with status {reply.status}")
    return data


def _refusal(answer: Fields) -> TokenRefused:
    code = answer.optional("error_code", "msg_cd")
    text = answer.optional("error_description", "msg1")
    return TokenRefused(explain(code, text), code, text, soon=code == TOO_OFTEN)


def _expiry(answer: Fields, began: datetime) -> datetime:
    """The earlier of the two times that the answer gives, if its printed one is on our clock at all.

    The printed time is Korean wall time without a zone (quirk 13); where market time is not the wall's (Practice on a
    day of the past) only the life in seconds means anything.
    """
    seconds = answer.optional("expires_in")
    printed = answer.optional("access_token_token_expired")
    life = timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() else timedelta(hours=24)
    end = began + life
    try:
        stated = datetime.strptime(printed, _FORMAT).replace(tzinfo=KST)
    except ValueError:
        return end
    return stated if began < stated < end else end
