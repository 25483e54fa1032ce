"""Reading Kiwoom bodies: signs that are directions, zeros that pad, letters before codes (kiwoom.md 0.2, 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from hoga.broker.fields import BadField, Fields, parse_time
from hoga.broker.whole_numbers import read_row
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.values import Price

_ENVELOPE = frozenset({"return_code", "return_msg", "returncode", "returnmsg"})
_PREFIXES = frozenset("AJQ")
_VENUES = {"_NX": Venue.NXT, "_AL": Venue.SOR}


def plain_number(text: str) -> str:
    """A number as the wire writes it, for ``int``: +61300, --1855765, -00000163958, 1,000, leading blanks."""
    number = text.strip().replace(",", "")
    if number[:1] not in ("+", "-"):
        return number
    sign = "-" if number[0] == "-" else ""
    return sign + number.lstrip("+-").strip()


def whole(text: str) -> int:
    """A number however it is written. Raises ValueError."""
    try:
        return int(text)
    except ValueError:
        return int(plain_number(text))


def signed_row(row: str, count: int) -> list[int] | None:
    """``[12,-3,+4]``: so many numbers at once, with one sign or none, the first without a plus. None where one of them
    is written otherwise: that is for ``whole``."""
    if "+-" in row:
        return None
    try:
        numbers = read_row(row.replace(",+", ","))
    except msgspec.MsgspecError:
        return None
    return numbers if len(numbers) == count else None


class KiwoomFields(Fields):
    """``Fields`` whose numbers may carry two signs, and whose prices carry a direction."""

    __slots__ = ()

    def number_text(self, name: str) -> str:
        return plain_number(self.text(name))

    def price_units(self, name: str) -> int:
        """A price without its direction (quirk 1); blank is an error."""
        return abs(self.whole(name))

    def price(self, name: str) -> Price | None:
        """A price that must be sent; blank, 0 and -0 mean that there is none."""
        units = self.whole_or_none(name)
        return Price(abs(units)) if units else None

    def is_blank(self) -> bool:
        """Every value is blank: how Kiwoom says that it has nothing (kiwoom.md 4.3, quirk 19)."""
        return not any(self.values())


def flat(operation: str, body: Mapping[str, Any]) -> KiwoomFields:
    """What stands in the body itself, without its lists."""
    return KiwoomFields(operation, {name: value for name, value in body.items() if not isinstance(value, (list, dict))})


def top(operation: str, body: Mapping[str, Any]) -> KiwoomFields:
    """``flat`` without the envelope: what the call itself answers."""
    return flat(operation, {name: value for name, value in body.items() if name.lower() not in _ENVELOPE})


def rows(operation: str, body: Mapping[str, Any], name: str) -> list[KiwoomFields]:
    """The rows under ``name`` without blank ones. Raises BadField when there is no list: no list is no empty list."""
    payload = body.get(name)
    if not isinstance(payload, list) or not all(isinstance(row, Mapping) for row in payload):
        raise BadField(f"{operation}.{name}", "not a list of objects")
    found = [KiwoomFields(f"{operation}.{name}", row) for row in payload]
    return [row for row in found if not row.is_blank()]


def instrument_code(text: str) -> InstrumentId:
    """``A005930``, ``005930_AL`` and ``005930`` alike (quirk 3); codes may hold letters (``0126Z0``)."""
    code = text.strip().partition("_")[0]
    if len(code) == 7 and code[0] in _PREFIXES:
        code = code[1:]
    if not code:
        raise BadField("instrument code", "blank")
    return InstrumentId(code)


def venue_of(item: str) -> Venue:
    return _VENUES.get(item.strip()[-3:], Venue.KRX)


def parse_clock(text: str, where: str) -> Any:
    """``093015`` and ``09:30:15`` alike."""
    return parse_time(text.replace(":", ""), where)
