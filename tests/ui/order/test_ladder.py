"""The price ladder: a press means what was painted under it, whatever the market does until the release."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.accounts import RealAccount, WireProfile
from hoga.domain.broker_orders import RequestKind
from hoga.domain.market_data import Book, Level, Trade
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Price, Shares
from hoga.trading.views import Denied, Part
from hoga.ui.order.ladder.looks import Mark, Zone
from hoga.ui.order.ladder.pad import Times
from hoga.ui.order.ladder.press import Column
from hoga.ui.order.market import STALE_AFTER
from tests.support import made_up
from tests.support.fake_desk import CONNECTION, FakeDesk, beat
from tests.ui.order.conftest import LAST, SAMSUNG, Bench, MakeBench

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def quick(bench: Bench) -> Bench:
    """One-click is on."""
    assert bench.context.actions.trigger("order.ladder.one_click")
    assert bench.page.ladder.one_click.on
    return bench


def enter(bench: Bench) -> None:
    """The pointer comes over the ladder."""
    spot = QPointF(5, 5)
    QApplication.sendEvent(bench.page.ladder.view, QEnterEvent(spot, spot, spot))


def leave(bench: Bench) -> None:
    QApplication.sendEvent(bench.page.ladder.view, QEvent(QEvent.Type.Leave))


def down(bench: Bench, units: int, column: Column) -> QPoint:
    point = bench.at(units, column)
    QTest.mousePress(bench.page.ladder.view, LEFT, NO_KEY, point)
    return point


def up(bench: Bench, point: QPoint) -> None:
    QTest.mouseRelease(bench.page.ladder.view, LEFT, NO_KEY, point)


def drag(bench: Bench, point: QPoint, to: QPoint) -> None:
    view = bench.page.ladder.view
    QTest.mousePress(view, LEFT, NO_KEY, point)
    QTest.mouseMove(view, point + (to - point) / 2)
    QTest.mouseMove(view, to)


def random_book(last: int, asks: list[int], bids: list[int]) -> Book:
    grid = made_up.tick_table_of(SAMSUNG, made_up.START.date())
    ask = grid.up(last)
    return Book(
        SAMSUNG.id,
        made_up.START,
        tuple(Level(grid.step(ask, k), n) for k, n in enumerate(asks) if n),
        tuple(Level(grid.step(last, -k), n) for k, n in enumerate(bids) if n),
        sum(asks),
        sum(bids),
    )


updates = st.lists(
    st.tuples(
        st.integers(-200, 200),
        st.lists(st.integers(0, 90_000), min_size=1, max_size=10),
        st.lists(st.integers(0, 90_000), min_size=1, max_size=10),
        st.booleans(),
    ),
    max_size=12,
)


def move_market(bench: Bench, steps: list[tuple[int, list[int], list[int], bool]]) -> None:
    """Books and trades anywhere within the day's limits, with and without a repaint after each."""
    grid = made_up.tick_table_of(SAMSUNG, made_up.START.date())
    for ticks, asks, bids, repainted in steps:
        last = grid.step(LAST, ticks)
        bench.desk.feed(random_book(last, asks, bids), made_up.trade(SAMSUNG, made_up.START, last))
        beat(bench.context)
        if repainted:
            bench.paint()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, 60),
    column=st.sampled_from([Column.MY_SELLS, Column.ASK, Column.BID, Column.MY_BUYS]),
    before=updates,
    between=updates,
    pointed=st.booleans(),
)
def test_the_price_sent_is_the_price_painted_under_the_press(
    quick: Bench,
    row: int,
    column: Column,
    before: list[tuple[int, list[int], list[int], bool]],
    between: list[tuple[int, list[int], list[int], bool]],
    pointed: bool,
) -> None:
    view = quick.page.ladder.view
    quick.desk.book_of_orders.orders.clear()
    quick.desk.tell(Part.ORDERS)
    already = len(quick.sent)
    (enter if pointed else leave)(quick)
    move_market(quick, before)
    rows = view.sight.rows
    assert rows is not None
    painted = view.painted(row % rows.count)
    if painted is None or not painted.prices or not painted.allowed:
        return
    price = painted.prices[0]
    point = down(quick, price, column)
    move_market(quick, between)
    still = view.painted(row % rows.count)
    assert still is not None
    assert still.prices == painted.prices, "no row moves while a button is down"
    up(quick, point)
    sent = quick.sent[already:]
    side = Side.SELL if column in (Column.MY_SELLS, Column.ASK) else Side.BUY
    assert [(ticket.limit, ticket.side, ticket.instrument) for ticket in sent] == [(Price(price), side, SAMSUNG.id)]


