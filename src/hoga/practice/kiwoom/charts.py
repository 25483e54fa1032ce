"""Day, week, month and year bars ka10081, ka10082, ka10083, ka10094 (kiwoom.md 4.3), newest first.

Nothing is ever split here, so adjusted and raw bars are the same. A symbol without data answers one row of blanks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period
from hoga.practice.figures import percent
from hoga.practice.kiwoom.answers import Reply, Row
from hoga.practice.kiwoom.figures import MILLION, change_sign, signed
from hoga.practice.kiwoom.operation import CHART, Call, Handler, Operation, blank_of
from hoga.practice.newest_bars import newest_bars, with_previous

_ROWS = 600
_FIRST_DAY = date(1980, 1, 1)


class _Shape(Struct, frozen=True):
    """How one of the four is written. The day chart alone counts turnover in million won (quirk 20)."""

    period: Period
    name: str
    million: bool = False
    changes: bool = True


def _chart(shape: _Shape) -> Handler:
    return lambda call: _answer(call, shape)


def _answer(call: Call, shape: _Shape) -> Reply:
    """Up to ``base_dt``, one page of 600; a date to come means today."""
    asked = call.asked()
    last = min(call.fields.day("base_dt"), call.exchange.trading_date())
    call.fields.one_of("upd_stkpc_tp", ("0", "1"))
    if call.cursor:
        last = min(last, _day_before(call.cursor, last))
    instrument = asked.instrument
    span = (_FIRST_DAY, last)
    code = instrument.code if instrument is not None else ""
    bars = newest_bars(call.exchange, code, shape.period, span, _ROWS + 1) if code and last >= _FIRST_DAY else []
    shares = instrument.listed_shares or 0 if instrument is not None else 0
    rows = [_row(bar, before, shape, shares) for bar, before in with_previous(bars)[:_ROWS]]
    following = rows[-1]["dt"] if len(bars) > _ROWS else ""
    return Reply(
        {"stk_cd": asked.text, shape.name: rows or [blank_of(_row(_NOTHING, None, shape, 0))]}, next_key=following
    )


def _day_before(cursor: str, default: date) -> date:
    """A cursor is the first day of the last bar sent; one that is none begins anew."""
    try:
        return datetime.strptime(cursor, "%Y%m%d").date() - timedelta(days=1)  # noqa: DTZ007 a date has no zone
    except ValueError:
        return default


def _row(bar: Candle, before: Candle | None, shape: _Shape, shares: int) -> Row:
    """Prices bare, the change signed (kiwoom.md 4.3)."""
    change = bar.close_units - before.close_units if before is not None else 0
    row = {
        "cur_prc": str(bar.close_units),
        "trde_qty": str(bar.volume),
        "trde_prica": str(bar.amount_units // MILLION if shape.million else bar.amount_units),
        "dt": f"{bar.start:%Y%m%d}",
        "open_pric": str(bar.open_units),
        "high_pric": str(bar.high_units),
        "low_pric": str(bar.low_units),
    }
    if not shape.changes:
        return row
    return row | {
        "pred_pre": signed(change),
        "pred_pre_sig": change_sign(change),
        "trde_tern_rt": f"+{percent(bar.volume, shares)}",
    }


_NOTHING = Candle(datetime(2000, 1, 1, tzinfo=KST), 0, 0, 0, 0, 0, 0)

OPERATIONS = (
    Operation("ka10081", CHART, _chart(_Shape(Period.DAY, "stk_dt_pole_chart_qry", million=True))),
    Operation("ka10082", CHART, _chart(_Shape(Period.WEEK, "stk_stk_pole_chart_qry"))),
    Operation("ka10083", CHART, _chart(_Shape(Period.MONTH, "stk_mth_pole_chart_qry"))),
    Operation("ka10094", CHART, _chart(_Shape(Period.YEAR, "stk_yr_pole_chart_qry", changes=False))),
)
