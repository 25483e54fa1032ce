"""A real Secret Service: gnome-keyring in a D-Bus session of its own, with its files in a folder of the test.

Each step is a session and a process of its own, so that nothing but the keyring's own file can carry a secret over.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
KEY = "kis-real-3f9a12"
MARK = "한글도-PLANTED-0123456789"

_SESSION = """
fed=$1; shift
printf '%s' a-password | gnome-keyring-daemon $fed --foreground --components=secrets >/dev/null 2>&1 &
keyring=$!
trap 'kill $keyring' EXIT
for _ in $(seq 50); do
  owned=$(dbus-send --session --print-reply --dest=org.freedesktop.DBus / \\
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -c 'boolean true')
  [ "$owned" = 1 ] && break
  sleep 0.1
done
"$@"
"""
_STEP = """
import asyncio, json, sys
from pathlib import Path
from hoga.base.secret_store import Secret, SecretStoreError
from hoga.secrets import ConnectionSecrets, KeyringStore

async def main(folder, what, key, secrets):
    store = ConnectionSecrets(Path(folder), KeyringStore(patience_s=20))
    try:
        if what == "keep":
            await store.keep(key, {name: Secret(text) for name, text in secrets.items()})
            await store.store(key).set(key + "/token", Secret("the token"))
        elif what == "forget":
            await store.forget(key)
        token = await store.store(key).get(key + "/token")
        found = {name: secret.reveal() for name, secret in (await store.read(key)).items()}
        return {"found": found, "token": None if token is None else token.reveal()}
    except SecretStoreError as error:
        return {"refused": error.state.value}

what = json.loads(sys.stdin.read())
print("ANSWER" + json.dumps(asyncio.run(main(**what))))
"""


@pytest.fixture(autouse=True)
def needed() -> None:
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if sys.platform != "linux" or absent:
        pytest.skip(f"no Secret Service can be started here: {', '.join(absent) or sys.platform}")


def session(home: Path, what: str, *, locked: bool = False) -> dict[str, object]:
    """One run of hoga's store in a session of its own; what it found there."""
    order = {
        "folder": str(home / "practice"),
        "what": what,
        "key": KEY,
        "secrets": {"app-key": MARK, "app-secret": "s" * 180, "account": "5012345601"},
    }
    environment = {
        "HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "XDG_RUNTIME_DIR": str(home / "run"),
        "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
    }  # fmt: skip
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    state = "--start" if locked else "--unlock"
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION, "session", state, sys.executable, "-c", _STEP],
        input=json.dumps(order), capture_output=True, text=True, env=environment, timeout=60, check=False,
    )  # fmt: skip
    answers = [line.removeprefix("ANSWER") for line in done.stdout.splitlines() if line.startswith("ANSWER")]
    assert answers, f"no answer: {done.stdout}{done.stderr}"
    answer: dict[str, object] = json.loads(answers[-1])
    return answer


def test_secrets_outlive_a_run_and_are_gone_once_deleted(tmp_path: Path) -> None:
    kept = {"app-key": MARK, "app-secret": "s" * 180, "account": "5012345601"}
    assert session(tmp_path, "keep") == {"found": kept, "token": "the token"}
    assert session(tmp_path, "read") == {"found": kept, "token": "the token"}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not [path for path in files if MARK.encode() in path.read_bytes()]
    assert session(tmp_path, "forget") == {"found": {}, "token": None}
    assert session(tmp_path, "read") == {"found": {}, "token": None}


def test_a_locked_keyring_is_said_to_be_locked(tmp_path: Path) -> None:
    session(tmp_path, "keep")
    answer = session(tmp_path, "read", locked=True)
    assert answer == {"refused": "locked"}
