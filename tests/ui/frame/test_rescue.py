"""The rescue window: reads by itself, works while streams and journal are dead and the exchange is slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import Stream, StreamHealth, Unreachable
from hoga.domain.known import Unknown
from hoga.domain.positions import NOT_READ_YET
from hoga.domain.tickets import OrderId, OrderType, RequestId, Side, Ticket
from hoga.domain.values import Shares
from hoga.trading.views import Consent, Denied, MustAsk, Submitted
from hoga.ui.dialog import PlainDialog
from hoga.ui.rescue import closing, parts
from hoga.ui.rescue.closing import CloseDialog
from hoga.ui.rescue.parts import MOST_ROWS, TARGET
from hoga.ui.rescue.window import RescueWindow
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, holding, make_context, portfolio
from tests.ui.frame.conftest import Frame

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def rescue(frame: Frame) -> RescueWindow:
    frame.desk.set_portfolio(portfolio(made_up.START, holding(made_up.SAMSUNG, 100, 7_000_000)))
    assert frame.context.actions.trigger("rescue")
    window = frame.window._rescue
    assert window is not None
    frame.settle()
    return window


def test_it_shows_what_is_open_what_is_held_and_whom_to_call(frame: Frame, rescue: RescueWindow) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    frame.settle()
    (account,) = rescue.accounts
    (key,) = account.orders.keys()
    assert "Samsung Electronics (005930)  10 / 10 sh  71,000" in account.orders.line(key).text.text()
    assert "0000010001" in account.orders.line(key).detail.text()
    assert "1544-5000" in account.phone.text()
    assert "Positions: 1, worth" in account.holdings_head.text()
    assert frame.context.actions.trigger("rescue")
    assert frame.window._rescue is rescue, "the same one again"


def test_it_reads_by_itself_and_says_what_failed_and_since_when(frame: Frame, rescue: RescueWindow) -> None:
    assert len(frame.desk.named("reconcile")) == 1, "at once"
    assert rescue._reads.isActive()
    why = Message("UNREACHABLE")
    frame.desk.answers["reconcile"] = Unreachable(why)
    rescue._reads.timeout.emit()
    assert len(frame.desk.named("reconcile")) == 2
    (account,) = rescue.accounts
    assert frame.context.worded(why) in account.state.text()
    assert "read " in account.state.text()
    del frame.desk.answers["reconcile"]
    rescue.read_now.click()
    assert "Could not be read" not in account.state.text()


def test_it_works_with_every_stream_and_the_journal_dead(frame: Frame, rescue: RescueWindow, qtbot: QtBot) -> None:
    orders = [frame.desk.working(made_up.SAMSUNG, Side.BUY, n, 71_000) for n in (1, 2, 3)]
    for stream in Stream:
        frame.desk.set_stream(stream, StreamHealth.DOWN)
    frame.desk.set_health(journal=Message("JOURNAL_STOPPED", {"why": "disk full"}), last_list=None)
    qtbot.wait(30)
    (account,) = rescue.accounts
    for word in ("quotes, fill notices, requests", "disk full", "never read"):
        assert word in account.state.text().replace("fills", "fill notices"), word
    qtbot.mouseClick(account.orders.line(orders[1].id).button, Qt.MouseButton.LeftButton)
    assert frame.desk.named("cancel")[-1].arguments == (orders[1].id,)
    assert "Cancels on their way: 1" in rescue.told.text()


def test_cancel_all_takes_two_presses_and_a_held_key_is_one(
    frame: Frame, rescue: RescueWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (1, 2, 3):
        frame.desk.working(made_up.SAMSUNG, Side.BUY, n, 71_000)
    qtbot.waitUntil(lambda: "(3)" in rescue.cancel_all.text())
    rescue.cancel_all.click()
    rescue.cancel_all.click()
    assert frame.desk.named("cancel_all") == [], "the second one came too soon to be meant"
    assert "Press once more: cancel 3" in rescue.cancel_all.text()
    monkeypatch.setattr(parts, "GUARD_MS", -1)
    rescue.cancel_all.click()
    assert len(frame.desk.named("cancel_all")) == 1
    assert all(order.state.over for order in frame.desk.orders())
    qtbot.waitUntil(lambda: not rescue.cancel_all.isEnabled())


def test_by_keyboard_too(frame: Frame, rescue: RescueWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 1, 71_000)
    qtbot.waitUntil(rescue.cancel_all.isEnabled)
    monkeypatch.setattr(parts, "GUARD_MS", -1)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(rescue, Qt.Key.Key_X, keys)
    assert len(frame.desk.named("cancel_all")) == 1
    rescue.activateWindow()
    rescue.read_now.setFocus()
    frame.settle()
    qtbot.keyClick(rescue.read_now, Qt.Key.Key_F12)
    assert len(frame.desk.named("stop")) == 1
    qtbot.waitUntil(lambda: "STOPPED" in rescue.stop.text())
    qtbot.keyClick(rescue, Qt.Key.Key_Escape)
    assert frame.window._rescue is None


def test_our_own_no_is_told_and_the_stop_button_stops(frame: Frame, rescue: RescueWindow) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 1, 71_000)
    frame.desk.answers["cancel_all"] = (Denied((Message("NOTHING_LEFT"),)),)
    rescue.accounts[0].cancel_all()
    assert frame.context.worded(Message("NOTHING_LEFT")) in rescue.told.text()
    rescue.stop.click()
    assert len(frame.desk.named("stop")) == 1
    assert "Stopped." in rescue.told.text()


def changes(frame: Frame) -> list[str]:
    """Commands that change something, in order."""
    return [one.name for one in frame.desk.commands if one.name in ("stop", "cancel_all", "cancel", "submit")]


def test_selling_everything_needs_the_stake_typed_and_says_what_it_will_do(frame: Frame, rescue: RescueWindow) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    rescue.close_all.click()
    (dialog,) = rescue.findChildren(CloseDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for word in ("cancel 1 open orders", "sell 1 positions", "Samsung Electronics (005930)  100 sh", "type what is at"):
        assert word in said, word
    assert not dialog.go.isEnabled()
    dialog.typed.setText("714")
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert changes(frame) == []


def test_everything_is_stopped_cancelled_and_sold_in_that_order(frame: Frame, rescue: RescueWindow) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    rescue.close_all.click()
    (dialog,) = rescue.findChildren(CloseDialog)
    dialog.typed.setText(dialog.asked_for)
    dialog.go.click()
    assert changes(frame) == ["stop", "cancel_all", "cancel", "submit"]
    ticket, consent = frame.desk.named("submit")[0].arguments
    assert (ticket.side, ticket.type, ticket.quantity, ticket.limit) == (Side.SELL, OrderType.MARKET, Shares(100), None)
    assert consent.codes == {"STOP_IS_ON"} and "sell 1 positions" in consent.words
    assert "on their way: 1" in rescue.told.text()


def test_what_the_gate_refuses_is_told_and_what_it_asks_is_asked(frame: Frame, rescue: RescueWindow) -> None:
    held = (holding(made_up.SAMSUNG, 100, 7_000_000), holding(made_up.HYNIX, 5, 900_000))
    frame.desk.set_portfolio(portfolio(made_up.START, *held))

    def gate(ticket: Ticket, consent: Consent) -> object:
        if ticket.instrument == made_up.HYNIX.id:
            return Denied((Message("HALTED", {"name": "SK", "code": "000660"}),))
        return MustAsk((Message("PRICE_UNKNOWN"),)) if "PRICE_UNKNOWN" not in consent.codes else _submitted

    _submitted = Submitted(OrderId("order-1"), RequestId("order-1/1"))
    frame.desk.answers["submit"] = gate
    rescue.closing.carry_out("the words")
    assert "halted" in rescue.told.text()
    dialog = next(one for one in rescue.findChildren(PlainDialog) if one.isVisible())
    go = next(button for button in dialog.findChildren(QPushButton) if button.text().startswith("Sell them"))
    go.click()
    ticket, consent = frame.desk.named("submit")[-1].arguments
    assert ticket.instrument == made_up.SAMSUNG.id
    assert consent.codes == {"STOP_IS_ON", "PRICE_UNKNOWN"}
    assert ticket == frame.desk.named("submit")[0].arguments[0], "the same ticket: it cannot be sent twice"


def test_locked_or_with_nothing_held_nothing_can_be_sold(frame: Frame, rescue: RescueWindow, qtbot: QtBot) -> None:
    frame.context.set_locked(True)
    rescue.refresh()
    assert not rescue.close_all.isEnabled()
    assert "locked" in rescue.close_all.toolTip()
    frame.context.set_locked(False)
    frame.desk.set_portfolio(portfolio(made_up.START))
    rescue.refresh()
    assert rescue.close_all.toolTip() == "Nothing is held."


def test_the_summary_can_be_read_out(frame: Frame, rescue: RescueWindow) -> None:
    frame.desk.working(made_up.SAMSUNG, Side.BUY, 10, 71_000)
    rescue.copy.click()
    text = QGuiApplication.clipboard().text()
    for word in ("PRACTICE", "******56-01", "1544-5000", "0000010001", "Samsung Electronics", "Positions: 1"):
        assert word in text, word


def test_targets_are_large_and_named(frame: Frame, rescue: RescueWindow) -> None:
    for n in (1, 2):
        frame.desk.working(made_up.SAMSUNG, Side.BUY, n, 71_000)
    frame.settle()
    buttons = [button for button in rescue.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) >= 7
    for button in buttons:
        assert button.height() >= TARGET, button.text()
        assert button.width() >= TARGET
        assert button.accessibleName() or button.text()


def test_it_needs_no_master_no_balance_and_hundreds_of_orders_do_not_bury_it(
    frame: Frame, rescue: RescueWindow
) -> None:
    frame.context.set_instruments(())
    for n in range(1, MOST_ROWS + 12):
        frame.desk.working(made_up.SAMSUNG, Side.SELL, n, 71_000)
    nothing = portfolio(made_up.START)
    frame.desk.set_portfolio(_unread(nothing))
    frame.settle()
    rescue.refresh()
    (account,) = rescue.accounts
    assert len(account.orders.keys()) == MOST_ROWS
    assert account.orders.more.isVisible()
    assert account.holdings.more.text() == frame.context.worded(NOT_READ_YET.why)


def _unread(value: Any) -> Any:
    from msgspec.structs import replace

    nothing = Unknown(NOT_READ_YET.why)
    return replace(value, holdings=nothing, cash=nothing, orderable=nothing, total=nothing, open_profit=nothing)


def test_a_slow_exchange_is_said_and_cancels_do_not_wait_for_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        desk = FakeDesk()
        order = desk.working(made_up.SAMSUNG, Side.BUY, 1, 71_000)
        context = make_context(desk, Language.EN)
        context.tasks = TaskOwner("rescue test")
        answered = asyncio.Event()

        async def slow() -> None:
            await answered.wait()

        monkeypatch.setattr(desk, "reconcile", slow)
        rescue = RescueWindow(context)
        rescue.come()
        await asyncio.sleep(1.05)
        rescue.refresh()
        (account,) = rescue.accounts
        assert "Being read, 1 s so far" in account.state.text()
        rescue.read()
        account.cancel(order.id)
        await asyncio.sleep(0.05)
        assert desk.named("cancel")[0].arguments == (order.id,)
        answered.set()
        await asyncio.sleep(0.05)
        assert "Being read" not in account.state.text()
        rescue.close()
        await context.tasks.aclose()
        context.stop()

    run(main())


def test_putting_it_away_while_it_reads_or_sells_stops_neither(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        desk = FakeDesk()
        desk.set_portfolio(portfolio(made_up.START, holding(made_up.SAMSUNG, 100, 7_000_000)))
        desk.working(made_up.SAMSUNG, Side.BUY, 1, 71_000)
        context = make_context(desk, Language.EN)
        broke: list[str] = []
        context.tasks = TaskOwner("rescue test", lambda name, _error: broke.append(name))
        answered = asyncio.Event()

        async def slow(*_: object) -> tuple[()]:
            await answered.wait()
            return ()

        for read in ("reconcile", "cancel_all"):
            monkeypatch.setattr(desk, read, slow)
        monkeypatch.setattr(closing, "CANCELS_TAKE_S", 0.01)
        rescue = RescueWindow(context)
        rescue.come()
        rescue.closing.carry_out("the words")
        await asyncio.sleep(0.05)
        rescue.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not shiboken6.isValid(rescue)
        answered.set()
        await asyncio.sleep(0.1)
        assert broke == [] and len(desk.named("submit")) == 1
        await context.tasks.aclose()
        context.stop()

    run(main())
