"""Stock information ka10001, many at once ka10095, recent trades ka10003 and the ten levels ka10004 (kiwoom.md 4.2).

The exchange makes no earnings or foreign holdings up: those figures are blank. An unknown code answers with every
field blank, which is no error.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoga.domain.market_data import Aggressor, Book, Level, Trade
from hoga.practice.api import MarketState
from hoga.practice.cursors import page_of
from hoga.practice.figures import clock_text, percent
from hoga.practice.kiwoom.answers import Reply, Row
from hoga.practice.kiwoom.codes import asked_code
from hoga.practice.kiwoom.errors import published
from hoga.practice.kiwoom.figures import HUNDRED_MILLION, MILLION, direction, priced, rate, signed
from hoga.practice.kiwoom.operation import INFO, MARKET, Call, Operation, blank_of
from hoga.practice.ranges import Extremes

_LEVELS = 10
_NEAR_LEVELS = 5
_MOST_AT_ONCE = 100
_TRADES_PER_PAGE = 100
_TRADES_KEPT = 1_000
_THOUSAND = 1_000


def stock_info(call: Call) -> Reply:
    asked = call.asked()
    state = call.state(asked)
    shown = state or _any_state(call)
    row = _info(call, shown)
    return Reply({"stk_cd": asked.text, **row} if state else {"stk_cd": "", **blank_of(row)})


def watched(call: Call) -> Reply:
    """In the order asked; an unknown code is a row of blanks, and so is a list cut by anything but the bar."""
    codes = call.fields.required("stk_cd").split("|")
    if len(codes) > _MOST_AT_ONCE:
        raise published("1700", "종목코드 100개 초과")
    blank = blank_of(_watched_row(call, _any_state(call)))
    rows = []
    for code in codes:
        state = call.state(asked_code(call.exchange.instruments(), code))
        rows.append(blank if state is None else _watched_row(call, state))
    return Reply({"atn_stk_infr": rows})


def recent_trades(call: Call) -> Reply:
    """The tape of the day, newest first."""
    state = call.state(call.asked())
    trades = call.exchange.trades(state.instrument.code, _TRADES_KEPT) if state is not None else ()
    numbered = list(enumerate(trades))
    sent, following = page_of(numbered, _trade_key, call.cursor, _TRADES_PER_PAGE, newest_first=True)
    rows = [_trade_row(trade, state) for _, trade in sent if state is not None]
    return Reply({"cntr_infr": rows}, next_key=following)


def orderbook(call: Call) -> Reply:
    """Level 1 has names of its own, and so have the tenths: ``sel_10th_pre_bid`` (quirk 22)."""
    asked = call.asked()
    state = call.state(asked)
    book = call.exchange.book(state.instrument.code) if state is not None else None
    if state is None or book is None:
        shown = _any_state(call)
        return Reply(blank_of(_book_row(Book(shown.instrument.id, shown.at, (), (), 0, 0), shown)))
    return Reply(_book_row(book, state))


def _any_state(call: Call) -> MarketState:
    """Some instrument's state, for the names of the fields that an unknown one answers blank."""
    for code in call.exchange.instruments():
        state = call.exchange.state(code)
        if state is not None:
            return state
    raise LookupError("an exchange without instruments")


