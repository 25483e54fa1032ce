"""Bars against the exchange's own candles: kis.md 4.1.3 to 4.1.5."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from hoga.base.clock import KST
from hoga.domain.market_data import Period
from hoga.domain.tickets import Side
from tests.practice.kis.bench import CODE, START, Answer, Bench, Client

PERIODS = {"D": Period.DAY, "W": Period.WEEK, "M": Period.MONTH, "Y": Period.YEAR}


def period_chart(client: Client, first: str, last: str, period: str = "D", code: str = CODE) -> Answer:
    return client.quote(
        "inquire-daily-itemchartprice",
        "FHKST03010100",
        code,
        FID_INPUT_DATE_1=first,
        FID_INPUT_DATE_2=last,
        FID_PERIOD_DIV_CODE=period,
        FID_ORG_ADJ_PRC="0",
    )


def today_chart(client: Client, hour: str, past: str = "N", code: str = CODE) -> Answer:
    return client.quote(
        "inquire-time-itemchartprice",
        "FHKST03010200",
        code,
        FID_INPUT_HOUR_1=hour,
        FID_PW_DATA_INCU_YN=past,
        FID_ETC_CLS_CODE="",
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KST)


@pytest.mark.parametrize("letter", "DWMY")
def test_bars_are_the_exchanges_candles_newest_first(client: Client, letter: str) -> None:
    first, last = date(2024, 1, 1), START.date()
    rows = period_chart(client, "20240101", "20261120", letter).body["output2"]
    candles = client.bench.exchange.candles(CODE, PERIODS[letter], midnight(first), midnight(last))
    wanted = list(reversed(candles))[:100]
    assert [row["stck_bsop_date"] for row in rows] == [f"{c.start:%Y%m%d}" for c in wanted]
    for row, candle in zip(rows, wanted, strict=True):
        assert (row["stck_oprc"], row["stck_hgpr"]) == (str(candle.open_units), str(candle.high_units))
        assert (row["stck_lwpr"], row["stck_clpr"]) == (str(candle.low_units), str(candle.close_units))
        assert (row["acml_vol"], row["acml_tr_pbmn"]) == (str(candle.volume), str(candle.amount_units))
        assert (row["prtt_rate"], row["mod_yn"]) == ("0.00", "N")
    for row, before in pairwise(rows):
        assert int(row["prdy_vrss"]) == int(row["stck_clpr"]) - int(before["stck_clpr"])


def test_walking_back_over_pages_meets_every_day_once(client: Client) -> None:
    seen: list[str] = []
    last = "20261120"
    while rows := period_chart(client, "20250601", last).body["output2"]:
        seen += [row["stck_bsop_date"] for row in rows]
        last = f"{datetime.strptime(seen[-1], '%Y%m%d').replace(tzinfo=KST) - timedelta(days=1):%Y%m%d}"
    candles = client.bench.exchange.candles(CODE, Period.DAY, midnight(date(2025, 6, 1)), midnight(START.date()))
    assert seen == [f"{candle.start:%Y%m%d}" for candle in reversed(candles)]
    assert len(seen) > 300


def test_since_listing_is_a_date_that_no_calendar_has(client: Client) -> None:
    rows = period_chart(client, "00000101", "20261120").body["output2"]
    assert len(rows) == 100


def test_the_month_of_the_first_date_counts_as_a_whole(client: Client) -> None:
    dates = [row["stck_bsop_date"][:6] for row in period_chart(client, "20260315", "20260520", "M").body["output2"]]
    assert dates == ["202605", "202604", "202603"]


def test_an_unknown_code_has_price_zero_and_no_rows(client: Client) -> None:
    for answer in (
        period_chart(client, "20260101", "20261120", code="000000"),
        today_chart(client, "000000", code="X"),
    ):
        assert answer.body["rt_cd"] == "0"
        assert answer.body["output1"]["stck_prpr"] == "0"
        assert answer.body["output2"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"FID_PERIOD_DIV_CODE": "H"},
        {"FID_ORG_ADJ_PRC": "2"},
        {"FID_INPUT_DATE_1": "2026-01-01"},
        {"FID_INPUT_DATE_2": "20260231"},
        {"FID_INPUT_DATE_2": ""},
    ],
)
def test_arguments_that_make_no_sense_are_refused(client: Client, change: dict[str, str]) -> None:
    query = {
        "FID_INPUT_DATE_1": "20260101",
        "FID_INPUT_DATE_2": "20261120",
        "FID_PERIOD_DIV_CODE": "D",
        "FID_ORG_ADJ_PRC": "0",
        **change,
    }
    assert client.quote("inquire-daily-itemchartprice", "FHKST03010100", **query).code == "OPSQ2001"


def test_the_short_chart_has_thirty_bars_with_their_change(client: Client) -> None:
    answer = client.quote("inquire-daily-price", "FHKST01010400", FID_PERIOD_DIV_CODE="D", FID_ORG_ADJ_PRC="1")
    long = period_chart(client, "20260101", "20261120").body["output2"][:30]
    assert [row["stck_clpr"] for row in answer.output] == [row["stck_clpr"] for row in long]
    for row, before in pairwise(answer.output):
        assert int(row["prdy_vrss"]) == int(row["stck_clpr"]) - int(before["stck_clpr"])


def trade_each_minute(bench: Bench, minutes: int) -> None:
    bench.lay_book(quantity=10_000)
    for n in range(minutes):
        bench.take(Side.BUY, n + 1)
        bench.pass_time(60)


def test_minutes_of_today_newest_first_thirty_at_a_time(client: Client) -> None:
    trade_each_minute(client.bench, 70)
    first = today_chart(client, "000000").body["output2"]
    assert len(first) == 30
    assert first[0]["stck_cntg_hour"] == "110900"
    assert first[0]["cntg_vol"] == "70"
    assert first[0]["stck_bsop_date"] == "20261120"
    seen, last = [], "000000"
    for _ in range(4):
        rows = today_chart(client, last).body["output2"]
        seen += [int(row["cntg_vol"]) for row in rows]
        if not rows:
            break
        oldest = datetime.combine(START.date(), time.fromisoformat(_clock(rows[-1]["stck_cntg_hour"])), KST)
        last = f"{oldest - timedelta(minutes=1):%H%M%S}"
    assert seen == list(range(70, 0, -1))


def _clock(text: str) -> str:
    return f"{text[:2]}:{text[2:4]}:{text[4:]}"


def test_the_amount_of_minutes_runs_over_the_day(client: Client) -> None:
    trade_each_minute(client.bench, 40)
    rows = today_chart(client, "000000").body["output2"]
    state = client.bench.exchange.state(CODE)
    assert state is not None
    assert rows[0]["acml_tr_pbmn"] == str(state.amount)
    amounts = [int(row["acml_tr_pbmn"]) for row in rows]
    for row, more, less in zip(rows, amounts, amounts[1:], strict=False):
        assert more - less == int(row["cntg_vol"]) * int(row["stck_prpr"])


def test_yesterdays_minutes_follow_when_asked_for(client: Client) -> None:
    trade_each_minute(client.bench, 5)
    assert len(today_chart(client, "000000", "N").body["output2"]) == 5
    rows = today_chart(client, "000000", "Y").body["output2"]
    assert len(rows) == 30
    assert [row["stck_bsop_date"] for row in rows[:6]] == ["20261120"] * 5 + ["20261119"]


def test_a_time_not_yet_reached_repeats_the_price(client: Client) -> None:
    trade_each_minute(client.bench, 5)
    rows = today_chart(client, "101500").body["output2"]
    state = client.bench.exchange.state(CODE)
    assert state is not None
    future = [row for row in rows if row["stck_cntg_hour"] > "100500"]
    assert [row["stck_cntg_hour"] for row in future] == [f"10{minute:02d}00" for minute in range(15, 5, -1)]
    for row in future:
        prices = {row[name] for name in ("stck_prpr", "stck_oprc", "stck_hgpr", "stck_lwpr")}
        assert prices == {str(state.last)}
        assert row["cntg_vol"] == "0"
    assert [row["stck_cntg_hour"] for row in rows[10:]] == [f"100{minute}00" for minute in range(4, -1, -1)]


def test_a_walk_past_midnight_ends(client: Client) -> None:
    trade_each_minute(client.bench, 3)
    assert today_chart(client, "235900").body["output2"] == []
    client.bench.settings.future_minutes = False
    assert today_chart(client, "101500").body["output2"] == []
    assert len(today_chart(client, "100400").body["output2"]) == 3


def test_past_days_in_pages_of_120(bench: Bench) -> None:
    query = {"FID_INPUT_DATE_1": "20261118", "FID_INPUT_HOUR_1": "130000", "FID_PW_DATA_INCU_YN": "N"}
    rows = bench.real.quote("inquire-time-dailychartprice", "FHKST03010230", **query).body["output2"]
    assert len(rows) == 120
    assert rows[0]["stck_cntg_hour"] <= "130000"
    day = midnight(date(2026, 11, 18))
    candles = bench.exchange.candles(CODE, Period.MINUTE, day, day + timedelta(hours=13))
    assert [row["stck_prpr"] for row in rows] == [str(c.close_units) for c in reversed(candles[-120:])]
    assert rows[0]["acml_tr_pbmn"] == str(sum(candle.amount_units for candle in candles))
    over = bench.real.quote("inquire-time-dailychartprice", "FHKST03010230", **{**query, "FID_INPUT_HOUR_1": "093000"})
    assert {row["stck_bsop_date"] for row in over.body["output2"]} == {"20261118"}
    query |= {"FID_INPUT_HOUR_1": "093000", "FID_PW_DATA_INCU_YN": "Y"}
    over = bench.real.quote("inquire-time-dailychartprice", "FHKST03010230", **query)
    assert {row["stck_bsop_date"] for row in over.body["output2"]} == {"20261118", "20261117"}
    assert bench.paper.quote("inquire-time-dailychartprice", "FHKST03010230", **query).code == "EGW02006"
