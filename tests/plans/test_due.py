"""Schedules: due at a time of day, once or daily, never silently late, automatic only inside limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest

from hoga.base.clock import KST
from hoga.domain.sessions import AlwaysOpen, MarketSchedule
from hoga.plans.daily import AutomaticLimits, PlanSchedule
from hoga.plans.inputs import Rules, SidePlan, Target, Timing
from hoga.plans.views import Approved, DueState, ScheduleView
from tests.plans.stage import START, TARGETS, Stage

SIDE = SidePlan(rounds=2, spacing_s=300, collar=10)
ROWS = tuple(Target(code=id.code, weight=weight, sell_out=True) for id, weight in TARGETS.items())
DAILY = PlanSchedule(
    id="daily", name="매일", targets=ROWS, rules=Rules(volume_part=0), timing=Timing(sell=SIDE, buy=SIDE),
    sell_at=time(10, 30),
)  # fmt: skip
LIMITS = AutomaticLimits(most_won=100_000_000, most_part=900_000)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.end()


def saved(stage: Stage, **changes: object) -> PlanSchedule:
    schedule = msgspec.structs.replace(DAILY, **changes)
    assert stage.run(stage.plans.save_schedule(schedule)) is None
    return schedule


def view(stage: Stage) -> ScheduleView:
    (only,) = stage.plans.schedules()
    return only


def pass_to(stage: Stage, at: time) -> None:
    due = datetime.combine(START.date(), at, KST)
    stage.rest((due - stage.clock.now()).total_seconds())


def test_a_due_plan_is_previewed_and_waits(stage: Stage) -> None:
    saved(stage)
    assert view(stage).state is DueState.NOT_YET
    assert view(stage).next_start == datetime(2026, 11, 24, 10, 30, tzinfo=KST)
    pass_to(stage, time(10, 31))
    due = view(stage)
    assert due.state is DueState.PREVIEWED and due.plan is not None and due.plan.approvable
    stage.rest(120)
    assert stage.exchange.rows == {} and stage.plans.running() == ()
    assert isinstance(stage.run(stage.plans.approve(due.plan)), Approved)
    assert view(stage).state is DueState.STARTED
    assert stage.plans.running()[0].schedule == "daily"
    stage.rest(60)
    assert stage.exchange.rows


def test_a_start_that_was_missed_is_told_and_asked_about(stage: Stage) -> None:
    saved(stage, limits=LIMITS)
    stage.run(stage.crash())
    pass_to(stage, time(11, 0))
    stage.run(stage.start())
    stage.rest(120)
    assert view(stage).state is DueState.MISSED
    assert stage.exchange.rows == {}
    assert stage.run(stage.plans.leave_out("daily")) is None
    assert view(stage).state is DueState.LEFT_OUT
    again = stage.run(stage.plans.plan_now("daily"))
    assert again is not None and again.code == "PLAN_SCHEDULE_NOT_DUE"
    stage.run(stage.crash())
    stage.run(stage.start())
    stage.rest(60)
    assert view(stage).state is DueState.LEFT_OUT, "it was kept"


def test_a_missed_start_may_be_planned_now(stage: Stage) -> None:
    saved(stage)
    stage.run(stage.crash())
    pass_to(stage, time(11, 0))
    stage.run(stage.start())
    stage.rest(30)
    assert stage.run(stage.plans.plan_now("daily")) is None
    due = view(stage)
    assert due.state is DueState.PREVIEWED and due.plan is not None
    assert due.plan.rounds[0].at >= datetime(2026, 11, 24, 11, 0, tzinfo=KST)


def test_within_its_limits_it_runs_by_itself_and_once_a_day(stage: Stage) -> None:
    saved(stage, limits=LIMITS)
    pass_to(stage, time(10, 32))
    assert view(stage).state is DueState.STARTED
    assert stage.exchange.rows
    for _ in range(120):
        stage.fill_all()
        stage.rest(30)
    assert len(stage.plans.ended()) == 1 and stage.plans.running() == ()
    assert view(stage).next_start == datetime(2026, 11, 25, 10, 30, tzinfo=KST)


@pytest.mark.parametrize(
    "limits", [AutomaticLimits(most_won=1_000_000, most_part=900_000), AutomaticLimits(most_won=10**9, most_part=1_000)]
)
def test_beyond_its_limits_it_waits(stage: Stage, limits: AutomaticLimits) -> None:
    saved(stage, limits=limits)
    pass_to(stage, time(10, 35))
    assert view(stage).state is DueState.PREVIEWED
    assert stage.exchange.rows == {}


def test_a_plan_with_anything_to_read_first_waits(stage: Stage) -> None:
    market = msgspec.structs.replace(SIDE, rounds=80, spacing_s=60)
    saved(stage, limits=LIMITS, timing=Timing(sell=market, buy=market))
    pass_to(stage, time(10, 35))
    due = view(stage)
    assert due.state is DueState.PREVIEWED and due.issues
    assert stage.exchange.rows == {}


def test_a_plan_that_cannot_be_made_says_why(stage: Stage) -> None:
    saved(stage, targets=(*ROWS, Target(code="999999", weight=1)))
    pass_to(stage, time(10, 32))
    due = view(stage)
    assert due.state is DueState.NO_PLAN
    assert "PLAN_UNKNOWN_CODE" in {issue.code for issue in due.issues}


def test_what_cannot_be_read_is_tried_again(stage: Stage) -> None:
    saved(stage)
    stage.broker.reads_fail = True
    pass_to(stage, time(10, 32))
    assert view(stage).state is DueState.NO_PLAN and view(stage).issues
    stage.broker.reads_fail = False
    stage.rest(60)
    assert view(stage).state is DueState.PREVIEWED


def test_a_schedule_for_one_date_runs_on_that_date_only(stage: Stage) -> None:
    saved(stage, on=date(2026, 11, 25))
    pass_to(stage, time(10, 40))
    assert view(stage).state is DueState.NOT_YET
    stage.rest(24 * 3600)
    assert view(stage).state is DueState.PREVIEWED
    stage.rest(24 * 3600)
    assert view(stage).state is DueState.MISSED, "nobody approved it on its day"
    assert view(stage).next_start is None


def test_a_removed_schedule_is_gone(stage: Stage) -> None:
    saved(stage)
    assert stage.run(stage.plans.remove_schedule("daily")) is None
    pass_to(stage, time(10, 40))
    assert stage.plans.schedules() == ()
    said = stage.run(stage.plans.plan_now("daily"))
    assert said is not None and said.code == "PLAN_NO_SUCH_SCHEDULE"


def test_starts_fall_on_trading_days_only() -> None:
    friday = datetime(2026, 11, 27, 12, 0, tzinfo=KST)
    assert DAILY.next_start(friday, MarketSchedule()) == datetime(2026, 11, 30, 10, 30, tzinfo=KST)
    assert DAILY.next_start(friday, AlwaysOpen()) == datetime(2026, 11, 28, 10, 30, tzinfo=KST)
    once = msgspec.structs.replace(DAILY, on=date(2026, 11, 29))
    assert once.next_start(friday, MarketSchedule()) is None, "a Sunday"
    assert not once.falls_on(date(2026, 11, 29), MarketSchedule())


def test_a_start_that_has_passed_is_as_soon_as_it_may() -> None:
    late = datetime(2026, 11, 24, 11, 0, tzinfo=KST)
    both = msgspec.structs.replace(DAILY, buy_at=time(13, 0))
    timing = both.timed(late.date(), late)
    assert timing.sell.start is None, "as soon as it may"
    assert timing.buy.start == late + timedelta(hours=2)
    assert DAILY.timed(late.date(), late).buy.start is None
    buying = msgspec.structs.replace(both, rules=Rules(sell=False))
    assert buying.start_on(late.date()).hour == 13
