"""Stands between a session and its socket and spoils frames as the faults in force say."""

from __future__ import annotations

from collections.abc import Callable

from hoga.practice.api import Broker, Environment
from hoga.practice.faults import Fault, FaultKind, Faults


def is_kis_notice(text: str) -> bool:
    return text.startswith("1|")


class FaultyLine:
    """The way out of one connection. ``tick`` must be called now and then: it lets late frames go.

    Frames that are held back leave in the order in which they fall due. ``is_notice`` tells frames about own orders
    from others (by default as KIS marks them).
    """

    def __init__(
        self,
        faults: Faults,
        environment: Environment,
        send: Callable[[str], None],
        cut: Callable[[str], None],
        wire_now: Callable[[], float],
        *,
        broker: Broker = Broker.KIS,
        is_notice: Callable[[str], bool] = is_kis_notice,
    ) -> None:
        self._faults = faults
        self._environment = environment
        self._send = send
        self._cut = cut
        self._wire_now = wire_now
        self._broker = broker
        self._is_notice = is_notice
        self._mute_until = 0.0
        self._late: list[tuple[float, str]] = []
        self._swapped: list[tuple[float, str]] = []

    def send(self, text: str) -> None:
        notice = self._is_notice(text)
        now = self._wire_now()
        if now < self._mute_until:
            return
        fault = self._faults.for_frame(self._environment, notice=notice, broker=self._broker)
        if fault is None:
            self._pass(text, notice)
        else:
            self._spoil(fault, text, notice, now)

    def cut(self, why: str) -> None:
        self._cut(why)

    def tick(self, now: float) -> None:
        for held in (self._late, self._swapped):
            for due, text in [each for each in held if each[0] <= now]:
                held.remove((due, text))
                self._send(text)

    def _pass(self, text: str, notice: bool) -> None:
        self._send(text)
        if notice:
            held, self._swapped = self._swapped, []
            for _due, earlier in held:
                self._send(earlier)

    def _spoil(self, fault: Fault, text: str, notice: bool, now: float) -> None:
        kind = fault.kind
        if kind is FaultKind.STREAM_DROP:
            self._cut("fault: stream drop")
        elif kind is FaultKind.STREAM_MUTE:
            self._mute_until = now + fault.seconds
        elif kind is FaultKind.STREAM_GARBLE:
            self._pass(text[: len(text) * 2 // 3], notice)
        elif kind is FaultKind.NOTICE_TWICE:
            self._pass(text, notice)
            self._send(text)
        elif kind is FaultKind.NOTICE_SWAP:
            self._swapped.append((now + (fault.seconds or 1.0), text))
        elif kind is FaultKind.NOTICE_LATE:
            self._late.append((now + fault.seconds, text))
        # What is left is NOTICE_WITHHOLD: the frame goes nowhere.
