"""A single desk on Practice, for terminals, pictures and rehearsals: built part by part, taken down in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from msgspec import Struct

from hoga.app.building import (
    NAMES,
    make_broker,
    open_desk,
    practice_host,
    practice_keys,
    practice_surroundings,
)
from hoga.app.foundation import foundation
from hoga.app.options import ENVIRONMENTS, DeskOptions
from hoga.base.message import Message
from hoga.broker.practice_link import PracticeLink
from hoga.broker.throttle import Meter
from hoga.broker.tokens import TokenPlace
from hoga.plans.facade import Plans
from hoga.trading.connection_desk import ConnectionDesk

__all__ = ["DeskOptions", "OpenDesk", "practice_desk"]


class OpenDesk(Struct, frozen=True):
    """A desk that runs, with what a view needs to name it."""

    desk: ConnectionDesk
    plans: Plans
    link: PracticeLink
    title: str
    notices: tuple[Message, ...]
    meter: Callable[[], Meter]
    """What of the account's rate budget is left."""
    round_trip: Callable[[], float | None]
    """Seconds that the last exchange with the broker took."""

    def trouble(self) -> Message | None:
        """What is wrong outside the desk: the exchange is gone, silent, being started again."""
        return self.link.why

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that ``trouble`` may be another; returns its own undo."""
        return self.link.listen(lambda _state: listener())


@asynccontextmanager
async def practice_desk(options: DeskOptions) -> AsyncIterator[OpenDesk]:
    """A desk on Practice, open until the block ends. Raises FolderLocked, StorageError or PracticeUnavailable."""
    async with foundation(options) as base, AsyncExitStack() as parts:
        link = await base.exchange.ready()
        profile, _ = ENVIRONMENTS[options.environment or "real"]
        keys = next(one for one in link.endpoint.accounts if one.profile is profile)
        host = practice_host(keys, link)
        vault = base.secrets.store(f"{profile.value}@{link.connection_name}")
        around = practice_surroundings(link, vault, TokenPlace(turn=base.issuing(f"{profile.value}@{host.name}")))
        broker = make_broker(host, practice_keys(keys), around, base.scrubber)
        opened = await open_desk(broker, around, base.folder, base.scrubber)
        parts.push_async_callback(opened.aclose)
        title = f"연습 PRACTICE · {NAMES[profile]} {broker.account.label}"
        yield OpenDesk(opened.desk, opened.plans, link, title, (), lambda: broker.meter, lambda: broker.round_trip)
