"""This instrument's working orders, and how the page behaves as a whole."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel

from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, Side, Ticket, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.ui.order import make
from hoga.ui.theme.tokens import Scheme, tokens
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, make_context
from tests.ui.order.conftest import LAST, SAMSUNG, Bench


def rows(bench: Bench) -> list[list[str]]:
    model = bench.page.working.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_only_this_instruments_open_orders_are_listed_newest_first(bench: Bench) -> None:
    assert "No working orders" in bench.page.working.empty.text()
    first = bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    bench.desk.working(made_up.HYNIX, Side.BUY, 3, 192_000)
    bench.desk.working(SAMSUNG, Side.SELL, 5, None, type=OrderType.MARKET)
    bench.desk.fill(first.id, 10, LAST - 300)
    assert rows(bench) == [["▼ Sell", "Market", "5/5", "working"], ["▲ Buy", "71,200", "20/30", "part filled"]]
    assert not bench.page.working.empty.isVisible()


def test_a_change_tells_its_row_alone(bench: Bench) -> None:
    for k in range(4):
        bench.desk.working(SAMSUNG, Side.BUY, 10, LAST - 100 * k)
    model = bench.page.working.model
    changed, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    bench.desk.fill(bench.orders[1].id, 4, LAST - 100)
    assert changed.count() == 1
    assert changed.at(0)[0].row() == 2
    bench.desk.fill(bench.orders[2].id, 10, LAST - 200)
    assert model.rowCount() == 3
    assert reset.count() == 0


def test_delete_cancels_the_chosen_one(bench: Bench) -> None:
    order = bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    table = bench.page.working.table
    assert not bench.context.actions.trigger("order.here.cancel")
    table.selectionModel().select(
        bench.page.working.model.index(0, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    table.setFocus()
    bench.press(table, Qt.Key.Key_Delete)
    assert [command.arguments for command in bench.desk.named("cancel")] == [(order.id,)]


def test_another_instrument_lists_its_own(bench: Bench) -> None:
    bench.desk.working(SAMSUNG, Side.BUY, 30, LAST - 300)
    bench.context.select(made_up.HYNIX.id)
    assert rows(bench) == []


def test_a_change_of_the_theme_reaches_the_words_of_an_empty_list(bench: Bench) -> None:
    bench.context.set_look(Scheme.DARK, bench.context.up_down)
    ink = bench.page.working.empty.palette().color(QPalette.ColorRole.WindowText)
    assert ink == QColor(tokens(Scheme.DARK).dim)


def test_the_keys_of_the_window_open_the_tab(bench: Bench) -> None:
    shown: list[str] = []
    bench.context.tab_wanted.connect(shown.append)
    bench.context.actions.trigger("order.sell")
    assert shown == ["order"]
    assert bench.page.model.draft.side is Side.SELL


def test_the_chart_belongs_to_the_tab(bench: Bench) -> None:
    context = make_context(FakeDesk())
    chart = QLabel("chart")
    page = make(context, chart)
    assert page.isAncestorOf(chart)
    assert page.columns.count() == 3
    page.deleteLater()
    context.stop()


def test_columns_stand_where_they_were_left(bench: Bench) -> None:
    bench.page.columns.moveSplitter(400, 1)
    context = make_context(FakeDesk())
    context.state.put("split/order", bench.context.state.get("split/order"))
    again = make(context)
    again.resize(bench.page.size())
    again.show()
    assert abs(again.columns.sizes()[0] - bench.page.columns.sizes()[0]) < 10
    assert bench.page.columns.sizes()[0] >= 390
    again.close()
    again.deleteLater()
    context.stop()


def test_a_picked_price_of_the_book_reaches_the_ticket_of_a_market_order(bench: Bench) -> None:
    bench.page.model.set_kind(OrderType.MARKET, TimeInForce.DAY)
    bench.context.pick_price(Price(LAST - 100), SAMSUNG.id)
    assert (bench.page.model.draft.type, bench.page.model.draft.price) == (OrderType.LIMIT, Price(LAST - 100))


def test_a_plain_state_gives_way_before_anything_is_cut(bench: Bench) -> None:
    bench.desk.working(SAMSUNG, Side.BUY, 10, LAST - 300)
    bench.paint()
    working = bench.page.working
    assert not working.table.isColumnHidden(3)
    working.setMinimumWidth(1)
    working.resize(working.table.sizeHintForColumn(0) + working.table.sizeHintForColumn(1), working.height())
    assert working.table.isColumnHidden(3), "that it works goes without saying"
    desk = bench.desk
    ticket = Ticket(desk.new_ticket_id(), desk.account, SAMSUNG.id, Side.BUY, OrderType.MARKET, Shares(5))
    sent = desk.add_order(desk.book_of_orders.intend(ticket))
    assert sent.state is OrderState.SENDING
    assert not working.table.isColumnHidden(3), "that it has not gone does not"


def test_a_number_too_long_for_the_ticket_makes_nothing_wider(bench: Bench) -> None:
    ticket = bench.page.ticket
    before = ticket.sides.width()
    bench.page.model.type_size("9" * 18)
    bench.paint()
    assert ticket.sides.width() == before
    labels = ticket.figures.findChildren(QLabel)
    cut = [label for label in labels if label.fontMetrics().horizontalAdvance(label.text()) > label.width()]
    assert cut
    assert all(label.text() in label.toolTip() for label in cut), "whole in the tip"
