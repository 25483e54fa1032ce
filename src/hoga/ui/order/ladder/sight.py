"""What the ladder has in sight: rows, market, one's own orders; and where the market went if it left."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.order.ladder.chips import Chip
from hoga.ui.order.ladder.looks import MarketRows, Places, RowLook, looks_of, places_of
from hoga.ui.order.ladder.rows import Rows
from hoga.ui.order.prices import Steps


class Edges(Struct, frozen=True):
    """Arrows at the upper and the lower edge: where the last price is; empty while it is in sight."""

    upper: str = ""
    lower: str = ""


class Sight:
    """Rows move only by ``centre``, ``scroll``, ``show``, or in ``take_in`` when nothing holds them."""

    def __init__(self) -> None:
        self.rows: Rows | None = None
        self.market: MarketRows | None = None
        self.chips: tuple[Chip, ...] = ()
        self.looks: tuple[RowLook, ...] = ()
        self.edges = Edges()
        self.currency = Currency.KRW
        self._places: tuple[Rows | None, Places] = (None, ())

    def take_in(
        self, steps: Steps, market: MarketRows, chips: tuple[Chip, ...], *, group: int, count: int, held: bool
    ) -> bool:
        """The market as it is now; ``held`` rows stay. True: it is another instrument's."""
        other = self.market is None or self.market.instrument != market.instrument
        self.market, self.chips, self.currency = market, chips, steps.grid.currency
        lower = steps.limits.lower.units if steps.limits.lower is not None else None
        upper = steps.limits.upper.units if steps.limits.upper is not None else None
        around = self.middle()
        if other or self.rows is None or self.rows.table != steps.grid.table:
            rows = Rows(steps.grid.table, 0, count, group, lower, upper)
            self.rows = None if around is None else rows.centred(around)
        elif around is not None:
            rows = self.rows
            if (rows.lower, rows.upper) != (lower, upper):
                rows = replace(rows, lower=lower, upper=upper)
            if rows.group != group:
                rows = rows.grouped(group, around)
            elif market.last is not None and not held and not rows.in_the_middle(market.last):
                rows = rows.centred(market.last)
            self.rows = rows
        self._look()
        return other

    def forget(self) -> None:
        self.rows, self.market, self.chips, self.looks, self.edges = None, None, (), (), Edges()

    def centre(self) -> None:
        around = self.middle()
        if self.rows is not None and around is not None:
            self._move(self.rows.centred(around))

    def scroll(self, rows: int) -> None:
        if self.rows is not None:
            self._move(self.rows.scrolled(rows))

    def show(self, units: int) -> None:
        """Moved as little as needed to have a price in sight."""
        if self.rows is not None:
            self._move(self.rows.showing(units))

    def hold(self, rows: Rows | None, market: MarketRows | None) -> None:
        """Stand again as painted, where a move was decided but not painted yet: that is what a person sees."""
        same = market is not None and self.market is not None and market.instrument == self.market.instrument
        if same and rows is not None and self.rows is not None and rows.table == self.rows.table:
            self._move(rows)

    def resize(self, count: int, *, held: bool) -> None:
        if self.rows is None or self.rows.count == count:
            return
        rows, around = self.rows.resized(count), self.middle()
        self._move(rows.scrolled_to(rows.top) if held or around is None else rows.centred(around))

    def middle(self) -> int | None:
        """What is put in the middle: the last price, or the best known instead."""
        if self.market is None:
            return None
        known = (self.market.last, self.market.best_bid, self.market.best_ask, self.market.base)
        return next((units for units in known if units), None)

    def row_of(self, units: int | None) -> int | None:
        return None if self.rows is None or units is None else self.rows.row_of(units)

    def _move(self, rows: Rows) -> None:
        self.rows = rows
        self._look()

    def _look(self) -> None:
        if self.rows is None or self.market is None:
            self.looks, self.edges = (), Edges()
            return
        if self._places[0] is not self.rows:
            self._places = self.rows, places_of(self.rows)
        self.looks = looks_of(self.rows, self.market, self.chips, self._places[1])
        last = self.market.last
        if last is None or self.rows.row_of(last) is not None:
            self.edges = Edges()
            return
        words = fmt.units(last, self.currency)
        self.edges = Edges(upper=f"▲ {words}") if self.rows.above(last) else Edges(lower=f"▼ {words}")
