"""All connections of a desk side by side: the implementation of ``hoga.trading.connections.Connections``.

Each is opened and closed by itself. The list is kept without secrets; secrets go where the person wants them kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets as dice
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import Any, TypeVar

from msgspec.structs import replace

from hoga.app.connection_file import ConnectionFile, Kept
from hoga.app.connection_line import ConnectionLine
from hoga.app.drafts import keep
from hoga.app.foundation import Foundation, foundation
from hoga.app.leaving import set_aside
from hoga.app.opener import EXPECTED, Opener
from hoga.app.options import ENVIRONMENTS, DeskOptions
from hoga.app.trial import trial
from hoga.base.clock import SystemClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import Topic
from hoga.broker.practice_link import LinkState, PracticeLink
from hoga.plans.facade import Plans
from hoga.secrets import ConnectionSecrets
from hoga.storage.activity import Level
from hoga.trading.connections import (
    Connection,
    ConnectionRefused,
    Details,
    Draft,
    Keep,
    Key,
    Listener,
    SourceState,
    Standing,
    Step,
)
from hoga.trading.facade import Desk
from hoga.trading.market_source import USUAL, MarketSource, Patience

T = TypeVar("T")

_log = logging.getLogger(__name__)
_HEAD_START = 1.0
"""Wire seconds that a window's first connection is opened before the others at the most."""
_FIRST_PATIENCE = 3.0
"""Wire seconds for which a later connection that is open gives way to an earlier one that still opens."""


