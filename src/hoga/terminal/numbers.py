"""Whole numbers as people type them: ``1,200``, ``１２００``, ``1.5만``, ``10k``. Exact, never through a float."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_UNITS = {"": 1, "k": 1_000, "천": 1_000, "만": 10_000, "m": 1_000_000, "억": 100_000_000}
_FORM = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>[a-z천만억]?)(?:원|주)?", re.IGNORECASE)


def whole_number(text: str) -> int:
    """The whole number meant by ``text``. Raises ValueError for anything else, fractions and signs included."""
    folded = unicodedata.normalize("NFKC", text).strip().replace(" ", "").replace("_", "").lower()
    match = _FORM.fullmatch(folded)
    if match is None or match["unit"] not in _UNITS:
        raise ValueError(f"not a number: {text!r}")
    value = Decimal(match["digits"].replace(",", "")) * _UNITS[match["unit"]]
    if value != int(value):
        raise ValueError(f"not a whole number: {text!r}")
    return int(value)
