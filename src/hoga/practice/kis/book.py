"""Order book and expected fill FHKST01010200, and the latest trades (kis.md 4.1.2, 4.1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from hoga.domain.market_data import Book, Level, Trade
from hoga.practice.api import MarketState
from hoga.practice.figures import clock_text, day_direction, percent
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import IN_SESSION, wire_code
from hoga.practice.kis.operation import Call, quote
from hoga.practice.kis.prices import price_now, yes

_LEVELS = 10
_TRADES = 30
_SEARCHED_TRADES = 20_000
_SESSION_OPEN = "112"


def asking_price(call: Call) -> Reply:
    """The ten levels; an unknown code has no ``askp1`` at all."""
    state = call.quoted()
    book = call.exchange.book(state.instrument.code) if state is not None else None
    if state is None or book is None:
        return Reply({"output1": {}, "output2": {}})
    return Reply({"output1": _levels(book), "output2": _expected(state, book)})


def latest_trades(call: Call) -> Reply:
    state = call.quoted()
    if state is None:
        return Reply({"output": []})
    trades = call.exchange.trades(state.instrument.code, _TRADES)
    return Reply({"output": [_trade_row(trade, state, "stck_prpr", "cntg_vol") for trade in trades]})


def trades_until(call: Call) -> Reply:
    """The 30 trades up to a time of today, newest first."""
    state = call.quoted()
    if state is None:
        return Reply({"output1": {"stck_prpr": "0"}, "output2": []})
    last = call.fields.clock("FID_INPUT_HOUR_1")
    trades = call.exchange.trades(state.instrument.code, _SEARCHED_TRADES)
    rows = [
        {
            **_trade_row(trade, state, "stck_pbpr", "cnqn"),
            "askp": str(trade.ask_units),
            "bidp": str(trade.bid_units),
            "acml_vol": str(trade.day_volume),
        }
        for trade in [trade for trade in trades if trade.at.time().replace(microsecond=0) <= last][:_TRADES]
    ]
    head = {
        "rprs_mrkt_kor_name": state.instrument.market.value,
        "stck_prpr": str(price_now(state)),
        "prdy_vrss": str(price_now(state) - state.base),
        "prdy_vrss_sign": day_direction(price_now(state), state.base, state.upper, state.lower),
        "prdy_ctrt": percent(price_now(state) - state.base, state.base),
        "acml_vol": str(state.volume),
        "prdy_vol": str(state.previous_volume),
    }
    return Reply({"output1": head, "output2": rows})


def _levels(book: Book) -> Row:
    row = {"aspr_acpt_hour": clock_text(book.at)}
    for side, levels in (("askp", book.asks), ("bidp", book.bids)):
        for n, level in enumerate(_ten(levels), start=1):
            row[f"{side}{n}"] = str(level.price_units)
    for side, levels in (("askp", book.asks), ("bidp", book.bids)):
        for n, level in enumerate(_ten(levels), start=1):
            row[f"{side}_rsqn{n}"] = str(level.quantity)
    for side in ("askp", "bidp"):
        row.update({f"{side}_rsqn_icdc{n}": "0" for n in range(1, _LEVELS + 1)})
    row |= {"total_askp_rsqn": str(book.total_ask), "total_bidp_rsqn": str(book.total_bid)}
    row |= dict.fromkeys(("total_askp_rsqn_icdc", "total_bidp_rsqn_icdc"), "0")
    row |= dict.fromkeys(("ovtm_total_askp_icdc", "ovtm_total_bidp_icdc"), "0")
    row |= dict.fromkeys(("ovtm_total_askp_rsqn", "ovtm_total_bidp_rsqn"), "0")
    return row | {"ntby_aspr_rsqn": str(book.total_bid - book.total_ask), "new_mkop_cls_code": IN_SESSION}


def _ten(levels: Sequence[Level]) -> Sequence[Level]:
    """Ten levels; empty ones are zero."""
    return [*levels[:_LEVELS], *[Level(0, 0)] * (_LEVELS - len(levels))]


def _expected(state: MarketState, book: Book) -> Row:
    """Expected price and volume exist in call auctions alone: zero in the continuous session."""
    expected = book.expected_units or 0
    difference = expected - state.base if expected else 0
    return {
        "antc_mkop_cls_code": _SESSION_OPEN,
        "stck_prpr": str(price_now(state)),
        "stck_oprc": str(state.open),
        "stck_hgpr": str(state.high),
        "stck_lwpr": str(state.low),
        "stck_sdpr": str(state.base),
        "antc_cnpr": str(expected),
        "antc_cntg_vrss_sign": day_direction(expected or state.base, state.base, state.upper, state.lower),
        "antc_cntg_vrss": str(difference),
        "antc_cntg_prdy_ctrt": percent(difference, state.base),
        "antc_vol": str(book.expected_quantity or 0),
        "stck_shrn_iscd": wire_code(state.instrument),
        "vi_cls_code": yes(state.flags.volatility_interruption),
    }


def _trade_row(trade: Trade, state: MarketState, price: str, quantity: str) -> Row:
    return {
        "stck_cntg_hour": clock_text(trade.at),
        price: str(trade.price_units),
        "prdy_vrss": str(trade.change_units),
        "prdy_vrss_sign": day_direction(trade.price_units, state.base, state.upper, state.lower),
        quantity: str(trade.quantity),
        "tday_rltv": percent(state.buy_volume, state.sell_volume),
        "prdy_ctrt": percent(trade.change_units, state.base),
    }


OPERATIONS = (
    quote("inquire-asking-price-exp-ccn", "FHKST01010200", asking_price),
    quote("inquire-ccnl", "FHKST01010300", latest_trades),
    quote("inquire-time-itemconclusion", "FHPST01060000", trades_until),
)
