"""Targets as text: pasted from a spreadsheet, read from and written to CSV. Nothing is skipped silently.

A heading line is understood in several dialects, and none is needed: code first, weight second then. A code that lost
its leading zeros in a spreadsheet gets them back; Korean codes have six characters (markets.md 1.4).
"""

from __future__ import annotations

import csv
from decimal import Decimal, DecimalException
from io import StringIO

from msgspec import Struct

from hoga.plans.checks import error, percent
from hoga.plans.inputs import Role, Target
from hoga.plans.plan import Issue

_CODE = {"code", "ticker", "symbol", "종목코드", "코드", "단축코드", "종목"}
_WEIGHT = {"weight", "target", "weight %", "target %", "percent", "비중", "목표비중", "비중(%)", "목표비중(%)", "목표"}
_ROLE = {"role", "역할", "구분"}
_ROLES = {
    **{role.value: role for role in Role},
    "": Role.MANAGED,
    "관리": Role.MANAGED,
    "제외": Role.EXCLUDED,
    "잠금": Role.LOCKED,
}


class Pasted(Struct, frozen=True):
    """The rows that could be read, and one issue for each line that could not."""

    targets: tuple[Target, ...]
    issues: tuple[Issue, ...]


def read_targets(text: str) -> Pasted:
    """Tabs, commas or semicolons between cells; weights in percent with up to four decimals."""
    first = text.lstrip("\ufeff").lstrip("\r\n").split("\n", 1)[0]
    separator = next((mark for mark in "\t;" if mark in first), ",")
    try:
        lines = list(csv.reader(StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator))
    except csv.Error:
        return Pasted((), (error("PLAN_LINE_UNREADABLE", line=1, text=first[:80]),))
    columns = (0, 1, 2)
    targets: list[Target] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line]
        heading = _columns(cells)
        if heading is not None and not targets:
            columns = heading
        elif any(cells):
            read = _target(cells, columns)
            if read is None:
                issues.append(error("PLAN_LINE_UNREADABLE", line=number, text=separator.join(cells)[:80]))
            else:
                targets.append(read)
    return Pasted(tuple(targets), tuple(issues))


def write_targets(targets: tuple[Target, ...]) -> str:
    """CSV that ``read_targets`` reads back: code, weight in percent, role."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("code", "weight %", "role"))
    for row in targets:
        writer.writerow((row.code, "" if row.weight is None else percent(row.weight), row.role.value))
    return out.getvalue()


def _columns(cells: list[str]) -> tuple[int, int, int] | None:
    names = [cell.lower() for cell in cells]
    found = [next((at for at, name in enumerate(names) if name in known), -1) for known in (_CODE, _WEIGHT, _ROLE)]
    return (found[0], found[1], found[2]) if found[0] >= 0 else None


def _target(cells: list[str], columns: tuple[int, int, int]) -> Target | None:
    code, weight, role = (cells[at] if 0 <= at < len(cells) else "" for at in columns)
    code = code.lstrip("'").upper()
    code = code[1:] if len(code) == 7 and code[0] == "A" else code.zfill(6) if code.isdecimal() else code
    parts = _ppm(weight)
    known = _ROLES.get(role.lower())
    if not (len(code) == 6 and code.isascii() and code.isalnum()) or known is None or (weight and parts is None):
        return None
    return Target(code=code, weight=parts, role=known)


def _ppm(text: str) -> int | None:
    """Percent to parts per million, exactly; None for what is no number, or finer than that."""
    try:
        exact = Decimal(text.removesuffix("%").strip()) * 10_000
        return int(exact) if exact.is_finite() and abs(exact) < 10**12 and exact == int(exact) else None
    except DecimalException:
        return None
