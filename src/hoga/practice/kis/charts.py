"""Day, week, month and year bars: FHKST03010100 and the short FHKST01010400 (kis.md 4.1.3), newest first.

Nothing is ever split here, so adjusted and raw bars are the same and the two opposite meanings of
``FID_ORG_ADJ_PRC`` (quirk 33) cannot show; the argument is checked all the same.
"""

from __future__ import annotations

from datetime import date

from hoga.domain.market_data import Candle
from hoga.domain.periods import period_start
from hoga.practice.api import MarketState
from hoga.practice.figures import direction, percent
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import PERIODS, wire_code
from hoga.practice.kis.operation import Call, quote
from hoga.practice.kis.prices import change_fields, price_now
from hoga.practice.newest_bars import newest_bars, with_previous

_MOST = 100
_MOST_SHORT = 30


def period_chart(call: Call) -> Reply:
    """At most 100 bars that start in the asked span; the period that the first date lies in counts as a whole."""
    state = call.quoted()
    period = PERIODS[call.fields.one_of("FID_PERIOD_DIV_CODE", frozenset(PERIODS))]
    call.fields.one_of("FID_ORG_ADJ_PRC", ("0", "1"))
    first, last = call.fields.day("FID_INPUT_DATE_1"), call.fields.day("FID_INPUT_DATE_2")
    if state is None:
        return Reply({"output1": {"stck_prpr": "0"}, "output2": []})
    bars = newest_bars(call.exchange, state.instrument.code, period, (period_start(first, period), last), _MOST + 1)
    rows = [_bar_row(bar, before) for bar, before in with_previous(bars)[:_MOST]]
    return Reply({"output1": _head(call, state), "output2": rows})


def short_chart(call: Call) -> Reply:
    """The latest 30 bars, each with its change against the bar before."""
    state = call.quoted()
    period = PERIODS[call.fields.one_of("FID_PERIOD_DIV_CODE", ("D", "W", "M"))]
    call.fields.one_of("FID_ORG_ADJ_PRC", ("0", "1"))
    if state is None:
        return Reply({"output": []})
    span = (date(1900, 1, 1), call.exchange.trading_date())
    bars = newest_bars(call.exchange, state.instrument.code, period, span, _MOST_SHORT + 1)
    return Reply({"output": [_short_row(bar, before) for bar, before in with_previous(bars)[:_MOST_SHORT]]})


def _change(bar: Candle, before: Candle | None) -> int:
    return bar.close_units - before.close_units if before is not None else 0


def _bar_row(bar: Candle, before: Candle | None) -> Row:
    change = _change(bar, before)
    return {
        "stck_bsop_date": f"{bar.start:%Y%m%d}",
        **_prices(bar),
        "acml_vol": str(bar.volume),
        "acml_tr_pbmn": str(bar.amount_units),
        "flng_cls_code": "00",
        "prtt_rate": "0.00",
        "mod_yn": "N",
        "prdy_vrss_sign": direction(change),
        "prdy_vrss": str(change),
        "revl_issu_reas": "",
    }


def _short_row(bar: Candle, before: Candle | None) -> Row:
    change = _change(bar, before)
    return {
        "stck_bsop_date": f"{bar.start:%Y%m%d}",
        **_prices(bar),
        "acml_vol": str(bar.volume),
        "prdy_vrss_vol_rate": percent(bar.volume - before.volume, before.volume) if before else "0.00",
        "prdy_vrss": str(change),
        "prdy_vrss_sign": direction(change),
        "prdy_ctrt": percent(change, before.close_units) if before else "0.00",
        "hts_frgn_ehrt": "0.00",
        "frgn_ntby_qty": "0",
        "flng_cls_code": "00",
        "acml_prtt_rate": "0.00",
    }


def _prices(bar: Candle) -> Row:
    return {
        "stck_oprc": str(bar.open_units),
        "stck_hgpr": str(bar.high_units),
        "stck_lwpr": str(bar.low_units),
        "stck_clpr": str(bar.close_units),
    }


def _head(call: Call, state: MarketState) -> Row:
    before = call.ranges.of(state).yesterday
    book = call.exchange.book(state.instrument.code)
    listed = state.instrument.listed_shares or 0
    return {
        **change_fields(state),
        "stck_prdy_clpr": str(state.base),
        "acml_vol": str(state.volume),
        "acml_tr_pbmn": str(state.amount),
        "hts_kor_isnm": state.instrument.name_ko,
        "stck_prpr": str(price_now(state)),
        "stck_shrn_iscd": wire_code(state.instrument),
        "prdy_vol": str(state.previous_volume),
        "stck_mxpr": str(state.upper),
        "stck_llam": str(state.lower),
        "stck_oprc": str(state.open),
        "stck_hgpr": str(state.high),
        "stck_lwpr": str(state.low),
        "stck_prdy_oprc": str(before.open_units if before else 0),
        "stck_prdy_hgpr": str(before.high_units if before else 0),
        "stck_prdy_lwpr": str(before.low_units if before else 0),
        "askp": str(book.asks[0].price_units if book and book.asks else 0),
        "bidp": str(book.bids[0].price_units if book and book.bids else 0),
        "prdy_vrss_vol": str(state.volume - state.previous_volume),
        "vol_tnrt": percent(state.volume, listed),
        "stck_fcam": "0",
        "lstn_stcn": str(listed),
        "cpfn": "0",
        "hts_avls": str(listed * price_now(state) // 100_000_000),
        **dict.fromkeys(("per", "eps", "pbr"), "0.00"),
        "itewhol_loan_rmnd_ratem": "0.00",
    }


OPERATIONS = (
    quote("inquire-daily-itemchartprice", "FHKST03010100", period_chart),
    quote("inquire-daily-price", "FHKST01010400", short_chart),
)
