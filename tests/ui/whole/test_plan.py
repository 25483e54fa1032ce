"""A first rebalancing in a real window on the real exchange: compose, read, approve, pause, resume, take over, stop."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Shares
from hoga.plans.views import LegState, PlanState, RunningPlan
from hoga.trading.views import Submitted
from hoga.ui.plan.draft import with_value, with_weights
from hoga.ui.plan.page import Leaf, PlanPage
from hoga.ui.plan.run_view import Leaf as Below
from hoga.ui.tabs import Page
from tests.support.person import Person, at_the_desk
from tests.ui.whole.conftest import Exchange

Run = Callable[[Coroutine[Any, Any, Any]], Any]
HYNIX = InstrumentId("000660")
QUICK = {
    ("timing", "buy", "rounds"): 3,
    ("timing", "buy", "spacing_s"): 6,
    ("timing", "sell", "rounds"): 3,
    ("timing", "sell", "spacing_s"): 6,
    ("timing", "gap_s"): 1,
    ("timing", "buy", "ticks"): -8,
    ("others_excluded",): True,
}
"""Patient orders below the market: they stand long enough to be cancelled by hand."""


def test_from_targets_to_a_stopped_plan(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            await person.show("plan")
            page = _page(person)
            before = len(exchange.ask("/fills"))
            await _compose(person, page)
            await _approve(person, page)
            await _watch(person, page)
            await _take_over(person, page)
            await _stop(person, page)
            await person.sees(lambda: not [o for o in exchange.ask("/orders") if o["remaining"]], "nothing works")
            plan = page.past.rows.all_rows()[0].plan
            bought = sum(fill["quantity"] for fill in exchange.ask("/fills")[before:])
            assert plan.filled == bought <= plan.total

    run(story())


def test_one_press_brings_in_what_is_held(run: Run, qapp: QApplication, exchange: Exchange) -> None:
    """Pressed as soon as the tab is seen, whether or not the account was read by then."""

    async def story() -> None:
        async with at_the_desk(qapp, exchange.data) as person:
            desk = person.desk
            await person.sees(lambda: isinstance(desk.portfolio().orderable, Known), "what can be spent")
            await desk.quote(HYNIX)  # the day's limits
            ticket = Ticket(desk.new_ticket_id(), desk.account, HYNIX, Side.BUY, OrderType.MARKET, Shares(2))
            assert isinstance(await desk.submit(ticket), Submitted)
            await person.sees(lambda: person.held(HYNIX.code) >= 2, "it is held")
            person.context.show_tab("plan")
            editor = _page(person).composing.editor
            await person.click(editor.leaf.buttons["plan.current"])
            await person.sees(lambda: HYNIX.code in editor.draft.codes, "its row")
            assert all(row.weight for row in editor.draft.targets)

    run(story())


def _page(person: Person) -> PlanPage:
    page = person.window.pages.page(Page.PLAN)
    assert isinstance(page, PlanPage)
    return page


async def _compose(person: Person, page: PlanPage) -> None:
    """Two names by search, weights, quick rounds; nothing is wrong then."""
    editor = page.composing.editor
    for typed, code in (("삼성전자", "005930"), ("카카오", "035720")):
        editor.add.setText(typed)
        await person.sees(lambda: editor.add.hits.count(), "hits")
        await person.by_hand(lambda: QTest.keyClick(editor.add, Qt.Key.Key_Return))
        await person.sees(lambda code=code: code in editor.draft.codes, "its row")  # type: ignore[misc]
    draft = with_weights(editor.draft, {"005930": 40_000, "035720": 30_000})
    for path, value in QUICK.items():
        draft = with_value(draft, path, value)
    editor.edit(draft)
    await person.sees(lambda: page.accounts.own.read is not None and not page.accounts.reading, "the account")
    await person.sees(lambda: editor.approvable, "nothing is wrong")


async def _approve(person: Person, page: PlanPage) -> None:
    """What is approved is what was previewed; a change in between is refused."""
    composing = page.composing
    await person.click(composing.pane.preview)
    await person.sees(lambda: composing.pane.plan is not None and composing.pane.approve.isEnabled(), "a preview")
    editor = composing.editor
    editor.edit(with_value(editor.draft, ("timing", "gap_s"), 2))
    assert not composing.pane.approve.isEnabled()
    assert "바뀐 것이" in composing.pane.state.text()
    editor.undo()
    plan = composing.pane.plan
    assert plan is not None and composing.pane.approve.isEnabled()
    await person.click(composing.pane.approve)
    await person.sees(lambda: _found(page, "plan.approve_now"), "the question")
    send = _found(page, "plan.approve_now")
    assert send is not None
    await person.sees(lambda: send.isEnabled(), "it can be pressed")
    await person.click(send)
    await person.sees(lambda: page.running.plan is not None, "it runs")
    assert page.running.plan is not None and page.running.plan.plan == plan


def _running(page: PlanPage) -> RunningPlan:
    plan = page.running.plan
    assert plan is not None
    return plan


async def _watch(person: Person, page: PlanPage) -> None:
    """Its orders come; one is cancelled; it is paused and goes on."""
    running = page.running
    await person.sees(lambda: any(r.children for r in _running(page).rounds), "an order")
    running.view.leaves.choose(Below.ROUNDS)
    await person.sees(lambda: any(step.child for step in running.view.step_rows.all_rows()), "its line")
    await person.click(running.buttons["plan.pause"])
    await person.sees(lambda: _running(page).state is PlanState.PAUSED, "paused")
    await _cancel_one(person, page)
    await person.click(running.buttons["plan.resume"])
    await person.sees(lambda: _running(page).state is not PlanState.PAUSED, "it goes on")


async def _cancel_one(person: Person, page: PlanPage) -> None:
    view = page.running.view
    working = [s for s in view.step_rows.all_rows() if s.child is not None and not s.child.state.over]
    if not working or working[0].child is None:
        return  # all of it was filled at once
    order = working[0].child.order
    view.steps.view.choose(working[0].key)
    await person.click(page.running.buttons["plan.cancel_child"])
    await person.sees(lambda: (one := person.desk.order(order)) is not None and one.state.over, "cancelled")


async def _take_over(person: Person, page: PlanPage) -> None:
    page.running.view.legs.view.choose(1)
    await person.click(page.running.buttons["plan.take_over"])
    await _answer(person, page)
    await person.sees(lambda: _running(page).legs[1].state is LegState.MANUAL, "it is the person's")


async def _stop(person: Person, page: PlanPage) -> None:
    await person.click(page.running.buttons["plan.stop"])
    await _answer(person, page)
    await person.sees(lambda: _running(page).state.over, "it has ended")
    page.show_leaf(Leaf.PAST)
    await person.sees(lambda: page.past.rows.all_rows(), "it is among the earlier ones")


async def _answer(person: Person, page: PlanPage) -> None:
    """The first choice of the question that is open."""
    await person.sees(lambda: _found(page, "plan.ask"), "the question")
    dialog: Any = _found(page, "plan.ask")
    await person.by_hand(dialog.choices[0].click)


def _found(page: PlanPage, name: str) -> QWidget | None:
    return next((one for one in page.findChildren(QWidget, name) if one.isVisible()), None)
