"""Codes of instruments: hoga has the bare one at every broker; KIS writes a ``Q`` before an ETN's (kis.md 4.0.1)."""

from __future__ import annotations

from collections.abc import Iterable

from hoga.broker.fields import BadField
from hoga.domain.instruments import Instrument, InstrumentId, ProductType

_BARE = 6
_ETN_RANGES = frozenset("567")
"""First digits of codes under which the exchange lists ETNs (general knowledge): asked only before the symbol files
are read."""


def bare_code(text: str) -> str:
    """``Q530107`` and ``530107`` alike."""
    return text[1:] if len(text) == _BARE + 1 and text.startswith("Q") else text


def instrument_code(text: str) -> InstrumentId:
    """``005930``, ``Q500001`` and the padded ``00000A005930`` alike. Raises BadField for a blank."""
    code = text.strip()
    if len(code) == 12 and code.startswith("00000"):
        code = code[5:].removeprefix("A")
    if not code:
        raise BadField("instrument code", "blank")
    return InstrumentId(bare_code(code))


class Codes:
    """How instruments are written at this host. Knows the ETNs once the symbol files were read."""

    def __init__(self) -> None:
        self._etns: frozenset[str] | None = None

    def learn(self, instruments: Iterable[Instrument]) -> None:
        """All there are."""
        self._etns = frozenset(one.id.code for one in instruments if one.product is ProductType.ETN)

    def wire(self, instrument: InstrumentId) -> str:
        code = instrument.code
        return f"Q{code}" if self._is_etn(code) else code

    def _is_etn(self, code: str) -> bool:
        if self._etns is not None:
            return code in self._etns
        return len(code) == _BARE and code.isascii() and code.isdigit() and code[0] in _ETN_RANGES
