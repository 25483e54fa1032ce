"""The activity log: every decision, send and answer as a line in codes, which the window words in either language.

Lines are not awaited: they ride on the next commit. One that cannot be written is kept, and written when the disk takes
lines again; of very many only the newest.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId
from hoga.storage.codec import read_instrument
from hoga.storage.database import Database, Row, Statement
from hoga.storage.masking import Mask

_log = logging.getLogger(__name__)


class Level(Enum):
    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


class Line(Struct, frozen=True):
    """One line of the activity pane; ``order`` links it to its order, ``instrument`` (``KR:005930``) to a quote."""

    at: datetime
    connection: ConnectionId
    level: Level
    message: Message
    order: OrderId | None = None
    instrument: str | None = None
    seq: int | None = None
    """Its place in the file, for lines that were read from it: where ``page`` goes on."""

    @property
    def about(self) -> InstrumentId | None:
        """The instrument, for views that add its name (``hoga.trading.terms.named``)."""
        return read_instrument(self.instrument) if self.instrument else None


class ActivityLog:
    """Writes lines and keeps the newest in memory, both with their texts masked: a broker's words may hold anything."""

    def __init__(self, database: Database, mask: Mask, most_recent: int = 500) -> None:
        self._database = database
        self._mask = mask
        self._recent: deque[Line] = deque(maxlen=most_recent)
        self._unwritten: deque[Statement] = deque(maxlen=_MOST_UNWRITTEN)
        self.lost = 0
        """Lines that were dropped because too many could not be written."""

    @property
    def recent(self) -> tuple[Line, ...]:
        """The newest lines, oldest first."""
        return tuple(self._recent)

    def add(self, line: Line) -> None:
        line = replace(line, message=_masked(line.message, self._mask))
        self._recent.append(line)
        numbers = {name: _plain(value) for name, value in line.message.values.items()}
        statement = (
            "INSERT INTO activity (at, connection, level, code, numbers, order_id, instrument)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                line.at.isoformat(),
                line.connection,
                line.level.value,
                line.message.code,
                msgspec.json.encode(numbers).decode(),
                line.order,
                line.instrument,
            ),
        )
        self._write(statement)

    async def about(self, order: OrderId) -> tuple[Line, ...]:
        """Every line about one order, oldest first."""
        rows = await self._database.read(f"{_SELECT} WHERE order_id = ? ORDER BY seq", (order,))
        return tuple(_line(row) for row in rows)

    async def page(self, connection: ConnectionId, before: int | None = None, most: int = 200) -> tuple[Line, ...]:
        """The newest ``most`` lines of a connection before the one whose ``seq`` is ``before`` (None: the end), newest
        first."""
        rows = await self._database.read(
            # The plus keeps SQLite from sorting all lines of the connection for the newest few.
            f"{_SELECT} WHERE +connection = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            (connection, before or 2**62, most),
        )
        return tuple(_line(row) for row in rows)

    def _write(self, *statements: Statement) -> None:
        self._database.write(*statements).add_done_callback(lambda done: self._written(statements, done))

    def _written(self, statements: tuple[Statement, ...], done: asyncio.Future[None]) -> None:
        if done.cancelled():
            return
        if (error := done.exception()) is not None:
            if not self._unwritten:
                _log.warning("activity lines cannot be written: %s", error)
            self.lost += max(len(self._unwritten) + len(statements) - _MOST_UNWRITTEN, 0)
            self._unwritten.extend(statements)
        elif self._unwritten:
            kept = tuple(self._unwritten)
            self._unwritten.clear()
            self._write(*kept)


_MOST_UNWRITTEN = 2_000
_CODE = ""
"""The name under which a message among the values keeps its code."""
_SELECT = "SELECT seq, at, connection, level, code, numbers, order_id, instrument FROM activity"


def _masked(message: Message, mask: Mask) -> Message:
    return Message(message.code, {name: _masked_value(value, mask) for name, value in message.values.items()})


def _masked_value(value: object, mask: Mask) -> object:
    if isinstance(value, Message):
        return _masked(value, mask)
    return str(mask(value)) if isinstance(value, str) else value


def _plain(value: object) -> object:
    """Texts, whole numbers and messages as they are; prices, sums and dates as a person reads them."""
    if isinstance(value, Message):
        return {_CODE: value.code, **{name: _plain(held) for name, held in value.values.items()}}
    return value if value is None or isinstance(value, str | int) else str(value)


def _value(plain: object) -> object:
    if isinstance(plain, dict):
        inner = {name: _value(held) for name, held in plain.items() if name != _CODE}
        return Message(plain[_CODE], MappingProxyType(inner))
    return plain


def _line(row: Row) -> Line:
    seq, (at, connection, level, code, numbers, order, instrument) = row[0], (cast(str, value) for value in row[1:])
    return Line(
        at=datetime.fromisoformat(at),
        connection=ConnectionId(connection),
        level=Level(level),
        message=Message(code, MappingProxyType({n: _value(held) for n, held in msgspec.json.decode(numbers).items()})),
        order=OrderId(order) if order is not None else None,
        instrument=instrument,
        seq=cast(int, seq),
    )
