"""Every control answer of the stream: registrations, refusals with their codes, keys in use, PINGPONG."""

from __future__ import annotations

import json

import pytest

from hoga.practice.kis.control_frames import TEXTS
from tests.practice.engine.small_market import CODE, ETF, KOSDAQ
from tests.practice.process.stream_desk import PAPER, REAL, StreamDesk, demand

TRADES, BOOK = "H0STCNT0", "H0STASP0"


def test_an_acknowledgement_carries_key_and_iv() -> None:
    client = StreamDesk().client()
    answer = client.ask(TRADES, CODE)
    assert answer["header"] == {"tr_id": TRADES, "tr_key": CODE, "encrypt": "N"}
    assert answer["body"]["rt_cd"] == "0"
    assert (answer["body"]["msg_cd"], answer["body"]["msg1"]) == ("OPSP0000", "SUBSCRIBE SUCCESS")
    assert len(answer["body"]["output"]["key"]) == 32 and len(answer["body"]["output"]["iv"]) == 16


def test_notices_are_acknowledged_as_encrypted() -> None:
    desk = StreamDesk()
    for environment, domestic, foreign in ((REAL, "H0STCNI0", "H0GSCNI0"), (PAPER, "H0STCNI9", "H0GSCNI9")):
        client = desk.client(environment)
        for tr in (domestic, foreign):
            answer = client.ask(tr, client.account.hts_id)
            assert answer["body"]["msg_cd"] == "OPSP0000" and answer["header"]["encrypt"] == "Y"


def test_subscribing_twice_and_taking_back() -> None:
    client = StreamDesk().client()
    assert client.code(TRADES, CODE) == "OPSP0000"
    assert client.code(TRADES, CODE) == "OPSP0002"
    assert client.code(BOOK, CODE) == "OPSP0000"
    assert client.code(TRADES, CODE, "2") == "OPSP0001"
    assert client.code(TRADES, CODE, "2") == "OPSP0003"
    assert client.code(TRADES, CODE) == "OPSP0000"
    assert "output" not in client.ask(TRADES, CODE, "2")["body"]


def test_the_42nd_registration_is_refused() -> None:
    desk = StreamDesk(registrations=3)
    client = desk.client()
    assert [client.code(TRADES, code) for code in (CODE, KOSDAQ, ETF)] == ["OPSP0000"] * 3
    assert client.code(BOOK, CODE) == "OPSP0008"
    assert client.code(TRADES, CODE, "2") == "OPSP0001"
    assert client.code(BOOK, CODE) == "OPSP0000"
    assert StreamDesk().settings.registrations == 41


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", "OPSP9999"),
        ("", "OPSP9999"),
        ("{", "OPSP9999"),
        ("[" * 5000, "OPSP9999"),
        ("[1]", "OPSP8993"),
        ("{}", "OPSP9998"),
        ({"header": "x"}, "OPSP8994"),
        ({"header": {}}, "OPSP9995"),
        ({"header": {"approval_key": "x"}}, "OPSP9996"),
        ({"header": {"approval_key": "x", "custtype": "P"}}, "OPSP9997"),
        ({"header": {"approval_key": "x", "custtype": "Z", "tr_type": "1"}}, "OPSP8998"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "0"}}, "OPSP8997"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": []}}, "OPSP8997"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "1"}}, "OPSP9992"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "1"}, "body": 1}, "OPSP8995"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "1"}, "body": {}}, "OPSP9991"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "1"}, "body": {"input": 3}}, "OPSP8995"),
        ({"header": {"approval_key": "x", "custtype": "P", "tr_type": "1"}, "body": {"input": {}}}, "OPSP8991"),
        (demand("x", TRADES, "") | {"body": {"input": {"tr_id": TRADES}}}, "OPSP9990"),
        (demand("x", TRADES, ""), "OPSP8992"),
        (demand("00000000-0000-4000-8000-000000000000", TRADES, CODE), "OPSP0011"),
        (demand("no key at all", TRADES, CODE), "OPSP0011"),
        (demand("", TRADES, CODE, approval_key=None, appkey="nobody's"), "OPSP9994"),
    ],
)
def test_a_malformed_or_unknown_demand_is_told_what_is_wrong(message: object, code: str) -> None:
    client = StreamDesk().client()
    answer = client.say(message)
    assert answer["body"]["msg_cd"] == code
    assert {"tr_id", "tr_key", "encrypt"} <= set(answer["header"])
    assert "output" not in answer["body"] and not client.cuts


