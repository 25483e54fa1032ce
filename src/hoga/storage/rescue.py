"""Which rows of a damaged journal can still be told for true: by their shape, their checksum, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from msgspec import Struct

from hoga.domain.order_facts import FACTS, Adopted, Answered, Fact, Found, Intended, Joined
from hoga.storage.activity import Level
from hoga.storage.checks import reads_true
from hoga.storage.codec import Undecodable, decode, number_text
from hoga.storage.database import Statement, Value
from hoga.storage.pages import Row, rows_of

KINDS = {kind.__name__: kind for kind in FACTS}
_LEVELS = frozenset(level.value for level in Level)
_ENTRY_CELLS, _LINE_CELLS, _PLAN_CELLS = (9, 10), 8, 6


class Rescued(Struct, frozen=True):
    """Rows by their place in the file: the journal's, with their checksum, the activity log's, and the plans'."""

    entries: dict[int, tuple[Value, ...]]
    activity: dict[int, tuple[Value, ...]]
    plans: dict[int, tuple[Value, ...]]


def rescue(path: Path) -> Rescued:
    """Everything of a damaged file (and its log) that still reads as what it says it is. The file is only read."""
    entries: dict[int, tuple[Value, ...]] = {}
    activity: dict[int, tuple[Value, ...]] = {}
    plans: dict[int, tuple[Value, ...]] = {}
    for row in rows_of(path):
        if row.rowid <= 0 or not row.cells or row.cells[0] is not None or any(type(c) is bytes for c in row.cells):
            continue
        cells = cast("tuple[Value, ...]", row.cells[1:])
        if len(row.cells) in _ENTRY_CELLS and row.rowid not in entries and _is_entry(row):
            entries[row.rowid] = cells if len(row.cells) == _ENTRY_CELLS[1] else (*cells, None)
        elif len(row.cells) == _LINE_CELLS and row.cells[3] in _LEVELS and row.sound:
            activity.setdefault(row.rowid, cells)
        elif len(row.cells) == _PLAN_CELLS and row.sound and _is_plan(cells):
            plans.setdefault(row.rowid, cells)
    return Rescued(entries, activity, plans)


def consequences(order: str | None, connection: str, fact: Fact) -> Iterable[Statement]:
    """What stands in the other tables because of one entry: its ticket is used up, its number belongs to its order,
    and a start must look at the order again."""
    if order is not None:
        yield "INSERT OR IGNORE INTO open_orders VALUES (?, ?)", (order, connection)
    if isinstance(fact, Intended):
        yield "INSERT OR IGNORE INTO tickets VALUES (?, ?, ?)", (fact.ticket, connection, fact.order)
    if isinstance(fact, Answered | Found) and fact.number is not None:
        yield "INSERT OR IGNORE INTO numbers VALUES (?, ?, ?)", (connection, number_text(fact.number), fact.order)
    if isinstance(fact, Adopted | Joined):
        yield "INSERT OR IGNORE INTO numbers VALUES (?, ?, ?)", (connection, number_text(fact.row.number), fact.order)


def fact_of(kind: object, body: object) -> Fact:
    """The fact of an entry. Raises Undecodable."""
    if not isinstance(kind, str) or kind not in KINDS or not isinstance(body, str):
        raise Undecodable(f"no fact: {kind!r}")
    return cast(Fact, decode(KINDS[kind], body))


def _is_plan(cells: tuple[Value, ...]) -> bool:
    """Connection, digest, time, kind and a JSON object: no row of another table looks like it."""
    return all(isinstance(cell, str) for cell in cells) and str(cells[-1]).startswith("{")


def _is_entry(row: Row) -> bool:
    cells = row.cells
    crc = cells[9] if len(cells) == _ENTRY_CELLS[1] else None
    if (crc is None and not row.sound) or not reads_true(cells[1:9], crc):
        return False
    try:
        fact_of(cells[4], cells[8])
    except Undecodable:
        return False
    return True