def _info(call: Call, state: MarketState) -> Row:
    instrument, ranges = state.instrument, call.ranges.of(state)
    listed = instrument.listed_shares or 0
    last, base = state.price, state.base
    year, sessions = ranges.calendar_year, ranges.sessions
    return {
        "stk_nm": instrument.name_ko,
        "setl_mm": "12",
        **dict.fromkeys(("fav", "cap"), ""),
        "flo_stk": str(listed // _THOUSAND),
        "crd_rt": "",
        "oyr_hgst": priced(year.high, base),
        "oyr_lwst": priced(year.low, base),
        "mac": str(listed * last // HUNDRED_MILLION),
        **dict.fromkeys(("mac_wght", "for_exh_rt"), ""),
        "repl_pric": str(base * 8 // 10),
        **dict.fromkeys(("per", "eps", "roe", "pbr", "ev", "bps", "sale_amt", "bus_pro", "cup_nga"), ""),
        "250hgst": priced(sessions.high, base),
        "250lwst": priced(sessions.low, base),
        **_day_prices(state),
        "base_pric": str(base),
        "exp_cntr_pric": "",
        "exp_cntr_qty": "",
        **_distance(sessions, last),
        "cur_prc": priced(last, base),
        "pre_sig": direction(last, state),
        "pred_pre": signed(last - base),
        "flu_rt": rate(last - base, base),
        "trde_qty": str(state.volume),
        "trde_pre": rate(state.volume - state.previous_volume, state.previous_volume),
        "fav_unit": "원",
        "dstr_stk": str(listed // _THOUSAND),
        "dstr_rt": "100.0",
    }


def _day_prices(state: MarketState) -> Row:
    return {
        "high_pric": priced(state.high, state.base),
        "open_pric": priced(state.open, state.base),
        "low_pric": priced(state.low, state.base),
        "upl_pric": priced(state.upper, state.base),
        "lst_pric": priced(state.lower, state.base),
    }


def _distance(sessions: Extremes, last: int) -> Row:
    return {
        "250hgst_pric_dt": f"{sessions.high_on:%Y%m%d}",
        "250hgst_pric_pre_rt": rate(last - sessions.high, sessions.high),
        "250lwst_pric_dt": f"{sessions.low_on:%Y%m%d}",
        "250lwst_pric_pre_rt": rate(last - sessions.low, sessions.low),
    }


def _watched_row(call: Call, state: MarketState) -> Row:
    instrument, base, last = state.instrument, state.base, state.price
    book = call.exchange.book(instrument.code)
    asks, bids = (book.asks, book.bids) if book is not None else ((), ())
    trade = next(iter(call.exchange.trades(instrument.code, 1)), None)
    return {
        "stk_cd": instrument.code,
        "stk_nm": instrument.name_ko,
        "cur_prc": priced(last, base),
        "base_pric": str(base),
        "pred_pre": signed(last - base),
        "pred_pre_sig": direction(last, state),
        "flu_rt": rate(last - base, base),
        "trde_qty": str(state.volume),
        "trde_prica": str(state.amount // MILLION),
        "cntr_qty": _with_aggressor(trade) if trade is not None else "0",
        "cntr_str": percent(state.buy_volume, state.sell_volume),
        "pred_trde_qty_pre": rate(state.volume - state.previous_volume, state.previous_volume),
        "sel_bid": _price_at(asks, 1, base),
        "buy_bid": _price_at(bids, 1, base),
        **{f"sel_{n}th_bid": _price_at(asks, n, base) for n in range(1, _NEAR_LEVELS + 1)},
        **{f"buy_{n}th_bid": _price_at(bids, n, base) for n in range(1, _NEAR_LEVELS + 1)},
        **_day_prices(state),
        "close_pric": priced(last, base),
        "cntr_tm": clock_text(trade.at if trade is not None else state.at),
        **dict.fromkeys(("exp_cntr_pric", "exp_cntr_qty"), "0"),
        **dict.fromkeys(("cap", "fav"), ""),
        "mac": str((instrument.listed_shares or 0) * last // HUNDRED_MILLION),
        "stkcnt": str((instrument.listed_shares or 0) // _THOUSAND),
        "bid_tm": clock_text(book.at if book is not None else state.at),
        "dt": f"{state.at:%Y%m%d}",
        "pri_sel_req": str(asks[0].quantity if asks else 0),
        "pri_buy_req": str(bids[0].quantity if bids else 0),
        **dict.fromkeys(("pri_sel_cnt", "pri_buy_cnt"), ""),
        "tot_sel_req": str(book.total_ask if book is not None else 0),
        "tot_buy_req": str(book.total_bid if book is not None else 0),
        **dict.fromkeys(_OF_OTHERS, ""),
    }


_OF_OTHERS = (
    "tot_sel_cnt", "tot_buy_cnt", "prty", "gear", "pl_qutr", "cap_support", "elwexec_pric", "cnvt_rt", "elwexpr_dt",
    "cntr_engg", "cntr_pred_pre", "theory_pric", "innr_vltl", "delta", "gam", "theta", "vega", "law",
)  # fmt: skip
"""Figures of ELW, and counts that this exchange does not keep."""


def _price_at(levels: Sequence[Level], place: int, base: int) -> str:
    return priced(levels[place - 1].price_units, base) if place <= len(levels) else "0"


def _with_aggressor(trade: Trade) -> str:
    """The quantity, + where a buyer took it, - where a seller did."""
    return {Aggressor.BUYER: "+", Aggressor.SELLER: "-"}.get(trade.aggressor, "") + str(trade.quantity)


def _trade_key(numbered: tuple[int, Trade]) -> str:
    """By what had traded that day when it was done: new trades do not shift the pages."""
    return f"{numbered[1].day_volume:016d}"


def _trade_row(trade: Trade, state: MarketState) -> Row:
    base = trade.price_units - trade.change_units
    return {
        "tm": clock_text(trade.at),
        "cur_prc": priced(trade.price_units, base),
        "pred_pre": signed(trade.change_units),
        "pre_rt": rate(trade.change_units, base),
        "pri_sel_bid_unit": priced(trade.ask_units, base),
        "pri_buy_bid_unit": priced(trade.bid_units, base),
        "cntr_trde_qty": _with_aggressor(trade),
        "sign": direction(trade.price_units, state),
        "acc_trde_qty": str(trade.day_volume),
        "acc_trde_prica": str(trade.day_amount_units),
        "cntr_str": percent(state.buy_volume, state.sell_volume),
        "stex_tp": "KRX",
    }


def _book_row(book: Book, state: MarketState) -> Row:
    row = {"bid_req_base_tm": clock_text(book.at)}
    for n in range(_LEVELS, 0, -1):
        row |= _level_row("sel", n, book.asks, state.base)
    for n in range(1, _LEVELS + 1):
        row |= _level_row("buy", n, book.bids, state.base)
    totals = {"tot_sel_req": str(book.total_ask), "tot_buy_req": str(book.total_bid)}
    changes = (
        "tot_sel_req_jub_pre",
        "tot_buy_req_jub_pre",
        "ovt_sel_req_pre",
        "ovt_sel_req",
        "ovt_buy_req",
        "ovt_buy_req_pre",
    )
    return row | totals | dict.fromkeys(changes, "0")


def _level_row(side: str, n: int, levels: Sequence[Level], base: int) -> Row:
    quantity = str(levels[n - 1].quantity) if n <= len(levels) else "0"
    price = _price_at(levels, n, base)
    if n == 1:
        return {f"{side}_1th_pre_req_pre": "0", f"{side}_fpr_req": quantity, f"{side}_fpr_bid": price}
    return {f"{side}_{n}th_pre_req_pre": "0", f"{side}_{n}th_pre_req": quantity, f"{side}_{n}th_pre_bid": price}


OPERATIONS = (
    Operation("ka10001", INFO, stock_info),
    Operation("ka10003", INFO, recent_trades),
    Operation("ka10004", MARKET, orderbook),
    Operation("ka10095", INFO, watched),
)
