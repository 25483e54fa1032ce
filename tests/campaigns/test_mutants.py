"""Each rule that keeps orders from being lost or doubled is held by a test: break the rule, and that test fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaigns.patches import apply

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = Path(__file__).parent / "mutants"
KILLERS = {
    "no-journal-before-send": "test_desk.py::test_an_unwritable_journal_refuses_new_orders_and_sends_nothing",
    "retry-of-a-write": "test_desk.py::test_a_timeout_leaves_the_outcome_open_and_the_list_settles_it",
    "two-twins-in-the-air": "test_desk.py::test_one_fingerprint_in_the_air_at_a_time",
    "sum-of-notices-alone": "test_desk.py::test_after_an_outage_what_happened_is_caught_up",
    "absence-after-one-read": "test_desk.py::test_absence_needs_three_reads_and_a_minute",
    "claim-twice": "test_settling.py::test_a_number_that_one_order_has_is_never_given_to_another",
    "want-without-unknown": "test_portfolio.py::test_working_queued_and_unknown_buys_hold_cash_back_until_they_end",
}


def test_every_patch_has_its_test() -> None:
    assert {patch.stem for patch in MUTANTS.glob("*.patch")} == set(KILLERS)


@pytest.mark.parametrize("mutant", list(KILLERS))
def test_a_broken_rule_is_noticed(mutant: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "ui", "*.egg-info"))
    apply((MUTANTS / f"{mutant}.patch").read_text(encoding="utf-8"), tmp_path)
    paths = os.pathsep.join([str(tmp_path / "src"), str(ROOT)])
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, f"tests/trading/{KILLERS[mutant]}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    # 1: tests were run and failed; anything else says that it could not be tried.
    assert done.returncode == 1, done.stdout + done.stderr
