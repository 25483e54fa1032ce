"""A cancel waits for nothing: what holds on any machine, and that the measuring program still sets its scene."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QApplication

from hoga.domain.orders import OrderState
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.tickets import PlanChild
from hoga.trading.settings import DeskSettings
from tests.benchmarks.cancel import WAITING, run
from tests.benchmarks.results import Result, Spread, table
from tests.support.fake_broker import SAMSUNG
from tests.trading.rig import Rig, rest, virtual


def test_with_everything_full_a_cancel_reaches_the_broker_in_the_moment_of_the_press(tmp_path: Path) -> None:
    """Ten orders are without an answer, thirty wait, reads never end: no time passes, and nothing is sent before it."""

    async def main() -> None:
        async with Rig(tmp_path, DeskSettings(same_ticket_within=0.0)) as rig:
            rig.exchange.cash = 10**13
            rig.desk.set_limits(NO_RISK_LIMITS)
            await rest(1)
            await rig.desk.quote(SAMSUNG)
            working = [await rig.placed(rig.ticket(quantity=500 + n)) for n in range(5)]
            rig.broker.latency = 30.0
            for n in range(WAITING + 10):
                origin = PlanChild("benchmark", n, 0, 0) if n % 2 else None
                await rig.submit(rig.ticket(quantity=1 + n, origin=origin))
            await rest(4)
            reads = [asyncio.create_task(rig.desk.quote(SAMSUNG)) for _ in range(50)]
            await rest(0.1)
            assert rig.desk.health().in_flight == 10
            assert rig.desk.health().waiting == WAITING
            loop = asyncio.get_running_loop()
            for id in working:
                before, pressed = len(rig.broker.writes), loop.time()
                await rig.desk.cancel(id)
                while len(rig.broker.writes) == before:  # noqa: ASYNC110 turns of the loop are counted, not time
                    await asyncio.sleep(0)
                assert loop.time() == pressed
                assert [name for name, _ in rig.broker.writes[before:]] == ["cancel"]
            rig.broker.latency = 0.01
            await rest(40)
            assert all(rig.state(id) is OrderState.CANCELLED for id in working)
            for read in reads:
                read.cancel()

    virtual(main())


def test_the_program_sets_its_scene_and_says_what_it_found(qapp: QApplication) -> None:
    found = run(quick=True)
    assert found.spread.tries == 3
    assert 0 < found.spread.median_ms <= found.spread.worst_ms
    assert found.counts["waiting"] >= WAITING
    assert found.counts["reads_sent"] > 0
    assert '"name": "cancel: key press to bytes"' in found.line()


def test_a_spread_tells_the_middle_and_the_worst() -> None:
    spread = Spread.of([0.004, 0.001, 0.002, 0.1, 0.003])
    assert (spread.median_ms, spread.worst_ms, spread.tries) == (3.0, 100.0, 5)
    lines = table([Result("one", spread), Result("another", Spread.of([0.001]))]).splitlines()
    assert len(lines) == 3
    assert len({line.rindex(" ") for line in lines[1:]}) == 1, "figures stand under one another"
