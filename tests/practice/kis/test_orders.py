"""Orders and their changes, in both environments, under both generations of ids: kis.md 4.2.5, 4.2.6, 4.4.1, 1.6."""

from __future__ import annotations

import pytest

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import EntryKind, Environment, OrderEntry, OrderStatus
from hoga.practice.kis.codes import ORDER_TYPES
from tests.practice.kis.bench import CODE, HALTED, TRADING, Answer, Bench, Client

ACCEPTED = {
    (Environment.REAL, Side.BUY): ("APBK0013", "주문 전송 완료 되었습니다."),
    (Environment.REAL, Side.SELL): ("APBK0013", "주문 전송 완료 되었습니다."),
    (Environment.PAPER, Side.BUY): ("40600000", "모의투자 매수주문이 완료 되었습니다."),
    (Environment.PAPER, Side.SELL): ("40590000", "모의투자 매도주문이 완료 되었습니다."),
}
CHANGED = {
    (Environment.REAL, "01"): ("APBK0013", "주문 전송 완료 되었습니다."),
    (Environment.REAL, "02"): ("APBK0013", "주문 전송 완료 되었습니다."),
    (Environment.PAPER, "01"): ("40620000", "모의투자 정정주문이 완료 되었습니다."),
    (Environment.PAPER, "02"): ("40630000", "모의투자 취소주문이 완료 되었습니다."),
}
BRANCH = {Environment.REAL: "91253", Environment.PAPER: "00950"}


def entries(client: Client) -> list[OrderEntry]:
    today = client.bench.exchange.trading_date()
    return list(client.bench.exchange.orders(client.account.number, today, today))


def outcome(answer: Answer) -> tuple[int, str, str, str]:
    return answer.status, answer.body["rt_cd"], answer.code, answer.body["msg1"]


def test_a_buy_is_in_the_ledger_when_it_is_answered(client: Client) -> None:
    middle = client.bench.lay_book()
    answer = client.order(Side.BUY, 10, middle)
    code, text = ACCEPTED[client.environment, Side.BUY]
    assert outcome(answer) == (200, "0", code, text)
    (entry,) = entries(client)
    assert answer.output == {
        "KRX_FWDG_ORD_ORGNO": BRANCH[client.environment],
        "ODNO": f"{entry.number:010d}",
        "ORD_TMD": "100000",
    }
    assert answer.paging == ""
    assert (entry.code, entry.side, entry.quantity, entry.limit) == (CODE, Side.BUY, 10, middle)
    assert (entry.status, entry.branch, entry.channel) == (OrderStatus.WORKING, BRANCH[client.environment], "api")


def test_a_sell_of_what_was_bought(client: Client) -> None:
    client.bench.lay_book()
    client.order(Side.BUY, 10, kind="01")
    answer = client.order(Side.SELL, 4, kind="01", SLL_TYPE="01")
    assert outcome(answer)[1:] == ("0", *ACCEPTED[client.environment, Side.SELL])
    (holding,) = client.bench.exchange.holdings(client.account.number)
    assert holding.quantity == 6


@pytest.mark.parametrize(("side", "old"), [(Side.BUY, "TTTC0802U"), (Side.SELL, "TTTC0801U")])
def test_the_older_ids_do_the_same(client: Client, side: Side, old: str) -> None:
    client.bench.lay_book()
    client.order(Side.BUY, 10, kind="01")
    body = {**client.who, "PDNO": CODE, "ORD_DVSN": "01", "ORD_QTY": "2", "ORD_UNPR": "0"}
    answer = client.post(f"{TRADING}order-cash", client.tr(old), body)
    assert answer.code == ACCEPTED[client.environment, side][0]
    assert entries(client)[-1].side is side


@pytest.mark.parametrize("tr", ["TTTC0013U", "TTTC0803U"])
@pytest.mark.parametrize("code", ["01", "02"])
def test_modify_and_cancel_under_both_ids(client: Client, tr: str, code: str) -> None:
    middle = client.bench.lay_book()
    first = client.order(Side.BUY, 10, middle)
    tick = client.bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    body = {
        **client.who,
        "KRX_FWDG_ORD_ORGNO": first.output["KRX_FWDG_ORD_ORGNO"],
        "ORGN_ODNO": first.output["ODNO"],
        "ORD_DVSN": "00",
        "RVSE_CNCL_DVSN_CD": code,
        "ORD_QTY": "0",
        "ORD_UNPR": str(middle - tick) if code == "01" else "0",
        "QTY_ALL_ORD_YN": "Y",
        "EXCG_ID_DVSN_CD": "KRX",
    }
    answer = client.post(f"{TRADING}order-rvsecncl", client.tr(tr), body)
    assert outcome(answer)[1:] == ("0", *CHANGED[client.environment, code])
    old, new = entries(client)
    assert set(answer.output) == {"KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"}
    assert answer.output["ODNO"] == f"{new.number:010d}" != first.output["ODNO"]
    assert new.original == old.number
    assert old.remaining == 0
    assert new.kind is (EntryKind.MODIFY if code == "01" else EntryKind.CANCEL)
    assert new.remaining == (10 if code == "01" else 0)


