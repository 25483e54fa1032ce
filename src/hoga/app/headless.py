"""One account opened without a window, to look at it: nothing of it trades, and a desk that is open is not disturbed.

It lives in a folder of its own for as long as it is needed, with one connection of the person's list.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from hoga.app.connection_file import ConnectionFile, Kept
from hoga.app.connections import OpenConnections, open_connections
from hoga.app.options import DeskOptions
from hoga.base.message import Message
from hoga.plans.facade import Plans
from hoga.trading.connections import Connection, Details, Key, Standing
from hoga.trading.facade import Desk

_PATIENCE = 60.0
"""Wire seconds until the account must have been reached and read."""


class NotOpened(Exception):
    """The account cannot be looked at; ``message`` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def known_connections(options: DeskOptions) -> tuple[Details, ...]:
    """The connections of the person's list."""
    return ConnectionFile(options.desk).read().connections


@asynccontextmanager
async def account(options: DeskOptions, key: str) -> AsyncIterator[Plans]:
    """The plans of one connection, until the block ends. Raises NotOpened, FolderLocked and StorageError."""
    chosen = [one for one in known_connections(options) if one.key == key]
    if not chosen:
        known = ", ".join(one.key for one in known_connections(options))
        raise NotOpened(Message("HEADLESS_UNKNOWN", {"key": key, "known": known}))
    with tempfile.TemporaryDirectory(prefix="hoga-plan-") as folder:
        ConnectionFile(Path(folder)).write(Kept((replace(chosen[0], enabled=True),)))
        async with open_connections(replace(options, own_folder=Path(folder))) as connections:
            row = await _opened(connections, key)
            plans = connections.plans(Key(key))
            if plans is None or row.desk is None:
                raise _closed(key, row.why)
            await _read(row.desk, key)
            yield plans


async def _opened(connections: OpenConnections, key: str) -> Connection:
    row = None
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            row = await connections.first()
    if row is None or row.standing is not Standing.OPEN:
        raise _closed(key, next((one.why for one in connections.all() if one.why is not None), None))
    return row


async def _read(desk: Desk, key: str) -> None:
    """Wait until the broker's list was read: before that nothing is known of the account."""
    news = asyncio.Event()
    undo = desk.subscribe(lambda change: news.set())
    try:
        async with asyncio.timeout(_PATIENCE):
            while not desk.health().aligned:
                news.clear()
                await news.wait()
    except TimeoutError as error:
        raise _closed(key, None) from error
    finally:
        undo()


def _closed(key: str, why: Message | None) -> NotOpened:
    return NotOpened(Message("HEADLESS_CLOSED", {"key": key, "why": why or Message("HEADLESS_SILENT")}))
