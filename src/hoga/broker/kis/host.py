"""Where a KIS connection goes and with which keys."""

from __future__ import annotations

from msgspec import Struct

from hoga.base.secret_store import Secret
from hoga.broker.addresses import Address, PaperAddress, PracticeAddress, PublicAddress, RealAddress
from hoga.broker.hosts import OWN, checked_name, name_of, one_stakes
from hoga.broker.unlocking import Unlocked
from hoga.domain.accounts import WireProfile

_PROFILES = (WireProfile.KIS_REAL, WireProfile.KIS_PAPER)

REAL_REST = "https://openapi.koreainvestment.com:9443"
REAL_WS = "ws://ops.koreainvestment.com:21000"
PAPER_REST = "https://openapivts.koreainvestment.com:29443"
PAPER_WS = "ws://ops.koreainvestment.com:31000"
MASTERS = "https://new.real.download.dws.co.kr/common/master"
"""The broker's own hosts (kis.md 1). Its live connection is not encrypted; fill notices are, by themselves."""
_MASTER_PATH = "/common/master"


class KisHost(Struct, frozen=True):
    """The addresses of one environment. ``name`` tells hosts apart in connection ids: ``practice-3f9a``.

    ``masters`` is where the symbol files lie: at the broker's public place, or on the REST host, as Practice has them.
    Raises ValueError for addresses that are not of one kind.
    """

    profile: WireProfile
    rest: Address
    ws: Address
    name: str
    masters: Address

    def __post_init__(self) -> None:
        if self.profile not in _PROFILES:
            raise ValueError(f"{self.profile.value} is no dialect of KIS")
        checked_name(self.name)
        one_stakes(self.profile, self.rest, self.ws)

    @property
    def is_paper(self) -> bool:
        return self.profile is WireProfile.KIS_PAPER

    @classmethod
    def on_practice(cls, profile: WireProfile, rest: str, ws: str, name: str, masters: str = "") -> KisHost:
        """The practice exchange on this machine. Raises AddressRefused for any other."""
        at = PracticeAddress(rest, "http", "https")
        files = PracticeAddress(masters, "http", "https") if masters else at.at(_MASTER_PATH)
        return cls(profile, at, PracticeAddress(ws, "ws", "wss"), name, files)

    @classmethod
    def elsewhere(cls, profile: WireProfile, rest: str, ws: str) -> KisHost:
        """A host that a person has entered by hand. Raises AddressRefused, for a broker's own addresses too."""
        at = PracticeAddress.elsewhere(rest, "http", "https")
        return cls(profile, at, PracticeAddress.elsewhere(ws, "ws", "wss"), name_of(at), at.at(_MASTER_PATH))

    @classmethod
    def paper(cls) -> KisHost:
        """The broker's own host without real money."""
        rest, ws = PaperAddress(PAPER_REST), PaperAddress(PAPER_WS)
        return cls(WireProfile.KIS_PAPER, rest, ws, OWN, PublicAddress(MASTERS))

    @classmethod
    def real(cls, unlocked: Unlocked) -> KisHost:
        """The broker's own host with real money. Raises NotUnlocked."""
        rest, ws = RealAddress(REAL_REST, unlocked), RealAddress(REAL_WS, unlocked)
        return cls(WireProfile.KIS_REAL, rest, ws, OWN, PublicAddress(MASTERS))


class KisKeys(Struct, frozen=True):
    """App key and secret; ``hts_id`` is needed for fill notices alone and may be missing."""

    appkey: Secret
    appsecret: Secret
    hts_id: Secret | None = None
