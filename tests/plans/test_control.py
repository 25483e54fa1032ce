"""What may and may not be done with a plan: approving, rescheduling, answering. Pure rules and their desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.course import course, due_slot
from hoga.plans.entries import Approved as ApprovedEntry
from hoga.plans.entries import BuysOpened, Entry, EntryUnreadable, Moved, Noted, from_text, kind_of, to_text
from hoga.plans.inputs import SidePlan, Style, Timing
from hoga.plans.moved import too_late
from hoga.plans.plan import Plan, is_genuine
from hoga.plans.planner import make_plan
from hoga.plans.record import Record
from hoga.plans.schedule import cumulative
from hoga.plans.settings import ExecutionSettings
from hoga.plans.tally import Tally, room, share_out, spent, want
from hoga.plans.views import Approved, Choice, NotApproved, PlanState, Rest
from tests.plans.made import CLOSE, NOW, usual
from tests.plans.stage import HYUNDAI, NAVER, SAMSUNG, Stage
from tests.support.fake_broker import API


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.end()


def codes(answer: object) -> list[str]:
    assert isinstance(answer, NotApproved)
    return [reason.code for reason in answer.reasons]


# --- approving -------------------------------------------------------------------------------------------------------


def test_a_plan_of_which_any_field_was_changed_is_refused(stage: Stage) -> None:
    plan = stage.run(stage.made())
    legs = (msgspec.structs.replace(plan.legs[0], shares=plan.legs[0].shares + 1), *plan.legs[1:])
    for forged in (
        replace(plan, legs=legs),
        replace(plan, rounds=plan.rounds[1:]),
        replace(plan, inputs=msgspec.structs.replace(plan.inputs, timing=Timing(gap_s=0))),
        replace(plan, digest="0" * 64),
    ):
        assert codes(stage.run(stage.plans.approve(forged))) == ["PLAN_CHANGED"]
    assert isinstance(stage.run(stage.plans.approve(plan)), Approved)


def test_a_plan_is_approved_once_and_no_two_plans_trade_one_name(stage: Stage) -> None:
    plan = stage.run(stage.made())
    other = stage.run(stage.made(rounds=3))
    assert isinstance(stage.run(stage.plans.approve(plan)), Approved)
    assert codes(stage.run(stage.plans.approve(plan))) == ["PLAN_APPROVED_BEFORE"]
    assert codes(stage.run(stage.plans.approve(other))) == ["PLAN_INSTRUMENT_BUSY"]


def test_a_world_that_has_moved_wants_a_new_preview(stage: Stage) -> None:
    plan = stage.run(stage.made())
    stage.last[SAMSUNG] += 5_000
    answer = stage.run(stage.plans.approve(plan))
    assert codes(answer) == ["PLAN_WORLD_MOVED", "PLAN_MOVED_PRICE"]
    assert isinstance(answer, NotApproved) and answer.fresh is not None and is_genuine(answer.fresh)
    assert isinstance(stage.run(stage.plans.approve(answer.fresh)), Approved)


def test_a_holding_that_has_changed_and_cash_that_is_gone_want_a_new_preview(stage: Stage) -> None:
    plan = stage.run(stage.made())
    stage.phone(SAMSUNG, Side.SELL, 3)
    stage.rest(40)
    assert "PLAN_MOVED_HOLDING" in codes(stage.run(stage.plans.approve(plan)))
    plan = stage.run(stage.made())
    stage.exchange.cash -= 5_000_000
    stage.rest(40)
    assert "PLAN_MOVED_CASH" in codes(stage.run(stage.plans.approve(plan)))


def test_a_preview_that_was_left_lying_is_made_anew(stage: Stage) -> None:
    plan = stage.run(stage.made(spacing_s=300))
    stage.rest(310)
    assert "PLAN_MOVED_LATE" in codes(stage.run(stage.plans.approve(plan)))


def test_one_round_a_side_may_be_approved_late_and_runs_as_it_was_seen(stage: Stage) -> None:
    """Its buy round lies seconds after its sell round, but waits for the sells: nothing is bunched together."""
    plan = stage.run(stage.made(rounds=1))
    first, second = (round.at for round in plan.rounds)
    assert second - first < timedelta(minutes=1)
    stage.rest(590)
    approved = stage.run(stage.plans.approve(plan))
    assert isinstance(approved, Approved), approved
    stage.digest = approved.digest
    stage.rest(25)
    assert {row.side for row in stage.exchange.rows.values()} == {Side.SELL}, "the buys wait for the sells"
    for _ in range(16):
        stage.fill_all()
        stage.rest(20)
    assert stage.view.state is PlanState.DONE
    # What the sells brought is in no balance yet when the buys open: the plan looks once more before it ends.
    assert [sum(row.filled for row in stage.exchange.of(leg)) for leg in plan.legs] == [one.shares for one in plan.legs]
    assert "PLAN_ROUNDS_MERGED" not in {one.why.code for one in stage.view.deviations}


def test_no_second_round_has_come_and_no_round_leaves_the_session() -> None:
    def late_of(at: datetime, rounds: int, buys: int = 0) -> tuple[Plan, timedelta]:
        sell, buy = (SidePlan(rounds=one, spacing_s=300) for one in (rounds, buys or rounds))
        plan = make_plan(msgspec.structs.replace(usual(), at=at, timing=Timing(sell=sell, buy=buy)))
        first = min(round.at for round in plan.rounds)
        return plan, too_late(plan, first) - first

    minute = timedelta(minutes=1)
    assert late_of(NOW, 3)[1] == 5 * minute
    assert late_of(NOW, 1)[1] == 10 * minute
    plan, late = late_of(NOW, 1, 3)
    sell, buy, second = plan.rounds[:3]
    assert (sell.side, buy.side, second.number) == (Side.SELL, Side.BUY, 2)
    assert late == second.at - sell.at
    plan, late = late_of(CLOSE - 3 * minute, 1)
    lasts = sum((round.ends - round.at for round in plan.rounds), timedelta(0))
    assert late == 3 * minute - timedelta(seconds=30) - lasts
    plan, _ = late_of(NOW, 1, 2)
    whole = plan.rounds[-1].ends - plan.rounds[0].at
    plan, late = late_of(CLOSE - timedelta(seconds=30) - whole, 1, 2)
    assert late == 5 * minute < plan.rounds[-1].at - plan.rounds[0].at, "the sells take their time, the buys have none"


def test_what_cannot_be_read_cannot_be_approved(stage: Stage) -> None:
    plan = stage.run(stage.made())
    stage.broker.reads_fail = True
    assert codes(stage.run(stage.plans.approve(plan))) == ["FAKE_UNREACHABLE"]
    assert stage.plans.running() == ()


# --- control ---------------------------------------------------------------------------------------------------------


def test_rounds_move_within_the_session_and_keep_their_order(stage: Stage) -> None:
    stage.approve(rounds=4, spacing_s=300)
    stage.rest(60)
    rounds = {r.number: r.at for r in stage.view.rounds if r.side is Side.SELL}
    now, plans, digest = stage.clock.now(), stage.plans, stage.digest
    minute = timedelta(minutes=1)

    def moved(*pairs: tuple[int, timedelta]) -> str | None:
        answer = stage.run(plans.reschedule(digest, Side.SELL, Rest({number: now + late for number, late in pairs})))
        return answer.code if answer is not None else None

    assert moved((2, -minute)) == "PLAN_MOVE_PAST"
    assert moved((2, 12 * minute)) == "PLAN_MOVE_ORDER"
    assert moved((9, minute)) == "PLAN_NO_SUCH_ROUND"
    assert moved((1, minute)) == "PLAN_ROUND_OVER"
    assert moved((4, 24 * 60 * minute)) == "PLAN_MOVE_SESSION"
    assert moved((2, minute), (3, 30 * minute), (4, 40 * minute)) is None
    stage.rest(80)
    assert len(stage.exchange.rows) == 4, "the second round came when it was told to"
    stage.rest(900)
    assert len(stage.exchange.rows) == 4, "the third did not come when it was planned"
    after = {r.number: r.at for r in stage.view.rounds if r.side is Side.SELL}
    assert after[3] == now + 30 * minute and rounds[3] < after[3]
    assert [r.planned for r in stage.view.rounds if r.side is Side.SELL] == list(rounds.values())


def test_what_is_left_is_divided_anew_and_priced_otherwise_below_the_same_ceilings(stage: Stage) -> None:
    stage.approve(rounds=6, spacing_s=300)
    stage.rest(400)
    stage.fill_all()
    before = stage.view
    now, minute = stage.clock.now(), timedelta(minutes=1)

    def asked(rest: Rest) -> str | None:
        answer = stage.run(stage.plans.reschedule(stage.digest, Side.SELL, rest))
        return answer.code if answer is not None else None

    assert asked(Rest({3: now + minute, 5: now + 2 * minute}, divided=True)) == "PLAN_NO_SUCH_ROUND"
    assert asked(Rest({3: now + minute}, divided=True, style=Style.MARKET)) == "PLAN_MOVE_STYLE"
    assert asked(Rest({3: now + minute}, divided=True, ticks=101)) == "PLAN_MOVE_TICKS"
    close = {3: now + minute, 4: now + minute + timedelta(seconds=5)}
    assert asked(Rest(close, divided=True)) == "PLAN_MOVE_TIGHT"
    many = {3 + place: now + minute + timedelta(seconds=30) * place for place in range(119)}
    assert asked(Rest(many, divided=True)) == "PLAN_MOVE_ROUNDS"
    assert stage.view.rounds == before.rounds, "nothing that was refused has an effect"

    wish = Rest({3: now + minute, 4: now + 4 * minute}, divided=True, style=Style.CURRENT, ticks=-2)
    assert asked(wish) is None
    sells = [round for round in stage.view.rounds if round.side is Side.SELL]
    assert [round.number for round in sells] == [1, 2, 3, 4]
    for number, leg in enumerate(stage.view.plan.legs):
        if leg.side is Side.SELL:
            shares = [dict(round.wanted).get(number, 0) for round in sells]
            assert sum(shares) == leg.shares and abs(shares[2] - shares[3]) <= 1
    stage.rest(150)
    patient = {row.limit.units for row in stage.exchange.live(API) if row.limit and row.instrument == SAMSUNG}
    assert patient == {stage.last[SAMSUNG] + 200}, "two ticks more patient than the last price"
    stage.run(stage.crash())
    stage.run(stage.start())
    assert [r.at for r in stage.view.rounds if r.side is Side.SELL] == [r.at for r in sells]
    assert stage.view.how(Side.SELL).style is Style.CURRENT
    for _ in range(200):
        stage.fill_all()
        stage.rest(30)
    assert stage.view.state is PlanState.DONE
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]


def test_the_last_round_is_never_skipped(stage: Stage) -> None:
    stage.approve(rounds=3)
    said = stage.run(stage.plans.skip(stage.digest, Side.SELL, 3))
    assert said is not None and said.code == "PLAN_LAST_ROUND"
    assert stage.run(stage.plans.skip(stage.digest, Side.SELL, 2)) is None
    again = stage.run(stage.plans.skip(stage.digest, Side.SELL, 2))
    assert again is not None and again.code == "PLAN_ROUND_OVER"


def test_nothing_can_be_asked_of_a_plan_that_is_not_there_or_is_over(stage: Stage) -> None:
    missing = stage.run(stage.plans.pause("0" * 64))
    assert missing is not None and missing.code == "PLAN_NOT_RUNNING"
    stage.approve(rounds=1)
    gone = stage.run(stage.plans.answer(stage.digest, "1", Choice.GO_ON))
    assert gone is not None and gone.code == "PLAN_QUESTION_GONE"
    stage.run(stage.plans.stop(stage.digest, cancel=True))
    stage.rest(30)
    assert stage.view.state is PlanState.STOPPED
    for work in (stage.plans.pause, stage.plans.resume):
        said = stage.run(work(stage.digest))
        assert said is not None and said.code == "PLAN_NOT_RUNNING"


def test_a_command_that_the_disk_refuses_has_no_effect(stage: Stage) -> None:
    stage.approve()
    stage.database.rehearse_unwritable(True)
    said = stage.run(stage.plans.pause(stage.digest))
    assert said is not None
    assert stage.view.state is not PlanState.PAUSED
    stage.database.rehearse_unwritable(False)
    assert stage.run(stage.plans.pause(stage.digest)) is None


def test_listeners_hear_and_can_stop_listening(stage: Stage) -> None:
    heard = []
    undo = stage.plans.subscribe(lambda: heard.append(stage.clock.now()))
    stage.approve()
    stage.rest(60)
    assert heard
    undo()
    undo()
    before = len(heard)
    stage.rest(600)
    assert len(heard) == before


def test_a_plan_that_only_buys_or_only_sells_runs(stage: Stage) -> None:
    plan = stage.run(stage.made(rounds=2, sell=False))
    assert {leg.side for leg in plan.legs} == {Side.BUY}
    stage.exchange.plan, stage.exchange.fee_rate = plan, plan.inputs.account.fee_rate
    answer = stage.run(stage.plans.approve(plan))
    assert isinstance(answer, Approved)
    stage.digest = answer.digest
    for _ in range(60):
        stage.fill_all()
        stage.rest(30)
    assert stage.view.state is PlanState.DONE
    assert [leg.filled for leg in stage.view.legs] == [leg.ceiling for leg in stage.view.legs]
    assert {order.instrument for order in stage.desk.orders()} == {NAVER, HYUNDAI}


# --- pure rules ------------------------------------------------------------------------------------------------------


def record() -> Record:
    inputs = usual()
    side = SidePlan(rounds=12, spacing_s=300)
    plan = make_plan(msgspec.structs.replace(inputs, timing=Timing(sell=side, buy=side)))
    return Record(ApprovedEntry(at=NOW, plan=plan, settings=ExecutionSettings(), arrival={}))


def test_the_sums_of_the_course_are_the_schedule_s() -> None:
    made = record()
    for side in Side:
        slots = course(made, side)
        for number, leg in made.legs(side):
            assert [slot.totals.get(number, 0) for slot in slots] == [
                cumulative(leg.shares, 12, k) for k in range(1, 13)
            ]
        assert due_slot(slots, slots[0].at - timedelta(seconds=1)) is None
        assert due_slot(slots, slots[-1].at + timedelta(days=1)) == slots[-1]


def test_buys_that_waited_keep_their_spacing() -> None:
    made = record()
    before = [slot.at for slot in course(made, Side.BUY)]
    made.apply(BuysOpened(at=NOW, freed=False, late_s=600))
    assert [slot.at for slot in course(made, Side.BUY)] == [at + timedelta(seconds=600) for at in before]
    made.apply(Moved(at=NOW, side=Side.BUY, starts=((2, before[3]),)))
    assert course(made, Side.BUY)[1].at == before[3]


def test_buys_that_were_moved_before_they_began_wait_with_the_others() -> None:
    made = record()
    before = [slot.at for slot in course(made, Side.BUY)]
    made.apply(Moved(at=NOW, side=Side.BUY, starts=((1, before[0] + timedelta(seconds=60)),)))
    made.apply(BuysOpened(at=NOW, freed=False, late_s=600))
    after = [slot.at - was for slot, was in zip(course(made, Side.BUY), before, strict=True)]
    assert after == [timedelta(seconds=660), *[timedelta(seconds=600)] * 11]


def test_every_kind_of_entry_reads_back() -> None:
    made = record()
    entries: list[Entry] = [
        made.approved,
        Moved(at=NOW, side=Side.SELL, starts=((1, NOW), (2, NOW))),
        Noted(at=NOW, side=Side.BUY, round=2, leg=1, why=usual_message(), shares=3),
    ]
    for entry in entries:
        again = from_text(to_text(entry))
        assert again == entry and kind_of(again) == kind_of(entry)
    assert is_genuine(from_text(to_text(made.approved)).plan)  # type: ignore[union-attr]
    for text in ("", "{}", '{"type":"unheard"}', to_text(made.approved)[:-40]):
        with pytest.raises(EntryUnreadable):
            from_text(text)


def usual_message() -> Message:
    return Message("PLAN_LEFT_OVER", {"shares": 3, "why": Message("PLAN_CASH_SHORT", {"cash": 5})})


SMALL = st.integers(0, 500)


@given(SMALL, SMALL, SMALL, SMALL, SMALL, st.integers(-500, 500))
def test_what_is_wanted_never_passes_the_ceiling(due: int, a: int, b: int, c: int, d: int, beside: int) -> None:
    leg = record().plan.legs[0]
    figures = Tally(filled=a, working=b, in_flight=c, unknown=d)
    wanted = want(leg, due, beside, figures)
    assert wanted >= 0
    assert wanted == 0 or figures.committed + wanted <= leg.ceiling_shares


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_room_never_costs_more_than_the_ceiling(amount: int, open_: int, price: int, fee_rate: int) -> None:
    made = record()
    leg = next(leg for leg in made.plan.legs if leg.side is Side.BUY)
    figures = Tally(amount=amount, open_amount=open_)
    shares = room(leg, figures, price, fee_rate)
    after = replace(figures, open_amount=open_ + shares * price)
    assert leg.ceiling_won is not None
    assert shares == 0 or spent(after, fee_rate) <= leg.ceiling_won
    more = replace(figures, open_amount=open_ + (shares + 1) * price)
    assert shares == leg.ceiling_shares or spent(more, fee_rate) > leg.ceiling_won


@given(
    st.dictionaries(st.integers(0, 5), st.tuples(st.integers(1, 200), st.integers(1, 10**5)), min_size=1),
    st.integers(-(10**6), 10**7),
    st.integers(0, 10**7),
)
def test_cash_that_is_short_is_shared_out_whole(wishes: dict[int, tuple[int, int]], cash: int, fee_rate: int) -> None:
    given_ = share_out(wishes, cash, fee_rate)
    cost = sum(given_[leg] * price for leg, (_, price) in wishes.items())
    assert -(-cost * (10**9 + fee_rate) // 10**9) <= max(cash, 0)
    assert all(0 <= given_[leg] <= shares for leg, (shares, _) in wishes.items())
    if all(given_[leg] == shares for leg, (shares, _) in wishes.items()):
        return
    left = max(cash, 0) * 10**9 // (10**9 + fee_rate) - cost
    assert left < sum(price for _, price in wishes.values())
