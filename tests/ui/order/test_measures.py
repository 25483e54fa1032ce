"""What has a font or a size of its own grows with the application's font all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.order.conftest import Bench


@pytest.fixture
def grown(qapp: QApplication) -> Iterator[None]:
    before = QApplication.font()
    yield
    QApplication.setFont(before)


@pytest.mark.usefixtures("grown")
def test_the_tab_grows_with_the_font(bench: Bench) -> None:
    def heights() -> dict[str, int]:
        ticket = bench.page.ticket
        parts = {
            "a bold key": ticket.send,
            "a small line": ticket.why_not,
            "a preset": ticket.price.to_upper,
            "the mode": bench.page.ladder.mode,
            "what is said": bench.page.ladder.said,
        }
        return {name: part.fontMetrics().height() for name, part in parts.items()}

    before, rows, width = heights(), len(bench.page.ladder.view.sight.looks), bench.page.ticket.minimumWidth()
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    QApplication.setFont(font)
    bench.context.look_changed.emit()
    bench.paint()
    for name, height in heights().items():
        assert 1.3 < height / before[name] < 1.7, name
    assert len(bench.page.ladder.view.sight.looks) < rows
    assert bench.page.ticket.minimumWidth() > width * 1.3
    assert bench.page.ticket.send.font().bold()
