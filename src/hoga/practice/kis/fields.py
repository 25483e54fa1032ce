"""The arguments of one request: looked up by name, read as exact values, refused when they are missing or malformed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from hoga.practice.kis.answers import Refused
from hoga.practice.reading import read_json

_EARLIEST = date(1900, 1, 1)


def missing(name: str) -> Refused:
    """A required argument is missing or makes no sense (OPSQ2001, kis.md 1.6)."""
    return Refused("OPSQ2001", f"ERROR : INPUT INVALID_CHECK_{name.upper()}")


class Fields:
    """Arguments by upper-case name."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    @classmethod
    def of_query(cls, query: Sequence[tuple[str, str]]) -> Fields:
        """Query names in any case (kis.md 1.2); of a repeated name the first counts."""
        values: dict[str, str] = {}
        for name, value in query:
            values.setdefault(name.upper(), value)
        return cls(values)

    @classmethod
    def of_body(cls, body: bytes, *, strict: bool) -> Fields:
        """A JSON object. Strict: only upper-case names count and every value is text (kis.md 10.4).

        Raises Refused: OPSQ9995 (no body), OPSQ9997 (no JSON object), IGW00007 (a value that is no text).
        """
        if not body.strip():
            raise Refused("OPSQ9995", "ERROR : INPUT BODY NOT FOUND")
        decoded = read_json(body)
        if not isinstance(decoded, dict):
            raise Refused("OPSQ9997", "ERROR : INPUT JSON FORMAT")
        if not strict:
            return cls({str(name).upper(): _as_text(value) for name, value in decoded.items()})
        for name, value in decoded.items():
            if not isinstance(value, str):
                raise Refused("IGW00007", f"전문 형식 오류입니다.({name})")
        return cls({name: value for name, value in decoded.items() if name == name.upper()})

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, default)

    def required(self, name: str) -> str:
        value = self._values.get(name, "").strip()
        if not value:
            raise missing(name)
        return value

    def one_of(self, name: str, allowed: Sequence[str] | frozenset[str], default: str | None = None) -> str:
        """One of the codes that the argument knows; ``default`` when it was left out or blank."""
        value = self._values.get(name, "").strip()
        if not value and default is not None:
            return default
        if value not in allowed:
            raise missing(name)
        return value

    def day(self, name: str) -> date:
        """``YYYYMMDD``. Dates before 1900, real or not, mean "since listing": python-kis sends ``00000101``."""
        value = self.required(name)
        if len(value) != 8 or not (value.isascii() and value.isdigit()):
            raise missing(name)
        if value[:4] < "1900":
            return _EARLIEST
        try:
            return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 a date alone has no zone
        except ValueError as error:
            raise missing(name) from error

    def clock(self, name: str) -> time:
        """``HHMMSS``."""
        value = self.required(name)
        if len(value) != 6 or not (value.isascii() and value.isdigit()):
            raise missing(name)
        try:
            return time(int(value[:2]), int(value[2:4]), int(value[4:]))
        except ValueError as error:
            raise missing(name) from error

    def whole(self, name: str) -> int | None:
        """A whole number that is not negative; None when it is anything else. Blank is 0."""
        value = self._values.get(name, "").strip()
        if not value:
            return 0
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 19 else None


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
