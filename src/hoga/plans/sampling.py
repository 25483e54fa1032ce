"""Samples the middle of the book, every second, while a plan trades: its time-weighted price. Source: markets.md 8.5.

The books come with the stream, for as many instruments as a plan may claim of the broker's registrations, those of the
largest orders first. Where no book streams, or too little of the time was seen, minute candles stand in; ``quality``
decides that. Auctions, halts and one-sided books are left out.
"""

from __future__ import annotations

from datetime import datetime

from hoga.base.clock import KST
from hoga.broker.port import Lease, Stream, StreamHealth, Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.tickets import Side
from hoga.plans.course import course, in_session
from hoga.plans.entries import Sample
from hoga.plans.plan import Leg
from hoga.plans.record import Record
from hoga.plans.scene import instrument_of
from hoga.trading.facade import Desk

EVERY_S = 1.0
_IDLE_S = 30.0
_PART = 3
"""A plan claims at most this part of the registrations: the rest is for what the person looks at."""


class Sampler:
    """Adds to ``record.samples`` by leg. ``run`` until it is cancelled, then ``close``."""

    def __init__(self, desk: Desk, record: Record) -> None:
        self._desk = desk
        self._record = record
        self._leases: dict[InstrumentId, Lease] = {}

    async def run(self) -> None:
        while True:
            now = self._desk.clock.now()
            legs = self._trading(now)
            self._claim(legs)
            streamed = [leg for leg in legs if self._take(leg)] if self._may_look(now) else []
            await self._desk.clock.sleep(EVERY_S if streamed else _IDLE_S)

    def close(self) -> None:
        for lease in self._leases.values():
            lease.release()
        self._leases.clear()

    # --- what is looked at ------------------------------------------------------------------------------------------

    def _trading(self, now: datetime) -> list[int]:
        """Legs between their first and their last round, the largest first."""
        if self._record.started_at is None or self._record.ended is not None:
            return []
        found: list[tuple[int, Leg]] = []
        for side in Side:
            slots = [slot for slot in course(self._record, side) if not slot.skipped]
            waits = side is Side.BUY and self._record.buys is None and self._record.legs(Side.SELL)
            if slots and not waits and slots[0].at <= now <= slots[-1].ends:
                found += self._record.legs(side)
        return [number for number, _ in sorted(found, key=lambda pair: (-pair[1].amount, pair[0]))]

    def _claim(self, legs: list[int]) -> None:
        most = self._desk.capabilities.registrations // _PART
        wanted = list(dict.fromkeys(instrument_of(self._record.plan.legs[leg]) for leg in legs))[:most]
        for gone in set(self._leases) - set(wanted):
            self._leases.pop(gone).release()
        for instrument in wanted:
            if instrument not in self._leases:
                self._leases[instrument] = self._desk.lease(Topic(TopicKind.BOOK, instrument))

    def _may_look(self, now: datetime) -> bool:
        quotes = self._desk.health().streams.get(Stream.QUOTES)
        live = quotes is not None and quotes.health is StreamHealth.LIVE
        return live and in_session(self._record.plan, now.astimezone(KST))

    def _take(self, leg: int) -> bool:
        """False where no book streams."""
        instrument = instrument_of(self._record.plan.legs[leg])
        lease, known = self._leases.get(instrument), self._desk.board.book(instrument)
        if lease is None or not lease.live or not isinstance(known, Known):
            return False
        quote = self._desk.board.quote(instrument)
        flags = quote.value.flags if isinstance(quote, Known) else None
        bid, ask = known.value.best_bid, known.value.best_ask
        still = flags is not None and (flags.halted or flags.volatility_interruption)
        if bid is not None and ask is not None and bid < ask and not still:
            before = self._record.samples.get(leg, Sample())
            self._record.samples[leg] = Sample(before.twice + bid.units + ask.units, before.count + 1)
        return True
