"""Continuation of long lists (kis.md 1.4): header F, M, D or E, and a cursor padded with blanks.

The cursor names the last row that was sent, not a position: rows that come or go between two pages neither repeat nor
hide others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from hoga.practice.cursors import page_of
from hoga.practice.kis.answers import Row, Success
from hoga.practice.kis.operation import Call

T = TypeVar("T")


class Page(Struct, frozen=True):
    rows: list[Row]
    paging: str
    cursors: Mapping[str, str]
    success: Success


class Sheet(Struct, Generic[T], frozen=True):
    """How a list is cut into pages: ``key`` orders its items (unique texts of one length), ``row`` writes one.

    ``suffix`` is the number in the cursors' names (``ctx_area_nk100``), ``width`` their length.
    """

    key: Callable[[T], str]
    row: Callable[[T], Row]
    most: int
    newest_first: bool = False
    width: int = 100
    suffix: str = "100"

    def page(self, call: Call, items: Sequence[T]) -> Page:
        """The items after the cursor of the request, ``most`` at a time, in the order of their keys.

        A following call whose cursor is blank gets the first page again, as at the broker.
        """
        cursor = call.fields.text(f"CTX_AREA_NK{self.suffix}").strip().rstrip("^") if call.following else ""
        sent, following = page_of(items, self.key, cursor, self.most, newest_first=self.newest_first)
        more = bool(following)
        header = ("M" if more else "E") if cursor else ("F" if more else "D")
        rows = [self.row(item) for item in sent]
        if call.settings.blank_rows and rows:
            rows.append(blank_of(rows[-1]))
        success = Success.MORE if more else Success.ACCOUNT if items else Success.NOTHING
        return Page(rows, header, self._cursors(call, f"{following}^" if more else ""), success)

    def _cursors(self, call: Call, following: str) -> Mapping[str, str]:
        return {
            f"ctx_area_fk{self.suffix}": _echo(call)[: self.width].ljust(self.width),
            f"ctx_area_nk{self.suffix}": following.ljust(self.width),
        }


def empty_page(call: Call) -> Page:
    """A foreign list that has no rows here."""
    nothing: Sequence[str] = ()
    return Sheet(str, lambda _: {}, 100, width=200, suffix="200").page(call, nothing)


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
