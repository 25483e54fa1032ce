"""Plans against the hours of a real market day: they wait for its auctions and breaks, and go on by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.instruments import Venue
from hoga.domain.sessions import MarketSchedule, Phase, Window
from hoga.domain.tickets import Side
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, PlanState
from tests.plans.stage import SETTINGS, Stage
from tests.support.fake_broker import API

Opened = Callable[..., Stage]


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, second, tzinfo=KST)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stages:

        def make(start: datetime, schedule: MarketSchedule | None = None) -> Stage:
            stage = Stage(tmp_path, start=start, schedule=schedule or MarketSchedule())
            stages.callback(stage.end)
            return stage

        yield make


def until(stage: Stage, moment: datetime) -> None:
    stage.rest((moment - stage.clock.now()).total_seconds())


def approve(stage: Stage, settings: ExecutionSettings = SETTINGS, **more: int) -> None:
    plan = stage.run(stage.made(**more))
    stage.exchange.plan, stage.exchange.fee_rate = plan, plan.inputs.account.fee_rate
    answer = stage.run(stage.plans.approve(plan, settings))
    assert isinstance(answer, Approved), answer
    stage.digest = answer.digest


def why(stage: Stage) -> set[str]:
    return {reason.code for reason in stage.view.why}


def left_over(stage: Stage) -> list[str]:
    return [str(note.why) for note in stage.view.deviations if note.why.code == "PLAN_LEFT_OVER"]


def test_before_the_opening_it_waits_for_the_first_moment_of_continuous_trading(opened: Opened) -> None:
    stage = opened(at(8, 45))
    approve(stage, rounds=2)
    until(stage, at(8, 59, 59))
    assert stage.view.state is PlanState.APPROVED and not stage.exchange.rows
    until(stage, at(9, 0, 30))
    assert stage.view.state is PlanState.RUNNING and len(stage.exchange.rows) == 2


def test_the_closing_auction_pauses_it_and_what_works_takes_part(opened: Opened) -> None:
    stage = opened(at(15, 5))
    approve(stage, rounds=2, spacing_s=240)
    until(stage, at(15, 19, 20))
    sent = list(stage.exchange.rows)
    assert len(stage.exchange.live(API)) == 4 and stage.view.state is PlanState.RUNNING
    until(stage, at(15, 24))
    assert stage.view.state is PlanState.HELD and why(stage) == {"PLAN_HELD_AUCTION"}
    assert stage.view.why[0].values["until"] == "15:30:00"
    assert list(stage.exchange.rows) == sent, "nothing is sent, moved or cancelled in the auction"
    first, *others = stage.exchange.live(API)
    stage.fill(first.number, first.remaining)
    until(stage, at(15, 29, 50))
    assert stage.view.state is PlanState.HELD and stage.exchange.live(API) == others
    until(stage, at(15, 30, 30))
    assert stage.view.state is PlanState.DONE and not stage.exchange.live(API)
    assert len(left_over(stage)) == 4 and all("PLAN_SESSION_ENDED" in text for text in left_over(stage))
    assert sum(leg.filled for leg in stage.view.legs) == first.quantity


def test_what_fills_in_the_auction_ends_the_plan_at_once(opened: Opened) -> None:
    stage = opened(at(15, 5))
    approve(stage, rounds=1, sell=True, buy=False)
    until(stage, at(15, 25))
    assert stage.view.state is PlanState.HELD
    stage.fill_all()
    stage.rest(20)
    assert stage.view.state is PlanState.DONE and not left_over(stage)


def test_who_wants_no_auction_has_it_cancelled_before(opened: Opened) -> None:
    stage = opened(at(15, 5))
    approve(stage, settings=replace_settings(through_auction=False), rounds=2, spacing_s=240)
    until(stage, at(15, 19, 20))
    assert stage.exchange.live(API)
    until(stage, at(15, 19, 59))
    assert stage.view.state is PlanState.DONE and not stage.exchange.live(API)
    assert all("PLAN_SESSION_ENDED" in text for text in left_over(stage))


def replace_settings(**changes: bool) -> ExecutionSettings:
    return ExecutionSettings(**{"moved_part": SETTINGS.moved_part, **changes})  # type: ignore[arg-type]


class WithBreak(MarketSchedule):
    """A day whose continuous trading stands still from 12 to 13 for an auction."""

    def windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        rows = []
        for row in super().windows(venue, day):
            if row.phase is not Phase.REGULAR:
                rows.append(row)
                continue
            noon, later = row.start + timedelta(hours=3), row.start + timedelta(hours=4)
            rows += [replace(row, end=noon), replace(row, start=later)]
            rows.append(Window(Phase.CLOSING_AUCTION, noon, later, day))
        return tuple(sorted(rows, key=lambda row: row.start))


def test_a_break_pauses_it_and_it_goes_on_where_it_stood(opened: Opened) -> None:
    stage = opened(at(11, 40), WithBreak())
    approve(stage, rounds=2, spacing_s=300)
    until(stage, at(11, 59))
    stage.fill_all()
    stage.rest(20)
    assert stage.view.side is Side.BUY
    sent = len(stage.exchange.rows)
    until(stage, at(12, 30))
    assert stage.view.state is PlanState.HELD and why(stage) == {"PLAN_HELD_AUCTION"}
    during = len(stage.exchange.rows) - sent
    until(stage, at(12, 59, 50))
    assert len(stage.exchange.rows) == sent + during
    until(stage, at(13, 1))
    assert stage.view.state is PlanState.RUNNING
    for _ in range(60):
        stage.fill_all()
        stage.rest(30)
    assert stage.view.state is PlanState.DONE and not left_over(stage)
