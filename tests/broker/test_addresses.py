"""Stakes follow from the host alone, and a transport to real money cannot be built without unlocking its account."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from hoga.base.clock import SystemClock
from hoga.base.secret_store import Secret
from hoga.broker.account_number import AccountNumber
from hoga.broker.addresses import (
    Address,
    AddressRefused,
    PaperAddress,
    PracticeAddress,
    PublicAddress,
    RealAddress,
    stakes_at,
)
from hoga.broker.kis import host as kis
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom import host as kiwoom
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.stream import WireClosed, connect_socket
from hoga.broker.transport import READS, HttpCall, HttpChannel, NeverWritten
from hoga.broker.unlocking import NotUnlocked, Unlocked, unlock
from hoga.domain.accounts import PaperAccount, PracticeAccount, RealAccount, Stakes, WireProfile
from tests.broker.helpers import Vault

NUMBER = AccountNumber.parse("50123456-01")
OWN_REAL = (kis.REAL_REST, kis.REAL_WS, kiwoom.REAL_REST, kiwoom.REAL_WS)
OWN_PAPER = (kis.PAPER_REST, kis.PAPER_WS, kiwoom.MOCK_REST, kiwoom.MOCK_WS)


@pytest.mark.parametrize("url", OWN_REAL)
def test_a_broker_s_own_hosts_are_real(url: str) -> None:
    assert stakes_at(url) is Stakes.REAL


@pytest.mark.parametrize("url", OWN_PAPER)
def test_but_for_those_without_real_money(url: str) -> None:
    assert stakes_at(url) is Stakes.PAPER


@pytest.mark.parametrize(
    "url",
    [
        "https://openapivts.koreainvestment.com:9443",  # the paper host at another port
        "wss://ops.koreainvestment.com:21001",
        "https://new-api.kiwoom.com",
        "https://OpenAPI.KoreaInvestment.com.:9443/",
        "https://koreainvestment.com",
    ],
)
def test_what_lies_under_a_broker_s_domain_and_is_no_known_paper_host_counts_as_real(url: str) -> None:
    assert stakes_at(url) is Stakes.REAL
    with pytest.raises(AddressRefused):
        PracticeAddress.elsewhere(url)
    with pytest.raises(AddressRefused):
        PaperAddress(url)


@pytest.mark.parametrize(
    "url",
    ["https://koreainvestment.com.example:443", "https://10.0.0.5:9443", "https://notkiwoom.com", "http://127.0.0.1:1"],
)
def test_any_other_address_is_practice(url: str) -> None:
    assert stakes_at(url) is Stakes.PRACTICE
    assert PracticeAddress.elsewhere(url).stakes is Stakes.PRACTICE


@pytest.mark.parametrize("url", ["http://10.0.0.5:8080", "ws://example.org:80", "ftp://127.0.0.1:1", "https://", "x"])
def test_a_host_elsewhere_is_encrypted_and_an_address_is_an_address(url: str) -> None:
    with pytest.raises(AddressRefused):
        PracticeAddress.elsewhere(url)


def test_an_account_has_the_stakes_of_its_addresses() -> None:
    proof = unlock(NUMBER, "3456")
    vault, clock = Vault(), SystemClock()
    keys, pair = KisKeys(Secret("k" * 36), Secret("s" * 180)), KiwoomKeys(Secret("k" * 43), Secret("s" * 43))

    async def accounts() -> list[type]:
        brokers = [
            KisBroker(KisHost.real(proof), keys, "50123456-01", clock, vault),
            KisBroker(KisHost.paper(), keys, "50123456-01", clock, vault),
            KiwoomBroker(KiwoomHost.real(proof), pair, "50123456-01", clock, vault),
            KiwoomBroker(KiwoomHost.mock(), pair, "50123456-01", clock, vault),
            KisBroker(
                KisHost.elsewhere(WireProfile.KIS_REAL, "https://desk.example", "wss://desk.example"),
                keys, "50123456-01", clock, vault,
            ),
        ]  # fmt: skip
        kinds = [type(broker.account) for broker in brokers]
        assert len({broker.account.connection for broker in brokers}) == len(brokers)
        for broker in brokers:
            await broker.aclose()
        return kinds

    assert asyncio.run(accounts()) == [RealAccount, PaperAccount, RealAccount, PaperAccount, PracticeAccount]


@pytest.mark.parametrize("typed", ["", "0000", "5012", "50123456-01", "３４５６", "456"])
def test_only_the_end_of_the_number_unlocks(typed: str) -> None:
    with pytest.raises(NotUnlocked) as caught:
        unlock(NUMBER, typed)
    assert "3456" not in str(caught.value)


@pytest.mark.parametrize("typed", ["3456", " 3456 ", "5601"])
def test_the_last_four_of_the_eight_or_of_all_ten_do(typed: str) -> None:
    assert unlock(NUMBER, typed).covers(NUMBER)


def test_a_proof_is_for_one_account() -> None:
    async def other() -> None:
        keys = KisKeys(Secret("k" * 36), Secret("s" * 180))
        KisBroker(KisHost.real(unlock(NUMBER, "3456")), keys, "50123457-01", SystemClock(), Vault())

    with pytest.raises(NotUnlocked):
        asyncio.run(other())


def test_a_proof_cannot_be_made_up() -> None:
    with pytest.raises(NotUnlocked):
        Unlocked(NUMBER, object())  # type: ignore[arg-type]
    with pytest.raises(NotUnlocked):
        RealAddress(kis.REAL_REST, object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Address(kis.REAL_REST)


def test_locked_again_nothing_leaves_over_what_was_built_before() -> None:
    async def story() -> None:
        proof = unlock(NUMBER, "3456")
        host = KisHost.real(proof)
        channel = HttpChannel(host.rest, READS)
        proof.revoke()
        with pytest.raises(NeverWritten, match="locked"):
            await channel.send(HttpCall("GET", "/"))
        with pytest.raises(WireClosed):
            await connect_socket(host.ws.at("/tryitout"))
        with pytest.raises(NotUnlocked):
            KisHost.real(proof)
        await channel.aclose()

    asyncio.run(story())  # the guard in conftest sees that no socket was tried


def test_a_request_stays_at_the_host_of_its_channel() -> None:
    async def story(path: str) -> None:
        channel = HttpChannel(PracticeAddress("http://127.0.0.1:9"), READS)
        with pytest.raises(ValueError, match="host of its channel"):
            await channel.send(HttpCall("GET", path))
        await channel.aclose()

    for path in (kis.REAL_REST, "//openapi.koreainvestment.com:9443/x", "x"):
        asyncio.run(story(path))


def test_symbol_files_are_public_and_nothing_else_is() -> None:
    assert PublicAddress(kis.MASTERS).at("/kospi_code.mst.zip").endswith("/common/master/kospi_code.mst.zip")
    with pytest.raises(AddressRefused):
        PublicAddress("https://openapi.koreainvestment.com:9443")


def test_dialects_of_a_broker_s_two_hosts_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="not the dialect"):
        KisHost(
            WireProfile.KIS_REAL,
            PaperAddress(kis.PAPER_REST), PaperAddress(kis.PAPER_WS), "own", PublicAddress(kis.MASTERS),
        )  # fmt: skip
    with pytest.raises(ValueError, match="one kind"):
        KiwoomHost(WireProfile.KIWOOM_MOCK, PaperAddress(kiwoom.MOCK_REST), PracticeAddress("ws://127.0.0.1:1"), "own")


# --- what the type checker sees --------------------------------------------------------------------------------------

_HEAD = """
import asyncio
from hoga.broker.account_number import AccountNumber
from hoga.broker.addresses import Address, PaperAddress, PracticeAddress, RealAddress
from hoga.broker.kis.host import REAL_REST, REAL_WS, KisHost
from hoga.broker.kiwoom.host import KiwoomHost
from hoga.broker.stream import connect_socket
from hoga.broker.transport import READS, HttpChannel
from hoga.broker.unlocking import Unlocked, unlock
from hoga.domain.accounts import PaperAccount, RealAccount, WireProfile

