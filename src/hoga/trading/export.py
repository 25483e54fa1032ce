"""Orders, fills and activity as CSV files that a spreadsheet opens, Korean included (UTF-8 with its mark).

Everything comes from the journal, so it can be written with no broker in reach. Times are market time, numbers are
plain: no separators, no currency sign.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from hoga.base.message import Language, Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import Order
from hoga.storage.activity import ActivityLog, Line
from hoga.storage.database import Database
from hoga.storage.errors import StorageError
from hoga.storage.journal import Journal
from hoga.storage.reading import ReadOnlyDatabase
from hoga.trading.records import OrderRecords
from hoga.trading.restoring import restore

_PAGE = 1000
_KO, _EN = Language.KO, Language.EN
_HEADS: dict[str, dict[Language, tuple[str, ...]]] = {
    "orders": {
        _KO: ("시각", "주문", "종목", "매매", "종류", "가격", "수량", "체결", "체결금액", "미체결", "상태", "주문번호"),
        _EN: (
            "time", "order", "code", "side", "type", "price", "quantity", "filled", "amount", "open", "state", "number",
        ),
    },
    "fills": {
        _KO: ("시각", "주문", "종목", "매매", "수량", "금액", "주문번호"),
        _EN: ("time", "order", "code", "side", "quantity", "amount", "number"),
    },
    "activity": {
        _KO: ("시각", "수준", "주문", "종목", "내용"),
        _EN: ("time", "level", "order", "instrument", "text"),
    },
}  # fmt: skip
Cell = str | int | None


async def export(
    database: Database, connection: ConnectionId, folder: Path, language: Language, say: Callable[[Message], str]
) -> tuple[Path, ...]:
    """Write ``<connection>-orders.csv``, ``-fills.csv`` and ``-activity.csv`` into ``folder``; the files.

    Raises StorageError when the journal cannot be read, OSError when a file cannot be written.
    """
    records = OrderRecords(connection)
    await restore(Journal(database, connection, _as_it_is), records, date.min)
    orders = tuple(records.orders)
    lines = await _lines(ActivityLog(database, _as_it_is), connection)
    rows: dict[str, Iterable[Sequence[Cell]]] = {
        "orders": map(_order, orders),
        "fills": (row for order in orders for row in _fills(order)),
        "activity": (
            (_time(line.at), line.level.value, line.order, line.instrument, say(line.message)) for line in lines
        ),
    }
    return tuple(_write(folder / f"{connection}-{name}.csv", _HEADS[name][language], rows[name]) for name in rows)


class ExportFailed(Exception):
    """Nothing (or not everything) could be written; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


async def export_file(
    journal: Path, connection: ConnectionId, folder: Path, language: Language, say: Callable[[Message], str]
) -> tuple[Path, ...]:
    """As ``export``, of a journal that its desk may be writing, on a thread and a connection of its own: years of
    orders take their time, and nothing else may wait for them. Raises ExportFailed."""

    async def read() -> tuple[Path, ...]:
        database = ReadOnlyDatabase(journal)
        try:
            return await export(database, connection, folder, language, say)
        finally:
            await database.aclose()

    try:
        return await asyncio.to_thread(lambda: asyncio.run(read()))
    except StorageError as error:
        raise ExportFailed(error.message) from error
    except OSError as error:
        raise ExportFailed(Message("EXPORT_FAILED", {"folder": str(folder), "why": str(error)})) from error


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(head)
        sheet.writerows([_safe(cell) for cell in row] for row in rows)
    return path


def _safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula is made plain: broker's words are not ours."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _order(order: Order) -> Sequence[Cell]:
    limit = order.current_limit
    return (
        _time(order.made_at), order.id, order.instrument.code, order.side.value, order.type.value,
        str(limit.decimal) if limit is not None else "", order.quantity.count, order.filled.count,
        str(order.filled_amount.decimal), order.leaves.count, order.state.value,
        " ".join(str(life.number.number) for life in order.numbers),
    )  # fmt: skip


def _fills(order: Order) -> Iterable[Sequence[Cell]]:
    for line in order.executions:
        yield (
            _time(line.at), order.id, order.instrument.code, order.side.value, line.quantity.count,
            str(line.amount.decimal), str(line.number.number),
        )  # fmt: skip


async def _lines(log: ActivityLog, connection: ConnectionId) -> list[Line]:
    """Every line, oldest first."""
    lines: list[Line] = []
    before: int | None = None
    while page := await log.page(connection, before, _PAGE):
        lines += page
        before = page[-1].seq
    return lines[::-1]


def _time(at: object) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _as_it_is(raw: object) -> object:
    """Nothing is written here that was not masked when it was stored."""
    return raw
