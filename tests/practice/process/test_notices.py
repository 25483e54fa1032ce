"""Execution notices: encrypted, one per event of a number, with the fields and the padding of the recorded ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Taken
from tests.practice.engine.small_market import CODE, Trader, lay_book
from tests.practice.process.stream_desk import PAPER, REAL, Client, StreamDesk

ACCEPTED, CONFIRMED, FILLED, REST_CANCELLED = ("0", "1", "1"), ("0", "1", "2"), ("0", "2", "2"), ("0", "1", "3")


def _listening(**settings: object) -> tuple[StreamDesk, Client, Trader]:
    desk = StreamDesk(**settings)
    client = desk.client(REAL)
    client.ask("H0STCNI0", client.account.hts_id)
    lay_book(desk.exchange)
    place = [account.number for account in desk.exchange.accounts()].index(client.account.number)
    return desk, client, Trader(desk.exchange, place)


def _flags(client: Client) -> list[tuple[str, str, str]]:
    return [(notice[12], notice[13], notice[14]) for notice in client.notices()]


def test_a_new_order_is_received_confirmed_and_filled() -> None:
    desk, client, trader = _listening()
    number = trader.order(Side.BUY, 150, 10_020)
    received, confirmed, first, second = client.notices()
    assert _flags(client) == [ACCEPTED, CONFIRMED, FILLED, FILLED]
    account = client.account
    branch = trader.entry(number).branch
    name = desk.exchange.instruments()[CODE].name_ko
    assert received == [
        account.hts_id, account.number.replace("-", ""), f"{number:010d}", "", "02", "0", "00", "0", CODE,
        "0000000150", "000010020", "100000", "0", "1", "1", branch, "000000150", account.holder,
        "0", "1", "Y", "", "10", "", name, "000000000",
    ]  # fmt: skip
    assert (first[9], first[10], second[9], second[10]) == ("0000000100", "000010010", "0000000050", "000010020")
    assert first[16] == "000000150" and first[25] == "000010020"
    assert confirmed[9:11] == ["0000000150", "000010020"]


def test_the_older_layout_has_23_fields() -> None:
    _, client, trader = _listening(notice_width=23)
    trader.order(Side.BUY, 10, 10_010)
    received, _, fill = client.notices()
    assert len(received) == len(fill) == 23
    assert received[18:] == ["이름005930", "10", "", "이름005930", ""]
    assert fill[22] == "000010010"


def test_a_modify_names_its_original_and_fills_under_its_new_number() -> None:
    desk, client, trader = _listening()
    number = trader.order(Side.BUY, 30, 9_980)
    client.clear_frames()
    moved = desk.exchange.modify(trader.account, number, 10_010, OrderType.LIMIT, TimeInForce.DAY, None)
    assert isinstance(moved, Taken)
    assert _flags(client) == [ACCEPTED, CONFIRMED, FILLED]
    for notice in client.notices():
        assert notice[2:4] == [f"{moved.number:010d}", f"{number:010d}"]
        assert notice[5] == "1"


def test_a_cancel_is_received_and_confirmed_once() -> None:
    desk, client, trader = _listening()
    number = trader.order(Side.BUY, 30, 9_980)
    client.clear_frames()
    part = desk.exchange.cancel(trader.account, number, 10)
    rest = desk.exchange.cancel(trader.account, number, None)
    assert isinstance(part, Taken) and isinstance(rest, Taken)
    assert _flags(client) == [ACCEPTED, CONFIRMED] * 2
    assert [notice[2] for notice in client.notices()] == [
        f"{each:010d}" for each in (part.number, part.number, rest.number, rest.number)
    ]
    assert {notice[3] for notice in client.notices()} == {f"{number:010d}"}
    assert [notice[9] for notice in client.notices()] == ["0000000010"] * 2 + ["0000000020"] * 2
    assert {notice[5] for notice in client.notices()} == {"2"}


@pytest.mark.parametrize(
    ("tif", "kind", "condition", "flags", "rest"),
    [
        (TimeInForce.IOC, "11", "1", [ACCEPTED, CONFIRMED, FILLED, REST_CANCELLED], "0000000050"),
        (TimeInForce.FOK, "12", "2", [ACCEPTED, CONFIRMED, REST_CANCELLED], "0000000150"),
    ],
)
def test_the_rest_of_an_ioc_or_fok_order_is_told(
    tif: TimeInForce, kind: str, condition: str, flags: list[tuple[str, str, str]], rest: str
) -> None:
    _, client, trader = _listening()
    trader.order(Side.BUY, 150, 10_010, tif=tif)
    assert _flags(client) == flags
    assert {(notice[6], notice[7]) for notice in client.notices()} == {(kind, condition)}
    assert client.notices()[-1][9] == rest


def test_a_market_sell_has_no_price_until_it_fills() -> None:
    _, client, trader = _listening()
    trader.order(Side.BUY, 10, 10_010)
    client.clear_frames()
    trader.order(Side.SELL, 10)
    received, _, fill = client.notices()
    assert (received[4], received[6], received[10]) == ("01", "01", "000000000")
    assert fill[10] == "000009990" and fill[25] == "000000000"


def test_a_resting_order_is_told_when_somebody_else_meets_it() -> None:
    desk, client, trader = _listening()
    trader.order(Side.BUY, 30, 9_990)
    client.clear_frames()
    desk.exchange.take(CODE, Side.SELL, 110, 9_990)
    (fill,) = client.notices()
    assert (fill[9], fill[10], fill[13]) == ("0000000010", "000009990", "2")


def test_notices_go_to_their_own_account_only() -> None:
    desk, client, trader = _listening()
    other = desk.client(REAL, desk.account(REAL, 1))
    other.ask("H0STCNI0", other.account.hts_id)
    paper = desk.client(PAPER)
    paper.ask("H0STCNI9", paper.account.hts_id)
    prices = desk.client(PAPER, desk.account(PAPER, 1))
    prices.ask("H0STCNT0", CODE)
    trader.order(Side.BUY, 10, 9_990)
    assert len(client.notices()) == 2
    assert other.frames == paper.frames == prices.frames == []
    paper_trader = Trader(desk.exchange, [a.number for a in desk.exchange.accounts()].index(paper.account.number))
    paper_trader.order(Side.BUY, 10, 9_990)
    assert len(paper.notices()) == 2 and paper.notices()[0][15] == paper_trader.entry(int(paper.notices()[0][2])).branch
    assert len(client.notices()) == 2


def test_taken_back_registrations_bring_no_notices() -> None:
    _, client, trader = _listening()
    client.ask("H0STCNI0", client.account.hts_id, "2")
    trader.order(Side.BUY, 10, 9_990)
    assert client.frames == []


def test_every_connection_has_a_key_of_its_own() -> None:
    desk = StreamDesk()
    keys = set()
    for _ in range(3):
        client = desk.client()
        answer = client.ask("H0STCNI0", client.account.hts_id)
        keys.add(answer["body"]["output"]["key"] + answer["body"]["output"]["iv"])
        client.session.close(desk.wire)
    assert len(keys) == 3


def test_padding_is_that_of_the_recorded_notices(goldens: Path) -> None:
    lines = [json.loads(line) for line in (goldens / "kis_ws.jsonl").read_text("utf-8").splitlines()]
    recorded = [line["raw"].split("^") for line in lines if line["kind"] == "ws-notice-plain"]
    assert len(recorded) == 4
    _, client, trader = _listening(notice_width=23)
    trader.order(Side.BUY, 10)
    ours = client.notices()
    padded = (1, 2, 9, 10, 11, 12, 13, 14, 15, 16)
    for notice in recorded:
        twin = ours[0] if notice[13] == "1" else ours[-1]
        assert len(notice) == len(twin) == 23
        assert [len(notice[at]) for at in padded] == [len(twin[at]) for at in padded]
        assert [notice[at] for at in (3, 5, 12, 13, 14)] == [twin[at] for at in (3, 5, 12, 13, 14)]
