"""The whole trade by keyboard alone, on the real exchange: no step here ever touches a pointer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication

from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.ui.fills.pane import FillsPane
from hoga.ui.holdings.pane import HoldingsPane
from hoga.ui.tabs import Page
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Exchange

SAMSUNG = "005930"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_from_initials_to_a_fill(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """Ctrl+K ㅅㅅㅈㅈ, F2, 10, Enter: the fill stands in Fills, Holdings, header and chart, and at the exchange."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("ㅅㅅㅈㅈ", SAMSUNG)
            before, cash = person.held(SAMSUNG), person.window.header.cash.texts()[1]
            bought = _shares(exchange, "buy")
            await person.key("F2")
            # Ten would be ten times the single shares of the other stories, which is asked about.
            await _type_a_quantity(person, "8")
            await _raise_above_the_ask(person)
            await person.key("Return")
            await person.sees(lambda: person.held(SAMSUNG) == before + 8, "8 shares more")
            await _is_seen_everywhere(person, before + 8, cash)
            assert _shares(exchange, "buy") == bought + 8

    run(story())


def test_a_far_order_is_placed_moved_reduced_and_cancelled(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """The ladder's cursor places and moves it, Ctrl+M in Pending takes shares off, Del cancels what is left."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("삼성전자", SAMSUNG)
            await _to_the_ladder(person)
            await _pad(person, "8")
            order = await _place(person, ticks_below=8)
            order = await _carry(person, order, ticks=2)
            order = await _reduce(person, order, by="4")
            theirs = _open_at_exchange(exchange)
            assert [(one["remaining"], one["limit"]) for one in theirs] == [(4, order.current_limit.units)]  # type: ignore[union-attr]
            await person.sees(person.pending.view.hasFocus, "the focus is back in the table")
            await person.key("Delete")
            await person.sees(lambda: _now(person, order).state.value == "cancelled", "the order is cancelled")
            assert not _open_at_exchange(exchange)

    run(story())


def test_everything_is_cancelled_at_once(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """Ctrl+Shift+X from wherever one is, then Enter."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("삼전", SAMSUNG)
            await _to_the_ladder(person)
            for ticks in (5, 6, 7):
                await _place(person, ticks_below=ticks)
            assert len(_open_at_exchange(exchange)) == 3
            await _tab(person, Page.HOLDINGS)
            await person.key("Ctrl+Shift+X")
            await person.sees(lambda: "3" in person.window.cancel_strip.text.text(), "how many will be cancelled")
            assert len(_open_at_exchange(exchange)) == 3, "nothing is cancelled before it is confirmed"
            await person.key("Return")
            await person.sees(lambda: not person.open_orders(), "nothing is open")
            assert not _open_at_exchange(exchange)

    run(story())


def test_selling_more_than_held_says_why_not(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.find("samsung electronics", SAMSUNG)
            sent = exchange.ask("/orders")
            await person.key("F3")
            await _type_a_quantity(person, "5000")
            ticket = person.order.ticket
            reasons = ("5,000", f"{person.held(SAMSUNG):,}") if person.held(SAMSUNG) else ("보유하지 않은",)
            await person.sees(lambda: all(one in ticket.why_not.text() for one in reasons), "why it cannot be sold")
            assert ticket.model.draft.side is Side.SELL
            await person.key("Return", "Return", "Ctrl+Return")
            assert not ticket.send.isEnabled() and ticket.slip.proposal is None
            await person.key("Escape")
            assert exchange.ask("/orders") == sent

    run(story())


# --- steps ---------------------------------------------------------------------------------------------------------


def _now(person: Person, order: Order) -> Order:
    now = person.desk.order(order.id)
    assert now is not None
    return now


def _shares(exchange: Exchange, side: str) -> int:
    return sum(fill["quantity"] for fill in exchange.ask("/fills") if fill["side"] == side)


def _open_at_exchange(exchange: Exchange) -> list[dict[str, Any]]:
    return [one for one in exchange.ask("/orders") if one["remaining"]]


async def _tab(person: Person, page: Page) -> None:
    await person.key(f"Ctrl+{list(Page).index(page) + 1}")
    await person.sees(lambda: person.window.pages.current is page, f"tab {page.value}")


async def _type_a_quantity(person: Person, count: str) -> None:
    """The key that opened the ticket has led to its quantity."""
    await person.sees(person.order.ticket.quantity.edit.hasFocus, "the quantity has the focus")
    await person.type(count)


async def _raise_above_the_ask(person: Person) -> None:
    """Alt+P, then up tick by tick until it trades at once."""
    ticket = person.order.ticket
    await person.sees(lambda: person.best(Side.SELL), "a book")
    await person.key("Alt+P")
    await person.sees(ticket.price.edit.hasFocus, "the price has the focus")
    for _ in range(12):
        await person.key("Up")
        price, ask = ticket.model.draft.price, person.best(Side.SELL)
        if price is not None and ask is not None and price >= person.step(ask, 2):
            break
    await person.sees(ticket.send.isEnabled, "the order can be sent")


async def _is_seen_everywhere(person: Person, held: int, cash: str) -> None:
    pages = person.window.pages
    fills, holdings = pages.page(Page.FILLS), pages.page(Page.HOLDINGS)
    assert isinstance(fills, FillsPane) and isinstance(holdings, HoldingsPane)
    await _tab(person, Page.FILLS)
    await person.sees(lambda: any(row.execution.quantity.count for row in fills.rows.all_rows()), "the fill in Fills")
    await _tab(person, Page.HOLDINGS)
    rows = holdings.rows.all_rows
    await person.sees(lambda: [row.holding.position.quantity.count for row in rows()] == [held], "Holdings")
    await person.sees(lambda: person.window.header.cash.texts()[1] not in ("–", cash), "less cash in the header")
    await _tab(person, Page.QUOTE)
    await person.sees(lambda: person.chart.canvas and person.chart.canvas.sight.marks, "the fill on the chart")


async def _to_the_ladder(person: Person) -> None:
    await _tab(person, Page.ORDER)
    view = person.order.ladder.view
    await person.sees(lambda: view.sight.looks and person.best(Side.BUY), "the ladder has rows")
    await person.key("F2", "Alt+L")
    await person.sees(view.hasFocus, "the ladder has the focus")
    await person.key("Ctrl+Shift+K")
    await person.sees(lambda: person.order.ladder.one_click.on, "one-click mode is on")


async def _pad(person: Person, count: str) -> None:
    """Back with Shift+Tab to the ladder's quantity, and forth again."""
    ladder = person.order.ladder
    for _ in range(8):
        await person.key("Shift+Backtab")
        if ladder.pad.edit.hasFocus():
            break
    assert ladder.pad.edit.hasFocus(), "the pad lies right before the ladder"
    await person.key("Ctrl+A")
    await person.type(count)
    await person.key("Alt+L")
    await person.sees(ladder.view.hasFocus, "the ladder has the focus")


async def _cursor_to(person: Person, units: int) -> None:
    """With the arrows, as far as it takes."""
    cursor = person.order.ladder.view.cursor_key
    await person.sees(lambda: cursor.units is not None, "the cursor")
    for _ in range(80):
        if cursor.units == units:
            return
        assert cursor.units is not None
        await person.key("Down" if cursor.units > units else "Up")
    raise AssertionError(f"the cursor did not come to {units}: {cursor.units}")


async def _place(person: Person, ticks_below: int) -> Order:
    best, before = person.best(Side.BUY), {order.id for order in person.desk.orders()}
    assert best is not None
    price = person.step(best, -ticks_below)
    await _cursor_to(person, price.units)
    await person.key("Right", "Return")
    await person.sees(lambda: {order.id for order in person.desk.orders()} - before, "a new order")
    placed = next(order for order in person.desk.orders() if order.id not in before)
    await person.sees(lambda: _now(person, placed).state.value == "working", "it works")
    assert (placed.side, placed.limit) == (Side.BUY, price)
    return placed


async def _carry(person: Person, order: Order, ticks: int) -> Order:
    """Ctrl+M takes it up at the cursor, arrows move it, Enter puts it down."""
    assert order.current_limit is not None
    view, target = person.order.ladder.view, person.step(order.current_limit, ticks)
    await _cursor_to(person, order.current_limit.units)
    await person.sees(lambda: (spot := view.cursor_key.spot()) and spot.chip, "the order under the cursor")
    await person.key("Ctrl+M")
    assert view.cursor_key.carried is not None
    await _cursor_to(person, target.units)
    await person.key("Return")
    await person.sees(lambda: _now(person, order).current_limit == target, "it stands at its new price")
    return _now(person, order)


async def _reduce(person: Person, order: Order, by: str) -> Order:
    await _tab(person, Page.PENDING)
    pending = person.pending
    await person.sees(lambda: pending.rows.place(order.id) is not None, "the order in Pending")
    await person.sees(pending.view.hasFocus, "the table has the focus")
    await person.key("Down", "Ctrl+M")
    await person.sees(pending.panel.isVisible, "the panel under the row")
    await person.sees(pending.panel.price.edit.hasFocus, "the panel's price has the focus")
    for _ in range(4):
        await person.key("Tab")
        if pending.panel.by.edit.hasFocus():
            break
    await person.type(by)
    await person.key("Return")
    left = order.leaves.count - int(by)
    await person.sees(lambda: _now(person, order).leaves.count == left, "fewer shares are left")
    await person.sees(pending.panel.isHidden, "the panel is put away")
    return _now(person, order)
