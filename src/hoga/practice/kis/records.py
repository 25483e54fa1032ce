"""Records of the data frames: H0STCNT0 trades and H0STASP0 ten-level books (kis.md 5.4, 5.6).

Pure functions from the exchange's values to fields joined by ``^``. Widths are today's (47, 63) or older ones: newer
fields were always added at the end, so an older record is the front of a newer one.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.practice.api import MarketState
from hoga.practice.figures import clock_text, day_direction, direction, percent, rounded, share
from hoga.practice.kis.codes import IN_SESSION, wire_code
from hoga.practice.listener import Print

TRADE_TR = "H0STCNT0"
BOOK_TR = "H0STASP0"
STATUS_TR = "H0STMKO0"

_LEVELS = 10
_REGULAR_MARKET = "2"
_SIDE_OF = {Aggressor.BUYER: "1", Aggressor.SELLER: "5", Aggressor.NONE: "3"}
_MARKET_CLASS = {MarketSession.PRE: "1", MarketSession.AFTER: "3"}


def frame(tr: str, records: Sequence[str]) -> str:
    """A plain data frame; several records simply follow each other."""
    return f"0|{tr}|{len(records):03d}|{'^'.join(records)}"


def trade_record(printed: Print, book: Book | None, width: int) -> str:
    """One H0STCNT0 record. ``book`` lends the quantities at the best prices and the totals of both sides."""
    trade, state = printed.trade, printed.state
    fields = [
        wire_code(state.instrument),
        clock_text(trade.at),
        str(trade.price_units),
        day_direction(trade.price_units, state.base, state.upper, state.lower),
        str(trade.change_units),
        percent(trade.change_units, state.base),
        rounded(trade.day_amount_units, trade.day_volume),
        str(trade.open_units),
        str(trade.high_units),
        str(trade.low_units),
        str(trade.ask_units),
        str(trade.bid_units),
        str(trade.quantity),
        str(trade.day_volume),
        str(trade.day_amount_units),
        *_flow(trade, state),
        *_since(trade.price_units, trade.open_units, clock_text(state.open_at)),
        *_since(trade.price_units, trade.high_units, clock_text(state.high_at)),
        *_since(trade.price_units, trade.low_units, clock_text(state.low_at)),
        f"{trade.at:%Y%m%d}",
        IN_SESSION,
        "Y" if trade.halted else "N",
        *_depth_beside(trade, book),
        percent(trade.day_volume, state.instrument.listed_shares or 0),
        str(printed.same_time),
        percent(trade.day_volume, printed.same_time),
        "0",
        "",
        str(state.open),
        _MARKET_CLASS.get(trade.session, _REGULAR_MARKET),
    ]
    return "^".join(fields[:width])


def _flow(trade: Trade, state: MarketState) -> tuple[str, ...]:
    """Fields 15-23: counts and quantities by aggressor, strength (buys in percent of sells), day against yesterday."""
    return (
        str(state.sell_count),
        str(state.buy_count),
        str(state.buy_count - state.sell_count),
        percent(state.buy_volume, state.sell_volume),
        str(state.sell_volume),
        str(state.buy_volume),
        _SIDE_OF[trade.aggressor],
        share(state.buy_volume, trade.day_volume),
        percent(trade.day_volume, state.previous_volume),
    )


def _since(price: int, mark: int, at: str) -> tuple[str, str, str]:
    """When a mark of the day (open, high, low) was set, and where the price stands against it."""
    return at, direction(price - mark), str(price - mark)


def _depth_beside(trade: Trade, book: Book | None) -> tuple[str, str, str, str]:
    """Fields 36-39: quantities at the trade's best ask and bid, and the totals of the ten levels."""
    if book is None:
        return "0", "0", "0", "0"
    return (
        str(_quantity_at(book.asks, trade.ask_units)),
        str(_quantity_at(book.bids, trade.bid_units)),
        str(book.total_ask),
        str(book.total_bid),
    )


def _quantity_at(levels: Sequence[Level], price: int) -> int:
    return next((level.quantity for level in levels if level.price_units == price), 0)


def book_record(book: Book, state: MarketState, before: Book | None, width: int) -> str:
    """One H0STASP0 record. ``before`` is the book sent last: the totals' changes are counted from it."""
    expected = book.expected_units or 0
    fields = [
        wire_code(state.instrument),
        clock_text(book.at),
        "0",
        *_column(book.asks, prices=True),
        *_column(book.bids, prices=True),
        *_column(book.asks, prices=False),
        *_column(book.bids, prices=False),
        str(book.total_ask),
        str(book.total_bid),
        "0",
        "0",
        str(expected),
        str(book.expected_quantity or 0),
        "0",
        # Recorded in the continuous session: no expected price counts as 0 won, so -100 % against the previous close.
        str(expected - state.base),
        direction(expected - state.base),
        percent(expected - state.base, state.base),
        str(state.volume),
        str(book.total_ask - before.total_ask if before else 0),
        str(book.total_bid - before.total_bid if before else 0),
        "0",
        "0",
        "0",
        str(_middle(book)),
        "0",
        "0",
        _MARKET_CLASS.get(book.session, _REGULAR_MARKET),
    ]
    return "^".join(fields[:width])


def _column(levels: Sequence[Level], *, prices: bool) -> list[str]:
    """Ten prices or quantities, best first; a level that is not there is 0."""
    column = [str(level.price_units if prices else level.quantity) for level in levels[:_LEVELS]]
    return column + ["0"] * (_LEVELS - len(column))


def _middle(book: Book) -> int:
    """The mid price in whole won, 0 while one side is empty."""
    if not book.asks or not book.bids:
        return 0
    return (book.asks[0].price_units + book.bids[0].price_units) // 2


def status_record(state: MarketState) -> str:
    """One H0STMKO0 record (11 fields): whether the instrument is halted or in a volatility interruption."""
    flags = state.flags
    interruption = "Y" if flags.volatility_interruption else "N"
    halted = "Y" if flags.halted else "N"
    return "^".join(
        (
            wire_code(state.instrument),
            halted,
            "",
            "112",
            "",
            "",
            "",
            "58" if flags.halted else "00",
            interruption,
            "N",
            "1",
        )
    )
