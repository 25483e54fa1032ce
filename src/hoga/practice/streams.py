"""What a server needs to know of a broker's stream to host it: its sessions, and which doors stand open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from msgspec import Struct

from hoga.practice.api import Broker, Environment


class Session(Protocol):
    """One client's connection without its socket. ``now`` is wire time."""

    def receive(self, text: str, now: float) -> None: ...

    def pong(self, payload: bytes, now: float) -> None: ...

    def tick(self, now: float) -> None: ...

    def close(self, now: float, *, clean: bool = True) -> None: ...


OpenSession: TypeAlias = Callable[
    [Environment, Callable[[str], None], Callable[[str], None], Callable[[], None]], Session
]
"""Takes ``send``, ``cut`` (end at once, without a close frame) and ``hang_up`` (close after what was sent has left)."""


class StreamHost(Struct, frozen=True):
    """One broker's stream. ``is_notice`` tells frames about own orders from others, for faults."""

    broker: Broker
    open: OpenSession
    is_notice: Callable[[str], bool]


class Gates:
    """Which brokers can be reached. A closed one takes connections and ends them at once, as a host that is down."""

    def __init__(self) -> None:
        self._closed: set[Broker] = set()

    def is_open(self, broker: Broker) -> bool:
        return broker not in self._closed

    def set(self, broker: Broker, *, open: bool) -> None:
        if open:
            self._closed.discard(broker)
        else:
            self._closed.add(broker)

    def as_dict(self) -> dict[str, bool]:
        return {broker.value: self.is_open(broker) for broker in Broker}
