"""Where a KIS connection goes and with which keys."""

from __future__ import annotations

from dataclasses import dataclass

from hoga.base.secret_store import Secret
from hoga.broker.hosts import checked_address, checked_name
from hoga.domain.accounts import WireProfile

_PROFILES = (WireProfile.KIS_REAL, WireProfile.KIS_PAPER)


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
        checked_name(self.name)
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
