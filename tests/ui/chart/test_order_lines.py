"""Own working orders on the chart: drawn as the ladder has them, dragged to move, crossed out to cancel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.domain.market_data import Quote
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.trading.views import Denied
from hoga.ui import order
from hoga.ui.chart import make
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.order_lines import Tag
from hoga.ui.chart.pane import ChartPane
from hoga.ui.context import Context, Toast
from hoga.ui.order.ladder.chips import chips_of
from hoga.ui.order.page import OrderPage
from tests.support.fake_desk import FakeDesk, beat, make_context
from tests.support.made_up import HYNIX, SAMSUNG, trade
from tests.ui.chart.sight import count, picture, shown

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Bench:
    """A chart beside the order tab, whose hand does what the chart's lines ask for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.desk = qtbot, FakeDesk()
        self.context: Context = make_context(self.desk)
        self.context.confirm_level = 0
        self.toasts: list[Toast] = []
        self.context.toast.connect(self.toasts.append)
        self.desk.feed_all()
        beat(self.context)
        self.page: OrderPage = order.make(self.context)
        qtbot.addWidget(self.page)
        self.page.show()
        self.pane: ChartPane = shown(qtbot, make(self.context))

    @property
    def canvas(self) -> Canvas:
        assert self.pane.canvas is not None
        return self.pane.canvas

    def working(self, limit: int, side: Side = Side.BUY, quantity: int = 10) -> Order:
        made = self.desk.working(SAMSUNG, side, quantity, limit)
        self.qtbot.waitUntil(lambda: any(limit == chip.units for chip in self.canvas.sight.orders))
        picture(self.pane)
        return made

    def limit(self, low: int, high: int) -> None:
        """Today's limits are these."""
        known = self.desk.board.quote(SAMSUNG.id)
        quote = getattr(known, "value", None)
        assert isinstance(quote, Quote)
        self.desk.feed(replace(quote, at=self.desk.clock.now(), lower_limit=Price(low), upper_limit=Price(high)))

    def tag(self, limit: int) -> Tag:
        return next(tag for tag in self.canvas.picture.tags() if tag.chip.units == limit)

    def row(self, units: int) -> int:
        areas, prices = self.canvas.picture.geometry()
        return round(prices.row_of(units, areas.price.height()))

    def drag(self, limit: int, to: int, *, escape: bool = False) -> None:
        """Take the line at ``limit`` and let go at the price ``to``."""
        port, start = self.canvas, self.tag(limit).box.center() - QPoint(15, 0)
        self.canvas.setFocus()
        self.qtbot.mousePress(port, LEFT, NO_KEYS, start)
        for step in (0.3, 0.7, 1.0):
            row = round(start.y() + (self.row(to) - start.y()) * step)
            self.qtbot.mouseMove(port, QPoint(start.x(), row))
        if escape:
            self.qtbot.keyClick(self.canvas, Qt.Key.Key_Escape)
        self.qtbot.mouseRelease(port, LEFT, NO_KEYS, QPoint(start.x(), self.row(to)))


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.context.stop()


def test_lines_are_the_ladders_chips(bench: Bench) -> None:
    bench.working(71_300)
    bench.working(71_300, quantity=5)
    bench.working(71_700, Side.SELL)
    assert bench.canvas.sight.orders == chips_of(bench.desk.orders(), SAMSUNG.id)
    assert "15" in bench.tag(71_300).text
    tokens, image = bench.context.tokens, picture(bench.pane)
    for limit, colour in ((71_300, tokens.up), (71_700, tokens.down)):
        tag = bench.tag(limit)
        assert tag.row == bench.row(limit)
        assert count(image.copy(tag.box), colour) > tag.box.width() * tag.box.height() / 3
    bench.context.select(HYNIX.id)
    assert bench.canvas.sight.orders == ()


def test_a_drag_asks_for_the_price_that_it_showed(bench: Bench) -> None:
    order = bench.working(71_300)
    bench.drag(71_300, 71_100)
    (asked,) = bench.desk.named("reprice")
    assert asked.arguments[:2] == (order.id, Price(71_100))
    assert bench.canvas.sight.carried is None
    assert bench.canvas.sight.held is None


def test_where_it_would_go_snaps_to_the_ticks(bench: Bench) -> None:
    bench.working(71_300)
    port, start = bench.canvas, bench.tag(71_300).box.center()
    bench.qtbot.mousePress(port, LEFT, NO_KEYS, start)
    seen = set()
    for row in range(20, 250, 7):
        bench.qtbot.mouseMove(port, QPoint(start.x(), row))
        carried = bench.canvas.sight.carried
        if carried is not None and carried.units is not None:
            seen.add(carried.units)
    assert len(seen) > 4
    assert all(units % 100 == 0 for units in seen)
    bench.qtbot.mouseMove(port, QPoint(start.x(), bench.canvas.height() - 2))
    bench.qtbot.mouseRelease(port, LEFT, NO_KEYS, QPoint(start.x(), bench.canvas.height() - 2))
    assert not bench.desk.named("reprice")


def test_escape_leaves_the_order_where_it_is(bench: Bench) -> None:
    bench.working(71_300)
    bench.drag(71_300, 71_100, escape=True)
    assert not bench.desk.named("reprice")
    assert bench.tag(71_300).row == bench.row(71_300)


