"""One-minute bars: today FHKST03010200 and past days FHKST03010230 (kis.md 4.1.4, 4.1.5), newest first.

Only minutes with a trade have a bar, and a bar holds its own volume: the broker's habit of showing the minute before
until the first trade of a minute is not imitated. ``acml_tr_pbmn`` runs over the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period
from hoga.practice.api import MarketState
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.operation import Call, quote
from hoga.practice.kis.prices import change_fields, price_now

_TODAY_MOST = 30
_PAST_MOST = 120
_LATEST = time(0, 0, 0)
_MINUTE = timedelta(minutes=1)
_REPEATS_UNTIL = time(15, 30)


def today_chart(call: Call) -> Reply:
    """At most 30 bars back from a time of today; ``000000`` means the latest.

    A time not yet reached repeats the price, up to 15:30 where the broker's day ends; a later one has nothing, which is
    what ends python-kis's walk past the first minute of a day that begins at midnight.
    """
    state = call.quoted()
    wanted = call.fields.clock("FID_INPUT_HOUR_1")
    past_too = call.fields.one_of("FID_PW_DATA_INCU_YN", ("Y", "N"), "N") == "Y"
    if state is None:
        return Reply({"output1": {"stck_prpr": "0", "stck_prdy_clpr": "0"}, "output2": []})
    today, now = call.exchange.trading_date(), call.exchange.now()
    last = now if wanted == _LATEST else datetime.combine(today, wanted, KST)
    rows: list[Row] = []
    if last >= _minute(now) + 2 * _MINUTE:
        rows = _repeated(call, state, last, now)
        if not rows:
            return Reply({"output1": _head(state), "output2": []})
        last = now
    rows += _rows_back(call, state.instrument.code, (today, last), _TODAY_MOST - len(rows), past_too=past_too)
    return Reply({"output1": _head(state), "output2": rows})


def past_chart(call: Call) -> Reply:
    """At most 120 bars back from a time of a past (or this) day; ``Y`` runs over into the days before."""
    state = call.quoted()
    day, wanted = call.fields.day("FID_INPUT_DATE_1"), call.fields.clock("FID_INPUT_HOUR_1")
    past_too = call.fields.one_of("FID_PW_DATA_INCU_YN", ("Y", "N"), "N") == "Y"
    if state is None:
        return Reply({"output1": {"stck_prpr": "0", "stck_prdy_clpr": "0"}, "output2": []})
    last = datetime.combine(day, time.max if wanted == _LATEST else wanted, KST)
    rows = _rows_back(call, state.instrument.code, (day, last), _PAST_MOST, past_too=past_too)
    return Reply({"output1": _head(state), "output2": rows})


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _rows_back(call: Call, code: str, end: tuple[date, datetime], most: int, *, past_too: bool) -> list[Row]:
    """Rows of the day up to the moment, then of up to a week before while they are wanted and missing."""
    day, last = end
    rows = _day_rows(_day_bars(call, code, day, last))[:most]
    for back in range(1, 8):
        if len(rows) >= most or not past_too:
            break
        before = day - timedelta(days=back)
        rows += _day_rows(_day_bars(call, code, before, datetime.combine(before, time.max, KST)))
    return rows[:most]


def _day_bars(call: Call, code: str, day: date, last: datetime) -> Sequence[Candle]:
    return call.exchange.candles(code, Period.MINUTE, datetime.combine(day, time(), KST), last)


def _day_rows(bars: Sequence[Candle]) -> list[Row]:
    """One day's bars with the running amount, newest first."""
    rows: list[Row] = []
    amount = 0
    for bar in bars:
        amount += bar.amount_units
        prices = (bar.open_units, bar.high_units, bar.low_units, bar.close_units)
        rows.append(_row(bar.start, prices, bar.volume, amount))
    return rows[::-1]


def _repeated(call: Call, state: MarketState, last: datetime, now: datetime) -> list[Row]:
    """Flat bars for the minutes after the present one up to ``last``, newest first; none past 15:30."""
    if not call.settings.future_minutes or last.time() > _REPEATS_UNTIL:
        return []
    price = price_now(state)
    rows: list[Row] = []
    moment = _minute(last)
    while moment > now and len(rows) < _TODAY_MOST:
        rows.append(_row(moment, (price, price, price, price), 0, state.amount))
        moment -= _MINUTE
    return rows


def _row(start: datetime, prices: tuple[int, int, int, int], volume: int, amount: int) -> Row:
    first, high, low, close = prices
    return {
        "stck_bsop_date": f"{start:%Y%m%d}",
        "stck_cntg_hour": f"{start:%H%M}00",
        "stck_prpr": str(close),
        "stck_oprc": str(first),
        "stck_hgpr": str(high),
        "stck_lwpr": str(low),
        "cntg_vol": str(volume),
        "acml_tr_pbmn": str(amount),
    }


def _head(state: MarketState) -> Row:
    return {
        **change_fields(state),
        "stck_prdy_clpr": str(state.base),
        "acml_vol": str(state.volume),
        "acml_tr_pbmn": str(state.amount),
        "hts_kor_isnm": state.instrument.name_ko,
        "stck_prpr": str(price_now(state)),
    }


OPERATIONS = (
    quote("inquire-time-itemchartprice", "FHKST03010200", today_chart),
    quote("inquire-time-dailychartprice", "FHKST03010230", past_chart, on_paper=False),
)
