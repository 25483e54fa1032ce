"""``python -m tests.benchmarks [--quick] [--rounds N] [NAME …]``: a table, then one line of JSON.

The machine's load is in that line: figures of a busy machine are worth their ratios at most.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
from typing import Any

from tests.benchmarks.figures import Figure, report

NAMES = ("decode", "journal", "plan", "chart", "click", "cancel", "table", "start", "scale", "day")


def measured(name: str, quick: bool, rounds: int) -> list[Figure]:
    """Raises whatever the measuring program raises: a scene that could not be set is no figure."""
    found: list[Figure] = importlib.import_module(f"tests.benchmarks.{name}").measure(quick, rounds)
    return found


def _load() -> float:
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else -1.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all without any")
    parser.add_argument("--quick", action="store_true", help="little of everything: does it run?")
    parser.add_argument("--rounds", type=int, default=0, help="turns of each contender (3; 1 with --quick)")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    rounds, loads = asked.rounds or (1 if asked.quick else 3), [_load()]
    figures: list[Figure] = []
    for name in asked.names or NAMES:
        started = time.perf_counter()
        figures += measured(name, asked.quick, rounds)
        loads.append(_load())
        sys.stderr.write(f"{name}: {time.perf_counter() - started:.0f} s, load {loads[-1]}\n")
    line: dict[str, Any] = {
        "python": platform.python_version(), "cores": os.cpu_count(), "load": max(loads), "rounds": rounds,
        "quick": asked.quick, "missed": sum(one.holds is False for one in figures),
        "figures": [one.told() for one in figures],
    }  # fmt: skip
    sys.stdout.write(f"{report(figures)}\n{json.dumps(line, ensure_ascii=False)}\n")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    raise SystemExit(main())
