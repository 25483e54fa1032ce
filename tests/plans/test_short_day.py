"""The short form of a plan day: the real exchange behind each broker's door, a moving market, faults, and a desk that
is killed twice; judged by the exchange's record. On virtual time, in one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoga.base.virtual_loop import run_virtual
from hoga.plans.inputs import Style
from hoga.plans.views import Choice, PlanState
from hoga.practice.api import Broker
from tests.plans.day.desk import report
from tests.plans.day.judge import findings
from tests.plans.floor import Floor

HELD = {"005930": 40, "035420": 30}
WEIGHTS = {"005930": 60_000, "035420": 40_000, "034020": 100_000}
"""Both holdings far above their targets, one name to add."""
FAULTS: list[dict[str, object]] = [
    {"kind": "refuse", "operations": ["new"], "skip": 1, "count": 1},
    {"kind": "hang before", "operations": ["new"], "skip": 3, "count": 1},
    {"kind": "hang after", "operations": ["new"], "skip": 2, "count": 1},
    {"kind": "late", "operations": ["new"], "skip": 5, "count": 1, "seconds": 20.0},
    {"kind": "notice withhold", "chance": 0.1},
    {"kind": "notice twice", "chance": 0.1},
    {"kind": "stream drop", "skip": 40, "count": 1},
]


async def day(folder: Path, broker: Broker, *, faults: bool) -> None:
    async with Floor(folder, broker=broker, codes=tuple(WEIGHTS)) as floor:
        for code, shares in HELD.items():
            floor.give(code, shares)
        await floor.start()
        plan = await floor.made(WEIGHTS, rounds=3, spacing_s=120, style=Style.BEST)
        assert {leg.side.value for leg in plan.legs} == {"sell", "buy"}
        digest = await floor.approve(plan)
        for rule in FAULTS if faults else []:
            floor.practice.assembly.faults.add(rule)
        for seconds in (31.0, 140.0) if faults else ():
            await floor.practice.clock.sleep(seconds)
            await floor.crash()
            await floor.practice.clock.sleep(2.0)
            await floor.start()
        await floor.until(lambda: answered(floor, digest))
        await floor.practice.clock.sleep(120)
        view = floor.view(digest)
        assert list(findings(report(view), floor.rows())) == []
        assert [leg.filled for leg in view.legs] == [leg.ceiling for leg in view.legs]
        applied = {rule.kind.value for rule in floor.practice.assembly.faults.rules() if rule.applied}
        assert not faults or {"refuse", "hang before", "hang after"} <= applied
        assert faults or any(leg.quality.samples > 100 for leg in view.legs), "mids were sampled"
        assert view.quality.arrival.bp is not None and view.quality.twap.bp is not None
        assert all(held == HELD.get(code, 0) or code in WEIGHTS for code, held in floor.held().items())


def answered(floor: Floor, digest: str) -> bool:
    """Whether it has ended; a question is answered so that it goes on."""
    view = floor.view(digest)
    if view.question is not None:
        wanted = next(one for one in (Choice.GO_ON, Choice.WAIT) if one in view.question.choices)
        floor.answers(digest, view.question.id, wanted)
    return view.state is PlanState.DONE


@pytest.mark.parametrize("broker", list(Broker), ids=lambda each: each.value)
def test_a_day_without_trouble_is_exact(tmp_path: Path, broker: Broker) -> None:
    run_virtual(day(tmp_path, broker, faults=False))


@pytest.mark.parametrize("broker", list(Broker), ids=lambda each: each.value)
def test_a_day_with_faults_and_two_kills_is_exact_too(tmp_path: Path, broker: Broker) -> None:
    run_virtual(day(tmp_path, broker, faults=True))
