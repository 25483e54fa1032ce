"""The arguments of one call: read by name from the body, refused when missing (1511) or of a wrong shape (1517)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

import msgspec

from hoga.practice.kiwoom.errors import malformed, missing
from hoga.practice.reading import read_json

_EARLIEST = date(1900, 1, 1)
_DAY_DIGITS = 8
_NUMBER_DIGITS = 12


class Fields:
    """Arguments by name, as they were sent."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @classmethod
    def of_body(cls, body: bytes, *, strict: bool) -> Fields:
        """A JSON object, or nothing at all. ``strict``: every value is text.

        Raises Refused 1517.
        """
        decoded = read_json(body) if body.strip() else {}
        if not isinstance(decoded, dict):
            raise malformed("body", "JSON")
        values: dict[str, str] = {}
        for name, value in decoded.items():
            if strict and not isinstance(value, str):
                raise malformed(str(name), "문자열이 아닙니다")
            values[str(name)] = value if isinstance(value, str) else _as_text(value)
        return cls(values)

    def text(self, name: str) -> str:
        return self._values.get(name, "").strip()

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """One of the codes that the argument knows; it must be there."""
        value = self.required(name)
        if value not in allowed:
            raise malformed(name, "허용되지 않는 값입니다")
        return value

    def day(self, name: str, default: date | None = None) -> date:
        """``YYYYMMDD``; ``default`` when it was left out or blank, where there is one."""
        value = self.text(name)
        if not value and default is not None:
            return default
        value = self.required(name)
        if len(value) != _DAY_DIGITS or not (value.isascii() and value.isdigit()):
            raise malformed(name, "YYYYMMDD 형식이 아닙니다")
        if value[:4] < "1900":
            return _EARLIEST
        try:
            return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 a date alone has no zone
        except ValueError as error:
            raise malformed(name, "없는 날짜입니다") from error

    def whole(self, name: str) -> int:
        """A whole number of at most twelve digits. Blank is 0."""
        value = self.text(name)
        if not value:
            return 0
        if not (value.isascii() and value.isdigit()) or len(value) > _NUMBER_DIGITS:
            raise malformed(name, "숫자가 아니거나 너무 깁니다")
        return int(value)


def _as_text(value: object) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
