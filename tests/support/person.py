"""A person at the whole desk: real window, real desk, real exchange; they click, type and look until they see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoga.app import DeskOptions, practice_desk
from hoga.app.desk_window import DeskView
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.ticks import price_grid
from hoga.domain.values import Price
from hoga.ui.chart.pane import ChartPane
from hoga.ui.context import FRAME_MS
from hoga.ui.order.page import OrderPage
from hoga.ui.pending.pane import PendingPane
from hoga.ui.quote.page import QuotePage
from hoga.ui.settings_file import When
from hoga.ui.tabs import Page

PATIENCE_S = 12.0
_BEATS_S = 3 * FRAME_MS / 1000
_LOOK_S = 0.01
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class NotSeen(AssertionError):
    """What a person waited for did not appear."""


class Person:
    """Looks at one window and works it. Clicks go to what is painted, keys to what has the focus."""

    def __init__(self, view: DeskView) -> None:
        self.view = view
        self.window = view.window
        self.context = view.context
        self.desk = view.context.desk

    # --- looking ----------------------------------------------------------------------------------------------------

    async def sees(self, holds: Callable[[], object], what: str) -> None:
        """Wait until it can be seen. Raises NotSeen.

        The desk knows before the window has painted it, which it does with its next beats: nobody's hand is faster.
        """
        looks = round(PATIENCE_S / _LOOK_S)
        for _ in range(looks):
            if holds():
                await asyncio.sleep(_BEATS_S)
                return
            await asyncio.sleep(_LOOK_S)
        raise NotSeen(what)

    @property
    def quote(self) -> QuotePage:
        page = self.window.pages.page(Page.QUOTE)
        assert isinstance(page, QuotePage)
        return page

    @property
    def order(self) -> OrderPage:
        page = self.window.pages.page(Page.ORDER)
        assert isinstance(page, OrderPage)
        return page

    @property
    def pending(self) -> PendingPane:
        page = self.window.pages.page(Page.PENDING)
        assert isinstance(page, PendingPane)
        return page

    @property
    def chart(self) -> ChartPane:
        """The chart of the Quote tab."""
        found = self.quote.findChildren(ChartPane)
        assert len(found) == 1
        return found[0]

    def best(self, side: Side) -> Price | None:
        """The best price of a side, as the window was told it; None before a book came."""
        assert self.context.instrument is not None
        book = self.desk.board.book(self.context.instrument)
        if not isinstance(book, Known):
            return None
        return book.value.best_bid if side is Side.BUY else book.value.best_ask

    def step(self, price: Price, ticks: int) -> Price:
        """So many ticks higher or lower."""
        assert self.context.instrument is not None
        known = self.context.known(self.context.instrument)
        assert known is not None
        return price_grid(known, self.desk.schedule.rules_day(self.desk.clock.now().date())).step(price, ticks)

    def held(self, code: str) -> int:
        """Shares held, as the desk shows them."""
        holdings = self.desk.portfolio().holdings
        if not isinstance(holdings, Known):
            return 0
        return sum(one.position.quantity.count for one in holdings.value if one.position.instrument.code == code)

    def open_orders(self) -> list[Order]:
        return [order for order in self.desk.orders() if not order.state.over]

    # --- doing ------------------------------------------------------------------------------------------------------

    async def by_hand(self, deed: Callable[[], object]) -> None:
        """Do it outside of any task: QTest turns Qt's loop by itself, which inside a task loses other wake-ups."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()

        def do() -> None:
            try:
                deed()
            except Exception as error:  # noqa: BLE001 handed on to who waits
                done.set_exception(error)
            else:
                done.set_result(None)

        loop.call_soon(do)
        await done

    async def click(self, widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
        assert widget.isVisible(), f"{widget.objectName() or widget} cannot be seen"
        place = at or widget.rect().center()
        await self.by_hand(lambda: QTest.mouseClick(widget, button, NO_KEYS, place))

    async def hover(self, widget: QWidget) -> None:
        """Bring the pointer over it, as a hand does before it presses."""
        await self.by_hand(lambda: QTest.mouseMove(widget, widget.rect().center()))

    async def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        def deed() -> None:
            QTest.mouseMove(widget, start)
            QTest.mousePress(widget, LEFT, NO_KEYS, start)
            for step in range(1, 6):
                QTest.mouseMove(widget, start + (end - start) * step / 5)
            QTest.mouseRelease(widget, LEFT, NO_KEYS, end)

        await self.by_hand(deed)

    async def key(self, *chords: str) -> None:
        """Press keys where the focus is: ``key("Ctrl+K")``, ``key("Return")``."""
        for chord in chords:
            *modifiers, name = chord.split("+")
            held = NO_KEYS
            for one in modifiers:
                held |= _MODIFIERS[one]
            key = getattr(Qt.Key, f"Key_{name}")
            await self.by_hand(lambda key=key, held=held: QTest.keyClick(self.focused(), key, held))  # type: ignore[misc]

    async def type(self, text: str) -> None:
        """Digits and Latin letters, key by key, where the focus is."""
        await self.by_hand(lambda: QTest.keyClicks(self.focused(), text))

    async def compose(self, text: str) -> None:
        """Hangul as an input method writes it: seen while composed, then committed."""

        def deed() -> None:
            target = self.focused()
            for letter in text:
                QApplication.sendEvent(target, QInputMethodEvent(letter, []))
                done = QInputMethodEvent("", [])
                done.setCommitString(letter)
                QApplication.sendEvent(target, done)

        await self.by_hand(deed)

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    async def find(self, text: str, code: str) -> None:
        """Search as a person does and take the first hit."""
        await self.key("Ctrl+K")
        await self.sees(lambda: self.window.palette_box.edit.hasFocus(), "the search box has the focus")
        self.window.palette_box.edit.clear()
        await self.compose(text)
        hits = self.window.palette_box.hits
        await self.sees(lambda: hits.hits and getattr(hits.hits[0].key, "code", "") == code, f"{code} is the first hit")
        await self.key("Return")
        await self.sees(lambda: self.context.instrument and self.context.instrument.code == code, f"{code} is shown")

    async def click_tab(self, page: Page) -> None:
        row = self.window.pages.row
        await self.click(row, row.tabRect(list(Page).index(page)).center())
        await self.sees(lambda: self.window.pages.current is page, f"tab {page.value}")

    async def show(self, tab: str) -> None:
        self.context.show_tab(tab)
        await self.sees(lambda: self.window.pages.current.value == tab, f"tab {tab}")


@asynccontextmanager
async def at_the_desk(app: QApplication, data: Path, *practice: str, keep: bool = False) -> AsyncIterator[Person]:
    """Open the whole desk on Practice in ``data`` and leave it in good order. ``keep``: settings and state on disk."""
    async with practice_desk(DeskOptions(data, practice=practice)) as opened:
        files = (data / "desk" / "settings.json", data / "desk" / "window.json") if keep else (None, None)
        view = DeskView(app, opened, *files)
        try:
            view.preferences.file.change(sounds=When.OFF)
            view.window.resize(1366, 768)
            view.show()
            view.window.activateWindow()
            person = Person(view)
            await view.instruments_read.wait()
            await person.sees(lambda: QApplication.activeWindow() is view.window, "the window is active")
            yield person
        finally:
            await view.aclose()
