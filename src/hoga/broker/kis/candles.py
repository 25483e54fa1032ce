"""Chart bodies to candles (kis.md 4.1.3-4.1.5): newest first on the wire, fillers and cumulative amounts in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.broker.calls import NothingThere
from hoga.broker.fields import Fields, moment, without_placeholders
from hoga.broker.kis.decode_rest import block, rows
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle, Period
from hoga.domain.periods import period_start

PERIOD_CODES = {Period.DAY: "D", Period.WEEK: "W", Period.MONTH: "M", Period.YEAR: "Y"}
DAILY_PAGE = 100
TODAY_PAGE = 30
PAST_PAGE = 120


def period_page(body: Mapping[str, Any], instrument: InstrumentId, period: Period) -> list[tuple[date, Candle]]:
    """One page of day, week, month or year candles with the business date of each, newest first.

    Raises NothingThere for an unknown code, BadField for a row that cannot be read. Empty objects are fillers.
    """
    head = block(body, "period chart", "output1")
    if head.whole_or_none("stck_prpr") == 0:
        raise NothingThere(instrument.code)
    listed = without_placeholders(rows(body, "period chart", "output2"), "stck_bsop_date")
    return [_period_candle(row, period) for row in listed]


def _period_candle(row: Fields, period: Period) -> tuple[date, Candle]:
    day = row.day("stck_bsop_date")
    candle = Candle(
        start=moment(period_start(day, period), time(0)),
        open_units=row.count("stck_oprc"),
        high_units=row.count("stck_hgpr"),
        low_units=row.count("stck_lwpr"),
        close_units=row.count("stck_clpr"),
        volume=row.count("acml_vol"),
        amount_units=row.count("acml_tr_pbmn"),
    )
    return day, candle


class Minute:
    """One minute bar as the wire has it: its amount runs up over the day (quirk 36)."""

    __slots__ = ("candle", "running_amount")

    def __init__(self, candle: Candle, running_amount: int) -> None:
        self.candle = candle
        self.running_amount = running_amount


def minute_page(body: Mapping[str, Any], instrument: InstrumentId, operation: str) -> list[Minute]:
    """One page of one-minute bars, newest first. Raises NothingThere, BadField."""
    head = block(body, operation, "output1")
    if head.whole_or_none("stck_prpr") == 0:
        raise NothingThere(instrument.code)
    listed = without_placeholders(rows(body, operation, "output2"), "stck_bsop_date")
    return [_minute(row) for row in listed]


def _minute(row: Fields) -> Minute:
    at = row.clock_time("stck_cntg_hour").replace(second=0)
    candle = Candle(
        start=moment(row.day("stck_bsop_date"), at),
        open_units=row.count("stck_oprc"),
        high_units=row.count("stck_hgpr"),
        low_units=row.count("stck_lwpr"),
        close_units=row.count("stck_prpr"),
        volume=row.count("cntg_vol"),
        amount_units=0,
    )
    return Minute(candle, row.count("acml_tr_pbmn"))


def with_own_amounts(minutes: Iterable[Minute]) -> list[Candle]:
    """Candles oldest first, each with the amount of its own minute: its running amount less its neighbour's before.

    The oldest bar of each date counts as the date's first: hand in one bar more than is wanted, or whole days.
    A bar whose running amount has not grown had no trade; the wire shows the volume of the minute before it then.
    """
    candles: list[Candle] = []
    before: Minute | None = None
    for minute in sorted(minutes, key=lambda minute: minute.candle.start):
        same_day = before is not None and before.candle.start.date() == minute.candle.start.date()
        ran_up = before.running_amount if same_day and before is not None else 0
        own = max(minute.running_amount - ran_up, 0)
        volume = minute.candle.volume if own else 0
        candles.append(replace(minute.candle, amount_units=own, volume=volume))
        before = minute
    return candles


def not_after(minutes: Sequence[Minute], now: datetime) -> list[Minute]:
    """Without bars of minutes that have not begun: asking ahead yields flat fillers (quirk 37)."""
    return [minute for minute in minutes if minute.candle.start <= now]


def wire_time(at: datetime) -> str:
    return f"{at.astimezone(KST):%H%M%S}"


def wire_day(day: date) -> str:
    return f"{day:%Y%m%d}"
