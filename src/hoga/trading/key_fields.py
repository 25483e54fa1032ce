"""What a person types or pastes to connect an account: cleaned of what does not belong, and checked as it comes.

Lengths: kis.md 2.1 for KIS; Kiwoom documents none, and its keys have been seen with 43 letters, so another length there
is a doubt and no error. Nothing here ever holds, shows or counts on the content of a secret beyond its form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Field

KIS = frozenset({WireProfile.KIS_REAL, WireProfile.KIS_PAPER})
OTHER_HOST: Mapping[WireProfile, WireProfile] = MappingProxyType(
    {
        WireProfile.KIS_REAL: WireProfile.KIS_PAPER,
        WireProfile.KIS_PAPER: WireProfile.KIS_REAL,
        WireProfile.KIWOOM_REAL: WireProfile.KIWOOM_MOCK,
        WireProfile.KIWOOM_MOCK: WireProfile.KIWOOM_REAL,
    }
)
"""The same broker's other host."""
KIS_LENGTHS: Mapping[Field, int] = MappingProxyType({Field.APP_KEY: 36, Field.APP_SECRET: 180})
KIWOOM_LENGTH = 43
LONGEST = 1280
"""What every keyring takes."""
_ACCOUNT_DIGITS, _MAIN_DIGITS = 10, 8
_SHORTEST_ID = 3
_PAPER_BEGINS = "50"
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d")
_QUOTES = frozenset("\"'`\u2018\u2019\u201c\u201d")


class Removed(Enum):
    """What was taken out of a text on its way in."""

    BLANKS = "blanks"
    LINES = "line breaks"
    INVISIBLE = "invisible characters"
    FULL_WIDTH = "full-width characters"
    """Not taken out but made the letters that they stand for."""
    QUOTES = "quotation marks"


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str = field(repr=False)
    removed: frozenset[Removed] = frozenset()


class Finding(Struct, frozen=True):
    """What is wrong with a field. ``fatal``: it cannot be saved so; else it is a doubt."""

    message: Message
    fatal: bool = True


def fields_of(profile: WireProfile) -> tuple[Field, ...]:
    """What this broker needs, in the order of its own pages. The HTS id may stay empty."""
    return tuple(Field) if profile in KIS else (Field.APP_KEY, Field.APP_SECRET, Field.ACCOUNT)


def cleaned(text: str) -> Cleaned:
    """Without what comes along when keys are copied: none of it can be part of a key, an account number or an id."""
    kept: list[str] = []
    removed: set[Removed] = set()
    for letter in text:
        what, instead = _judged(letter)
        if what is not None:
            removed.add(what)
        kept.append(instead)
    return Cleaned("".join(kept), frozenset(removed))


def _judged(letter: str) -> tuple[Removed | None, str]:
    """What a letter is taken for, and what stays of it."""
    if letter in "\n\r\v\f\u2028\u2029\x85":
        return Removed.LINES, ""
    if letter.isspace():
        return Removed.BLANKS, ""
    if unicodedata.category(letter) in ("Cf", "Cc", "Mn"):
        return Removed.INVISIBLE, ""
    if "\uff01" <= letter <= "\uff5e":
        return Removed.FULL_WIDTH, chr(ord(letter) - 0xFEE0)
    if letter in _QUOTES:
        return Removed.QUOTES, ""
    return None, letter


def finding(profile: WireProfile, of: Field, text: str) -> Finding | None:
    """What is wrong with a cleaned text; None when nothing is. An empty one is not wrong yet (see ``missing``)."""
    if not text:
        return None
    if not text.isascii() and of is not Field.ACCOUNT:
        return Finding(Message("KEYS_NOT_ASCII", {"place": _first_beyond_ascii(text)}))
    if of is Field.ACCOUNT:
        return _account_finding(profile, text)
    if of is Field.HTS_ID:
        return Finding(Message("KEYS_ID_SHORT", {"least": _SHORTEST_ID})) if len(text) < _SHORTEST_ID else None
    return _key_finding(profile, of, len(text))


def missing(profile: WireProfile, of: Field) -> Finding | None:
    """What to say of a field that is empty in the end."""
    if of is Field.HTS_ID:
        return Finding(Message("KEYS_ID_MISSING"), fatal=False) if profile in KIS else None
    return Finding(Message("KEYS_EMPTY"))


def account_text(text: str) -> str:
    """An account number as it is kept: ``12345678-01``; what is no such number as it came."""
    digits = "".join(letter for letter in text if letter not in _DASHES)
    if not digits.isdigit() or not digits.isascii() or len(digits) != _ACCOUNT_DIGITS:
        return text
    return f"{digits[:_MAIN_DIGITS]}-{digits[_MAIN_DIGITS:]}"


def _account_finding(profile: WireProfile, text: str) -> Finding | None:
    digits = "".join(letter for letter in text if letter not in _DASHES)
    if not (digits.isascii() and digits.isdigit()):
        return Finding(Message("KEYS_ACCOUNT_LETTERS"))
    if len(digits) == _MAIN_DIGITS:
        return Finding(Message("KEYS_ACCOUNT_SHORT"))
    if len(digits) != _ACCOUNT_DIGITS:
        return Finding(Message("KEYS_ACCOUNT_LENGTH", {"length": len(digits)}))
    if profile is WireProfile.KIS_REAL and digits.startswith(_PAPER_BEGINS):
        return Finding(Message("KEYS_ACCOUNT_LOOKS_PAPER"), fatal=False)
    return None


def _key_finding(profile: WireProfile, of: Field, length: int) -> Finding | None:
    values: dict[str, object] = {"length": length}
    if length > LONGEST:
        return Finding(Message("KEYS_TOO_LONG", {**values, "most": LONGEST}))
    if profile not in KIS:
        if length == KIWOOM_LENGTH:
            return None
        if length in KIS_LENGTHS.values():
            return Finding(Message("KEYS_OF_KIS"), fatal=False)
        return Finding(Message("KEYS_LENGTH_UNUSUAL", {**values, "usual": KIWOOM_LENGTH}), fatal=False)
    wanted = KIS_LENGTHS[of]
    if length == wanted:
        return None
    if length in KIS_LENGTHS.values():
        return Finding(Message("KEYS_SWAPPED"))
    if length == KIWOOM_LENGTH:
        return Finding(Message("KEYS_OF_KIWOOM"))
    return Finding(Message("KEYS_LENGTH", {**values, "wanted": wanted}))


def _first_beyond_ascii(text: str) -> int:
    return next(place for place, letter in enumerate(text, start=1) if not letter.isascii())
