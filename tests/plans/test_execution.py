"""A plan that runs: what it sends when, and what it does when something goes wrong. On virtual time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.instruments import Flags
from hoga.domain.orders import OrderState
from hoga.domain.tickets import Side
from hoga.plans.executor import Executor
from hoga.plans.marks import costs, marks
from hoga.plans.pace import Pace
from hoga.plans.views import Choice, LegState, PlanState, QuestionKind, Rest, RoundState
from tests.plans.stage import HYNIX, SAMSUNG, Stage
from tests.support.fake_broker import API, PHONE, Fault


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.end()


def shares(stage: Stage, side: Side) -> int:
    return sum(row.quantity for row in stage.exchange.rows.values() if row.channel == API and row.side is side)


def run_out(stage: Stage, minutes: int = 200) -> None:
    """Fill everything that comes until the plan has ended."""
    for _ in range(minutes * 2):
        if stage.view.state.over:
            return
        stage.fill_all()
        stage.rest(30)
    raise AssertionError(f"still {stage.view.state}: {stage.view.why}")


def test_sells_first_then_buys_and_it_ends_exactly(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    assert shares(stage, Side.SELL) > 0
    assert shares(stage, Side.BUY) == 0
    stage.rest(1500)
    assert shares(stage, Side.BUY) == 0, "sells still work"
    run_out(stage)
    view = stage.view
    assert view.state is PlanState.DONE
    assert [leg.filled for leg in view.legs] == [leg.ceiling for leg in view.legs]
    assert {leg.state for leg in view.legs} == {LegState.COMPLETE}
    assert stage.exchange.cash >= view.plan.figures.buffer


def test_buys_that_wait_for_the_sells_are_ahead_and_not_behind(stage: Stage) -> None:
    stage.approve(rounds=2, spacing_s=120)
    planned = [round.at for round in stage.view.rounds if round.side is Side.BUY]
    stage.rest((planned[-1] - stage.clock.now()).total_seconds() + 60)
    view = stage.view
    buys = [round for round in view.rounds if round.side is Side.BUY]
    assert {round.state for round in buys} == {RoundState.AHEAD}
    assert buys[0].at >= stage.clock.now() - timedelta(seconds=1) and buys[0].planned == planned[0]
    assert buys[1].at - buys[0].at == planned[1] - planned[0]
    assert all(leg.due == 0 and leg.state is LegState.AHEAD for leg in view.legs if leg.side is Side.BUY)
    assert view.track[-1].buy_due == 0
    stage.fill_all()
    stage.rest(40)
    assert stage.view.side is Side.BUY
    now, day = stage.clock.now(), stage.clock.now().date()
    assert [mark.round for mark in marks(stage.plans, SAMSUNG, day)] == [1, 2]
    (cost,) = costs(stage.plans, day, now)
    assert (cost.at, cost.running, cost.won) == (now, True, stage.view.quality.arrival.won)
    filled = [point for point in stage.view.track if point.sell_filled]
    assert filled[0].at < now, "the line rises where it filled"


def test_each_round_sends_what_the_schedule_wants(stage: Stage) -> None:
    stage.approve()
    due = [round for round in stage.view.rounds if round.side is Side.SELL]
    for round in due:
        stage.rest((round.at - stage.clock.now()).total_seconds() + 100)
        for leg in stage.view.legs:
            if leg.side is Side.SELL:
                assert leg.filled + leg.working == leg.due > 0
        stage.fill_all()


def test_two_orders_are_never_closer_than_the_gap(stage: Stage) -> None:
    stage.approve()
    run_out(stage)
    sent = sorted(row.at for row in stage.exchange.rows.values() if row.channel == API and row.original is None)
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(sent)]
    assert min(gaps) >= stage.view.plan.inputs.timing.gap_s - 0.1


def test_a_refused_child_is_tried_again_and_holds_up_nobody(stage: Stage) -> None:
    stage.approve()
    stage.weather(Fault.REFUSE)
    run_out(stage)
    assert stage.view.state is PlanState.DONE
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]
    refused = [note for note in stage.view.deviations if note.why.code == "PLAN_CHILD_REFUSED"]
    assert len(refused) == 1 and refused[0].round == 1


def test_a_leg_that_is_always_refused_is_left_over_with_the_reason(stage: Stage) -> None:
    stage.approve(rounds=2)
    broker = stage.broker
    place = broker.place

    async def refusing(order: object) -> object:
        if getattr(order, "instrument", None) == HYNIX:
            broker.script.append(Fault.REFUSE)
        return await place(order)  # type: ignore[arg-type]

    broker.place = refusing  # type: ignore[method-assign, assignment]
    run_out(stage)
    leg = next(leg for leg in stage.view.legs if leg.code == HYNIX.code)
    assert leg.state is LegState.LEFT_OVER and leg.filled == 0
    left = [note for note in stage.view.deviations if note.why.code == "PLAN_LEFT_OVER"]
    assert (left[0].leg, left[0].shares) == (leg.leg, leg.ceiling) and "APBK0000" in str(left[0].why)
    sold = [each for each in stage.view.legs if each.side is Side.SELL and each.leg != leg.leg]
    assert sold and all(each.filled == each.ceiling for each in sold)
    assert all("PLAN_CASH_SHORT" in str(note.why) for note in left[1:]), (
        "the cash that it would have brought is missing"
    )


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE])
def test_a_leg_of_unknown_fate_waits_and_the_others_go_on(stage: Stage, fault: Fault) -> None:
    stage.approve()
    stage.weather(fault)
    stage.rest(35)
    first, second = (leg for leg in stage.view.legs if leg.side is Side.SELL)
    assert second.working
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]
    assert first.code != second.code


def test_what_the_person_sells_beside_it_is_sold_by_the_plan_no_more(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    stage.phone(SAMSUNG, Side.SELL, 11)
    stage.rest(60)
    run_out(stage)
    leg = next(leg for leg in stage.view.legs if leg.code == SAMSUNG.code)
    assert leg.filled == leg.ceiling - 11
    assert leg.state is LegState.COMPLETE
    assert all(row.channel == PHONE or row.quantity != 11 for row in stage.exchange.rows.values())


def test_unfilled_orders_follow_the_market_inside_the_collar(stage: Stage) -> None:
    stage.approve(rounds=1)
    stage.rest(60)
    before = {row.number: row.limit for row in stage.exchange.live(API)}
    stage.last[SAMSUNG] -= 500
    stage.rest(500)
    assert {row.number: row.limit for row in stage.exchange.live(API)} == before
    stage.rest(400)
    moved = [row for row in stage.exchange.live(API) if row.instrument == SAMSUNG]
    assert [row.limit.units for row in moved if row.limit] == [69_500]
    stage.last[SAMSUNG] -= 5_000
    stage.rest(900)
    moved = [row for row in stage.exchange.live(API) if row.instrument == SAMSUNG]
    worst = next(leg.worst for leg in stage.view.plan.legs if leg.code == SAMSUNG.code)
    assert [row.limit.units for row in moved if row.limit] == [worst]
    assert "PLAN_BEYOND_COLLAR" in {note.why.code for note in stage.view.deviations}


def test_at_the_wait_limit_the_person_chooses_to_buy_with_what_is_there(stage: Stage) -> None:
    stage.approve(rounds=2)
    stage.rest(700)
    half = stage.exchange.live(API)[0]
    stage.fill(half.number, half.remaining)
    stage.rest(1300)
    asked = stage.view.question
    assert stage.view.state is PlanState.ASKING
    assert asked is not None and asked.kind is QuestionKind.SELLS_LATE
    assert shares(stage, Side.BUY) == 0
    assert stage.run(stage.plans.answer(stage.digest, asked.id, Choice.WAIT)) is None
    stage.rest(600)
    assert stage.view.question is None
    stage.rest(700)
    again = stage.view.question
    assert again is not None and again.id != asked.id
    assert stage.run(stage.plans.answer(stage.digest, again.id, Choice.BUY_WITH_FREED)) is None
    stage.rest(60)
    assert shares(stage, Side.BUY) > 0
    run_out(stage)
    assert stage.exchange.cash >= stage.view.plan.figures.buffer


def test_cash_that_is_not_there_cuts_all_buys_alike(stage: Stage) -> None:
    stage.approve(rounds=2)
    while not all(leg.filled == leg.ceiling for leg in stage.view.legs if leg.side is Side.SELL):
        stage.fill_all()
        stage.rest(1)
    stage.exchange.cash = stage.view.plan.figures.buffer + 3_000_000
    run_out(stage)
    assert stage.exchange.cash >= stage.view.plan.figures.buffer
    left = [note for note in stage.view.deviations if note.why.code == "PLAN_LEFT_OVER"]
    assert left and all("PLAN_CASH_SHORT" in str(note.why) for note in left)


def test_a_crash_at_any_moment_repeats_nothing(stage: Stage) -> None:
    stage.approve()
    for wait in (0.0, 0.005, 0.02, 5.0, 11.0, 250.0, 300.0, 300.0):
        stage.rest(wait)
        stage.run(stage.crash())
        stage.rest(2)
        stage.run(stage.start())
        stage.rest(5)
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]
    named = [(child.leg, child.round, child.attempt) for child in stage.origins()]
    assert len(named) == len(set(named))


def test_after_a_long_absence_it_asks_before_it_goes_on(stage: Stage) -> None:
    stage.approve(rounds=6)
    stage.rest(20)
    stage.run(stage.crash())
    sent = len(stage.exchange.rows)
    stage.rest(2000)
    stage.run(stage.start())
    stage.rest(30)
    asked = stage.view.question
    assert stage.view.state is PlanState.ASKING
    assert asked is not None and asked.kind is QuestionKind.TOO_LATE
    assert len(stage.exchange.rows) == sent
    assert stage.run(stage.plans.answer(stage.digest, asked.id, Choice.GO_ON)) is None
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]
    assert RoundState.MERGED in {round.state for round in stage.view.rounds}


def test_rounds_that_came_due_in_a_pause_can_still_be_spread(stage: Stage) -> None:
    stage.approve(rounds=4, spacing_s=120)
    stage.rest(60)
    stage.run(stage.plans.pause(stage.digest))
    stage.rest(900)
    left = [round.number for round in stage.view.left(Side.SELL)]
    assert left == [2, 3, 4]
    now = stage.clock.now()
    starts = {number: now + timedelta(seconds=30 + 120 * place) for place, number in enumerate(left)}
    assert stage.run(stage.plans.reschedule(stage.digest, Side.SELL, Rest(starts))) is None
    stage.fill_all()
    before = shares(stage, Side.SELL)
    stage.run(stage.plans.resume(stage.digest))
    stage.rest(90)
    sent = shares(stage, Side.SELL) - before
    whole = sum(leg.ceiling for leg in stage.view.legs if leg.side is Side.SELL)
    assert 0 < sent <= whole // 4 + 2, "one round, not all that was missed"
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]


def test_pause_resume_skip_and_stop(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    assert stage.run(stage.plans.pause(stage.digest)) is None
    sent = len(stage.exchange.rows)
    stage.rest(400)
    assert stage.view.state is PlanState.PAUSED
    assert len(stage.exchange.rows) == sent
    assert stage.run(stage.plans.skip(stage.digest, Side.SELL, 3)) is None
    assert stage.run(stage.plans.resume(stage.digest)) is None
    stage.rest(60)
    assert len(stage.exchange.rows) > sent
    rounds = {(r.side, r.number): r.state for r in stage.view.rounds}
    assert rounds[Side.SELL, 3] is RoundState.SKIPPED
    assert stage.run(stage.plans.stop(stage.digest, cancel=True)) is None
    stage.rest(60)
    assert stage.view.state is PlanState.STOPPED
    assert stage.exchange.live(API) == []
    assert stage.run(stage.plans.resume(stage.digest)) is not None


def test_a_pause_does_not_eat_up_the_time_that_open_orders_are_waited_for(stage: Stage) -> None:
    stage.approve(rounds=2)
    while stage.view.side is not Side.BUY or len(stage.exchange.live(API)) < 4:
        sells = [row for row in stage.exchange.live(API) if row.side is Side.SELL]
        for row in sells:
            stage.fill(row.number, row.remaining)
        stage.rest(30)
    stage.run(stage.plans.pause(stage.digest))
    stage.rest(3600)
    stage.run(stage.plans.resume(stage.digest))
    stage.rest(900)
    assert stage.view.state is PlanState.RUNNING and stage.exchange.live(API)
    stage.rest(400)
    assert stage.view.state is PlanState.DONE and not stage.exchange.live(API)


def test_the_stop_switch_pauses_until_the_person_resumes(stage: Stage) -> None:
    stage.approve()
    stage.rest(5)
    stage.run(stage.desk.stop())
    stage.rest(60)
    sent = len(stage.exchange.rows)
    assert stage.view.state is PlanState.PAUSED
    assert stage.run(stage.plans.resume(stage.digest)) is not None
    stage.run(stage.desk.release())
    stage.rest(600)
    assert len(stage.exchange.rows) == sent
    assert stage.run(stage.plans.resume(stage.digest)) is None
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]


def test_a_lost_connection_holds_it_and_it_goes_on_by_itself(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    stage.do(stage.broker.drop_stream)
    sent = len(stage.exchange.rows)
    stage.rest(400)
    assert stage.view.state is PlanState.HELD
    assert len(stage.exchange.rows) == sent
    stage.do(stage.broker.heal_stream)
    stage.rest(60)
    assert stage.view.state is PlanState.RUNNING
    assert len(stage.exchange.rows) > sent


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (Flags(volatility_interruption=True), "PLAN_LEG_INTERRUPTED"),
        (Flags(halted=True), "PLAN_LEG_HALTED"),
    ],
)
def test_an_interrupted_instrument_waits_alone(stage: Stage, flags: Flags, why: str) -> None:
    stage.approve()
    stage.broker.flags[SAMSUNG] = flags
    stage.rest(100)
    assert {row.instrument for row in stage.exchange.rows.values()} == {HYNIX}
    leg = next(leg for leg in stage.view.legs if leg.code == SAMSUNG.code)
    assert leg.why is not None and leg.why.code == why
    assert leg.state is LegState.HELD
    del stage.broker.flags[SAMSUNG]
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]


def test_an_instrument_that_was_taken_over_is_left_alone(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    leg = next(leg for leg in stage.view.legs if leg.code == SAMSUNG.code)
    assert stage.run(stage.plans.take_over(stage.digest, leg.leg, cancel=True)) is None
    stage.rest(10)
    assert [row for row in stage.exchange.live(API) if row.instrument == SAMSUNG] == []
    run_out(stage)
    after = stage.view.legs[leg.leg]
    assert after.state is LegState.MANUAL and after.filled == 0
    assert stage.view.state is PlanState.DONE
    rest_of = [each for each in stage.view.legs if each.leg != leg.leg and each.side is Side.SELL]
    assert all(each.filled == each.ceiling for each in rest_of)


def test_the_report_tells_how_the_orders_of_a_leg_ended_that_was_taken_over_last(stage: Stage) -> None:
    stage.approve(rounds=2, buy=False)
    stage.rest(400)
    mine = [row for row in stage.exchange.live(API) if row.instrument == SAMSUNG]
    for row in stage.exchange.live(API):
        if row.instrument != SAMSUNG:
            stage.fill(row.number, row.remaining)
    leg = next(leg for leg in stage.view.legs if leg.code == SAMSUNG.code)
    assert len(mine) == 2 and stage.view.state is PlanState.RUNNING
    assert stage.run(stage.plans.take_over(stage.digest, leg.leg, cancel=True)) is None
    stage.rest(60)
    assert stage.view.state is PlanState.DONE
    children = [child for round in stage.view.rounds for child in round.children if child.leg == leg.leg]
    assert {child.state for child in children} == {OrderState.CANCELLED}


def test_a_child_that_the_person_cancels_comes_back_with_the_next_round_only(stage: Stage) -> None:
    stage.approve()
    stage.rest(60)
    order = next(order for order in stage.desk.orders() if order.instrument == SAMSUNG)
    stage.run(stage.desk.cancel(order.id))
    stage.rest(200)
    assert [row for row in stage.exchange.live(API) if row.instrument == SAMSUNG] == []
    run_out(stage)
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]


def test_a_session_that_ends_cancels_the_rest_and_says_what_was_left(stage: Stage) -> None:
    stage.rest(12 * 3600)
    stage.approve(rounds=4, spacing_s=900)
    for _ in range(300):
        if stage.view.state.over:
            break
        stage.rest(30)
    view = stage.view
    assert view.state is PlanState.DONE
    assert stage.exchange.live(API) == []
    assert {note.leg for note in view.deviations if note.why.code == "PLAN_LEFT_OVER"} == {0, 1, 2, 3}


def test_a_report_outlives_the_desk(stage: Stage) -> None:
    stage.approve(rounds=2)
    run_out(stage)
    stage.rest(60)
    before = stage.plans.ended()[0]
    stage.run(stage.crash())
    stage.rest(3 * 24 * 3600)
    stage.run(stage.start())
    after = stage.plans.ended()[0]
    assert after.legs == before.legs
    assert after.rounds == before.rounds
    assert after.quality == before.quality and after.quality.arrival.bp is not None
    assert after.track == before.track


@pytest.mark.parametrize(("choice", "counted"), [(Choice.OURS, True), (Choice.NOT_OURS, False)])
def test_after_a_rebuilt_journal_nothing_resumes_before_the_person_decides(
    stage: Stage, tmp_path: Path, choice: Choice, counted: bool
) -> None:
    stage.approve()
    backup = [(file, file.read_bytes()) for file in tmp_path.iterdir() if file.name.startswith("journal.sqlite")]
    stage.rest(60)
    stage.fill_all()
    stage.rest(5)
    sent = stage.exchange.live() + [row for row in stage.exchange.rows.values() if row.filled]
    assert len(sent) == 2
    stage.run(stage.crash())
    for file in tmp_path.iterdir():
        file.unlink()
    for file, data in backup:
        file.write_bytes(data)
    stage.rebuilt = Message("JOURNAL_REBUILT")
    stage.run(stage.start())
    stage.rest(200)
    asked = stage.view.question
    assert stage.view.state is PlanState.ASKING
    assert asked is not None and asked.kind is QuestionKind.REBUILT and len(asked.orders) == 2
    assert sum(leg.filled for leg in stage.view.legs) == sum(row.filled for row in sent), "counted until decided"
    assert len(stage.exchange.rows) == 2
    stage.exchange.plan = stage.exchange.plan if counted else None
    assert stage.run(stage.plans.answer(stage.digest, asked.id, choice)) is None
    run_out(stage)
    for leg in stage.view.legs:
        assert (leg.filled == leg.ceiling) is (counted or leg.side is Side.BUY)
        if leg.side is Side.SELL and not counted:
            beside = sum(row.filled for row in sent if row.instrument.code == leg.code)
            assert leg.filled == leg.ceiling - beside, "what was sold elsewhere is not sold again"


def test_what_was_changed_on_file_never_runs(stage: Stage) -> None:
    stage.approve()
    stage.run(stage.plans.aclose())
    before = stage.plans
    record = next(iter(before._store.records.values()))
    legs = tuple(msgspec.structs.replace(leg, ceiling_shares=leg.ceiling_shares + 1) for leg in record.plan.legs)
    record.approved = msgspec.structs.replace(record.approved, plan=replace(record.plan, legs=legs))
    assert not record.genuine
    stage.rest(1)
    sent = len(stage.exchange.rows)
    executor = Executor(stage.desk, before._store, record, Pace(), lambda: None)
    stage.do(executor.start)
    stage.rest(600)
    assert executor.state is PlanState.PAUSED
    assert executor.why[0].code == "PLAN_NOT_GENUINE"
    assert len(stage.exchange.rows) == sent
    stage.run(executor.aclose())
