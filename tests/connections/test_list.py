"""The list of connections: kept over starts without a secret in it, changed live, deleted with its secrets."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hoga.app.connection_file import FILE
from hoga.app.leaving import FOLDER
from hoga.app.words import words
from hoga.base.message import Language
from hoga.base.secret_store import Secret, SecretStoreError, StoreState
from hoga.domain.accounts import Stakes
from hoga.domain.tickets import Side
from hoga.trading.connections import (
    Addresses,
    ConnectionRefused,
    Draft,
    Field,
    Keep,
    Key,
    Standing,
    Step,
    StepKind,
    StepState,
)
from tests.connections.helpers import (
    KIS,
    KIWOOM,
    by_hand,
    desk_of,
    opened,
    row,
    run,
    saved,
    standings,
    traded,
    typed,
    wait_for,
)
from tests.secrets.test_stores import MemoryKeyring
from tests.ui.whole.conftest import Exchange

PAPER = (Key("practice-kis-paper"), Key("practice-kiwoom-mock"))


def keys_of(keyring: MemoryKeyring, key: Key) -> set[str]:
    return {service.rsplit("/", 1)[1] for service, _ in keyring.entries if f"/{key}/" in service}


def test_a_connection_is_added_traded_on_and_found_again_at_the_next_start(exchange: Exchange, tmp_path: Path) -> None:
    keyring = MemoryKeyring()

    async def first() -> Key:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await saved(connections, exchange)
            desk = await opened(connections, key)
            assert row(connections, key).details.stakes is Stakes.PRACTICE
            assert desk.account.connection.startswith("kis-real@other-")
            await traded(desk, Side.BUY, 1)
            await connections.move(key, 0)
            await connections.enable(KIWOOM, False)
            assert keys_of(keyring, key) == {"app-key", "app-secret", "account", "hts-id", "token"}
            return key

    async def second(key: Key) -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            shown = await connections.first()
            assert shown is not None and shown.details.key == key
            assert shown.details.label == desk_label(exchange)
            assert [one.details.key for one in connections.all()][:3] == [key, KIS, KIWOOM]
            assert standings(connections)[1:] == [Standing.DISABLED] * 4
            desk = await opened(connections, key)
            assert len(desk.fills()) >= 1, "its journal is the same one"

    key = run(first())
    text = (tmp_path / FILE).read_text()
    for secret in (*typed(exchange).values(), *(Secret(value) for value in keyring.entries.values())):
        assert secret.reveal() not in text
    assert json.loads(text)["connections"][0]["key"] == key
    run(second(key))


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sqlite"))


def desk_label(exchange: Exchange) -> str:
    number = exchange.process.account("real")["account"]
    return f"******{number[6:8]}-{number[-2:]}"


def test_deleting_one_deletes_its_secrets_and_sets_its_journal_aside(exchange: Exchange, tmp_path: Path) -> None:
    keyring = MemoryKeyring()

    async def story() -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await saved(connections, exchange)
            await traded(await opened(connections, key), Side.BUY, 1)
            account = row(connections, key).account
            assert account is not None and (tmp_path / f"{account.connection}.sqlite").exists()
            kiwoom = await opened(connections, KIWOOM)
            await connections.delete(key)
            assert keys_of(keyring, key) == set()
            assert key not in [one.details.key for one in connections.all()]
            assert not [path for path in journals(tmp_path) if path.stem == account.connection]
            (kept,) = journals(tmp_path / FOLDER)
            assert kept.stem.startswith(f"{account.connection}-")
            said = [line.message for line in kiwoom.activity() if line.message.code == "CONNECTION_DELETED_JOURNAL"]
            assert str(kept) in words(said[0], Language.KO)
            with pytest.raises(ConnectionRefused):
                await connections.delete(key)

    run(story())


def test_a_keyring_that_fails_keeps_the_connection_until_its_secrets_are_gone(
    exchange: Exchange, tmp_path: Path
) -> None:
    keyring = MemoryKeyring()

    async def story() -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await saved(connections, exchange)
            await opened(connections, key)

            def locked() -> None:
                raise SecretStoreError("locked", StoreState.LOCKED)

            keyring._before = locked
            with pytest.raises(SecretStoreError):
                await connections.delete(key)
            assert key in [one.details.key for one in connections.all()]
            keyring._before = lambda: None
            await connections.delete(key)
            assert keys_of(keyring, key) == set()

    run(story())


def test_keys_for_this_run_leave_nothing_behind(exchange: Exchange, tmp_path: Path) -> None:
    keyring = MemoryKeyring()

    async def first() -> Key:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await saved(connections, exchange, keep=Keep.THIS_RUN)
            await opened(connections, key)
            assert keys_of(keyring, key) == set()
            return key

    async def second(key: Key) -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            await wait_for(lambda: row(connections, key).standing is Standing.FAILED)
            why = row(connections, key).why
            assert why is not None and why.code == "CONNECTION_KEYS_MISSING"
            details = row(connections, key).details
            assert await connections.save(Draft(details, typed(exchange))) == key
            await opened(connections, key)

    run(second(run(first())))


def test_a_change_is_live_and_only_what_leads_elsewhere_opens_anew(exchange: Exchange, tmp_path: Path) -> None:
    keyring = MemoryKeyring()

    async def story() -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            key = await saved(connections, exchange)
            desk = await opened(connections, key)
            await connections.save(Draft(replace(row(connections, key).details, name="새 이름")))
            assert row(connections, key).desk is desk and row(connections, key).details.name == "새 이름"

            hidden = {Field.HTS_ID: Secret("")}
            await connections.save(Draft(row(connections, key).details, hidden))
            assert keys_of(keyring, key) >= {"app-key", "app-secret", "account"}
            assert "hts-id" not in keys_of(keyring, key)
            await wait_for(lambda: row(connections, key).standing is Standing.OPEN)
            assert row(connections, key).desk is not desk

            token = [value for (service, _), value in keyring.entries.items() if service.endswith(f"{key}/token")]
            await connections.save(Draft(row(connections, key).details, {Field.APP_SECRET: Secret("x" * 180)}))
            kept = [value for (service, _), value in keyring.entries.items() if service.endswith(f"{key}/token")]
            assert token and kept != token, "a token never stands beside other keys"

    run(story())


@pytest.mark.parametrize(
    ("changes", "secrets", "code"),
    [
        ({}, {Field.ACCOUNT: Secret("123")}, "CONNECTION_ACCOUNT"),
        ({}, {Field.APP_KEY: Secret("")}, "CONNECTION_KEYS_MISSING"),
        ({"addresses": Addresses("http://10.0.0.1:1", "ws://10.0.0.1:2")}, {}, "CONNECTION_ADDRESS"),
        ({"addresses": Addresses("https://openapi.koreainvestment.com", "wss://a.example")}, {}, "CONNECTION_ADDRESS"),
        ({"practice": True, "addresses": None}, {}, "CONNECTION_TWICE"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_and_nothing_is_kept(
    exchange: Exchange, tmp_path: Path, changes: dict[str, object], secrets: dict[Field, Secret], code: str
) -> None:
    keyring = MemoryKeyring()

    async def story() -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            details = replace(by_hand(exchange), **changes)  # type: ignore[arg-type]
            with pytest.raises(ConnectionRefused) as caught:
                await connections.save(Draft(details, {**typed(exchange), **secrets}))
            assert caught.value.message.code == code
            assert words(caught.value.message, Language.KO) != code
            assert len(connections.all()) == 4 and not keyring.entries

    run(story())


def test_one_account_is_open_in_one_connection_only(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            one = await saved(connections, exchange)
            await opened(connections, one)
            two = await connections.save(Draft(by_hand(exchange, "한 번 더"), typed(exchange)))
            await wait_for(lambda: row(connections, two).standing is Standing.FAILED)
            why = row(connections, two).why
            assert why is not None and (why.code, why.values["name"]) == ("CONNECTION_TWICE", "직접 입력")
            await connections.enable(one, False)
            await connections.enable(two, True)
            await opened(connections, two)

    run(story())


def test_a_list_that_cannot_be_read_is_set_aside(exchange: Exchange, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"version": 1, "connections": [{"key": "a"')

    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            assert [one.details.key for one in connections.all()][:2] == [KIS, KIWOOM]
            (notice,) = connections.notices
            assert notice.code == "CONNECTIONS_SET_ASIDE" and (tmp_path / str(notice.values["aside"])).exists()
            assert not (tmp_path / FILE).exists()
            await connections.move(KIWOOM, 0)
            assert (tmp_path / FILE).exists()

    run(story())


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b'{"version": 99, "connections": []}'])
def test_any_other_content_is_set_aside_too(content: bytes, tmp_path: Path) -> None:
    from hoga.app.connection_file import USUAL, ConnectionFile

    (tmp_path / FILE).write_bytes(content)
    file = ConnectionFile(tmp_path)
    assert file.read().connections == USUAL and file.trouble is not None
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]


def test_the_command_line_chooses_the_dialects_for_one_start(exchange: Exchange, tmp_path: Path) -> None:
    async def paper() -> None:
        async with desk_of(exchange, tmp_path, environment="paper") as connections:
            first = await connections.first()
            assert first is not None and first.details.key in PAPER
            await wait_for(lambda: standings(connections)[2:] == [Standing.OPEN, Standing.OPEN])
            assert standings(connections)[:2] == [Standing.DISABLED, Standing.DISABLED]

    async def usual() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            assert [one.details.enabled for one in connections.all()] == [True, True, False, False]

    run(paper())
    run(usual())


def test_a_full_disk_refuses_a_change_and_leaves_no_secret(
    exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = MemoryKeyring()

    async def story() -> None:
        async with desk_of(exchange, tmp_path, keyring) as connections:
            with monkeypatch.context() as full:
                full.setattr("os.fsync", _full)
                with pytest.raises(ConnectionRefused) as caught:
                    await connections.save(Draft(by_hand(exchange), typed(exchange)))
            assert caught.value.message.code == "CONNECTIONS_NOT_SAVED"
            assert not keyring.entries and len(connections.all()) == 4

    run(story())


def _full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_it_is_tested_before_it_is_kept_and_its_token_is_used_on(exchange: Exchange, tmp_path: Path) -> None:
    keyring = MemoryKeyring()

    async def tested(draft: Draft) -> list[Step]:
        async with aclosing(connections_now.test(draft)) as steps:
            return [step async for step in steps if step.state is not StepState.RUNNING]

    async def story() -> None:
        nonlocal connections_now
        async with desk_of(exchange, tmp_path, keyring) as connections:
            connections_now = connections
            await connections.enable(KIS, False)
            steps = await tested(Draft(by_hand(exchange), typed(exchange)))
            assert [step.kind for step in steps] == list(StepKind)
            assert {step.state for step in steps} <= {StepState.PASSED, StepState.WARNED}, steps
            assert not keyring.entries and len(connections.all()) == 4

            wrong = await tested(Draft(by_hand(exchange), typed(exchange, app_key="Z" * 36)))
            assert StepState.FAILED in [step.state for step in wrong]

    connections_now: Any = None
    run(story())


def test_who_asked_and_left_leaves_nothing_half_done(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            key = await saved(connections, exchange)
            await opened(connections, key)
            asked = asyncio.ensure_future(connections.delete(key))
            await asyncio.sleep(0)
            asked.cancel()
            await wait_for(lambda: key not in [one.details.key for one in connections.all()])
            assert (tmp_path / FOLDER).exists()

    run(story())
