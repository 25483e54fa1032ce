"""Fill notices on the live connection: subscribing to them, and reading what was missed while they did not come.

They hang on the HTS id, and a wrong one is not refused but closes the socket (kis.md 2.5), which looks like any other
loss. So prices must not die with each try: after a second failure in a row the connection is used without notices for
a while, which grows from try to try.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.kis.socket_messages import UNKNOWN_KEY, Control, Registration
from hoga.broker.kis.wording import explain
from hoga.broker.port import StreamHealth
from hoga.broker.stream import Outage

_PAUSES = (0.0, 10.0, 30.0, 90.0, 270.0, 600.0)
_SURELY_THE_ID = 3
"""So many failures in a row are no accident of the network."""

Say = Callable[[StreamHealth, Message | None, float | None], None]


class _Missing(Struct, frozen=True):
    """From when on notices were missed: market time, and the loop's."""

    since: datetime
    wire: float


class NoticeLine:
    """The notices of one account over one connection after another.

    ``fill`` reads the orders of an outage, to the end or not at all; ``say`` tells the health of the fills.
    """

    def __init__(
        self,
        registration: Registration | None,
        clock: MarketClock,
        fill: Callable[[Outage], Awaitable[None]],
        say: Say,
    ) -> None:
        self.registration = registration
        self._clock = clock
        self._fill = fill
        self._say = say
        self._failures = 0
        self._not_before = 0.0
        self._why: Message | None = None
        self._asking = False
        self._subscribed = False
        self._missing: _Missing | None = None
        self._gap = asyncio.Event()

    def start_anew(self) -> None:
        """Whatever failed before, the next connection tries at once."""
        self._failures, self._not_before = 0, 0.0

    @property
    def due_in(self) -> float | None:
        """Seconds until the next try on this connection; None when none is needed."""
        if self.registration is None or self._subscribed:
            return None
        return max(self._not_before - _now(), 0.0)

    async def connected(
        self, outage: Outage | None, register: Callable[[Registration], Awaitable[Control | None]]
    ) -> None:
        """A new connection, after ``outage``: subscribe, unless that has just failed too often."""
        if self.registration is None:
            return self._say(StreamHealth.DOWN, Message("KIS_HTS_ID_MISSING"), None)
        if outage is not None and self._missing is None:
            self._missing = _Missing(outage.since, _now() - outage.seconds)
        if self.due_in:
            return self._say(StreamHealth.DOWN, self._why, None)
        return await self.subscribe(register)

    async def subscribe(self, register: Callable[[Registration], Awaitable[Control | None]]) -> None:
        """Ask for notices. A refusal is told and tried again later; a connection that dies of it comes to ``lost``."""
        if self.registration is None:
            return
        self._asking = True
        refusal = await register(self.registration)
        self._asking = False
        if refusal is None:
            self._subscribed = True
            self._gap.set()
            return
        self._failed(explain(refusal.code, refusal.text), sure=refusal.code == UNKNOWN_KEY)
        self._say(StreamHealth.DOWN, self._why, None)

    async def keep_filled(self) -> None:
        """Fill the present gap, if there is one, and say that fills are live."""
        self._gap.clear()
        if not self._subscribed:
            return
        missing = self._missing
        if missing is not None:
            self._say(StreamHealth.FILLING_GAP, None, None)
            await self._fill(Outage(missing.since, _now() - missing.wire))
            self._missing = None
        self._failures = 0
        self._say(StreamHealth.LIVE, None, None if missing is None else _now() - missing.wire)

    async def next_gap(self) -> None:
        """Returns when there is something to fill: a late subscription, or a notice that could not be read."""
        await self._gap.wait()

    def unreadable(self) -> None:
        """A notice came and could not be read: what it said must be asked for."""
        if self._missing is None:
            self._missing = _Missing(self._clock.now(), _now())
        self._gap.set()

    def lost(self) -> None:
        """The connection is gone."""
        if self._asking:
            self._failed(Message("STREAM_LOST"), sure=False)
        self._asking = self._subscribed = False

    def _failed(self, why: Message, *, sure: bool) -> None:
        if self._missing is None:
            self._missing = _Missing(self._clock.now(), _now())
        self._failures += 1
        self._why = Message("KIS_HTS_ID_WRONG") if sure or self._failures >= _SURELY_THE_ID else why
        self._not_before = _now() + _PAUSES[min(self._failures, len(_PAUSES)) - 1]


def _now() -> float:
    return asyncio.get_running_loop().time()
