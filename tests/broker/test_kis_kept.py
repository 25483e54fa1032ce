"""What KisBroker keeps and tells: nothing personal, no other machine, and whether the broker can be reached."""

from __future__ import annotations

import httpx
import pytest

from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret
from hoga.broker.addresses import AddressRefused
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import (
    BrokerEvent,
    Stream,
    StreamChanged,
    StreamHealth,
    Unreachable,
)
from hoga.domain.accounts import PracticeAccount, Stakes, WireProfile
from tests.broker.scripted import ACK, BUY, SAMSUNG, TODAY, Script, answer, fail, ok, order_row, play


def test_nothing_personal_is_kept_of_raw_replies() -> None:
    scrubber = Scrubber()

    async def story(broker: KisBroker, script: Script) -> None:
        report = (await broker.orders(TODAY)).rows[0]
        outcome = await broker.place(BUY)
        for kept in (str(report.raw), str(outcome), repr(broker.account)):
            assert "50123456" not in kept and "my_hts_id" not in kept and "01012345678" not in kept
        assert "token-1" not in scrubber.text("so the token-1 leaked")

    row = order_row(1, ctac_tlno="01012345678", inqr_ip_addr="10.0.0.1", memo="50123456-01 my_hts_id")
    ack = {**ok(output=ACK), "msg1": "계좌 50123456 my_hts_id"}
    play([answer(ok(output1=[row]), tr_cont="D"), answer(ack)], story, scrubber=scrubber)


def test_the_account_is_a_practice_account_whatever_the_dialect() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(broker.account, PracticeAccount) and broker.account.stakes is Stakes.PRACTICE
        assert broker.account.label == "******56-01" and "50123456" not in broker.account.connection
        assert broker.account.connection.startswith("kis-real@practice-test-")

    play([answer(ok())], story)


def test_rest_health_follows_what_happens() -> None:
    heard: list[BrokerEvent] = []

    async def story(broker: KisBroker, script: Script) -> None:
        await broker.sellable(SAMSUNG)
        with pytest.raises(Unreachable):
            await broker.sellable(SAMSUNG)

    play([answer(ok(output={"ord_psbl_qty": "5"})), fail(httpx.ConnectError)], story, heard=heard)
    rest = [event.health for event in heard if isinstance(event, StreamChanged) and event.stream is Stream.REST]
    assert rest == [StreamHealth.LIVE, StreamHealth.DOWN]


@pytest.mark.parametrize(
    "address",
    [
        "https://openapi.koreainvestment.com:9443",
        "http://10.0.0.1:8080",
        "http://127.0.0.1",
        "http://user:secret@127.0.0.1:8080",
        "http://127.0.0.1:8080/?x=1",
        "http://localhost.evil.example:80",
        "http://[::ffff:8.8.8.8]:80",
        "ftp://127.0.0.1:1",
        "127.0.0.1:1",
        "http://127.0.0.1:port",
    ],
)
def test_no_other_machine_can_be_built(address: str) -> None:
    with pytest.raises(AddressRefused):
        KisHost.on_practice(WireProfile.KIS_REAL, address, "ws://127.0.0.1:2", "practice-test")
    with pytest.raises(AddressRefused):
        KisHost.on_practice(WireProfile.KIS_REAL, "http://127.0.0.1:1", address.replace("http", "ws"), "practice-test")
    with pytest.raises(AddressRefused):
        KisHost.on_practice(
            WireProfile.KIS_REAL, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-test", masters=address
        )


def test_keys_and_numbers_never_show() -> None:
    keys = KisKeys(Secret("K" * 36), Secret("S" * 180), Secret("my_hts_id"))
    assert "KKK" not in repr(keys) and "SSS" not in repr(keys) and "my_hts_id" not in repr(keys)
    with pytest.raises(ValueError, match="8 and 2 digits") as caught:
        from hoga.broker.account_number import AccountNumber

        AccountNumber.parse("5012345")
    assert "5012345" not in str(caught.value)