def test_a_thousand_moves_under_the_pointer_move_no_row(quick: Bench) -> None:
    enter(quick)
    before = [look.prices for look in quick.page.ladder.view.sight.looks]
    for k in range(1_000):
        move_market(quick, [((k * 37) % 301 - 150, [k + 1], [k + 2], k % 100 == 0)])
    assert [look.prices for look in quick.page.ladder.view.sight.looks] == before
    leave(quick)
    quick.feed(LAST + 9_000)
    assert [look.prices for look in quick.page.ladder.view.sight.looks] != before


def test_an_arrow_shows_where_the_market_went(bench: Bench) -> None:
    enter(bench)
    bench.feed(LAST + 9_000)
    assert bench.page.ladder.view.sight.edges.upper == "▲ 80,500"
    bench.feed(LAST - 9_000)
    assert bench.page.ladder.view.sight.edges.lower == "▼ 62,500"
    bench.page.ladder.view.setFocus()
    bench.press(bench.page.ladder.view, Qt.Key.Key_Space)
    assert bench.page.ladder.view.sight.edges.lower == ""


def test_a_release_on_another_row_is_nothing(quick: Bench) -> None:
    down(quick, LAST, Column.BID)
    up(quick, quick.at(LAST - 100, Column.BID))
    down(quick, LAST, Column.BID)
    up(quick, quick.at(LAST, Column.ASK))
    down(quick, LAST, Column.BID)
    up(quick, QPoint(-50, -50))
    assert quick.sent == []


def test_a_double_click_sends_once(quick: Bench) -> None:
    point = quick.at(LAST, Column.BID)
    view = quick.page.ladder.view
    QTest.mouseClick(view, LEFT, NO_KEY, point)
    QTest.mouseDClick(view, LEFT, NO_KEY, point)  # the second half alone, as Qt tells it
    QTest.mouseRelease(view, LEFT, NO_KEY, point)
    assert len(quick.sent) == 1


def test_while_the_button_is_down_what_letting_go_sends_is_made_ready(quick: Bench) -> None:
    point = down(quick, LAST, Column.BID)
    (ready,) = quick.desk.made_ready
    assert quick.sent == []
    up(quick, point)
    (ticket,) = quick.sent
    assert ready == ticket
    up(quick, down(quick, LAST, Column.BID))
    assert len({ticket.id for ticket in quick.sent}) == 2, "each press is an order of its own"


def test_without_one_click_nothing_is_made_ready(bench: Bench) -> None:
    down(bench, LAST, Column.BID)
    assert not bench.desk.made_ready


def test_a_second_button_ends_the_press(quick: Bench) -> None:
    point = down(quick, LAST, Column.BID)
    QTest.mousePress(quick.page.ladder.view, Qt.MouseButton.MiddleButton, NO_KEY, point)
    QTest.mouseRelease(quick.page.ladder.view, Qt.MouseButton.MiddleButton, NO_KEY, point)
    up(quick, point)
    assert quick.sent == []


def test_another_instrument_between_press_and_release_is_nothing(quick: Bench) -> None:
    point = down(quick, LAST, Column.BID)
    quick.context.select(made_up.HYNIX.id)
    quick.paint()
    up(quick, point)
    assert quick.sent == []


def test_without_one_click_a_click_fills_the_ticket_and_its_slip(bench: Bench) -> None:
    bench.page.ladder.pad.edit.setText("10")
    bench.page.ladder.pad._typed("10")
    bench.click(LAST + 100, Column.BID)
    slip = bench.page.ticket.slip
    assert bench.sent == []
    assert slip.isVisible()
    assert "Buy 10 sh" in slip.particulars.sentence.text()
    assert "71,600" in slip.particulars.sentence.text()
    bench.wait_out_the_guard()
    slip.send.click()
    (ticket,) = bench.sent
    assert (ticket.side, ticket.limit, ticket.quantity) == (Side.BUY, Price(LAST + 100), Shares(10))
    bench.click(LAST, Column.ASK)
    assert "Sell 10 sh" in slip.particulars.sentence.text(), "left sells, right buys"


def test_a_second_click_replaces_the_slip(bench: Bench) -> None:
    bench.click(LAST + 100, Column.BID)
    bench.click(LAST, Column.BID)
    assert "71,500" in bench.page.ticket.slip.particulars.sentence.text()


def test_a_click_on_the_price_pins_it(bench: Bench) -> None:
    bench.click(LAST - 300, Column.PRICE)
    assert bench.page.model.draft.price == Price(LAST - 300)
    assert bench.page.model.draft.follow is None


