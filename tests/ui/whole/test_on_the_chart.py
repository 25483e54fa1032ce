"""Working orders on the chart, on the real exchange: what is dragged there moves there."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.trading.views import Submitted
from hoga.ui.chart.canvas import Canvas
from hoga.ui.chart.order_lines import Tag
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Toast
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Exchange

SAMSUNG = "005930"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_a_line_is_dragged_refused_and_crossed_out(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """Dragging modifies at the exchange; outside the limits it is refused with the reason; ✕ cancels."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            toasts: list[Toast] = []
            person.context.toast.connect(toasts.append)
            await person.find("삼성전자", SAMSUNG)
            await person.show("quote")
            await person.sees(lambda: person.best(Side.BUY), "a book")
            order = await _place(person, -5)
            await _show_limits(person)
            target = person.step(_limit(order), -20)
            await _drag(person, _limit(order), target.units)
            # The gate asks, as it does on the ladder: 4 % and more below the market is far.
            confirmer = person.order.confirmer
            await person.sees(lambda: confirmer.dialog and confirmer.dialog.isVisible(), "the gate's question")
            assert _now(person, order).current_limit == order.limit
            dialog = confirmer.dialog
            assert dialog is not None
            await person.sees(dialog.send.isEnabled, "it can be approved")
            await person.click(dialog.send)
            await person.sees(lambda: _now(person, order).current_limit != order.limit, "it stands elsewhere")
            moved = _limit(_now(person, order))
            assert abs(moved.units - target.units) <= _a_pixel(person)
            await person.sees(lambda: _at_exchange(exchange) == {moved.units}, "the exchange has it there")
            await _drag(person, moved, _lower(person) - 3 * _a_pixel(person))
            await person.sees(
                lambda: any("상·하한가" in toast.text or "limits" in toast.text for toast in toasts), "why not"
            )
            assert _at_exchange(exchange) == {moved.units}
            tag = await _tag(person, moved)
            await person.click(_canvas(person), tag.cross.center())
            await person.sees(lambda: _now(person, order).state.over, "it is cancelled")
            assert _at_exchange(exchange) == set()

    run(story())


async def _place(person: Person, ticks: int) -> Order:
    best = person.best(Side.BUY)
    assert best is not None and person.context.instrument is not None
    desk, limit = person.desk, person.step(best, ticks)
    ticket = Ticket(
        desk.new_ticket_id(), desk.account, person.context.instrument, Side.BUY, OrderType.LIMIT, Shares(3), limit
    )
    answer = await desk.submit(ticket)
    assert isinstance(answer, Submitted)
    await person.sees(lambda: desk.order(answer.order).state.value == "working", "it works")  # type: ignore[union-attr]
    order = desk.order(answer.order)
    assert order is not None
    return order


async def _show_limits(person: Person) -> None:
    """Many days of candles, and the prices squeezed until the day's limits can be reached with the pointer."""
    person.chart.set_timeframe(Timeframe.DAY)
    await person.sees(lambda: person.chart.canvas and len(person.chart.source.bars) > 50, "the chart")
    canvas, lower = _canvas(person), _lower(person)
    for _ in range(40):
        if canvas.picture.geometry()[1].low < lower - 6 * _a_pixel(person):
            return
        canvas.stretch(1.25)
        canvas.grab()
    raise AssertionError("the limits cannot be reached")


async def _drag(person: Person, price: Price, to: int) -> None:
    tag = await _tag(person, price)
    areas, prices = _canvas(person).picture.geometry()
    start = QPoint(tag.box.left() + tag.box.width() // 4, tag.box.center().y())
    end = QPoint(start.x(), round(prices.row_of(to, areas.price.height())))
    await person.drag(_canvas(person), start, end)


async def _tag(person: Person, price: Price) -> Tag:
    def found() -> Tag | None:
        tags = _canvas(person).picture.tags()
        return next((tag for tag in tags if tag.chip.units == price.units and not tag.chip.busy), None)

    await person.sees(found, "the order's line")
    _canvas(person).grab()
    tag = found()
    assert tag is not None
    return tag


def _canvas(person: Person) -> Canvas:
    assert person.chart.canvas is not None
    return person.chart.canvas


def _a_pixel(person: Person) -> int:
    """So much one row stands for, a tick included."""
    areas, prices = _canvas(person).picture.geometry()
    return (prices.high - prices.low) // areas.price.height() + _canvas(person).sight.ticks.tick(prices.high)


def _lower(person: Person) -> int:
    assert person.context.instrument is not None
    quote = person.desk.board.quote(person.context.instrument)
    assert isinstance(quote, Known) and quote.value.lower_limit is not None
    return quote.value.lower_limit.units


def _limit(order: Order) -> Price:
    assert order.current_limit is not None
    return order.current_limit


def _now(person: Person, order: Order) -> Order:
    now = person.desk.order(order.id)
    assert now is not None
    return now


def _at_exchange(exchange: Exchange) -> set[int]:
    return {int(one["limit"]) for one in exchange.ask("/orders") if one["remaining"]}
