"""What is known of one instrument now: the broker's quote, carried on by the trades that came after it.

Pure. What nobody said is None and is shown as a dash, never as 0.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.instruments import Flags, Instrument
from hoga.domain.known import Known, Maybe
from hoga.domain.market_data import Quote, Trade
from hoga.domain.values import Currency
from hoga.ui.format import Direction, direction

NO_FLAGS = Flags()


class Facts(Struct, frozen=True):
    """Prices and sums in whole units of ``currency``. ``quote`` is the last one that was read: company figures come
    from it as the broker printed them. ``quote_at`` is when it came, ``at`` when the newest figure came."""

    currency: Currency = Currency.KRW
    instrument: Instrument | None = None
    flags: Flags = NO_FLAGS
    last: int | None = None
    base: int | None = None
    open: int | None = None
    high: int | None = None
    low: int | None = None
    volume: int | None = None
    amount: int | None = None
    upper: int | None = None
    lower: int | None = None
    tick: int | None = None
    quote: Quote | None = None
    quote_at: datetime | None = None
    at: datetime | None = None

    @property
    def change(self) -> int | None:
        return None if self.last is None or self.base is None else self.last - self.base

    @property
    def direction(self) -> Direction:
        """Where the price stands against the previous close, and whether it stands at a limit."""
        if self.last is None or self.change is None:
            return Direction.FLAT
        return direction(
            self.change,
            at_upper=self.upper is not None and self.last >= self.upper,
            at_lower=self.lower is not None and self.last <= self.lower,
        )


def facts_of(instrument: Instrument | None, quote: Maybe[Quote], trade: Maybe[Trade]) -> Facts:
    """Everything known, the newer of quote and trade where both say it."""
    facts = Facts(instrument=instrument)
    if instrument is not None:
        facts = replace(facts, currency=instrument.currency, flags=instrument.flags)
    if isinstance(quote, Known):
        facts = _quoted(facts, quote)
    if isinstance(trade, Known) and (not isinstance(quote, Known) or trade_is_newer(trade.value, quote.value)):
        facts = _carried_on(facts, trade)
    return facts


def trade_is_newer(trade: Trade, quote: Quote) -> bool:
    """Whether a trade is later than what a quote has counted. A reply may overtake or be overtaken by the stream, so
    the day's volume decides, which only grows; it begins anew with each date."""
    if trade.at.date() != quote.at.date():
        return trade.at.date() > quote.at.date()
    return trade.day_volume >= quote.volume


def _quoted(facts: Facts, known: Known[Quote]) -> Facts:
    quote = known.value
    return replace(
        facts,
        currency=quote.last.currency,
        flags=quote.flags,
        last=quote.last.units,
        base=quote.base.units or None,
        open=quote.open.units if quote.open else None,
        high=quote.high.units if quote.high else None,
        low=quote.low.units if quote.low else None,
        volume=quote.volume,
        amount=quote.amount.units,
        upper=quote.upper_limit.units if quote.upper_limit else None,
        lower=quote.lower_limit.units if quote.lower_limit else None,
        tick=quote.tick,
        quote=quote,
        quote_at=known.at,
        at=known.at,
    )


def _carried_on(facts: Facts, known: Known[Trade]) -> Facts:
    trade = known.value
    flags = replace(facts.flags, halted=True) if trade.halted and not facts.flags.halted else facts.flags
    return replace(
        facts,
        currency=trade.currency,
        flags=flags,
        last=trade.price_units,
        base=facts.base if trade.moved is None else trade.price_units - trade.moved,
        open=trade.open_units or facts.open,
        high=trade.high_units or facts.high,
        low=trade.low_units or facts.low,
        volume=trade.day_volume,
        amount=trade.day_amount_units,
        # The broker's tick belongs to the price it was quoted at.
        tick=facts.tick if facts.last == trade.price_units else None,
        at=known.at,
    )