def test_a_part_is_moved_or_cancelled_and_the_rest_stays(client: Client) -> None:
    middle = client.bench.lay_book()
    first = client.order(Side.BUY, 10, middle)
    assert client.change(first, "02", quantity=3).body["rt_cd"] == "0"
    assert client.change(first, "01", quantity=2, price=middle).body["rt_cd"] == "0"
    old, _, moved = entries(client)
    assert (old.remaining, old.cancelled, old.moved) == (5, 3, 2)
    assert moved.remaining == 2


def test_a_modify_may_change_the_type(client: Client) -> None:
    middle = client.bench.lay_book()
    first = client.order(Side.BUY, 10, middle)
    assert client.change(first, "01", ORD_DVSN="01").body["rt_cd"] == "0"
    assert entries(client)[-1].type is OrderType.MARKET
    assert entries(client)[-1].filled == 10


@pytest.mark.parametrize("kind", sorted(ORDER_TYPES))
def test_every_order_type_reaches_the_exchange_as_meant(bench: Bench, kind: str) -> None:
    middle = bench.lay_book()
    tick = bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    stop = {"CNDT_PRIC": str(middle + tick)} if kind == "22" else {}
    answer = bench.real.order(Side.BUY, 10, middle + tick, kind=kind, **stop)
    assert answer.body["rt_cd"] == "0", answer.body
    (entry,) = entries(bench.real)
    assert (entry.type, entry.tif) == ORDER_TYPES[kind]
    carries = kind in ("00", "02", "11", "12", "22")
    assert entry.limit == (middle + tick if carries else None)
    assert entry.stop == (middle + tick if stop else None)


def test_a_sleeping_stop_is_listed_moved_and_cancelled(bench: Bench) -> None:
    middle, client = bench.lay_book(), bench.real
    tick = bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    first = client.order(Side.BUY, 10, middle + 3 * tick, kind="22", CNDT_PRIC=str(middle + 2 * tick))
    moved = client.change(first, "01", 0, middle + 2 * tick, ORD_DVSN="22", CNDT_PRIC=str(middle + tick))
    assert moved.body["rt_cd"] == "0"
    row, *_ = client.daily().body["output1"]  # newest first
    assert (row["ord_dvsn_cd"], row["ord_dvsn_name"], int(row["stpm_cndt_pric"])) == ("22", "스톱지정가", middle + tick)
    assert row["rmn_qty"] == "10"
    assert client.change(moved, "02").body["rt_cd"] == "0"
    assert [entry.remaining for entry in entries(client)] == [0, 0, 0]


def test_the_price_of_a_priceless_type_is_passed_over(client: Client) -> None:
    client.bench.lay_book()
    for kind, price in (("01", "0"), ("03", "1"), ("04", "123457"), ("03", "")):
        assert client.order(Side.BUY, 1, price, kind=kind).body["rt_cd"] == "0", (kind, price)


