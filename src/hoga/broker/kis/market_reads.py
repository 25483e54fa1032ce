"""Reads of the market: quotes, books, candles, symbol files, trading days (kis.md 4.1, 6)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.account_lists import most_popular_first
from hoga.broker.fields import BadField
from hoga.broker.kis import candles as charts
from hoga.broker.kis import decode_rest as decode
from hoga.broker.kis import ids, master
from hoga.broker.kis.host import KisHost
from hoga.broker.kis.rest import KisRest
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.periods import OnceADay, asked_range
from hoga.broker.port import BadReply, NotSupported
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Book, Candle, Period, Quote
from hoga.domain.periods import period_start

_ONE_DAY = timedelta(days=1)
_MOST_CHART_PAGES = 400
_LAST_SECOND = time(23, 59, 59)


class MarketReads:
    """Market reads over one host. ``own_calendar`` answers for trading days where the host cannot."""

    def __init__(
        self,
        host: KisHost,
        rest: KisRest,
        clock: MarketClock,
        sentinel: Sentinel,
        own_calendar: Callable[[date], bool],
    ) -> None:
        self._host = host
        self._rest = rest
        self._clock = clock
        self._sentinel = sentinel
        self._own_calendar = own_calendar
        self._instruments = OnceADay(clock, self._read_masters)
        self._open_days: dict[date, bool] = {}
        self._open_days_read: date | None = None

    async def quote(self, instrument: InstrumentId) -> Quote:
        query = self._query(instrument)
        now = self._clock.now()
        return await self._rest.read(
            ids.PRICE, query, lambda body: decode.quote(body, instrument, now, self._unreadable_extra)
        )

    async def book(self, instrument: InstrumentId) -> Book:
        query = self._query(instrument)
        now = self._clock.now()
        return await self._rest.read(ids.BOOK, query, lambda body: decode.book(body, instrument, now))

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool
    ) -> tuple[Candle, ...]:
        """Candles whose start lies in [start, end], oldest first. Asking ahead of now is cut to now (quirk 37)."""
        first, last = asked_range(start, end, self._clock.now())
        if first > last:
            return ()
        if period is Period.MINUTE:
            found = await self._minutes(instrument, first, last)
        else:
            found = await self._periods(instrument, period, first, last, adjusted=adjusted)
        return tuple(candle for candle in found if first <= candle.start <= last)

    async def instruments(self) -> tuple[Instrument, ...]:
        """Every tradable issue of the symbol files, most popular first; read once a day. A market may have no file."""
        return await self._instruments.get()

    async def is_trading_day(self, day: date) -> bool:
        """The broker's word where it has one (asked once a day, as it requests), else our own calendar's."""
        if self._host.is_paper:
            return self._own_calendar(day)
        today = self._clock.now().astimezone(KST).date()
        if day not in self._open_days or self._open_days_read != today:
            await self._read_open_days(day)
            self._open_days_read = today
        return self._open_days.get(day, False) if day in self._open_days else self._own_calendar(day)

    def _query(self, instrument: InstrumentId) -> dict[str, str]:
        return {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": self._rest.codes.wire(instrument)}

    # --- charts -----------------------------------------------------------------------------------------------------

    async def _periods(
        self, instrument: InstrumentId, period: Period, first: datetime, last: datetime, *, adjusted: bool
    ) -> list[Candle]:
        """Pages of 100 going back; each next page ends the day before the oldest bar of the last one."""
        oldest_wanted = period_start(first.date(), period)
        newest, found = last.date(), dict[datetime, Candle]()
        for _ in range(_MOST_CHART_PAGES):
            query = self._query(instrument) | {
                "FID_INPUT_DATE_1": charts.wire_day(oldest_wanted),
                "FID_INPUT_DATE_2": charts.wire_day(newest),
                "FID_PERIOD_DIV_CODE": charts.PERIOD_CODES[period],
                "FID_ORG_ADJ_PRC": "0" if adjusted else "1",
            }
            page = await self._rest.read(
                ids.PERIOD_CHART, query, lambda body: charts.period_page(body, instrument, period)
            )
            bars = [(day, candle) for day, candle in page if oldest_wanted <= day <= newest]
            for _day, candle in bars:
                found.setdefault(candle.start, candle)
            if len(page) < charts.DAILY_PAGE or not bars:
                return [found[start] for start in sorted(found)]
            newest = min(period_start(day, period) for day, _ in bars) - _ONE_DAY
            if newest < oldest_wanted:
                return [found[start] for start in sorted(found)]
        raise BadReply(Message("BROKER_TOO_MANY_PAGES", {"operation": ids.PERIOD_CHART.name}))

    async def _minutes(self, instrument: InstrumentId, first: datetime, last: datetime) -> list[Candle]:
        """One-minute bars day by day, newest day first. Past days are asked only where the host has them."""
        found: list[charts.Minute] = []
        day, today = last.date(), self._clock.now().astimezone(KST).date()
        while day >= first.date():
            until = last.time() if day == last.date() else _LAST_SECOND
            since = datetime.combine(day, time(0), KST) if day > first.date() else first
            if day == today:
                found += await self._minutes_of(instrument, day, since, until, ids.MINUTES_TODAY)
            elif self._host.is_paper:
                raise NotSupported(Message("BROKER_NOT_ON_PAPER", {"operation": ids.MINUTES_PAST.name}))
            else:
                found += await self._minutes_of(instrument, day, since, until, ids.MINUTES_PAST)
            day -= _ONE_DAY
        return charts.with_own_amounts(charts.not_after(found, self._clock.now()))

    async def _minutes_of(
        self, instrument: InstrumentId, day: date, since: datetime, until: time, operation: ids.Operation
    ) -> list[charts.Minute]:
        """The bars of one day back to the one before ``since``: a bar's own amount needs its neighbour's."""
        today = operation is ids.MINUTES_TODAY
        size = charts.TODAY_PAGE if today else charts.PAST_PAGE
        newest, found = datetime.combine(day, until, KST), dict[datetime, charts.Minute]()
        for _ in range(_MOST_CHART_PAGES):
            query = self._query(instrument) | _minute_query(newest, today=today)
            decoder = partial(charts.minute_page, instrument=instrument, operation=operation.name)
            page = await self._rest.read(operation, query, decoder)
            bars = [bar for bar in page if bar.candle.start.date() == day and bar.candle.start <= newest]
            for bar in bars:
                found.setdefault(bar.candle.start, bar)
            if len(page) < size or not bars:
                break
            oldest = min(bar.candle.start for bar in bars)
            if oldest < since or oldest.time() == time(0):
                break
            newest = oldest - timedelta(seconds=1)  # never 00:00:00, which some take for "the latest"
        else:
            raise BadReply(Message("BROKER_TOO_MANY_PAGES", {"operation": operation.name}))
        return list(found.values())

    # --- files and days ---------------------------------------------------------------------------------------------

    async def _read_masters(self) -> tuple[Instrument, ...]:
        found: list[Instrument] = []
        for layout in master.LAYOUTS:
            archive = await self._rest.download(f"/{layout.file}.zip")
            if archive is None:
                continue
            try:
                found += await asyncio.to_thread(_unpack, archive, layout)
            except master.BadMaster as error:
                self._sentinel.refused(layout.file, str(error))
                raise BadReply(Message("BROKER_BAD_REPLY", {"where": layout.file})) from error
        if not found:
            raise BadReply(Message("BROKER_BAD_REPLY", {"where": "symbol files"}))
        self._rest.codes.learn(found)
        return tuple(most_popular_first(found))

    async def _read_open_days(self, day: date) -> None:
        query = {"BASS_DT": charts.wire_day(day), "CTX_AREA_NK": "", "CTX_AREA_FK": ""}
        self._open_days |= await self._rest.read(ids.TRADING_DAYS, query, decode.open_days)

    def _unreadable_extra(self, error: BadField) -> None:
        self._sentinel.refused(error.where, error.problem)


def _unpack(archive: bytes, layout: master.Layout) -> list[Instrument]:
    return master.instruments(master.unzip(archive, layout), layout)


def _minute_query(newest: datetime, *, today: bool) -> dict[str, str]:
    common = {"FID_INPUT_HOUR_1": charts.wire_time(newest), "FID_PW_DATA_INCU_YN": "N"}
    if today:
        return common | {"FID_ETC_CLS_CODE": ""}
    return common | {"FID_INPUT_DATE_1": charts.wire_day(newest.date()), "FID_FAKE_TICK_INCU_YN": ""}
