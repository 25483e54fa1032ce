"""Quotes, lists and charts against the exchange (kiwoom.md 4.1 to 4.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from hoga.base.clock import KST
from hoga.domain.market_data import Period
from hoga.domain.tickets import Side
from tests.practice.kiwoom.bench import CHART, CODE, ETF, ETN, INFO, MARKET, Bench, Client

TODAY = "20261120"


def price(text: str) -> int:
    return abs(int(text))


def test_signs_are_directions(bench: Bench, client: Client) -> None:
    middle = bench.lay_book()
    bench.take(Side.BUY, 150)
    bench.take(Side.SELL, 250)
    body = client.ask(INFO, "ka10001", stk_cd=CODE).body
    assert (body["high_pric"], body["low_pric"]) == (f"+{middle + 1000}", f"-{middle - 1500}")
    assert body["cur_prc"] == f"-{middle - 1500}" and body["pred_pre"] == "-1500" and body["pre_sig"] == "5"
    assert body["upl_pric"].startswith("+") and body["lst_pric"].startswith("-")
    assert body["base_pric"] == str(middle) and body["flu_rt"].startswith("-0.")


def test_the_book(bench: Bench, client: Client) -> None:
    bench.lay_book(levels=4)
    book = bench.exchange.book(CODE)
    assert book is not None
    body = client.ask(MARKET, "ka10004", stk_cd=CODE).body
    assert price(body["sel_fpr_bid"]) == book.asks[0].price_units
    assert price(body["buy_4th_pre_bid"]) == book.bids[3].price_units and body["buy_4th_pre_req"] == "100"
    assert (body["buy_5th_pre_bid"], body["buy_5th_pre_req"]) == ("0", "0")
    assert body["tot_sel_req"] == str(book.total_ask)
    bench.settings.update({"double_signs": True})
    doubled = client.ask(MARKET, "ka10004", stk_cd=CODE).body
    assert doubled["buy_fpr_bid"] == f"-{body['buy_fpr_bid']}" and doubled["buy_fpr_bid"].startswith("--")


@pytest.mark.parametrize("code", ["999999", "005930_NX"])
def test_an_unknown_code_is_blank(client: Client, code: str) -> None:
    for path, api in ((INFO, "ka10001"), (MARKET, "ka10004"), (INFO, "ka10100")):
        known = client.ask(path, api, stk_cd=CODE)
        blank = client.ask(path, api, stk_cd=code)
        assert blank.result == 0 and set(blank.body) == set(known.body)
        assert {value for name, value in blank.body.items() if not name.startswith("return_")} == {""}
    assert client.ask(INFO, "ka10003", stk_cd=code).body["cntr_infr"] == []


def test_suffixes(client: Client) -> None:
    body = client.ask(INFO, "ka10001", stk_cd=f"{CODE}_AL").body
    assert body["stk_cd"] == f"{CODE}_AL" and body["stk_nm"] == "삼성전자"


def test_many_at_once(client: Client) -> None:
    rows = client.ask(INFO, "ka10095", stk_cd=f"{CODE}|999999|{ETF}").body["atn_stk_infr"]
    assert [row["stk_cd"] for row in rows] == [CODE, "", ETF]
    assert len(client.ask(INFO, "ka10095", stk_cd=f"{CODE},{ETF}").body["atn_stk_infr"]) == 1
    assert client.ask(INFO, "ka10095", stk_cd="|".join([CODE] * 101)).result == 5


def test_the_tape_in_pages(bench: Bench, client: Client) -> None:
    bench.lay_book(quantity=500)
    for n in range(130):
        bench.take(Side.BUY if n % 2 else Side.SELL, 1 + n % 3)
    tape = bench.exchange.trades(CODE, 1000)
    first = client.ask(INFO, "ka10003", stk_cd=CODE)
    bench.take(Side.BUY, 1)
    rest = client.ask(INFO, "ka10003", first.following, stk_cd=CODE)
    rows = first.body["cntr_infr"] + rest.body["cntr_infr"]
    assert not rest.following and len(first.body["cntr_infr"]) == 100
    assert [(price(r["cur_prc"]), price(r["cntr_trde_qty"]), int(r["acc_trde_qty"])) for r in rows] == [
        (trade.price_units, trade.quantity, trade.day_volume) for trade in tape
    ]


def test_the_symbol_list(client: Client) -> None:
    kospi = client.ask(INFO, "ka10099", mrkt_tp="0").body["list"]
    kosdaq = client.ask(INFO, "ka10099", mrkt_tp="10").body["list"]
    instruments = client.bench.exchange.instruments()
    assert {row["code"] for row in kospi + kosdaq} == set(instruments)
    assert {row["marketCode"] for row in kosdaq} == {"10"}
    by_code = {row["code"]: row for row in kospi}
    assert by_code[ETF]["marketCode"] == "8" and by_code[ETN]["marketCode"] == "60"
    assert by_code[CODE]["marketCode"] == "0" and len(by_code[CODE]["listCount"]) == 16
    assert int(by_code[CODE]["lastPrice"]) == client.bench.exchange.state(CODE).base  # type: ignore[union-attr]
    assert [row["code"] for row in client.ask(INFO, "ka10099", mrkt_tp="60").body["list"]] == [ETN]
    assert "[1517:" in client.ask(INFO, "ka10099", mrkt_tp="77").text
    assert client.ask(INFO, "ka10100", stk_cd=CODE).body["name"] == "삼성전자"


def test_day_bars_in_pages_are_the_exchanges(bench: Bench, client: Client) -> None:
    wish = {"stk_cd": CODE, "base_dt": "20991231", "upd_stkpc_tp": "1"}
    first = client.ask(CHART, "ka10081", **wish)
    second = client.ask(CHART, "ka10081", first.following, **wish)
    rows = first.body["stk_dt_pole_chart_qry"] + second.body["stk_dt_pole_chart_qry"]
    assert len(rows) == 1200 and [row["dt"] for row in rows] == sorted({row["dt"] for row in rows}, reverse=True)
    start = datetime.strptime(rows[-1]["dt"], "%Y%m%d").replace(tzinfo=KST)
    bars = bench.exchange.candles(CODE, Period.DAY, start, bench.exchange.now())
    assert [(row["dt"], int(row["cur_prc"]), int(row["trde_qty"])) for row in reversed(rows)] == [
        (f"{bar.start:%Y%m%d}", bar.close_units, bar.volume) for bar in bars
    ]
    changes = [int(row["cur_prc"]) - int(before["cur_prc"]) for row, before in pairwise(rows)]
    assert [int(row["pred_pre"]) for row in rows[:-1]] == changes


def test_charts_of_nothing(client: Client) -> None:
    rows = client.ask(CHART, "ka10081", stk_cd="999999", base_dt=TODAY, upd_stkpc_tp="1").body["stk_dt_pole_chart_qry"]
    assert len(rows) == 1 and set(rows[0].values()) == {""}
    assert "[1511:" in client.ask(CHART, "ka10081", stk_cd=CODE, base_dt="", upd_stkpc_tp="1").text
    old = client.ask(CHART, "ka10082", stk_cd=CODE, base_dt="19700101", upd_stkpc_tp="1")
    assert set(old.body["stk_stk_pole_chart_qry"][0].values()) == {""} and not old.following


def test_minute_bars_join_page_by_page(bench: Bench, client: Client) -> None:
    bench.lay_book()
    bench.take(Side.BUY, 5)
    wish = {"stk_cd": CODE, "tic_scope": "1", "upd_stkpc_tp": "1"}
    first = client.ask(CHART, "ka10080", **wish)
    rows = first.body["stk_min_pole_chart_qry"]
    rows += client.ask(CHART, "ka10080", first.following, **wish).body["stk_min_pole_chart_qry"]
    assert len(rows) == 1800
    start = datetime.strptime(rows[-1]["cntr_tm"], "%Y%m%d%H%M%S").replace(tzinfo=KST)
    bars = bench.exchange.candles(CODE, Period.MINUTE, start, bench.exchange.now())
    assert [(row["cntr_tm"], price(row["cur_prc"]), int(row["trde_qty"])) for row in reversed(rows)] == [
        (f"{bar.start:%Y%m%d%H%M}00", bar.close_units, bar.volume) for bar in bars
    ]


def test_longer_minutes_gather_the_short_ones(bench: Bench, client: Client) -> None:
    day = bench.exchange.now().date() - timedelta(days=1)
    wish = {"stk_cd": CODE, "upd_stkpc_tp": "1", "base_dt": f"{day:%Y%m%d}"}
    ones = [
        row
        for row in client.ask(CHART, "ka10080", **wish, tic_scope="1").body["stk_min_pole_chart_qry"]
        if row["cntr_tm"][:8] == f"{day:%Y%m%d}"
    ]
    hours = client.ask(CHART, "ka10080", **wish, tic_scope="60").body["stk_min_pole_chart_qry"]
    last = hours[0]
    inside = [row for row in ones if row["cntr_tm"][:10] == last["cntr_tm"][:10]]
    assert last["cntr_tm"][10:] == "0000" and int(last["trde_qty"]) == sum(int(row["trde_qty"]) for row in inside)
    assert price(last["high_pric"]) == max(price(row["high_pric"]) for row in inside)
    assert (price(last["open_pric"]), last["cur_prc"]) == (price(inside[-1]["open_pric"]), inside[0]["cur_prc"])
    assert last["acc_trde_qty"] == inside[0]["acc_trde_qty"]


def test_tick_bars(bench: Bench, client: Client) -> None:
    bench.lay_book()
    for quantity in (3, 4, 5):
        bench.take(Side.BUY, quantity)
    body = client.ask(CHART, "ka10079", stk_cd=CODE, tic_scope="3", upd_stkpc_tp="1").body
    (row,) = body["stk_tic_chart_qry"]
    assert row["trde_qty"] == "12" and not row["cur_prc"].startswith(("+", "-"))
