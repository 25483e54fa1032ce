"""The simulated campaign in its short form, that a seed replays exactly, and that one broker never stalls another."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from hoga.base.virtual_loop import run_virtual
from hoga.domain.orders import OrderState
from hoga.practice.api import Broker
from hoga.trading.views import Submitted
from tests.campaigns.brokers import CHOICES
from tests.campaigns.report import Report
from tests.campaigns.seat import Seat
from tests.campaigns.simulated import MORNING, plan, run_episode
from tests.campaigns.world import World

_ACTIONS, _KILLS = 100, 4


@pytest.mark.parametrize(("number", "brokers"), [(0, "kis"), (1, "kis"), (2, "kiwoom"), (3, "mixed")])
def test_nothing_is_lost_doubled_or_invented(number: int, brokers: str) -> None:
    report = run_episode(7, number, _ACTIONS, _KILLS, brokers=CHOICES[brokers])
    assert report.findings == [], f"seed 7, episode {number}: " + "\n".join(report.findings)
    assert report.asked <= report.twins
    assert report.actions == _ACTIONS and report.sent > 0.6 * _ACTIONS
    assert report.kills == _KILLS and report.faults >= 0.2 * _ACTIONS


def test_a_campaign_does_just_what_was_asked_for() -> None:
    parts = plan(1_050, 37)
    assert sum(part.actions for part in parts) == 1_050
    assert sum(part.kills for part in parts) == 37


def test_a_seed_replays_exactly_whatever_the_order_of_hashes() -> None:
    def line(hashes: str) -> str:
        command = (
            "from tests.campaigns.simulated import run_episode; from tests.campaigns.brokers import CHOICES;"
            "print(run_episode(3, 5, 40, 2, brokers=CHOICES['mixed']).line())"
        )
        environment = {**os.environ, "PYTHONHASHSEED": hashes}
        here = Path(__file__).resolve().parents[2]
        done = subprocess.run(
            [sys.executable, "-c", command], cwd=here, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert line("1") == line("2")


@pytest.mark.parametrize("shut", CHOICES["mixed"], ids=lambda broker: broker.value)
def test_a_broker_that_cannot_be_reached_stalls_no_other(tmp_path: Path, shut: Broker) -> None:
    """While one is shut, with an order of unknown outcome on it, each order at the other is answered at once."""

    async def scenario() -> None:
        world = World(tmp_path, 1, MORNING, CHOICES["mixed"])
        await world.open()
        chance, report = random.Random(1), Report(1)
        seats = {at.broker: Seat(world, at, tmp_path, chance, report) for at in world.accounts.values()}
        for seat in seats.values():
            await seat.begin()
            await seat.settle_in()
        world.practice.assembly.faults.add(
            {"kind": "hang after", "operations": ["new"], "environment": "real", "broker": shut.value, "count": 1}
        )
        cut_off, others = seats.pop(shut), next(iter(seats.values()))
        await cut_off.life.person.buy_or_sell()
        await asyncio.sleep(1)
        world.shut(shut, shut=True)
        loop = asyncio.get_running_loop()
        for _ in range(5):
            began = loop.time()
            answer = await others.life.person.order()
            assert isinstance(answer, Submitted)
            await others.life.desk.settled(answer.request)
            assert loop.time() - began < 1.0
            await asyncio.sleep(0.3)
        assert any(order.state is OrderState.UNKNOWN for order in cut_off.life.desk.orders())
        world.shut(shut, shut=False)
        await asyncio.sleep(120)
        for seat in (cut_off, others):
            await seat.judge()
            await seat.life.aclose()
        await world.aclose()
        assert report.findings == []

    run_virtual(scenario())