class OpenConnections:
    """See ``hoga.trading.connections.Connections``. Made by ``open_connections``."""

    def __init__(
        self,
        base: Foundation,
        file: ConnectionFile,
        environment: str | None,
        patience: Patience = USUAL,
        foreseen: tuple[Topic, ...] = (),
    ) -> None:
        kept = file.read()
        self.notices: tuple[Message, ...] = tuple(filter(None, (file.trouble,)))
        """What a person must be told of the start itself."""
        self._base = base
        self._file = file
        self._listeners: list[Listener] = []
        self._step = asyncio.Event()
        self._window_is_there = asyncio.Event()
        self._tasks = TaskOwner("connections", on_error=_told_to_who_asked)
        self._serial = 0
        self._source = MarketSource(self._changed, self._tell, patience)
        self._opener = Opener(base, self._source, foreseen)
        self._lines = [self._line(details) for details in kept.connections]
        self._choose_for_this_start(environment)
        self._unlisten = base.exchange.listen(self._exchange_changed)
        if kept.quotes_from is not None:
            self._source.choose(kept.quotes_from, self._found(kept.quotes_from).details.name)

    # --- for who starts the desk ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open everything that is enabled, each by itself; returns at once."""
        leading = next((line for line in self._lines if line.may_open), None)
        self._opener.leading = leading.details.key if leading is not None else None
        if leading is None or not self._opener.foresees:
            self._start_lines(self._lines)
            return
        leading.start()
        self._tasks.start("others", self._start_others(leading))

    def _start_lines(self, lines: Iterable[ConnectionLine]) -> None:
        for line in lines:
            line.start()

    async def _start_others(self, leading: ConnectionLine) -> None:
        """A window is being made for the first one: until it is there, or takes too long, nothing else is worked on."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_HEAD_START):
                await self._window_is_there.wait()
        self._start_lines(line for line in list(self._lines) if line is not leading)

    def let_go(self) -> None:
        """The window is there: what was foreseen is asked for by itself from here on."""
        self._opener.let_go()
        self._window_is_there.set()

    def plans(self, key: Key) -> Plans | None:
        """The plans of an open connection."""
        opened = self._found(key).opened
        return opened.plans if opened is not None else None

    @property
    def link(self) -> PracticeLink | None:
        """To the practice exchange, as soon as a connection has needed it."""
        return self._base.exchange.link

    async def first(self) -> Connection | None:
        """The connection to show first: the first of the list that is open. None when none opens by itself (nothing is
        enabled, all are locked or have failed)."""
        loop = asyncio.get_running_loop()
        give_way: float | None = None
        while True:
            self._step.clear()
            rows = self.all()
            leading = next((row for row in rows if row.standing in (Standing.OPEN, Standing.OPENING)), None)
            if leading is None or leading.standing is Standing.OPEN:
                return leading
            opened = next((row for row in rows if row.standing is Standing.OPEN), None)
            if opened is not None and give_way is None:
                give_way = loop.time() + _FIRST_PATIENCE
            try:
                async with asyncio.timeout_at(give_way):
                    await self._step.wait()
            except TimeoutError:
                return opened

    async def aclose(self) -> None:
        """Close all of them, side by side: one that hangs does not keep the others open."""
        self._unlisten()
        await self._tasks.aclose()
        await asyncio.gather(*(line.aclose() for line in self._lines))
        await self._source.aclose()

    # --- Connections ------------------------------------------------------------------------------------------------

    def all(self) -> tuple[Connection, ...]:
        return tuple(line.row for line in self._lines)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def save(self, draft: Draft) -> Key:
        """A key that is empty or that no connection has gets a new one made."""
        return await self._whole("save", self._save(draft))

    async def delete(self, key: Key) -> None:
        await self._whole("delete", self._delete(key))

    async def enable(self, key: Key, enabled: bool) -> None:
        """Enabling one that has failed tries it again."""
        await self._whole("enable", self._enable(key, enabled))

    async def move(self, key: Key, place: int) -> None:
        line = self._found(key)
        order = [one for one in self._lines if one is not line]
        order.insert(max(0, place), line)
        self._keep(order)
        self._lines = order
        self._changed()

    async def test(self, draft: Draft, typed: str = "") -> AsyncIterator[Step]:
        line = next((one for one in self._lines if one.details.key == draft.details.key), None)
        async with aclosing(trial(draft, typed, line, self._opener)) as told:
            async for step in told:
                yield step

    async def unlock(self, key: Key, typed: str) -> None:
        await self._whole("unlock", self._found(key).unlock(typed))

    async def lock(self, key: Key) -> None:
        await self._whole("lock", self._found(key).lock())

    def source(self) -> SourceState:
        return self._source.state

    async def choose_source(self, key: Key | None) -> None:
        name = self._found(key).details.name if key is not None else ""
        self._file.write(Kept(self._details(self._lines), key))
        self._source.choose(key, name)

    # --- changes ----------------------------------------------------------------------------------------------------

    async def _save(self, draft: Draft) -> Key:
        line = next((one for one in self._lines if one.details.key == draft.details.key), None)
        if line is None:
            draft = replace(draft, details=replace(draft.details, key=self._new_key(draft.details)))
        self._refuse_twice(draft.details)
        before = line.details if line is not None else None
        details, anew = await keep(draft, before, self._opener, self._base.secrets)
        if line is None:
            line = self._line(details)
            try:
                self._keep([*self._lines, line])
            except ConnectionRefused:
                await self._forget(details)
                raise
            self._lines.append(line)
        else:
            self._keep(self._lines, details)
            was, line.details, line.for_this_start = line.enabled, details, None
            anew = anew or was is not details.enabled
        if anew:
            await line.lock()
            line.start()
        self._changed()
        return details.key

    async def _delete(self, key: Key) -> None:
        line = self._found(key)
        account = await self._opener.account(line.details, line.last)
        await line.lock()
        await self._forget(line.details)
        if self._source.state.chosen == key:
            self._source.choose(None)
        self._keep([one for one in self._lines if one is not line])
        self._lines.remove(line)
        await line.aclose()
        self._changed()
        told: dict[str, object] = {"name": line.details.name, "account": line.details.label or "–"}
        place = self._journal_set_aside(account)
        message = Message("CONNECTION_DELETED", told)
        if place is not None:
            message = Message("CONNECTION_DELETED_JOURNAL", {**told, "journal": place})
        self._tell(message)

    async def _forget(self, details: Details) -> None:
        if not details.practice:
            await self._base.secrets.forget(details.key, this_run=details.keep is Keep.THIS_RUN)

    def _journal_set_aside(self, account: str | None) -> str | None:
        if account is None:
            return None
        try:
            place = set_aside(self._base.folder / f"{account}.sqlite", SystemClock().now())
        except OSError as error:
            _log.warning("the journal of a deleted connection stays where it was: %s", error)
            return None
        return str(place) if place is not None else None

    async def _enable(self, key: Key, enabled: bool) -> None:
        line = self._found(key)
        details = replace(line.details, enabled=enabled)
        self._keep(self._lines, details)
        line.details, line.for_this_start = details, None
        if not enabled:
            await line.lock()
        elif line.standing is not Standing.OPEN:
            await line.renew()
        self._changed()

    def _refuse_twice(self, details: Details) -> None:
        """The exchange has one account of a dialect for a desk."""
        for other in self._lines:
            same = details.practice and other.details.practice and other.details.profile is details.profile
            if same and other.details.key != details.key:
                raise ConnectionRefused(Message("CONNECTION_TWICE", {"name": other.details.name}))

    # --- how --------------------------------------------------------------------------------------------------------

    def _line(self, details: Details) -> ConnectionLine:
        line = ConnectionLine(details, self._opener, self._changed)
        if details.practice:
            line.outside = lambda: self.link.why if self.link is not None else None
        return line

    def _choose_for_this_start(self, environment: str | None) -> None:
        if environment is not None:
            for line in self._lines:
                if line.details.practice:
                    line.for_this_start = line.details.profile in ENVIRONMENTS[environment]

    def _found(self, key: Key) -> ConnectionLine:
        for line in self._lines:
            if line.details.key == key:
                return line
        raise ConnectionRefused(Message("CONNECTION_UNKNOWN"))

    def _new_key(self, details: Details) -> Key:
        return Key(f"{details.profile.value}-{dice.token_hex(4)}")

    def _keep(self, lines: list[ConnectionLine], changed: Details | None = None) -> None:
        """Write the list; with ``changed`` in the place of the details of its key. Raises ConnectionRefused."""
        chosen = self._source.state.chosen
        self._file.write(Kept(self._details(lines, changed), chosen))

    @staticmethod
    def _details(lines: list[ConnectionLine], changed: Details | None = None) -> tuple[Details, ...]:
        return tuple(
            changed if changed is not None and line.details.key == changed.key else line.details for line in lines
        )

    async def _whole(self, name: str, work: Coroutine[Any, Any, T]) -> T:
        """Do it to the end, even if who asked for it is gone meanwhile: nothing stays half opened or half deleted."""
        self._serial += 1
        task = self._tasks.start(f"{name} {self._serial}", work)
        if task is None:
            raise RuntimeError("a change with a new name cannot be dropped")
        return await asyncio.shield(task)

    def _exchange_changed(self, state: LinkState) -> None:
        if state is LinkState.MOVED and self.link is not None:
            self._serial += 1
            self._tasks.start(f"moved {self._serial}", self._follow_exchange(self.link))
        self._changed()

    async def _follow_exchange(self, link: PracticeLink) -> None:
        """It has come back at other addresses: connect there."""
        link.settle()
        practice = [line for line in self._lines if line.details.practice and line.enabled]
        await asyncio.gather(*(line.renew() for line in practice))

    def _tell(self, message: Message, market: str = "") -> None:
        """A word in the activity of every open account (of one market)."""
        for line in self._lines:
            opened = line.opened
            if opened is not None and market in ("", opened.market):
                opened.desk.tell(Level.WARNING, message)

    def _changed(self) -> None:
        self._step.set()
        for listener in list(self._listeners):
            listener()


def _told_to_who_asked(task: str, error: BaseException) -> None:
    if not isinstance(error, EXPECTED):
        _log.error("%s failed", task, exc_info=error)


class ShownConnection:
    """One open connection as a window shows it."""

    def __init__(self, connections: OpenConnections, row: Connection, desk: Desk) -> None:
        self.desk = desk
        self.plans = connections.plans(row.details.key)
        self.meter = row.meter
        self.round_trip = row.round_trip
        self._connections = connections
        self.key = row.details.key

    def trouble(self) -> Message | None:
        return next((row.why for row in self._connections.all() if row.details.key == self.key), None)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        return self._connections.subscribe(listener)


class NothingOpen(Exception):
    """No connection could be opened; ``message`` says why that of the list's first."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


async def first_shown(connections: OpenConnections) -> ShownConnection:
    """The connection to show first. Raises NothingOpen."""
    row = await connections.first()
    if row is None or row.desk is None:
        why = next((one.why for one in connections.all() if one.why is not None), None)
        raise NothingOpen(why or Message("CONNECTION_NONE"))
    return ShownConnection(connections, row, row.desk)


@asynccontextmanager
async def open_connections(
    options: DeskOptions,
    secrets: ConnectionSecrets | None = None,
    patience: Patience = USUAL,
    foreseen: tuple[Topic, ...] = (),
) -> AsyncIterator[OpenConnections]:
    """Every connection of the desk, being opened side by side, until the block ends; nothing is waited for.
    ``patience``: with quotes that fail. ``foreseen``: what is asked to be told from the first moment, until ``let_go``.

    Raises FolderLocked and StorageError.
    """
    async with foundation(options, secrets) as base, AsyncExitStack() as parts:
        connections = OpenConnections(base, ConnectionFile(base.folder), options.environment, patience, foreseen)
        parts.push_async_callback(connections.aclose)
        connections.start()
        yield connections
