"""Where quotes come from: each connection's own, or a chosen one for all that trade in the same market.

When the chosen one's stream is down for a while another open one takes over, which is said; it returns to the chosen
one when that has been live again for some time. Practice and the real market are never mixed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from msgspec import Struct

from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import Broker, BrokerEvent, Stream, StreamChanged, StreamHealth
from hoga.trading.connections import Key, SourceState
from hoga.trading.routed_broker import RoutedBroker

_LOOK_EVERY = 0.5


class Patience(Struct, frozen=True):
    """Wire seconds. Without live quotes for ``down`` another connection takes over; after ``calm`` seconds of live
    quotes the chosen one is followed again."""

    down: float = 5.0
    calm: float = 10.0


USUAL = Patience()
Told = Callable[[Message, str], None]
"""Hears that quotes come from elsewhere now, and in which market."""


@dataclass(eq=False)
class _Member:
    key: Key
    name: str
    market: str
    broker: Broker
    routed: RoutedBroker
    since: float
    """Loop time of the last change between live and not live."""
    health: StreamChanged | None = None

    @property
    def live(self) -> bool:
        return self.health is not None and self.health.health is StreamHealth.LIVE


class MarketSource:
    """``changed`` is called when ``state`` is another. ``start`` it once a loop runs; ``aclose`` ends it."""

    def __init__(self, changed: Callable[[], None], told: Told, patience: Patience = USUAL) -> None:
        self._changed = changed
        self._told = told
        self._patience = patience
        self._members: dict[Key, _Member] = {}
        self._chosen: Key | None = None
        self._chosen_since = 0.0
        self._market = ""
        """Of the chosen connection, as far as it was seen."""
        self._name = ""
        self._state = SourceState(None, None)
        self._look = asyncio.Event()
        self._tasks = TaskOwner("market source")

    @property
    def state(self) -> SourceState:
        return self._state

    def choose(self, key: Key | None, name: str = "") -> None:
        """``name``: how people call it. Takes effect at once."""
        self._chosen, self._name = key, name
        self._chosen_since = asyncio.get_running_loop().time()
        member = self._members.get(key) if key is not None else None
        self._market = member.market if member is not None else ""
        self._set(SourceState(key, key if member is not None else None))
        self._judge()
        if key is not None:
            self._tasks.start("watch", self._watch(), busy=Busy.DROP)
        self._look.set()

    @contextmanager
    def member(self, key: Key, name: str, market: str, broker: Broker) -> Iterator[RoutedBroker]:
        """While the block runs, the connection takes part: its desk uses what is yielded in the place of ``broker``.

        ``market`` names what its prices are of; only equal ones are followed.
        """
        routed = RoutedBroker(broker)
        member = _Member(key, name, market, broker, routed, asyncio.get_running_loop().time())
        self._members[key] = member
        undo = broker.listen(lambda event: self._hear(member, event))
        if key == self._chosen:
            self._market = market
        self._judge()
        try:
            yield routed
        finally:
            undo()
            del self._members[key]
            self._judge()
            routed.close()

    async def aclose(self) -> None:
        await self._tasks.aclose()

    # --- how --------------------------------------------------------------------------------------------------------

    def _hear(self, member: _Member, event: BrokerEvent) -> None:
        if not isinstance(event, StreamChanged) or event.stream is not Stream.QUOTES:
            return
        was, member.health = member.live, event
        if member.live is not was:
            member.since = asyncio.get_running_loop().time()
            self._look.set()

    async def _watch(self) -> None:
        while self._chosen is not None:
            self._look.clear()
            self._judge()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await self._look.wait()

    def _judge(self) -> None:
        """Whom to follow now, with some patience both ways."""
        state = self._state
        active = self._members.get(state.active) if state.active is not None else None
        if self._chosen is None:
            self._follow(None, None)
        elif self._may_return(active):
            self._follow(self._members[self._chosen], None)
        elif active is None or (not active.live and self._age(active) >= self._patience.down):
            self._follow(*self._instead(active))
        else:
            well = active.key == self._chosen and active.live
            self._follow(active, None if well else state.why)

    def _may_return(self, active: _Member | None) -> bool:
        chosen = self._members.get(self._chosen) if self._chosen is not None else None
        if chosen is None or chosen is active:
            return False
        return chosen.live and (active is None or self._age(chosen) >= self._patience.calm)

    def _instead(self, active: _Member | None) -> tuple[_Member | None, Message | None]:
        """Another one that is live; else who is followed now, or the chosen one while it is still fresh."""
        chosen = self._members.get(self._chosen) if self._chosen is not None else None
        fresh = asyncio.get_running_loop().time() - self._chosen_since < self._patience.down
        if fresh:
            return chosen, None
        values: dict[str, object] = {"chosen": self._name}
        live = (one for one in self._members.values() if one.live and one.market == self._market)
        other = next(live, None)
        if other is not None:
            return other, Message("SOURCE_FAILED_OVER", {**values, "active": other.name})
        code = "SOURCE_DOWN" if chosen is not None else "SOURCE_NOT_OPEN"
        return active or chosen, Message(code, values)

    def _age(self, member: _Member) -> float:
        return asyncio.get_running_loop().time() - member.since

    def _follow(self, active: _Member | None, why: Message | None) -> None:
        for member in self._members.values():
            if active is None or active is member or active.market != member.market:
                member.routed.follow(None, health=member.health)
            else:
                member.routed.follow(active.broker, active.name, active.health)
        self._set(SourceState(self._chosen, active.key if active is not None else None, why))

    def _set(self, state: SourceState) -> None:
        before, self._state = self._state, state
        if state == before:
            return
        if state.why is not None and state.why != before.why:
            self._told(state.why, self._market)
        elif before.why is not None and state.why is None and state.chosen == before.chosen:
            self._told(Message("SOURCE_HEALED", {"chosen": self._name}), self._market)
        self._changed()
