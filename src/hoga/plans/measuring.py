"""What the market did while a leg was traded, so that its fills can be compared with it, live and at the end."""

from __future__ import annotations

from datetime import datetime

from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.market_data import Period
from hoga.plans import entries as kept
from hoga.plans.course import course
from hoga.plans.quality import sampled_twap, twap, vwap
from hoga.plans.record import Record
from hoga.plans.sampling import Sampler
from hoga.plans.scene import Scene, instrument_of
from hoga.plans.sending import Keep
from hoga.trading.facade import Desk

_FIRST_S = 60.0
_EVERY_S = 600.0


async def measure(desk: Desk, record: Record, scene: Scene, keep: Keep) -> None:
    """Keep the benchmarks of every leg of which anything filled. A leg whose minutes cannot be read has none."""
    for number, leg in enumerate(record.plan.legs):
        lines = [line.at for order in scene.children(number) for line in order.executions]
        slots = [slot for slot in course(record, leg.side) if not slot.skipped]
        if not lines or not slots:
            continue
        start: datetime = min([slots[0].at, *lines])
        last: datetime = max([slots[-1].at, *lines])
        end = min(last, scene.now)
        try:
            candles = await desk.candles(instrument_of(leg), Period.MINUTE, start.replace(second=0, microsecond=0), end)
        except BrokerError:
            continue
        seen = record.samples.get(number, kept.Sample())
        sampled = sampled_twap(seen.twice, seen.count, start, min(end, max(slots[-1].ends, start)))
        by_time = sampled if sampled is not None else twap(candles, start, end)
        count = seen.count if sampled is not None else 0
        prices = by_time, vwap(candles, start, end)
        await keep(kept.Measured(at=scene.now, leg=number, twap=prices[0], vwap=prices[1], samples=count))


class Benchmarks:
    """Samples and measures one plan from its start to its end: ``run`` both until they are cancelled."""

    def __init__(self, desk: Desk, record: Record, scene: Scene, keep: Keep) -> None:
        self._desk = desk
        self._record = record
        self._scene = scene
        self._keep = keep
        self._kept: dict[int, kept.Sample] = {}
        self.sampler = Sampler(desk, record)

    async def follow(self) -> None:
        """While it runs: measured now and then, for the view alone."""
        nap = _FIRST_S
        while True:
            await self._desk.clock.sleep(nap)
            nap = min(nap * 2, _EVERY_S)
            await measure(self._desk, self._record, self._scene, self._show)

    async def _show(self, entry: kept.PlanEntry) -> Message | None:
        self._record.apply(entry)
        return None

    async def note(self) -> None:
        """Keep what was sampled, so that a crash forgets one round of it at most."""
        if self._record.samples != self._kept:
            self._kept = dict(self._record.samples)
            legs = tuple(sorted(self._kept.items()))
            await self._keep(kept.Sampled(at=self._scene.now, legs=legs))

    async def final(self) -> None:
        """At the end: kept."""
        self.sampler.close()
        await self.note()
        await measure(self._desk, self._record, self._scene, self._keep)
