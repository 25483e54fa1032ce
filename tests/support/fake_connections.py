"""Connections without brokers: rows that a test sets, commands that it can read back, tests that go as told."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import (
    Connection,
    ConnectionRefused,
    Details,
    Draft,
    Key,
    Listener,
    SourceState,
    Standing,
    Step,
    StepKind,
    StepState,
)

PRACTICE = Details(Key("practice-kis"), "연습 KIS", WireProfile.KIS_REAL, practice=True)
REAL = Details(Key("kis-real-3f9a12"), "한투 실전", WireProfile.KIS_REAL, label="******56-01")
MOCK = Details(Key("kiwoom-mock-77aa01"), "키움 모의", WireProfile.KIWOOM_MOCK, label="******45-11")


def passed(*changes: Step) -> tuple[Step, ...]:
    """A whole test in which every step passes but for ``changes``."""
    by_kind = {step.kind: step for step in changes}
    steps: list[Step] = []
    for kind in StepKind:
        steps += [Step(kind, StepState.RUNNING), by_kind.get(kind, Step(kind, StepState.PASSED))]
    return tuple(steps)


@dataclass
class FakeConnections:
    """Implements ``hoga.trading.connections.Connections``. ``refusals`` holds what a command raises, by its name;
    ``slow`` holds commands and single steps back until ``go`` is set."""

    rows: list[Connection] = field(default_factory=lambda: [Connection(PRACTICE, Standing.OPEN)])
    steps: Sequence[Step] = field(default_factory=passed)
    refusals: dict[str, Exception] = field(default_factory=dict)
    slow: bool = False
    go: asyncio.Event = field(default_factory=asyncio.Event)
    commands: list[tuple[Any, ...]] = field(default_factory=list)
    tests_ended: int = 0
    listeners: list[Listener] = field(default_factory=list)

    def all(self) -> tuple[Connection, ...]:
        return tuple(self.rows)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener) if listener in self.listeners else None

    def show(self, *rows: Connection) -> None:
        self.rows = list(rows)
        self.tell()

    def tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()

    async def save(self, draft: Draft) -> Key:
        await self._done("save", draft)
        key = draft.details.key or Key(f"{draft.details.profile.value}-{len(self.rows):06x}")
        details = replace(draft.details, key=key)
        kept = [row for row in self.rows if row.details.key != key]
        self.show(*kept, Connection(details, Standing.OPENING))
        return key

    async def delete(self, key: Key) -> None:
        await self._done("delete", key)
        self.show(*(row for row in self.rows if row.details.key != key))

    async def enable(self, key: Key, enabled: bool) -> None:
        await self._done("enable", key, enabled)
        standing = Standing.OPEN if enabled else Standing.DISABLED
        self._change(
            key, lambda row: dataclasses.replace(row, details=replace(row.details, enabled=enabled), standing=standing)
        )

    async def move(self, key: Key, place: int) -> None:
        await self._done("move", key, place)
        row = next(row for row in self.rows if row.details.key == key)
        others = [one for one in self.rows if one is not row]
        self.show(*others[:place], row, *others[place:])

    async def test(self, draft: Draft, typed: str = "") -> AsyncIterator[Step]:
        self.commands.append(("test", draft, typed))
        if "test" in self.refusals:
            raise self.refusals["test"]
        try:
            for step in self.steps:
                if self.slow:
                    await self.go.wait()
                await asyncio.sleep(0)
                yield step
        finally:
            self.tests_ended += 1

    async def unlock(self, key: Key, typed: str) -> None:
        await self._done("unlock", key, typed)
        if typed != "5601":
            raise ConnectionRefused(Message("CONNECTION_WRONG_DIGITS"))
        self._change(key, lambda row: dataclasses.replace(row, standing=Standing.OPEN))

    async def lock(self, key: Key) -> None:
        await self._done("lock", key)
        self._change(key, lambda row: dataclasses.replace(row, standing=Standing.LOCKED))

    def source(self) -> SourceState:
        return SourceState(None, None)

    async def choose_source(self, key: Key | None) -> None:
        await self._done("choose_source", key)

    async def _done(self, name: str, *arguments: Any) -> None:
        self.commands.append((name, *arguments))
        if self.slow:
            await self.go.wait()
        if name in self.refusals:
            raise self.refusals[name]

    def _change(self, key: Key, change: Callable[[Connection], Connection]) -> None:
        self.show(*(change(row) if row.details.key == key else row for row in self.rows))
