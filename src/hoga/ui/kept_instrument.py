"""An instrument as it is kept in the state: ``KR:005930``."""

from __future__ import annotations

from typing import Any

from hoga.domain.instruments import Country, InstrumentId


def read_instrument(text: Any) -> InstrumentId | None:
    """None for anything else."""
    country, _, code = text.partition(":") if isinstance(text, str) else ("", "", "")
    if not code.strip() or code != code.strip() or country not in {one.value for one in Country}:
        return None
    return InstrumentId(code, Country(country))
