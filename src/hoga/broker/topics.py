"""Leases on live topics: views own them, equal ones share a registration, and the broker's limit is never passed."""

from __future__ import annotations

from collections.abc import Callable

from hoga.broker.port import Topic


class TopicLeases:
    """Which topics are wanted, and which of them fit. The longest wanted fit first; a free place goes to the next."""

    def __init__(self, most: int, changed: Callable[[], None]) -> None:
        self._most = most
        self._limit = most
        self._changed = changed
        self._wanted: dict[Topic, int] = {}
        self._barred: set[Topic] = set()
        self._live: set[Topic] = set()

    def lease(self, topic: Topic) -> TopicLease:
        self._wanted[topic] = self._wanted.get(topic, 0) + 1
        if self._wanted[topic] == 1:
            self._barred.discard(topic)
            self._changed()
        return TopicLease(topic, self)

    def release(self, topic: Topic) -> None:
        left = self._wanted[topic] - 1
        if left:
            self._wanted[topic] = left
            return
        del self._wanted[topic]
        self._live.discard(topic)
        self._barred.discard(topic)
        self._changed()

    @property
    def admitted(self) -> tuple[Topic, ...]:
        """The wanted topics that fit, the longest wanted first. Those that the broker refused take no place."""
        return tuple(topic for topic in self._wanted if topic not in self._barred)[: self._limit]

    @property
    def waiting(self) -> tuple[Topic, ...]:
        """Wanted, but polled for want of a place."""
        inside = set(self.admitted)
        return tuple(topic for topic in self._wanted if topic not in inside)

    def is_live(self, topic: Topic) -> bool:
        return topic in self._live

    def set_live(self, topic: Topic, live: bool) -> None:
        """The broker acknowledged (or ended) a registration."""
        if live and topic in self._wanted:
            self._live.add(topic)
        else:
            self._live.discard(topic)

    def bar(self, topic: Topic) -> None:
        """The broker refused this topic: it is not asked for again until somebody leases it anew."""
        if topic in self._wanted:
            self._barred.add(topic)
        self._live.discard(topic)

    def limit(self, most: int) -> None:
        """The broker takes fewer on this connection than it should."""
        self._limit = min(most, self._most)

    def none_live(self) -> None:
        """The connection is gone. What was refused gets another chance on the next one."""
        self._limit = self._most
        self._live.clear()
        self._barred.clear()


class TopicLease:
    """One view's claim; see ``hoga.broker.port.Lease``."""

    __slots__ = ("_leases", "_released", "_topic")

    def __init__(self, topic: Topic, leases: TopicLeases) -> None:
        self._topic = topic
        self._leases = leases
        self._released = False

    @property
    def live(self) -> bool:
        return not self._released and self._leases.is_live(self._topic)

    def release(self) -> None:
        if not self._released:
            self._released = True
            self._leases.release(self._topic)
