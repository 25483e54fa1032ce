"""Account lists and figures against the ledger, page by page (kiwoom.md 4.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hoga.domain.tickets import Side
from tests.practice.kiwoom.bench import ACCOUNT, CODE, ETF, ETN, Bench, Client


@pytest.fixture
def middle(bench: Bench) -> int:
    return bench.lay_book()


def test_cash(client: Client, middle: int) -> None:
    def figures() -> dict[str, int]:
        return {name: int(value) for name, value in client.deposit().body.items() if str(value).isdigit()}

    before = figures()
    client.order(Side.BUY, 10, "", "3")
    client.order(Side.BUY, 10, middle - 5 * 500)
    cash, after = client.bench.exchange.cash(client.account.number), figures()
    assert before["entr"] == before["ord_alow_amt"] == before["d2_entra"] == cash.d0
    assert (after["entr"], after["d1_entra"], after["d2_entra"]) == (cash.d0, cash.d1, cash.d2)
    assert after["entr"] - after["profa_ch"] == after["ord_alow_amt"] == after["100stk_ord_alow_amt"] == cash.orderable
    assert cash.d2 < cash.d0


def test_holdings(client: Client, middle: int) -> None:
    bench = client.bench
    for code in (ETF, ETN):
        bench.lay_book(code)
        assert client.order(Side.BUY, 2, "", "3", code=code).result == 0
    client.order(Side.BUY, 10, "", "3")
    client.order(Side.SELL, 4, "", "3")
    client.order(Side.SELL, 1, middle + 5 * 500)
    body = client.holdings().body
    rows = {row["stk_cd"]: row for row in body["acnt_evlt_remn_indv_tot"]}
    assert set(rows) == {"A005930", "A069500", "Q530107"}
    row = rows["A005930"]
    number = {name: int(value) for name, value in row.items() if value.lstrip("-").isdigit()}
    assert (number["rmnd_qty"], number["trde_able_qty"], number["tdy_buyq"], number["tdy_sellq"]) == (6, 5, 10, 4)
    assert number["evltv_prft"] == number["evlt_amt"] - number["pur_amt"] - number["sum_cmsn"] - number["tax"] < 0
    assert number["sum_cmsn"] == number["pur_cmsn"] + number["sell_cmsn"] and number["sum_cmsn"] % 10 == 0
    # 0.35 % on the mock and 0.015 % on the real host, each cut to ten won.
    rate = 35 if client.is_mock else 1.5
    assert number["sell_cmsn"] == int(number["evlt_amt"] * rate / 10_000) // 10 * 10
    assert len(row["prft_rt"]) == (12 if client.is_mock else len(row["prft_rt"]))
    for total, part in (("tot_pur_amt", "pur_amt"), ("tot_evlt_amt", "evlt_amt"), ("tot_evlt_pl", "evltv_prft")):
        assert int(body[total]) == sum(int(each[part]) for each in rows.values())
    cash = client.bench.exchange.cash(client.account.number)
    assert int(body["prsm_dpst_aset_amt"]) == cash.d2 + int(body["tot_evlt_amt"])
    net = client.ask(ACCOUNT, "kt00004", qry_tp="0", dmst_stex_tp="KRX").body["stk_acnt_evlt_prst"]
    same = next(each for each in net if each["stk_cd"] == "A005930")
    assert int(same["evlt_amt"]) - int(same["pur_amt"]) == int(same["pl_amt"]) == number["evltv_prft"]


def test_how_much_can_be_bought(bench: Bench, client: Client, middle: int) -> None:
    body = client.ask(ACCOUNT, "kt00011", stk_cd=CODE, uv=str(middle)).body
    cash = bench.exchange.cash(client.account.number).orderable
    quantity = int(body["min_ord_alowq"])
    assert int(body["ord_alowa"]) == cash and quantity * middle <= cash < (quantity + 2) * middle * 1.01
    assert client.order(Side.BUY, quantity + 1, middle).result == 20
    assert client.order(Side.BUY, quantity, middle).result == 0
    assert int(client.ask(ACCOUNT, "kt00011", stk_cd=CODE).body["min_ord_alowq"]) == 0
    if not client.is_mock:
        real = client.ask(ACCOUNT, "kt00010", stk_cd=CODE, trde_tp="2", uv=str(middle)).body
        assert (
            int(real["profa_100ord_alowq"]) < quantity
            and int(real["d2entra"]) == bench.exchange.cash(client.account.number).d2
        )


def test_pending_rows(client: Client, middle: int) -> None:
    client.order(Side.BUY, 150, middle + 500)
    client.order(Side.BUY, 2, middle - 500)
    client.order(Side.SELL, 3, middle + 5 * 500)
    part, plain, sell = reversed(client.pending().body["oso"])
    assert (part["ord_stt"], part["ord_qty"], part["oso_qty"], part["cntr_qty"]) == ("체결", "150", "50", "100")
    assert part["cntr_tot_amt"] == str(100 * (middle + 500)) and part["unit_cntr_qty"] == "100"
    assert (plain["ord_stt"], plain["io_tp_nm"], plain["trde_tp"]) == ("접수", "+매수", "보통")
    assert (plain["orig_ord_no"], plain["stk_cd"]) == ("0000000", CODE)
    assert plain["acnt_no"] == client.account.number.replace("-", "") and len(plain["acnt_no"]) == 10
    assert sell["io_tp_nm"] == "-매도"
    assert [row["ord_no"] for row in client.pending(trde_tp="1").body["oso"]] == [sell["ord_no"]]
    assert len(client.pending(all_stk_tp="1", stk_cd=CODE).body["oso"]) == 3
    assert client.pending(all_stk_tp="1", stk_cd="000660").body["oso"] == []
    moved = client.modify(plain["ord_no"], middle - 1000).body["ord_no"]
    row = next(row for row in client.pending().body["oso"] if row["ord_no"] == moved)
    assert (row["orig_ord_no"], row["io_tp_nm"], row["ord_stt"]) == (plain["ord_no"], "+매수정정", "확인")


def test_pending_lags_when_the_switch_says_so(bench: Bench, client: Client, middle: int) -> None:
    bench.settings.update({"pending_lag_seconds": 2.0})
    number = client.order(Side.BUY, 1, middle - 500).body["ord_no"]
    assert client.pending().body["oso"] == []
    bench.pass_time(2)
    assert [row["ord_no"] for row in client.pending().body["oso"]] == [number]


def test_fills_older_than_a_number(client: Client, middle: int) -> None:
    numbers = [client.order(Side.BUY, 1, "", "3").body["ord_no"] for _ in range(3)]
    client.order(Side.BUY, 1, middle - 500)
    assert [row["ord_no"] for row in client.fills().body["cntr"]] == numbers[::-1]
    assert [row["ord_no"] for row in client.fills(ord_no=numbers[1]).body["cntr"]] == numbers[:1]
    assert client.fills(sell_tp="1").body["cntr"] == []


def test_pages_repeat_and_hide_nothing(bench: Bench, client: Client, middle: int) -> None:
    bench.settings.update({"rows_per_page": 3})
    numbers = [client.order(Side.BUY, 1, middle - 500).body["ord_no"] for _ in range(8)]
    seen: list[str] = []
    answer = client.details()
    while True:
        seen += [row["ord_no"] for row in answer.body["acnt_ord_cntr_prps_dtl"]]
        if not answer.following:
            break
        numbers.append(client.order(Side.BUY, 1, middle - 500).body["ord_no"]) if len(numbers) < 9 else None
        answer = client.details(answer.following)
    assert seen == numbers and len(seen) == 9


def test_details_by_kind_and_date(bench: Bench, client: Client, middle: int) -> None:
    filled = client.order(Side.BUY, 1, "", "3").body["ord_no"]
    waiting = client.order(Side.BUY, 2, middle - 500).body["ord_no"]
    kinds = {kind: [r["ord_no"] for r in client.details(qry_tp=kind).body["acnt_ord_cntr_prps_dtl"]] for kind in "1234"}
    assert kinds == {"1": [filled, waiting], "2": [waiting, filled], "3": [waiting], "4": [filled]}
    first = client.details().body["acnt_ord_cntr_prps_dtl"][0]
    assert (first["stk_cd"], first["io_tp_nm"], first["cntr_qty"]) == ("A005930", "현금매수", "0000000001")
    assert len(first["ord_tm"]) == 8
    day = f"{bench.exchange.trading_date():%Y%m%d}"
    bench.exchange.advance(bench.exchange.now() + timedelta(hours=20))
    past = client.details(ord_dt=day).body["acnt_ord_cntr_prps_dtl"]
    assert [row["ord_no"] for row in past] == ([] if client.is_mock else [filled, waiting])
    assert client.pending().body["oso"] == []


def test_no_rows_three_ways(bench: Bench, client: Client, middle: int) -> None:
    assert client.pending().body["oso"] == []
    bench.settings.update({"no_rows_as_code": True})
    assert client.pending().result == 20 and "571758" in client.pending().text
    bench.settings.update({"blank_rows": True})
    client.order(Side.BUY, 1, middle - 500)
    rows = client.pending().body["oso"]
    assert len(rows) == 2 and set(rows[1].values()) == {""}


def test_realised_profit(client: Client, middle: int) -> None:
    client.order(Side.BUY, 10, "", "3")
    client.order(Side.SELL, 4, "", "3")
    today = f"{client.bench.exchange.trading_date():%Y%m%d}"
    detail = client.ask(ACCOUNT, "ka10077", stk_cd=CODE).body
    (row,) = detail["tdy_rlzt_pl_dtl"]
    buy, price, quantity = float(row["buy_uv"]), int(row["cntr_pric"]), int(row["cntr_qty"])
    costs = int(row["tdy_trde_cmsn"]) + int(row["tdy_trde_tax"])
    assert float(row["tdy_sel_pl"]) == (price - buy) * quantity - costs == float(detail["tdy_rlzt_pl"])
    day = client.ask(ACCOUNT, "ka10074", strt_dt=today, end_dt=today).body
    assert day["rlzt_pl"] == detail["tdy_rlzt_pl"] == day["dt_rlzt_pl"][0]["tdy_sel_pl"]
    (since,) = client.ask(ACCOUNT, "ka10072", stk_cd="", strt_dt=today).body["dt_stk_div_rlzt_pl"]
    (dated,) = client.ask(ACCOUNT, "ka10073", strt_dt=today, end_dt=today).body["dt_stk_rlzt_pl"]
    assert since["tdy_sel_pl"] == dated["tdy_sel_pl"] and dated["dt"] == today and dated["stk_cd"] == "A005930"
    diary = client.ask(ACCOUNT, "ka10170", base_dt="", ottks_tp="2", ch_crd_tp="0").body
    assert diary["tot_pl_amt"] == day["rlzt_pl"] and diary["tdy_trde_diary"][0]["stk_cd"] == CODE
