"""Tokens of Kiwoom (kiwoom.md 2). One issuer at a time: a second token may end the first."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from hoga.base.clock import KST, MarketClock
from hoga.base.secret_store import Secret
from hoga.broker.fields import decode_json
from hoga.broker.kiwoom.answers import THROTTLED, verdict
from hoga.broker.kiwoom.fields import top
from hoga.broker.kiwoom.host import KiwoomKeys
from hoga.broker.kiwoom.ids import TOKEN
from hoga.broker.kiwoom.pace import KiwoomPace
from hoga.broker.throttle import Lane
from hoga.broker.tokens import TokenRefused
from hoga.broker.transport import HttpCall, MayHaveArrived, Send

BETWEEN_ISSUES = timedelta(seconds=5)
"""Issues are limited more tightly than queries, but nobody has measured how (kiwoom.md 2.3)."""

_LONGEST_LIFE = timedelta(hours=24)
_FORMAT = "%Y%m%d%H%M%S"


class KiwoomAuth:
    """Asks one host for tokens. Nothing is kept here."""

    def __init__(self, keys: KiwoomKeys, clock: MarketClock, pace: KiwoomPace, send: Send) -> None:
        self._keys = keys
        self._clock = clock
        self._pace = pace
        self._send = send

    async def token(self) -> tuple[Secret, datetime]:
        """A token and its aware expiry. Raises TokenRefused or TransportError."""
        began = self._clock.now()
        body = {
            "grant_type": "client_credentials",
            "appkey": self._keys.appkey.reveal(),
            "secretkey": self._keys.secretkey.reveal(),
        }
        headers = {"content-type": "application/json;charset=UTF-8", "api-id": TOKEN.api_id}
        with await self._pace.turn(TOKEN.api_id, Lane.ORDER):
            reply = await self._send(HttpCall("POST", TOKEN.path, headers=headers, body=msgspec.json.encode(body)))
        data = decode_json(reply.body)
        if data is None:
            raise MayHaveArrived(f"an unreadable answer with status {reply.status}")
        said, answer = verdict(data), top("token", data)
        value = answer.optional("token")
        if said.result != 0 or not value:
            raise TokenRefused(said.why, said.code, said.text, soon=said.code in THROTTLED)
        return Secret(value), expiry(answer.optional("expires_dt"), began)


def expiry(printed: str, began: datetime) -> datetime:
    """``expires_dt`` is the only authority (kiwoom.md 2.3), if it is on our clock at all: where market time is not the
    wall's (Practice on a day of the past) a day is taken, which is longer than any token lived."""
    try:
        stated = datetime.strptime(printed, _FORMAT).replace(tzinfo=KST)
    except ValueError:
        return began + _LONGEST_LIFE
    return stated if began < stated < began + _LONGEST_LIFE else began + _LONGEST_LIFE
