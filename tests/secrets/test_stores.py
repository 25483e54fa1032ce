"""The stores: what is set is got, what cannot be kept safely is refused with a reason, and nothing hangs."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

from hoga.base.message import Language
from hoga.base.secret_store import Secret, SecretStore, SecretStoreError, StoreState
from hoga.secrets import WORDINGS, KeyringStore, MemoryStore, PracticeKeyStore
from hoga.secrets.backends import fit_backend
from hoga.secrets.keyring_store import LONGEST
from hoga.secrets.practice_keys import FILE

T = TypeVar("T")
NAME = "kis-real@practice-3f9a/token"
REAL = "kis-real@openapi/appsecret"


def run(work: Coroutine[Any, Any, T]) -> T:
    async def limited() -> T:
        return await asyncio.wait_for(work, 20)

    return asyncio.run(limited())


class MemoryKeyring(KeyringBackend):
    """A keyring as a system has it, in memory. ``before`` runs ahead of each call, as a prompt would."""

    priority = -1  # type: ignore[assignment]  # never found by itself

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.threads: set[int] = set()
        self._before = before

    def _called(self) -> None:
        self.threads.add(threading.get_ident())
        self._before()

    def get_password(self, service: str, username: str) -> str | None:
        self._called()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._called()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._called()
        if (service, username) not in self.entries:
            raise PasswordDeleteError(username)
        del self.entries[service, username]


@pytest.fixture(params=["memory", "practice file", "keyring"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SecretStore]:
    match request.param:
        case "memory":
            yield MemoryStore()
        case "practice file":
            yield PracticeKeyStore(tmp_path)
        case _:
            yield KeyringStore(MemoryKeyring)


def test_every_store_gives_back_what_was_set(store: SecretStore) -> None:
    async def story() -> None:
        assert await store.get(NAME) is None
        await store.delete(NAME)
        await store.set(NAME, Secret("키 one"))
        await store.set("kis-paper@practice-3f9a/token", Secret("two"))
        await store.set(NAME, Secret("three"))
        assert await store.get(NAME) == Secret("three")
        await store.delete(NAME)
        await store.delete(NAME)
        assert await store.get(NAME) is None
        assert await store.get("kis-paper@practice-3f9a/token") == Secret("two")

    run(story())


# --- the system's keyring ---------------------------------------------------------------------------------------------


def test_each_secret_has_a_service_of_its_own_and_calls_leave_the_loops_thread() -> None:
    backend = MemoryKeyring()
    store = KeyringStore(lambda: backend)

    async def story() -> None:
        await store.set("a@b/appkey", Secret("1"))
        await store.set("a@b/appsecret", Secret("2"))

    run(story())
    assert backend.entries == {("hoga/a@b/appkey", "hoga"): "1", ("hoga/a@b/appsecret", "hoga"): "2"}
    assert threading.get_ident() not in backend.threads


def _raises(error: Exception) -> Callable[[], None]:
    def before() -> None:
        raise error

    return before


class PromptDismissedException(Exception):
    """Named as Secret Service's own."""


def _dismissed() -> InitError:
    error = InitError("Failed to create the collection: Prompt dismissed..")
    error.__cause__ = PromptDismissedException()
    return error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NoKeyringError("none"), StoreState.NO_BACKEND),
        (KeyringLocked("locked"), StoreState.LOCKED),
        (InitError("no collection"), StoreState.LOCKED),
        (_dismissed(), StoreState.DENIED),
        (PromptDismissedException(), StoreState.DENIED),
        (PasswordSetError("s3cret-value"), StoreState.FAILED),
        (OSError(1783, "s3cret-value"), StoreState.FAILED),
        (RuntimeError("s3cret-value"), StoreState.FAILED),
    ],
)
def test_a_keyring_that_fails_says_how_without_repeating_what_it_got(error: Exception, state: StoreState) -> None:
    store = KeyringStore(lambda: MemoryKeyring(_raises(error)))
    with pytest.raises(SecretStoreError) as caught:
        run(store.set(REAL, Secret("s3cret-value")))
    assert caught.value.state is state
    assert "s3cret" not in f"{caught.value!r} {caught.value.message} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__


