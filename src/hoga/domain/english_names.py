"""English names of well-known Korean issues: the brokers' symbol files have Korean ones alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from hoga.domain.tables import Strict, load

_BARE_CODE = 6


class _File(Strict, frozen=True, forbid_unknown_fields=True):
    source: str
    names: dict[str, str]


@cache
def english_names() -> Mapping[str, str]:
    """Every English name on file by bare short code."""
    return MappingProxyType(load("english_names.json", _File).names)


def english_name(code: str) -> str:
    """What the issue is called in English, or "" where that is not on file. ETNs go with or without their ``Q``."""
    bare = code[1:] if len(code) == _BARE_CODE + 1 and code.startswith("Q") else code
    return english_names().get(bare, "")