REAL_REFUSALS = {
    "unknown": ("1", "APBK0656", "해당종목정보가 없습니다"),
    "off tick": ("7", "APBK0506", "주식주문호가단위 오류입니다."),
    "limits": ("7", "APBK0507", "주문단가가 상/하한가 범위를 벗어났습니다"),
    "quantity": ("1", "IGW00009", "주문 수량을 확인해주세요."),
    "cash": ("7", "APBK0952", "주문가능금액을 초과 했습니다"),
    "shares": ("7", "APBK0400", "주문 가능한 수량을 초과했습니다"),
    "halted": ("7", "APBK0066", "거래정지 종목입니다"),
    "opposite": ("7", "APBK0513", "상대호가가 없어 주문할 수 없습니다"),
    "own": ("7", "APBK0514", "자기호가가 없어 주문할 수 없습니다"),
    "type": ("7", "APBK0515", "해당 호가유형은 주문할 수 없습니다"),
    "order": ("7", "APBK0344", "원주문정보가 존재하지 않습니다"),
    "left": ("7", "APBK0927", "정정취소 가능수량이 없습니다"),
    "many": ("7", "APBK1359", "정정취소수량이 주문수량보다 많습니다"),
}
PAPER_REFUSALS = {
    "unknown": ("1", "40070000", "모의투자 주문처리가 안되었습니다(매매불가 종목)"),
    "off tick": ("1", "40030000", "모의투자 주문처리가 안되었습니다(호가단위 오류)"),
    "limits": ("1", "40310000", "모의투자 주문처리가 안되었습니다(상하한가 오류)"),
    "quantity": ("1", "40310000", "모의투자 주문처리가 안되었습니다(주문수량 오류)"),
    "cash": ("1", "40250000", "모의투자 주문가능금액이 부족합니다."),
    "shares": ("1", "40240000", "모의투자 잔고내역이 없습니다."),
    "halted": ("1", "40070000", "모의투자 주문처리가 안되었습니다(매매불가 종목)"),
    "opposite": ("1", "40310000", "모의투자 주문처리가 안되었습니다(상대호가 없음)"),
    "own": ("1", "40310000", "모의투자 주문처리가 안되었습니다(자기호가 없음)"),
    "type": ("1", "40310000", "모의투자 주문처리가 안되었습니다(호가유형 오류)"),
    "order": ("1", "40330000", "모의투자 정정/취소할 수량이 없습니다."),
    "left": ("1", "40330000", "모의투자 정정/취소할 수량이 없습니다."),
    "many": ("1", "40330000", "모의투자 정정/취소할 수량이 없습니다."),
}


def assert_refused(client: Client, answer: Answer, why: str) -> None:
    table = REAL_REFUSALS if client.environment is Environment.REAL else PAPER_REFUSALS
    assert outcome(answer) == (200, *table[why])
    assert "output" not in answer.body


def test_refusals_of_new_orders_leave_nothing_behind(client: Client) -> None:
    bench = client.bench
    middle = bench.lay_book()
    state = bench.exchange.state(CODE)
    assert state is not None
    assert_refused(client, client.order(Side.BUY, 1, middle, PDNO="000000"), "unknown")
    assert_refused(client, client.order(Side.BUY, 1, middle + 1), "off tick")
    assert_refused(client, client.order(Side.BUY, 1, 0), "off tick")
    assert_refused(client, client.order(Side.BUY, 1, "-5"), "off tick")
    assert_refused(client, client.order(Side.BUY, 1, state.upper + state.tick), "limits")
    assert_refused(client, client.order(Side.SELL, 1, state.lower - state.tick), "limits")
    for quantity in ("0", "-1", "1.5", "ten", "１"):
        assert_refused(client, client.order(Side.BUY, quantity, middle), "quantity")
    assert_refused(client, client.order(Side.BUY, 9_999_999_999, middle), "cash")
    assert_refused(client, client.order(Side.BUY, 1_000_000, kind="01"), "cash")
    assert_refused(client, client.order(Side.SELL, 1, middle), "shares")
    assert_refused(client, client.order(Side.BUY, 1, 9900, PDNO=HALTED), "halted")
    assert entries(client) == []


def test_selling_more_than_held_and_what_is_reserved(client: Client) -> None:
    middle = client.bench.lay_book()
    client.order(Side.BUY, 10, kind="01")
    assert_refused(client, client.order(Side.SELL, 11, middle), "shares")
    state = client.bench.exchange.state(CODE)
    assert state is not None
    assert client.order(Side.SELL, 6, state.upper).body["rt_cd"] == "0"
    assert_refused(client, client.order(Side.SELL, 5, middle), "shares")
    assert client.order(Side.SELL, 4, state.upper).body["rt_cd"] == "0"


def test_best_and_priority_need_a_quote(client: Client) -> None:
    assert_refused(client, client.order(Side.BUY, 1, kind="03"), "opposite")
    assert_refused(client, client.order(Side.BUY, 1, kind="04"), "own")


def test_too_long_a_quantity_is_a_malformed_field(client: Client) -> None:
    assert client.order(Side.BUY, "1" * 11, 200_000).code == "OPSQ2002"


@pytest.mark.parametrize("kind", ["05", "06", "27", "41", "47"])
def test_types_without_a_session_here(client: Client, kind: str) -> None:
    client.bench.lay_book()
    assert_refused(client, client.order(Side.BUY, 1, kind=kind), "type")


@pytest.mark.parametrize("kind", ["11", "12", "13", "14", "15", "16", "21", "23"])
def test_paper_takes_only_the_plain_types(bench: Bench, kind: str) -> None:
    middle = bench.lay_book()
    assert_refused(bench.paper, bench.paper.order(Side.BUY, 1, middle, kind=kind), "type")
    bench.settings.paper_gaps = False
    assert bench.paper.order(Side.BUY, 1, middle, kind=kind).body["rt_cd"] == "0"


