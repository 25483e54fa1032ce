"""Pending orders and the day's list against the ledger: kis.md 4.2.7, 4.2.8, 1.4."""

from __future__ import annotations

import pytest

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Submit
from tests.practice.kis.bench import CODE, ETN, Answer, Bench, Client


def pending(client: Client, *, cont: str = "", tr: str = "TTTC0084R", **more: str) -> Answer:
    return client.ask("inquire-psbl-rvsecncl", tr, cont=cont, **{"INQR_DVSN_1": "0", "INQR_DVSN_2": "0", **more})


def some_orders(client: Client) -> dict[str, Answer]:
    """A filled, a partly filled, a resting, a modified and a cancelled order."""
    bench = client.bench
    middle = bench.lay_book(quantity=10)
    state = bench.exchange.state(CODE)
    assert state is not None
    made = {"filled": client.order(Side.BUY, 10, middle + state.tick)}
    bench.pass_time(1)
    made["part"] = client.order(Side.BUY, 15, middle + 2 * state.tick)
    bench.pass_time(1)
    made["resting"] = client.order(Side.BUY, 7, middle - 20 * state.tick)
    made["first"] = client.order(Side.BUY, 9, middle - 21 * state.tick)
    made["modified"] = client.change(made["first"], "01", price=middle - 22 * state.tick)
    made["gone"] = client.order(Side.SELL, 3, middle + 20 * state.tick)
    made["cancel"] = client.change(made["gone"], "02")
    return made


@pytest.mark.parametrize("tr", ["TTTC0084R", "TTTC8036R"])
def test_pending_orders_newest_first(bench: Bench, tr: str) -> None:
    made = some_orders(bench.real)
    answer = pending(bench.real, tr=tr)
    rows = answer.output
    assert [row["odno"] for row in rows] == [made[name].output["ODNO"] for name in ("modified", "resting", "part")]
    modified, resting, part = rows
    assert (part["ord_qty"], part["tot_ccld_qty"], part["psbl_qty"]) == ("15", "10", "5")
    assert int(part["tot_ccld_amt"]) == 10 * int(part["ord_unpr"])
    assert (resting["orgn_odno"], resting["rvse_cncl_dvsn_name"], resting["psbl_qty"]) == ("", "", "7")
    assert modified["orgn_odno"] == made["first"].output["ODNO"]
    assert modified["rvse_cncl_dvsn_name"] == "매수정정*"
    assert resting["ord_tmd"] == "100002"
    assert {row["ord_gno_brno"] for row in rows} == {"91253"}
    assert {row["excg_dvsn_cd"] for row in rows} == {"02"}
    assert answer.paging == "D"
    assert bench.paper.ask("inquire-psbl-rvsecncl", tr).code == "EGW02006"


def test_pending_by_side(bench: Bench) -> None:
    client = bench.real
    some_orders(client)
    state = bench.exchange.state(CODE)
    assert state is not None
    sell = client.order(Side.SELL, 2, state.upper)
    assert [row["odno"] for row in pending(client, INQR_DVSN_2="1").output] == [sell.output["ODNO"]]
    assert len(pending(client, INQR_DVSN_2="2").output) == 3
    assert pending(client, INQR_DVSN_2="9").code == "OPSQ2001"


def test_pending_pages_neither_repeat_nor_hide_when_orders_come_and_go(bench: Bench) -> None:
    client = bench.real
    middle = bench.lay_book()
    tick = bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    made = [client.order(Side.BUY, 1, middle - 20 * tick) for _ in range(60)]
    first = pending(client)
    assert (len(first.output), first.paging) == (50, "F")
    client.order(Side.BUY, 1, middle - 20 * tick)
    client.change(made[20], "02")
    client.change(made[3], "02")
    second = pending(client, cont="N", CTX_AREA_NK100=first.body["ctx_area_nk100"])
    assert second.paging == "E"
    numbers = [row["odno"] for row in first.output + second.output]
    wanted = [answer.output["ODNO"] for place, answer in enumerate(made) if place != 3]
    assert numbers == wanted[::-1]


def rows_by_number(answer: Answer) -> dict[str, dict[str, str]]:
    return {row["odno"]: row for row in answer.body["output1"]}


