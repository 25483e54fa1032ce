"""One instrument's market as the quote tab shows it, put together from the desk's snapshots."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.known import Known
from hoga.domain.tables import RuleUnknown
from hoga.domain.ticks import TickTable, tick_table_of
from hoga.ui.context import Context
from hoga.ui.quote.book_rows import BookInput, Mark
from hoga.ui.quote.facts import Facts, facts_of
from hoga.ui.quote.standing import StandingOrders, standing_orders


class Reader:
    """Reads. What is asked for on every frame and seldom changes is kept: the tick table of the day, and one's own
    orders and average price until ``forget_own`` is told that they may be others."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._table: tuple[Instrument, date, TickTable | None] | None = None
        self._own: tuple[InstrumentId, StandingOrders, int | None] | None = None

    def known(self, id: InstrumentId) -> Instrument | None:
        """From the master; None before it is read."""
        found = self._context.known(id)
        if found is not None:
            return found
        asked = self._context.desk.instrument(id)
        return asked.value if isinstance(asked, Known) else None

    def facts(self, id: InstrumentId) -> Facts:
        """The broker's own tick where it gave one for this price, else the rule's."""
        board = self._context.desk.board
        facts = facts_of(self.known(id), board.quote(id), board.trade(id))
        table = self._tick_table(id)
        if facts.tick is None and facts.last is not None and table is not None:
            return replace(facts, tick=table.tick(facts.last))
        return facts

    def book(self, id: InstrumentId, facts: Facts, *, stale: bool, failed: bool) -> BookInput:
        desk, table = self._context.desk, self._tick_table(id)
        book = desk.board.book(id)
        orders, average = self._own_of(id, table)
        return BookInput(
            id,
            book.value if isinstance(book, Known) else None,
            facts.currency,
            facts.last,
            facts.base,
            self._marks(facts, average),
            orders,
            table,
            stale,
            failed,
        )

    def forget_own(self) -> None:
        """Orders or holdings changed."""
        self._own = None

    def _own_of(self, id: InstrumentId, table: TickTable | None) -> tuple[StandingOrders, int | None]:
        """One's own orders, and the level of one's average price."""
        if self._own is None or self._own[0] != id:
            orders = standing_orders(self._context.desk.orders(), id)
            self._own = (id, orders, self._average(id, table))
        return self._own[1:]

    @staticmethod
    def _marks(facts: Facts, average: int | None) -> dict[Mark, int]:
        marks = {
            Mark.UPPER: facts.upper,
            Mark.LOWER: facts.lower,
            Mark.HIGH: facts.high,
            Mark.LOW: facts.low,
            Mark.OPEN: facts.open,
            Mark.CLOSE: facts.base,
            Mark.AVERAGE: average,
        }
        return {mark: units for mark, units in marks.items() if units is not None}

    def _average(self, id: InstrumentId, table: TickTable | None) -> int | None:
        """The level of one's own average price: cost per share, down to a price that can be quoted."""
        held = self._context.desk.portfolio().holding(id)
        if held is None or not held.position.quantity:
            return None
        units = held.position.cost.units // held.position.quantity.count
        return units if table is None else units - units % table.tick(units)

    def _tick_table(self, id: InstrumentId) -> TickTable | None:
        """Of the trading date; None where no rule is on file."""
        known, desk = self.known(id), self._context.desk
        if known is None:
            return None
        now = desk.clock.now()
        if self._table is None or self._table[:2] != (known, now.date()):
            self._table = (known, now.date(), self._read_table(known))
        return self._table[2]

    def _read_table(self, known: Instrument) -> TickTable | None:
        schedule = self._context.desk.schedule
        try:
            status = schedule.status(Venue.KRX, self._context.desk.clock.now())
            return tick_table_of(known, schedule.rules_day(status.trading_date))
        except RuleUnknown:
            return None
