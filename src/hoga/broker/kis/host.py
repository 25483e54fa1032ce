"""Where a KIS connection goes and with which keys."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from hoga.base.secret_store import Secret
from hoga.broker.hosts import checked_address, stakes_of
from hoga.domain.accounts import Account, ConnectionId, PracticeAccount, Stakes, WireProfile

_PROFILES = (WireProfile.KIS_REAL, WireProfile.KIS_PAPER)
_ACCOUNT = re.compile(r"(\d{8})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class KisHost:
    """The addresses of one environment. ``name`` tells hosts apart in connection ids: ``practice-3f9a``.

    Raises AddressRefused for anything but this machine. ``masters`` is where the symbol files lie; by default on the
    REST host, as Practice has them.
    """

    profile: WireProfile
    rest: str
    ws: str
    name: str
    masters: str = ""

    def __post_init__(self) -> None:
        if self.profile not in _PROFILES:
            raise ValueError(f"{self.profile.value} is no dialect of KIS")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", self.name):
            raise ValueError(f"not a host name for connections: {self.name!r}")
        object.__setattr__(self, "rest", checked_address(self.rest, "http", "https"))
        object.__setattr__(self, "ws", checked_address(self.ws, "ws", "wss"))
        masters = self.masters or f"{self.rest}/common/master"
        object.__setattr__(self, "masters", checked_address(masters, "http", "https"))

    @property
    def is_paper(self) -> bool:
        return self.profile is WireProfile.KIS_PAPER


@dataclass(frozen=True, slots=True)
class KisKeys:
    """App key and secret; ``hts_id`` is needed for fill notices alone and may be missing."""

    appkey: Secret
    appsecret: Secret
    hts_id: Secret | None = None


@dataclass(frozen=True, slots=True, repr=False)
class KisAccountNumber:
    """``12345678-01`` as the wire wants it, in two parts. Never printed."""

    cano: str
    product: str

    @classmethod
    def parse(cls, text: str) -> KisAccountNumber:
        """Raises ValueError, without the text, when it is not 8+2 digits."""
        match = _ACCOUNT.fullmatch(text.strip())
        if match is None:
            raise ValueError("an account number has 8 and 2 digits: 12345678-01")
        return cls(match[1], match[2])

    @property
    def digits(self) -> str:
        return self.cano + self.product

    @property
    def label(self) -> str:
        """The masked number, safe to show and store."""
        return f"******{self.cano[-2:]}-{self.product}"


def account_at(host: KisHost, number: KisAccountNumber) -> Account:
    """The desk's view of an account at ``host``. Its connection id holds four digits of a hash, not of the number."""
    tail = hashlib.sha256(number.digits.encode()).hexdigest()[:4]
    connection = ConnectionId(f"{host.profile.value}@{host.name}-{tail}")
    if stakes_of(host.rest, host.ws) is not Stakes.PRACTICE:
        raise AssertionError("no address beyond this machine can have been let through")
    return PracticeAccount(connection, number.label, host.profile)
