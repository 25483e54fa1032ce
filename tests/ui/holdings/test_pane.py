"""The holdings tab: live profit for what is seen, exact figures, and an honest answer to 'why this number?'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.accounts import CashReport, HoldingReport
from hoga.domain.instruments import Instrument
from hoga.domain.known import Known, Unknown
from hoga.domain.positions import Flow, Holding, Line, Portfolio, Realised, Reservation, carry_on
from hoga.domain.tickets import Side
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.ui.holdings import why
from hoga.ui.holdings.pane import HoldingsPane
from hoga.ui.holdings.popover import WhyPopover
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, holding, make_context, portfolio

_ALL = ["quantity", "sellable", "average", "cost", "value", "profit", "rate", "weight", "realised"]


def reported(one: Instrument, quantity: int, cost: int) -> Holding:
    """A holding as the balance tells it, nothing filled since."""
    held, shares = holding(one, quantity, cost), Shares(quantity)
    row = HoldingReport(
        one.id, one.name_ko, shares, shares, Money(cost), Decimal(cost) / quantity, None, Shares(0), Shares(0)
    )
    return replace(held, position=replace(held.position, reported=row))


class Tab:
    def __init__(self, qtbot: QtBot, desk: FakeDesk) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.context = make_context(desk)
        self.pane = HoldingsPane(self.context)
        qtbot.addWidget(self.pane)
        self.pane.resize(1100, 500)
        self.pane.show()
        self.pane.activateWindow()
        self.pane.view.setFocus()

    def cell(self, place: int, column: str) -> str:
        return self.pane.rows.cell(place, self.at(column)).text

    def at(self, column: str) -> int:
        return [one.name for one in self.pane.rows.columns].index(column)

    def figure(self, heading: str) -> str:
        return next(f.text_now() for f in self.pane.strip.figures if f.shown.heading == heading)

    def ask(self, place: int, column: str) -> why.Why:
        self.pane.view.setCurrentIndex(self.pane.rows.index(place, self.at(column)))
        self.pane.ask_why()
        assert self.pane.popover is not None
        answer = self.pane.popover.why
        self.pane.popover.close()
        return answer


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.set_portfolio(
        portfolio(m.START, reported(m.SAMSUNG, 120, 8_400_000), reported(m.HYNIX, 7, 1_400_000), realised=45_100)
    )
    return made


@pytest.fixture
def tab(qapp: QApplication, qtbot: QtBot, desk: FakeDesk) -> Iterator[Tab]:
    made = Tab(qtbot, desk)
    yield made
    made.context.stop()


def test_a_holding_is_shown_exactly(tab: Tab) -> None:
    shown = {name: tab.cell(0, name) for name in ("quantity", "average", "last", "value", "profit", "rate", "realised")}
    assert shown == {
        "quantity": "120", "average": "70,000", "last": "71,500", "value": "8,580,000", "profit": "+180,000",
        "rate": "+2.14%", "realised": "0",
    }  # fmt: skip
    assert tab.cell(1, "profit") == "−52,500"
    total = 8_580_000 + 1_347_500 + 12_345_678
    assert tab.figure("Total assets") == f"{total:,}"
    assert tab.cell(0, "weight") == f"{Decimal(8_580_000 * 100) / total:.2f}%"


def test_profit_moves_with_the_price_in_the_frame_it_came(tab: Tab, desk: FakeDesk) -> None:
    heard: list[int] = []
    tab.pane.rows.dataChanged.connect(lambda top, _bottom: heard.append(top.row()))
    desk.feed(m.trade(m.HYNIX, desk.clock.now(), 203_000))
    tab.context.frame.emit(desk.board.take_dirty())
    assert heard == [1], "one signal, for the row with news"
    assert (tab.cell(1, "last"), tab.cell(1, "profit"), tab.cell(1, "rate")) == ("203,000", "+21,000", "+1.50%")
    assert tab.figure("Profit") == "+201,000"


def test_nothing_is_reckoned_while_the_tab_is_hidden_and_all_is_true_when_it_is_shown(tab: Tab, desk: FakeDesk) -> None:
    tab.pane.hide()
    heard: list[int] = []
    tab.pane.rows.dataChanged.connect(lambda top, _bottom: heard.append(top.row()))
    desk.feed(m.trade(m.HYNIX, desk.clock.now(), 203_000))
    tab.context.frame.emit(desk.board.take_dirty())
    tab.context.second.emit()
    assert heard == []
    tab.pane.show()
    assert tab.cell(1, "last") == "203,000"


def test_an_old_price_is_greyed_and_marked_when_the_stream_is_not_live(tab: Tab, desk: FakeDesk) -> None:
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    desk.clock.advance(11)
    tab.pane.rows.retell()
    assert tab.cell(0, "last") == "71,500 ◷"


def test_unknown_is_a_dash_that_says_why_and_never_nought(tab: Tab, desk: FakeDesk) -> None:
    why_not = Unknown(Message("COSTS_UNKNOWN"))
    held = replace(holding(m.SAMSUNG, 5, 350_000), realised_today=why_not)
    desk.set_portfolio(portfolio(m.START, held))
    tab.pane.refresh()
    assert tab.cell(0, "realised") == "–"
    assert tab.pane.rows.cell(0, tab.at("realised")).tip == "The costs cannot be reckoned."


def test_failed_loading_and_empty_are_three_things(tab: Tab, desk: FakeDesk) -> None:
    def with_holdings(value: object) -> Portfolio:
        return replace(portfolio(m.START), holdings=value, cash=value, total=value)  # type: ignore[arg-type]

    desk.set_portfolio(with_holdings(Unknown(Message("NOT_READ_YET"))))
    tab.pane.refresh()
    assert tab.pane.view.empty().title == "Reading the balance"
    assert tab.figure("Total assets") == "–"
    desk.set_portfolio(with_holdings(Unknown(Message("CASH_NOT_REPORTED"))))
    tab.pane.refresh()
    empty = tab.pane.view.empty()
    assert (empty.title, empty.trouble) == ("The balance could not be read", True)
    assert "The broker reported no cash." in empty.hint
    desk.set_portfolio(portfolio(m.START))
    tab.pane.refresh()
    assert tab.pane.view.empty().title == "Nothing is held"


def test_amounts_hide_and_percentages_stay(tab: Tab) -> None:
    tab.context.hide_amounts(True)
    assert {tab.cell(0, name) for name in ("quantity", "value", "profit", "realised")} == {"•••"}
    assert tab.cell(0, "rate") == "+2.14%"
    assert tab.figure("Total assets") == "•••"
    tab.context.hide_amounts(False)
    assert tab.cell(0, "value") == "8,580,000"


@pytest.mark.parametrize("column", _ALL)
def test_every_amount_of_a_holding_can_be_reckoned_again(tab: Tab, desk: FakeDesk, column: str) -> None:
    answer = tab.ask(0, column)
    assert answer.inputs or column == "realised"
    assert answer.rule
    assert not answer.differs
    assert answer.shown == tab.cell(0, column)


def test_every_figure_of_the_account_can_be_asked(tab: Tab, desk: FakeDesk) -> None:
    desk.set_portfolio(replace(desk.portfolio(), realised_today=Known(Money(0), m.START, "fills")))
    for figure in tab.pane.strip.figures:
        tab.qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
        assert tab.pane.popover is not None
        assert not tab.pane.popover.why.differs, tab.pane.popover.why
        tab.pane.popover.close()


def test_sellable_names_the_sells_that_hold_it_back(tab: Tab, desk: FakeDesk) -> None:
    sell = desk.working(m.SAMSUNG, Side.SELL, 20, 72_000)
    held = holding(m.SAMSUNG, 120, 8_400_000)
    held = replace(held, sellable=Shares(100), open_sells=((sell.id, Shares(20)),))
    desk.set_portfolio(portfolio(m.START, held))
    tab.pane.refresh()
    answer = tab.ask(0, "sellable")
    assert [(one.what, one.value) for one in answer.inputs] == [("Quantity", "120 sh"), ("Open sell at 72,000", "−20")]
    assert (answer.shown, answer.again) == ("100", "100")


def test_a_figure_that_does_not_fit_its_inputs_is_not_made_to_fit(tab: Tab, desk: FakeDesk) -> None:
    held = holding(m.SAMSUNG, 120, 8_400_000)
    desk.set_portfolio(portfolio(m.START, replace(held, sellable=Shares(90))))
    tab.pane.refresh()
    answer = tab.ask(0, "sellable")
    assert answer.differs
    popover = WhyPopover(tab.context, answer, tab.pane)
    tab.qtbot.addWidget(popover)
    texts = [label.text() for label in popover.findChildren(type(tab.pane.table.footer))]
    assert any("do not fit" in text for text in texts)


def test_orderable_is_taken_apart_into_cash_holds_and_fills_since(tab: Tab, desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    held = Reservation(order.id, m.SAMSUNG.id, Shares(10), Price(71_000), Money(710_100))
    left = Money(12_345_678 - 200_028 - 710_100)
    desk.set_portfolio(
        replace(
            portfolio(m.START), orderable=Known(left, m.START, "balance"), bought_since=Money(200_028),
            reserved=Money(710_100), reservations=(held,),
        )
    )  # fmt: skip
    answer = why.why_orderable(tab.context, desk.portfolio())
    assert [one.value for one in answer.inputs] == ["12,345,678", "−200,028", "−710,100"]
    assert answer.inputs[2].what == "Open buy: 10 sh Samsung Electronics"
    assert answer.again == answer.shown == "11,435,550"


def test_realised_profit_is_reckoned_again_from_the_fills(tab: Tab, desk: FakeDesk) -> None:
    # 130 shares at 70,000 before, 10 of them sold at 71,500: 15,000 less commission 100 and tax 357 + 1,072.
    part = Realised(130, Fraction(9_100_000), (Line(Side.SELL, 10, 715_000, 1_529),))
    desk.set_portfolio(replace(desk.portfolio(), realised_from={m.SAMSUNG.id: part}))
    answer = why.why_realised(tab.context, tab.pane.rows.row(0), Known(Money(13_471), m.START, "fills"))
    assert [(one.what, one.value, one.source) for one in answer.inputs] == [
        ("130 sh Samsung Electronics before today, at cost", "9,100,000", "average method"),
        ("Sell 10 sh Samsung Electronics", "715,000", "costs 1,529"),
    ]
    assert answer.again == "+13,471"
    assert not answer.differs


def test_quantity_and_cost_are_the_balance_carried_on_with_the_fills_since(tab: Tab, desk: FakeDesk) -> None:
    report = HoldingReport(
        m.SAMSUNG.id, "삼성전자", Shares(100), Shares(100), Money(7_000_000), Decimal(70_000), Price(71_400), Shares(0),
        Shares(0),
    )  # fmt: skip
    now = Flow(bought=50, bought_amount=3_600_000, sold=30, sold_amount=2_160_000)
    position = carry_on(report, m.SAMSUNG.id, "삼성전자", Flow(), now, Money(0))
    held = replace(holding(m.SAMSUNG, 120, 1), position=position, sellable=position.quantity)
    desk.set_portfolio(portfolio(m.START, held))
    tab.pane.refresh()
    for column in ("quantity", "cost"):
        answer = tab.ask(0, column)
        assert answer.again == answer.shown == tab.cell(0, column)
        assert not answer.differs


def test_cash_is_shown_by_settlement_day(tab: Tab, desk: FakeDesk) -> None:
    cash = CashReport(Currency.KRW, Money(5_000_000), Money(4_000_000), Money(-3_000))
    desk.set_portfolio(replace(portfolio(m.START), cash=Known((cash,), m.START, "balance")))
    tab.pane.refresh()
    shown = {f.shown.heading: f.text_now() for f in tab.pane.strip.figures[6:]}
    assert shown == {"Cash today": "5,000,000", "D+1 11-24": "4,000,000", "D+2 11-25": "−3,000"}


def test_a_double_click_asks_why_and_ctrl_return_selects_the_instrument(tab: Tab) -> None:
    view = tab.pane.view
    at = view.visualRect(tab.pane.rows.index(1, tab.at("profit"))).center()
    tab.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    tab.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert tab.pane.popover is not None
    assert tab.pane.popover.why.title == "Profit of SK hynix"
    tab.pane.popover.close()
    tab.pane.select_instrument()
    assert tab.context.instrument == m.HYNIX.id
    assert tab.desk.commands == []


def test_the_broker_is_asked_again_by_hand(tab: Tab, desk: FakeDesk) -> None:
    tab.qtbot.mouseClick(tab.pane.again, Qt.MouseButton.LeftButton)
    assert len(desk.named("reconcile")) == 1


def test_a_price_from_the_balance_is_not_passed_off_as_live(qapp: QApplication, qtbot: QtBot) -> None:
    report = HoldingReport(
        m.SAMSUNG.id, "삼성전자", Shares(5), Shares(5), Money(350_000), Decimal(70_000), Price(71_400), Shares(0),
        Shares(0),
    )  # fmt: skip
    held = holding(m.SAMSUNG, 5, 350_000)
    held = replace(
        held,
        position=replace(held.position, reported=report),
        last=Known(Price(71_400), m.START - timedelta(minutes=5), "balance"),
    )
    desk = FakeDesk()
    desk.set_portfolio(portfolio(m.START, held))
    desk.feed_all = lambda: None  # type: ignore[method-assign]
    tab = Tab(qtbot, desk)
    assert tab.cell(0, "last") == "71,400 ◷"
    tab.context.stop()
