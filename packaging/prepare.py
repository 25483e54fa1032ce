"""Makes the environment that packaging/run and packaging/test work in: ``prepare.py run`` or ``prepare.py test``.

The environment is ``.venv`` beside the sources, with exactly the releases of the lock, checked by their hashes, and
hoga itself from the sources. A note in it says what it was made from, so that the next start only reads that note.
Where packages come from is pip's own configuration. Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import system_needs
from system_needs import Problem

LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock"}


class Environment:
    """``.venv`` under ``root``. Ready for a purpose when its note names the present lock, project file and Python."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._note = self.folder / "hoga-setup.json"

    def is_ready(self, purpose: str) -> bool:
        note = self._read_note()
        return self._is_same_base(note) and note.get("hoga") == self._project() and purpose in note["locks"]

    def make_ready(self, purpose: str) -> None:
        """Bring the environment from whatever it is to ready. Raises Problem."""
        note = self._read_note()
        if not self._is_same_base(note):
            note = self._build_empty()
        # Until all is done the note must not claim it: an interrupted set-up begins again.
        self._note.unlink(missing_ok=True)
        if purpose not in note["locks"]:
            self._install_lock(purpose)
            note["locks"] = sorted({*note["locks"], purpose, *(["run"] if purpose == "test" else [])})
        self._install_hoga()
        note["hoga"] = self._project()
        self._check_qt()
        self._note.write_text(json.dumps(note, indent=1), encoding="utf-8")

    def _base(self) -> dict[str, Any]:
        """What cannot change without building anew: place, Python and both locks, of which one holds the other."""
        locks = [_digest(self.root / "packaging" / name) for name in LOCKS.values()]
        return {"root": str(self.root), "python": f"{sys.version_info[0]}.{sys.version_info[1]}", "digests": locks}

    def _project(self) -> str:
        return _digest(self.root / "pyproject.toml")

    def _is_same_base(self, note: dict[str, Any]) -> bool:
        return self.python.exists() and {name: note.get(name) for name in self._base()} == self._base()

    def _read_note(self) -> dict[str, Any]:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) and isinstance(note.get("locks"), list) else {}

    def _build_empty(self) -> dict[str, Any]:
        print(f"Making {self.folder} with Python {sys.version.split()[0]}", flush=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(self.folder)], capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            raise Problem(f"Python could not make an environment in {self.folder}:\n{made.stdout}{made.stderr}")
        return {**self._base(), "locks": [], "hoga": ""}

    def _install_lock(self, purpose: str) -> None:
        lock = self.root / "packaging" / LOCKS[purpose]
        print(f"Installing the releases of packaging/{lock.name} (some 150 MB the first time)", flush=True)
        # Wheels only: nothing is compiled, and no stranger's build script runs.
        self._pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))

    def _install_hoga(self) -> None:
        self._pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(self.root))

    def _pip(self, *arguments: str) -> None:
        command = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
        # Who has pip install into the home folder by default must not have it here.
        environment = {**os.environ, "PIP_USER": "0"}
        with subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as running:
            assert running.stdout is not None  # noqa: S101 asked for with PIPE
            words = _show_progress(running.stdout)
        if running.returncode != 0:
            raise Problem(_explain_pip(words))

    def _check_qt(self) -> None:
        """The list of libraries is ours; whether Qt can start is Qt's to say."""
        program = "from PySide6.QtWidgets import QApplication; QApplication([])"
        tried = subprocess.run(
            [str(self.python), "-c", program],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
        if tried.returncode != 0:
            says = "\n  ".join(tried.stderr.strip().splitlines()[-3:])
            raise Problem(f"Qt cannot start here; it says:\n  {says}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _show_progress(lines: Iterator[str]) -> list[str]:
    """Show which package is being fetched, on one line of a terminal; return all that pip said."""
    said: list[str] = []
    count = 0
    live = sys.stdout.isatty()
    for line in lines:
        said.append(line.rstrip())
        if line.startswith("Collecting "):
            count += 1
            if live:
                print(f"\r\033[K  {count}: {line.split()[1]}", end="", flush=True)
    if live and count:
        print("\r\033[K", end="", flush=True)
    return said


def _explain_pip(words: list[str]) -> str:
    text = "\n".join(words)
    if "DO NOT MATCH THE HASHES" in text:
        why = (
            "A downloaded file is not the one that the lock names. Do not go on with it; try another network or index."
        )
    elif any(sign in text for sign in ("NewConnectionError", "Failed to establish", "NameResolutionError", "Timeout")):
        why = "There is no way to the package index. Check the network and pip's settings (pip config list)."
    elif "No matching distribution" in text or "Could not find a version" in text:
        why = (
            "The index has no ready-made file of a package for this system. hoga runs on Linux x86-64 (glibc 2.34 or "
            "newer), Linux ARM64 (glibc 2.39), macOS 13 or newer on Apple silicon, and Windows x64."
        )
    else:
        why = "pip failed."
    # Of retries the addresses tell nothing, and of skipped lines there are many.
    telling = [word for word in words if not word.startswith(("WARNING: Retrying", "Ignoring ", "Collecting "))]
    return "\n".join(["pip could not install what hoga needs; its last words:", *(f"  {w}" for w in telling[-8:]), why])


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One set-up at a time: two commands started together must not build the same folder. (Not on Windows.)"""
    try:
        import fcntl
    except ImportError:
        yield
        return
    (root / ".cache").mkdir(exist_ok=True)
    with (root / ".cache" / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this folder to end", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(purpose: str) -> int:
    root = Path(__file__).resolve().parents[1]
    environment = Environment(root)
    begun = time.monotonic()
    try:
        if environment.is_ready(purpose) and not system_needs.missing(purpose):
            return 0
        with _alone(root):
            system_needs.provide(purpose)
            if environment.is_ready(purpose):
                return 0
            environment.make_ready(purpose)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The set-up could not write or start something: {error}", file=sys.stderr)
        return 1
    print(f"Ready in {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
