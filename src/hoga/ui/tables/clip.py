"""Tables as text: to the clipboard as TSV (and as HTML, in which codes stay text for a spreadsheet), to a file as CSV.

Copied numbers are plain: ASCII signs, no thousands commas. An unknown value is an empty field, never 0.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QStringListModel

from hoga.ui.tables.column import Column

Line = Sequence[str]


def tsv(lines: Sequence[Line]) -> str:
    return "\n".join("\t".join(line) for line in lines)


def clipboard(columns: Sequence[Column[Any]], lines: Sequence[Line], head: Line | None) -> QMimeData:
    """Text for everybody, and a table in which a spreadsheet keeps the zeros of ``005930``."""
    data = _made_by_qt()
    data.setText(tsv([head, *lines] if head is not None else lines))
    rows = [f"<tr>{''.join(f'<th>{html.escape(text)}</th>' for text in head)}</tr>"] if head is not None else []
    for line in lines:
        cells = zip(columns, line, strict=True)
        rows.append(f"<tr>{''.join(_html_cell(column, text) for column, text in cells)}</tr>")
    data.setHtml(f"<meta charset='utf-8'><table>{''.join(rows)}</table>")
    return data


def _made_by_qt() -> QMimeData:
    """Empty. What Python makes tells Python when it goes; but some platforms' clipboards keep what was copied last
    until the process has ended, when there is no Python left to be told: the process would crash."""
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    return data


def csv_bytes(columns: Sequence[Column[Any]], head: Line, lines: Sequence[Line]) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheets of every system read Korean. Codes are written ``="005930"``, the
    one form that a spreadsheet leaves as text; other texts are never read as formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for line in lines:
        writer.writerow([_csv_field(column, text) for column, text in zip(columns, line, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _html_cell(column: Column[Any], text: str) -> str:
    style = "" if column.right else " style='mso-number-format:\"\\@\"'"
    return f"<td{style}>{html.escape(text)}</td>"


def _csv_field(column: Column[Any], text: str) -> str:
    if column.code and text:
        return '="' + text.replace('"', "") + '"'
    if not column.right and text[:1] in ("=", "+", "-", "@"):
        return f"'{text}"
    return text
