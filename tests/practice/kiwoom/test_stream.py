"""The socket's session: login, keep-alive, registrations and pushes, against the exchange (kiwoom.md 5, 6.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from hoga.domain.market_data import Book
from hoga.domain.tickets import Side
from hoga.practice.api import PauseKind
from hoga.practice.kiwoom import records
from tests.practice.kiwoom.bench import CODE, ETF, Bench, Client


def price(text: str) -> int:
    return abs(int(text))


class TestLogin:
    def test_once_in(self, client: Client) -> None:
        assert client.listen().log_in() == {"trnm": "LOGIN", "return_code": 0, "return_msg": "", "sor_yn": "Y"}

    @pytest.mark.parametrize("token", ["", "stolen"])
    def test_a_bad_token_is_told_and_hung_up_on(self, client: Client, token: str) -> None:
        line = client.listen()
        answer = line.log_in(token)
        assert answer["return_code"] == 805004 and "CODE=8005" in answer["return_msg"]
        assert line.hung_up == 1 and not line.cuts

    def test_a_token_of_the_other_host(self, bench: Bench) -> None:
        assert "CODE=8031" in bench.mock.listen().log_in(bench.real.token)["return_msg"]

    def test_nothing_is_heard_before_it(self, client: Client) -> None:
        line = client.listen()
        answer = line.reg(["0B"], [CODE])
        assert (answer["trnm"], answer["return_code"]) == ("REG", 100013) and "%s" in answer["return_msg"]
        assert not line.session.pairs

    def test_a_second_one_of_the_key_ends_the_first(self, bench: Bench, client: Client) -> None:
        first, second = client.listen(), client.listen()
        first.log_in()
        assert second.log_in()["return_code"] == 0
        assert (first.said[-1]["trnm"], first.said[-1]["code"], first.hung_up) == ("SYSTEM", "R10001", 1)
        assert not second.hung_up
        bench.settings.update({"one_session": False})
        third = client.listen()
        third.log_in()
        assert not second.hung_up and not third.hung_up

    def test_those_who_never_do_it(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.session.tick(bench.wire + 9.9)
        assert not line.texts
        line.session.tick(bench.wire + 10.0)
        assert (line.said[-1]["code"], line.hung_up) == ("R10004", 1)

    def test_system_frames_come_after_it_on_the_real_host_alone(self, bench: Bench) -> None:
        bench.settings.update({"system_frames": True, "sor": False})
        for client, names in ((bench.real, ["LOGIN", "SYSTEM"]), (bench.mock, ["LOGIN"])):
            line = client.listen()
            line.log_in()
            assert [frame["trnm"] for frame in line.said] == names
            assert line.said[0]["sor_yn"] == "N"


class TestKeepAlive:
    def test_pings_until_nobody_answers(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        for second in range(0, 100, 10):
            line.session.tick(bench.wire + second)
            if line.said[-1] == {"trnm": "PING"}:
                line.session.receive('{"trnm":"PING"}', bench.wire + second)
        assert [frame["trnm"] for frame in line.said] == ["LOGIN"] + ["PING"] * 9
        for second in range(100, 131, 10):
            line.session.tick(bench.wire + second)
        assert (line.said[-1]["code"], line.hung_up) == ("R10002", 1)


class TestRegistrations:
    def test_they_add_up_and_refresh_drops_them(self, client: Client) -> None:
        line = client.listen()
        line.log_in()
        assert line.reg(["0B", "0D"], [CODE, ETF]) == {"trnm": "REG", "return_code": 0, "return_msg": ""}
        line.reg(["0C"], [CODE], group="2")
        assert len(line.session.pairs) == 5
        assert line.remove(["0B"], [CODE])["trnm"] == "REMOVE"
        assert ("0B", CODE) not in line.session.pairs and ("0B", ETF) in line.session.pairs
        line.say({"trnm": "REMOVE", "grp_no": "2"})
        assert len(line.session.pairs) == 3
        line.reg(["0H"], [CODE], refresh="0")
        assert line.session.pairs == {("0H", CODE)}

    def test_what_is_refused(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        codes = [f"{n:06d}" for n in range(101)]
        for answer in (line.reg(["0B"], codes), line.reg(["9Z"], [CODE]), line.reg(["0B"], [""])):
            assert answer["trnm"] == "REG" and answer["return_code"] != 0 and answer["return_msg"]
        assert line.say({"trnm": "REG", "grp_no": "1"})["return_code"] != 0
        assert line.say({"trnm": "CNSRREQ", "seq": "1"})["return_code"] != 0
        assert line.say({"trnm": "CNSRLST"})["data"] == []
        for text in (
            "",
            "[]",
            "{",
            '{"trnm":5}',
            '{"trnm":"REG","data":{}}',
            "[" * 9_000,
            '{"trnm":"REG","data":[[]]}',
        ):
            assert line.say(text)["return_code"] != 0
        bench.refused = "말썽"
        assert line.reg(["0B"], [CODE])["return_msg"] == "말썽"
        assert not line.session.pairs
        assert not line.hung_up

    def test_codes_and_types_that_have_nothing_to_say(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        assert line.reg(["0B", "0w", "0J"], ["999999", "005930_NX"])["return_code"] == 0
        bench.lay_book()
        bench.take(Side.BUY, 5)
        assert not line.entries("0B")

    def test_suffixes_come_back_as_they_were_registered(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0B"], [CODE, f"{CODE}_AL"])
        bench.lay_book()
        bench.take(Side.BUY, 5)
        assert sorted(entry["item"] for entry in line.entries("0B")) == [CODE, f"{CODE}_AL"]

    def test_who_has_gone_hears_nothing(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0B", "00"], [CODE, ""])
        line.session.close(bench.wire)
        bench.lay_book()
        bench.take(Side.BUY, 5)
        assert not line.entries("0B") and not bench.feed.sessions and not bench.feed._watchers


class TestMarket:
    def test_trades_are_the_exchanges(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0B"], [CODE])
        bench.lay_book(quantity=50)
        for n in range(6):
            bench.take(Side.BUY if n % 2 else Side.SELL, 20 + n)
        bench.take(Side.BUY, 400)
        tape = list(reversed(bench.exchange.trades(CODE, 100)))
        heard = line.pushes("0B")
        assert [(price(v["10"]), price(v["15"]), int(v["13"])) for v in heard] == [
            (t.price_units, t.quantity, t.day_volume) for t in tape
        ]
        assert [v["15"][0] for v in heard] == ["+" if t.aggressor.value == "buyer" else "-" for t in tape]
        for values in heard:
            sold, bought = int(values["1030"]), int(values["1031"])
            assert sold + bought == int(values["13"])
            assert values["228"] == (f"{bought / sold * 100:.2f}" if sold else "0.00")
        state = bench.exchange.state(CODE)
        assert state is not None
        last = heard[-1]
        assert [price(last[fid]) for fid in ("16", "17", "18")] == [state.open, state.high, state.low]
        assert int(last["26"]) == state.volume - state.previous_volume and last["290"] == "2"
        assert max(len(frame["data"]) for frame in line.said if frame["trnm"] == "REAL") > 1

    def test_books_are_the_exchanges(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0C", "0D"], [CODE])
        bench.lay_book()
        bench.take(Side.BUY, 30)
        book, values = bench.exchange.book(CODE), line.pushes("0D")[-1]
        assert book is not None
        assert [(price(values[str(41 + n)]), int(values[str(61 + n)])) for n in range(10)] == [
            (level.price_units, level.quantity) for level in book.asks
        ]
        assert [(price(values[str(51 + n)]), int(values[str(71 + n)])) for n in range(10)] == [
            (level.price_units, level.quantity) for level in book.bids
        ]
        assert (int(values["121"]), int(values["125"]), values["81"], values["122"]) == (
            book.total_ask, book.total_bid, "-30", "-30",
        )  # fmt: skip
        assert values["41"].startswith("+") and values["51"].startswith("-")
        best = line.pushes("0C")
        assert best[-1] == {"27": values["41"], "28": values["51"]}
        assert best == [now for now, before in zip(best, [None, *best], strict=False) if now != before]

    def test_the_session_is_told_at_once_and_each_day(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0s"], [""])
        assert line.pushes("0s") == [{"215": "3", "20": "100000", "214": "000000"}]
        bench.pass_time(14 * 3600)
        bench.settle()
        assert line.pushes("0s")[1]["20"] == "000000"

    def test_interruptions_are_told_when_they_change(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["1h"], [""])
        bench.lay_book()
        for _ in range(2):
            bench.exchange.pause(CODE, PauseKind.INTERRUPTION, bench.exchange.now() + timedelta(minutes=2))
        bench.pass_time(121)
        bench.settle()
        assert [(entry["item"], entry["values"]["9068"]) for entry in line.entries("1h")] == [(CODE, "1"), (CODE, "2")]

    def test_expected_fills_of_an_auction(self, bench: Bench, client: Client) -> None:
        line = client.listen()
        line.log_in()
        line.reg(["0H"], [CODE])
        bench.lay_book()
        assert not line.entries("0H")
        state, book = bench.exchange.state(CODE), bench.exchange.book(CODE)
        assert state is not None and book is not None
        auction: Book = replace(book, expected_units=state.base + 500, expected_quantity=1200)
        bench.feed._hear(auction)
        assert line.pushes("0H") == [records.expected_values(auction, state)]
        assert line.pushes("0H")[0]["10"] == f"+{state.base + 500}" and line.pushes("0H")[0]["15"] == "+1200"


class TestOwnOrders:
    def test_the_life_of_orders(self, bench: Bench, client: Client) -> None:
        middle = bench.lay_book()
        line = client.listen()
        line.log_in()
        line.reg(["00", "04"], [""])
        number = client.order(Side.BUY, 150, middle + 500).body["ord_no"]
        accepted, filled = line.pushes("00")
        assert (accepted["913"], accepted["902"], accepted["909"], accepted["9203"]) == ("접수", "150", "", number)
        assert (accepted["905"], accepted["907"], accepted["904"]) == ("+매수", "2", "0000000")
        assert (filled["913"], filled["902"], filled["914"], filled["915"]) == ("체결", "50", str(middle + 500), "100")
        assert filled["903"] == str(100 * (middle + 500)) and filled["909"]
        bench.exchange.rest(CODE, Side.SELL, middle + 500, 20)
        bench.settle()
        again = line.pushes("00")[-1]
        assert (again["902"], again["911"], again["915"]) == ("30", "120", "20") and again["909"] != filled["909"]
        fees = [fill.fee for fill in bench.exchange.fills(client.account.number, *[bench.exchange.trading_date()] * 2)]
        assert (int(filled["938"]), int(again["938"])) == (fees[0], sum(fees))
        moved = client.modify(number, middle - 500, 10).body["ord_no"]
        assert [(v["9203"], v["904"], v["913"], v["902"], v["905"]) for v in line.pushes("00")[-2:]] == [
            (moved, number, "접수", "10", "+매수정정"), (moved, number, "확인", "10", "+매수정정"),
        ]  # fmt: skip
        gone = client.cancel(moved).body["ord_no"]
        assert [(v["9203"], v["904"], v["913"], v["902"], v["905"]) for v in line.pushes("00")[-2:]] == [
            (gone, moved, "접수", "10", "+매수취소"), (gone, moved, "확인", "0", "+매수취소"),
        ]  # fmt: skip
        balances = line.pushes("04")
        assert [v["930"] for v in balances] == ["100", "120"] and balances[-1]["931"] == str(middle + 500)
        client.cancel(number)
        client.order(Side.SELL, 20, "", "3")
        sold = line.pushes("04")[-1]
        assert (sold["946"], sold["930"], sold["933"], sold["945"]) == ("1", "100", "100", "100")
        assert int(sold["950"]) < 0

    def test_the_rest_of_an_ioc_order(self, bench: Bench, client: Client) -> None:
        middle = bench.lay_book()
        line = client.listen()
        line.log_in()
        line.reg(["00"], [])
        client.order(Side.BUY, 150, middle + 500, "10")
        assert [(v["913"], v["902"]) for v in line.pushes("00")] == [("접수", "150"), ("체결", "50"), ("취소", "0")]

    def test_filled_quantity_of_the_one_execution(self, bench: Bench, client: Client) -> None:
        bench.settings.update({"cumulative_filled": False})
        bench.lay_book()
        line = client.listen()
        line.log_in()
        line.reg(["00"], [""])
        client.order(Side.BUY, 150, "", "3")
        assert [v["911"] for v in line.pushes("00") if v["913"] == "체결"] == ["100", "50"]

    def test_another_accounts_orders_are_nobodys_business(self, bench: Bench) -> None:
        bench.lay_book()
        line = bench.real.listen()
        line.log_in()
        line.reg(["00", "04"], [""])
        bench.mock.order(Side.BUY, 1, "", "3")
        kis = bench.exchange.accounts()[0]
        assert kis.broker.value == "kis"
        assert not line.entries("00") and not line.entries("04")
