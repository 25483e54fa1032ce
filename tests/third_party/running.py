"""Runs a stranger's program against an exchange of its own, and reads what it noted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.practice_process import practice

ROOT = Path(__file__).parents[2]


def noted(program: str, mode: str, folder: Path) -> dict[str, Any]:
    """What ``tests.third_party.<program>`` printed last, run as a process with a home of its own."""
    home = folder / "home"
    home.mkdir()
    with practice(folder / "practice", "--seed", "11") as exchange:
        result = subprocess.run(
            [sys.executable, "-m", f"tests.third_party.{program}", mode],
            input=json.dumps(exchange.endpoint),
            capture_output=True,
            text=True,
            timeout=100,
            cwd=ROOT,
            env={**os.environ, "HOME": str(home), "PYTHONUTF8": "1", "NO_PROXY": "*"},
        )
    assert result.returncode == 0, f"{result.stdout[-2000:]}\n{result.stderr[-6000:]}"
    said: dict[str, Any] = json.loads(result.stdout.strip().splitlines()[-1])
    said["mode"] = mode
    return said


def pair(run: dict[str, Any], name: str) -> tuple[Any, Any]:
    return run[name]["said"], run[name]["truth"]
