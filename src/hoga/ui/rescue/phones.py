"""Whom to call: the brokers' public customer lines, as they stand on their own pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from hoga.base.message import Language
from hoga.domain.accounts import WireProfile


class Phone(Struct, frozen=True):
    """A broker and the number of its customer centre inside Korea."""

    ko: str
    en: str
    number: str


_KIS = Phone("한국투자증권", "Korea Investment & Securities", "1544-5000")
_KIWOOM = Phone("키움증권", "Kiwoom Securities", "1544-9000")
PHONES: Mapping[WireProfile, Phone] = MappingProxyType(
    {
        WireProfile.KIS_REAL: _KIS,
        WireProfile.KIS_PAPER: _KIS,
        WireProfile.KIWOOM_REAL: _KIWOOM,
        WireProfile.KIWOOM_MOCK: _KIWOOM,
    }
)


def broker_name(profile: WireProfile, language: Language) -> str:
    phone = PHONES[profile]
    return phone.ko if language is Language.KO else phone.en


def phone_line(profile: WireProfile, language: Language) -> str:
    """한국투자증권 고객센터 1544-5000."""
    centre = "고객센터 " if language is Language.KO else ""
    return f"{broker_name(profile, language)} {centre}{PHONES[profile].number}"
