"""Reading bodies of replies: texts everywhere, blanks for nothing, keys in either case (kis.md 7; kiwoom.md 0.2).

A field that is missing or is not what it should be raises ``BadField``, which names the place; it never becomes 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from hoga.base.clock import KST

_AHEAD = timedelta(minutes=10)
_AHEAD_OF_MIDNIGHT = timedelta(minutes=1)
_CLOCKS_DIFFER = timedelta(seconds=10)
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


class BadField(ValueError):
    """``where`` (operation and field) could not be read, and why. Holds no value: a value might be personal."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class Fields(Mapping[str, str]):
    """One object of a reply: values as stripped text, keys looked up without regard to case."""

    __slots__ = ("_values", "_where")

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self._where = where
        self._values = {str(key).lower(): _text(value) for key, value in values.items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """The text of a field that must be there; it may be blank."""
        try:
            return self[name]
        except KeyError:
            raise BadField(f"{self._where}.{name}", "missing") from None

    def optional(self, *names: str) -> str:
        """The first of ``names`` that is there, else ""."""
        return next((self[name] for name in names if name.lower() in self._values), "")

    def number_text(self, name: str) -> str:
        """The text of a field as a number is written: a broker with signs of its own takes them off here."""
        return self.text(name)

    def whole(self, name: str) -> int:
        """A whole number that must be there and not blank."""
        number = self.whole_or_none(name)
        if number is None:
            raise BadField(f"{self._where}.{name}", "blank where a number is needed")
        return number

    def whole_or_none(self, name: str) -> int | None:
        """A whole number, or None for a blank. ``12.0`` counts as whole, ``12.5`` does not."""
        text = self.number_text(name)
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            pass
        try:
            number = Decimal(text)
            whole = int(number)
        except (InvalidOperation, OverflowError, ValueError):
            raise BadField(f"{self._where}.{name}", "not a number") from None
        if whole != number:
            raise BadField(f"{self._where}.{name}", "not a whole number")
        return whole

    def count(self, name: str) -> int:
        """A whole number that cannot be negative."""
        number = self.whole(name)
        if number < 0:
            raise BadField(f"{self._where}.{name}", "negative where a count is needed")
        return number

    def decimal(self, name: str) -> Decimal:
        text = self.number_text(name)
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise BadField(f"{self._where}.{name}", "not a number") from None
        if not number.is_finite():
            raise BadField(f"{self._where}.{name}", "not a number")
        return number

    def day(self, name: str) -> date:
        return parse_day(self.text(name), f"{self._where}.{name}")

    def clock_time(self, name: str) -> time:
        return parse_time(self.text(name), f"{self._where}.{name}")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else str(value)  # a nested object is refused where a number is needed


def parse_day(text: str, where: str) -> date:
    if len(text) != 8 or not text.isdigit():
        raise BadField(where, "not a date")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise BadField(where, "not a date") from None


def parse_time(text: str, where: str) -> time:
    if len(text) != 6 or not text.isdigit():
        raise BadField(where, "not a time of day")
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        raise BadField(where, "not a time of day") from None


def moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, KST)


def nearest_moment(at: time, now: datetime) -> datetime:
    """The moment of a wire time that has no date (quirk 17): the latest one that is not in the future.

    A broker's clock may be a little ahead of ours, hence the slack; around midnight it belongs to a neighbouring day.
    """
    today = now.astimezone(KST).date()
    tomorrow = datetime.combine(today + timedelta(days=1), at, KST)
    if tomorrow <= now + _AHEAD_OF_MIDNIGHT:
        return tomorrow
    guess = datetime.combine(today, at, KST)
    return guess if guess <= now + _AHEAD else guess - timedelta(days=1)


def sure_day(now: datetime) -> date | None:
    """The date of what a broker says without a time; None within some seconds of midnight, when its clock, which is
    not ours, may show the day before or after."""
    early, late = ((now + by).astimezone(KST).date() for by in (-_CLOCKS_DIFFER, _CLOCKS_DIFFER))
    return early if early == late else None


def as_rows(payload: Any) -> list[Mapping[str, Any]]:
    """Any payload as a list of rows: a single object is a list of one (kis.md 1.5)."""
    if isinstance(payload, Mapping):
        return [payload]
    if isinstance(payload, list):
        return [row for row in payload if isinstance(row, Mapping)]
    return []


def without_placeholders(rows: Iterable[Fields], *keys: str) -> list[Fields]:
    """Drop rows in which every one of ``keys`` is blank: fillers that some operations send (kis.md 1.5)."""
    return [row for row in rows if any(row.optional(key).strip("0") for key in keys)]


def decode_json(body: bytes) -> dict[str, Any] | None:
    """A JSON object with lower-case keys at its top, or None for anything else (empty, HTML, a list, broken bytes)."""
    try:
        value = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return {str(key).lower(): item for key, item in value.items()} if isinstance(value, dict) else None
