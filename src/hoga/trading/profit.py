"""The day's realised profit, from the fills we know of: per instrument over the average cost, after costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from hoga.base.message import Message
from hoga.domain.calendar import KRX
from hoga.domain.costs import FeeModel, Sale, cost_of_buy, cost_of_sell
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Line, Position, Realised, opening_cost
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Shares
from hoga.trading.tally import Tally

_SETTLING = KRX.guessing()
_Version: TypeAlias = tuple[date, int, bool]


class DayProfit:
    """``instrument`` looks one up in the master as far as it was read: taxes depend on it."""

    def __init__(
        self,
        tally: Tally,
        fees: FeeModel,
        trading_date: Callable[[], date],
        instrument: Callable[[InstrumentId], Maybe[Instrument]],
    ) -> None:
        self._tally = tally
        self._fees = fees
        self._trading_date = trading_date
        self._instrument = instrument
        self._lines: dict[InstrumentId, tuple[_Version, tuple[Line, ...] | None]] = {}
        self._realised: dict[InstrumentId, Realised] = {}
        self._openings: dict[tuple[date, InstrumentId], tuple[int, Fraction]] = {}

    def remember_openings(self, positions: Iterable[Position]) -> None:
        """What was held when the day began, worked out from each balance while it can be: a holding that is sold out
        later leaves nothing to work it out from."""
        today = self._trading_date()
        self._openings = {key: value for key, value in self._openings.items() if key[0] == today}
        for position in positions:
            if not position.quantity:
                continue
            lines = self._lines_of(position.instrument)
            if lines is None or (today, position.instrument) in self._openings:
                continue
            opening = opening_cost(position.quantity.count, position.cost.units, lines)
            if opening is not None:
                self._openings[today, position.instrument] = opening

    def of(self, instrument: InstrumentId, held: int | None) -> Realised | Unknown:
        """What the day's profit of an instrument is reckoned from; ``held``: shares held now, None while unknown."""
        lines = self._lines_of(instrument)
        if lines is None:
            return Unknown(Message("COSTS_UNKNOWN"))
        opening = self._openings.get((self._trading_date(), instrument))
        if opening is None and sum(line.quantity * line.side.sign for line in lines) == held:
            opening = (0, Fraction(0))
        if opening is None:
            return Unknown(Message("COST_BEFORE_TODAY_UNKNOWN"))
        known = self._realised.get(instrument)
        if known is None or known.lines is not lines or (known.shares, known.cost) != opening:
            known = self._realised[instrument] = Realised(*opening, lines)
        return known

    def costs(self, instrument: InstrumentId) -> int | None:
        """Fees and taxes of the day's fills of an instrument, in units; None where they cannot be reckoned."""
        lines = self._lines_of(instrument)
        return None if lines is None else sum(line.costs for line in lines)

    def _lines_of(self, instrument: InstrumentId) -> tuple[Line, ...] | None:
        """Today's fills of an instrument, oldest first, with their costs; None where the costs cannot be reckoned."""
        listed = isinstance(self._instrument(instrument), Known)
        version = self._trading_date(), self._tally.version(instrument), listed
        known = self._lines.get(instrument)
        if known is None or known[0] != version:
            known = self._lines[instrument] = version, self._reckoned(instrument)
        return known[1]

    def _reckoned(self, instrument: InstrumentId) -> tuple[Line, ...] | None:
        lines = []
        for side, execution in self._tally.executions(instrument):
            costs = self._costs(instrument, side, execution.quantity, execution.amount)
            if costs is None:
                return None
            lines.append(Line(side, execution.quantity.count, execution.amount.units, costs.units))
        return tuple(lines)

    def _costs(self, id: InstrumentId, side: Side, shares: Shares, amount: Money) -> Money | None:
        if side is Side.BUY:
            return cost_of_buy(self._fees, amount).total
        instrument, today = self._instrument(id), self._trading_date()
        if isinstance(instrument, Unknown):
            return None
        try:
            settles = _SETTLING.settlement_date(today)
            return cost_of_sell(self._fees, Sale(instrument.value, amount, shares, today, settles)).total
        except RuleUnknown:
            return None
