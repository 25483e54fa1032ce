"""Makes the environment that packaging/bench measures in: hoga with what it runs on, and the peers.

None of the test tools is in it: a library that finds them loads more than it does at a person's desk. It lies under
``.cache``, apart from the desk's: a peer may bring what the desk must not have beside it. A peer that cannot be
installed is said here, and its figures are left open; everything else is measured all the same.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from prepare import Environment
from system_needs import Problem

PEERS = "requirements-bench.lock"


class Bench(Environment):
    """``.cache/bench`` under ``root``."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.folder = root / ".cache" / "bench"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._note = self.folder / "hoga-setup.json"
        self._peers = self.folder / "peers.sha256"

    def add_peers(self) -> None:
        """Raises Problem."""
        lock = self.root / "packaging" / PEERS
        digest = hashlib.sha256(lock.read_bytes()).hexdigest()
        if self._peers.exists() and self._peers.read_text(encoding="utf-8") == digest:
            return
        print(f"Installing the peers of packaging/{PEERS}", flush=True)
        # The lock is whole. Asking who needs what would bring a second Qt: see bench_overrides.txt.
        self._pip("install", "--no-deps", "--require-hashes", "-r", str(lock))
        self._peers.write_text(digest, encoding="utf-8")


def main() -> int:
    bench = Bench(Path(__file__).resolve().parent.parent)
    try:
        if not bench.is_ready("run"):
            bench.make_ready("run")
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        bench.add_peers()
    except Problem as problem:
        print(f"Measuring without the peers that are missing. {problem}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
