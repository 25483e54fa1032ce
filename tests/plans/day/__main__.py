"""``python -m tests.plans.day [--seed S] [--faults]``: a plan day on Practice. The last line is JSON."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.plans.day.harness import Day, run_day


def main() -> int:
    usual = Day(0)
    parser = argparse.ArgumentParser(prog="plan-day", description="Thirty holdings at two brokers, a whole day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="refusals, time-outs, late answers, drops, two SIGKILLs")
    parser.add_argument("--speed", type=int, default=usual.speed, help="how fast market time may run")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="rounds a side")
    parser.add_argument("--spacing", type=int, default=usual.spacing, help="seconds between rounds")
    parser.add_argument("--holdings", type=int, default=usual.legs, help="at each broker")
    parser.add_argument("--keep", type=Path, help="where everything is kept when something was found")
    parser.add_argument("--quiet", action="store_true")
    given = parser.parse_args()
    day = Day(given.seed, given.faults, given.holdings, given.rounds, given.spacing, given.speed)
    tell = (lambda line: None) if given.quiet else (lambda line: print(line, file=sys.stderr))  # noqa: T201
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        result = run_day(day, Path(folder), tell)
        for finding in result.found:
            tell(f"FOUND {finding}")
        if result.found and given.keep is not None:
            shutil.copytree(folder, given.keep, dirs_exist_ok=True)
    sys.stdout.write(json.dumps(result.line(day)) + "\n")
    return 0 if not result.found else 1


if __name__ == "__main__":
    sys.exit(main())
