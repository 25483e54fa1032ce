"""What more of everything costs: an update while there are 10 or 1,000 instruments, a search among 60,000 names,
and the memory of both. (A journal of 100,000 orders is measured by ``journal``.)"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from hoga.broker.kis.decode_stream import StreamDecoder, open_frame
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Trade
from hoga.domain.search import SearchIndex
from hoga.trading.market_board import MarketBoard
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure, alternate, memory_of
from tests.support import made_up

_AT = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
_SYLLABLES = "가나다라마바사아자차카타파하강남동서북한신대우성현진보미래전자화학건설금융바이오"
_TYPED = ("종목", "ㄱㄴㄷ", "0123", "name 4", "가나", "전자", "zz")


def _updates(instruments: int, number: int) -> Callable[[], object]:
    """Trades in turn, and a frame's look at what is new after every hundred."""
    board = MarketBoard(lambda: _AT)
    first = made_up.trade(made_up.SAMSUNG, _AT)
    codes = frames.codes(instruments)
    told: list[Trade] = [replace(first, instrument=InstrumentId(codes[n % instruments])) for n in range(number)]

    def run() -> None:
        for n, trade in enumerate(told):
            board.update(trade, "stream")
            if n % 100 == 99:
                for instrument in board.take_dirty():
                    board.last(instrument)

    return run


def _full_board(instruments: int) -> MarketBoard:
    """The latest trade and book of each."""
    board, codes = MarketBoard(lambda: _AT), frames.codes(instruments)
    decoder, prices = StreamDecoder(lambda: _AT), dict.fromkeys(codes, 70_000)
    for code in codes:
        only = {code: prices[code]}
        for trade in decoder.trades(open_frame(frames.kis_trades(1, _AT, only)[0])):
            board.update(trade, "stream")
        for book in decoder.books(open_frame(frames.kis_books(1, _AT, only)[0])):
            board.update(book, "stream")
    return board


def _listed(number: int) -> list[Instrument]:
    chance = random.Random(7)
    return [
        made_up.instrument(f"{n:06d}", "".join(chance.choices(_SYLLABLES, k=4)) + "종목", f"Name {n}")
        for n in range(number)
    ]


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    number = 400 if quick else 50_000
    told = alternate({"few": _updates(10, number), "many": _updates(1_000, number)}, max(rounds, 3), number)
    all_of_them = _listed(600 if quick else 60_000)
    many, few = SearchIndex(all_of_them), SearchIndex(all_of_them[:: len(all_of_them) // (120 if quick else 3_000)])

    def search(index: SearchIndex) -> Callable[[], object]:
        return lambda: [index.find(text) for text in _TYPED]

    found = alternate({"many": search(many), "few": search(few)}, max(rounds, 3), len(_TYPED))
    names, boards = f"{len(all_of_them):,} names", {n: memory_of(lambda n=n: _full_board(n))[0] for n in (10, 1_000)}
    return [
        Figure("an update of 1,000 instruments", told["many"] * 1e6, "us", "of 10", told["few"] * 1e6),
        Figure("the board of 1,000 instruments: memory", boards[1_000], "MiB", "of 10", boards[10]),
        Figure(f"a search in {names}", found["many"] * 1e3, "ms", f"in {len(few):,}", found["few"] * 1e3),
        Figure(
            f"the index of {names}: memory", memory_of(lambda: SearchIndex(all_of_them))[0], "MiB",
            "the names themselves", memory_of(lambda: _listed(len(all_of_them)))[0],
        ),
    ]  # fmt: skip
