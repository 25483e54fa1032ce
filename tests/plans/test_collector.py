"""From a live desk to inputs: everything read, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.broker.port import BrokerError
from hoga.domain.calendar import KRX
from hoga.domain.costs import fee_model
from hoga.domain.tickets import Side
from hoga.plans.collector import average_volume
from hoga.plans.inputs import Role, Rules, Target, Timing
from hoga.plans.inputs_file import from_json, to_json
from hoga.plans.planner import make_plan
from hoga.practice.api import Broker
from tests.plans.floor import Floor
from tests.plans.stage import HYNIX, PRICES, SAMSUNG, TICKS, Stage
from tests.support.fake_broker import ACCOUNT

TARGETS = (Target(code="005930", weight=200_000), Target(code="035420", weight=100_000))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.end()


def test_the_account_as_it_is_becomes_the_inputs(stage: Stage) -> None:
    inputs = stage.run(stage.plans.inputs(TARGETS, Rules(), Timing()))
    assets = inputs.by_code
    assert set(assets) == {"005930", "035420", "000660"}, "targets and holdings alike"
    samsung = assets["005930"]
    assert (samsung.price, samsung.held, samsung.sellable) == (PRICES[SAMSUNG], 400, 400)
    assert (samsung.bid, samsung.ask) == (PRICES[SAMSUNG], PRICES[SAMSUNG] + TICKS[SAMSUNG])
    assert (samsung.lower_limit, samsung.upper_limit) == (49_000, 91_000)
    assert samsung.volume == 1_000_000 and samsung.listed
    assert inputs.account.connection == str(ACCOUNT.connection) and inputs.account.connected
    assert inputs.account.settled_d2 == inputs.account.orderable == stage.exchange.cash
    assert inputs.account.fee_rate == fee_model(ACCOUNT.profile).rate
    assert inputs.session.trading_date == date(2026, 11, 24)
    assert inputs.session.settles_on == KRX.settlement_date(date(2026, 11, 24))
    assert [(w.start.hour, w.end.day) for w in inputs.session.windows] == [(0, 25)]
    whole = msgspec.structs.replace(inputs, targets=(*TARGETS, Target(code="000660", role=Role.EXCLUDED)))
    assert make_plan(from_json(to_json(whole))).digest == make_plan(whole).digest


def test_open_orders_hold_back_shares_and_cash(stage: Stage) -> None:
    stage.approve(rounds=1)
    stage.rest(60)
    inputs = stage.run(stage.plans.inputs(TARGETS, Rules(), Timing()))
    sells = sum(row.remaining for row in stage.exchange.live() if row.instrument == HYNIX)
    assert sells and inputs.by_code["000660"].sellable == inputs.by_code["000660"].held - sells
    stage.fill_all()
    for _ in range(30):
        stage.rest(5)
    stage.rest(60)
    buys = [row for row in stage.exchange.live() if row.side is Side.BUY]
    inputs = stage.run(stage.plans.inputs(TARGETS, Rules(), Timing()))
    assert buys and inputs.account.orderable < inputs.account.settled_d2


def test_a_code_that_nobody_knows_is_not_listed(stage: Stage) -> None:
    inputs = stage.run(stage.plans.inputs((Target(code="999999", weight=1),), Rules(), Timing()))
    assert not inputs.by_code["999999"].listed


def test_an_account_that_cannot_be_read_is_an_error(stage: Stage) -> None:
    stage.broker.reads_fail = True
    with pytest.raises(BrokerError):
        stage.run(stage.plans.inputs(TARGETS, Rules(), Timing()))


def test_the_average_volume_is_of_twenty_completed_sessions_with_trading() -> None:
    today = date(2026, 11, 24)
    at = datetime(2026, 11, 24, 0, 0, tzinfo=KST)
    days = [(at - timedelta(days=n), 100 * n) for n in range(31)]
    assert average_volume(days, today) == sum(100 * n for n in range(1, 21)) // 20
    halted = [(when, 0 if n == 3 else volume) for n, (when, volume) in enumerate(days)]
    assert average_volume(halted, today) == (sum(100 * n for n in range(1, 22)) - 300) // 20
    assert average_volume(reversed(days), today) == average_volume(days, today)
    assert average_volume([(at, 5)], today) is None
    assert average_volume([], today) is None


@pytest.mark.parametrize("broker", list(Broker), ids=lambda each: each.value)
def test_at_both_brokers_everything_is_there(tmp_path: Path, broker: Broker) -> None:
    async def story() -> None:
        async with Floor(tmp_path, broker=broker, codes=("005930", "035420")) as floor:
            floor.give("005930", 10)
            await floor.start()
            inputs = await floor.life.plans.inputs(TARGETS, Rules(), Timing())
            for asset in inputs.assets:
                assert asset.price and asset.bid and asset.ask and asset.lower_limit and asset.upper_limit, asset
                assert asset.volume and asset.name, asset
            assert inputs.by_code["005930"].held == 10
            assert 0 < inputs.account.orderable <= inputs.account.settled_d2 < 50_000_000
            assert make_plan(inputs).approvable

    run_virtual(story())
