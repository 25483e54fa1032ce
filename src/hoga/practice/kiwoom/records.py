"""Values of the market's pushes: 0B trades, 0C best quotes, 0D ten levels, 0H expected fills, 0s session, 1h VI.

Pure functions from the exchange's values to FID texts (kiwoom.md 5.5 to 5.8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.practice.api import MarketState
from hoga.practice.figures import clock_text, percent, rounded
from hoga.practice.kiwoom.answers import Row
from hoga.practice.kiwoom.figures import HUNDRED_MILLION, MILLION, direction, priced, rate, signed
from hoga.practice.listener import Print

TRADE, BEST, BOOK, EXPECTED, SESSION, INTERRUPTION = "0B", "0C", "0D", "0H", "0s", "1h"
NAMES: Mapping[str, str] = {
    "00": "주문체결",
    "04": "현물잔고",
    TRADE: "주식체결",
    BEST: "주식우선호가",
    BOOK: "주식호가잔량",
    EXPECTED: "주식예상체결",
    SESSION: "장시작시간",
    INTERRUPTION: "VI발동/해제",
}

_LEVELS = 10
_THOUSAND = 1_000
_OPEN = "3"
_SESSIONS = {MarketSession.PRE: "1", MarketSession.AFTER: "3"}
_REGULAR = "2"


def trade_values(printed: Print, amount_before: int) -> Row:
    """``amount_before``: the previous date's turnover in won."""
    trade, state = printed.trade, printed.state
    base = state.base
    return {
        "20": clock_text(trade.at),
        "10": priced(trade.price_units, base),
        "11": signed(trade.change_units),
        "12": rate(trade.change_units, base),
        "27": priced(trade.ask_units, base),
        "28": priced(trade.bid_units, base),
        "15": _directed(trade, trade.quantity),
        "13": str(trade.day_volume),
        "14": str(trade.day_amount_units // MILLION),
        "16": priced(trade.open_units, base),
        "17": priced(trade.high_units, base),
        "18": priced(trade.low_units, base),
        "25": direction(trade.price_units, state),
        **_against_yesterday(printed, amount_before),
        "31": percent(trade.day_volume, state.instrument.listed_shares or 0),
        "32": "",
        "228": percent(state.buy_volume, state.sell_volume),
        "311": str((state.instrument.listed_shares or 0) * trade.price_units // HUNDRED_MILLION),
        "290": _SESSIONS.get(trade.session, _REGULAR),
        "691": "0",
        "567": clock_text(state.high_at if state.high == state.upper else None),
        "568": clock_text(state.low_at if state.low and state.low == state.lower else None),
        "851": percent(trade.day_volume, printed.same_time),
        "1890": clock_text(state.open_at),
        "1891": clock_text(state.high_at),
        "1892": clock_text(state.low_at),
        **_flow(trade, state),
        "1497": "",
        "1498": "",
        "620": str(trade.day_amount_units // trade.day_volume if trade.day_volume else 0),
        "732": "",
        "852": "",
        "9081": "KRX",
    }


def _against_yesterday(printed: Print, amount_before: int) -> Row:
    trade, before = printed.trade, printed.state.previous_volume
    more = trade.day_volume - before
    ratio = percent(trade.day_volume, before)
    return {
        "26": signed(more),
        "29": signed(trade.day_amount_units - amount_before),
        # The day's volume in percent of yesterday's, with the sign of the difference, as captured.
        "30": f"{'-' if more < 0 else '+'}{ratio}",
    }


def _flow(trade: Trade, state: MarketState) -> Row:
    """Volumes by aggressor. The buyers' share carries the sign of who leads, a lone side a blank, as captured."""
    both = state.buy_volume + state.sell_volume
    share = rounded(state.buy_volume * 100, both)
    buyers = trade.aggressor is Aggressor.BUYER
    quantity = _directed(trade, trade.quantity)
    return {
        "1030": str(state.sell_volume),
        "1031": str(state.buy_volume),
        "1032": f"{'-' if state.buy_volume < state.sell_volume else '+'}{share}",
        "1071": str(state.sell_count),
        "1072": str(state.buy_count),
        "1313": _directed(trade, trade.quantity * trade.price_units // _THOUSAND),
        "1315": " 0" if buyers else quantity,
        "1316": quantity if buyers else " 0",
        "1314": quantity,
    }


def _directed(trade: Trade, amount: int) -> str:
    """+ where a buyer took it, - where a seller did."""
    return {Aggressor.BUYER: "+", Aggressor.SELLER: "-"}.get(trade.aggressor, "") + str(amount)


def best_values(book: Book, base: int) -> Row:
    return {"27": _best(book.asks, base), "28": _best(book.bids, base)}


def _best(levels: Sequence[Level], base: int) -> str:
    return priced(levels[0].price_units, base) if levels else "0"


def book_values(book: Book, state: MarketState, before: Book | None) -> Row:
    """``before`` is the book sent last: changes are counted from it."""
    values = {"21": clock_text(book.at)}
    for n in range(_LEVELS):
        values |= _level((41, 61, 81), n, book.asks, before.asks if before is not None else (), state.base)
        values |= _level((51, 71, 91), n, book.bids, before.bids if before is not None else (), state.base)
    expected = book.expected_units or 0
    return {
        **values,
        "121": str(book.total_ask),
        "122": signed(book.total_ask - before.total_ask if before is not None else 0),
        "125": str(book.total_bid),
        "126": signed(book.total_bid - before.total_bid if before is not None else 0),
        "23": str(expected),
        "24": str(book.expected_quantity or 0),
        "128": signed(book.total_bid - book.total_ask),
        "129": percent(book.total_bid, book.total_ask),
        "138": signed(book.total_ask - book.total_bid),
        "139": percent(book.total_ask, book.total_bid),
        "200": signed(expected - state.base if expected else 0),
        "201": rate(expected - state.base if expected else 0, state.base),
        "238": direction(expected or state.base, state),
        "291": priced(expected, state.base),
        "292": str(book.expected_quantity or 0),
        "293": direction(expected or state.base, state),
        "294": signed(expected - state.base if expected else 0),
        "295": rate(expected - state.base if expected else 0, state.base),
        **{str(fid): "0" for fid in (*range(621, 631), *range(631, 641))},
        "13": str(state.volume),
        "299": "0.00",
        "215": _OPEN,
        "216": "",
        **_by_exchange(book),
    }


def _level(fids: tuple[int, int, int], n: int, levels: Sequence[Level], before: Sequence[Level], base: int) -> Row:
    price, quantity, change = (str(fid + n) for fid in fids)
    if n >= len(levels):
        return {price: "0", quantity: "0", change: "0"}
    level = levels[n]
    stood = next((old.quantity for old in before if old.price_units == level.price_units), 0)
    moved = level.quantity - stood if before else 0
    return {price: priced(level.price_units, base), quantity: str(level.quantity), change: signed(moved)}


def _by_exchange(book: Book) -> Row:
    """KRX's part is all of it, NXT's nothing."""
    parts: Row = {}
    for first, levels in ((6044, book.asks), (6054, book.bids)):
        parts |= {str(first + n): str(levels[n].quantity if n < len(levels) else 0) for n in range(_LEVELS)}
    parts |= {"6064": str(book.total_ask), "6065": str(book.total_bid)}
    return parts | {str(fid): "0" for fid in range(6066, 6088)}


def expected_values(book: Book, state: MarketState) -> Row:
    """Only call auctions have an expected price."""
    expected = book.expected_units or 0
    change = expected - state.base
    return {
        "20": clock_text(book.at),
        "10": priced(expected, state.base),
        "11": signed(change),
        "12": rate(change, state.base),
        "15": signed(book.expected_quantity or 0),
        "13": str(state.volume),
        "25": direction(expected, state),
    }


def session_values(at: datetime) -> Row:
    """The continuous session, which here never ends."""
    return {"215": _OPEN, "20": clock_text(at), "214": "000000"}


def interruption_values(state: MarketState) -> Row:
    on = state.flags.volatility_interruption
    return {
        "9001": state.instrument.code,
        "302": state.instrument.name_ko,
        "13": str(state.volume),
        "14": str(state.amount // MILLION),
        "9068": "1" if on else "2",
        "9008": "101" if state.instrument.market.value == "KOSPI" else "201",
        "9075": "1",
        "1221": str(state.price),
        "1223": clock_text(state.at),
        "1224": "000000" if on else clock_text(state.at),
        "1225": "정적",
        "1236": str(state.base),
        "1237": "0",
        "1238": rate(state.price - state.base, state.base),
        "1239": "0.00",
        "1489": rate(state.price - state.base, state.base),
        "1490": "1",
        "9069": "1" if state.price >= state.base else "2",
        "1279": "+정적" if state.price >= state.base else "-정적",
    }
