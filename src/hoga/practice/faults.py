"""Faults on demand: the exchange misbehaves for the next so many matching requests or frames, or by chance.

A fault is a rule. The first armed rule that matches decides; every application is counted and named in the record of
requests. Chance is drawn from a seeded generator, one draw per matching request, so the same requests meet the same
faults again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from msgspec import Struct, field

from hoga.practice.api import Broker, Environment
from hoga.practice.wire import Operation

_E = TypeVar("_E", bound=Enum)


class FaultKind(Enum):
    """What goes wrong with a request. *Handled* means that the exchange acts on it."""

    SLOW_BEFORE = "slow before"
    """Waits ``seconds``, then is handled, unless the client has hung up meanwhile."""
    SLOW_AFTER = "slow after"
    """Handled at once; the answer comes ``seconds`` later."""
    LATE = "late"
    """Handled after ``seconds`` even if the client's connection is long gone."""
    REFUSE = "refuse"
    """Not handled; answered with the broker's ``code``, or ``HTTP 500`` / ``HTTP 404`` with a blank body."""
    CUT_BEFORE = "cut before"
    """Never handled; the connection closes without an answer."""
    RESET_BEFORE = "reset before"
    """Never handled; the connection is torn down (TCP RST) without an answer."""
    HANG_BEFORE = "hang before"
    """Never handled; no answer ever comes."""
    CUT_AFTER = "cut after"
    """Handled; the connection closes without an answer."""
    RESET_AFTER = "reset after"
    """Handled; the connection is torn down (TCP RST) without an answer."""
    HANG_AFTER = "hang after"
    """Handled; no answer ever comes."""
    ERROR_AFTER = "error after"
    """Handled; answered with the broker's ``code`` (by default its time-out) as if it had not been."""
    NO_NUMBER = "no number"
    """Handled; a success without an order number."""
    GARBLED = "garbled"
    """Handled; the body is cut off in the middle."""
    BLANK_ROWS = "blank rows"
    """Lists get a placeholder row of blanks."""
    REPEAT_CURSOR = "repeat cursor"
    """A list claims that more follows, and gives the cursor that it was asked with."""
    EXPIRE_TOKENS = "expire tokens"
    """Every token ends right before the request is looked at."""
    DIE_BEFORE = "die before"
    """The process dies before the request is handled."""
    DIE_AFTER = "die after"
    """The process dies after the request was handled, before the answer."""

    STREAM_DROP = "stream drop"
    """The connection ends without a close frame in place of the frame."""
    STREAM_GARBLE = "stream garble"
    """The frame is cut off in the middle."""
    STREAM_MUTE = "stream mute"
    """Nothing leaves for ``seconds``; what would have left is lost."""
    STREAM_REFUSE = "stream refuse"
    """A registration is answered with ``code`` instead of being taken."""
    NOTICE_TWICE = "notice twice"
    NOTICE_SWAP = "notice swap"
    """The notice leaves after the next one, or after ``seconds`` when none follows."""
    NOTICE_WITHHOLD = "notice withhold"
    NOTICE_LATE = "notice late"
    """The notice leaves after ``seconds``."""

    @property
    def of_stream(self) -> bool:
        return self.value.startswith(("stream", "notice"))

    @property
    def of_notices(self) -> bool:
        return self.value.startswith("notice")


_TIMED = (FaultKind.SLOW_BEFORE, FaultKind.SLOW_AFTER, FaultKind.LATE, FaultKind.STREAM_MUTE, FaultKind.NOTICE_LATE)
MOST_SECONDS = 3600.0


class Fault(Struct):
    """One rule. ``left`` counts down to 0 for a rule of the next n; None for a rule by chance without end.

    ``skip`` lets the first so many matches pass. Blank ``operations`` match every request; no
    ``environment`` or ``broker`` means each. A blank ``code`` leaves the choice to the door.
    """

    id: int
    kind: FaultKind
    operations: frozenset[Operation] = frozenset()
    environment: Environment | None = None
    broker: Broker | None = None
    left: int | None = 1
    chance: float = 1.0
    skip: int = 0
    seconds: float = 0.0
    code: str = ""
    applied: int = field(default=0)

    @property
    def armed(self) -> bool:
        return self.left is None or self.left > 0

    def describe(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind.value,
            "operations": sorted(operation.value for operation in self.operations),
            "environment": self.environment.value if self.environment else None,
            "broker": self.broker.value if self.broker else None,
            "left": self.left,
            "chance": self.chance,
            "skip": self.skip,
            "seconds": self.seconds,
            "code": self.code,
            "applied": self.applied,
        }


