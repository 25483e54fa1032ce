"""Orders and their changes through the door; the ledger says what became of them (kiwoom.md 4.5, 4.6, 6.4)."""

from __future__ import annotations

from typing import Any

import pytest

from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import OrderEntry, OrderStatus
from tests.practice.kiwoom.bench import CODE, HALTED, ORDER, Answer, Bench, Client


@pytest.fixture
def middle(bench: Bench) -> int:
    return bench.lay_book()


def entry_of(client: Client, answer: Answer) -> OrderEntry:
    today = client.bench.exchange.trading_date()
    number = int(answer.body["ord_no"])
    entries = client.bench.exchange.orders(client.account.number, today, today)
    return next(entry for entry in entries if entry.number == number)


def tick(client: Client) -> int:
    state = client.bench.exchange.state(CODE)
    assert state is not None
    return state.tick


def refused(client: Client, answer: Answer, real: str, mock: str) -> None:
    assert answer.raw.status == 200 and "ord_no" not in answer.body
    assert (mock if client.is_mock else real) in answer.text
    today = client.bench.exchange.trading_date()
    assert not client.bench.exchange.orders(client.account.number, today, today)


def test_a_limit_order(client: Client, middle: int) -> None:
    answer = client.order(Side.BUY, 7, middle - tick(client))
    assert answer.body["dmst_stex_tp"] == "KRX" and len(answer.body["ord_no"]) == 7
    assert answer.text == ("모의투자 매수주문완료" if client.is_mock else "KRX 매수주문이 완료되었습니다.")
    entry = entry_of(client, answer)
    assert (entry.side, entry.type, entry.tif, entry.quantity) == (Side.BUY, OrderType.LIMIT, TimeInForce.DAY, 7)
    assert (entry.limit, entry.venue, entry.status) == (middle - tick(client), Venue.KRX, OrderStatus.WORKING)


@pytest.mark.parametrize(
    ("code", "kind", "tif"),
    [
        ("3", OrderType.MARKET, TimeInForce.DAY),
        ("5", OrderType.CONDITIONAL, TimeInForce.DAY),
        ("6", OrderType.BEST, TimeInForce.DAY),
        ("7", OrderType.PRIORITY, TimeInForce.DAY),
        ("10", OrderType.LIMIT, TimeInForce.IOC),
        ("13", OrderType.MARKET, TimeInForce.IOC),
        ("16", OrderType.BEST, TimeInForce.IOC),
        ("20", OrderType.LIMIT, TimeInForce.FOK),
        ("23", OrderType.MARKET, TimeInForce.FOK),
        ("26", OrderType.BEST, TimeInForce.FOK),
    ],
)
def test_every_type_that_the_exchange_trades(
    client: Client, middle: int, code: str, kind: OrderType, tif: TimeInForce
) -> None:
    price: Any = middle + tick(client) if code in ("5", "10", "20") else ""
    entry = entry_of(client, client.order(Side.BUY, 3, price, code))
    assert (entry.type, entry.tif) == (kind, tif)
    assert (entry.filled == 3) is (code != "7")


@pytest.mark.parametrize(("code", "real", "mock"), [(code, "521790", "521790") for code in ("61", "62", "81")])
def test_types_without_a_session_here(client: Client, middle: int, code: str, real: str, mock: str) -> None:
    refused(client, client.order(Side.BUY, 3, "", code), real, mock)


@pytest.mark.parametrize(("code", "tif"), [("29", TimeInForce.DAY), ("30", TimeInForce.IOC), ("31", TimeInForce.FOK)])
def test_the_middle(client: Client, middle: int, code: str, tif: TimeInForce) -> None:
    entry = entry_of(client, client.order(Side.BUY, 3, "", code))
    assert (entry.type, entry.tif, entry.filled) == (OrderType.MID, tif, 0)
    assert entry.remaining == (3 if code == "29" else 0)


def test_a_stop_sleeps_is_moved_and_named(client: Client, middle: int) -> None:
    step = tick(client)
    answer = client.order(Side.BUY, 3, middle + 2 * step, "28", stop=middle + step)
    entry = entry_of(client, answer)
    assert (entry.type, entry.limit, entry.stop, entry.filled) == (
        OrderType.STOP_LIMIT, middle + 2 * step, middle + step, 0
    )  # fmt: skip
    (row,) = client.pending().body["oso"]
    assert (row["trde_tp"], row["stop_pric"]) == ("스톱지정가", str(middle + step))
    moved = client.modify(answer.body["ord_no"], middle + 3 * step, stop=middle + 2 * step)
    entry = entry_of(client, moved)
    assert (entry.limit, entry.stop, entry.remaining) == (middle + 3 * step, middle + 2 * step, 3)
    assert client.cancel(moved.body["ord_no"]).result == 0


def test_a_stop_is_only_for_the_stop_type(client: Client, middle: int) -> None:
    answer = client.order(Side.BUY, 3, middle, "0", stop=middle)
    assert answer.result == 20 and "502048" in answer.text
    assert client.order(Side.BUY, 3, middle, "28").result == 20


def test_types_unproven_on_the_mock(bench: Bench, middle: int) -> None:
    bench.settings.update({"mock_proven_types_only": True})
    assert "RC9000" in bench.mock.order(Side.BUY, 1, "", "6").text
    assert bench.mock.order(Side.BUY, 1, "", "3").result == bench.real.order(Side.BUY, 1, "", "6").result == 0


