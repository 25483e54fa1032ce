"""Reads what the market did while a leg was traded, so that its fills can be compared with it."""

from __future__ import annotations

from datetime import datetime

from hoga.broker.port import BrokerError
from hoga.domain.market_data import Period
from hoga.plans import entries as kept
from hoga.plans.course import course
from hoga.plans.quality import twap, vwap
from hoga.plans.record import Record
from hoga.plans.scene import Scene, instrument_of
from hoga.plans.sending import Keep
from hoga.trading.facade import Desk


async def measure(desk: Desk, record: Record, scene: Scene, keep: Keep) -> None:
    """Keep the benchmarks of every leg of which anything filled. A leg whose minutes cannot be read has none."""
    for number, leg in enumerate(record.plan.legs):
        lines = [line.at for order in scene.children(number) for line in order.executions]
        slots = [slot for slot in course(record, leg.side) if not slot.skipped]
        if not lines or not slots:
            continue
        start: datetime = min([slots[0].at, *lines])
        end: datetime = min(max([slots[-1].at, *lines]), scene.now)
        try:
            candles = await desk.candles(instrument_of(leg), Period.MINUTE, start.replace(second=0, microsecond=0), end)
        except BrokerError:
            continue
        prices = twap(candles, start, end), vwap(candles, start, end)
        await keep(kept.Measured(at=scene.now, leg=number, twap=prices[0], vwap=prices[1]))