number = AccountNumber.parse("50123456-01")
"""
_ALLOWED = """
proof = unlock(number, "3456")
HttpChannel(KisHost.real(proof).rest, READS)
HttpChannel(RealAddress(REAL_REST, proof), READS)
HttpChannel(KisHost.paper().rest, READS)
HttpChannel(PracticeAddress("http://127.0.0.1:1"), READS)
asyncio.run(connect_socket(KiwoomHost.real(proof).ws.at("/api")))
"""
_REFUSED = (
    "HttpChannel(REAL_REST, READS)",
    'HttpChannel("https://openapi.koreainvestment.com:9443", READS)',
    "HttpChannel(RealAddress(REAL_REST), READS)",
    "asyncio.run(connect_socket(REAL_WS))",
    "KisHost.real()",
    "KiwoomHost.real(number)",
    "Unlocked(number)",
    "Unlocked(number, object())",
    'KisHost(WireProfile.KIS_REAL, REAL_REST, REAL_WS, "own", REAL_REST)',
    'HttpChannel(KisHost.paper().rest + "/x", READS)',
    "def send(account: PaperAccount) -> None: ...\ndef route(account: RealAccount) -> None: send(account)",
)


def _checked(folder: Path, text: str) -> list[str]:
    """The lines in which mypy sees an error, as strict as the house is checked."""
    file = folder / "snippet.py"
    file.write_text(_HEAD + text)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=folder)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    lines = (file.read_text()).splitlines()
    numbers = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    return [lines[number - 1] for number in sorted(numbers)]


def test_the_type_checker_refuses_every_way_to_a_real_host_without_the_proof(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    seen = _checked(tmp_path, _ALLOWED + "\n".join(_REFUSED) + "\n")
    assert seen == [text.splitlines()[-1] for text in _REFUSED]