def test_prices_outside_the_limits_are_refused_with_the_reason(bench: Bench) -> None:
    bench.working(71_300)
    bench.canvas.stretch(20)
    picture(bench.pane)
    low = 68_000
    bench.limit(low, 90_000)
    bench.drag(71_300, low - 1_000)
    assert not bench.desk.named("reprice")
    assert any("limits" in toast.text for toast in bench.toasts)
    assert bench.tag(71_300).row == bench.row(71_300)
    bench.drag(71_300, low + 1_000)
    assert len(bench.desk.named("reprice")) == 1


def test_prices_outside_the_limits_are_hatched_while_a_line_is_carried(bench: Bench) -> None:
    bench.working(71_300)
    bench.canvas.stretch(20)
    picture(bench.pane)
    bench.limit(71_000, 72_000)
    port, start = bench.canvas, bench.tag(71_300).box.center() - QPoint(15, 0)
    free = count(picture(bench.pane), bench.context.tokens.stale)
    bench.qtbot.mousePress(port, LEFT, NO_KEYS, start)
    bench.qtbot.mouseMove(port, start + QPoint(0, 40))
    assert count(picture(bench.pane), bench.context.tokens.stale) > free + 1_000
    bench.qtbot.keyClick(bench.canvas, Qt.Key.Key_Escape)
    bench.qtbot.mouseRelease(port, LEFT, NO_KEYS, start)
    assert count(picture(bench.pane), bench.context.tokens.stale) == free


def test_what_the_gate_denies_is_said_and_the_line_returns(bench: Bench) -> None:
    bench.working(71_300)
    bench.desk.answers["reprice"] = Denied((Message("NO_CHIP_HERE"),))
    bench.drag(71_300, 71_100)
    assert any("No order of yours" in toast.text for toast in bench.toasts)
    assert bench.tag(71_300).row == bench.row(71_300)


def test_the_cross_and_the_middle_button_cancel(bench: Bench) -> None:
    first, second = bench.working(71_300), bench.working(71_600, Side.SELL)
    port = bench.canvas
    bench.qtbot.mouseClick(port, LEFT, NO_KEYS, bench.tag(71_300).cross.center())
    bench.qtbot.mouseClick(port, Qt.MouseButton.MiddleButton, NO_KEYS, bench.tag(71_600).box.center())
    assert [one.arguments[0] for one in bench.desk.named("cancel")] == [first.id, second.id]
    assert not bench.desk.named("reprice")


def test_a_press_that_slips_off_the_cross_cancels_nothing(bench: Bench) -> None:
    bench.working(71_300)
    port, tag = bench.canvas, bench.tag(71_300)
    bench.qtbot.mousePress(port, LEFT, NO_KEYS, tag.cross.center())
    bench.qtbot.mouseRelease(port, LEFT, NO_KEYS, tag.cross.center() + QPoint(0, 60))
    assert not bench.desk.named("cancel")
    assert not bench.desk.named("reprice")


def test_locked_nothing_moves(bench: Bench) -> None:
    bench.working(71_300)
    bench.context.set_locked(True)
    bench.drag(71_300, 71_100)
    assert not bench.desk.named("reprice")
    assert bench.toasts


def test_another_instrument_under_the_hand_ends_it(bench: Bench) -> None:
    bench.working(71_300)
    port, start = bench.canvas, bench.tag(71_300).box.center()
    bench.qtbot.mousePress(port, LEFT, NO_KEYS, start)
    bench.qtbot.mouseMove(port, start + QPoint(0, 40))
    bench.context.select(HYNIX.id)
    bench.qtbot.mouseMove(port, start + QPoint(0, 60))
    bench.qtbot.mouseRelease(port, LEFT, NO_KEYS, start + QPoint(0, 60))
    assert not bench.desk.named("reprice")
    assert bench.canvas.sight.carried is None


def test_close_prices_stand_side_by_side(bench: Bench) -> None:
    bench.canvas.stretch(10)
    for limit in (71_300, 71_400, 71_500):
        bench.working(limit)
    boxes = [tag.box for tag in bench.canvas.picture.tags()]
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_where_a_confirmed_move_shows_its_slip(bench: Bench) -> None:
    bench.context.confirm_level = 1
    wanted: list[str] = []
    bench.context.tab_wanted.connect(wanted.append)
    bench.working(71_300)
    bench.drag(71_300, 71_100)
    assert not bench.desk.named("reprice")
    assert wanted == ["order"]


def test_a_fill_is_on_the_chart_with_the_next_picture(bench: Bench) -> None:
    """One turn of the loop after the desk knows it, so does the chart: its mark, and what is left of the order."""
    order = bench.working(71_500)
    bench.desk.feed(trade(SAMSUNG, bench.desk.clock.now(), price=71_500, quantity=4))
    beat(bench.context)
    bench.desk.fill(order.id, 4, 71_500)
    QCoreApplication.processEvents()
    assert [(mark.quantity, mark.units) for mark in bench.canvas.sight.marks] == [(4, 71_500)]
    assert [chip.leaves for chip in bench.canvas.sight.orders] == [6]
    assert bench.canvas.sight.orders == chips_of(bench.desk.orders(), SAMSUNG.id)
