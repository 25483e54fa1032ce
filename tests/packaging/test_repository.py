"""What may stand in a committed file, and that the commands are in order."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {
    ".git", ".venv", ".cache", ".hypothesis", "__pycache__", "build", "dist",
    ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache",
}  # fmt: skip
# Put together here, so that this file does not name them either.
_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "deb.debian" + ".org",
    "npmjs" + ".org",
    "pkg" + ".dev",
    "snapshot." + "debian",
)
_PLACES = ("work", "root", "tmp", "opt", "home")
_MACHINE_PATH = re.compile(rf"(?<![\w.~}}\])/])/(?:{'|'.join(_PLACES)})/[\w.]")


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _NOT_OURS and not name.endswith(".egg-info")]
        yield from (Path(folder) / name for name in names if not name.endswith(".pyc"))


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = []
    for path in _files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if any(host in line for host in _HOSTS) or _MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize("line", ["/" + "work/main", "see /" + "tmp/x", '"/' + 'root/.config"', "(/" + "opt/venv)"])
def test_such_paths_would_be_noticed(line: str) -> None:
    assert _MACHINE_PATH.search(line)


@pytest.mark.parametrize("name", ["packaging/run", "packaging/test", "packaging/lock", "packaging/campaign", ".ci/run"])
@pytest.mark.skipif(sys.platform == "win32", reason="files have no executable bit there")
def test_the_commands_can_be_run_and_are_plain_sh(name: str) -> None:
    path = ROOT / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert path.read_text().startswith("#!/bin/sh\n")
    for part in (path, ROOT / "packaging" / "python.sh"):
        subprocess.run(["sh", "-n", str(part)], check=True)


def test_packaging_stays_importable_as_the_library_of_that_name() -> None:
    # The folder of that name must never become a package: it would stand in the library's way for tools run from here.
    assert not (ROOT / "packaging" / "__init__.py").exists()
