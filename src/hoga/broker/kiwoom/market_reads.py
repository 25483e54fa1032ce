"""Reads of the market: quotes, books, candles, symbol lists (kiwoom.md 4.1-4.3). No call tells trading days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.account_lists import most_popular_first
from hoga.broker.drift import DriftNotes
from hoga.broker.fields import BadField
from hoga.broker.kiwoom import candles as charts
from hoga.broker.kiwoom import decode_rest as decode
from hoga.broker.kiwoom import ids, master
from hoga.broker.kiwoom.rest import KiwoomRest
from hoga.broker.periods import OnceADay, asked_range
from hoga.broker.port import BadReply, BrokerError
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Book, Candle, Period, Quote
from hoga.domain.periods import period_start

_MOST_CHART_PAGES = 400
_MOST_FACTS = 500


class MarketReads:
    """Market reads over one host. ``own_calendar`` answers for trading days."""

    def __init__(
        self, rest: KiwoomRest, clock: MarketClock, notes: DriftNotes, own_calendar: Callable[[date], bool]
    ) -> None:
        self._rest = rest
        self._clock = clock
        self._notes = notes
        self._own_calendar = own_calendar
        self._instruments = OnceADay(clock, self._read_lists)
        self._facts: dict[InstrumentId, OnceADay[decode.Facts]] = {}

    async def quote(self, instrument: InstrumentId) -> Quote:
        """The watch list's row of one code, with the facts of the day beside it."""
        now = self._clock.now()
        first = await self._rest.read(
            ids.WATCH,
            {"stk_cd": instrument.code},
            lambda body: partial(decode.quote, body, instrument, now),
        )
        known = await self._facts_of(instrument)
        return self._rest.decoded(ids.WATCH.name, {}, lambda _: first(known, self._unreadable_extra))

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool
    ) -> tuple[Candle, ...]:
        """Candles whose start lies in [start, end], oldest first; pages go back from the end's date."""
        first, last = asked_range(start, end, self._clock.now())
        if first > last:
            return ()
        oldest = first if period is Period.MINUTE else _day_start(period_start(first.date(), period))
        query = {
            "stk_cd": instrument.code,
            "upd_stkpc_tp": "1" if adjusted else "0",
            "base_dt": f"{last.date():%Y%m%d}",
        }
        if period is Period.MINUTE:
            query["tic_scope"] = "1"
        found = await self._back_to(oldest, period, query)
        return tuple(found[at] for at in sorted(found) if first <= at <= last)

    async def _back_to(self, oldest: datetime, period: Period, query: dict[str, str]) -> dict[datetime, Candle]:
        operation = charts.CHARTS[period].operation
        decoder = partial(charts.candles, period=period)
        found: dict[datetime, Candle] = {}
        cursor: tuple[str, ...] = ("",)
        for _ in range(_MOST_CHART_PAGES):
            page = await self._rest.page(operation, query, cursor)
            bars = [] if page.nothing else self._rest.decoded(operation.name, page.body, decoder)
            fresh = [bar for bar in bars if bar.start not in found]
            found |= {bar.start: bar for bar in fresh}
            if not page.more or not bars or min(bar.start for bar in bars) < oldest:
                return found
            if not fresh or page.cursor == cursor:
                raise BadReply(Message("BROKER_REPEATED_PAGE", {"operation": operation.name}))
            cursor = page.cursor
        raise BadReply(Message("BROKER_TOO_MANY_PAGES", {"operation": operation.name}))

    async def book(self, instrument: InstrumentId) -> Book:
        now = self._clock.now()
        return await self._rest.read(
            ids.BOOK, {"stk_cd": instrument.code}, lambda body: decode.book(body, instrument, now)
        )

    async def instruments(self) -> tuple[Instrument, ...]:
        """Every tradable issue of the symbol lists, most popular first; read once a day."""
        return await self._instruments.get()

    async def is_trading_day(self, day: date) -> bool:
        return self._own_calendar(day)

    async def _read_lists(self) -> tuple[Instrument, ...]:
        found: dict[InstrumentId, Instrument] = {}
        for market in master.LISTS:
            pages = await self._rest.read_pages(ids.LISTED, {"mrkt_tp": market}, master.instruments)
            for page in pages:
                found |= {each.id: each for each in page}
        if not found:
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "symbol lists"}))
        return tuple(most_popular_first(found.values()))

    async def _facts_of(self, instrument: InstrumentId) -> decode.Facts:
        """Figures of the company and the market's flags. A quote without them is still a quote."""
        if instrument not in self._facts:
            if len(self._facts) >= _MOST_FACTS:
                self._facts.clear()
            self._facts[instrument] = OnceADay(self._clock, partial(self._read_facts, instrument))
        try:
            return await self._facts[instrument].get()
        except BrokerError as error:
            self._notes.refused(ids.FACTS.name, type(error).__name__)
            return decode.Facts()

    async def _read_facts(self, instrument: InstrumentId) -> decode.Facts:
        asked = {"stk_cd": instrument.code}
        flags, sector = await self._rest.read(ids.ONE_LISTED, asked, master.flags_and_sector)
        company = await self._rest.read(ids.FACTS, asked, decode.facts)
        return decode.Facts(company.per, company.pbr, company.eps, company.bps, flags, sector)

    def _unreadable_extra(self, error: BadField) -> None:
        self._notes.refused(error.where, error.problem)


def _day_start(day: date) -> datetime:
    return datetime.combine(day, time(0), KST)
