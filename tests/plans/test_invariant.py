"""Whatever happens, a plan never passes its ceilings, repeats no round, and ends exactly or says what was left.

Random fills, refusals, lost and late answers, streams that break, a person who trades, cancels and decides beside it,
and a desk that dies at any moment. The exchange's own record is the judge, at every change of it.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import OrderState
from hoga.domain.tickets import Side
from hoga.plans.inputs import Style
from hoga.plans.tally import reach
from hoga.plans.views import Choice, LegState, PlanState, Rest
from tests.plans.stage import HYNIX, HYUNDAI, NAVER, SAMSUNG, TICKS, Stage
from tests.support.fake_broker import API, PHONE, Fault

INSTRUMENTS = st.sampled_from([SAMSUNG, HYNIX, NAVER, HYUNDAI])
FAULTS = st.sampled_from(
    [Fault.REFUSE, Fault.THROTTLE, Fault.NOT_CONNECTED, Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE, Fault.SLOW]
)
SELDOM = st.sampled_from([False, False, False, True])
MOMENTS = st.sampled_from([0.0, 0.004, 0.011, 0.03, 0.4, 1.0])
"""In the middle of a send, and right after it."""
WHILES = st.sampled_from([0.5, 4.0, 12.0, 25.0, 62.0, 200.0, 400.0])
"""After each thing that happens: every run gets on, whatever it is made of."""


def memory() -> str | None:
    """A folder in memory where there is one: every order waits for its journal's disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a place for scratch files, made unique


