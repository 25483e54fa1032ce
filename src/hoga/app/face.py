"""One account in a window: its context, its pages, and what must be heard of it while nobody looks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import BrokerError
from hoga.broker.throttle import Meter
from hoga.domain.instruments import InstrumentId
from hoga.plans.facade import Plans
from hoga.trading.facade import Desk
from hoga.ui.accounts import Accounts
from hoga.ui.context import Context
from hoga.ui.plan import PlanNews
from hoga.ui.preferences import Preferences
from hoga.ui.sounds import Player, Sounds
from hoga.ui.state import StateStore
from hoga.ui.tabs import Make, Page, Pages
from hoga.ui.toasts import News
from hoga.ui.watch.groups import Groups
from hoga.ui.window import DeskWindow, make_window

if TYPE_CHECKING:
    from hoga.ui.plan.accounts import Others

_log = logging.getLogger(__name__)
FIRST = InstrumentId("005930")
"""What a newcomer sees first: the name that everybody knows and that trades every second."""
_PAUSES = (0.5, 1.0, 2.0, 5.0)
_FIRST_PAGE_S, _NEXT_PAGE_S = 3.0, 0.3
"""Until the first tab is made that nobody has looked at, at the most; and between two."""
_BREATH_S = 0.02
"""Between two pieces of one."""
_MADE_OF = {
    "order": ("hoga.ui.order.ladder", "hoga.ui.order"),
    "pending": ("hoga.ui.pending", "hoga.ui.together"),
}
"""Where it is more than one package, or another one."""


class Opened(Protocol):
    """An open desk with what a window shows beside it."""

    @property
    def desk(self) -> Desk: ...

    @property
    def plans(self) -> Plans | None: ...

    @property
    def meter(self) -> Callable[[], Meter | None]: ...

    @property
    def round_trip(self) -> Callable[[], float | None]: ...

    def trouble(self) -> Message | None:
        """What is wrong outside the desk."""
        ...

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that ``trouble`` may be another; returns its own undo."""
        ...


def pages_of(
    context: Context, plans: Plans | None, others: Others = tuple, news: PlanNews | None = None
) -> dict[str, Make]:
    """How the tabs of one account are made, by name; without plans where the desk only looks on. What a tab is made of
    is loaded when it is first wanted. ``news``: of its plans."""
    return {
        "quote": partial(_quote, context),
        "order": partial(_order, context),
        "pending": partial(_with_others, context, "pending"),
        **({} if plans is None else {"plan": partial(_plan, context, plans, others, news)}),
        "holdings": partial(_with_others, context, "holdings"),
        "fills": partial(_with_others, context, "fills"),
        "activity": partial(_activity, context),
    }


def _parts_of(page: str) -> list[str]:
    """The modules that a tab is made of. Those that are loaded already cost nothing."""
    parts = []
    for package in _MADE_OF.get(page, (f"hoga.ui.{page}",)):
        found = find_spec(package)
        places = None if found is None else found.submodule_search_locations
        parts += [f"{package}.{module.name}" for module in iter_modules(places)] if places else []
    return parts


def _quote(context: Context) -> QWidget:
    from hoga.ui import chart, quote

    return quote.make(context, chart.make(context))


def _order(context: Context) -> QWidget:
    from hoga.ui import chart, order

    return order.make(context, chart.make_mini(context))


def _with_others(context: Context, name: str) -> QWidget:
    """One account's page, and the same of all accounts where there are others."""
    own: QWidget = import_module(f"hoga.ui.{name}").make(context)
    if context.accounts is None:
        return own
    from hoga.ui.together import with_others

    return with_others(context, name, own)


def _plan(context: Context, plans: Plans, others: Others, news: PlanNews | None) -> QWidget:
    from hoga.ui import plan

    return plan.make(context, plans, others, news, at_once=False)


def _activity(context: Context) -> QWidget:
    from hoga.ui import activity

    return activity.make(context)


