"""Plans by time of day: made from the editor, edited, asked about when they are due or were missed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, time
from typing import Any

from hoga.base.message import Message
from hoga.plans.daily import PlanSchedule
from hoga.plans.planner import make_plan
from hoga.plans.views import DueState, ScheduleView
from hoga.ui.plan.page import Leaf
from tests.plans import made
from tests.ui.conftest import Run
from tests.ui.plan.conftest import Stand, targets

DAILY = PlanSchedule(id="daily", name="every day", targets=targets(), sell_at=time(9, 5))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 the window's own timers bring it about
            await asyncio.sleep(0.01)


def dialog_of(stand: Stand) -> Any:
    return next((one for one in stand.page.findChildren(object) if one.objectName() == "plan.schedule"), None)


def due(state: DueState, **more: Any) -> ScheduleView:
    known = {"next_start": None, "plan": None, "issues": (), "last_started": None, **more}
    return ScheduleView(DAILY.id, DAILY.name, state, **known)


def show(stand: Stand, view: ScheduleView | None = None) -> None:
    stand.plans.saved[DAILY.id] = DAILY
    if view is not None:
        stand.plans.due[DAILY.id] = view
    stand.page.schedules.refresh()
    stand.page.schedules.table.view.choose(DAILY.id)


def test_a_schedule_is_made_from_the_editor(stand: Stand, run: Run) -> None:
    stand.on_loop(run, stand.compose)

    async def go() -> None:
        stand.page.schedules.new()
        await until(lambda: dialog_of(stand) is not None)
        dialog = dialog_of(stand)
        assert not dialog.keep.isEnabled() and "name" in dialog.told.text()
        dialog.name.setText("morning")
        assert dialog.keep.isEnabled()
        dialog.alone.setChecked(True)
        assert not dialog.keep.isEnabled()
        dialog.most_won.setText("500만")
        dialog.most_part.setText("10")
        dialog.buy_apart.setChecked(True)
        dialog.keep.click()
        await stand.settled()

    run(go())
    ((made_,),) = stand.plans.named("save_schedule")
    assert made_.name == "morning" and made_.targets == targets()
    assert (made_.sell_at, made_.buy_at, made_.on) == (time(9, 5), time(13, 0), None)
    assert (made_.limits.most_won, made_.limits.most_part) == (5_000_000, 100_000)


def test_editing_keeps_its_targets_unless_asked(stand: Stand, run: Run) -> None:
    show(stand)
    stand.on_loop(run, stand.compose)
    today = stand.desk.clock.now().date()

    async def go() -> None:
        stand.page.schedules.edit()
        await until(lambda: dialog_of(stand) is not None)
        dialog = dialog_of(stand)
        dialog.once.setChecked(True)
        dialog.on.setDate(date(2020, 1, 1))
        assert "past" in dialog.told.text() and not dialog.keep.isEnabled()
        dialog.on.setDate(today)
        dialog.keep.click()
        await stand.settled()

    run(go())
    ((edited,),) = stand.plans.named("save_schedule")
    assert edited.id == DAILY.id and edited.targets == DAILY.targets and edited.on == today


def test_a_missed_start_is_told_and_answered(stand: Stand, run: Run) -> None:
    show(stand, due(DueState.MISSED))
    stand.plans.tell()
    stand.plans.tell()
    assert len([text for text in stand.said if "missed" in text]) == 1
    stand.on_loop(run, stand.page.schedules.plan_now)
    stand.on_loop(run, stand.page.schedules.leave_out)
    assert stand.plans.named("plan_now") == stand.plans.named("leave_out") == [(DAILY.id,)]


def test_a_due_plan_is_read_and_approved_with_its_own_settings(stand: Stand, run: Run) -> None:
    plan = make_plan(made.usual())
    show(stand, due(DueState.PREVIEWED, plan=plan))
    stand.page.schedules.show_preview()
    composing = stand.page.composing
    assert stand.page.stack.currentIndex() == tuple(Leaf).index(Leaf.COMPOSE)
    assert composing.pane.plan == plan and composing.why_not_approve() == ""
    entry = composing.pane.entry
    assert entry is not None and composing.pane.previewed is not None
    run(composing._approve_one(entry, composing.pane.previewed.settings))
    assert stand.plans.named("approve") == [(plan, None)]


def test_what_cannot_be_planned_says_why(stand: Stand) -> None:
    show(stand, due(DueState.NO_PLAN, issues=(Message("PLAN_NO_TARGETS"),)))
    assert "no managed instrument" in stand.page.schedules.said.text()
    assert stand.context.actions.why_not("plan.schedule_show") == "It has no plan today."


def test_nothing_is_asked_of_a_quiet_schedule(stand: Stand) -> None:
    show(stand, due(DueState.STARTED))
    why = stand.context.actions.why_not
    assert why("plan.schedule_now") == "It is not due." and why("plan.schedule_leave") == "Today is settled."
