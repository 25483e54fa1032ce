"""One exchange for the tests of a module, and a desk of several connections on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.practice_process import practice
from tests.ui.whole.conftest import Exchange


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    data = tmp_path_factory.mktemp("connections")
    with practice(data / "practice", "--seed", "29", "--settings", "token_minute_rule=false") as process:
        yield Exchange(process)