def test_the_app_key_of_years_ago_is_known_but_not_enough() -> None:
    client = StreamDesk().client()
    assert client.code(TRADES, CODE, approval_key=None, appkey=client.account.appkey) == "OPSP0010"


def test_unknown_operations_and_symbols() -> None:
    desk = StreamDesk()
    real, paper = desk.client(REAL), desk.client(PAPER)
    assert real.code(TRADES, "999999") == "OPSP8992"
    assert real.code("H0NONE00", CODE) == "OPSP8991"
    assert real.code("H0STMKO0", CODE) == "OPSP0000"
    assert paper.code("H0STMKO0", CODE) == "OPSP8991"
    assert paper.code(TRADES, CODE) == "OPSP0000"


def test_the_other_environments_notices_are_refused_with_a_message() -> None:
    """A client in paper mode asks the real socket for paper notices: closing would cost it its prices."""
    desk = StreamDesk()
    client = desk.client(REAL)
    paper = desk.account(PAPER)
    assert client.code("H0STCNI9", paper.hts_id) == "OPSP8991"
    assert client.code("H0GSCNI9", paper.hts_id) == "OPSP8991"
    assert not client.cuts


def test_the_paper_socket_takes_the_hts_id_of_the_real_account() -> None:
    desk = StreamDesk()
    client = desk.client(PAPER)
    assert client.code("H0STCNI9", desk.account(REAL).hts_id) == "OPSP0000"


def test_a_foreign_hts_id_costs_the_connection() -> None:
    desk = StreamDesk()
    client = desk.client(REAL)
    client.ask("H0STCNI0", "nobody")
    assert client.cuts == ["unknown HTS id"]
    assert not client.session.registrations


def test_a_key_of_the_other_environment_is_unknown_here() -> None:
    desk = StreamDesk()
    assert desk.client(PAPER, desk.account(REAL)).code(TRADES, CODE) == "OPSP0011"
    assert desk.client(REAL, desk.account(PAPER)).code(TRADES, CODE) == "OPSP0011"


def test_one_connection_per_app_key() -> None:
    desk = StreamDesk()
    first, second = desk.client(), desk.client()
    assert first.code(TRADES, CODE) == "OPSP0000"
    refused = second.ask(TRADES, CODE)
    assert refused["body"] == {"rt_cd": "9", "msg_cd": "OPSP8996", "msg1": "ALREADY IN USE appkey"}
    assert refused["header"]["tr_id"] == "(null)"
    assert desk.client(REAL, desk.account(REAL, 1)).code(TRADES, CODE) == "OPSP0000"
    first.session.close(desk.wire)
    assert second.code(TRADES, CODE) == "OPSP0000"


def test_a_broken_connection_may_keep_its_key_for_a_while() -> None:
    desk = StreamDesk(key_linger_seconds=30.0)
    first, second = desk.client(), desk.client()
    first.ask(TRADES, CODE)
    first.session.close(desk.wire, clean=False)
    assert second.code(TRADES, CODE) == "OPSP8996"
    desk.wire += 31
    assert second.code(TRADES, CODE) == "OPSP0000"
    second.session.close(desk.wire, clean=True)
    assert desk.client().code(TRADES, CODE) == "OPSP0000"


