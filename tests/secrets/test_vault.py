"""A connection's entries: all kept or none, each by itself, gone with the connection, never in memory unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from hoga.base.secret_store import Secret, SecretStoreError, StoreState
from hoga.secrets import ConnectionSecrets, KeyringStore
from hoga.secrets.backends import fit_backend
from tests.secrets.test_stores import MemoryKeyring

T = TypeVar("T")
KEY = "kis-real-3f9a12"
TYPED = {"app-key": Secret("a" * 36), "app-secret": Secret("b" * 180), "account": Secret("5012345601")}


def run(work: Coroutine[Any, Any, T]) -> T:
    async def limited() -> T:
        return await asyncio.wait_for(work, 20)

    return asyncio.run(limited())


class Stubborn(MemoryKeyring):
    """Refuses to write one entry."""

    def __init__(self, refused: str) -> None:
        super().__init__()
        self.refused = refused

    def set_password(self, service: str, username: str, password: str) -> None:
        if service.endswith(self.refused):
            raise KeyringLocked("locked in between")
        super().set_password(service, username, password)


def secrets_on(tmp_path: Path, find: Callable[[], KeyringBackend]) -> ConnectionSecrets:
    return ConnectionSecrets(tmp_path, KeyringStore(find))


def test_one_entry_for_each_secret_and_none_of_it_in_a_file(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    secrets = secrets_on(tmp_path, lambda: backend)

    async def story() -> None:
        await secrets.keep(KEY, TYPED)
        assert await secrets.read(KEY) == TYPED
        await secrets.store(KEY).set(f"{KEY}/token", Secret("token"))

    run(story())
    assert {service for service, _ in backend.entries} == {
        f"hoga/{KEY}/{name}" for name in ("app-key", "app-secret", "account", "token")
    }
    assert list(tmp_path.iterdir()) == []


def test_deleting_a_connection_deletes_every_entry_and_no_other(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    secrets = secrets_on(tmp_path, lambda: backend)

    async def story() -> None:
        await secrets.keep(KEY, {**TYPED, "hts-id": Secret("hong")})
        await secrets.store(KEY).set(f"{KEY}/token", Secret("token"))
        await secrets.keep("kis-real-999999", TYPED)
        await secrets.forget(KEY)
        assert await secrets.read(KEY) == {}
        await secrets.forget(KEY)

    run(story())
    assert {service for service, _ in backend.entries} == {f"hoga/kis-real-999999/{name}" for name in TYPED}


@pytest.mark.parametrize("refused", ["app-key", "app-secret", "account"])
def test_all_of_them_are_kept_or_none(tmp_path: Path, refused: str) -> None:
    backend = Stubborn(refused)
    secrets = secrets_on(tmp_path, lambda: backend)
    with pytest.raises(SecretStoreError) as failed:
        run(secrets.keep(KEY, TYPED))
    assert failed.value.state is StoreState.LOCKED
    assert backend.entries == {}


def test_a_change_that_fails_leaves_what_stood_there(tmp_path: Path) -> None:
    backend = Stubborn("nothing")
    secrets = secrets_on(tmp_path, lambda: backend)
    run(secrets.keep(KEY, TYPED))
    backend.refused = "account"
    with pytest.raises(SecretStoreError):
        run(secrets.keep(KEY, {"app-key": Secret("new"), "account": Secret("6012345601")}))
    backend.refused = "nothing"
    assert run(secrets.read(KEY)) == TYPED


def test_without_a_keyring_nothing_is_kept_unless_the_person_says_for_this_run(tmp_path: Path) -> None:
    secrets = secrets_on(tmp_path, lambda: fit_backend(keyring.backends.fail.Keyring()))

    async def story() -> None:
        with pytest.raises(SecretStoreError) as failed:
            await secrets.check()
        assert failed.value.state is StoreState.NO_BACKEND
        with pytest.raises(SecretStoreError):
            await secrets.keep(KEY, TYPED)
        await secrets.keep(KEY, TYPED, this_run=True)
        assert await secrets.read(KEY, this_run=True) == TYPED
        await secrets.forget(KEY, this_run=True)
        assert await secrets.read(KEY, this_run=True) == {}

    run(story())
    assert list(tmp_path.iterdir()) == []


def test_what_moves_into_memory_leaves_the_keyring(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    secrets = secrets_on(tmp_path, lambda: backend)

    async def story() -> None:
        await secrets.keep(KEY, TYPED)
        await secrets.store(KEY).set(f"{KEY}/token", Secret("token"))
        await secrets.keep(KEY, TYPED, this_run=True)
        assert await secrets.read(KEY, this_run=True) == TYPED

    run(story())
    assert backend.entries == {}


def test_practice_keys_stay_in_practices_folder(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    secrets = secrets_on(tmp_path, lambda: backend)
    run(secrets.store("kis-real@practice-3f9a").set("kis-real@practice-3f9a/token", Secret("t")))
    assert backend.entries == {}
    assert [path.name for path in tmp_path.iterdir()] == ["desk-keys.json"]


def test_a_name_that_is_no_secret_of_a_connection_is_refused(tmp_path: Path) -> None:
    secrets = secrets_on(tmp_path, MemoryKeyring)
    with pytest.raises(ValueError, match="colour"):
        run(secrets.keep(KEY, {"colour": Secret("red")}))
