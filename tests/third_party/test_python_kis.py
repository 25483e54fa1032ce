"""python-kis 2.1.6, a stranger's client, trades on Practice; the exchange's books say whether it was told the truth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.third_party.running import noted, pair


@pytest.fixture(scope="module", params=["real", "virtual"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return noted("python_kis_program", request.param, tmp_path_factory.mktemp(f"python-kis-{request.param}"))


def values(bar: dict[str, int]) -> list[int]:
    return [bar[f"{name}_units"] for name in ("open", "high", "low", "close")] + [bar["volume"]]


def test_token_lives_a_day(run: dict[str, Any]) -> None:
    said, _ = pair(run, "token")
    assert said["type"] == "Bearer"
    assert 23 * 3600 < said["remaining_s"] <= 24 * 3600


def test_stock_info(run: dict[str, Any]) -> None:
    said, truth = pair(run, "stock")
    assert said["symbol"] == "005930"
    assert said["market"] == "KRX"
    listed = truth["instrument"]
    assert said["name"] == listed["name_ko"] == "삼성전자"
    assert said["english"] == listed["name_en"]
    assert said["isin"] == listed["isin"] == "KR7005930003"


def test_quote_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "quote")
    assert said.pop("price") == truth["last"]
    assert said.pop("change") == truth["last"] - truth["base"]
    assert said.pop("halt") is truth["flags"]["halted"]
    for name, value in said.items():
        assert value == truth[name], name


def test_orderbook_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "orderbook")
    assert len(said["asks"]) == len(said["bids"]) == 10
    assert said["asks"] == truth["asks"]
    assert said["bids"] == truth["bids"]


def test_trading_hours(run: dict[str, Any]) -> None:
    assert pair(run, "trading_hours")[0] == {"open": "09:00:00", "close": "15:30:00"}


def test_day_chart_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "day_chart")
    by_day = {bar["start"][:10]: values(bar) for bar in truth}
    assert len(said) >= 20
    for start, *shown in said:
        assert shown == by_day[start[:10]], start


def test_minute_chart_is_the_exchanges(run: dict[str, Any]) -> None:
    said, truth = pair(run, "minute_chart")
    by_minute = {bar["start"][:16]: values(bar) for bar in truth}
    assert said, "no minute bars today"
    traded = [(start, shown) for start, *shown in said if shown[-1]]
    assert traded
    # The newest minute still grows while it is read.
    for start, shown in sorted(traded)[:-1]:
        assert shown == by_minute[start], start


@pytest.mark.parametrize("when", ["balance", "balance_after_buy", "balance_after_sell"])
def test_balance_is_the_ledgers(run: dict[str, Any], when: str) -> None:
    said, truth = pair(run, when)
    assert said["deposit"] == truth["cash"]["d0"]
    held = {h["code"]: [h["quantity"], h["sellable"], h["cost"]] for h in truth["holdings"]}
    assert said["stocks"] == held
    expected = {"balance": None, "balance_after_buy": 3, "balance_after_sell": 1}[when]
    assert (held["005930"][0] if "005930" in held else None) == expected


def test_orderable_amount_is_the_ledgers(run: dict[str, Any]) -> None:
    said, truth = pair(run, "orderable")
    assert said["cash"] == truth["cash"]["orderable"]
    assert said["quantity"] > 0
    assert said["quantity"] * said["unit_price"] <= said["cash"]
    assert (said["quantity"] + 1) * said["unit_price"] * 10_002 > said["cash"] * 10_000


def test_every_order_is_in_the_ledger_and_no_other(run: dict[str, Any]) -> None:
    _, ledger = pair(run, "daily_orders")
    numbers = {row["number"] for row in ledger}
    mine = {run[name]["said"]["number"] for name in ("bought", "resting", "cancelled", "sold")}
    if run["mode"] == "real":
        mine.add(run["modified"]["said"]["number"])
    assert numbers == mine


def test_daily_orders_tell_the_ledger(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "daily_orders")
    by_number = {row["number"]: row for row in ledger}
    assert {row[0] for row in said} == set(by_number)
    for number, code, side, _quantity, filled, pending in said:
        row = by_number[number]
        assert (code, side) == (row["code"], row["side"])
        assert filled == row["filled"]
        assert pending == row["remaining"]


def test_fills_were_heard_and_written(run: dict[str, Any]) -> None:
    _, fills = pair(run, "fills")
    per_number: dict[int, int] = {}
    for fill in fills:
        per_number[fill["number"]] = per_number.get(fill["number"], 0) + fill["quantity"]
    assert per_number == {run["bought"]["said"]["number"]: 3, run["sold"]["said"]["number"]: 2}
    said, ask = pair(run, "fill")
    assert (said["qty"], said["price"]) == (3, ask[0])


def test_own_trade_came_on_the_tape(run: dict[str, Any]) -> None:
    said, (price, volume) = pair(run, "tape")
    assert (said["price"], said["volume"]) == (price, volume)


def test_pending_list_names_the_modified_order(run: dict[str, Any]) -> None:
    pending, _ = pair(run, "pending")
    if run["mode"] == "virtual":  # the library itself refuses both there: see test_raw_on_paper
        assert (pending, pair(run, "modified")[0]) == ("NotImplementedError", "NotImplementedError")
        return
    assert [row[:3] for row in pending] == [[run["modified"]["said"]["number"], 7, 7]]


def test_overselling_is_refused_in_the_brokers_words(run: dict[str, Any]) -> None:
    said, _ = pair(run, "oversold")
    assert "KisAPIError" in said
    assert ("40240000" if run["mode"] == "virtual" else "APBK0400") in said
