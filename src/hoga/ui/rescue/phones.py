"""Whom to call: the brokers' public customer lines, as they stand on their own pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hoga.base.message import Language
from hoga.domain.accounts import WireProfile


@dataclass(frozen=True, slots=True)
class Phone:
    """A customer centre and its number inside Korea."""

    ko: str
    en: str
    number: str


_KIS = Phone("한국투자증권 고객센터", "Korea Investment & Securities", "1544-5000")
_KIWOOM = Phone("키움증권 고객센터", "Kiwoom Securities", "1544-9000")
PHONES: Mapping[WireProfile, Phone] = MappingProxyType(
    {
        WireProfile.KIS_REAL: _KIS,
        WireProfile.KIS_PAPER: _KIS,
        WireProfile.KIWOOM_REAL: _KIWOOM,
        WireProfile.KIWOOM_MOCK: _KIWOOM,
    }
)


def phone_line(profile: WireProfile, language: Language) -> str:
    """한국투자증권 고객센터 1544-5000."""
    phone = PHONES[profile]
    return f"{phone.ko if language is Language.KO else phone.en} {phone.number}"
