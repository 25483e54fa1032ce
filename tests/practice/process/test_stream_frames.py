"""Data frames: trades and books of a moving market satisfy what every recorded frame of the real servers satisfies."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.domain.tickets import Side
from tests.practice.engine.small_market import CODE, KOSDAQ, START, Trader, lay_book
from tests.practice.process.frame_checks import check_book, check_growth, check_trade
from tests.practice.process.stream_desk import PAPER, REAL, StreamDesk, records_of

TRADES, BOOK, STATUS = "H0STCNT0", "H0STASP0", "H0STMKO0"

_step = st.tuples(
    st.sampled_from(["take", "rest", "order", "wait"]),
    st.sampled_from([Side.BUY, Side.SELL]),
    st.integers(-6, 6),
    st.integers(1, 250),
)


@settings(deadline=None)
@given(st.lists(_step, max_size=40))
def test_a_moving_market_is_told_truly(steps: list[tuple[str, Side, int, int]]) -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(TRADES, CODE)
    client.ask(BOOK, CODE)
    lay_book(desk.exchange)
    desk.settle()
    trader = Trader(desk.exchange)
    for kind, side, distance, quantity in steps:
        price = 10_000 + 10 * distance
        if kind == "take":
            desk.exchange.take(CODE, side, quantity, price)
        elif kind == "rest":
            desk.exchange.rest(CODE, side, price, quantity)
        elif kind == "order":
            trader.try_order(side, quantity, price)
        else:
            desk.exchange.advance(desk.exchange.now() + timedelta(seconds=quantity))
        desk.settle()
    trades, books = client.records(TRADES), client.records(BOOK)
    for record in trades:
        check_trade(record)
    for record in books:
        check_book(record)
    check_growth(trades)
    state = desk.exchange.state(CODE)
    assert state is not None
    assert sum(int(record[12]) for record in trades) == state.volume
    if trades:
        last = trades[-1]
        assert [int(last[at]) for at in (2, 7, 8, 9, 13, 14, 15, 16, 19, 20)] == [
            state.last, state.open, state.high, state.low, state.volume, state.amount,
            state.sell_count, state.buy_count, state.sell_volume, state.buy_volume,
        ]  # fmt: skip
    shown = desk.exchange.book(CODE)
    assert shown is not None and books
    assert [int(field) for field in books[-1][3:6]] == [
        *[level.price_units for level in shown.asks[:3]], *[0] * (3 - len(shown.asks[:3])),
    ]  # fmt: skip


def test_the_trades_of_one_step_travel_in_one_frame_before_the_book() -> None:
    desk = StreamDesk()
    client = desk.client()
    lay_book(desk.exchange)
    desk.settle()
    client.ask(TRADES, CODE)
    client.ask(BOOK, CODE)
    client.clear()
    desk.exchange.take(CODE, Side.BUY, 250, 10_030)
    desk.settle()
    first, second = client.frames
    assert first.startswith("0|H0STCNT0|003|") and second.startswith("0|H0STASP0|001|")
    records = records_of(first, TRADES)
    assert [(record[2], record[12]) for record in records] == [("10010", "100"), ("10020", "100"), ("10030", "50")]
    assert [record[8] for record in records] == ["10010", "10020", "10030"]
    assert [record[16] for record in records] == ["1", "2", "3"]
    for record in records:
        check_trade(record)


def test_a_known_trade_field_by_field() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(TRADES, CODE)
    lay_book(desk.exchange)
    desk.exchange.advance(START + timedelta(hours=1, minutes=2, seconds=3))
    desk.exchange.take(CODE, Side.SELL, 40, 9_990)
    desk.settle()
    (record,) = client.records(TRADES)
    expected = (
        "005930^110203^9990^5^-10^-0.10^9990.00^9990^9990^9990^10010^9990^40^40^399600^1^0^-1^0.00^40^0^5^0.00^0.00"
        "^110203^3^0^110203^3^0^110203^3^0^20261116^20^N^100^60^300^260^0.00^0^0.00^0^^9990^2"
    )
    assert "^".join(record) == expected


def test_frames_go_only_where_they_were_asked_for() -> None:
    desk = StreamDesk()
    trades, books, none = desk.client(), desk.client(REAL, desk.account(REAL, 1)), desk.client(PAPER)
    trades.ask(TRADES, CODE)
    books.ask(BOOK, CODE)
    none.ask(TRADES, KOSDAQ)
    for client in (trades, books, none):
        client.clear()
    lay_book(desk.exchange)
    desk.exchange.take(CODE, Side.BUY, 10, 10_010)
    desk.settle()
    assert {frame.split("|")[1] for frame in trades.frames} == {TRADES}
    assert {frame.split("|")[1] for frame in books.frames} == {BOOK}
    assert none.frames == []
    trades.ask(TRADES, CODE, "2")
    trades.clear()
    desk.exchange.take(CODE, Side.BUY, 10, 10_010)
    desk.settle()
    assert trades.frames == []


@pytest.mark.parametrize(("trade_width", "book_width"), [(47, 63), (46, 62), (46, 59)])
def test_records_have_the_set_width(trade_width: int, book_width: int) -> None:
    desk = StreamDesk(trade_width=trade_width, book_width=book_width)
    client = desk.client()
    client.ask(TRADES, CODE)
    client.ask(BOOK, CODE)
    lay_book(desk.exchange)
    desk.exchange.take(CODE, Side.BUY, 150, 10_020)
    desk.settle()
    assert {len(record) for record in client.records(TRADES)} == {trade_width}
    assert {len(record) for record in client.records(BOOK)} == {book_width}
    for record in client.records(TRADES):
        check_trade(record, width=trade_width)
    for record in client.records(BOOK):
        check_book(record, width=book_width)


def test_the_width_may_change_while_running() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(BOOK, CODE)
    lay_book(desk.exchange)
    desk.settle()
    desk.settings.update({"book_width": 59})
    desk.exchange.take(CODE, Side.BUY, 150, 10_020)
    desk.settle()
    assert [len(record) for record in client.records(BOOK)] == [63, 59]


def test_the_totals_changes_are_counted_from_the_book_before() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(BOOK, CODE)
    lay_book(desk.exchange)
    desk.settle()
    desk.exchange.take(CODE, Side.BUY, 40, 10_010)
    desk.settle()
    first, second = client.records(BOOK)
    assert first[54:56] == ["0", "0"] and second[54:56] == ["-40", "0"]
    assert second[59] == "10000"


def test_a_long_sweep_is_cut_into_frames() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(TRADES, CODE)
    sellers = [Trader(desk.exchange, place) for place in (0, 1)]
    desk.exchange.rest(CODE, Side.SELL, 10_010, 120)
    for trader in sellers:
        trader.order(Side.BUY, 60, 10_010)
    client.clear()
    for at in range(120):
        sellers[at % 2].order(Side.SELL, 1, 10_050)
    desk.exchange.take(CODE, Side.BUY, 120, 10_050)
    desk.settle()
    assert [frame.split("|")[2] for frame in client.frames] == ["050", "050", "020"]
    check_growth(client.records(TRADES))


def test_at_the_upper_limit_the_sign_says_so() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(TRADES, CODE)
    desk.exchange.rest(CODE, Side.BUY, 13_000, 10)
    desk.exchange.take(CODE, Side.SELL, 5, 13_000)
    desk.settle()
    (record,) = client.records(TRADES)
    assert record[2:5] == ["13000", "1", "3000"] and record[10] == "0"


def test_a_status_is_sent_only_when_it_changes() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(STATUS, CODE)
    lay_book(desk.exchange)
    desk.settle()
    assert client.frames == []


def test_the_checks_hold_for_the_recorded_frames(goldens: Path) -> None:
    """The measure itself is measured: what we demand of ours holds for the real ones."""
    lines = [json.loads(line) for line in (goldens / "kis_ws.jsonl").read_text("utf-8").splitlines()]
    read = 0
    for line in lines:
        frame = line["raw"] if line["kind"] == "ws-frame" else f"0|{line['tr']}|001|{line['raw']}"
        if line["class"] != "real" or line["kind"] not in ("ws-frame", "ws-record"):
            continue
        for record in records_of(frame, TRADES):
            check_trade(record, width=len(record), recorded=True)
            read += 1
        if line["id"] == "kw-024":
            continue  # after the close, where after-hours totals stand as well
        for record in records_of(frame, BOOK):
            if record[49] != "0":
                record[49] = "0"  # the auction's volume of that morning
            check_book(record, width=len(record))
            read += 1
    assert read >= 30