def test_prices_of_types_without_one(client: Client, middle: int) -> None:
    for price in ("", "0"):
        assert client.order(Side.BUY, 1, price, "3").result == 0
    answer = client.order(Side.BUY, 1, middle, "3")
    assert answer.result == 20 and "502048" in answer.text


def test_wrong_orders(client: Client, middle: int) -> None:
    step = tick(client)
    refused(client, client.order(Side.BUY, 1, middle + 1), "571557", "RC4003")
    refused(client, client.order(Side.BUY, 1, middle * 2 // step * step), "571557", "RC4027")
    refused(client, client.order(Side.BUY, 0, middle), "571558", "RC4028")
    refused(client, client.order(Side.BUY, 1, ""), "571557", "RC4003")
    refused(client, client.order(Side.SELL, 1, middle), "800033", "800033")
    refused(client, client.order(Side.BUY, 1, 1000, code=HALTED), "571440", "RC4007")
    refused(client, client.order(Side.BUY, 1, middle, "03"), "[1517:", "[1517:")
    for code in ("A005930", "005930_AL", "999999"):
        refused(client, client.order(Side.BUY, 1, middle, code=code), "[1902:", "[1902:")
    refused(client, client.ask(ORDER, "kt10000", stk_cd=CODE, ord_qty="1", trde_tp="3"), "dmst_stex_tp", "dmst_stex_tp")
    refused(client, client.order(Side.BUY, "1.5", middle), "[1517:", "[1517:")


def test_too_dear(client: Client, middle: int) -> None:
    answer = client.order(Side.BUY, 10_000, middle)
    refused(client, answer, "855056", "RC4025")
    if not client.is_mock:
        cash = client.bench.exchange.cash(client.account.number).orderable
        assert f"{cash // (middle + middle * 2 // 10_000)}주 매수가능" in answer.text


def test_exchanges(bench: Bench, middle: int) -> None:
    for venue in ("NXT", "SOR"):
        assert "RC9000" in bench.mock.order(Side.BUY, 1, middle, venue=venue).text
    sor = bench.real.order(Side.BUY, 1, middle - tick(bench.real), venue="SOR")
    assert sor.body["dmst_stex_tp"] == "SOR" and entry_of(bench.real, sor).venue is Venue.SOR
    assert bench.real.cancel(sor.body["ord_no"], venue="KRX").result == 20
    assert bench.real.cancel(sor.body["ord_no"], venue="SOR").result == 0
    bench.settings.update({"sor": False})
    assert "407022" in bench.real.order(Side.BUY, 1, middle, venue="SOR").text


def test_a_chain_of_changes_names_its_root(client: Client, middle: int) -> None:
    step = tick(client)
    first = client.order(Side.BUY, 10, middle - step)
    number = first.body["ord_no"]
    part = client.modify(number, middle - 2 * step, 4)
    assert part.body["mdfy_qty"] == "000000000004" and part.body["base_orig_ord_no"] == number
    whole = client.modify(part.body["ord_no"], middle - 3 * step)
    assert whole.body["mdfy_qty"] == "000000000004" and whole.body["base_orig_ord_no"] == number
    assert entry_of(client, whole).limit == middle - 3 * step
    gone = client.cancel(whole.body["ord_no"], 1)
    assert gone.body["cncl_qty"] == "000000000001" and gone.body["base_orig_ord_no"] == number
    rest = client.cancel(number)
    assert rest.body["cncl_qty"] == "000000000006"
    assert (entry_of(client, whole).remaining, entry_of(client, first).remaining) == (3, 0)
    assert len({answer.body["ord_no"] for answer in (first, part, whole, gone, rest)}) == 5
    assert "정정" in part.text and "취소" in gone.text


def test_a_market_order_that_waits_is_moved_to_a_price(client: Client, bench: Bench) -> None:
    answer = client.order(Side.BUY, 2, "", "3")
    moved = client.modify(answer.body["ord_no"], bench.exchange.state(CODE).base)  # type: ignore[union-attr]
    assert moved.result == 0 and entry_of(client, moved).type is OrderType.LIMIT


def test_wrong_changes(client: Client, middle: int) -> None:
    answer = client.order(Side.BUY, 5, middle - tick(client))
    number = answer.body["ord_no"]
    unknown = ("571418", "RC4032")
    for wrong in (
        client.cancel("0000001"), client.cancel(number, code="000660"), client.modify("0000001", middle),
        client.cancel(client.cancel(number, 1).body["ord_no"]),
    ):  # fmt: skip
        assert wrong.result == 20 and unknown[client.is_mock] in wrong.text
    assert "[1517:" in client.cancel("00000012345").text
    assert client.cancel(number, 99).result == 20
    assert client.modify(number, middle + 1).result == 20
    assert client.cancel(number).result == 0
    again = client.cancel(number)
    assert ("RC4033" if client.is_mock else "506550") in again.text
    assert entry_of(client, answer).cancelled == 5


def test_an_order_of_another_account_is_out_of_reach(bench: Bench) -> None:
    middle = bench.lay_book()
    number = bench.real.order(Side.BUY, 1, middle - tick(bench.real)).body["ord_no"]
    assert "RC4032" in bench.mock.cancel(number).text


def test_both_brokers_trade_in_one_market(bench: Bench) -> None:
    middle = bench.lay_book(quantity=5)
    maker = bench.real.order(Side.BUY, 3, middle)
    assert bench.mock.order(Side.BUY, 5, "", "3").result == 0
    assert bench.mock.order(Side.SELL, 3, "", "3").result == 0
    assert entry_of(bench.real, maker).filled == 3
