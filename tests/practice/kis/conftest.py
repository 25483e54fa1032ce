from __future__ import annotations

import pytest

from hoga.practice.api import Environment
from tests.practice.kis.bench import Bench, Client


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture(params=list(Environment), ids=lambda environment: str(environment.value))
def client(bench: Bench, request: pytest.FixtureRequest) -> Client:
    """Once on the real host, once on the paper host."""
    return bench.real if request.param is Environment.REAL else bench.paper