def test_a_prompt_that_nobody_answers_times_out_and_later_calls_wait_their_turn() -> None:
    answered = threading.Event()
    backend = MemoryKeyring(lambda: _wait(answered))
    store = KeyringStore(lambda: backend, patience_s=0.2)

    async def story() -> None:
        for _ in range(2):
            with pytest.raises(SecretStoreError) as caught:
                await store.set(NAME, Secret("late"))
            assert caught.value.state is StoreState.TIMED_OUT
        answered.set()
        await store.set("other@x/token", Secret("now"))
        assert await store.get("other@x/token") == Secret("now")

    run(story())
    # The first call went on behind the prompt; the second was given up before its turn and never made.
    assert list(backend.entries.values()) == ["late", "now"]
    assert len(backend.threads) <= 2


def _wait(answered: threading.Event) -> None:
    if not answered.wait(10):
        raise RuntimeError("the test never answered")


def test_what_windows_could_not_keep_is_refused_everywhere() -> None:
    backend = MemoryKeyring()
    store = KeyringStore(lambda: backend)
    run(store.set(NAME, Secret("x" * LONGEST)))
    with pytest.raises(SecretStoreError) as caught:
        run(store.set(NAME, Secret("x" * (LONGEST + 1))))
    assert caught.value.state is StoreState.TOO_LONG
    assert len(backend.entries["hoga/" + NAME, "hoga"]) == LONGEST


# --- which backends are fit -------------------------------------------------------------------------------------------


def _backend_of(module: str) -> KeyringBackend:
    return type("Keyring", (MemoryKeyring,), {"__module__": module})()


def _chain(*members: KeyringBackend) -> KeyringBackend:
    return type("ChainerBackend", (MemoryKeyring,), {"__module__": "keyring.backends.chainer", "backends": members})()


@pytest.mark.parametrize(
    "module",
    [f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")],
)
def test_the_systems_own_keyrings_are_trusted(module: str) -> None:
    backend = _backend_of(module)
    assert fit_backend(backend) is backend


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (keyring.backends.fail.Keyring(), StoreState.NO_BACKEND),
        (_chain(), StoreState.NO_BACKEND),
        (keyring.backends.null.Keyring(), StoreState.UNSAFE),
        (_backend_of("keyrings.alt.file"), StoreState.UNSAFE),
        (_backend_of("keyring.backends.SecretService.evil"), StoreState.UNSAFE),
        (_chain(_backend_of("keyrings.alt.file")), StoreState.UNSAFE),
    ],
)
def test_a_keyring_that_drops_or_shows_secrets_is_refused(found: KeyringBackend, state: StoreState) -> None:
    with pytest.raises(SecretStoreError) as caught:
        fit_backend(found)
    assert caught.value.state is state


def test_of_a_chain_only_a_trusted_member_is_used() -> None:
    plain, good = _backend_of("keyrings.alt.file"), _backend_of("keyring.backends.SecretService")
    assert fit_backend(_chain(plain, good)) is good


def test_the_environment_cannot_put_a_careless_keyring_in(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.get_keyring()
    try:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        keyring.core.init_backend()
        with pytest.raises(SecretStoreError) as caught:
            run(KeyringStore().set(REAL, Secret("x")))
        assert caught.value.state is StoreState.UNSAFE
    finally:
        keyring.set_keyring(before)


# --- Practice's file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [REAL, "kis-real@practice", "practice-3f9a", "kis-real@real-practice-1/token", "x/y", ""]
)
def test_a_real_key_can_never_land_in_the_file(name: str, tmp_path: Path) -> None:
    store = PracticeKeyStore(tmp_path)
    for call in (store.set(name, Secret("s3cret")), store.get(name), store.delete(name)):
        with pytest.raises(SecretStoreError) as caught:
            run(call)
        assert caught.value.state is StoreState.UNSAFE
    assert list(tmp_path.iterdir()) == []


def test_practice_keys_outlive_the_process_and_belong_to_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    run(PracticeKeyStore(folder).set(NAME, Secret("키")))
    assert run(PracticeKeyStore(folder).get(NAME)) == Secret("키")
    assert [file.name for file in folder.iterdir()] == [FILE]
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}', b"\xff"])
def test_a_damaged_file_is_told_not_overwritten(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    store = PracticeKeyStore(tmp_path)
    for call in (store.get(NAME), store.set(NAME, Secret("x"))):
        with pytest.raises(SecretStoreError, match="deleted"):
            run(call)
    assert (tmp_path / FILE).read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SecretStoreError, match="written"):
        run(PracticeKeyStore(tmp_path / "practice").set(NAME, Secret("x")))


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", StoreState)
@pytest.mark.parametrize("language", Language)
def test_every_state_is_worded_with_an_action(state: StoreState, language: Language) -> None:
    message = SecretStoreError("x", state).message
    wording = WORDINGS[message.code]
    assert wording.sentence(message, language)
    assert wording.action(message, language)
