"""Numbers as people type them: commas, spaces, full-width digits, 만, 억, 천, k, %, and M for all of it.

Exact: a decimal text is read as a decimal, never as a float. What cannot be read is None, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

_UNITS = {"억": 100_000_000, "만": 10_000, "천": 1_000, "k": 1_000}
_PART = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(억|만|천|k)?")
_MOST_DIGITS = 18
_ALL = {"m": 100, "m2": 50, "m4": 25}


class Plain(Struct, frozen=True):
    """A bare number: what it counts is the field's business."""

    value: Decimal


class Won(Struct, frozen=True):
    """A number that was written as a sum of money (``500만원``)."""

    value: Decimal


class Part(Struct, frozen=True):
    """A share of what there is, in percent: ``25%``, ``M`` = 100, ``M2`` = 50, ``M4`` = 25."""

    percent: Decimal


Typed: TypeAlias = Plain | Won | Part


def read(text: str) -> Typed | None:
    """What was typed, or None where it is no number. The key M gives ``ㅡ`` while Hangul is on: read as M."""
    clean = unicodedata.normalize("NFKC", text).lower()
    clean = re.sub(r"[\s,_]", "", clean).replace("ㅡ", "m").replace("\u1173", "m")
    if clean in _ALL:
        return Part(Decimal(_ALL[clean]))
    if clean.endswith("%"):
        value = _sum(clean[:-1])
        return Part(value) if value is not None and value <= 100 else None
    if clean.endswith("원") or clean.startswith(("₩", "\\")):
        value = _sum(clean.removesuffix("원").lstrip("₩\\"))
        return None if value is None else Won(value)
    value = _sum(clean.removesuffix("주"))
    return None if value is None else Plain(value)


def whole(value: Decimal) -> int | None:
    """The number as a whole one; None when it has a fraction."""
    return int(value) if value == value.to_integral_value() else None


def _sum(text: str) -> Decimal | None:
    """``1억2000만`` as the sum of its parts, whose units must fall from left to right."""
    total, at, ceiling = Decimal(0), 0, None
    if not text:
        return None
    while at < len(text):
        found = _PART.match(text, at)
        if found is None or sum(c.isdigit() for c in found[1]) > _MOST_DIGITS:
            return None
        unit = _UNITS.get(found[2] or "", 1)
        if ceiling is not None and unit >= ceiling:
            return None
        total, at, ceiling = total + Decimal(found[1]) * unit, found.end(), unit
    return total
