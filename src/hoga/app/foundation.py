"""What every connection of a desk stands on: its folder and lock, log, secrets, and the practice exchange.

Built once, in this order, and taken down in reverse.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct

from hoga.app.exchange import PracticeExchange
from hoga.app.options import DeskOptions
from hoga.base.file_lock import held
from hoga.base.logs import start_logging
from hoga.base.scrub import Scrubber
from hoga.broker.tokens import IssueTurn
from hoga.secrets import ConnectionSecrets
from hoga.storage.folder import DataFolder

_ISSUE_PATIENCE = 20.0
"""Wire seconds that one asker for a token waits for another: longer than any answer takes."""


class Foundation(Struct, frozen=True):
    """``folder``: the desk's own. ``issuing``: whose turn it is to ask for a token, shared by all who share
    ``secrets``."""

    folder: Path
    scrubber: Scrubber
    exchange: PracticeExchange
    secrets: ConnectionSecrets
    shared: Path

    def issuing(self, name: str) -> IssueTurn:
        """The turn of the token called ``name``, among every desk and command on this exchange or in this folder."""
        safe = "".join(char if char.isalnum() or char in "-_@" else "-" for char in name)
        return partial(held, self.shared / f"{safe}.lock", _ISSUE_PATIENCE)


@asynccontextmanager
async def foundation(options: DeskOptions, secrets: ConnectionSecrets | None = None) -> AsyncIterator[Foundation]:
    """Raises FolderLocked and StorageError. Asks nothing of the keyring or the network."""
    async with AsyncExitStack() as parts:
        folder = parts.enter_context(DataFolder(options.desk))
        scrubber = Scrubber()
        log = start_logging(folder.path / "logs" / "hoga.log", scrubber)
        parts.callback(log.close)
        exchange = PracticeExchange(options)
        parts.push_async_callback(exchange.aclose)
        vault = secrets or ConnectionSecrets(options.exchange)
        yield Foundation(folder.path, scrubber, exchange, vault, options.exchange / "locks")
