"""Instruments out of pasted text or a CSV file: by code where a cell holds one, else by exact name."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.search import fold

_CODE = re.compile(r"[A-Z]?[0-9][0-9A-Z]{5}")
"""Six characters that begin with a digit; some writers put an A (share) or Q (ETN) before them."""


class Pasted(Struct, frozen=True):
    """What was recognised, in order and each once; ``unknown`` are lines in which nothing was."""

    found: tuple[InstrumentId, ...]
    unknown: tuple[str, ...]


def read_pasted(text: str, find: Callable[[str], Sequence[Instrument]]) -> Pasted:
    """``find`` is the search of the master. A line counts once: its first cell that names an instrument."""
    found: dict[InstrumentId, None] = {}
    unknown = []
    for cells in _lines(text):
        hit = next((one for cell in cells if (one := _instrument(cell, find)) is not None), None)
        if hit is not None:
            found.setdefault(hit)
        elif any(cells):
            unknown.append(" ".join(cells))
    return Pasted(tuple(found), tuple(unknown))


def _lines(text: str) -> Iterable[list[str]]:
    """Rows of trimmed cells: tabs, commas or semicolons between them; a single line of words is one column."""
    rows = text.lstrip("\ufeff").splitlines()
    for row in rows:
        between = next((mark for mark in "\t;," if mark in row), "\t")
        for cells in csv.reader([row], delimiter=between):
            trimmed = [cell.strip().strip("'=\"") for cell in cells]
            if len(rows) == 1:
                yield from ([cell] for cell in trimmed)
            else:
                yield trimmed


def _instrument(cell: str, find: Callable[[str], Sequence[Instrument]]) -> InstrumentId | None:
    code = cell.upper()
    if _CODE.fullmatch(code):
        for form in (code, code[1:] if len(code) == 7 else code.zfill(6)):
            for one in find(form):
                if one.code.upper() == form:
                    return one.id
    if cell.isdigit() and 1 < len(cell) < 6:
        # A spreadsheet has eaten the leading zeros.
        return next((one.id for one in find(cell.zfill(6)) if one.code == cell.zfill(6)), None)
    wanted = fold(cell)
    if not wanted:
        return None
    return next((one.id for one in find(cell) if wanted in (fold(one.name_ko), fold(one.name_en))), None)
