"""Continuation of long lists (kis.md 1.4): header F, M, D or E, and a cursor padded with blanks.

The cursor names the last row that was sent, not a position: rows that come or go between two pages neither repeat nor
hide others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoga.practice.kis.answers import Row, Success
from hoga.practice.kis.operation import Call


@dataclass(frozen=True, slots=True)
class Keyed:
    """A row and the text it is ordered by: unique, and of one length or otherwise comparable."""

    key: str
    row: Row


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    paging: str
    cursors: Mapping[str, str]
    success: Success


def page(
    call: Call, rows: Sequence[Keyed], most: int, *, width: int = 100, suffix: str = "100", newest_first: bool = False
) -> Page:
    """The rows after the cursor of the request, ``most`` at a time, in the order of their keys.

    A following call whose cursor is blank gets the first page again, as at the broker. ``suffix`` is the number in the
    cursors' names (``ctx_area_nk100``), ``width`` their length.
    """
    ordered = sorted(rows, key=lambda keyed: keyed.key, reverse=newest_first)
    cursor = call.fields.text(f"CTX_AREA_NK{suffix}").strip().rstrip("^") if call.following else ""
    left = [k for k in ordered if not cursor or (k.key < cursor if newest_first else k.key > cursor)]
    sent, more = left[:most], len(left) > most
    header = ("M" if more else "E") if cursor else ("F" if more else "D")
    next_key = f"{sent[-1].key}^" if more else ""
    cursors = {
        f"ctx_area_fk{suffix}": _echo(call)[:width].ljust(width),
        f"ctx_area_nk{suffix}": next_key.ljust(width),
    }
    shown = [keyed.row for keyed in sent]
    if call.settings.blank_rows:
        shown += [blank_of(shown[-1])] if shown else []
    success = Success.MORE if more else Success.ACCOUNT if rows else Success.NOTHING
    return Page(shown, header, cursors, success)


def blank_of(row: Row) -> Row:
    """A placeholder row: blank texts, and zeros where numbers were (kis.md 1.5)."""
    return {name: "0" if _is_number(name, value) else "" for name, value in row.items()}


def _is_number(name: str, value: str) -> bool:
    named = ("pdno", "odno", "orgn_odno", "ord_gno_brno", "ord_orgno", "ord_dt", "ord_tmd", "trad_dt")
    return name not in named and not name.endswith("_cd") and value.replace(".", "").lstrip("-").isdigit()


def _echo(call: Call) -> str:
    """The account or the base date, joined with ``^`` as in recorded cursors."""
    parts = (call.fields.text("CANO"), call.fields.text("ACNT_PRDT_CD"), call.fields.text("BASS_DT"))
    return "".join(f"{part}^" for part in parts if part)
