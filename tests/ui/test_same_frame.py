"""A fill is seen everywhere with one and the same frame; what is hidden paints nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoga.domain.tickets import Side
from hoga.trading.views import Part
from hoga.ui import chart, fills, holdings, order, pending, quote
from hoga.ui.chart.pane import ChartPane
from hoga.ui.context import Context
from hoga.ui.fills.pane import FillsPane
from hoga.ui.holdings.pane import HoldingsPane
from hoga.ui.order.ladder.pane import LadderPane
from hoga.ui.order.page import OrderPage
from hoga.ui.pending.pane import PendingPane
from hoga.ui.tabs import Page, Pages
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, holding, make_context, portfolio


@pytest.fixture
def context(qtbot: QtBot) -> Iterator[Context]:
    made = make_context(FakeDesk())
    yield made
    made.stop()


def shown(qtbot: QtBot, *views: QWidget) -> None:
    for view in views:
        qtbot.addWidget(view)
        view.resize(900, 600)
        view.show()
        qtbot.waitExposed(view)


def test_a_fill_is_everywhere_in_one_frame(qtbot: QtBot, context: Context) -> None:
    desk = context.desk
    assert isinstance(desk, FakeDesk)
    candles, page = chart.make(context), order.make(context, chart.make_mini(context))
    open_orders, done, held = PendingPane(context), FillsPane(context), HoldingsPane(context)
    assert isinstance(candles, ChartPane) and isinstance(page, OrderPage)
    ladder = page.findChild(LadderPane)
    assert ladder is not None
    working = desk.working(m.SAMSUNG, Side.BUY, 10, 71_500)
    desk.set_portfolio(portfolio(m.START))
    shown(qtbot, candles, page, open_orders, done, held)
    qtbot.waitUntil(lambda: candles.canvas is not None)

    def seen() -> tuple[object, ...]:
        assert candles.canvas is not None and ladder is not None
        newest = context.day_curve.newest
        return (
            [mark.quantity for mark in candles.canvas.sight.marks],
            [chip.leaves for chip in candles.canvas.sight.orders],
            [chip.leaves for chip in ladder.view.sight.chips],
            [row.order.leaves.count for row in open_orders.rows.all_rows()],
            [row.execution.quantity.count for row in done.rows.all_rows()],
            [row.holding.position.quantity.count for row in held.rows.all_rows()],
            newest.total if newest is not None else None,
        )

    told: list[tuple[object, ...]] = []
    context.frame.connect(lambda _dirty: told.append(seen()))  # after every view's own
    context.start()
    desk.feed(m.trade(m.SAMSUNG))
    qtbot.waitUntil(lambda: bool(told))
    before = ([], [10], [10], [10], [], [], 0)
    assert told[-1] == before
    told.clear()
    bought = replace(portfolio(m.START, holding(m.SAMSUNG, 4, 4 * 71_000)))
    assert bought.open_profit != portfolio(m.START).open_profit
    desk.fill(working.id, 4, 71_500)
    desk.set_portfolio(bought)
    desk.feed(m.trade(m.SAMSUNG))
    assert seen() == before  # nothing is drawn half: all of it waits for the beat
    qtbot.waitUntil(lambda: bool(told))
    profit = bought.open_profit
    assert told[0] == ([4], [6], [6], [6], [4], [4], profit.value.units)  # type: ignore[union-attr]


class Paints(QObject):
    """Counts the paints of every widget in the window, by the tab it is in."""

    def __init__(self, pages: dict[str, QWidget]) -> None:
        super().__init__()
        self._pages = pages
        self.of: dict[str, int] = dict.fromkeys(pages, 0)
        for name, page in pages.items():
            for part in (page, *page.findChildren(QWidget)):
                part.setProperty("counted as", name)
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.of[str(watched.property("counted as"))] += 1
        return False


def test_hidden_tabs_paint_nothing(qtbot: QtBot, qapp: QApplication, context: Context) -> None:
    desk = context.desk
    assert isinstance(desk, FakeDesk)
    made: dict[str, QWidget] = {
        "quote": quote.make(context, chart.make(context)),
        "order": order.make(context, chart.make_mini(context)),
        "pending": pending.make(context),
        "holdings": holdings.make(context),
        "fills": fills.make(context),
    }
    tabs = Pages(context, made)
    shown(qtbot, tabs)
    frames: list[object] = []
    context.frame.connect(frames.append)
    paints = Paints(made)
    context.start()
    for name in made:
        tabs.show_page(Page(name))
        qapp.processEvents()
        paints.of = dict.fromkeys(made, 0)
        for _ in range(2):
            beats = len(frames)
            desk.feed(m.book(m.SAMSUNG), m.trade(m.SAMSUNG))
            order_of_now = desk.working(m.SAMSUNG, Side.BUY, 2, 71_000)
            desk.fill(order_of_now.id, 1, 71_000)
            desk.set_portfolio(portfolio(m.START, holding(m.SAMSUNG, 4, 4 * 71_000)))
            desk.tell(Part.HEALTH)
            context.second.emit()
            qtbot.waitUntil(lambda beats=beats: len(frames) > beats)  # type: ignore[misc]
            qapp.processEvents()
        hidden = {other: count for other, count in paints.of.items() if other != name}
        assert hidden == dict.fromkeys(hidden, 0) and paints.of[name] > 0