class Face:
    """Bound to one desk for life. Its window is made when it is first shown; until then its orders are heard of."""

    def __init__(
        self,
        opened: Opened,
        state: StateStore,
        accounts: Accounts | None = None,
        player: Player | None = None,
        others: Others = tuple,
    ) -> None:
        self.instruments_read = asyncio.Event()
        self.failed: Callable[[str], None] = lambda task: None
        """Hears the name of a task of it that failed."""
        self.tasks = TaskOwner("window", self._failed)
        self.context = Context(opened.desk, self.tasks, Language.KO)
        self.context.state = state
        self.context.words = words
        self.context.accounts = accounts
        if accounts is not None:
            self.context.desks = accounts.desks
        self.context.plans = opened.plans
        self.context.meter, self.context.round_trip = opened.meter, opened.round_trip
        self.window: DeskWindow | None = None
        self.tabs: tuple[str, ...] = ()
        self._opened = opened
        self._player = player
        self._others = others
        self._news: News | None = None
        self._sounds: Sounds | None = None
        self._preferences: Preferences | None = None
        self._plan_news = None if opened.plans is None else PlanNews(self.context, opened.plans, self.context)
        self._deaf_to_plans = None
        if opened.plans is not None and self._plan_news is not None:
            self._deaf_to_plans = opened.plans.subscribe(self._plan_news.look)
        self._deaf: Callable[[], None] | None = opened.listen(self._look)
        self._look()

    def _look(self) -> None:
        self.context.set_trouble(self._opened.trouble())

    def listen_only(self, preferences: Preferences) -> None:
        """Without a window: tell what happens to its orders all the same."""
        self._preferences = preferences
        self._news = News(self.context, self.context)
        self._sounds = Sounds(self.context, preferences.file, time.monotonic, self._player, self.context)

    def make_window(
        self, preferences: Preferences, parent: QWidget | None = None, groups: Groups | None = None
    ) -> DeskWindow:
        """Its window, made at the first call."""
        if self.window is None:
            pages = pages_of(self.context, self._opened.plans, self._others, self._plan_news)
            self.tabs = tuple(pages)
            self._hush()
            self.window = make_window(
                self.context, preferences, pages, player=self._player, parent=parent, groups=groups
            )
            self.failed = self.window.tell_failure
        return self.window

    def start(self) -> None:
        """Begin to beat, and read the symbol master beside it; then make the tabs that nobody has looked at yet."""
        self.context.start()
        self.tasks.start("symbol master", self._read_master(), busy=Busy.DROP)
        self.tasks.start("pages", self._make_pages(), busy=Busy.DROP)

    def _hush(self) -> None:
        """Its window says it from here on."""
        if self._sounds is not None and self._news is not None:
            self._sounds.close()
            for part in (self._sounds, self._news):
                part.deleteLater()
            self.context.orders_changed.disconnect(self._news.look)
            self.context.health_changed.disconnect(self._news.look_at_health)
            self.context.toast.disconnect(self._sounds.heard)
            self.context.sound_wanted.disconnect(self._sounds.play)
        self._news = self._sounds = None

    def silence(self) -> None:
        """Its desk is about to close: nothing of it is asked any more."""
        if self._deaf is not None:
            self._deaf()
            self._deaf = None
            if self._deaf_to_plans is not None:
                self._deaf_to_plans()
            self.context.stop()

    async def aclose(self) -> None:
        """End the beat and every task, keep where everything stood, and free the window."""
        self.silence()
        self._hush()
        if self.window is not None:
            self.window.keep()
            self.window.hide()
        await self.tasks.aclose()
        if self.window is not None:
            self.window.close_for_good()
        self.context.deleteLater()

    async def _make_pages(self) -> None:
        """In pieces, with room between them for whoever works already: each is there before a hand reaches for it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FIRST_PAGE_S):
                await self.instruments_read.wait()
        await asyncio.sleep(_NEXT_PAGE_S)
        while self._deaf is not None and self.window is not None and (unmade := self.window.pages.unmade):
            await self._make_page(self.window.pages, unmade[0])
            await asyncio.sleep(_NEXT_PAGE_S)

    async def _make_page(self, pages: Pages, page: Page) -> None:
        for part in _parts_of(page.value):
            import_module(part)
            await asyncio.sleep(_BREATH_S)
        for _ in pages.in_pieces(page):
            await asyncio.sleep(_BREATH_S)

    async def _read_master(self) -> None:
        """Names and search come with it. It is asked for until it is there."""
        tries = 0
        while True:
            try:
                instruments = await self.context.desk.instruments()
                break
            except BrokerError as error:
                _log.warning("the symbol master could not be read: %s", error)
                await asyncio.sleep(_PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
        if self.context.instrument is None and any(one.id == FIRST for one in instruments):
            self.context.select(FIRST)
        self.context.set_instruments(instruments)
        self.instruments_read.set()

    def _failed(self, task: str, error: BaseException) -> None:
        _log.error("task %s failed", task, exc_info=error)
        self.failed(task)