def test_outside_the_limits_nothing_is_sent_and_it_says_so(quick: Bench) -> None:
    view = quick.page.ladder.view
    upper = made_up.quote(SAMSUNG).upper_limit
    assert upper is not None
    for _ in range(80):
        wheel(quick, 120)
    quick.paint()
    outside = view.painted(0)
    assert outside is not None
    assert not outside.allowed
    assert outside.prices[0] > upper.units
    quick.click(outside.prices[0], Column.BID)
    assert quick.sent == []
    assert "outside today's limits" in quick.page.ladder.said.text()


def wheel(bench: Bench, turned: int) -> None:
    view, at = bench.page.ladder.view, QPointF(50, 200)
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, NO_KEY,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


# --- one's own orders -----------------------------------------------------------------------------------------------


def test_dragging_reprices_to_the_row_it_is_dropped_on(bench: Bench) -> None:
    order = bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    bench.paint()
    target = bench.at(LAST - 700, Column.MY_BUYS)
    drag(bench, bench.at(LAST - 300, Column.MY_BUYS), target)
    up(bench, target)
    (command,) = bench.desk.named("reprice")
    assert command.arguments[:2] == (order.id, Price(LAST - 700))
    assert bench.sent == []


def test_escape_puts_a_dragged_order_back(bench: Bench) -> None:
    bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    bench.paint()
    target = bench.at(LAST - 700, Column.MY_BUYS)
    drag(bench, bench.at(LAST - 300, Column.MY_BUYS), target)
    bench.press(bench.page.ladder.view, Qt.Key.Key_Escape)
    up(bench, target)
    assert bench.desk.commands == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(between=updates)
def test_a_drop_lands_where_it_was_painted(bench: Bench, between: list[tuple[int, list[int], list[int], bool]]) -> None:
    bench.desk.book_of_orders.orders.clear()
    bench.desk.tell(Part.ORDERS)
    bench.desk.commands.clear()
    bench.page.ladder.view.centre()
    bench.feed(LAST)
    bench.page.ladder.view.centre()
    order = bench.desk.working(SAMSUNG, Side.SELL, 12, LAST + 400)
    bench.paint()
    target = bench.at(LAST + 900, Column.MY_SELLS)
    drag(bench, bench.at(LAST + 400, Column.MY_SELLS), target)
    move_market(bench, between)
    up(bench, target)
    assert [c.arguments[:2] for c in bench.desk.named("reprice")] == [(order.id, Price(LAST + 900))]


def test_middle_or_cross_cancels(bench: Bench) -> None:
    first = bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    second = bench.desk.working(SAMSUNG, Side.SELL, 5, LAST + 300)
    bench.paint()
    bench.click(LAST - 300, Column.MY_BUYS, Qt.MouseButton.MiddleButton)
    cell = bench.at(LAST + 300, Column.MY_SELLS)
    view = bench.page.ladder.view
    cross = next(x for x in range(cell.x(), cell.x() + 200) if (s := view.spot_at(QPoint(x, cell.y()))) and s.on_cancel)
    QTest.mouseClick(view, LEFT, NO_KEY, QPoint(cross + 2, cell.y()))
    assert [command.arguments for command in bench.desk.named("cancel")] == [(first.id,), (second.id,)]
    assert bench.sent == []


def test_a_click_on_ones_own_order_places_nothing(quick: Bench) -> None:
    quick.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    quick.paint()
    point = quick.at(LAST - 300, Column.MY_BUYS) - QPoint(20, 0)
    QTest.mouseClick(quick.page.ladder.view, LEFT, NO_KEY, point)
    assert quick.sent == []
    assert quick.desk.commands == []


def test_an_order_under_way_is_not_dragged(bench: Bench) -> None:
    made = bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    busy = bench.desk.book_of_orders.asked(made, RequestKind.REPRICE, limit=Price(LAST - 400))
    bench.desk.add_order(busy)
    bench.paint()
    target = bench.at(LAST - 700, Column.MY_BUYS)
    drag(bench, bench.at(LAST - 300, Column.MY_BUYS), target)
    up(bench, target)
    assert bench.desk.commands == []
    assert "being changed" in bench.page.ladder.said.text()


# --- keyboard -------------------------------------------------------------------------------------------------------


def test_the_ladder_by_keyboard_alone(bench: Bench) -> None:
    view = bench.page.ladder.view
    assert bench.context.actions.trigger("order.to_ladder")
    assert view.cursor_key.units == LAST
    bench.press(view, Qt.Key.Key_Up)
    bench.press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.cursor_key.units == LAST - 900
    bench.feed(LAST + 1_000)
    assert view.cursor_key.units == LAST - 900, "the cursor is a price"
    bench.paint()
    bench.press(view, Qt.Key.Key_Return)
    slip = bench.page.ticket.slip
    assert "Buy 1 sh" in slip.particulars.sentence.text()
    bench.wait_out_the_guard()
    bench.press(slip.back, Qt.Key.Key_Return)
    (ticket,) = bench.sent
    assert (ticket.side, ticket.limit) == (Side.BUY, Price(LAST - 900))


