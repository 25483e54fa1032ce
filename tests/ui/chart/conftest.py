"""What tests of the chart begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hoga.ui.chart import ChartPane, make
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk, make_context
from tests.ui.chart.sight import shown


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def context(qtbot: QtBot, desk: FakeDesk) -> Iterator[Context]:
    made = make_context(desk)
    yield made
    made.stop()


@pytest.fixture
def pane(qtbot: QtBot, context: Context) -> ChartPane:
    return shown(qtbot, make(context))
