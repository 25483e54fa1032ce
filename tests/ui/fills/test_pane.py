"""The fills tab: line by line, newest first, with costs and sums; an accepted order is not a fill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.domain.tickets import Side
from hoga.ui.context import Context
from hoga.ui.fills.pane import FillsPane, Which
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, make_context


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def context(qapp: QApplication, desk: FakeDesk) -> Iterator[Context]:
    made = make_context(desk)
    yield made
    made.stop()


@pytest.fixture
def pane(context: Context, qtbot: QtBot) -> FillsPane:
    made = FillsPane(context)
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show()
    return made


def texts(pane: FillsPane, column: str) -> list[str]:
    at = [one.name for one in pane.rows.columns].index(column)
    return [pane.rows.cell(place, at).text for place in range(pane.rows.rowCount())]


def trade(desk: FakeDesk) -> None:
    buy = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    desk.fill(buy.id, 3, 70_900)
    desk.clock.advance(1)
    desk.fill(buy.id, 7, 71_000)
    sell = desk.working(m.HYNIX, Side.SELL, 2, 195_000)
    desk.clock.advance(1)
    desk.fill(sell.id, 2, 195_000)


def test_an_accepted_order_is_no_fill(pane: FillsPane, desk: FakeDesk) -> None:
    desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    pane.refresh()
    assert pane.rows.rowCount() == 0
    assert pane.view.empty().title == "Nothing was filled today"


def test_each_fill_is_a_line_newest_first_with_what_it_did_to_the_cash(pane: FillsPane, desk: FakeDesk) -> None:
    trade(desk)
    pane.refresh()
    assert texts(pane, "side") == ["▼ Sell", "▲ Buy", "▲ Buy"]
    assert texts(pane, "price") == ["195,000", "71,000", "70,900"]
    assert texts(pane, "quantity") == ["2", "7", "3"]
    assert texts(pane, "amount") == ["390,000", "497,000", "212,700"]
    # 0.0140527 % of each amount, cut to the won; selling at KOSPI pays 0.05 % and 0.15 % besides.
    assert texts(pane, "costs") == ["834", "69", "29"]
    assert texts(pane, "net") == ["+389,166", "−497,069", "−212,729"]
    assert texts(pane, "so far") == ["2 / 2", "10 / 10", "10 / 10"]


def test_the_footer_adds_up_what_is_selected(pane: FillsPane, desk: FakeDesk, qtbot: QtBot) -> None:
    trade(desk)
    pane.refresh()
    pane.view.selectAll()
    wanted = "3 selected   Filled 12 sh   Amount 1,099,700   Costs 932   To cash −320,632"
    qtbot.waitUntil(lambda: pane.table.footer.text() == wanted)


def test_chips_narrow_to_a_side_or_the_chosen_instrument(pane: FillsPane, desk: FakeDesk, context: Context) -> None:
    trade(desk)
    pane.refresh()
    pane.chips.choose(Which.SELLS)
    assert texts(pane, "side") == ["▼ Sell"]
    pane.chips.choose(Which.INSTRUMENT)
    assert texts(pane, "code") == ["005930", "005930"]
    context.select(m.HYNIX.id)
    assert texts(pane, "code") == ["000660"]
    context.select(m.NAVER.id)
    assert pane.view.empty().title == "No fill fits the filter"
    pane.chips.choose(Which.ALL)
    assert pane.rows.rowCount() == 3


def test_enter_opens_the_orders_biography(pane: FillsPane, desk: FakeDesk, qtbot: QtBot) -> None:
    trade(desk)
    pane.refresh()
    pane.view.setFocus()
    pane.view.choose(pane.rows.shown_keys()[0])
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.with_biography.biography is not None
    assert pane.with_biography.biography.order == pane.rows.row(0).order.id
    assert desk.commands == []
