"""A fake desk with a context in English over it; widgets are shown, so that they paint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk, make_context


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def context(qapp: QApplication, desk: FakeDesk) -> Iterator[Context]:
    made = make_context(desk)
    yield made
    made.stop()
