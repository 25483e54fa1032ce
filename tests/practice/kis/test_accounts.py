"""Balances, capacities and realised profit against the exchange's own figures: kis.md 4.2.1 to 4.2.4, 4.2.9."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoga.domain.tickets import Side
from tests.practice.kis.bench import CODE, ETN, HALTED, Bench, Client

HOLDING_NUMBERS = (
    "bfdy_buy_qty bfdy_sll_qty thdt_buyqty thdt_sll_qty hldg_qty ord_psbl_qty pchs_avg_pric pchs_amt prpr evlu_amt "
    "evlu_pfls_amt evlu_pfls_rt evlu_erng_rt loan_amt fltt_rt bfdy_cprs_icdc"
)
TOTAL_NUMBERS = (
    "dnca_tot_amt nxdy_excc_amt prvs_rcdl_excc_amt cma_evlu_amt bfdy_buy_amt thdt_buy_amt bfdy_sll_amt thdt_sll_amt "
    "bfdy_tlex_amt thdt_tlex_amt tot_loan_amt scts_evlu_amt tot_evlu_amt nass_amt pchs_amt_smtl_amt evlu_amt_smtl_amt "
    "evlu_pfls_smtl_amt bfdy_tot_asst_evlu_amt asst_icdc_amt asst_icdc_erng_rt"
)


def test_an_account_without_holdings_still_tells_its_cash(client: Client) -> None:
    answer = client.ask("inquire-balance", "TTTC8434R")
    cash = client.bench.exchange.cash(client.account.number)
    (totals,) = answer.body["output2"]
    assert answer.body["output1"] == []
    assert answer.paging == "D"
    assert answer.code == ("70070000" if client.account.environment.value == "paper" else "KIOK0560")
    assert totals["dnca_tot_amt"] == totals["prvs_rcdl_excc_amt"] == str(cash.d0)
    assert totals["tot_evlu_amt"] == totals["bfdy_tot_asst_evlu_amt"] == str(cash.d2)


def test_holdings_and_totals_agree_with_the_exchange(client: Client) -> None:
    bench = client.bench
    bench.lay_book()
    bench.lay_book(ETN, quantity=1000)
    client.order(Side.BUY, 30, kind="01")
    client.order(Side.SELL, 10, kind="01")
    client.order(Side.BUY, 100, kind="01", PDNO=f"Q{ETN}")
    state = bench.exchange.state(CODE)
    assert state is not None
    client.order(Side.SELL, 5, state.upper)
    answer = client.ask("inquire-balance", "TTTC8434R")
    rows = {row["pdno"]: row for row in answer.body["output1"]}
    assert list(rows) == [CODE, f"Q{ETN}"]
    cash = bench.exchange.cash(client.account.number)
    for holding in bench.exchange.holdings(client.account.number):
        row = rows[f"Q{ETN}" if holding.code == ETN else holding.code]
        now = bench.exchange.state(holding.code)
        assert now is not None
        assert (row["hldg_qty"], row["ord_psbl_qty"]) == (str(holding.quantity), str(holding.sellable))
        assert (row["thdt_buyqty"], row["thdt_sll_qty"]) == (str(holding.bought_today), str(holding.sold_today))
        assert (row["pchs_amt"], row["prpr"]) == (str(holding.cost), str(now.last))
        assert Decimal(row["pchs_avg_pric"]) == round(Decimal(holding.cost) / holding.quantity, 4)
        assert int(row["evlu_amt"]) == holding.quantity * now.last
        assert int(row["evlu_pfls_amt"]) == int(row["evlu_amt"]) - holding.cost
    assert rows[CODE]["hldg_qty"] == "20"
    assert rows[CODE]["ord_psbl_qty"] == "15"
    (totals,) = answer.body["output2"]
    assert totals["prvs_rcdl_excc_amt"] == str(cash.d2)
    assert (totals["thdt_buy_amt"], totals["thdt_sll_amt"]) == (str(cash.bought_today), str(cash.sold_today))
    assert totals["thdt_tlex_amt"] == str(cash.costs_today)
    value = sum(int(row["evlu_amt"]) for row in rows.values())
    assert int(totals["scts_evlu_amt"]) == int(totals["evlu_amt_smtl_amt"]) == value
    assert int(totals["tot_evlu_amt"]) == value + cash.d2
    assert int(totals["evlu_pfls_smtl_amt"]) == value - int(totals["pchs_amt_smtl_amt"])


def test_yesterdays_assets_are_what_there_was_before_the_first_order(client: Client) -> None:
    before = client.bench.exchange.cash(client.account.number).d2
    client.bench.lay_book()
    client.order(Side.BUY, 30, kind="01")
    client.order(Side.SELL, 30, kind="01")
    client.order(Side.BUY, 7, kind="01")
    (totals,) = client.ask("inquire-balance", "TTTC8434R").body["output2"]
    assert totals["bfdy_tot_asst_evlu_amt"] == str(before)
    assert int(totals["asst_icdc_amt"]) == int(totals["tot_evlu_amt"]) - before


def test_no_number_of_a_balance_is_blank(client: Client) -> None:
    client.bench.lay_book()
    client.order(Side.BUY, 3, kind="01")
    body = client.ask("inquire-balance", "TTTC8434R").body
    for name in HOLDING_NUMBERS.split():
        Decimal(body["output1"][0][name])
    for name in TOTAL_NUMBERS.split():
        Decimal(body["output2"][0][name])


def test_balances_come_in_pages(client: Client) -> None:
    bench = client.bench
    limit = 20 if client.account.environment.value == "paper" else 50
    wanted = [
        code
        for code, instrument in sorted(bench.exchange.instruments().items())
        if not instrument.flags.halted and code != ETN
    ][: limit + 5]
    for code in wanted:
        bench.lay_book(code, levels=1)
        assert client.order(Side.BUY, 1, kind="01", PDNO=code).body["rt_cd"] == "0", code
    first = client.ask("inquire-balance", "TTTC8434R")
    assert (len(first.body["output1"]), first.paging) == (limit, "F")
    assert len(first.body["ctx_area_fk100"]) == len(first.body["ctx_area_nk100"]) == 100
    assert first.body["ctx_area_nk100"].strip()
    cursors = {
        "CTX_AREA_FK100": first.body["ctx_area_fk100"],
        "CTX_AREA_NK100": first.body["ctx_area_nk100"],
    }
    second = client.ask("inquire-balance", "TTTC8434R", cont="N", **cursors)
    assert (len(second.body["output1"]), second.paging) == (5, "E")
    assert second.body["ctx_area_nk100"].strip() == ""
    assert [row["pdno"] for row in first.body["output1"] + second.body["output1"]] == wanted
    assert first.body["output2"] == second.body["output2"]
    assert client.ask("inquire-balance", "TTTC8434R", **cursors).body["output1"] == first.body["output1"]
    blank = client.ask("inquire-balance", "TTTC8434R", cont="N")
    assert blank.body["output1"] == first.body["output1"]


def test_orderable_cash_and_shares(client: Client) -> None:
    middle = client.bench.lay_book()
    state = client.bench.exchange.state(CODE)
    cash = client.bench.exchange.cash(client.account.number)
    assert state is not None
    for kind, price, unit in (
        ("00", str(middle), middle),
        ("01", "0", state.upper),
        ("00", "", state.upper),
        ("03", "9", state.upper),
    ):
        answer = client.ask("inquire-psbl-order", "TTTC8908R", PDNO=CODE, ORD_DVSN=kind, ORD_UNPR=price)
        output = answer.output
        assert output["ord_psbl_cash"] == str(cash.orderable)
        assert output["psbl_qty_calc_unpr"] == str(unit)
        assert output["max_buy_qty"] == output["nrcvb_buy_qty"]
        shares = int(output["max_buy_qty"])
        assert shares * unit <= cash.orderable < (shares + 1) * unit * 1.001
        assert all(value.strip() for value in output.values())
        assert answer.paging == ""


def test_what_is_said_to_be_orderable_is(client: Client) -> None:
    middle = client.bench.lay_book()
    ask = {"PDNO": CODE, "ORD_DVSN": "00", "ORD_UNPR": str(middle)}
    shares = int(client.ask("inquire-psbl-order", "TTTC8908R", **ask).output["nrcvb_buy_qty"])
    assert client.order(Side.BUY, shares + 1, middle).body["rt_cd"] != "0"
    assert client.order(Side.BUY, shares, middle).body["rt_cd"] == "0"
    assert client.ask("inquire-psbl-order", "TTTC8908R", **ask).output["nrcvb_buy_qty"] == "0"


def test_orderable_without_or_with_an_unknown_code(client: Client) -> None:
    for code in ("", "000000"):
        output = client.ask("inquire-psbl-order", "TTTC8908R", PDNO=code, ORD_DVSN="01", ORD_UNPR="").output
        assert output["ord_psbl_cash"] == str(client.bench.exchange.cash(client.account.number).orderable)
        assert (output["psbl_qty_calc_unpr"], output["max_buy_qty"]) == ("0", "0")


def test_sellable_shares(bench: Bench) -> None:
    bench.lay_book()
    bench.real.order(Side.BUY, 10, kind="01")
    state = bench.exchange.state(CODE)
    assert state is not None
    bench.real.order(Side.SELL, 4, state.upper)
    answer = bench.real.ask("inquire-psbl-sell", "TTTC8408R", PDNO=CODE)
    (holding,) = bench.exchange.holdings(bench.real.account.number)
    output = answer.output
    assert (output["cblc_qty"], output["ord_psbl_qty"], output["buy_qty"]) == ("10", "6", "10")
    assert (output["pchs_amt"], output["now_pric"]) == (str(holding.cost), str(state.last or state.base))
    assert answer.code == "KIOK0420"
    none = bench.real.ask("inquire-psbl-sell", "TTTC8408R", PDNO=HALTED).output
    assert (none["cblc_qty"], none["ord_psbl_qty"]) == ("0", "0")
    assert bench.real.ask("inquire-psbl-sell", "TTTC8408R", PDNO="000000").code == "APBK0656"
    assert bench.real.ask("inquire-psbl-sell", "TTTC8408R").code == "OPSQ2001"
    assert bench.paper.ask("inquire-psbl-sell", "TTTC8408R", PDNO=CODE).code == "EGW02006"


def trade_two_days(bench: Bench) -> tuple[int, int]:
    """Buys 20 at two prices, sells 5 the next day; returns what the 20 cost and what the sell brought."""
    client = bench.real
    bench.lay_book(quantity=10)
    client.order(Side.BUY, 20, kind="01")
    cost = sum(
        f.price * f.quantity for f in bench.exchange.fills(client.account.number, *[bench.exchange.trading_date()] * 2)
    )
    bench.pass_time(14 * 3600)
    client.token = str(client.fresh_token().body["access_token"])
    bench.lay_book(quantity=10)
    client.order(Side.SELL, 5, kind="01")
    (sale,) = bench.exchange.fills(client.account.number, *[bench.exchange.trading_date()] * 2)
    return cost, sale.price * sale.quantity


SPAN = {"INQR_STRT_DT": "20261101", "INQR_END_DT": "20261130"}


def test_realised_profit_by_trade(bench: Bench) -> None:
    cost, brought = trade_two_days(bench)
    answer = bench.real.ask("inquire-period-trade-profit", "TTTC8715R", SORT_DVSN="01", PDNO="", CBLC_DVSN="00", **SPAN)
    buys, sells = answer.body["output1"]
    assert (buys["trad_dt"], buys["buy_qty"], buys["buy_amt"]) == ("20261120", "20", str(cost))
    assert (buys["sll_qty"], buys["rlzt_pfls"], buys["hldg_qty"]) == ("0", "0", "20")
    assert (sells["trad_dt"], sells["sll_qty"], sells["sll_amt"]) == ("20261121", "5", str(brought))
    assert sells["hldg_qty"] == "15"
    fee, tax = int(sells["fee"]), int(sells["tl_tax"])
    assert fee > 0
    assert tax > 0
    assert int(sells["rlzt_pfls"]) == brought - cost * 5 // 20 - fee - tax
    totals = answer.body["output2"]
    assert totals["tot_rlzt_pfls"] == sells["rlzt_pfls"]
    assert int(totals["tot_fee"]) == int(buys["fee"]) + fee
    assert (totals["tot_tltx"], totals["buyqty_smtl"], totals["sll_qty_smtl"]) == (str(tax), "20", "5")
    newest = bench.real.ask("inquire-period-trade-profit", "TTTC8715R", SORT_DVSN="00", **SPAN).body["output1"]
    assert [row["trad_dt"] for row in newest] == ["20261121", "20261120"]


def test_realised_profit_by_day_and_in_the_balance(bench: Bench) -> None:
    cost, brought = trade_two_days(bench)
    rows = bench.real.ask("inquire-period-profit", "TTTC8708R", SORT_DVSN="01", INQR_DVSN="00", **SPAN).body["output1"]
    assert [(row["trad_dt"], row["buy_qty1"], row["sll_qty1"]) for row in rows] == [
        ("20261120", "20", "0"),
        ("20261121", "0", "5"),
    ]
    assert int(rows[1]["rlzt_pfls"]) == brought - cost * 5 // 20 - int(rows[1]["fee"]) - int(rows[1]["tl_tax"])
    (totals,) = bench.real.ask("inquire-balance-rlz-pl", "TTTC8494R", INQR_DVSN="00").body["output2"]
    assert totals["rlzt_pfls"] == rows[1]["rlzt_pfls"]
    assert int(totals["real_evlu_pfls"]) == int(totals["evlu_pfls_smtl_amt"]) + int(totals["rlzt_pfls"])


@pytest.mark.parametrize(
    ("name", "tr"),
    [
        ("inquire-period-trade-profit", "TTTC8715R"),
        ("inquire-period-profit", "TTTC8708R"),
        ("inquire-balance-rlz-pl", "TTTC8494R"),
    ],
)
def test_paper_knows_no_realised_profit(bench: Bench, name: str, tr: str) -> None:
    assert bench.paper.ask(name, tr, **SPAN).code == "EGW02006"
