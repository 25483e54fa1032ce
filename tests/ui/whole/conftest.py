"""One exchange for the tests of a module: its books move, and its ledger says what really happened."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.practice_process import PracticeProcess, practice


class Control:
    """What an exchange itself has on record, and its switches for trouble."""

    def __init__(self, address: str) -> None:
        self._address = address

    def ask(self, path: str) -> Any:
        return self._call(urllib.request.Request(f"{self._address}{path}"))  # noqa: S310 loopback

    def tell(self, path: str, *, method: str = "POST", **body: Any) -> Any:
        headers = {"content-type": "application/json"}
        data = json.dumps(body).encode()
        return self._call(urllib.request.Request(f"{self._address}{path}", data, headers, method=method))  # noqa: S310

    @staticmethod
    def _call(request: urllib.request.Request) -> Any:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 loopback
            return json.load(answer)


class Exchange(Control):
    """The judge: one that runs for a whole module, whatever desks come and go."""

    def __init__(self, process: PracticeProcess) -> None:
        super().__init__(process.control)
        self.process = process
        self.data = process.data.parent


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    data = tmp_path_factory.mktemp("whole")
    with practice(data / "practice", "--seed", "23") as process:
        yield Exchange(process)
