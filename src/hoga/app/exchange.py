"""The one practice exchange of a desk: joined, or started, when the first connection needs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from hoga.app.options import DeskOptions
from hoga.base.tasks import TaskOwner
from hoga.broker.practice_link import LinkState, PracticeLink, PracticeUnavailable, start_or_join

_log = logging.getLogger(__name__)


class PracticeExchange:
    """``aclose`` ends it in good order, if it was started here and ``options`` say so."""

    def __init__(self, options: DeskOptions) -> None:
        self._options = options
        self._tasks = TaskOwner("practice exchange", on_error=_told_to_who_asked)
        self._starting: asyncio.Task[PracticeLink] | None = None
        self._listeners: list[Callable[[LinkState], None]] = []
        self.link: PracticeLink | None = None
        """None until somebody asked for it and it was there."""

    async def ready(self) -> PracticeLink:
        """The link to it; whoever asks while it is being started waits for the same start. Raises PracticeUnavailable,
        after which the next call tries anew."""
        if self.link is not None:
            return self.link
        if self._starting is None or self._starting.done():
            self._starting = self._tasks.start("start", self._start())
        if self._starting is None:
            raise RuntimeError("a start that has ended cannot be dropped")
        return await asyncio.shield(self._starting)

    def listen(self, listener: Callable[[LinkState], None]) -> Callable[[], None]:
        """Hear every change of the link's state, from whenever there is a link; returns its own undo."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def aclose(self) -> None:
        await self._tasks.aclose()
        link, self.link = self.link, None
        if link is not None:
            await link.aclose(end_exchange=self._options.end_exchange)

    async def _start(self) -> PracticeLink:
        link = await start_or_join(self._options.exchange, options=self._options.practice)
        link.listen(self._changed)
        self.link = link
        return link

    def _changed(self, state: LinkState) -> None:
        for listener in list(self._listeners):
            listener(state)


def _told_to_who_asked(task: str, error: BaseException) -> None:
    if not isinstance(error, PracticeUnavailable):
        _log.error("%s failed", task, exc_info=error)