class PlanMachine(RuleBasedStateMachine):
    """One plan from its approval to its end."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(dir=memory()))
        self.stage = Stage(self._folder)

    @initialize(rounds=st.integers(1, 5), spacing=st.sampled_from([60, 300, 900]))
    def approve(self, rounds: int, spacing: int) -> None:
        self.stage.approve(rounds=rounds, spacing_s=spacing)

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(then=WHILES)
    def nothing_happens(self, then: float) -> None:
        self.stage.rest(then)

    @rule(data=st.data(), then=WHILES)
    def something_fills(self, data: st.DataObject, then: float) -> None:
        live = self.stage.exchange.live(API)
        if live:
            row = data.draw(st.sampled_from(live))
            self.stage.fill(row.number, data.draw(st.integers(1, row.remaining)))
        self.stage.rest(then)

    @rule(then=WHILES)
    def all_fills(self, then: float) -> None:
        self.stage.fill_all()
        self.stage.rest(then)

    @rule(faults=st.lists(FAULTS, min_size=1, max_size=3), then=WHILES)
    def the_weather_turns(self, faults: list[Fault], then: float) -> None:
        self.stage.weather(*faults)
        self.stage.rest(then)

    @rule(instrument=INSTRUMENTS, ticks=st.integers(-14, 14), then=WHILES)
    def a_price_moves(self, instrument: InstrumentId, ticks: int, then: float) -> None:
        self.stage.last[instrument] += ticks * TICKS[instrument]
        self.stage.rest(then)

    @rule(instrument=INSTRUMENTS, side=st.sampled_from(list(Side)), shares=st.integers(1, 9), then=WHILES)
    def the_person_trades_beside_it(self, instrument: InstrumentId, side: Side, shares: int, then: float) -> None:
        if side is Side.BUY or self.stage.exchange.holdings.get(instrument, 0) > 50:
            self.stage.phone(instrument, side, shares)
        self.stage.rest(then)

    @rule(data=st.data(), lost=st.booleans(), then=WHILES)
    def the_person_cancels_a_child(self, data: st.DataObject, lost: bool, then: float) -> None:
        open_ = [order for order in self.stage.desk.orders() if not order.state.over]
        if open_:
            if lost:
                self.stage.weather(Fault.LOST_BEFORE)
            self.stage.run(self.stage.desk.cancel(data.draw(st.sampled_from(open_)).id))
        self.stage.rest(then)

    @rule(data=st.data(), then=WHILES)
    def somebody_cancels_on_the_telephone(self, data: st.DataObject, then: float) -> None:
        live = self.stage.exchange.live(API)
        if live:
            number = data.draw(st.sampled_from(live)).number
            self.stage.do(lambda: self.stage.exchange.cancel(number, None, PHONE))
        self.stage.rest(then)

    @rule(after=MOMENTS, away=st.sampled_from([0.0, 2.0, 40.0, 1200.0]), then=WHILES)
    def the_desk_dies(self, after: float, away: float, then: float) -> None:
        stage = self.stage
        self._until_something_is_sent()
        stage.rest(after)
        stage.run(stage.crash())
        stage.rest(away)
        stage.run(stage.start())
        stage.rest(then)

    def _until_something_is_sent(self) -> None:
        """So that it dies in the middle of something."""
        before = len(self.stage.broker.writes)
        for _ in range(60):
            if len(self.stage.broker.writes) > before:
                return
            self.stage.rest(0.5)

    @rule(deaf=WHILES, then=WHILES)
    def the_stream_breaks_and_heals(self, deaf: float, then: float) -> None:
        broker = self.stage.broker
        self.stage.do(broker.drop_stream)
        self.stage.rest(deaf)
        self.stage.do(broker.heal_stream)
        self.stage.rest(then)

    @rule(fails=WHILES, then=WHILES)
    def nothing_can_be_read_for_a_while(self, fails: float, then: float) -> None:
        broker = self.stage.broker
        broker.reads_fail = True
        self.stage.rest(fails)
        broker.reads_fail = False
        self.stage.rest(then)

    # --- what the person decides ------------------------------------------------------------------------------------

    @rule(pause=WHILES, resumes=st.sampled_from([True, True, True, False]), then=WHILES)
    def pause(self, pause: float, resumes: bool, then: float) -> None:
        plans, digest = self.stage.plans, self.stage.digest
        self.stage.run(plans.pause(digest))
        self.stage.rest(pause)
        if resumes:
            self.stage.run(plans.resume(digest))
        self.stage.rest(then)

    @rule(side=st.sampled_from(list(Side)), round=st.integers(1, 5), then=WHILES)
    def skip(self, side: Side, round: int, then: float) -> None:
        self.stage.run(self.stage.plans.skip(self.stage.digest, side, round))
        self.stage.rest(then)

    @rule(side=st.sampled_from(list(Side)), round=st.integers(1, 5), later=st.integers(1, 600), then=WHILES)
    def move(self, side: Side, round: int, later: int, then: float) -> None:
        at = self.stage.clock.now() + timedelta(seconds=later)
        self.stage.run(self.stage.plans.reschedule(self.stage.digest, side, Rest({round: at})))
        self.stage.rest(then)

    @rule(
        side=st.sampled_from(list(Side)), first=st.integers(1, 5), count=st.integers(1, 6), later=st.integers(1, 300),
        style=st.sampled_from(list(Style)), ticks=st.integers(-5, 20), then=WHILES,
    )  # fmt: skip
    def divide_anew(
        self, side: Side, first: int, count: int, later: int, style: Style, ticks: int, then: float
    ) -> None:
        now = self.stage.clock.now()
        starts = {first + place: now + timedelta(seconds=later + 60 * place) for place in range(count)}
        rest = Rest(starts, divided=True, style=style, ticks=ticks)
        self.stage.run(self.stage.plans.reschedule(self.stage.digest, side, rest))
        self.stage.rest(then)

    @rule(leg=st.integers(0, 3), cancel=st.booleans(), really=SELDOM, then=WHILES)
    def take_over(self, leg: int, cancel: bool, really: bool, then: float) -> None:
        if really:
            self.stage.run(self.stage.plans.take_over(self.stage.digest, leg, cancel=cancel))
        self.stage.rest(then)

    @rule(pressed=WHILES, then=WHILES)
    def the_stop_switch(self, pressed: float, then: float) -> None:
        desk = self.stage.desk
        self.stage.run(desk.stop())
        self.stage.rest(pressed)
        self.stage.run(desk.release())
        self.stage.run(self.stage.plans.resume(self.stage.digest))
        self.stage.rest(then)

    @rule(choice=st.sampled_from([Choice.GO_ON, Choice.WAIT, Choice.BUY_WITH_FREED]), then=WHILES)
    def answer(self, choice: Choice, then: float) -> None:
        asked = self.stage.view.question
        if asked is not None:
            self.stage.run(self.stage.plans.answer(self.stage.digest, asked.id, choice))
        self.stage.rest(then)

    @rule(cancel=st.booleans(), really=SELDOM, then=WHILES)
    def stop(self, cancel: bool, really: bool, then: float) -> None:
        if really:
            self.stage.run(self.stage.plans.stop(self.stage.digest, cancel=cancel))
        self.stage.rest(then)

    # --- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def the_desk_counts_no_more_than_the_ceilings(self) -> None:
        if not hasattr(self.stage, "digest"):
            return
        self.stage.exchange.check()
        for leg in self.stage.view.legs:
            assert leg.filled + leg.working + leg.waiting + leg.in_flight + leg.unknown <= leg.ceiling, leg
            assert leg.ceiling_won is None or leg.spent is None or leg.spent <= leg.ceiling_won, leg

    @invariant()
    def no_round_is_repeated(self) -> None:
        named = [(child.leg, child.round, child.attempt) for child in self.stage.origins()]
        assert len(named) == len(set(named))

    # --- how it ends ------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            if hasattr(self.stage, "digest"):
                self._calm()
                self._judge()
        finally:
            self.stage.end()
            shutil.rmtree(self._folder)

    def _calm(self) -> None:
        """Everything works again, and the person lets it run."""
        stage = self.stage
        stage.broker.script.clear()
        stage.rest(90)
        for _ in range(400):
            if stage.view.state.over:
                return
            asked = stage.view.question
            if asked is not None:
                go_on = Choice.GO_ON if Choice.GO_ON in asked.choices else asked.choices[0]
                stage.run(stage.plans.answer(stage.digest, asked.id, go_on))
            if stage.view.state is PlanState.PAUSED:
                stage.run(stage.plans.resume(stage.digest))
            stage.fill_all()
            stage.rest(60)
        raise AssertionError(f"it never ends: {stage.view.state} {stage.view.why}")

    def _judge(self) -> None:
        """Every share is filled, or was left over with a reason; the exchange agrees with what the desk counts."""
        stage, view = self.stage, self.stage.view
        left = {note.leg: note for note in view.deviations if note.why.code == "PLAN_LEFT_OVER"}
        for leg in view.legs:
            at_exchange = sum(row.filled for row in stage.exchange.of(view.plan.legs[leg.leg]))
            if leg.state is LegState.MANUAL:
                assert leg.filled <= at_exchange, "what fills after the end is the person's"
            else:
                assert leg.filled == at_exchange, f"{leg.code}: {leg.filled} counted, {at_exchange} filled"
            wanted = reach(view.plan.legs[leg.leg], stage.beside(leg.leg))
            if leg.filled < wanted:
                assert leg.leg in left, f"{leg.code}: {leg.filled} of {wanted} and not a word"
                assert left[leg.leg].why.values["why"]
        manual = {leg.leg for leg in view.legs if leg.state.value == "manual"}
        for order in stage.desk.orders():
            leg_of = getattr(order.origin, "leg", None)
            assert order.state.over or leg_of in manual or order.origin is None or order.state is not OrderState.UNKNOWN


@pytest.mark.timeout(600)
def test_a_plan_stays_below_its_ceilings_whatever_happens() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PlanMachine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )  # fmt: skip
