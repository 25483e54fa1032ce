"""Carries one approved plan out: at each round it orders what the schedule wants less all that may still be filled.

One task a plan, one thing at a time, so that nothing is reckoned while an order of its own is being written down. What
it knows of its orders it reads from the desk anew before every decision: after a crash there is nothing to repeat.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import BrokerError
from hoga.domain.tickets import Side
from hoga.plans import entries as kept
from hoga.plans.chase import Chase
from hoga.plans.course import Slot, course, due_slot, first_at, next_slot
from hoga.plans.ending import Ending
from hoga.plans.entries import PlanEntry
from hoga.plans.inquiry import Inquiry
from hoga.plans.measuring import Benchmarks
from hoga.plans.pace import Pace
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.sending import Sender
from hoga.plans.store import PlanStore
from hoga.plans.turns import Standing, Turn, Turns, refused_words
from hoga.plans.views import PlanQuestion, PlanState
from hoga.trading.facade import Desk
from hoga.trading.views import Change, Part

_log = logging.getLogger(__name__)

_IDLE_S = 30.0
_SOON_S = 5.0
_NEWS = (Part.ORDERS, Part.HEALTH, Part.PORTFOLIO, Part.QUESTIONS)


class Executor:
    """``start`` lets it run until the plan has ended; ``nudge`` makes it look at once. ``tell`` hears that something
    may have changed. ``state``, ``why`` and ``leg_why`` say how it stands, for views."""

    def __init__(self, desk: Desk, store: PlanStore, record: Record, pace: Pace, tell: Callable[[], None]) -> None:
        self._desk = desk
        self._store = store
        self.record = record
        self._tell = tell
        self.scene = Scene(desk, record)
        self.turns = Turns(record, self.scene)
        self._pace = pace
        self._sender = Sender(desk, record, self.scene, self.turns, pace, self.keep)
        self._chase = Chase(desk, record, self.scene, self.keep)
        self._ending = Ending(desk, record, self.scene, self.turns, self.keep)
        self._inquiry = Inquiry(record, self.scene)
        self._benchmarks = Benchmarks(desk, record, self.scene, self.keep)
        self.state = record.state or PlanState.APPROVED
        self.why: tuple[Message, ...] = ()
        self.broken: Message | None = None
        """Why it runs no more before the next start."""
        self.leg_why: dict[int, Message] = {}
        self.next_at: datetime | None = None
        self.side: Side | None = None
        self._going_since: datetime | None = None
        """Since when nothing has held it up: what is waited for is waited for from then on."""
        self._news = asyncio.Event()
        self._tasks = TaskOwner(f"plan {record.digest[:8]}", self._broke)
        self._watching = TaskOwner(f"market of plan {record.digest[:8]}")
        self._unlisten: Callable[[], None] | None = None

    # --- life -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        for _, order in self.scene.all_children():
            self._pace.sent(order.made_at)
        self._unlisten = self._desk.subscribe(self._hear)
        self._tasks.start("run", self._run())

    async def aclose(self) -> None:
        """Stop looking; orders are left as they are."""
        if self._unlisten is not None:
            self._unlisten()
        await self._tasks.aclose()
        await self._watching.aclose()
        self._benchmarks.sampler.close()

    def nudge(self) -> None:
        self._news.set()

    async def let_go(self, leg: int, *, cancel: bool) -> None:
        """The person has taken a leg over: what has not left is taken back, and what works is cancelled if they wish
        so."""
        self.scene.look()
        await self._ending.take_back(leg)
        if cancel:
            await self._ending.cancel_open(leg)
        self.nudge()

    async def keep(self, entry: PlanEntry) -> Message | None:
        """Make an entry durable. A message: why it is not, and so has no effect."""
        failed = await self._store.keep(self.record.digest, entry)
        self._tell()
        return failed

    @property
    def question(self) -> PlanQuestion | None:
        return self._inquiry.question

    def _hear(self, change: Change) -> None:
        if change.part in _NEWS:
            self._news.set()

    async def _run(self) -> None:
        if not self.record.genuine:
            self._is(PlanState.PAUSED, Message("PLAN_NOT_GENUINE"))
            return
        await self._discard_offers()
        if self.record.started_at is not None:
            self._watch()
        while self.record.ended is None:
            self._news.clear()
            try:
                nap = await self._step()
            except BrokerError as error:
                _log.info("plan %s: %s", self.record.digest[:8], error)
                nap = _SOON_S
            if self.record.ended is None:
                await self._rest(max(nap, 0.0))
        self._is(self.record.ended.state)
        await self._watching.aclose()
        await self._benchmarks.final()

    def _watch(self) -> None:
        """Look at the market beside the plan; what goes wrong with that does not concern the plan."""
        self._watching.start("samples", self._benchmarks.sampler.run())
        self._watching.start("benchmarks", self._benchmarks.follow())

    def _broke(self, name: str, error: BaseException) -> None:
        """An error of our own: nothing more is sent, and the person is told."""
        _log.error("%s broke off", name, exc_info=error)
        self.broken = Message("PLAN_BROKE_OFF", {"error": type(error).__name__})
        self._is(PlanState.PAUSED, self.broken)

    async def _rest(self, seconds: float) -> None:
        """Until something happens, or so much market time has passed."""
        self.next_at = self.scene.now + timedelta(seconds=seconds) if seconds else None
        if not seconds:
            await asyncio.sleep(0)
            return
        waits = [asyncio.ensure_future(self._desk.clock.sleep(seconds)), asyncio.ensure_future(self._news.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
                with suppress(asyncio.CancelledError):
                    await wait

    async def _discard_offers(self) -> None:
        """What was queued when the desk last ended was never sent: it is dropped, and the round asks anew."""
        for offer in self._desk.offers():
            if any(order.id == offer.order.id for _, order in self.scene.all_children()):
                await self._desk.discard(offer.request.id)

    def _is(self, state: PlanState, *why: Message) -> None:
        if (state, why) != (self.state, self.why):
            self.state, self.why = state, why
            self._tell()

    # --- one look ---------------------------------------------------------------------------------------------------

    async def _step(self) -> float:
        """Do the next thing; returns how long nothing else is due, in seconds of market time."""
        going, self._going_since = self._going_since, None
        self.scene.look()
        now = self.scene.now
        if self.record.stopped is not None:
            self._is(PlanState.STOPPING)
            return await self._ending.stop(_SOON_S)
        blocking = self._inquiry.blocking(now)
        if blocking is not None:
            self._is(PlanState.ASKING, blocking.text)
            return await self._stand_still()
        if self.scene.stop_pressed and self.record.paused is None:
            await self.keep(kept.Paused(at=now, why=Message("PLAN_PAUSED_BY_STOP")))
        if self.record.paused is not None:
            self._is(PlanState.PAUSED, self.record.paused)
            return await self._stand_still()
        if self.record.started_at is None:
            start = first_at(self.record)
            if now < start:
                self._is(PlanState.APPROVED)
                return (start - now).total_seconds()
            await self.keep(kept.Started(at=now))
            self._watch()
        if self._ending.session_is_over(now):
            return await self._ending.close_day(_SOON_S)
        holds = self.scene.holds()
        if holds:
            self._is(PlanState.HELD, *holds)
            return _SOON_S
        self._going_since = going or now
        return await self._act(now, self._going_since)

    async def _stand_still(self) -> float:
        """Nothing leaves: what has not left yet is taken back."""
        if self._ending.session_is_over(self.scene.now):
            return await self._ending.close_day(_SOON_S)
        await self._ending.take_back()
        return _IDLE_S

    async def _act(self, now: datetime, since: datetime) -> float:
        await self._note_ends(now)
        if self._ending.wait_is_over(now, since):
            self._is(PlanState.RUNNING)
            return await self._ending.give_up(_SOON_S)
        moved = await self._chase.step(now)
        if moved:
            return 0.0
        naps = [self._chase.next_look(now)]
        naps.append(await self._sells(now))
        if self.record.buys is not None:
            naps.append(await self._trade(Side.BUY, now))
        late = self._inquiry.late(now, since) if self.record.buys is None or not self.record.legs(Side.BUY) else None
        self._is(*((PlanState.ASKING, late.text) if late is not None else (PlanState.RUNNING,)))
        if await self._ending.finish(now):
            return 0.0
        return min(naps)

    async def _sells(self, now: datetime) -> float:
        """The sells, and the moment at which the buys may begin."""
        nap = await self._trade(Side.SELL, now)
        if self.record.buys is not None:
            return nap
        answer = self._inquiry.freed()
        if answer or self._ending.closed(Side.SELL, now):
            opening = course(self.record, Side.BUY)
            start = opening[0].at if opening else now
            if now >= start:
                await self.keep(self._ending.open_buys(now, freed=answer))
                return 0.0
            self.side = Side.BUY
            return min(nap, (start - now).total_seconds())
        return nap

    async def _trade(self, side: Side, now: datetime) -> float:
        """At most one order of one side."""
        slots = course(self.record, side)
        slot = due_slot(slots, now)
        if slot is None:
            return self._until(next_slot(slots, now), now)
        self.side = side
        if side is Side.BUY:
            await self._sender.reckon_cash(slot, now)
        standings = {number: self.turns.standing(slot, number, now) for number, _ in self.record.legs(side)}
        self._say(standings)
        ready = [leg for leg, standing in standings.items() if standing.turn is Turn.READY]
        if ready:
            left = self._pace.left(now, self.record.plan.inputs.timing.gap_s)
            if left > 0:
                return left
            await self._sender.send(slot, min(ready, key=lambda leg: (standings[leg].tried, leg)))
            return 0.0
        waiting = [standing for standing in standings.values() if standing.turn is Turn.WAITS]
        if not waiting and (side, slot.number) not in self.record.runs:
            await self._round_run(slot, standings, now)
        again = [(standing.again_at - now).total_seconds() for standing in waiting if standing.again_at is not None]
        return max(min([self._until(next_slot(slots, now), now), *again, _IDLE_S]), 0.0)

    def _say(self, standings: dict[int, Standing]) -> None:
        for leg, standing in standings.items():
            if standing.why is not None:
                self.leg_why[leg] = standing.why
            else:
                self.leg_why.pop(leg, None)

    @staticmethod
    def _until(slot: Slot | None, now: datetime) -> float:
        return _IDLE_S if slot is None else (slot.at - now).total_seconds()

    async def _round_run(self, slot: Slot, standings: dict[int, Standing], now: datetime) -> None:
        """Everything that could be sent in this round was."""
        run = self.record.runs
        merged = tuple(
            other.number
            for other in course(self.record, slot.side)
            if other.number < slot.number and not other.skipped and (slot.side, other.number) not in run
            if (slot.side, other.number) not in self.record.merged
        )
        for leg, standing in standings.items():
            behind = self.scene.want(leg, slot.totals.get(leg, 0))
            if behind and leg not in self.record.manual:
                why = standing.why or Message("PLAN_LEG_BEHIND")
                await self.keep(kept.Noted(at=now, side=slot.side, round=slot.number, leg=leg, why=why, shares=behind))
        if merged:
            why = Message("PLAN_ROUNDS_MERGED", {"rounds": len(merged)})
            await self.keep(kept.Noted(at=now, side=slot.side, round=slot.number, leg=None, why=why))
        await self.keep(kept.RoundRun(at=now, side=slot.side, round=slot.number, merged=merged))
        await self._benchmarks.note()

    async def _note_ends(self, now: datetime) -> None:
        """Children that came to nothing, each told once."""
        told = {note.why.values.get("order") for note in self.record.notes}
        for leg, order in self.scene.all_children():
            origin = order.origin
            if not order.state.over or not order.closed or str(order.id) in told or self.turns.ours(order):
                continue
            round = getattr(origin, "round", 0)
            await self.keep(
                kept.Noted(
                    at=now, side=order.side, round=round, leg=leg, why=refused_words(order), shares=order.closed.count
                )
            )
