"""``packaging/campaign``: one campaign, its findings on stderr while it runs, its JSON line on stdout at the end."""

from __future__ import annotations

import argparse
import logging
import sys
import traceback
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.campaigns import processes, simulated
from tests.campaigns.brokers import CHOICES
from tests.campaigns.report import Report


def main(argv: Sequence[str]) -> int:
    """0 when nothing was lost, doubled or left unexplained."""
    parser = argparse.ArgumentParser(prog="campaign", description=__doc__)
    parser.add_argument("--actions", type=int, default=400)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broker", choices=CHOICES, default="kis", help="mixed: an account at each, on one exchange")
    parser.add_argument("--simulate", action="store_true", help="in one process, on virtual time")
    parser.add_argument("--jobs", type=int, default=1, help="how many parts of it run beside each other")
    parser.add_argument("--only", type=int, help="simulated: this episode alone, as its finding names it")
    parser.add_argument("--keep", type=Path, default=Path("campaign-findings"), help="what a failure leaves goes here")
    given = parser.parse_args(argv)
    logging.disable(logging.CRITICAL)  # faults are the point; what they lead to is judged, not logged
    if given.simulate:
        report = _simulate(given)
    else:
        report = processes.run_campaign(
            given.seed, given.actions, given.kills, broker=given.broker, jobs=given.jobs, keep=given.keep, tell=_tell
        )
    for failure in report.failures:
        _tell(failure)
    sys.stdout.write(report.line() + "\n")
    return 1 if report.failures else 0


def _simulate(given: argparse.Namespace) -> Report:
    report = Report(given.seed)
    plan = simulated.plan(given.actions, given.kills)
    numbers = range(len(plan)) if given.only is None else [given.only]
    run = partial(simulated.run_planned, given.seed, plan, CHOICES[given.broker], given.keep)
    with ProcessPoolExecutor(given.jobs) as pool:
        episodes = {number: pool.submit(run, number) for number in numbers}
        for number, episode in episodes.items():
            part = _part_of(episode, given.seed)
            report.add(part)
            for finding in part.findings:
                _tell(f"episode {number}: {finding}")
            if number % 50 == 49:
                _tell(f"so far: {report.line()}")
    return report


def _part_of(episode: Future[Report], seed: int) -> Report:
    """What an episode found; one that broke off has proved nothing and is a finding itself."""
    broken = episode.exception()
    if broken is None:
        return episode.result()
    part = Report(seed)
    part.find("unexplained", "".join(traceback.format_exception(broken)))
    return part


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
