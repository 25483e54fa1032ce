"""Practice's own keys in a file of its folder. They open nothing but a made-up exchange on this machine.

A name of any other connection is refused, so that no real key can ever land in a file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from hoga.base.message import Message
from hoga.base.secret_store import Secret, SecretStoreError, StoreState

FILE = "desk-keys.json"
_PRACTICE = re.compile(r"[a-z-]+@practice-[A-Za-z0-9_-]+(?:/[A-Za-z0-9_./-]+)?")


def is_practice(name: str) -> bool:
    """Whether a secret's name is one of a Practice connection: ``kis-real@practice-3f9a/token``."""
    return _PRACTICE.fullmatch(name) is not None


class PracticeKeyStore:
    """A SecretStore in ``folder``, for names of Practice connections only; any other name raises UNSAFE.

    The file is read at each call and replaced as a whole: a crash leaves the old or the new one.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    async def get(self, name: str) -> Secret | None:
        _must_be_practice(name)
        text = self._read().get(name)
        return None if text is None else Secret(text)

    async def set(self, name: str, secret: Secret) -> None:
        _must_be_practice(name)
        self._write({**self._read(), name: secret.reveal()})

    async def delete(self, name: str) -> None:
        _must_be_practice(name)
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            raise self._failed("read", error) from None

    def _write(self, kept: dict[str, str]) -> None:
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(kept))
            fresh.replace(self._path)
        except OSError as error:
            raise self._failed("written", error) from None

    def _failed(self, what: str, error: Exception) -> SecretStoreError:
        kind = type(error).__name__
        return SecretStoreError(
            f"{self._path} could not be {what} ({kind}); it can be deleted: Practice makes its keys anew",
            StoreState.FAILED,
            Message("SECRETS_PRACTICE_FILE", {"path": str(self._path), "kind": kind}),
        )


def _must_be_practice(name: str) -> None:
    if not is_practice(name):
        raise SecretStoreError("only keys of the practice exchange may lie in a file", StoreState.UNSAFE)