@pytest.mark.parametrize("code", ["OPSP0007", "OPSP0009", "OPSP8999", "OPSP9993"])
def test_inner_errors_come_on_demand(code: str) -> None:
    desk = StreamDesk()
    client = desk.client()
    desk.injected = code
    assert client.code(TRADES, CODE) == code
    desk.injected = None
    assert client.code(TRADES, CODE) == "OPSP0000"


def test_every_code_has_words() -> None:
    assert set(TEXTS) >= {f"OPSP000{n}" for n in (0, 1, 2, 3, 7, 8, 9)} | {"OPSP0010", "OPSP0011"}
    assert all(result in "019" and text for result, text in TEXTS.values())


def test_many_approval_keys_live_at_once() -> None:
    desk = StreamDesk()
    client = desk.client()
    for code in (CODE, KOSDAQ, ETF):
        client.approval = desk.approval(client.account)
        assert client.code(TRADES, code) == "OPSP0000"


class TestPingPong:
    def _pings(self, desk: StreamDesk, seconds: int) -> list[str]:
        client = desk.client()
        for _ in range(seconds * 2):
            desk.wire += 0.5
            client.session.tick(desk.wire)
        return [text for text in client.texts if "PINGPONG" in text]

    def test_comes_in_the_set_period_and_carries_market_time(self) -> None:
        pings = self._pings(StreamDesk(ping_seconds=5.0), 21)
        assert len(pings) == 4
        assert json.loads(pings[0]) == {"header": {"tr_id": "PINGPONG", "datetime": "20261116100000"}}

    def test_can_be_switched_off(self) -> None:
        assert self._pings(StreamDesk(ping_seconds=0.0), 60) == []

    @pytest.mark.parametrize("how", ["same text", "re-serialised", "pong frame"])
    def test_an_answer_of_either_kind_keeps_the_connection(self, how: str) -> None:
        desk = StreamDesk(ping_seconds=5.0, ping_drop_seconds=12.0)
        client = desk.client()
        for _ in range(600):
            desk.wire += 0.5
            client.session.tick(desk.wire)
            for text in client.texts:
                if how == "pong frame":
                    client.session.pong(text.encode(), desk.wire)
                else:
                    echo = text if how == "same text" else json.dumps(json.loads(text), indent=1)
                    client.session.receive(echo, desk.wire)
            client.clear()
        assert not client.cuts

    def test_silence_is_cut_after_the_set_time_and_not_before(self) -> None:
        desk = StreamDesk(ping_seconds=5.0, ping_drop_seconds=12.0)
        client = desk.client()
        asked = desk.wire + 5.0
        while not client.cuts:
            desk.wire += 0.5
            client.session.tick(desk.wire)
            client.session.receive('{"header":{"tr_id":"PINGPONG","datetime":"19990101000000"}}', desk.wire)
            client.session.pong(b"\xff\xfe", desk.wire)
            client.session.pong(b"", desk.wire)
        assert client.cuts == ["no answer to PINGPONG"]
        assert desk.wire == asked + 12.5

    def test_a_client_that_answers_late_but_in_time_stays(self) -> None:
        desk = StreamDesk(ping_seconds=5.0, ping_drop_seconds=60.0)
        client = desk.client()
        for _ in range(100):
            desk.wire += 0.5
            client.session.tick(desk.wire)
        client.session.receive(client.texts[0], desk.wire)
        assert not client.cuts

    def test_silence_may_be_borne_for_ever(self) -> None:
        desk = StreamDesk(ping_seconds=5.0, ping_drop_seconds=0.0)
        client = desk.client()
        for _ in range(1000):
            desk.wire += 1.0
            client.session.tick(desk.wire)
        assert not client.cuts


def test_nothing_reaches_a_closed_session() -> None:
    desk = StreamDesk()
    client = desk.client()
    client.ask(TRADES, CODE)
    client.session.close(desk.wire)
    client.session.close(desk.wire)
    client.clear()
    client.session.receive(json.dumps(demand(client.approval, BOOK, CODE)), desk.wire)
    client.session.tick(desk.wire + 1000)
    assert client.texts == [] and desk.feed.sessions == ()