def test_move_and_cancel_by_keyboard(bench: Bench) -> None:
    order = bench.desk.working(SAMSUNG, Side.SELL, 7, LAST + 200)
    view = bench.page.ladder.view
    bench.context.actions.trigger("order.to_ladder")
    bench.paint()
    bench.press(view, Qt.Key.Key_Left)
    bench.context.actions.trigger("order.ladder.move")
    assert "No order of yours" in bench.page.ladder.said.text()
    for _ in range(2):
        bench.press(view, Qt.Key.Key_Up)
    bench.context.actions.trigger("order.ladder.move")
    for _ in range(3):
        bench.press(view, Qt.Key.Key_Up)
    bench.paint()
    bench.press(view, Qt.Key.Key_Return)
    assert [c.arguments[:2] for c in bench.desk.named("reprice")] == [(order.id, Price(LAST + 500))]
    bench.paint()
    bench.context.actions.trigger("order.ladder.cancel")
    assert [c.arguments for c in bench.desk.named("cancel")] == [(order.id,)]
    assert bench.sent == []


def test_nothing_that_is_said_moves_the_rows(bench: Bench) -> None:
    """A press is lost when the ladder is given another size: so no word may give it one."""
    view = bench.page.ladder.view
    before = view.geometry()
    down(bench, LAST, Column.BID)
    bench.page.ladder.say(Message("CHIP_BUSY"))
    bench.page.model.type_size("100,000,000원")
    bench.page.model.type_price("71,530")
    bench.context.set_locked(True)
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    bench.desk.clock.advance(30)
    bench.context.second.emit()
    bench.paint()
    assert view.geometry() == before
    bench.context.set_locked(False)
    bench.page.ladder.said.clear()
    bench.paint()
    assert view.geometry() == before
    assert view.frozen


# --- the mode -------------------------------------------------------------------------------------------------------


def test_one_click_dies_with_the_lock_and_with_the_account(quick: Bench) -> None:
    assert "SENDS" in quick.page.ladder.mode.text()
    quick.context.set_locked(True)
    assert not quick.page.ladder.one_click.on
    quick.context.set_locked(False)
    assert not quick.page.ladder.one_click.on
    quick.context.actions.trigger("order.ladder.one_click")
    assert quick.page.ladder.one_click.on
    quick.desk.account = type(quick.desk.account)(CONNECTION, "******99-01", quick.desk.account.profile)
    quick.click(LAST, Column.BID)
    assert quick.sent == []
    assert not quick.page.ladder.one_click.on


def test_locked_a_click_does_nothing(bench: Bench) -> None:
    bench.context.set_locked(True)
    assert "Locked" in bench.page.ladder.mode.text()
    bench.click(LAST, Column.BID)
    assert bench.sent == []
    assert not bench.page.ticket.slip.isVisible()
    assert "locked" in bench.page.ladder.said.text()


def test_with_real_money_one_click_is_asked_about(make_bench: MakeBench) -> None:
    bench = make_bench(desk=FakeDesk(RealAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)))
    bench.context.set_locked(False)
    asked = []
    bench.page.confirmer.propose = asked.append  # type: ignore[method-assign]
    bench.context.actions.trigger("order.ladder.one_click")
    assert not bench.page.ladder.one_click.on
    assert "one-click" in asked[0].sentence


def test_a_denied_click_says_why(quick: Bench) -> None:
    quick.desk.answers["submit"] = Denied((Message("CASH_SHORT", {"need": 71_500, "have": 1, "short": 71_499}),))
    quick.click(LAST, Column.BID)
    assert "71,499 won short" in quick.toasts[-1].text


def test_the_pad_multiplies_and_is_kept_for_each_instrument(quick: Bench) -> None:
    pad = quick.page.ladder.pad
    pad.edit.setFocus()
    pad.edit.selectAll()
    QTest.keyClicks(pad.edit, "20")
    pad.chips[Times.FIVE].click()
    quick.click(LAST, Column.BID)
    assert quick.sent[-1].quantity == Shares(100)
    quick.context.select(made_up.HYNIX.id)
    assert pad.unit == 20
    QTest.keyClicks(pad.edit, "1")
    quick.context.select(SAMSUNG.id)
    assert (pad.unit, pad.times) == (20, Times.ONE)


