"""kiwoom-rest-trade 0.1.6, a stranger's client with typed models of every call, reads what Practice answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.third_party.running import noted, pair


@pytest.fixture(scope="module", params=["real", "mock"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return noted("kiwoom_rest_trade_program", request.param, tmp_path_factory.mktemp(f"rest-trade-{request.param}"))


def test_every_field_of_its_models_was_answered(run: dict[str, Any]) -> None:
    said, _ = pair(run, "unset")
    assert len(said) > (30 if run["mode"] == "real" else 9)
    assert said == {api: [] for api in said}


def test_every_order_is_in_the_ledger_and_no_other(run: dict[str, Any]) -> None:
    said, ledger = pair(run, "numbers")
    assert {int(number) for number in said} == {row["number"] for row in ledger}


def test_money_is_the_ledgers(run: dict[str, Any]) -> None:
    (deposit, orderable, rows), truth = pair(run, "money")
    assert (int(deposit), int(orderable)) == (truth["cash"]["d0"], truth["cash"]["orderable"])
    held = [[f"A{h['code']}", h["quantity"], h["cost"]] for h in truth["holdings"]]
    assert [[code, int(quantity), int(cost)] for code, quantity, cost in rows] == held
    assert held[0][1] == 2


def test_lists_are_the_ledgers(run: dict[str, Any]) -> None:
    said, orders = pair(run, "pending")
    working = {(row["number"], row["remaining"], row["limit"]) for row in orders if row["remaining"]}
    assert {tuple(int(each) for each in row) for row in said} == working
    assert sorted(left for _, left, _ in working) == [2, 3]
    said, fills = pair(run, "fills")
    assert {int(number): int(quantity) for number, quantity, _ in said} == {
        number: sum(fill["quantity"] for fill in fills if fill["number"] == number)
        for number in {fill["number"] for fill in fills}
    }


def test_quote_is_the_exchanges(run: dict[str, Any]) -> None:
    if run["mode"] == "mock":
        pytest.skip("the library makes one call a second on the mock; the real host has shown the quotes")
    (last, volume), truth = pair(run, "info")
    assert (abs(int(last)), int(volume)) == (truth["last"], truth["volume"])
