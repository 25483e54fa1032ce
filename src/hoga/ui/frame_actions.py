"""What the frame itself can do, each with its key: tabs, panes, locking, hiding amounts, cancelling all, settings."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject

from hoga.ui.context import Context
from hoga.ui.page import Page, page_text
from hoga.ui.tabs import Pages


class FrameSlots(Struct, frozen=True):
    """What the window does when asked."""

    search: Callable[[], None]
    next_pane: Callable[[int], None]
    cancel_all: Callable[[], None]
    cancel_all_why_not: Callable[[], str]
    queue: Callable[[], object]
    rescue: Callable[[], object]
    settings: Callable[[], object]
    keys: Callable[[], None]
    help: Callable[[], None]
    what_is: Callable[[], None]
    status: Callable[[], None]
    reset_layout: Callable[[], None]
    watch: Callable[[], None]
    float_watch: Callable[[], None]
    close: Callable[[], object]


class FrameActions(QObject):
    """Registers the frame's actions once."""

    def __init__(self, context: Context, pages: Pages, slots: FrameSlots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages = pages
        self._add_tabs()
        self._add_trading(slots)
        self._add_window(slots)
        self._add_help(slots)
        context.lock_changed.connect(self._locked)
        context.language_changed.connect(context.actions.retranslate)
        self._locked()

    def _add_tabs(self) -> None:
        for place, page in enumerate(Page, start=1):
            self._add_tab(page, f"Ctrl+{place}")
        add = self._context.actions.add
        add("tab.next", lambda: self.tr("Next tab"), lambda: self._pages.turn(1), shortcut="Ctrl+Tab")
        add("tab.previous", lambda: self.tr("Previous tab"), lambda: self._pages.turn(-1), shortcut="Ctrl+Shift+Tab")

    def _add_tab(self, page: Page, key: str) -> None:
        self._context.actions.add(
            f"tab.{page.value}",
            lambda: page_text(page).title,
            lambda: self._pages.show_page(page),
            shortcut=key,
            tooltip=lambda: page_text(page).about,
            why_not=lambda: self._pages.why_not(page),
        )

    def _add_trading(self, slots: FrameSlots) -> None:
        add = self._context.actions.add
        add(
            "cancel.all",
            lambda: self.tr("Cancel all"),
            slots.cancel_all,
            shortcut="Ctrl+Shift+X",
            tooltip=lambda: self.tr("Every working order of every open account, whatever its instrument. Asks once."),
            why_not=slots.cancel_all_why_not,
        )
        add(
            "queue",
            lambda: self.tr("Waiting to leave…"),
            slots.queue,
            shortcut="Ctrl+Shift+W",
            tooltip=lambda: self.tr("What waits here for its turn, and why. Each can be taken back."),
        )
        add(
            "rescue",
            lambda: self.tr("Rescue window"),
            slots.rescue,
            shortcut="Ctrl+Shift+F12",
            tooltip=lambda: self.tr(
                "When all else fails: open orders, positions and the broker's telephone in a plain window."
            ),
        )
        add(
            "lock",
            lambda: self.tr("Unlock") if self._context.locked else self.tr("Lock"),
            lambda: self._context.set_locked(not self._context.locked),
            shortcut="Ctrl+L",
            tooltip=lambda: self.tr("Locked, nothing that trades can be pressed. Cancelling stays possible."),
        )
        add(
            "amounts",
            lambda: self.tr("Show amounts") if self._context.hidden else self.tr("Hide amounts"),
            lambda: self._hide(not self._context.hidden),
            shortcut="Ctrl+H",
            tooltip=lambda: self.tr("For when somebody looks over your shoulder."),
        )

    def _add_window(self, slots: FrameSlots) -> None:
        add = self._context.actions.add
        add(
            "search",
            lambda: self.tr("Find"),
            slots.search,
            shortcut=("Ctrl+K", "/"),
            tooltip=lambda: self.tr(
                "An instrument by name, initials, code or nickname; an action; an order; a setting."
            ),
        )
        add("pane.next", lambda: self.tr("Next pane"), lambda: slots.next_pane(1), shortcut="F6")
        add("pane.previous", lambda: self.tr("Previous pane"), lambda: slots.next_pane(-1), shortcut="Shift+F6")
        add("watch.show", lambda: self.tr("Show or hide the watch list"), slots.watch, shortcut="Ctrl+B")
        add("watch.float", lambda: self.tr("Tear the watch list off, or put it back"), slots.float_watch)
        add(
            "layout.reset",
            lambda: self.tr("Reset the layout"),
            slots.reset_layout,
            shortcut="Ctrl+Shift+0",
            tooltip=lambda: self.tr("Window, panes and columns as they were at first."),
        )
        add("settings", lambda: self.tr("Settings…"), slots.settings, shortcut="Ctrl+,")
        add("window.close", lambda: self.tr("Close"), slots.close, shortcut="Ctrl+Q")

    def _add_help(self, slots: FrameSlots) -> None:
        add = self._context.actions.add
        add("help.pane", lambda: self.tr("Help for this pane"), slots.help, shortcut="F1")
        add("help.what", lambda: self.tr("What is this?"), slots.what_is, shortcut="Shift+F1")
        add("help.keys", lambda: self.tr("All keys…"), slots.keys, shortcut="Ctrl+/")
        add("help.status", lambda: self.tr("What is at stake"), slots.status)

    def _hide(self, hidden: bool) -> None:
        self._context.hide_amounts(hidden)
        self._context.actions.refresh("amounts")

    def _locked(self) -> None:
        actions = self._context.actions
        actions.lock((lambda: self.tr("The account is locked: Ctrl+L.")) if self._context.locked else None)
        actions.refresh("lock")
