"""The campaign of processes in its short form."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns.processes import run_campaign


def test_desks_that_are_killed_lose_and_double_nothing(tmp_path: Path) -> None:
    report = run_campaign(5, 50, 4, broker="mixed", keep=tmp_path)
    assert report.findings == [], f"kept in {tmp_path}: {report.line()}\n" + "\n".join(report.findings)
    assert report.asked <= report.twins
    assert report.kills == 4 and report.actions >= 50 and report.sent > 0.6 * report.actions and report.faults >= 8
