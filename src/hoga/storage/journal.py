"""The order journal of one connection: facts in, facts out, append-only.

The journal says what we intended and what we were told; it decides nothing. Every connection of a desk writes into
the same file. Dates are trading dates; times are market time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import cast

from msgspec import Struct

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.order_facts import Adopted, Answered, Fact, Found, Intended, Joined, Noticed
from hoga.domain.tickets import OrderId, RequestId, TicketId
from hoga.storage.checks import LINES, line_crc, reads_true
from hoga.storage.codec import Undecodable, encode, number_text
from hoga.storage.database import Database, Row, Statement
from hoga.storage.masking import Mask, masked
from hoga.storage.rescue import fact_of

_INSERT = (
    "INSERT INTO entries (connection, at, trading_date, kind, order_id, request_id, number, body, crc)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# ``+connection`` keeps SQLite from walking an index of the whole connection: lines are found by their place.
_OPEN_OR_LATELY = (
    "WHERE +connection = ?1 AND seq IN ("
    " SELECT entries.seq FROM ("
    "  SELECT order_id FROM open_orders WHERE connection = ?1"
    "  UNION SELECT order_id FROM entries WHERE connection = ?1 AND trading_date >= ?2"
    " ) AS wanted CROSS JOIN entries ON entries.order_id = wanted.order_id"
    " UNION ALL SELECT seq FROM entries WHERE connection = ?1 AND trading_date >= ?2 AND order_id IS NULL"
    ") ORDER BY seq"
)
_LATER = "WHERE +connection = ?1 AND seq > ?2 ORDER BY seq"
_ABOUT_ONE = (
    "WHERE order_id = ?1 OR (connection = ?2"
    " AND number IN (SELECT number FROM numbers WHERE connection = ?2 AND order_id = ?1)) ORDER BY seq"
)


class Entry(Struct, frozen=True):
    """One line of the journal. ``order`` is None for a notice that no order explained when it came."""

    seq: int
    at: datetime
    trading_date: date
    order: OrderId | None
    fact: Fact


class Damage(Struct, frozen=True):
    """A line that cannot be read: kept in the file, told to the person, left out of the replay."""

    seq: int
    why: str


class Replay(Struct, frozen=True):
    entries: tuple[Entry, ...]
    damaged: tuple[Damage, ...]


class Journal:
    """See the module. ``mask`` is applied to every raw reply before it is stored."""

    def __init__(self, database: Database, connection: ConnectionId, mask: Mask) -> None:
        self._database = database
        self._connection = connection
        self._mask = mask

    @property
    def connection(self) -> ConnectionId:
        return self._connection

    def append(
        self,
        facts: Sequence[tuple[OrderId | None, Fact]],
        on: date,
        *,
        opened: Collection[OrderId] = (),
        closed: Collection[OrderId] = (),
        stand_by: bool = False,
    ) -> asyncio.Future[None]:
        """Write facts, all or none; the future is done when they are on the disk.

        ``opened`` and ``closed`` are the orders that from now on are, or no longer are, among those a start must look
        at. The future fails with Conflict when an Intended names a ticket that was consumed before, and with
        Unwritable when nothing can be written. ``stand_by``: see ``Database.write``.
        """
        statements: list[Statement] = []
        for order, fact in facts:
            statements += self._statements(order, masked(fact, self._mask), on)
        for order in opened:
            statements.append(("INSERT OR IGNORE INTO open_orders VALUES (?, ?)", (order, self._connection)))
        for order in closed:
            statements.append(("DELETE FROM open_orders WHERE order_id = ?", (order,)))
        return self._database.write(*statements, stand_by=stand_by)

    async def replay(self, since: date) -> Replay:
        """Everything about orders that are open or had anything happen on or after ``since``, oldest first, and the
        notices of that time that belong to no order."""
        rows = await self._database.read(f"{LINES} {_OPEN_OR_LATELY}", (self._connection, since.isoformat()))
        return _read_all(rows)

    async def after(self, seq: int) -> Replay:
        """What was written after the line ``seq``, oldest first: for who looks on."""
        rows = await self._database.read(f"{LINES} {_LATER}", (self._connection, seq))
        return _read_all(rows)

    async def biography(self, order: OrderId) -> Replay:
        """Everything in the journal about one order, notices that came before its number was known included."""
        rows = await self._database.read(f"{LINES} {_ABOUT_ONE}", (order, self._connection))
        return _read_all(rows)

    async def order_of_ticket(self, ticket: TicketId) -> OrderId | None:
        """The order that a ticket was consumed for; None while it is unused."""
        return await self._one_order("SELECT order_id FROM tickets WHERE ticket_id = ?", ticket)

    async def order_of_number(self, number: BrokerNumber) -> OrderId | None:
        """The order that claimed a broker's number, however long ago."""
        return await self._one_order(
            "SELECT order_id FROM numbers WHERE connection = ? AND number = ?", self._connection, number_text(number)
        )

    async def orders_since(self, first: date) -> tuple[OrderId, ...]:
        """Orders about which anything was written on or after a date, oldest first: the day book."""
        rows = await self._database.read(
            "SELECT order_id FROM entries WHERE connection = ? AND trading_date >= ? AND order_id IS NOT NULL"
            " GROUP BY order_id ORDER BY MIN(seq)",
            (self._connection, first.isoformat()),
        )
        return tuple(OrderId(cast(str, row[0])) for row in rows)

    async def open_orders(self) -> tuple[OrderId, ...]:
        """The orders that a start must look at, however old."""
        rows = await self._database.read("SELECT order_id FROM open_orders WHERE connection = ?", (self._connection,))
        return tuple(OrderId(cast(str, row[0])) for row in rows)

    async def last_sequence(self, on: date) -> int:
        """The highest daily sequence that was given to an order on a trading date; 0 when none was."""
        rows = await self._database.read(
            "SELECT order_id FROM entries WHERE connection = ? AND kind IN ('Intended', 'Adopted')"
            " AND trading_date = ? AND order_id IS NOT NULL",
            (self._connection, on.isoformat()),
        )
        return max((int(cast(str, row[0]).rsplit("-", 1)[1]) for row in rows), default=0)

    async def _one_order(self, sql: str, *values: str) -> OrderId | None:
        rows = await self._database.read(sql, values)
        return OrderId(cast(str, rows[0][0])) if rows else None

    def _statements(self, order: OrderId | None, fact: Fact, on: date) -> list[Statement]:
        number = _number(fact)
        request: RequestId | None = getattr(fact, "request", None)
        cells = (
            self._connection,
            fact.at.isoformat(),
            on.isoformat(),
            type(fact).__name__,
            order,
            request,
            number_text(number) if number else None,
            encode(fact),
        )
        statements: list[Statement] = [(_INSERT, (*cells, line_crc(cells)))]
        if isinstance(fact, Intended):
            statements.append(("INSERT INTO tickets VALUES (?, ?, ?)", (fact.ticket, self._connection, fact.order)))
        if number is not None and isinstance(fact, Answered | Found | Adopted | Joined):
            claim = (self._connection, number_text(number), fact.order)
            statements.append(("INSERT OR IGNORE INTO numbers VALUES (?, ?, ?)", claim))
        return statements


def _number(fact: Fact) -> BrokerNumber | None:
    """The broker's number that a fact speaks of, if it speaks of one."""
    match fact:
        case Answered() | Found():
            return fact.number
        case Noticed():
            return fact.notice.number
        case Adopted() | Joined():
            return fact.row.number
        case _:
            return None


def _read_all(rows: list[Row]) -> Replay:
    entries, damaged = [], []
    for seq, *cells, crc in rows:
        _, at, day, kind, order, _, _, body = cells
        try:
            if not reads_true(cells, crc):
                raise Undecodable("it is not as it was written")
            fact = fact_of(kind, body)
        except Undecodable as error:
            damaged.append(Damage(cast(int, seq), str(error)))
            continue
        entries.append(
            Entry(
                cast(int, seq),
                datetime.fromisoformat(cast(str, at)),
                date.fromisoformat(cast(str, day)),
                OrderId(cast(str, order)) if order is not None else None,
                fact,
            )
        )
    return Replay(tuple(entries), tuple(damaged))
