"""What survives: reopening, killing, rolling the date; and what a ledger refuses to be."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoga.base.clock import KST
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Broker, NewsKind, OrderNews, OrderStatus, Taken
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.identities import made_up_accounts
from hoga.practice.engine.ledger import Ledger, LedgerError
from tests.practice.engine.small_market import (
    CODE,
    KOSDAQ,
    LISTINGS,
    MONDAY,
    SEED,
    START,
    MemoryBars,
    Trader,
    lay_book,
    open_exchange,
)

BUY, SELL = Side.BUY, Side.SELL
ROOT = Path(__file__).resolve().parents[3]


def busy_day(exchange: PracticeExchange) -> None:
    """Some of everything: fills, orders of two accounts in one queue, a modify in two, cancels."""
    lay_book(exchange)
    first, second = Trader(exchange, 0), Trader(exchange, 2)
    first.order(BUY, 150, 10_020)
    first.order(BUY, 20, 9_950)
    second.order(BUY, 20, 9_950)
    old = first.order(BUY, 30, 9_950)
    assert isinstance(exchange.modify(first.account, old, 9_940, OrderType.LIMIT, TimeInForce.DAY, 10), Taken)
    assert isinstance(exchange.cancel(first.account, old, 5), Taken)
    exchange.advance(START + timedelta(seconds=30))
    first.order(SELL, 60, 10_200)
    first.order(SELL, 5)
    second.order(BUY, 10, 100_000, code=KOSDAQ)
    exchange.take(CODE, SELL, 320, 9_950)


def test_reopening_brings_back_every_byte(tmp_path: Path) -> None:
    bars = MemoryBars()
    exchange = open_exchange(tmp_path / "ledger.sqlite", bars=bars)
    busy_day(exchange)
    before = exchange.dump(house=False)
    again = open_exchange(tmp_path / "ledger.sqlite", bars=bars)
    assert again.dump(house=False) == before
    assert again.ledger_id == exchange.ledger_id
    assert again.now() == exchange.now()
    for place in (0, 2):
        one, other = Trader(exchange, place), Trader(again, place)
        assert one.fills() == other.fills()
        assert exchange.orders(one.account, MONDAY, MONDAY) == again.orders(one.account, MONDAY, MONDAY)


def test_the_order_of_holdings_survives_too(tmp_path: Path) -> None:
    bars = MemoryBars()
    exchange = open_exchange(tmp_path / "ledger.sqlite", bars=bars)
    trader = Trader(exchange)
    for day, trades in enumerate([[(CODE, BUY), (CODE, SELL)], [], [(KOSDAQ, BUY), (CODE, BUY)]]):
        exchange.advance(START + timedelta(days=day))
        for code, side in trades:
            lay_book(exchange, code)
            trader.order(side, 5, code=code)
    assert [holding.code for holding in exchange.holdings(trader.account)] == [KOSDAQ, CODE]
    again = open_exchange(tmp_path / "ledger.sqlite", bars=bars)
    assert again.dump(house=False) == exchange.dump(house=False)


def test_restored_orders_keep_their_turns_and_go_on(tmp_path: Path) -> None:
    exchange = open_exchange(tmp_path / "ledger.sqlite")
    first, second = Trader(exchange, 0), Trader(exchange, 1)
    early, late = second.order(BUY, 10, 9_950), first.order(BUY, 10, 9_950)
    market = first.order(BUY, 10)
    again = open_exchange(tmp_path / "ledger.sqlite")
    again.take(CODE, SELL, 25, 9_900)
    assert (Trader(again, 0).entry(market).filled, Trader(again, 1).entry(early).filled) == (10, 10)
    assert Trader(again, 0).entry(late).filled == 5
    assert Trader(again).order(BUY, 1, 9_000) > market


def test_the_same_calls_give_the_same_bytes(tmp_path: Path) -> None:
    dumps = set()
    for name in ("one", "two"):
        exchange = open_exchange(tmp_path / name)
        busy_day(exchange)
        exchange.advance(START + timedelta(days=1))
        busy_day(exchange)
        dumps.add(exchange.dump())
    assert len(dumps) == 1


def test_day_orders_lapse_when_the_date_rolls() -> None:
    exchange = open_exchange()
    trader = Trader(exchange)
    lay_book(exchange)
    waiting = trader.order(BUY, 120, 10_010)
    heard: list[OrderNews] = []
    exchange.subscribe(lambda event: heard.append(event) if isinstance(event, OrderNews) else None)
    exchange.advance(datetime(2026, 11, 16, 23, 59, 59, tzinfo=KST))
    assert heard == []
    exchange.advance(datetime(2026, 11, 17, 0, 0, tzinfo=KST))
    (news,) = heard
    assert (news.kind, news.entry.number, news.entry.cancelled) == (NewsKind.EXPIRED, waiting, 20)
    assert exchange.trading_date() == MONDAY + timedelta(days=1)
    (entry,) = exchange.orders(trader.account, MONDAY, MONDAY)
    assert (entry.status, entry.filled, entry.remaining) == (OrderStatus.EXPIRED, 100, 0)
    assert trader.cash.reserved == 0
    assert exchange.orders(trader.account, exchange.trading_date(), exchange.trading_date()) == []
    exchange.advance(datetime(2026, 11, 18, 0, 0, tzinfo=KST))
    assert len(heard) == 1


def test_the_last_price_becomes_the_base_and_moves_the_limits() -> None:
    exchange = open_exchange()
    lay_book(exchange)
    exchange.rest(CODE, SELL, 13_000, 1)
    exchange.take(CODE, SELL, 300, 9_970)
    exchange.advance(START + timedelta(days=1))
    state = exchange.state(CODE)
    assert state is not None
    assert (state.base, state.last, state.volume, state.previous_volume) == (9_970, 0, 0, 300)
    assert (state.upper, state.lower) == (12_960, 6_980)
    assert exchange.trades(CODE, 5) == []
    book = exchange.book(CODE)
    assert book is not None
    assert [level.price_units for level in book.asks] == [10_010, 10_020, 10_030]


def test_several_nights_pass_in_one_advance() -> None:
    exchange = open_exchange()
    lay_book(exchange)
    trader = Trader(exchange)
    trader.order(BUY, 100, 10_010)
    trader.order(BUY, 1, 9_000)
    exchange.advance(START + timedelta(days=4))
    assert exchange.trading_date() == MONDAY + timedelta(days=4)
    assert trader.cash.d0 == trader.cash.d2 == trader.cash.orderable


def test_orders_lapse_when_the_date_changed_while_it_was_off(tmp_path: Path) -> None:
    exchange = open_exchange(tmp_path / "ledger.sqlite")
    trader = Trader(exchange)
    number = trader.order(BUY, 10, 9_900)
    again = open_exchange(tmp_path / "ledger.sqlite", start=START + timedelta(days=3))
    (entry,) = again.orders(trader.account, MONDAY, MONDAY)
    assert (entry.number, entry.status, entry.cancelled) == (number, OrderStatus.EXPIRED, 10)
    assert Trader(again).cash.orderable == Trader(again).cash.d2
    assert again.book(CODE) is not None
    assert not again.book(CODE).bids  # type: ignore[union-attr]


def test_an_order_whose_price_is_no_more_lapses(tmp_path: Path) -> None:
    exchange = open_exchange(tmp_path / "ledger.sqlite")
    trader = Trader(exchange)
    number = trader.order(BUY, 10, 7_000)
    bars = MemoryBars()
    bars.day(CODE).base = 20_000  # as if the market's own file had been lost and made anew
    again = open_exchange(tmp_path / "ledger.sqlite", bars=bars)
    entry = Trader(again).entry(number)
    assert (entry.status, entry.remaining) == (OrderStatus.EXPIRED, 0)
    assert Trader(again).cash.reserved == 0


def test_market_time_never_runs_backwards(tmp_path: Path) -> None:
    exchange = open_exchange(tmp_path / "ledger.sqlite")
    later = START + timedelta(hours=5)
    exchange.advance(later)
    exchange.advance(START)
    assert exchange.now() == later
    Trader(exchange).order(BUY, 1, 9_000)
    ledger = Ledger.open(tmp_path / "ledger.sqlite", seed=SEED)
    assert ledger.resume_at(START) == later
    assert ledger.resume_at(later + timedelta(days=1)) == later + timedelta(days=1)
    with pytest.raises(ValueError, match="backwards"):
        PracticeExchange(LISTINGS, MemoryBars(), ledger, START)
    with pytest.raises(ValueError, match="zone"):
        PracticeExchange(LISTINGS, MemoryBars(), ledger, later.replace(tzinfo=None))


def test_accounts_come_from_the_seed_and_stay(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "a.sqlite", seed=1)
    identities = [identity for identity, _ in ledger.accounts()]
    assert identities == list(made_up_accounts(1))
    again = Ledger.open(tmp_path / "a.sqlite", seed=2)
    assert [identity for identity, _ in again.accounts()] == identities
    assert again.ledger_id == ledger.ledger_id
    assert Ledger.open(tmp_path / "b.sqlite", seed=1).ledger_id != ledger.ledger_id
    for identity in identities:
        lengths = (36, 180, 11) if identity.broker is Broker.KIS else (43, 43, 11)
        assert (len(identity.appkey), len(identity.appsecret), len(identity.number)) == lengths
        assert identity.number[8] == "-"
    assert len({identity.appkey for identity in identities}) == len({identity.number for identity in identities}) == 8
    assert len({identity.hts_id for identity in identities if identity.broker is Broker.KIS}) == 4


def test_a_ledger_of_one_broker_gets_the_other(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(Ledger.open(path, seed=3)) as new:
        accounts, ledger_id = list(new.accounts()), new.ledger_id
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM accounts WHERE broker = 'kiwoom'")
        db.execute("ALTER TABLE accounts DROP COLUMN broker")
        for column in ("stop_price", "woken"):
            db.execute(f"ALTER TABLE orders DROP COLUMN {column}")
        db.execute("PRAGMA user_version = 1")
        db.commit()
    for _ in range(2):
        with closing(Ledger.open(path, seed=99)) as again:
            assert list(again.accounts()) == accounts
            assert again.ledger_id == ledger_id


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.sqlite"
    garbage.write_bytes(b"not a database at all" * 100)
    foreign = tmp_path / "foreign.sqlite"
    newer = tmp_path / "newer.sqlite"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE something (else_ TEXT)")
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 99")
    for path in (garbage, foreign, newer, tmp_path / "no folder" / "ledger.sqlite"):
        with pytest.raises(LedgerError):
            Ledger.open(path, seed=1)


def test_every_commit_is_synced(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.sqlite", seed=1)
    assert ledger._rows("PRAGMA synchronous")[0][0] == 2
    assert ledger._rows("PRAGMA journal_mode")[0][0] == "wal"


def test_a_step_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    exchange = open_exchange(tmp_path / "ledger.sqlite")
    lay_book(exchange)
    trader = Trader(exchange)
    trader.order(BUY, 10, 10_010)
    ledger = exchange._core.ledger
    order, fill = exchange._core.orders[trader.fills()[0].number], trader.fills()[0]
    order.remaining -= 1  # breaks the sum that the ledger checks
    with pytest.raises(LedgerError, match="written"):
        ledger.commit([order], [], exchange.now())
    order.remaining += 1
    with pytest.raises(LedgerError, match="written"):  # the same execution twice
        ledger.commit([order], [(fill, MONDAY)], exchange.now() + timedelta(days=9))
    assert ledger.resume_at(START) == START
    assert len(trader.fills()) == 1


@pytest.mark.parametrize(("seed", "answers"), [(1, 15), (2, 60), (3, 140)])
def test_whatever_was_told_survives_a_kill(tmp_path: Path, seed: int, answers: int) -> None:
    """A child trades at random and prints what it was told; it is killed in the middle of it."""
    path = tmp_path / "ledger.sqlite"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.practice.engine.random_trader", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        lines = []
        while len(lines) < answers and (line := child.stdout.readline()):
            lines.append(line)
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    told: list[dict[str, Any]] = [json.loads(line) for line in lines if line.endswith(b"\n")]
    again = open_exchange(path)
    check_against(again, told)


def check_against(exchange: PracticeExchange, told: list[dict[str, Any]]) -> None:
    today = exchange.trading_date()
    accounts = [account.number for account in exchange.accounts()]
    entries = {entry.number: entry for account in accounts for entry in exchange.orders(account, today, today)}
    fills = {(fill.execution, fill.number): fill for a in accounts for fill in exchange.fills(a, today, today)}
    answered = [line["taken"] for line in told if "taken" in line]
    assert answered
    assert set(answered) <= set(entries)
    for line in told:
        if "fill" in line:
            fill = fills[line["fill"], line["number"]]
            assert [fill.price, fill.quantity, fill.fee, fill.tax] == line["terms"]
        if "filled" in line:
            assert entries[line["number"]].filled >= line["filled"]
            assert entries[line["number"]].quantity == line["quantity"]
    # At most the one order in flight is in the ledger without an answer.
    assert len(set(entries) - set(answered)) <= 1
    filled: defaultdict[int, int] = defaultdict(int)
    for fill in fills.values():
        filled[fill.number] += fill.quantity
    assert all(entry.filled == filled[entry.number] for entry in entries.values())
    for account, opening in zip(accounts, 2 * (50_000_000, 50_000_000, 100_000_000, 100_000_000), strict=True):
        flows = sum(
            -fill.side.sign * fill.price * fill.quantity - fill.fee - fill.tax
            for fill in fills.values()
            if fill.account == account
        )
        assert exchange.cash(account).d2 == opening + flows
