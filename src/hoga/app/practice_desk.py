"""A desk on Practice: every part built once, in order, and taken down in reverse.

Order: data folder (its lock first), log, practice exchange (joined or started), secrets, adapter, journal, desk.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from hoga.base.logs import start_logging
from hoga.base.message import Message
from hoga.base.scrub import Scrubber
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.practice_link import LinkState, PracticeLink, start_or_join
from hoga.broker.throttle import Meter
from hoga.domain.accounts import WireProfile
from hoga.domain.sessions import AlwaysOpen
from hoga.secrets import choose_store
from hoga.storage.database import Database
from hoga.storage.folder import DataFolder
from hoga.trading.connection_desk import ConnectionDesk

PROFILES = {"real": WireProfile.KIS_REAL, "paper": WireProfile.KIS_PAPER}
_NAMES = {WireProfile.KIS_REAL: "KIS", WireProfile.KIS_PAPER: "KIS 모의"}


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """Where a desk lives and what it opens. ``practice`` are options handed on to ``hoga practice`` when it starts.

    ``own_folder`` keeps the desk's own files elsewhere than in ``data``, where the exchange is.
    """

    data: Path
    environment: str = "real"
    practice: tuple[str, ...] = ()
    end_exchange: bool = True
    own_folder: Path | None = None

    @property
    def desk(self) -> Path:
        """The folder with the desk's journal, log and settings."""
        return self.own_folder or self.data / "desk"


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that runs, with what a view needs to name it."""

    desk: ConnectionDesk
    link: PracticeLink
    title: str
    notices: tuple[Message, ...]
    meter: Callable[[], Meter]
    """What of the account's rate budget is left."""
    round_trip: Callable[[], float | None]
    """Seconds that the last exchange with the broker took."""


@asynccontextmanager
async def practice_desk(options: DeskOptions) -> AsyncIterator[OpenDesk]:
    """A desk on Practice, open until the block ends. Raises FolderLocked, StorageError or PracticeUnavailable."""
    async with AsyncExitStack() as parts:
        folder = parts.enter_context(DataFolder(options.desk))
        scrubber = Scrubber()
        log = start_logging(folder.path / "logs" / "hoga.log", scrubber)
        parts.callback(log.close)
        link = await start_or_join(options.data / "practice", options=options.practice)
        parts.push_async_callback(link.aclose, end_exchange=options.end_exchange)
        chosen = await choose_store(options.data / "practice")
        keys = next(one for one in link.endpoint.accounts if one.profile is PROFILES[options.environment])
        broker = KisBroker(
            KisHost.on_practice(keys.profile, keys.rest, keys.ws, link.connection_name),
            KisKeys(keys.appkey, keys.appsecret, keys.hts_id),
            keys.account.reveal(),
            link.clock,
            chosen.store,
            scrubber=scrubber,
        )
        parts.callback(link.listen(lambda state: broker.hurry() if state is LinkState.UP else None))
        database = Database(folder.path / f"{broker.account.connection}.sqlite")
        parts.push_async_callback(database.aclose)
        desk = ConnectionDesk(broker, database, link.clock, AlwaysOpen(), scrubber.value)
        parts.push_async_callback(desk.aclose)
        parts.callback(link.listen(lambda _state: desk.market_silent(link.why)))
        await desk.open()
        title = f"연습 PRACTICE · {_NAMES[keys.profile]} {broker.account.label}"
        # Practice keeps its own keys; what the keyring says matters only to connections of real brokers.
        yield OpenDesk(desk, link, title, (), lambda: broker.meter, lambda: broker.round_trip)