def test_an_order_type_that_does_not_exist(client: Client) -> None:
    assert client.order(Side.BUY, 1, 200_000, kind="99").code == "OPSQ2001"
    assert client.order(Side.BUY, 1, 200_000, kind="").code == "OPSQ2001"


def test_venues(bench: Bench) -> None:
    middle = bench.lay_book()
    for venue, allowed in (("KRX", True), ("SOR", True), ("", True), ("NXT", False)):
        answer = bench.real.order(Side.BUY, 1, middle, EXCG_ID_DVSN_CD=venue)
        assert (answer.body["rt_cd"] == "0") is allowed, venue
    for venue, allowed in (("KRX", True), ("SOR", False), ("NXT", False)):
        answer = bench.paper.order(Side.BUY, 1, middle, EXCG_ID_DVSN_CD=venue)
        assert (answer.body["rt_cd"] == "0") is allowed, venue
    assert_refused(bench.paper, bench.paper.order(Side.BUY, 1, middle, EXCG_ID_DVSN_CD="SOR"), "type")
    assert bench.real.order(Side.BUY, 1, middle, EXCG_ID_DVSN_CD="XYZ").code == "OPSQ2001"


def test_refused_changes_leave_the_order_as_it_was(client: Client) -> None:
    middle = client.bench.lay_book()
    first = client.order(Side.BUY, 10, middle)
    before = entries(client)
    other = {"KRX_FWDG_ORD_ORGNO": "00000"}
    for code in ("01", "02"):
        assert_refused(client, client.change(first, code, price=middle, ORGN_ODNO="0000099999"), "order")
        assert_refused(client, client.change(first, code, price=middle, ORGN_ODNO="abc"), "order")
        assert_refused(client, client.change(first, code, price=middle, **other), "order")
        assert_refused(client, client.change(first, code, quantity=11, price=middle), "many")
        assert_refused(client, client.change(first, code, price=middle, QTY_ALL_ORD_YN="N", ORD_QTY="0"), "quantity")
    assert_refused(client, client.change(first, "01", price=middle + 1), "off tick")
    assert client.change(first, "03").code == "OPSQ2001"
    assert client.change(first, "02", QTY_ALL_ORD_YN="?").code == "OPSQ2001"
    assert entries(client) == before
    client.bench.settings.check_branch = False
    assert client.change(first, "02", **other).body["rt_cd"] == "0"


def test_nothing_left_after_a_fill_or_a_cancel(client: Client) -> None:
    middle = client.bench.lay_book()
    filled = client.order(Side.BUY, 10, kind="01")
    gone = client.order(Side.BUY, 10, middle)
    assert client.change(gone, "02").body["rt_cd"] == "0"
    for answer in (filled, gone):
        assert_refused(client, client.change(answer, "02"), "left")
        assert_refused(client, client.change(answer, "01", price=middle), "left")


def test_only_the_unfilled_part_can_be_changed(client: Client) -> None:
    client.bench.lay_book(quantity=4)
    state = client.bench.exchange.state(CODE)
    assert state is not None
    first = client.order(Side.BUY, 10, state.base + state.tick)
    assert entries(client)[0].filled == 4
    assert_refused(client, client.change(first, "02", quantity=7), "many")
    assert client.change(first, "02", quantity=6).body["rt_cd"] == "0"
    assert entries(client)[0].remaining == 0


def test_yesterdays_order_is_gone(client: Client) -> None:
    middle = client.bench.lay_book()
    first = client.order(Side.BUY, 10, middle)
    client.bench.pass_time(14 * 3600)
    client.token = str(client.fresh_token().body["access_token"])
    assert_refused(client, client.change(first, "02"), "order")


def test_another_accounts_order_cannot_be_touched(bench: Bench) -> None:
    middle = bench.lay_book()
    first = bench.real.order(Side.BUY, 10, middle)
    answer = bench.paper.change(first, "02")
    assert_refused(bench.paper, answer, "order")
    assert entries(bench.real)[0].remaining == 10


def test_ioc_and_fok_on_the_real_host(bench: Bench) -> None:
    bench.lay_book(quantity=5)
    state = bench.exchange.state(CODE)
    assert state is not None
    bench.real.order(Side.BUY, 8, state.base + state.tick, kind="11")
    bench.real.order(Side.BUY, 8, state.base + state.tick * 2, kind="12")
    ioc, fok = entries(bench.real)
    assert (ioc.tif, ioc.filled, ioc.remaining) == (TimeInForce.IOC, 5, 0)
    assert (fok.tif, fok.filled, fok.remaining) == (TimeInForce.FOK, 0, 0)