class Faults:
    """The rules in force. Everything about them is decided here; what they do is done where the bytes are."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 decides about faults, guards nothing
        self._rules: dict[int, Fault] = {}
        self._last_id = 0

    def add(self, wanted: Mapping[str, Any]) -> Fault:
        """Take a rule as the control endpoint gets it. Raises ValueError saying what does not fit.

        ``count`` (the next n; 1 when neither it nor ``chance`` is given) and ``chance`` (0..1) may be combined.
        """
        reader = _Reader(wanted)
        kind = reader.member("kind", FaultKind)
        chance = reader.number("chance", 1.0, most=1.0)
        fault = Fault(
            id=self._last_id + 1,
            kind=kind,
            operations=frozenset(reader.members("operations", Operation)),
            environment=reader.member("environment", Environment) if wanted.get("environment") else None,
            broker=reader.member("broker", Broker) if wanted.get("broker") else None,
            left=reader.count("count", None if "chance" in wanted else 1),
            chance=chance,
            skip=reader.count("skip", 0) or 0,
            seconds=reader.number("seconds", 1.0 if kind in _TIMED else 0.0, most=MOST_SECONDS),
            code=str(wanted.get("code") or ""),
        )
        reader.done()
        self._last_id = fault.id
        self._rules[fault.id] = fault
        return fault

    def remove(self, fault_id: int) -> bool:
        return self._rules.pop(fault_id, None) is not None

    def clear(self) -> None:
        self._rules.clear()

    def rules(self) -> Sequence[Fault]:
        """Every rule, spent ones too, oldest first."""
        return tuple(self._rules.values())

    def for_request(self, operation: Operation, environment: Environment, broker: Broker = Broker.KIS) -> Fault | None:
        """The fault this request meets, if any; it counts as applied."""
        return self._first(
            environment,
            broker,
            lambda rule: not rule.kind.of_stream and (not rule.operations or operation in rule.operations),
        )

    def for_registration(self, environment: Environment, broker: Broker = Broker.KIS) -> Fault | None:
        return self._first(environment, broker, lambda rule: rule.kind is FaultKind.STREAM_REFUSE)

    def for_frame(self, environment: Environment, *, notice: bool, broker: Broker = Broker.KIS) -> Fault | None:
        """The fault a frame meets on its way out."""
        return self._first(
            environment,
            broker,
            lambda rule: (
                rule.kind.of_stream
                and rule.kind is not FaultKind.STREAM_REFUSE
                and (notice or not rule.kind.of_notices)
            ),
        )

    def _first(self, environment: Environment, broker: Broker, suits: Callable[[Fault], bool]) -> Fault | None:
        for rule in self._rules.values():
            here = rule.environment in (None, environment) and rule.broker in (None, broker)
            if rule.armed and here and suits(rule) and self._strikes(rule):
                return rule
        return None

    def _strikes(self, rule: Fault) -> bool:
        if rule.skip > 0:
            rule.skip -= 1
            return False
        if rule.chance < 1.0 and self._random.random() >= rule.chance:
            return False
        if rule.left is not None:
            rule.left -= 1
        rule.applied += 1
        return True


class _Reader:
    """Reads a rule out of plain JSON values and remembers what was asked for, so that slips of the pen are refused."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._known = {"code", "environment", "broker"}

    def member(self, name: str, kind: type[_E]) -> _E:
        self._known.add(name)
        return self._as_member(name, kind, self._values.get(name))

    def members(self, name: str, kind: type[_E]) -> list[_E]:
        self._known.add(name)
        given = self._values.get(name) or []
        if not isinstance(given, list):
            raise ValueError(f"{name} is a list")
        return [self._as_member(name, kind, each) for each in given]

    def number(self, name: str, default: float, most: float) -> float:
        self._known.add(name)
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
            raise ValueError(f"{name} is a number from 0 to {most:g}, was {value!r}")
        return float(value)

    def count(self, name: str, default: int | None) -> int | None:
        self._known.add(name)
        value = self._values.get(name, default)
        if value is None:
            return None
        if type(value) is not int or value < 0:
            raise ValueError(f"{name} is a whole number >= 0, was {value!r}")
        return value

    def done(self) -> None:
        if unknown := sorted(set(self._values) - self._known):
            raise ValueError(f"unknown: {', '.join(unknown)}")

    @staticmethod
    def _as_member(name: str, kind: type[_E], value: object) -> _E:
        try:
            return kind(value)
        except ValueError as error:
            raise ValueError(f"{name} is one of: {', '.join(str(each.value) for each in kind)}") from error
