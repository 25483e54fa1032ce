"""Chart bodies to candles (kiwoom.md 4.3): newest first, signs that are directions, a row of blanks for no data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from hoga.base.clock import KST
from hoga.broker.fields import BadField, moment, parse_time
from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.decode_rest import MILLION
from hoga.broker.kiwoom.fields import KiwoomFields, rows
from hoga.domain.market_data import Candle, Period
from hoga.domain.periods import period_start


class Chart(Struct, frozen=True):
    """One of the charts. ``won``: what one unit of its turnover is; None where it has none (minutes)."""

    operation: ids.Operation
    rows: str
    won: int | None


CHARTS = MappingProxyType(
    {
        Period.MINUTE: Chart(ids.MINUTES, "stk_min_pole_chart_qry", None),
        Period.DAY: Chart(ids.DAYS, "stk_dt_pole_chart_qry", MILLION),
        Period.WEEK: Chart(ids.WEEKS, "stk_stk_pole_chart_qry", 1),
        Period.MONTH: Chart(ids.MONTHS, "stk_mth_pole_chart_qry", 1),
        Period.YEAR: Chart(ids.YEARS, "stk_yr_pole_chart_qry", 1),
    }
)
"""Turnover is in million won for days and in won for longer periods (quirk 20)."""


def candles(body: Mapping[str, Any], period: Period) -> list[Candle]:
    """One page, newest first. Raises BadField for a row that cannot be read.

    Minute bars have no turnover: their ``amount_units`` is 0, which says nothing.
    """
    chart = CHARTS[period]
    listed = rows(chart.operation.name, body, chart.rows)
    return [_candle(row, period, chart) for row in listed if row.text("cur_prc")]


def _candle(row: KiwoomFields, period: Period, chart: Chart) -> Candle:
    return Candle(
        start=_minute(row.text("cntr_tm")) if period is Period.MINUTE else _period(row, period),
        open_units=row.price_units("open_pric"),
        high_units=row.price_units("high_pric"),
        low_units=row.price_units("low_pric"),
        close_units=row.price_units("cur_prc"),
        volume=row.count("trde_qty"),
        amount_units=0 if chart.won is None else row.count("trde_prica") * chart.won,
    )


def _period(row: KiwoomFields, period: Period) -> datetime:
    return moment(period_start(row.day("dt"), period), time(0))


def _minute(text: str) -> datetime:
    try:
        day = datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=KST).date()
    except ValueError:
        raise BadField("minutes.cntr_tm", "not a date") from None
    return moment(day, parse_time(text[8:], "minutes.cntr_tm").replace(second=0))
