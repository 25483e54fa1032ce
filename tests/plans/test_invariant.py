"""Whatever happens, a plan never passes its ceilings, repeats no round, and ends exactly or says what was left.

Random fills, refusals, lost and late answers, streams that break, a person who trades, cancels and decides beside it,
and a desk that dies at any moment. The exchange's own record is the judge, at every change of it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hoga.domain.orders import OrderState
from hoga.domain.tickets import Side
from hoga.plans.tally import reach
from hoga.plans.views import Choice, PlanState
from tests.plans.stage import HYNIX, HYUNDAI, NAVER, SAMSUNG, TICKS, Stage
from tests.support.fake_broker import API, Fault

INSTRUMENTS = st.sampled_from([SAMSUNG, HYNIX, NAVER, HYUNDAI])
FAULTS = st.sampled_from(
    [Fault.REFUSE, Fault.THROTTLE, Fault.NOT_CONNECTED, Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.LATE, Fault.SLOW]
)
MOMENTS = st.sampled_from([0.0, 0.004, 0.011, 0.03, 0.4, 1.0, 9.0, 31.0, 65.0, 200.0, 700.0])


def memory() -> str | None:
    """A folder in memory where there is one: every order waits for its journal's disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a place for scratch files, made unique


class PlanMachine(RuleBasedStateMachine):
    """One plan from its approval to its end."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(dir=memory()))
        self.stage = Stage(self._folder)
        self.switched = self.deaf = False

    @initialize(rounds=st.integers(1, 5), spacing=st.sampled_from([60, 300, 900]))
    def approve(self, rounds: int, spacing: int) -> None:
        self.stage.approve(rounds=rounds, spacing_s=spacing)

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(seconds=MOMENTS)
    def time_passes(self, seconds: float) -> None:
        self.stage.rest(seconds)

    @rule(data=st.data())
    def something_fills(self, data: st.DataObject) -> None:
        live = self.stage.exchange.live(API)
        if live:
            row = data.draw(st.sampled_from(live))
            self.stage.fill(row.number, data.draw(st.integers(1, row.remaining)))

    @rule()
    def all_fills(self) -> None:
        self.stage.fill_all()

    @rule(faults=st.lists(FAULTS, min_size=1, max_size=3))
    def the_weather_turns(self, faults: list[Fault]) -> None:
        self.stage.weather(*faults)

    @rule(instrument=INSTRUMENTS, ticks=st.integers(-6, 6))
    def a_price_moves(self, instrument: object, ticks: int) -> None:
        self.stage.last[instrument] += ticks * TICKS[instrument]  # type: ignore[index]

    @rule(instrument=st.sampled_from([SAMSUNG, HYNIX]), side=st.sampled_from(list(Side)), shares=st.integers(1, 9))
    def the_person_trades_beside_it(self, instrument: object, side: Side, shares: int) -> None:
        self.stage.phone(instrument, side, 1000 + shares if side is Side.BUY else shares)  # type: ignore[arg-type]

    @rule(data=st.data())
    def the_person_cancels_a_child(self, data: st.DataObject) -> None:
        open_ = [order for order in self.stage.desk.orders() if not order.state.over]
        if open_:
            self.stage.run(self.stage.desk.cancel(data.draw(st.sampled_from(open_)).id))

    @rule(data=st.data())
    def somebody_cancels_on_the_telephone(self, data: st.DataObject) -> None:
        live = self.stage.exchange.live(API)
        if live:
            number = data.draw(st.sampled_from(live)).number
            self.stage.do(lambda: self.stage.exchange.cancel(number, None, "MTS"))

    @rule(after=MOMENTS, away=st.sampled_from([0.0, 2.0, 40.0, 1200.0]))
    def the_desk_dies(self, after: float, away: float) -> None:
        stage = self.stage
        stage.rest(after)
        stage.run(stage.crash())
        stage.rest(away)
        stage.run(stage.start())
        self.switched = self.deaf = False

    @precondition(lambda self: not self.deaf)
    @rule()
    def the_stream_breaks(self) -> None:
        self.stage.do(self.stage.broker.drop_stream)
        self.deaf = True

    @precondition(lambda self: self.deaf)
    @rule()
    def the_stream_heals(self) -> None:
        self.stage.do(self.stage.broker.heal_stream)
        self.deaf = False

    # --- what the person decides ------------------------------------------------------------------------------------

    @rule()
    def pause(self) -> None:
        self.stage.run(self.stage.plans.pause(self.stage.digest))

    @rule()
    def resume(self) -> None:
        self.stage.run(self.stage.plans.resume(self.stage.digest))

    @rule(side=st.sampled_from(list(Side)), round=st.integers(1, 5))
    def skip(self, side: Side, round: int) -> None:
        self.stage.run(self.stage.plans.skip(self.stage.digest, side, round))

    @rule(leg=st.integers(0, 3), cancel=st.booleans(), really=st.sampled_from([False, False, True]))
    def take_over(self, leg: int, cancel: bool, really: bool) -> None:
        if really:
            self.stage.run(self.stage.plans.take_over(self.stage.digest, leg, cancel=cancel))

    @rule()
    def press_or_release_the_stop_switch(self) -> None:
        self.switched = not self.switched
        self.stage.run(self.stage.desk.stop() if self.switched else self.stage.desk.release())  # type: ignore[arg-type]

    @rule(choice=st.sampled_from([Choice.GO_ON, Choice.WAIT, Choice.BUY_WITH_FREED]))
    def answer(self, choice: Choice) -> None:
        asked = self.stage.view.question
        if asked is not None:
            self.stage.run(self.stage.plans.answer(self.stage.digest, asked.id, choice))

    @rule(cancel=st.booleans(), really=st.sampled_from([False, False, False, True]))
    def stop(self, cancel: bool, really: bool) -> None:
        if really:
            self.stage.run(self.stage.plans.stop(self.stage.digest, cancel=cancel))

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
        if self.deaf:
            self.the_stream_heals()
        if self.switched:
            self.press_or_release_the_stop_switch()
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
            assert leg.filled == at_exchange, f"{leg.code}: {leg.filled} counted, {at_exchange} filled"
            wanted = reach(view.plan.legs[leg.leg], stage.beside(leg.leg))
            if leg.filled < wanted:
                assert leg.leg in left, f"{leg.code}: {leg.filled} of {wanted} and not a word"
                assert left[leg.leg].why.values["why"]
        manual = {leg.leg for leg in view.legs if leg.state.value == "manual"}
        for order in stage.desk.orders():
            leg_of = getattr(order.origin, "leg", None)
            assert order.state.over or leg_of in manual or order.origin is None or order.state is not OrderState.UNKNOWN


def test_a_plan_stays_below_its_ceilings_whatever_happens() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PlanMachine,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )  # fmt: skip
