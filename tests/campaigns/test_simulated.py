"""The simulated campaign in its short form, and that a seed replays exactly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaigns.simulated import run_episode

_ACTIONS, _KILLS = 100, 4


@pytest.mark.parametrize("number", range(4))
def test_nothing_is_lost_doubled_or_invented(number: int) -> None:
    report = run_episode(7, number, _ACTIONS, _KILLS)
    assert report.findings == [], f"seed 7, episode {number}: " + "\n".join(report.findings)
    assert report.asked <= report.twins
    assert report.actions == _ACTIONS and report.sent > 0.6 * _ACTIONS
    assert report.kills > 0 and report.faults >= 0.2 * _ACTIONS


def test_a_seed_replays_exactly_whatever_the_order_of_hashes() -> None:
    def line(hashes: str) -> str:
        command = "from tests.campaigns.simulated import run_episode; print(run_episode(3, 5, 40, 2).line())"
        environment = {**os.environ, "PYTHONHASHSEED": hashes}
        here = Path(__file__).resolve().parents[2]
        done = subprocess.run(
            [sys.executable, "-c", command], cwd=here, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert line("1") == line("2")
