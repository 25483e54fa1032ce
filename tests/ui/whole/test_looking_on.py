"""A second window on the same folder looks on: it shows what the first one does, presses nothing, and can take over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from hoga.app import DeskOptions, practice_desk
from hoga.app.desk_window import DeskView
from hoga.app.looking_on import looking_on
from hoga.app.window import live
from hoga.base.message import Language
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.ticks import price_grid
from hoga.domain.values import Shares
from hoga.storage.errors import Unwritable
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.views import Submitted
from hoga.ui.opening import Opening
from hoga.ui.shell import Shell
from hoga.ui.window import DeskWindow
from tests.ui.whole.conftest import Exchange

Run = Callable[[Coroutine[Any, Any, Any]], Any]
SAMSUNG = InstrumentId("005930")
_PATIENCE = 20.0


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not true():  # noqa: ASYNC110 another desk and another thread are waited for
            await asyncio.sleep(0.02)


async def by_hand(deed: Callable[[], object]) -> None:
    """From the loop itself, as a hand does: a press from inside a task may lose the loop's wake-ups."""
    done = asyncio.Event()

    def do() -> None:
        deed()
        done.set()

    asyncio.get_running_loop().call_soon(do)
    await done.wait()


async def working(desk: ConnectionDesk, quantity: int) -> Submitted:
    """An order some ticks below the market, which waits."""
    await until(lambda: desk.health().aligned)
    best, known = (await desk.book(SAMSUNG)).best_bid, desk.instrument(SAMSUNG)
    assert best is not None and isinstance(known, Known)
    grid = price_grid(known.value, desk.schedule.rules_day(desk.clock.now().date()))
    limit = grid.step(best, -12)
    ticket = Ticket(desk.new_ticket_id(), desk.account, SAMSUNG, Side.BUY, OrderType.LIMIT, Shares(quantity), limit)
    answer = await desk.submit(ticket)
    assert isinstance(answer, Submitted), answer
    await desk.settled(answer.request)
    return answer


def test_it_follows_the_other_window_and_presses_nothing(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        options = DeskOptions(exchange.data)
        async with practice_desk(options) as first:
            await first.desk.instruments()
            order = (await working(first.desk, 3)).order
            await first.desk.reconcile()
            async with looking_on(options) as looked_on:
                view = DeskView(qapp, looked_on, None, None)
                try:
                    view.preferences.file.change(language=Language.EN)
                    view.show()
                    window, context = view.window, view.context
                    assert window.looking.isVisible()
                    assert "Read only" in window.windowTitle()
                    assert "Read only" in window.looking.text.text()
                    assert [one.id for one in context.desk.orders()] == [one.id for one in first.desk.orders()]
                    context.set_locked(False)
                    assert context.locked
                    actions = context.actions
                    for id in ("cancel.all", "stop", "lock", "rescue", "queue", "pending.cancel", "order.sell_all"):
                        assert "Read only" in actions.why_not(id), id
                    await press_everything(view)
                    assert first.desk.order(order) is not None
                    assert first.desk._core.records.order(order).state is OrderState.WORKING  # type: ignore[union-attr]
                    second = (await working(first.desk, 2)).order
                    await until(lambda: context.desk.order(second) is not None)
                    await first.desk.cancel_all()
                finally:
                    await view.aclose()

    run(story())


async def press_everything(view: DeskView) -> None:
    """Whatever can be pressed, is: none of it may reach the journal or a broker."""
    context = view.context
    asked: list[str] = []
    desk = context.desk
    for name in ("submit", "reprice", "reduce", "cancel", "cancel_all", "stop", "release"):
        setattr(desk, name, _noted(asked, name))
    for page in view.tabs:
        context.show_tab(page)
        await asyncio.sleep(0.05)
        for id in context.actions.ids():
            if id.startswith(("window.close", "settings", "help", "export", "table.export", "watch.float", "search")):
                continue
            await by_hand(lambda id=id: context.actions.trigger(id))
            await asyncio.sleep(0)
            assert asked == [], (page, id)
        for dialog in [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not view.window]:
            dialog.close()
    assert asked == []


def _noted(asked: list[str], name: str) -> Callable[..., Coroutine[Any, Any, None]]:
    async def command(*_: object, **__: object) -> None:
        asked.append(name)

    return command


def shown(kind: type[QWidget]) -> Any:
    """The visible window of a kind, None while there is none."""
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def test_locked_out_looked_on_and_then_opened_properly(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        options = DeskOptions(exchange.data, end_exchange=False)
        async with practice_desk(options) as first:
            await first.desk.instruments()
            await working(first.desk, 4)
            await first.desk.reconcile()
            life = asyncio.get_running_loop().create_task(live(qapp, options, Language.EN))
            await until(lambda: shown(Opening) and shown(Opening)._look.isVisible())
            await by_hand(shown(Opening)._look.click)
            await until(lambda: shown(DeskWindow))
            looking = shown(DeskWindow)
            button = looking.looking.findChild(QPushButton)
            assert not button.isEnabled()
            assert "still trades" in button.toolTip()
            await first.desk.cancel_all()
        await until(button.isEnabled)
        assert "has ended" in looking.looking.text.text()
        await by_hand(button.click)
        await until(lambda: shown(Shell))
        proper = shown(Shell)
        assert proper.face.context.desk.read_only is None
        assert not proper.face.looking.isVisible()
        await by_hand(proper.close)
        assert await asyncio.wait_for(life, _PATIENCE) == 0

    run(story())


def test_a_folder_with_no_journal_says_so(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        with pytest.raises(Unwritable) as raised:
            async with looking_on(DeskOptions(tmp_path)):
                pass
        assert raised.value.message.code == "READ_ONLY_NOTHING"

    run(story())
