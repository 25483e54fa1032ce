from __future__ import annotations

import pytest

from hoga.practice.api import Environment
from tests.practice.kiwoom.bench import Bench, Client


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture(params=list(Environment), ids=["real", "mock"])
def client(bench: Bench, request: pytest.FixtureRequest) -> Client:
    """Once on the real host, once on the mock host."""
    return bench.real if request.param is Environment.REAL else bench.mock