@pytest.mark.parametrize("tr", ["TTTC0081R", "TTTC8001R", "CTSC9215R", "CTSC9115R"])
def test_the_days_list_has_a_row_for_every_number(client: Client, tr: str) -> None:
    made = some_orders(client)
    today = f"{client.bench.exchange.trading_date():%Y%m%d}"
    answer = client.ask("inquire-daily-ccld", tr, INQR_STRT_DT=today, INQR_END_DT=today, INQR_DVSN="01")
    rows = rows_by_number(answer)
    assert list(rows) == [
        made[name].output["ODNO"] for name in ("filled", "part", "resting", "first", "modified", "gone", "cancel")
    ]
    part, first = rows[made["part"].output["ODNO"]], rows[made["first"].output["ODNO"]]
    assert (part["ord_qty"], part["tot_ccld_qty"], part["rmn_qty"], part["rjct_qty"]) == ("15", "10", "5", "0")
    assert (part["avg_prvs"], part["cncl_yn"]) == (part["ord_unpr"], "N")
    assert (first["ord_qty"], first["rmn_qty"], first["cnc_cfrm_qty"]) == ("9", "0", "0")
    modified = rows[made["modified"].output["ODNO"]]
    assert (modified["orgn_odno"], modified["rmn_qty"]) == (made["first"].output["ODNO"], "9")
    assert modified["sll_buy_dvsn_cd_name"] == "매수정정*"
    gone, cancel = rows[made["gone"].output["ODNO"]], rows[made["cancel"].output["ODNO"]]
    assert (gone["cncl_yn"], gone["cnc_cfrm_qty"], gone["rmn_qty"]) == ("Y", "3", "0")
    assert (cancel["orgn_odno"], cancel["sll_buy_dvsn_cd_name"]) == (gone["odno"], "매도취소*")
    assert (cancel["cnc_cfrm_qty"], cancel["tot_ccld_qty"], cancel["rmn_qty"]) == ("3", "0", "0")
    assert {row["excg_id_dvsn_Cd"] for row in rows.values()} == {"KRX"}
    assert {row["ord_dt"] for row in rows.values()} == {today}
    assert {row["ordr_empno"] for row in rows.values()} == {"OpnAPI"}


def test_the_totals_are_those_of_the_ledger(client: Client) -> None:
    some_orders(client)
    exchange = client.bench.exchange
    fills = exchange.fills(client.account.number, *[exchange.trading_date()] * 2)
    totals = client.daily().body["output2"]
    assert int(totals["tot_ccld_qty"]) == sum(fill.quantity for fill in fills) == 20
    assert int(totals["tot_ccld_amt"]) == sum(fill.price * fill.quantity for fill in fills)
    assert int(totals["prsm_tlex_smtl"]) == sum(fill.fee + fill.tax for fill in fills)


def test_filters_of_the_days_list(client: Client) -> None:
    made = some_orders(client)
    client.bench.lay_book(ETN)
    etn = client.order(Side.BUY, 1, kind="01", PDNO=f"Q{ETN}")

    def numbers(**query: str) -> set[str]:
        return set(rows_by_number(client.daily(**query)))

    def of(*names: str) -> set[str]:
        return {made[name].output["ODNO"] for name in names}

    assert numbers(SLL_BUY_DVSN_CD="01") == of("gone", "cancel")
    assert numbers(CCLD_DVSN="01") == of("filled", "part") | {etn.output["ODNO"]}
    assert numbers(CCLD_DVSN="02") == of("part", "resting", "first", "modified", "gone", "cancel")
    assert numbers(PDNO=f"Q{ETN}") == {etn.output["ODNO"]}
    assert numbers(PDNO="000000") == set()
    assert numbers(ODNO=made["part"].output["ODNO"]) == of("part")
    assert numbers(ODNO=str(int(made["part"].output["ODNO"]))) == of("part")
    assert numbers(ORD_GNO_BRNO="99999") == set()
    assert client.daily(CCLD_DVSN="03").code == "OPSQ2001"