def test_max_is_what_is_possible_at_the_price_clicked(quick: Bench) -> None:
    quick.page.ladder.pad.chips[Times.MAX].click()
    quick.click(LAST - 100, Column.ASK)
    assert quick.sent[-1].quantity == Shares(120)
    quick.click(LAST - 1_000, Column.BID)
    assert quick.sent[-1].quantity == Shares(175)  # 12,345,678 ÷ (70,500 and 0.0140527 %)


def test_an_unreadable_pad_sends_nothing(quick: Bench) -> None:
    quick.page.ladder.pad._typed("many")
    quick.click(LAST, Column.BID)
    assert quick.sent == []
    assert "quantity beside the ladder" in quick.page.ladder.said.text()


def test_a_grouped_row_asks_which_price(quick: Bench) -> None:
    pane = quick.page.ladder
    pane.group.setCurrentIndex(3)
    pane.refresh()
    quick.paint()
    grouped = next(look for look in pane.view.sight.looks if LAST in look.prices)
    assert len(grouped.prices) == 10
    quick.click(LAST, Column.BID)
    assert quick.sent == []
    assert pane._menu is not None
    choice = next(action for action in pane._menu.actions() if action.text() == "71,500")
    choice.trigger()
    pane._menu.close()
    assert [ticket.limit for ticket in quick.sent] == [Price(LAST)]


def test_old_prices_are_drawn_so(bench: Bench) -> None:
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    bench.desk.clock.advance(30)
    bench.context.second.emit()
    bench.page.ladder.refresh()
    assert all(look.stale for look in bench.page.ladder.view.sight.looks)
    assert "stand still" in bench.page.ladder.mode.text()


def test_without_their_stream_prices_are_drawn_old_at_once(bench: Bench) -> None:
    """They may have moved since, however young they are; the ticket may still use them up to the limit."""
    assert not any(look.stale for look in bench.page.ladder.view.sight.looks)
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert all(look.stale for look in bench.page.ladder.view.sight.looks)


def test_a_price_that_reaches_its_limit_is_noticed_without_any_event(bench: Bench, qtbot: QtBot) -> None:
    """Nothing comes from a silent stream: time alone makes the ticket wait, and within a few frames."""
    bench.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    model = bench.page.model
    assert not model.standing.waits
    bench.desk.clock.advance(STALE_AFTER + 1)
    qtbot.waitUntil(lambda: model.standing.waits, timeout=1000)


def test_marks_and_zones(bench: Bench) -> None:
    looks = {look.prices[0]: look for look in bench.page.ladder.view.sight.looks}
    quote = made_up.quote(SAMSUNG)
    assert quote.high is not None
    assert quote.open is not None
    assert Mark.HIGH in looks[quote.high.units].marks
    assert Mark.OPEN in looks[quote.open.units].marks
    assert Mark.CLOSE in looks[quote.base.units].marks
    assert looks[LAST].last
    assert looks[LAST].zone is Zone.BID
    assert looks[LAST + 100].zone is Zone.ASK
    assert (looks[LAST].rising, looks[quote.base.units].rising) == (1, 0)


def test_only_rows_that_differ_are_painted_again(bench: Bench) -> None:
    view = bench.page.ladder.view
    bench.paint()
    before = {row: view.painted(row) for row in range(10)}
    book = made_up.book(SAMSUNG, bench.desk.clock.now())
    changed = Book(book.instrument, book.at, (Level(book.asks[0].price_units, 1), *book.asks[1:]), book.bids, 1, 1)
    bench.desk.feed(changed)
    beat(bench.context)
    bench.paint()
    differing = [row for row in before if view.painted(row) != before[row]]
    assert len(differing) <= 1


def test_the_menu_speaks_of_the_place_it_was_opened_at(quick: Bench) -> None:
    view = quick.page.ladder.view
    spot = view.spot_at(quick.at(LAST - 200, Column.BID))
    view.menu_wanted.emit(spot, QCursor.pos())
    quick.feed(LAST + 9_000)
    menu = quick.page.ladder._menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Buy at 71,300").trigger()
    menu.close()
    assert [(ticket.limit, ticket.type) for ticket in quick.sent] == [(Price(LAST - 200), OrderType.LIMIT)]


def test_trades_feed_the_ladder(bench: Bench) -> None:
    trade: Trade = made_up.trade(SAMSUNG, bench.desk.clock.now(), LAST + 200)
    bench.desk.feed(trade)
    beat(bench.context)
    assert next(look for look in bench.page.ladder.view.sight.looks if look.last).prices == (LAST + 200,)
