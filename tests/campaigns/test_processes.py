"""The campaign of processes in its short form."""

from __future__ import annotations

from tests.campaigns.processes import run_campaign


def test_desks_that_are_killed_lose_and_double_nothing() -> None:
    report = run_campaign(5, 40, 3)
    assert report.failures == [], report.line() + "\n" + "\n".join(report.findings)
    assert report.kills == 3 and report.actions >= 40 and report.faults >= 8
