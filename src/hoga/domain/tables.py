"""Dated rule tables: what is in force on a day, read once from the package's own data files.

Rules of a market change with a date, so they are rows with a ``since`` and never code. A day before the first row, or
after the last one of a table that says how far it reaches, has no known rule: that is an error, not a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec

T = TypeVar("T")


class RuleUnknown(ValueError):
    """No rule is on file for what was asked (a day outside the tables, a market without such a rule)."""


class Dated(Protocol):
    """A row of a dated table: in force from ``since`` until the next row's ``since``."""

    @property
    def since(self) -> date: ...


Row = TypeVar("Row", bound=Dated)


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of a data file: an unknown field is an error, so a typing slip cannot silence a rule."""


def load(name: str, kind: type[T]) -> T:
    """Read ``data/<name>`` as ``kind``. Raises msgspec.ValidationError when the file does not have that shape."""
    return msgspec.json.decode(files("hoga.domain").joinpath("data", name).read_bytes(), type=kind)


def in_force(rows: Sequence[Row], on: date, what: str) -> Row:
    """The row of ``rows`` (in order of ``since``) that holds on a day. Raises RuleUnknown before the first one."""
    at = bisect_right(rows, on, key=lambda row: row.since)
    if at == 0:
        raise RuleUnknown(f"{what}: no rule on file for {on.isoformat()}")
    return rows[at - 1]


def in_order(rows: Sequence[Row], what: str) -> tuple[Row, ...]:
    """``rows`` as a tuple. Raises ValueError unless each ``since`` is later than the one before."""
    for one, other in pairwise(rows):
        if one.since >= other.since:
            raise ValueError(f"{what}: {other.since.isoformat()} stands behind {one.since.isoformat()}")
    return tuple(rows)
