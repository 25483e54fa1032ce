"""A newcomer's first minutes with the mouse, on the real exchange: from 초성 to a fill, and every way back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton

from hoga.base.message import Message
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.ui.fills.pane import FillsPane
from hoga.ui.holdings.pane import HoldingsPane
from hoga.ui.order.ladder.pad import Times
from hoga.ui.order.ladder.press import Column
from hoga.ui.tabs import Page
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Exchange

SAMSUNG = "005930"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_from_initials_to_a_fill(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """Find 삼성전자 by ㅅㅅㅈㅈ, see it move, buy 10 by clicking an ask level, see the fill everywhere."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.show("quote")
            await person.find("ㅅㅅㅈㅈ", SAMSUNG)
            await _moves(person)
            before = person.held(SAMSUNG)
            await _click_an_ask(person)
            await _buy(person, "8")
            await person.sees(lambda: person.held(SAMSUNG) == before + 8, "8 shares more")
            await _fill_is_everywhere(person, before + 8)
            bought = [fill for fill in exchange.ask("/fills") if fill["side"] == "buy"]
            assert sum(fill["quantity"] for fill in bought) == before + 8

    run(story())


def test_a_far_order_is_placed_dragged_reduced_and_cancelled(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("삼성전자", SAMSUNG)
            order = await _place_on_ladder(person, ticks_below=6)
            order = await _drag(person, order, ticks=-2)
            order = await _reduce(person, order, by="4")
            person.pending.view.setFocus()
            person.pending.view.choose(order.id)
            await person.click(_button(person, "pending.cancel"))
            await person.sees(lambda: _now(person, order).state.value == "cancelled", "the order is cancelled")
            assert not [one for one in exchange.ask("/orders") if one["remaining"]]

    run(story())


def test_everything_is_cancelled_at_once(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("삼전", SAMSUNG)
            for ticks in (5, 6, 7):
                await _place_on_ladder(person, ticks_below=ticks)
            await person.click(person.window.header.stop)
            await person.sees(lambda: person.window.cancel_strip.isVisible(), "what will be cancelled is named")
            await person.click(person.window.cancel_strip.yes)
            await person.sees(lambda: not person.open_orders(), "nothing is open")
            assert not [one for one in exchange.ask("/orders") if one["remaining"]]

    run(story())


def test_selling_more_than_held_says_why_not(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("samsung electronics", SAMSUNG)
            sent = len(exchange.ask("/orders"))
            await person.show("order")
            ticket = person.order.ticket
            await person.click(ticket.sides.buttons[Side.SELL])
            await person.click(ticket.quantity.edit)
            await person.type("5000")
            # Sellable is what the first story bought: 10 at most, whatever ran before.
            reasons = ("5,000", f"{person.held(SAMSUNG):,}") if person.held(SAMSUNG) else ("보유하지 않은",)
            await person.sees(lambda: all(one in ticket.why_not.text() for one in reasons), "why it cannot be sold")
            assert not ticket.send.isEnabled()
            assert len(exchange.ask("/orders")) == sent

    run(story())


def test_a_strip_moves_nothing_under_the_pointer(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """What is said below comes and goes without a row of the ladder changing its place or its price."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("삼성전자", SAMSUNG)
            await person.show("order")
            view = person.order.ladder.view
            await person.sees(lambda: view.sight.looks, "the ladder has rows")
            await _hold_still(person)
            place = view.rect().center()
            before, corner = view.spot_at(place), view.mapTo(person.window, QPoint())
            height = view.height()
            person.context.set_trouble(Message("PRACTICE_SILENT"))
            await person.sees(lambda: view.height() < height, "the strip takes its room")
            await person.sees(lambda: view.spot_at(place), "the ladder is painted again")
            after = view.spot_at(place)
            assert before is not None and after is not None
            assert (after.prices, view.mapTo(person.window, QPoint())) == (before.prices, corner)

    run(story())


# --- steps ---------------------------------------------------------------------------------------------------------


def _now(person: Person, order: Order) -> Order:
    now = person.desk.order(order.id)
    assert now is not None
    return now


async def _moves(person: Person) -> None:
    """Book, tape and candles move."""
    quote = person.quote
    await person.sees(lambda: _painted(person, person.best(Side.SELL)), "the book")
    shown = len(quote.tape.tape)
    await person.sees(lambda: len(quote.tape.tape) > shown, "the tape moves")
    await person.sees(lambda: len(person.chart.source.bars) > 100, "candles")


def _painted(person: Person, price: Price | None) -> QPoint | None:
    """Where in the book a price is painted."""
    book = person.quote.book
    if price is None:
        return None
    points = (book.at.price(book.at.level(row)).center() for row in range(20))
    return next((point for point in points if book.price_at(point) == price.units), None)


async def _click_an_ask(person: Person) -> None:
    price = person.best(Side.SELL)
    point = _painted(person, price)
    assert price is not None and point is not None
    await person.click(person.quote.book, point)
    await person.click_tab(Page.ORDER)
    assert person.order.ticket.price.edit.text().replace(",", "") == str(price.units)


async def _buy(person: Person, quantity: str) -> None:
    ticket = person.order.ticket
    await person.click(ticket.sides.buttons[Side.BUY])
    await person.click(ticket.quantity.edit)
    await person.type(quantity)
    await person.sees(ticket.send.isEnabled, "the order can be sent")
    await person.click(ticket.send)


async def _fill_is_everywhere(person: Person, held: int) -> None:
    fills, holdings = person.window.pages.page(Page.FILLS), person.window.pages.page(Page.HOLDINGS)
    assert isinstance(fills, FillsPane) and isinstance(holdings, HoldingsPane)
    await person.show("fills")
    await person.sees(lambda: fills.rows.rowCount() > 0, "the fill in Fills")
    await person.show("holdings")
    await person.sees(
        lambda: [row.holding.position.quantity.count for row in holdings.rows.all_rows()] == [held], "Holdings"
    )
    await person.sees(
        lambda: person.window.header.cash.texts()[1] not in ("–", "50,000,000"), "less cash in the header"
    )
    await person.show("quote")
    await person.sees(lambda: person.chart.canvas and person.chart.canvas.sight.marks, "the fill on the chart")


async def _place_on_ladder(person: Person, ticks_below: int) -> Order:
    await person.show("order")
    ladder, before = person.order.ladder, {order.id for order in person.desk.orders()}
    if not ladder.one_click.on:
        await person.click(ladder.switch)
    await person.sees(lambda: ladder.one_click.on, "one-click mode is on")
    await person.click(ladder.pad.chips[Times.FIVE])
    view = ladder.view
    await person.sees(lambda: view.sight.looks, "the ladder has rows")
    await person.sees(lambda: person.best(Side.BUY), "a book")
    best = person.best(Side.BUY)
    assert best is not None
    price = person.step(best, -ticks_below)
    await _hold_still(person)
    await person.sees(lambda: view.point_of(price.units, Column.BID), "the price is on the ladder")
    await person.click(view, view.point_of(price.units, Column.BID))
    await person.sees(
        lambda: {order.id for order in person.desk.orders()} - before,
        f"a new order; the ladder says: {ladder.said.text()}",
    )
    placed = next(order for order in person.desk.orders() if order.id not in before)
    await person.sees(lambda: _now(person, placed).state.value == "working", "it works")
    assert placed.limit == price
    return placed


async def _hold_still(person: Person) -> None:
    """Under the pointer the ladder's rows stay where they are."""
    view = person.order.ladder.view
    await person.hover(view)
    await person.sees(lambda: view.frozen, "the ladder holds still")


async def _drag(person: Person, order: Order, ticks: int) -> Order:
    view = person.order.ladder.view
    start = order.current_limit
    assert start is not None
    target = person.step(start, ticks)
    await _hold_still(person)
    await person.sees(lambda: view.point_of(start.units, Column.MY_BUYS), "the order stands on the ladder")
    here, there = (view.point_of(one.units, Column.MY_BUYS) for one in (start, target))
    assert here is not None and there is not None
    await person.drag(view, here, there)
    await person.sees(lambda: _now(person, order).current_limit == target, "it stands at its new price")
    return _now(person, order)


def _button(person: Person, action: str) -> QPushButton:
    found = person.pending.findChild(QPushButton, action)
    assert isinstance(found, QPushButton)
    return found


async def _reduce(person: Person, order: Order, by: str) -> Order:
    await person.show("pending")
    pending = person.pending
    await person.sees(lambda: pending.rows.place(order.id) is not None, "the order in Pending")
    pending.view.choose(order.id)
    await person.click(_button(person, "pending.modify"))
    await person.sees(pending.panel.isVisible, "the panel under the row")
    await person.click(pending.panel.by.edit)
    pending.panel.by.edit.clear()
    await person.type(by)
    await person.click(pending.panel.reduce_button)
    left = order.leaves.count - int(by)
    await person.sees(lambda: _now(person, order).leaves.count == left, "fewer shares are left")
    return _now(person, order)
