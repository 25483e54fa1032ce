"""Product look-ups and trading days: kis.md 4.1.8, 4.1.9."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hoga.domain.calendar import KRX
from tests.practice.kis.bench import CODE, ETN, HALTED, QUOTES, Answer, Bench


def info(bench: Bench, code: str, product: str = "300", name: str = "search-info", tr: str = "CTPF1604R") -> Answer:
    return bench.real.get(f"{QUOTES}{name}", tr, {"PDNO": code, "PRDT_TYPE_CD": product})


def test_names_and_codes(bench: Bench) -> None:
    output = info(bench, CODE).output
    assert output["pdno"] == "00000A005930"
    assert (output["shtn_pdno"], output["std_pdno"], output["prdt_type_cd"]) == (CODE, "KR7005930003", "300")
    assert (output["prdt_name"], output["prdt_abrv_name"]) == ("삼성전자", "삼성전자")
    assert output["prdt_eng_name"] == bench.exchange.instruments()[CODE].name_en != ""


def test_the_padded_form_asks_for_the_same(bench: Bench) -> None:
    assert info(bench, "00000A005930").output["shtn_pdno"] == CODE
    assert info(bench, f"Q{ETN}").output["pdno"] == f"00000Q{ETN}"
    assert info(bench, f"00000Q{ETN}").output["shtn_pdno"] == f"Q{ETN}"


@pytest.mark.parametrize(("code", "product"), [("000000", "300"), ("AAPL", "512"), (CODE, "512")])
@pytest.mark.parametrize(("name", "tr"), [("search-info", "CTPF1604R"), ("search-stock-info", "CTPF1002R")])
def test_not_found_is_result_seven(bench: Bench, code: str, product: str, name: str, tr: str) -> None:
    answer = info(bench, code, product, name, tr)
    assert (answer.status, answer.body["rt_cd"], answer.code) == (200, "7", "KIOK0560")
    assert "output" not in answer.body


def test_what_kind_of_stock_it_is(bench: Bench) -> None:
    def stock(code: str) -> dict[str, str]:
        output: dict[str, str] = info(bench, code, name="search-stock-info", tr="CTPF1002R").output
        return output

    assert (stock(CODE)["mket_id_cd"], stock(CODE)["scty_grp_id_cd"], stock(CODE)["tr_stop_yn"]) == ("STK", "ST", "N")
    assert (stock("247540")["mket_id_cd"], stock("069500")["scty_grp_id_cd"]) == ("KSQ", "EF")
    assert (stock(HALTED)["tr_stop_yn"], stock("180400")["admn_item_yn"]) == ("Y", "Y")
    assert stock(CODE)["lstg_stqt"] == str(bench.exchange.instruments()[CODE].listed_shares)


def test_every_instrument_can_be_looked_up(bench: Bench) -> None:
    for code in bench.exchange.instruments():
        assert info(bench, code).body["rt_cd"] == "0"
        assert info(bench, code, name="search-stock-info", tr="CTPF1002R").body["rt_cd"] == "0"


def days(bench: Bench, first: str, fk: str = "", nk: str = "", cont: str = "") -> Answer:
    query = {"BASS_DT": first, "CTX_AREA_FK": fk, "CTX_AREA_NK": nk}
    return bench.real.get(f"{QUOTES}chk-holiday", "CTCA0903R", query, cont=cont)


def test_the_exchange_is_open_every_day_and_settles_on_krx_days(bench: Bench) -> None:
    rows = {row["bass_dt"]: row for row in days(bench, "20261224").output}
    assert all(row["opnd_yn"] == row["tr_day_yn"] == "Y" for row in rows.values())
    for text, row in rows.items():
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        assert row["sttl_day_yn"] == ("Y" if KRX.is_settlement_day(day) else "N")
        assert row["wday_dvsn_cd"] == f"{day.isoweekday() % 7 + 1:02d}"
    assert rows["20261225"]["sttl_day_yn"] == rows["20261231"]["sttl_day_yn"] == "N"
    assert rows["20261227"]["wday_dvsn_cd"] == "01"


def test_days_come_in_pages_without_gap(bench: Bench) -> None:
    seen: list[str] = []
    answer = days(bench, "20261120")
    states = [answer.paging]
    while True:
        seen += [row["bass_dt"] for row in answer.output]
        if answer.paging not in ("F", "M"):
            break
        answer = days(bench, "20261120", answer.body["ctx_area_fk"], answer.body["ctx_area_nk"], "N")
        states.append(answer.paging)
    assert states == ["F", "M", "M", "M", "E"]
    assert answer.body["ctx_area_nk"].strip() == ""
    first = date(2026, 11, 20)
    assert seen == [f"{first + timedelta(days=n):%Y%m%d}" for n in range(120)]


def test_paper_has_none_of_them(bench: Bench) -> None:
    for name, tr in (("search-info", "CTPF1604R"), ("chk-holiday", "CTCA0903R")):
        assert bench.paper.get(f"{QUOTES}{name}", tr, {}).code == "EGW02006"
