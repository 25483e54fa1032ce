"""Dependencies: each has its reason, the locks pin them all by hash, and known bad releases stay out."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\]+?))? \\$")


def _pins(name: str) -> list[tuple[str, str, str]]:
    """(name, version, marker) of every pin of a lock, after checking that each line of it is of a known form."""
    pins, hashes = [], 0
    for line in (ROOT / "packaging" / name).read_text("utf-8").splitlines():
        if found := _PIN.match(line):
            assert not pins or hashes, f"{pins[-1]} has no hash"
            pins.append((canonicalize_name(found["name"]), found["version"], found["marker"] or ""))
            hashes = 0
        elif re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line):
            hashes += 1
        else:
            assert line.lstrip().startswith("#"), f"{name} holds something else than pins and hashes: {line!r}"
    assert hashes
    return pins


RUN, TEST = _pins("requirements.lock"), _pins("requirements-test.lock")


@pytest.mark.parametrize("text", [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)])
def test_every_dependency_has_its_reason_beside_or_above_it(text: str) -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.strip().startswith(f'"{text}"')]
    assert re.search(r"#\s*\w", lines[at]) or lines[at - 1].strip().startswith("#")


@pytest.mark.parametrize(
    ("pins", "needs"),
    [
        pytest.param(RUN, PROJECT["dependencies"] + EXTRAS["setup"], id="run"),
        pytest.param(TEST, PROJECT["dependencies"] + EXTRAS["setup"] + EXTRAS["test"], id="test"),
    ],
)
def test_the_lock_pins_every_dependency_within_its_bounds(pins: list[tuple[str, str, str]], needs: list[str]) -> None:
    for text in needs:
        need = Requirement(text)
        versions = [version for name, version, _ in pins if name == canonicalize_name(need.name)]
        assert versions, f"{need.name} is not pinned"
        assert all(need.specifier.contains(version) for version in versions)


def test_the_desk_runs_on_the_releases_that_were_tested() -> None:
    assert {pin[:2] for pin in RUN} <= {pin[:2] for pin in TEST}


def test_releases_of_qt_that_break_are_excluded_and_not_locked() -> None:
    (qt,) = [Requirement(text) for text in PROJECT["dependencies"] if text.startswith("PySide6")]
    assert qt.name == "PySide6-Essentials"
    for bad in ("6.9.3", "6.11.0", "6.11.1", "6.12.0", "6.12.1"):
        assert not qt.specifier.contains(bad)
    assert [version for name, version, _ in TEST if name == "pyside6-essentials"] == ["6.11.3"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_qt_drops_no_reference_of_none() -> None:
    """PySide6 6.12.0 loses one at nearly every call that returns nothing, and aborts after about 5,000."""
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication.instance() or QApplication([])
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.update()
        label.setVisible(False)
    assert sys.getrefcount(None) > before - 50
    label.deleteLater()
    app.processEvents()
