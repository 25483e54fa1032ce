"""Where a Kiwoom connection goes and with which keys."""

from __future__ import annotations

from dataclasses import dataclass

from hoga.base.secret_store import Secret
from hoga.broker.hosts import checked_address, checked_name
from hoga.domain.accounts import WireProfile

_PROFILES = (WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK)


@dataclass(frozen=True, slots=True)
class KiwoomHost:
    """The addresses of one environment: REST, and the live connection's root without its path.

    Raises AddressRefused for anything but this machine. ``name`` tells hosts apart in connection ids.
    """

    profile: WireProfile
    rest: str
    ws: str
    name: str

    def __post_init__(self) -> None:
        if self.profile not in _PROFILES:
            raise ValueError(f"{self.profile.value} is no dialect of Kiwoom")
        checked_name(self.name)
        object.__setattr__(self, "rest", checked_address(self.rest, "http", "https"))
        object.__setattr__(self, "ws", checked_address(self.ws, "ws", "wss"))

    @property
    def is_mock(self) -> bool:
        return self.profile is WireProfile.KIWOOM_MOCK


@dataclass(frozen=True, slots=True)
class KiwoomKeys:
    """The pair of one account at one environment: the account hangs on the key, no call names it (kiwoom.md 2.3)."""

    appkey: Secret
    secretkey: Secret
