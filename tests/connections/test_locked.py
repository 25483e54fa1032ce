"""Real money: locked after every start, unlocked by a deliberate act, locked again at once. Nothing is reached."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from hoga.base.secret_store import Secret
from hoga.domain.accounts import RealAccount, Stakes, WireProfile
from hoga.trading.connections import ConnectionRefused, Details, Draft, Field, Keep, Key, Standing, StepState
from tests.connections.helpers import KIS, desk_of, row, run, standings, wait_for
from tests.secrets.test_stores import MemoryKeyring
from tests.ui.whole.conftest import Exchange

NUMBER = "50123456-01"
TYPED = {
    Field.APP_KEY: Secret("K" * 36),
    Field.APP_SECRET: Secret("S" * 180),
    Field.ACCOUNT: Secret(NUMBER),
    Field.HTS_ID: Secret("hoga_hts"),
}
BOTH = pytest.mark.parametrize("profile", [WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL], ids=lambda one: one.value)
HOSTS = {WireProfile.KIS_REAL: "openapi.koreainvestment.com", WireProfile.KIWOOM_REAL: "api.kiwoom.com"}


def real(profile: WireProfile) -> Draft:
    return Draft(Details(Key(""), "내 실전 계좌", profile), TYPED)


@pytest.fixture
def tried(loopback_only: list[Any]) -> Iterator[list[Any]]:
    """What was reached for; looked at by the test itself."""
    yield loopback_only
    loopback_only.clear()


@BOTH
def test_it_is_locked_after_every_start_and_nothing_is_reached(
    exchange: Exchange, tmp_path: Path, tried: list[Any], profile: WireProfile
) -> None:
    keyring = MemoryKeyring()

    async def first() -> Key:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await connections.save(real(profile))
            assert row(connections, key).standing is Standing.LOCKED
            assert row(connections, key).details.stakes is Stakes.REAL
            await asyncio.sleep(0.3)
            return key

    async def second(key: Key) -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            await wait_for(lambda: row(connections, KIS).standing is Standing.OPEN)
            assert row(connections, key).standing is Standing.LOCKED
            assert row(connections, key).account is None and row(connections, key).details.label == "******56-01"
            await connections.enable(key, True)
            assert row(connections, key).standing is Standing.LOCKED

    run(second(run(first())))
    assert tried == []


@BOTH
@pytest.mark.parametrize("digits", ["", "0000", "5012", NUMBER])
def test_other_digits_do_not_unlock_it(
    exchange: Exchange, tmp_path: Path, tried: list[Any], profile: WireProfile, digits: str
) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            key = await connections.save(real(profile))
            with pytest.raises(ConnectionRefused) as caught:
                await connections.unlock(key, digits)
            assert caught.value.message.code == "CONNECTION_WRONG_DIGITS"
            assert row(connections, key).standing is Standing.LOCKED

    run(story())
    assert tried == []


@BOTH
def test_unlocked_it_goes_to_the_broker_s_own_host_until_it_is_locked_again(
    exchange: Exchange, tmp_path: Path, tried: list[Any], profile: WireProfile
) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            key = await connections.save(real(profile))
            await connections.unlock(key, "3456")
            await wait_for(lambda: row(connections, key).standing is Standing.OPEN)
            assert isinstance(row(connections, key).account, RealAccount)
            await wait_for(lambda: tried)
            await connections.lock(key)
            assert row(connections, key).standing is Standing.LOCKED and row(connections, key).desk is None
            tried_before = len(tried)
            await asyncio.sleep(1.0)
            assert len(tried) == tried_before, "locked, nothing is tried any more"
            await connections.unlock(key, "5601")
            await wait_for(lambda: len(tried) > tried_before)
            await connections.save(Draft(row(connections, key).details, {Field.HTS_ID: Secret("other")}))
            assert row(connections, key).standing is Standing.LOCKED, "what was changed is unlocked anew"

    run(story())
    assert set(tried) == {HOSTS[profile]}


@BOTH
def test_a_test_of_it_needs_the_digits_too(
    exchange: Exchange, tmp_path: Path, tried: list[Any], profile: WireProfile
) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            async with aclosing(connections.test(real(profile))) as steps:
                locked = [step async for step in steps]
            assert [(step.state, step.said and step.said.code) for step in locked] == [
                (StepState.FAILED, "CONNECTION_TEST_LOCKED")
            ]
            assert tried == []
            async with aclosing(connections.test(real(profile), "3456")) as steps:
                first = [await anext(steps), await anext(steps)]
            assert first[-1].state is StepState.FAILED and tried
            assert standings(connections)[:2] != [] and len(connections.all()) == 4

    run(story())
    assert set(tried) == {HOSTS[profile]}


def test_paper_hosts_need_no_unlocking(exchange: Exchange, tmp_path: Path, tried: list[Any]) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            draft = Draft(Details(Key(""), "모의", WireProfile.KIWOOM_MOCK, keep=Keep.THIS_RUN), TYPED)
            key = await connections.save(draft)
            await wait_for(lambda: row(connections, key).standing is Standing.OPEN and tried)
            assert row(connections, key).details.stakes is Stakes.PAPER

    run(story())
    assert set(tried) == {"mockapi.kiwoom.com"}
