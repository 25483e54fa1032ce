"""Where a Kiwoom connection goes and with which keys."""

from __future__ import annotations

from msgspec import Struct

from hoga.base.secret_store import Secret
from hoga.broker.addresses import Address, PaperAddress, PracticeAddress, RealAddress
from hoga.broker.hosts import OWN, checked_name, name_of, one_stakes
from hoga.broker.unlocking import Unlocked
from hoga.domain.accounts import WireProfile

_PROFILES = (WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK)

REAL_REST = "https://api.kiwoom.com"
REAL_WS = "wss://api.kiwoom.com:10000"
MOCK_REST = "https://mockapi.kiwoom.com"
MOCK_WS = "wss://mockapi.kiwoom.com:10000"
"""The broker's own hosts (kiwoom.md 1)."""


class KiwoomHost(Struct, frozen=True):
    """The addresses of one environment: REST, and the live connection's root without its path.

    ``name`` tells hosts apart in connection ids. Raises ValueError for addresses that are not of one kind.
    """

    profile: WireProfile
    rest: Address
    ws: Address
    name: str

    def __post_init__(self) -> None:
        if self.profile not in _PROFILES:
            raise ValueError(f"{self.profile.value} is no dialect of Kiwoom")
        checked_name(self.name)
        one_stakes(self.profile, self.rest, self.ws)

    @property
    def is_mock(self) -> bool:
        return self.profile is WireProfile.KIWOOM_MOCK

    @classmethod
    def on_practice(cls, profile: WireProfile, rest: str, ws: str, name: str) -> KiwoomHost:
        """The practice exchange on this machine. Raises AddressRefused for any other."""
        return cls(profile, PracticeAddress(rest, "http", "https"), PracticeAddress(ws, "ws", "wss"), name)

    @classmethod
    def elsewhere(cls, profile: WireProfile, rest: str, ws: str) -> KiwoomHost:
        """A host that a person has entered by hand. Raises AddressRefused, for a broker's own addresses too."""
        at = PracticeAddress.elsewhere(rest, "http", "https")
        return cls(profile, at, PracticeAddress.elsewhere(ws, "ws", "wss"), name_of(at))

    @classmethod
    def mock(cls) -> KiwoomHost:
        """The broker's own host without real money."""
        return cls(WireProfile.KIWOOM_MOCK, PaperAddress(MOCK_REST), PaperAddress(MOCK_WS), OWN)

    @classmethod
    def real(cls, unlocked: Unlocked) -> KiwoomHost:
        """The broker's own host with real money. Raises NotUnlocked."""
        rest, ws = RealAddress(REAL_REST, unlocked), RealAddress(REAL_WS, unlocked)
        return cls(WireProfile.KIWOOM_REAL, rest, ws, OWN)


class KiwoomKeys(Struct, frozen=True):
    """The pair of one account at one environment: the account hangs on the key, no call names it (kiwoom.md 2.3)."""

    appkey: Secret
    secretkey: Secret
