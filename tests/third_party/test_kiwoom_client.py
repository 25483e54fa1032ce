"""kiwoom-client 0.4.0, a stranger's client, trades on Practice; the exchange says whether it was told the truth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.third_party.running import noted, pair


@pytest.fixture(scope="module", params=["real", "mock"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return noted("kiwoom_client_program", request.param, tmp_path_factory.mktemp(f"kiwoom-client-{request.param}"))


def price(text: str) -> int:
    return abs(int(text))


def test_token(run: dict[str, Any]) -> None:
    said, time = pair(run, "token")
    assert said["type"].lower() == "bearer" and said["length"] == 86
    today = time["trading_date"].replace("-", "")
    assert said["expires"][:8] > today and len(said["expires"]) == 14


def test_stock_info_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "info")
    assert (said["stk_cd"], said["stk_nm"]) == ("005930", truth["instrument"]["name_ko"])
    for wire, own in (
        ("cur_prc", "last"), ("open_pric", "open"), ("high_pric", "high"), ("low_pric", "low"), ("upl_pric", "upper"),
        ("lst_pric", "lower"), ("base_pric", "base"),
    ):  # fmt: skip
        assert price(said[wire]) == truth[own], wire
    assert int(said["trde_qty"]) == truth["volume"]
    assert int(said["pred_pre"]) == truth["last"] - truth["base"]
    assert said["cur_prc"][0] == ("+" if truth["last"] > truth["base"] else "-") or truth["last"] == truth["base"]


def test_orderbook_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "book")
    for side, own in (("sel", "asks"), ("buy", "bids")):
        levels = [[price(said[f"{side}_fpr_bid"]), int(said[f"{side}_fpr_req"])]]
        levels += [[price(said[f"{side}_{n}th_pre_bid"]), int(said[f"{side}_{n}th_pre_req"])] for n in range(2, 11)]
        assert levels == truth[own]


def test_stock_list_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "list")
    assert "005930" in said and set(said) < {row["code"] for row in truth}
    assert len(said) == len(set(said)) > 20


@pytest.mark.parametrize("period", ["day", "week", "month", "year"])
def test_charts_are_the_exchanges(run: dict[str, Any], period: str) -> None:
    said, truth = pair(run, f"{period}_chart")
    by_day = {bar["start"][:10].replace("-", ""): bar for bar in truth}
    shown = [row for row in said if row["dt"] in by_day]
    assert shown and [row["dt"] for row in said] == sorted((row["dt"] for row in said), reverse=True)
    assert len(shown) == len(by_day)
    for row in shown:
        bar = by_day[row["dt"]]
        prices = [int(row[name]) for name in ("open_pric", "high_pric", "low_pric", "cur_prc")]
        assert prices == [bar[f"{name}_units"] for name in ("open", "high", "low", "close")]
        assert int(row["trde_qty"]) == bar["volume"]
        assert int(row["trde_prica"]) == (bar["amount_units"] // 1_000_000 if period == "day" else bar["amount_units"])


def test_minute_chart_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "minute_chart")
    by_minute = {bar["start"][:16]: bar for bar in truth}
    stamped = {f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}": row for row in said if (t := row["cntr_tm"])}
    common = set(by_minute) & set(stamped)
    assert common
    for minute in common:
        bar, row = by_minute[minute], stamped[minute]
        prices = [price(row[name]) for name in ("open_pric", "high_pric", "low_pric", "cur_prc")]
        assert prices == [bar[f"{name}_units"] for name in ("open", "high", "low", "close")]
        assert int(row["trde_qty"]) == bar["volume"]


@pytest.mark.parametrize("when", ["balance", "balance_after"])
def test_money_is_the_ledgers(run: dict[str, Any], when: str) -> None:
    said, truth = pair(run, when)
    cash = truth["cash"]
    deposit = {name: int(said["deposit"][name]) for name in ("entr", "d1_entra", "d2_entra", "ord_alow_amt")}
    assert deposit == {
        "entr": cash["d0"],
        "d1_entra": cash["d1"],
        "d2_entra": cash["d2"],
        "ord_alow_amt": cash["orderable"],
    }
    held = {
        row["stk_cd"][1:]: [int(row["rmnd_qty"]), int(row["trde_able_qty"]), int(row["pur_amt"])]
        for row in said["held"]
    }
    assert held == {h["code"]: [h["quantity"], h["sellable"], h["cost"]] for h in truth["holdings"] if h["quantity"]}
    assert held == {} if when == "balance" else held["005930"][0] == 1


def test_every_order_is_in_the_ledger_and_no_other(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "numbers")
    assert {int(number) for number in said.values()} == {row["number"] for row in ledger}
    assert all(len(number) == 7 for number in said.values())
    roots, resting = pair(run, "roots")
    assert roots == [resting, resting]


def test_pending_orders_are_the_ledgers(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "pending")
    working = {row["number"]: [row["quantity"], row["remaining"], row["limit"]] for row in ledger if row["remaining"]}
    assert {int(row["ord_no"]): [int(row[n]) for n in ("ord_qty", "oso_qty", "ord_pric")] for row in said} == working
    assert sorted(int(row["oso_qty"]) for row in said) == [2, 5]
    after, ledger = pair(run, "pending_after")
    assert [int(row["oso_qty"]) for row in after] == [row["remaining"] for row in ledger if row["remaining"]] == [2]


def test_fills_and_details_are_the_ledgers(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "fills")
    totals: dict[int, list[int]] = {}
    for fill in ledger:
        total = totals.setdefault(fill["number"], [0, 0, 0])
        for place, name in enumerate(("quantity", "fee", "tax")):
            total[place] += fill[name]
    shown = {int(r["ord_no"]): [int(r[n]) for n in ("cntr_qty", "tdy_trde_cmsn", "tdy_trde_tax")] for r in said}
    assert shown == totals and len(totals) == 2
    details, orders = pair(run, "details")
    rows = {int(r["ord_no"]): [int(r[n]) for n in ("ord_qty", "cntr_qty", "ord_remnq")] for r in details}
    assert rows == {row["number"]: [row["quantity"], row["filled"], row["remaining"]] for row in orders}


def test_own_orders_were_heard(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "orders_heard")
    numbers, _ = pair(run, "numbers")
    assert {int(values["9203"]) for values in said} == {row["number"] for row in ledger}
    states = [(values["9203"], values["913"]) for values in said]
    for name, wanted in (("resting", ["접수"]), ("moved", ["접수", "확인"]), ("cancelled", ["접수", "확인"])):
        assert [state for number, state in states if number == numbers[name]] == wanted
    executions = [values["909"] for values in said if values["913"] == "체결"]
    assert len(executions) == len(set(executions)) == 2
    for name in ("bought", "sold"):
        last = [values for values in said if values["9203"] == numbers[name]][-1]
        row = next(row for row in ledger if row["number"] == int(numbers[name]))
        assert (int(last["902"]), int(last["903"]), int(last["915"])) == (0, row["filled_amount"], row["filled"])
    balance, account = pair(run, "balance_heard")
    holding = account["holdings"][0]
    assert [int(balance[fid]) for fid in ("930", "932", "933")] == [
        holding[n] for n in ("quantity", "cost", "sellable")
    ]


def test_own_trades_and_the_book_were_heard(run: dict[str, Any]) -> None:
    said, tape = pair(run, "tape_heard")
    assert [(price(v["10"]), int(v["15"]), int(v["13"])) for v in reversed(said)] == [
        (t["price_units"], t["quantity"] if t["aggressor"] == "buyer" else -t["quantity"], t["day_volume"])
        for t in tape
    ]
    book, truth = pair(run, "book_heard")
    assert [[price(book[str(41 + n)]), int(book[str(61 + n)])] for n in range(10)] == truth["asks"]
    assert [[price(book[str(51 + n)]), int(book[str(71 + n)])] for n in range(10)] == truth["bids"]


def test_overselling_is_refused_and_the_token_revoked(run: dict[str, Any]) -> None:
    (code, text), _ = pair(run, "oversold")
    assert code == 20 and "800033" in text and "1주" in text
    assert pair(run, "logout")[0] == 0
    account, number = pair(run, "account")
    assert account == number.replace("-", "")
