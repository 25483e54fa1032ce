"""One exchange for the tests of a module: its books move, and its ledger says what really happened."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.practice_process import PracticeProcess, practice


class Exchange:
    """The judge: what the exchange itself has on record."""

    def __init__(self, process: PracticeProcess) -> None:
        self.process = process
        self.data = process.data.parent

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.process.control}{path}") as answer:  # noqa: S310 loopback
            return json.load(answer)

    def tell(self, path: str, **body: Any) -> Any:
        request = urllib.request.Request(  # noqa: S310 loopback
            f"{self.process.control}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 loopback
            return json.load(answer)


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    data = tmp_path_factory.mktemp("whole")
    with practice(data / "practice", "--seed", "23") as process:
        yield Exchange(process)
