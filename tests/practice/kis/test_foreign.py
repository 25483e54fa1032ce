"""Foreign operations: truthfully empty, and in the shapes that clients need to go on (kis.md 4.3, quirk 6)."""

from __future__ import annotations

import pytest

from tests.practice.kis.bench import Answer, Client

PRICES = "/uapi/overseas-price/v1/quotations/"
ACCOUNTS = "/uapi/overseas-stock/v1/trading/"
BLANK = {"CTX_AREA_FK200": "", "CTX_AREA_NK200": ""}


def account(client: Client, name: str, tr: str, **more: str) -> Answer:
    return client.get(f"{ACCOUNTS}{name}", client.tr(tr), {**client.who, **BLANK, **more})


@pytest.mark.parametrize("market", ["NAS", "NYS", "AMS", "TSE", "HKS", "SHS", "SZS", "HNX", "HSX"])
def test_every_foreign_symbol_is_unknown(client: Client, market: str) -> None:
    answer = client.get(f"{PRICES}price", "HHDFS00000300", {"AUTH": "", "EXCD": market, "SYMB": "AAPL"})
    assert (answer.status, answer.body["rt_cd"], answer.output["last"]) == (200, "0", "")


def test_charts_and_details_of_unknown_symbols(client: Client) -> None:
    query = {"AUTH": "", "EXCD": "NAS", "SYMB": "AAPL"}
    daily = client.get(f"{PRICES}dailyprice", "HHDFS76240000", query)
    assert (daily.body["output1"]["rsym"], daily.body["output2"]) == ("", [])
    real = client.bench.real
    assert real.get(f"{PRICES}price-detail", "HHDFS76200200", query).output["last"] == ""
    assert real.get(f"{PRICES}inquire-asking-price", "HHDFS76200100", query).body["output1"]["rsym"] == ""
    assert real.get(f"{PRICES}inquire-time-itemchartprice", "HHDFS76950200", query).body["output1"]["nrec"] == ""
    product = real.get(f"{PRICES}search-info", "CTPF1702R", {"PRDT_TYPE_CD": "512", "PDNO": "AAPL"})
    assert (product.body["rt_cd"], product.status) == ("7", 200)


def test_balances_pending_and_filled_orders_are_empty_lists(client: Client) -> None:
    balance = account(client, "inquire-balance", "TTTS3012R", OVRS_EXCG_CD="", TR_CRCY_CD="")
    assert (balance.body["rt_cd"], balance.body["output1"], balance.paging) == ("0", [], "D")
    assert all(value == "0" for value in balance.body["output2"].values())
    pending = account(client, "inquire-nccs", "TTTS3018R", OVRS_EXCG_CD="NASD", SORT_SQN="")
    filled = account(client, "inquire-ccnl", "TTTS3035R", PDNO="", ORD_STRT_DT="20261101", ORD_END_DT="20261120")
    for answer in (pending, filled):
        assert (answer.body["rt_cd"], answer.output, answer.paging) == ("0", [], "D")
        assert len(answer.body["ctx_area_fk200"]) == len(answer.body["ctx_area_nk200"]) == 200


def test_the_present_balance_tells_the_won_deposit(client: Client) -> None:
    query = {"WCRC_FRCR_DVSN_CD": "02", "NATN_CD": "000", "TR_MKET_CD": "00", "INQR_DVSN_CD": "00"}
    body = account(client, "inquire-present-balance", "CTRP6504R", **query).body
    cash = client.bench.exchange.cash(client.account.number)
    assert (body["output1"], body["output2"]) == ([], [])
    assert body["output3"]["dncl_amt"] == str(cash.d0)
    assert body["output3"]["evlu_amt_smtl"] == "0"


def test_orderable_amounts_do_not_exist_for_unknown_symbols(client: Client) -> None:
    answer = account(client, "inquire-psamount", "TTTS3007R", OVRS_EXCG_CD="NASD", OVRS_ORD_UNPR="1", ITEM_CD="AAPL")
    assert (answer.status, answer.body["rt_cd"]) == (200, "7")


@pytest.mark.parametrize("tr", ["TTTT1002U", "TTTT1006U", "TTTS1002U"])
def test_orders_are_refused_for_want_of_the_instrument(client: Client, tr: str) -> None:
    body = {**client.who, "OVRS_EXCG_CD": "NASD", "PDNO": "AAPL", "ORD_QTY": "1", "OVRS_ORD_UNPR": "145.00"}
    answer = client.post(f"{ACCOUNTS}order", client.tr(tr), {**body, "ORD_SVR_DVSN_CD": "0", "ORD_DVSN": "00"})
    assert (answer.status, answer.body["rt_cd"]) == (200, "1")
    assert answer.code in ("APBK0656", "40070000")
    change = client.post(f"{ACCOUNTS}order-rvsecncl", client.tr("TTTT1004U"), {**body, "ORGN_ODNO": "1"})
    assert change.code in ("APBK0344", "40330000")


def test_the_paper_sell_of_us_shares_has_its_odd_id(client: Client) -> None:
    paper = client.bench.paper
    body = {**paper.who, "OVRS_EXCG_CD": "NASD", "PDNO": "AAPL", "ORD_QTY": "1", "OVRS_ORD_UNPR": "145.00"}
    for tr in ("VTTT1001U", "VTTT1006U"):
        assert paper.post(f"{ACCOUNTS}order", tr, body).code == "40070000"
