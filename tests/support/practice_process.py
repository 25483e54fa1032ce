"""A real `hoga practice` process for tests: started in a folder of its own, stopped and awaited in good order."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

READY_S = 30.0


class PracticeProcess:
    """One exchange process. ``endpoint`` is the JSON line that it printed when it was ready."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        self._log = (data / "stderr.txt").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hoga", "practice", "--data", str(data), *options],
            stdout=subprocess.PIPE,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        self.endpoint: dict[str, Any] = json.loads(self._first_line())

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def control(self) -> str:
        return str(self.endpoint["control"])

    def account(self, environment: str, index: int = 0) -> dict[str, str]:
        accounts: list[dict[str, str]] = self.endpoint["kis"]["accounts"]
        return [account for account in accounts if account["environment"] == environment][index]

    def kill(self) -> None:
        """SIGKILL: no farewell, no flush."""
        self._process.send_signal(signal.SIGKILL)
        self._ended()

    def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._ended()

    def ended_by_itself(self) -> int:
        """Wait for the end that it has come to without being asked; returns its exit code."""
        return self._ended()

    def close_output(self) -> None:
        """Stop reading what it prints, as a desk that has died."""
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _ended(self) -> int:
        try:
            code = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._log.close()
        return code

    def _first_line(self) -> str:
        lines: queue.Queue[bytes] = queue.Queue()
        stdout = self._process.stdout
        assert stdout is not None
        reader = threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True)
        reader.start()
        try:
            line = lines.get(timeout=READY_S)
        except queue.Empty:
            line = b""
        if not line:
            self._process.kill()
            self._ended()
            raise RuntimeError(f"practice did not start: {(self.data / 'stderr.txt').read_text()[-3000:]}")
        return line.decode()


@contextlib.contextmanager
def practice(data: Path, *options: str) -> Iterator[PracticeProcess]:
    process = PracticeProcess(data, *options)
    try:
        yield process
    finally:
        process.stop()
