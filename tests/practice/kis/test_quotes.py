"""Prices, books and trades against the exchange itself: kis.md 4.1.1, 4.1.2, 4.1.6, 4.1.7."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoga.domain.tickets import Side
from tests.practice.kis.bench import CODE, ETN, HALTED, QUOTES, Bench, Client

NEVER_BLANK = (
    "stck_shrn_iscd stck_prpr acml_vol acml_tr_pbmn hts_avls prdy_vrss prdy_vrss_sign mrkt_warn_cls_code temp_stop_yn "
    "short_over_yn prdy_vrss_vol_rate stck_oprc stck_hgpr stck_lwpr stck_mxpr stck_llam stck_sdpr aspr_unit "
    "eps bps per pbr w52_hgpr w52_lwpr w52_hgpr_date w52_lwpr_date iscd_stat_cls_code prdy_ctrt wghn_avrg_stck_prc "
    "hts_deal_qty_unit_val rprs_mrkt_kor_name lstn_stcn vol_tnrt sltr_yn mang_issu_cls_code invt_caful_yn vi_cls_code"
)


def test_a_price_is_the_exchanges_own_state(client: Client) -> None:
    bench = client.bench
    bench.lay_book()
    bench.take(Side.BUY, 250)
    bench.take(Side.SELL, 120)
    state = bench.exchange.state(CODE)
    assert state is not None
    output = client.price().output
    told = {
        "stck_prpr": state.last,
        "stck_oprc": state.open,
        "stck_hgpr": state.high,
        "stck_lwpr": state.low,
        "stck_sdpr": state.base,
        "stck_mxpr": state.upper,
        "stck_llam": state.lower,
        "aspr_unit": state.tick,
        "acml_vol": state.volume,
        "acml_tr_pbmn": state.amount,
        "prdy_vrss": state.last - state.base,
    }
    assert {name: output[name] for name in told} == {name: str(value) for name, value in told.items()}
    assert state.volume == 370
    assert Decimal(output["wghn_avrg_stck_prc"]) == round(Decimal(state.amount) / state.volume, 2)
    assert output["prdy_ctrt"] == str(round(Decimal(state.last - state.base) * 100 / state.base, 2))
    assert output["prdy_vrss_sign"] == {1: "2", 0: "3", -1: "5"}[(state.last > state.base) - (state.last < state.base)]


def test_no_field_that_a_client_needs_is_blank_before_or_after_the_first_trade(client: Client) -> None:
    for _ in range(2):
        for code in client.bench.exchange.instruments():
            output = client.price(code).output
            assert [name for name in NEVER_BLANK.split() if not output[name].strip()] == [], code
            assert int(output["stck_prpr"]) > 0
        client.bench.lay_book()
        client.bench.take(Side.BUY, 1)


def test_before_the_first_trade_the_price_is_the_previous_close(client: Client) -> None:
    output = client.price().output
    assert output["stck_prpr"] == output["stck_sdpr"]
    assert (output["stck_oprc"], output["acml_vol"], output["prdy_vrss_sign"]) == ("0", "0", "3")


def test_the_year_runs_over_todays_extremes(client: Client) -> None:
    before = client.price().output
    assert int(before["w52_lwpr"]) <= int(before["stck_prpr"]) <= int(before["w52_hgpr"])
    state = client.bench.exchange.state(CODE)
    assert state is not None
    client.bench.exchange.rest(CODE, Side.SELL, state.upper, 5)
    client.bench.take(Side.BUY, 5)
    after = client.price().output
    assert after["stck_prpr"] == after["stck_mxpr"]
    assert after["prdy_vrss_sign"] == "1"
    if state.upper > int(before["w52_hgpr"]):
        assert (after["w52_hgpr"], after["w52_hgpr_date"]) == (str(state.upper), "20261120")
    assert int(after["stck_dryy_hgpr"]) >= state.upper


def test_an_unknown_code_is_price_zero_and_no_error(client: Client) -> None:
    for code in ("000000", "AAPL", "ZZZZZZ"):
        answer = client.price(code)
        assert (answer.status, answer.body["rt_cd"], answer.output["stck_prpr"]) == (200, "0", "0")


@pytest.mark.parametrize(("market", "price"), [("J", True), ("UN", True), ("NX", False), ("W", False)])
def test_only_krx_is_traded_here(client: Client, market: str, price: bool) -> None:
    query = {"FID_COND_MRKT_DIV_CODE": market, "FID_INPUT_ISCD": CODE}
    answer = client.get(f"{QUOTES}inquire-price", "FHKST01010100", query)
    assert (answer.output["stck_prpr"] != "0") is price


@pytest.mark.parametrize(
    "query", [{}, {"FID_COND_MRKT_DIV_CODE": "J"}, {"FID_COND_MRKT_DIV_CODE": "QQ", "FID_INPUT_ISCD": CODE}]
)
def test_missing_or_unknown_arguments_are_refused(client: Client, query: dict[str, str]) -> None:
    answer = client.get(f"{QUOTES}inquire-price", "FHKST01010100", query)
    assert (answer.status, answer.code, answer.body["rt_cd"]) == (200, "OPSQ2001", "1")


def test_halted_managed_and_odd_codes(client: Client) -> None:
    halted = client.price(HALTED).output
    assert (halted["temp_stop_yn"], halted["iscd_stat_cls_code"]) == ("Y", "58")
    managed = client.price("180400").output
    assert (managed["mang_issu_cls_code"], managed["iscd_stat_cls_code"]) == ("Y", "51")
    assert client.price("0126Z0").output["stck_shrn_iscd"] == "0126Z0"


def test_an_etn_goes_by_its_q_code(client: Client) -> None:
    for asked in (ETN, f"Q{ETN}"):
        assert client.price(asked).output["stck_shrn_iscd"] == f"Q{ETN}"


def test_the_richer_price_is_for_real_hosts(bench: Bench) -> None:
    output = bench.real.quote("inquire-price-2", "FHPST01010000", HALTED).output
    state = bench.exchange.state(HALTED)
    assert state is not None
    assert output["trht_yn"] == "Y"
    assert output["stck_prdy_clpr"] == str(state.base)
    assert output["prdy_vol"] == str(state.previous_volume)
    assert bench.paper.quote("inquire-price-2", "FHPST01010000").code == "EGW02006"


def test_ten_levels_and_their_sums(client: Client) -> None:
    bench = client.bench
    middle = bench.lay_book(quantity=70)
    book = bench.exchange.book(CODE)
    assert book is not None
    answer = client.quote("inquire-asking-price-exp-ccn", "FHKST01010200")
    levels, expected = answer.body["output1"], answer.body["output2"]
    for n in range(1, 11):
        assert levels[f"askp{n}"] == str(book.asks[n - 1].price_units)
        assert levels[f"bidp{n}"] == str(book.bids[n - 1].price_units)
        assert levels[f"askp_rsqn{n}"] == levels[f"bidp_rsqn{n}"] == "70"
    assert levels["total_askp_rsqn"] == levels["total_bidp_rsqn"] == "700"
    assert levels["ntby_aspr_rsqn"] == "0"
    assert levels["aspr_acpt_hour"] == "100000"
    assert expected["antc_cnpr"] == "0"
    assert expected["stck_prpr"] == str(middle)
    assert all(value.strip() for value in {**levels, **expected}.values())


def test_missing_levels_are_zero_and_an_unknown_code_has_none(client: Client) -> None:
    client.bench.lay_book(levels=3)
    levels = client.quote("inquire-asking-price-exp-ccn", "FHKST01010200").body["output1"]
    assert [levels[f"askp{n}"] == "0" for n in range(1, 11)] == [False] * 3 + [True] * 7
    assert "askp1" not in client.quote("inquire-asking-price-exp-ccn", "FHKST01010200", "000000").body["output1"]


def test_the_latest_trades_newest_first(client: Client) -> None:
    bench = client.bench
    bench.lay_book(quantity=1000)
    for seconds in range(40):
        bench.pass_time(1)
        bench.take(Side.BUY if seconds % 2 else Side.SELL, seconds + 1)
    rows = client.quote("inquire-ccnl", "FHKST01010300").output
    assert [row["cntg_vol"] for row in rows] == [str(n) for n in range(40, 10, -1)]
    assert rows[0]["stck_cntg_hour"] == "100040"
    trade = bench.exchange.trades(CODE, 1)[0]
    assert (rows[0]["stck_prpr"], rows[0]["prdy_vrss"]) == (str(trade.price_units), str(trade.change_units))
    assert client.quote("inquire-ccnl", "FHKST01010300", "000000").output == []


def test_trades_until_a_time_of_today(client: Client) -> None:
    bench = client.bench
    bench.lay_book(quantity=1000)
    for _ in range(5):
        bench.pass_time(60)
        bench.take(Side.BUY, 10)
    answer = client.quote("inquire-time-itemconclusion", "FHPST01060000", FID_INPUT_HOUR_1="100300")
    assert [row["stck_cntg_hour"] for row in answer.body["output2"]] == ["100300", "100200", "100100"]
    assert [row["acml_vol"] for row in answer.body["output2"]] == ["30", "20", "10"]
    assert answer.body["output1"]["acml_vol"] == "50"


def test_many_prices_at_once(bench: Bench) -> None:
    bench.lay_book()
    pairs = {f"FID_COND_MRKT_DIV_CODE_{n}": "J" for n in range(1, 4)}
    codes = {"FID_INPUT_ISCD_1": CODE, "FID_INPUT_ISCD_2": "000000", "FID_INPUT_ISCD_3": ETN}
    rows = bench.real.get(f"{QUOTES}intstock-multprice", "FHKST11300006", {**pairs, **codes}).output
    assert [row["inter_shrn_iscd"] for row in rows] == [CODE, f"Q{ETN}"]
    book = bench.exchange.book(CODE)
    assert book is not None
    assert rows[0]["inter2_askp"] == str(book.asks[0].price_units)
    assert rows[0]["inter_kor_isnm"] == "삼성전자"
