"""Journal first, then memory, then the screen: the one way in which facts take effect.

A fact is applied when it is durable, in the order of the journal, so a replay gives what was shown. While the journal
cannot be written, *strict* facts (new orders) fail and change nothing; facts that cannot be refused (what the broker
said, a cancel on its way) take effect at once and are written when possible, in their order.

A disk that neither writes nor fails holds those up for a moment only. It fails a strict fact too: nobody waits for it
any more, nothing is sent for it, and when the disk wakes up and has written it after all, what follows is that it never
left. Until then new strict facts fail at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Collection
from datetime import date, datetime

from msgspec import Struct

from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.domain.order_facts import Asked, Fact, Intended, Sending
from hoga.domain.requests import IllegalStep
from hoga.domain.tickets import OrderId
from hoga.storage.errors import StorageError, Unwritable
from hoga.storage.journal import Journal
from hoga.trading.outcomes import DISK_PATIENCE, DISK_SILENT, never_left
from hoga.trading.records import Applied, OrderRecords

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 0.5
_HUNG_SECONDS = 2.0
"""Wire time after which a write that has not come back holds up nothing that the broker said."""


class _Batch(Struct, eq=False):
    facts: tuple[Fact, ...]
    may_wait: bool
    done: asyncio.Future[None]
    applied: bool = False
    too_late: bool = False
    """Strict, and given up: if it is written after all, nothing of it may leave."""
    then: Callable[[], None] | None = None
    """What follows from it, the moment it has taken effect: before anybody is told."""


class Recorder:
    """See the module. ``on_applied(facts, results)`` runs after each batch took effect; ``on_health(why)`` when the
    journal stops (a message) or starts again (None) taking writes."""

    def __init__(
        self,
        journal: Journal,
        records: OrderRecords,
        now: Callable[[], datetime],
        trading_date: Callable[[], date],
        *,
        on_applied: Callable[[tuple[Fact, ...], tuple[Applied, ...]], None],
        on_health: Callable[[Message | None], None],
    ) -> None:
        self._journal = journal
        self._records = records
        self._now = now
        self._trading_date = trading_date
        self._on_applied = on_applied
        self._on_health = on_health
        self._backlog: deque[_Batch] = deque()
        self._pending: deque[_Batch] = deque()
        self._closed_orders: set[OrderId] = set()
        self._rewriting: asyncio.Future[None] | None = None
        """The oldest of the backlog on its way to the disk."""
        self._writing = 0
        """Batches whose writes have not been heard of."""
        self._silent: set[_Batch] = set()
        self._why: Message | None = None
        self._distrusted: Message | None = None
        self._dropped = False
        self._tasks = TaskOwner("recorder")

    @property
    def trouble(self) -> Message | None:
        """Why the journal cannot be written, or must not be built on, now; None while all is well."""
        return self._why or self._distrusted

    @property
    def trouble_told(self) -> Message | None:
        """``trouble`` as a person is told it: what that means for orders, and what a sudden end would lose."""
        if self._why is None or self._distrusted is not None or self._why.code == DISK_SILENT:
            return self.trouble
        why = self._why.values.get("why", "")
        if not self.unwritten:
            return Message("JOURNAL_STOPPED", {"why": why})
        return Message("JOURNAL_STOPPED_UNWRITTEN", {"why": why, "count": self.unwritten})

    @property
    def unwritten(self) -> int:
        """Facts in effect that are not on the disk yet."""
        return sum(len(batch.facts) for batch in self._backlog)

    async def strict(self, *facts: Fact, then: Callable[[], None] | None = None) -> None:
        """Return when the facts are durable and applied. Raises Unwritable or Conflict, and then nothing happened;
        raises IllegalStep, before anything is written, for a step of ours that may not be taken. Unwritable also when
        the disk has not answered after ``DISK_PATIENCE``: then nothing has left, and nothing ever will.

        ``then`` is called once they are applied, and never where this raises: what is sent need not wait until
        everybody was told."""
        for fact in facts:
            self._records.check(fact)
        if self._distrusted is not None:
            raise Unwritable(self._distrusted)
        if (self._backlog or self._silent) and self._why is not None:
            raise Unwritable(self._why)
        batch = self._submit(facts, may_wait=False, then=then)
        if not batch.done.done():
            await asyncio.wait([batch.done], timeout=DISK_PATIENCE)
        if not batch.done.done() and not self._dropped:
            batch.too_late = True
            self._silent.add(batch)
            why = Message(DISK_SILENT, {"seconds": int(DISK_PATIENCE)})
            self._stopped(why)
            raise Unwritable(why)
        await asyncio.shield(batch.done)

    def distrust(self, why: Message) -> None:
        """The journal was found damaged while in use: nothing new is built on it until it was made anew."""
        _log.error("the journal is not to be trusted: %s", why)
        self._distrusted = why
        self._on_health(why)

    async def told(self, *facts: Fact) -> None:
        """Return when the facts are applied: durable first while the journal can be written, at once when it cannot."""
        await asyncio.shield(self.tell(*facts))

    def tell(self, *facts: Fact) -> asyncio.Future[None]:
        """As ``told``, for callers that must not wait: the order of calls is the order of effect."""
        return self._submit(facts, may_wait=True).done

    async def urgent(self, *facts: Fact, patience: float, then: Callable[[], None] | None = None) -> None:
        """For a cancel: as ``told``, but waits for the disk ``patience`` seconds of wire time at most. ``then`` as for
        ``strict``."""
        for fact in facts:
            self._records.check(fact)
        batch = self._submit(facts, may_wait=True, then=then)
        if not batch.done.done():
            await asyncio.wait([batch.done], timeout=patience)
        self._apply_up_to(batch)

    def close_orders(self, orders: Collection[OrderId]) -> None:
        """With the next write, these are no longer among the orders that a start must look at."""
        self._closed_orders |= set(orders)

    def drop(self) -> None:
        """Write and apply nothing any more, and answer nobody: as if the process were gone."""
        self._dropped = True

    async def aclose(self) -> None:
        """Try once more to write what is left, then stop. What stays unwritten is lost with the process: logged."""
        await self._tasks.aclose()
        await self._write_backlog()
        if self._backlog:
            _log.error("%d facts could not be written to the journal", self.unwritten)

    def _submit(self, facts: tuple[Fact, ...], *, may_wait: bool, then: Callable[[], None] | None = None) -> _Batch:
        batch = _Batch(facts, may_wait, asyncio.get_running_loop().create_future(), then=then)
        batch.done.add_done_callback(_looked_at)
        if self._dropped:
            return batch
        if self._backlog and may_wait:
            self._backlog.append(batch)
            self._apply(batch)
        else:
            self._write(batch)
            if may_wait and not batch.applied:
                self._pending.append(batch)
                asyncio.get_running_loop().call_later(_HUNG_SECONDS, self._apply_up_to, batch)
        return batch

    def _write(self, batch: _Batch) -> None:
        """What leaves at once takes effect in this call if the disk has answered in it and nothing written before is
        still to take effect: facts take effect in the order of the journal."""
        self._writing += 1
        written = self._append(batch)
        if batch.then is not None and written.done() and self._writing == 1:
            self._written(batch, written)
        else:
            written.add_done_callback(lambda future: self._written(batch, future))

    def _apply_up_to(self, batch: _Batch) -> None:
        """The disk hangs: let what was told take effect in its order, the journal has it when it wakes up."""
        while not batch.applied and self._pending:
            self._apply(self._pending.popleft())

    def _append(self, batch: _Batch) -> asyncio.Future[None]:
        named = [(self._records.owner(fact), fact) for fact in batch.facts]
        opened = {order for order, _ in named if order is not None}
        closed = self._closed_orders - opened
        self._closed_orders -= closed
        now = batch.then is not None
        return self._journal.append(named, self._trading_date(), opened=opened, closed=closed, stand_by=now)

    def _written(self, batch: _Batch, future: asyncio.Future[None]) -> None:
        self._writing -= 1
        error = future.exception()
        if self._dropped:
            return
        self._silent.discard(batch)
        if error is None:
            self._works()
            self._apply(batch)
        elif isinstance(error, Unwritable):
            self._stopped(error.message)
            if batch.may_wait:
                self._backlog.append(batch)
                self._apply(batch)
            else:
                _fail(batch, error)
        elif isinstance(error, StorageError):
            _fail(batch, error)
        else:
            raise error
        if batch.too_late:
            self._never_left(batch)

    def _never_left(self, batch: _Batch) -> None:
        """The disk has woken up (or failed at last): what was given up ends here, if it began at all."""
        for fact in batch.facts:
            found = self._records.request(fact.request) if isinstance(fact, Intended | Asked | Sending) else None
            if found is not None and (end := never_left(self._now(), found[1])) is not None:
                self.tell(end)

    def _apply(self, batch: _Batch) -> None:
        if batch.applied or self._dropped:
            return
        batch.applied = True
        while self._pending and self._pending[0].applied:
            self._pending.popleft()
        facts, results = [], []
        for fact in batch.facts:
            try:
                results.append(self._records.apply(fact))
                facts.append(fact)
            except IllegalStep as error:
                # Our own bug, or a fact of the broker's came while this step was being written: it changes nothing.
                _log.error("illegal step", exc_info=error)
                _fail(batch, error)
        if batch.then is not None and len(facts) == len(batch.facts) and not batch.too_late:
            batch.then()
        changed = [result.after for result in results if result.after is not None]
        self._closed_orders |= {order.id for order in changed if order.settled}
        self._closed_orders -= {order.id for order in changed if not order.settled}
        if not batch.done.done():
            batch.done.set_result(None)
        self._on_applied(tuple(facts), tuple(results))

    def _stopped(self, why: Message) -> None:
        if self._why is None:
            _log.error("the journal cannot be written: %s", why)
            self._why = why
            self._on_health(why)
        self._tasks.start("write again", self._write_again(), busy=Busy.DROP)

    def _works(self) -> None:
        if self._why is not None and not self._backlog and not self._silent:
            self._why = None
            self._on_health(self._distrusted)

    async def _write_again(self) -> None:
        while True:
            await asyncio.sleep(_RETRY_SECONDS)
            await self._write_backlog()
            if not self._backlog:
                return

    async def _write_backlog(self) -> None:
        """Write what is waiting, oldest first, until the journal refuses again."""
        while self._backlog:
            if self._rewriting is None:
                self._rewriting = self._append(self._backlog[0])
            try:
                # Who is cancelled here leaves the write on its way: whoever comes next waits for that one.
                await asyncio.shield(self._rewriting)
            except StorageError as error:
                self._rewriting = None
                _log.info("the journal still cannot be written: %s", error)
                return
            self._rewriting = None
            self._backlog.popleft()
        self._works()


def _fail(batch: _Batch, error: StorageError | IllegalStep) -> None:
    batch.applied = True
    if not batch.done.done():
        batch.done.set_exception(error)


def _looked_at(future: asyncio.Future[None]) -> None:
    """An error of a batch that nobody awaits was logged where it arose; the loop need not complain again."""
    if not future.cancelled():
        future.exception()