def test_open_orders_on_paper_are_the_unfilled_rows_with_something_left(bench: Bench) -> None:
    """The broker's own replacement for the pending list that paper lacks (kis.md 4.2.7)."""
    made = some_orders(bench.paper)
    rows = bench.paper.daily(CCLD_DVSN="02").body["output1"]
    alive = {row["odno"] for row in rows if int(row["rmn_qty"]) > 0}
    assert alive == {made[name].output["ODNO"] for name in ("part", "resting", "modified")}


@pytest.mark.parametrize("order", ["00", "01"])
def test_the_days_list_in_pages(client: Client, order: str) -> None:
    middle = client.bench.lay_book()
    tick = client.bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    limit = 15 if client.account.environment.value == "paper" else 100
    made = [client.order(Side.BUY, 1, middle - 20 * tick).output["ODNO"] for _ in range(2 * limit + 3)]
    seen: list[str] = []
    states: list[str | None] = []
    answer = client.daily(INQR_DVSN=order)
    while True:
        seen += [row["odno"] for row in answer.body["output1"]]
        states.append(answer.paging)
        assert len(answer.body["ctx_area_nk100"]) == 100
        if answer.paging not in ("F", "M"):
            break
        cursors = {"CTX_AREA_FK100": answer.body["ctx_area_fk100"], "CTX_AREA_NK100": answer.body["ctx_area_nk100"]}
        answer = client.daily(cont="N", INQR_DVSN=order, **cursors)
    assert states == ["F", "M", "E"]
    assert seen == (made[::-1] if order == "00" else made)


def test_a_list_that_ends_with_its_page_is_the_last_one(client: Client) -> None:
    middle = client.bench.lay_book()
    tick = client.bench.exchange.state(CODE).tick  # type: ignore[union-attr]
    limit = 15 if client.account.environment.value == "paper" else 100
    for _ in range(limit):
        client.order(Side.BUY, 1, middle - 20 * tick)
    answer = client.daily()
    assert (len(answer.body["output1"]), answer.paging, answer.body["ctx_area_nk100"].strip()) == (limit, "D", "")


def test_nothing_to_show_is_a_success_with_an_empty_list(client: Client) -> None:
    answer = client.daily()
    assert (answer.status, answer.body["rt_cd"], answer.body["output1"]) == (200, "0", [])
    code, text = (
        ("70070000", "모의투자 조회할 내역(자료)이 없습니다.")
        if client.account.environment.value == "paper"
        else ("KIOK0560", "조회할 내용이 없습니다")
    )
    assert (answer.code, answer.body["msg1"].rstrip()) == (code, text)
    assert len(answer.body["msg1"].encode("cp949")) == 80


def test_yesterdays_orders_lapse_and_stay_on_file(client: Client) -> None:
    made = some_orders(client)
    client.bench.pass_time(14 * 3600)
    client.token = str(client.fresh_token().body["access_token"])
    assert client.daily().body["output1"] == []
    rows = rows_by_number(client.daily(INQR_STRT_DT="20261119", INQR_END_DT="20261121"))
    assert len(rows) == 7
    resting = rows[made["resting"].output["ODNO"]]
    assert (resting["ord_dt"], resting["rmn_qty"], resting["cnc_cfrm_qty"]) == ("20261120", "0", "7")
    assert client.daily(INQR_STRT_DT="20261121", INQR_END_DT="20261119").body["output1"] == []
    assert client.daily(INQR_STRT_DT="today").code == "OPSQ2001"


def test_orders_from_a_phone_are_told_apart_by_their_channel(client: Client) -> None:
    exchange = client.bench.exchange
    middle = client.bench.lay_book()
    order = Submit(client.account.number, CODE, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, 1, middle, channel="phone")
    exchange.submit(order)
    (row,) = client.daily().body["output1"]
    assert row["ordr_empno"] == "MTS"


def test_placeholder_rows_by_switch(client: Client) -> None:
    some_orders(client)
    client.bench.settings.blank_rows = True
    rows = client.daily().body["output1"]
    assert len(rows) == 8
    blank = rows[-1]
    assert set(blank) == set(rows[0])
    assert (blank["odno"], blank["pdno"], blank["prdt_name"], blank["ord_dt"]) == ("", "", "", "")
    assert (blank["ord_qty"], blank["rmn_qty"], blank["tot_ccld_amt"]) == ("0", "0", "0")
