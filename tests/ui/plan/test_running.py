"""A plan that runs: what is shown of it, and everything a person can do to it."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.inputs import Style
from hoga.plans.views import Choice, LegState, PlanState, Rest, RoundState, RunningPlan
from hoga.ui.plan.page import Leaf
from hoga.ui.plan.parting import may_leave
from tests.ui.conftest import Run
from tests.ui.plan.conftest import Stand
from tests.ui.plan.made import asking, running


@pytest.fixture
def plan() -> RunningPlan:
    return running()


def show(stand: Stand, plan: RunningPlan) -> None:
    stand.plans.set_running(plan)
    stand.page.running.refresh()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 the window's own timers bring it about
            await asyncio.sleep(0.01)


def found(stand: Stand, name: str) -> Any:
    return next((one for one in stand.page.findChildren(object) if one.objectName() == name), None)


async def chosen(stand: Stand, name: str, choice: int | None) -> None:
    """Answer the question that is open; None: Back."""
    await until(lambda: found(stand, name) is not None)
    dialog = found(stand, name)
    (dialog.back if choice is None else dialog.choices[choice]).click()
    await stand.settled()


@pytest.mark.parametrize(("choice", "leaves", "paused"), [(0, True, True), (1, True, False), (None, False, False)])
def test_nobody_closes_over_a_running_plan_unaware(
    stand: Stand, plan: RunningPlan, run: Run, choice: int | None, leaves: bool, paused: bool
) -> None:
    stand.plans.set_running(plan, running(state=PlanState.PAUSED))
    answers: list[bool] = []

    async def leave() -> None:
        answers.append(await may_leave(stand.context, [("KIS", stand.plans)], stand.page))

    async def go() -> None:
        stand.context.do("leave", leave())
        await until(lambda: found(stand, "plan.ask") is not None)
        said = " ".join(label.text() for label in found(stand, "plan.ask").findChildren(QLabel))
        assert "KIS: Running" in said and "KIS: Paused" in said and "sends nothing and cancels nothing" in said
        await chosen(stand, "plan.ask", choice)

    run(go())
    assert answers == [leaves]
    assert stand.plans.named("pause") == ([(plan.digest,)] if paused else [])


def test_what_cannot_be_paused_keeps_the_window_open(stand: Stand, plan: RunningPlan, run: Run) -> None:
    stand.plans.set_running(plan)
    stand.plans.answers["pause"] = Message("PLAN_NOT_RUNNING")
    answers: list[bool] = []

    async def leave() -> None:
        answers.append(await may_leave(stand.context, [("KIS", stand.plans)], stand.page))

    async def go() -> None:
        stand.context.do("leave", leave())
        await chosen(stand, "plan.ask", 0)

    run(go())
    assert answers == [False] and any("does not run" in text for text in stand.said)


def test_without_a_plan_nothing_is_asked(stand: Stand, run: Run) -> None:
    assert run(may_leave(stand.context, [("KIS", stand.plans)], stand.page))


def test_without_a_plan_it_says_what_will_be_here(stand: Stand) -> None:
    running_ = stand.page.running
    assert running_.stack.currentIndex() == 0 and "No plan runs" in running_.empty.text()
    for name in running_.buttons:
        assert stand.context.actions.why_not(name)


def test_what_is_shown_of_a_running_plan(stand: Stand, plan: RunningPlan) -> None:
    show(stand, plan)
    view = stand.page.running.view
    assert view.state.text() == "Running · Sell"
    assert {row.leg.code for row in view.leg_rows.all_rows()} == {leg.code for leg in plan.legs}
    first = plan.rounds[0]
    lines = view.step_rows.all_rows()
    assert len(lines) == len(plan.rounds) + len(first.children) + len(first.deviations)
    refused = [row for row in lines if row.deviation is not None]
    assert "refused" in refused[0].why and refused[0].round is first
    assert "+7.14 bp" in view.figures.text() and "+4,600" in view.figures.text()
    assert view.chart.points == plan.track
    assert "1,500,000" in view.chart.accessibleDescription()


def test_amounts_are_hidden_where_that_is_asked_for(stand: Stand, plan: RunningPlan) -> None:
    show(stand, plan)
    stand.context.hide_amounts(True)
    assert "4,600" not in stand.page.running.view.figures.text()


def test_pausing_and_resuming(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    actions = stand.context.actions
    assert actions.why_not("plan.resume") == "It is not paused."
    stand.on_loop(run, stand.page.running.pause)
    show(stand, running(state=PlanState.PAUSED))
    assert actions.why_not("plan.pause") == "It is paused already."
    stand.on_loop(run, stand.page.running.resume)
    assert stand.plans.named("pause") == stand.plans.named("resume") == [(plan.digest,)]


def test_why_a_command_failed_is_said(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    stand.plans.answers["pause"] = Message("PLAN_NOT_RUNNING")
    stand.on_loop(run, stand.page.running.pause)
    assert any("does not run" in text for text in stand.said)


@pytest.mark.parametrize(("choice", "cancel"), [(0, [True]), (1, [False]), (None, [])])
def test_stopping_with_or_without_cancelling(
    stand: Stand, plan: RunningPlan, run: Run, choice: int | None, cancel: list[bool]
) -> None:
    show(stand, plan)

    async def go() -> None:
        stand.page.running.stop()
        await chosen(stand, "plan.ask", choice)

    run(go())
    assert stand.plans.named("stop") == [(plan.digest, one) for one in cancel]


def test_a_plan_that_was_stopped_and_left_its_orders_can_have_them_cancelled(stand: Stand) -> None:
    show(stand, running(state=PlanState.STOPPING))
    actions = stand.context.actions
    assert {actions.why_not(f"plan.{name}") for name in ("pause", "skip", "move")} == {"It is being stopped."}
    assert actions.why_not("plan.stop") == ""
    assert "Nothing more is sent" in stand.page.running.view.why.text()


def test_the_next_round_is_skipped_or_the_selected_one(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    ahead = [round for round in plan.rounds if round.state is RoundState.AHEAD]

    async def skip() -> None:
        stand.page.running.skip()
        await chosen(stand, "plan.ask", 0)

    run(skip())
    stand.page.running.view.steps.view.choose(f"{ahead[3].side.value}{ahead[3].number}")
    run(skip())
    assert stand.plans.named("skip") == [
        (plan.digest, ahead[0].side, ahead[0].number),
        (plan.digest, ahead[3].side, ahead[3].number),
    ]


def test_rounds_ahead_get_another_course(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    sells = [round for round in plan.rounds if round.side is Side.SELL and round.state is RoundState.AHEAD]

    async def go() -> None:
        stand.page.running.change_rest()
        await until(lambda: found(stand, "plan.moving") is not None)
        dialog = found(stand, "plan.moving")
        dialog.spacing.setText("soon")
        assert not dialog.change.isEnabled()
        dialog.spacing.setText("60")
        assert dialog.change.isEnabled() and not dialog.rest.divided
        dialog.rounds.setText("200")
        assert not dialog.change.isEnabled()
        dialog.rounds.setText("2")
        dialog.style_box.setCurrentIndex(dialog.style_box.findData(Style.CURRENT))
        assert dialog.style_box.findData(Style.MARKET) < 0, "it was not approved"
        dialog.ticks.setText("-3")
        dialog.change.click()
        await stand.settled()

    run(go())
    ((digest, side, rest),) = stand.plans.named("reschedule")
    assert (digest, side) == (plan.digest, Side.SELL)
    first = sells[0].at.replace(microsecond=0)
    starts = {sells[0].number + place: first + timedelta(seconds=60) * place for place in range(2)}
    assert rest == Rest(starts, divided=True, style=Style.CURRENT, ticks=-3)


def test_one_instrument_is_taken_over(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    assert stand.context.actions.why_not("plan.take_over") == "Select an instrument first."
    stand.page.running.view.legs.view.choose(1)

    async def go() -> None:
        stand.page.running.take_over()
        await chosen(stand, "plan.ask", 0)

    run(go())
    assert stand.plans.named("take_over") == [(plan.digest, 1, True)]
    legs = tuple(replace(leg, state=LegState.MANUAL) if leg.leg == 1 else leg for leg in plan.legs)
    show(stand, replace(plan, legs=legs))
    assert stand.context.actions.why_not("plan.take_over") == "It was taken over before."


def test_one_order_is_cancelled(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, plan)
    child = plan.rounds[0].children[0]
    stand.page.running.view.steps.view.choose(f"{plan.rounds[0].side.value}1/{child.order}")
    assert stand.context.actions.why_not("plan.cancel_child") == ""
    stand.desk.answers["cancel"] = None
    stand.on_loop(run, stand.page.running.cancel_child)
    assert stand.desk.named("cancel")[0].arguments[0] == child.order


def test_a_question_is_answered_and_told_once(stand: Stand, plan: RunningPlan, run: Run) -> None:
    show(stand, asking(plan))
    stand.plans.tell()
    assert len([text for text in stand.said if "20 minutes" in text]) == 1
    strip = stand.page.running.view.question
    assert set(strip.buttons) == {Choice.BUY_WITH_FREED, Choice.WAIT, Choice.STOP}
    stand.on_loop(run, strip.buttons[Choice.WAIT].click)
    assert stand.plans.named("answer") == [(plan.digest, "late-1", Choice.WAIT)]
    show(stand, plan)
    assert not strip.buttons


def test_an_ended_plan_is_told_and_its_report_is_kept(stand: Stand, plan: RunningPlan, tmp_path: Path) -> None:
    show(stand, plan)
    stand.page.news.look()
    ended = replace(plan, state=PlanState.STOPPED, ended_at=plan.approved_at)
    stand.plans._running, stand.plans._ended = (), (ended,)
    stand.plans.tell()
    assert any(text.startswith("Plan: Stopped.") for text in stand.said)
    past = stand.page.past
    past.refresh()
    past.table.view.choose(plan.digest)
    assert past.view.plan == ended
    past.save_to(str(tmp_path / "report.csv"))
    lines = list(csv.reader((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert lines[0] == ["Digest", plan.digest]
    assert any("refused" in cell for line in lines for cell in line)
    assert sum(line[1:2] == [f'="{leg.code}"'] for line in lines for leg in plan.legs) == len(plan.legs)


def test_a_plan_that_was_approved_is_shown_at_once(stand: Stand, plan: RunningPlan) -> None:
    stand.plans._running = (running(), plan)
    stand.page.composing.started.emit(plan.digest)
    assert stand.page.stack.currentIndex() == tuple(Leaf).index(Leaf.RUNNING)
    assert stand.page.running.plan is not None


def test_a_locked_account_resumes_nothing(stand: Stand) -> None:
    show(stand, running(state=PlanState.PAUSED))
    stand.context.actions.lock(lambda: "locked")
    assert stand.context.actions.why_not("plan.resume") == "locked"
    assert stand.context.actions.why_not("plan.stop") == ""
