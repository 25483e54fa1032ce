"""Minute bars ka10080 and tick bars ka10079 (kiwoom.md 4.3), newest first. Bars without trades are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period, Trade
from hoga.practice.kiwoom.answers import Reply, Row
from hoga.practice.kiwoom.figures import change_sign, priced, signed
from hoga.practice.kiwoom.operation import CHART, Call, Operation, blank_of

_ROWS = 900
_TICKS = ("1", "3", "5", "10", "30")
_MINUTES = ("1", "3", "5", "10", "15", "30", "45", "60")
_DAYS_KEPT = 400
"""About 13 months of minutes."""
_STAMP = "%Y%m%d%H%M%S"


class _Bar(Struct, frozen=True):
    """One bar of a day: ``base`` is the close of the day before, ``day_volume`` what had traded by its end."""

    candle: Candle
    base: int
    day_volume: int


def minute_chart(call: Call) -> Reply:
    """Bars of N minutes up to the end of ``base_dt`` (today unless said), one page of 900."""
    asked = call.asked()
    scope = int(call.fields.one_of("tic_scope", _MINUTES))
    call.fields.one_of("upd_stkpc_tp", ("0", "1"))
    today = call.exchange.trading_date()
    day = min(call.fields.day("base_dt", today), today)
    bars: list[_Bar] = []
    if asked.instrument is not None:
        bars = _bars_back(call, asked.instrument.code, scope, _before(call.cursor, _end_of(day)), today)
    rows = [_minute_row(bar) for bar in bars[:_ROWS]]
    following = rows[-1]["cntr_tm"] if len(bars) > _ROWS else ""
    return Reply({"stk_cd": asked.text, "stk_min_pole_chart_qry": rows or [_blank(_minute_row)]}, next_key=following)


def tick_chart(call: Call) -> Reply:
    """Bars of N trades of today's tape."""
    asked = call.asked()
    scope = int(call.fields.one_of("tic_scope", _TICKS))
    call.fields.one_of("upd_stkpc_tp", ("0", "1"))
    state = call.state(asked)
    trades = call.exchange.trades(state.instrument.code, _ROWS * scope) if state is not None else []
    rows = [_tick_row(_Bar(_of_trades(part), _base(part[0]), 0)) for part in _groups(trades, scope)]
    payload = {"stk_cd": asked.text, "last_tic_cnt": str(len(trades) % scope), "stk_tic_chart_qry": rows}
    return Reply(payload if rows else payload | {"stk_tic_chart_qry": [_blank(_tick_row)]})


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, KST)


def _before(cursor: str, default: datetime) -> datetime:
    """Right before the last bar sent; a cursor that is none begins anew."""
    try:
        return datetime.strptime(cursor, _STAMP).replace(tzinfo=KST) - timedelta(microseconds=1)
    except ValueError:
        return default


def _bars_back(call: Call, code: str, scope: int, last: datetime, today: date) -> list[_Bar]:
    """More than a page of bars, newest first, read day by day; fewer where history ends."""
    closes = _closes(call, code, last.date())
    bars: list[_Bar] = []
    day = last.date()
    while len(bars) <= _ROWS and day > today - timedelta(days=_DAYS_KEPT):
        start = datetime.combine(day, time(), KST)
        candles = call.exchange.candles(code, Period.MINUTE, start, min(last, _end_of(day)))
        base = next((close for on, close in closes if on < day), candles[0].open_units if candles else 0)
        bars += _day_bars(candles, scope, base)
        day -= timedelta(days=1)
    return bars


def _closes(call: Call, code: str, last: date) -> list[tuple[date, int]]:
    """The closes of the days up to ``last``, newest first."""
    start = datetime.combine(last - timedelta(days=_DAYS_KEPT), time(), KST)
    days = call.exchange.candles(code, Period.DAY, start, _end_of(last))
    return [(candle.start.date(), candle.close_units) for candle in reversed(days)]


def _day_bars(candles: Sequence[Candle], scope: int, base: int) -> list[_Bar]:
    bars: list[_Bar] = []
    volume = 0
    for candle in candles:
        volume += candle.volume
        minute = candle.start.hour * 60 + candle.start.minute
        start = candle.start.replace(second=0, microsecond=0) - timedelta(minutes=minute % scope)
        if bars and bars[-1].candle.start == start:
            bars[-1] = _Bar(_joined(bars[-1].candle, candle), base, volume)
        else:
            bars.append(_Bar(replace(candle, start=start), base, volume))
    return bars[::-1]


def _joined(first: Candle, second: Candle) -> Candle:
    return replace(
        first,
        high_units=max(first.high_units, second.high_units),
        low_units=min(first.low_units, second.low_units),
        close_units=second.close_units,
        volume=first.volume + second.volume,
        amount_units=first.amount_units + second.amount_units,
    )


def _groups(trades: Sequence[Trade], scope: int) -> list[Sequence[Trade]]:
    """Counted from the newest, each group newest first."""
    return [trades[at : at + scope] for at in range(0, len(trades), scope)][:_ROWS]


def _of_trades(part: Sequence[Trade]) -> Candle:
    prices = [trade.price_units for trade in part]
    volume, amount = sum(t.quantity for t in part), sum(t.quantity * t.price_units for t in part)
    return Candle(part[0].at, prices[-1], max(prices), min(prices), prices[0], volume, amount)


def _base(trade: Trade) -> int:
    return trade.price_units - trade.change_units


def _minute_row(bar: _Bar) -> Row:
    """Each price with its own direction against the close of the day before."""
    candle, base = bar.candle, bar.base
    change = candle.close_units - base
    return {
        "cur_prc": priced(candle.close_units, base),
        "trde_qty": str(candle.volume),
        "cntr_tm": candle.start.strftime(_STAMP),
        "open_pric": priced(candle.open_units, base),
        "high_pric": priced(candle.high_units, base),
        "low_pric": priced(candle.low_units, base),
        "acc_trde_qty": str(bar.day_volume),
        "pred_pre": signed(change),
        "pred_pre_sig": change_sign(change),
    }


def _tick_row(bar: _Bar) -> Row:
    """Bare prices, and a change without a plus."""
    candle = bar.candle
    change = candle.close_units - bar.base
    return {
        "cur_prc": str(candle.close_units),
        "trde_qty": str(candle.volume),
        "cntr_tm": candle.start.strftime(_STAMP),
        "open_pric": str(candle.open_units),
        "high_pric": str(candle.high_units),
        "low_pric": str(candle.low_units),
        "pred_pre": str(change),
        "pred_pre_sig": change_sign(change),
    }


def _blank(row: Callable[[_Bar], Row]) -> Row:
    return blank_of(row(_Bar(Candle(datetime(2000, 1, 1, tzinfo=KST), 0, 0, 0, 0, 0, 0), 0, 0)))


OPERATIONS = (
    Operation("ka10079", CHART, tick_chart),
    Operation("ka10080", CHART, minute_chart),
)
