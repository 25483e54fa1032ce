"""The desk's window: header above, watch list at the side, tabs in the middle, strips and status below.

It owns no trading and no tasks. Closing it only hides it and says so (``closing``): whoever built the desk takes it
down and then calls ``close_for_good``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStatusBar, QVBoxLayout, QWhatsThis, QWidget

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.ui.banner import Attention, CancelAll
from hoga.ui.banner.others import OtherAccounts
from hoga.ui.context import Context, Event
from hoga.ui.everywhere import Everywhere
from hoga.ui.exporting import Exporting
from hoga.ui.focus import focus_into
from hoga.ui.frame_actions import FrameActions, FrameSlots
from hoga.ui.header import HeaderBar
from hoga.ui.header.parts import frame_pen, look_of
from hoga.ui.icon import icon
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.looking import LookingOn
from hoga.ui.place import SMALLEST, WindowPlace
from hoga.ui.preferences import Preferences
from hoga.ui.recording import OpenRecording, Recording
from hoga.ui.replay import ReplayBar
from hoga.ui.search import Palette
from hoga.ui.sounds import Player, Sounds
from hoga.ui.status import StatusRow
from hoga.ui.stopping import Stopping
from hoga.ui.switcher import Switcher
from hoga.ui.tabs import Make, Page, Pages
from hoga.ui.toasts import News, ToastStack
from hoga.ui.watch import WatchDock
from hoga.ui.watch.groups import Groups

if TYPE_CHECKING:  # loaded after the first prices, or when they are first opened
    from hoga.ui.rescue.window import RescueWindow
    from hoga.ui.settings.dialog import SettingsDialog

EVERYWHERE = ("stop", "rescue")
"""Heard in dialogs and torn-off panes, too."""
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_MENU = (
    ("search", "account.choose", "connections", "settings", "help.keys"),
    ("watch.show", "watch.float", "layout.reset"),
    ("lock", "amounts"),
    ("export", "record", "replay.open"),
    ("stop", "release", "cancel.all", "queue", "rescue"),
    ("window.close",),
)


class DeskWindow(QMainWindow):
    """Build it with ``make_window``. Signals: closing, when the person wants it gone (it is hidden by then);
    layout_reset: it is to stand as at first."""

    closing = Signal()
    layout_reset = Signal()

    def __init__(
        self,
        context: Context,
        preferences: Preferences,
        pages: Mapping[str, QWidget | Make],
        now: Callable[[], float] = time.monotonic,
        player: Player | None = None,
        parent: QWidget | None = None,
        groups: Groups | None = None,
    ) -> None:
        super().__init__(parent)
        if parent is not None:
            self.setWindowFlags(Qt.WindowType.Widget)
        self.context = context
        self.preferences = preferences
        self.look = look_of(context.desk)
        self._for_good = False
        self._settings: SettingsDialog | None = None
        self._rescue: RescueWindow | None = None
        self._refused: tuple[str, ...] = ()
        self.setObjectName("desk")
        self.setDockNestingEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setWindowIcon(icon(self.look))
        margin = self.look.width
        self.setContentsMargins(margin, margin, margin, margin)
        self.pages = Pages(context, pages, self)
        self.cancel_strip = CancelAll(context, self)
        self.stopping = Stopping(context, self)
        self.frame_actions = FrameActions(context, self.pages, self._slots(), self)
        self.everywhere = Everywhere(context.actions, EVERYWHERE, self)
        self.menu = QMenu(self)
        self.header = HeaderBar(context, self.menu, self)
        if context.accounts is not None:
            self.switcher = Switcher(context, context.accounts, self.header.account, self)
            self.header.retranslate()
            context.accounts.changed.connect(self._title)
        self.attention = Attention(context, self)
        self.others = OtherAccounts(context, self)
        self.looking = LookingOn(context, self)
        self.replay = ReplayBar(context, self)
        self.exporting = Exporting(context, self)
        self.recording = Recording(context, preferences, self)
        self.recordings = OpenRecording(context, preferences, self)
        self.status = StatusRow(context, self, now)
        self.watch = WatchDock(context, self, groups)
        self._lay_out()
        context.actions.attach(self)
        self.palette_box = Palette(context, self)
        self.palette_box.watch_wanted.connect(self.watch.add_one)
        self.palette_box.settings_wanted.connect(self.show_settings)
        self.toasts = ToastStack(context, preferences.file, self, self.watch, self.pages)
        self.news = News(context, self)
        self.sounds = Sounds(context, preferences.file, now, player, self)
        self.place = WindowPlace(self, context.state, SMALLEST, inside=parent is not None)
        self._connect()
        self.retranslate()
        if parent is not None:
            self.resize(parent.size())  # panes are given back as wide as they were only where there is room
        self._restore()

    def _lay_out(self) -> None:
        self.setMenuWidget(self.header)
        # Strips come and go below the tabs: whatever a hand is over keeps its place.
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        for part in (self.replay, self.looking, self.cancel_strip, self.others, self.attention):
            column.addWidget(part)
        self.setCentralWidget(middle)
        bar = QStatusBar(self)
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.status, 1)
        self.setStatusBar(bar)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.watch)

    def _connect(self) -> None:
        context = self.context
        context.tab_wanted.connect(self._show_tab)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self.update)
        context.selected.connect(self._keep_selected)
        self.stopping.pressed.connect(self.cancel_strip.offer)
        self.stopping.changed.connect(self._show_stopped)
        self.pages.changed.connect(self._keep_tab)
        self.pages.made.connect(lambda _page: self._tell_refused_keys())
        context.need = self._need
        context.actions.more = self.pages.make_all
        context.state.trouble.connect(self._tell_trouble)
        self.preferences.file.trouble.connect(self._tell_trouble)

    def _slots(self) -> FrameSlots:
        return FrameSlots(
            search=self._search,
            next_pane=self._next_pane,
            cancel_all=self.cancel_strip.ask,
            cancel_all_why_not=self.cancel_strip.why_not,
            queue=self._show_queue,
            rescue=self.show_rescue,
            settings=lambda: self.show_settings(),
            keys=lambda: self._show_keys(),
            help=self._help,
            what_is=QWhatsThis.enterWhatsThisMode,
            status=self._say_stakes,
            reset_layout=self.reset_layout,
            watch=lambda: self.watch.setVisible(not self.watch.isVisible()),
            float_watch=lambda: self.watch.setFloating(not self.watch.isFloating()),
            close=lambda: self.window().close(),
        )

    # --- life -------------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        self.place.restore()
        state = self.context.state
        if isinstance(tab := state.get("tab"), str) and tab in {page.value for page in Page}:
            self.pages.show_page(Page(tab))
        self.pages.page(self.pages.current)
        self._restore_selected()
        for message in (state.first_trouble, self.preferences.file.first_trouble):
            if message is not None:
                self._tell_trouble(message)
        if not self.preferences.look.font_choice.hangul:
            self._trouble(lambda: self.tr("No installed font can show Korean. Install one, for example Noto Sans KR."))
        self._tell_refused_keys()

    def _tell_refused_keys(self) -> None:
        """Again when a page has brought more of them."""
        actions = self.context.actions
        if (refused := actions.refused()) != self._refused:
            self._refused = refused
            names = ", ".join(actions.text(id) for id in refused)
            self._trouble(
                lambda: self.tr("Without their key, because another action was given it: {names}").format(names=names)
            )

    def _restore_selected(self) -> None:
        """The instrument of last time. A newcomer's first one is chosen by whoever reads the master."""
        kept = read_instrument(self.context.state.get("selected"))
        if self.context.instrument is None and kept is not None:
            self.context.select(kept)

    def _keep_selected(self, chosen: InstrumentId) -> None:
        self.context.state.put("selected", str(chosen))

    def _keep_tab(self, page: Page) -> None:
        self.context.state.put("tab", page.value)

    def keep(self) -> None:
        """Everything that should return at the next start goes to the disk now."""
        self.place.keep()
        self.context.state.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody has heard may be one of a tab that is not made yet: it is made, and the key holds."""
        super().keyPressEvent(event)
        if not event.isAccepted() and self.pages.unmade and event.key() not in _MODIFIERS:
            event.setAccepted(self.context.actions.press(event.keyCombination()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.place.docks_kept:
            self._size_watch()

    def rest(self, resting: bool) -> None:
        """Another account is shown in its place, or this one again. Resting it follows no market."""
        self.place.docks_wanted = not resting
        self.watch.rest(resting)
        if resting:
            self.context.rest()
            if self.watch.isFloating():
                self.watch.hide()
        else:
            self.context.wake()

    def stand_like(self, other: DeskWindow) -> None:
        """Show the same instrument and tab, with the panes where they are in another account's window. A ticket that
        was begun here keeps its instrument."""
        self.place.stand(other.place.docks())
        if other.context.instrument is not None and not self.context.something_typed():
            self.context.select(other.context.instrument)
        self.pages.show_page(other.pages.current)
        self.context.hide_amounts(other.context.hidden)

    def _size_watch(self) -> None:
        self.widen_watch(self.watch.wanted_width(self.width()))

    def widen_watch(self, width: int) -> None:
        """Let the watch list be so wide, where it is docked."""
        if not self.watch.isFloating():
            self.resizeDocks([self.watch], [width], Qt.Orientation.Horizontal)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._for_good:
            event.accept()
            return
        event.ignore()
        self.keep()
        self.hide()
        self.closing.emit()

    def close_for_good(self) -> None:
        """The desk is down: keep where everything stood, end what the window still holds, and go."""
        if self._for_good:
            return
        self._for_good = True
        self.keep()
        self.watch.close_for_good()
        self.sounds.close()
        if self._rescue is not None:
            self._rescue.close()
        self.close()
        self.deleteLater()

    # --- what the frame does ----------------------------------------------------------------------------------------

    def show_settings(self, find: str = "") -> SettingsDialog:
        """Open the settings, or bring them to the front."""
        from hoga.ui.settings.dialog import SettingsDialog

        if self._settings is None:
            self._settings = SettingsDialog(self.context, self.preferences, self)
            self._settings.destroyed.connect(self._settings_gone)
        self._settings.show_only(find)
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()
        return self._settings

    def show_rescue(self) -> RescueWindow:
        """Open the rescue window, or bring it to the front."""
        from hoga.ui.rescue.window import RescueWindow

        if self._rescue is None:
            self._rescue = RescueWindow(self.context)
            self._rescue.closed.connect(self._rescue_gone)
        self._rescue.come()
        return self._rescue

    def _rescue_gone(self) -> None:
        self._rescue = None

    def _settings_gone(self) -> None:
        self._settings = None

    def reset_layout(self) -> None:
        self.context.state.forget_layout()
        self.place.reset()
        self.watch.show()
        self._size_watch()
        self.context.layout_reset.emit()
        self.layout_reset.emit()

    def _need(self, page: str) -> None:
        self.pages.page(Page(page))

    def _search(self) -> None:
        self.palette_box.open_at(self.watch.search)

    def _show_tab(self, name: str) -> None:
        self.pages.show_page(Page(name))

    def panes(self) -> list[QWidget]:
        """What F6 goes through, in order."""
        panes: list[QWidget] = [
            self.watch,
            self.pages.row,
            self.pages.page(self.pages.current),
            self.status,
            self.header,
        ]
        return [pane for pane in panes if pane.isVisible()]

    def _next_pane(self, step: int) -> None:
        panes = self.panes()
        focus = QApplication.focusWidget()
        here = next(
            (k for k, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))), -1
        )
        for offset in range(1, len(panes) + 1):
            if focus_into(panes[(here + step * offset) % len(panes)]):
                return

    def _show_queue(self) -> None:
        from hoga.ui.queue import show_queue

        show_queue(self.context, self)

    def _show_keys(self, about: QWidget | None = None) -> None:
        """Of the whole window, or first those of a pane."""
        from hoga.ui.keys_dialog import KeysDialog

        KeysDialog(self.context, self, about=about).open()

    def _help(self) -> None:
        self._show_keys(about=self.pages.page(self.pages.current))

    def _say_stakes(self) -> None:
        self.context.say(Event.NOTE, self.header.stakes_sentence(), merge="stakes")

    def tell_failure(self, task: str) -> None:
        """Something of ours failed and nobody caught it: said once for each place, with where to look."""

        def text() -> str:
            words = self.tr("Something failed inside ({task}). No order was sent twice; the log has the details.")
            return words.format(task=task)

        self.context.say(Event.NOTE, text, merge=f"failure:{task}", sticky=True)

    def _tell_trouble(self, message: Message) -> None:
        self._trouble(lambda: self.context.worded(message))

    def _trouble(self, text: Callable[[], str]) -> None:
        self.context.say(Event.NOTE, text, merge=text(), sticky=True, account="")

    # --- how it looks -----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self._title()
        self.menu.clear()
        for group in _MENU:
            for id in group:
                if (action := self.context.actions.action(id)) is not None:
                    self.menu.addAction(action)
            self.menu.addSeparator()

    def _title(self) -> None:
        stopped = f"{self.tr('■ STOPPED')} · " if self.stopping.since is not None else ""
        looking = f"{self.tr('Read only')} · " if self.context.desk.read_only is not None else ""
        self.setWindowTitle(f"{stopped}{looking}{self.look.words} · {self.header.account_words()} · {self.tr('hoga')}")

    def _show_stopped(self) -> None:
        """The header, the strip, the status bar and the title say so in the same moment."""
        self._title()
        self.header.refresh()
        self.attention.refresh()
        self.status.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.context.tokens.raised))
        painter.setPen(frame_pen(self.look))
        half = self.look.width // 2
        painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))

    def event(self, event: QEvent) -> bool:
        """ "What is this?" (Shift+F1) shows the tooltip of what is pressed, or of the nearest thing around it."""
        if event.type() == QEvent.Type.QueryWhatsThis:
            event.accept()
            return True
        if event.type() == QEvent.Type.WhatsThis and isinstance(event, QHelpEvent):
            QWhatsThis.showText(event.globalPos(), self.explanation(event.globalPos()), self)
            return True
        return super().event(event)

    def explanation(self, at: QPoint) -> str:
        """What stands at a point of the screen, in its own words."""
        part: QWidget | None = self.childAt(self.mapFromGlobal(at))
        while part is not None and not part.toolTip():
            part = part.parentWidget()
        return part.toolTip() if part is not None else self.header.stakes_sentence()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._size_watch()
            self.update()


def make_window(
    context: Context,
    preferences: Preferences,
    pages: Mapping[str, QWidget | Make],
    *,
    now: Callable[[], float] = time.monotonic,
    player: Player | None = None,
    parent: QWidget | None = None,
    groups: Groups | None = None,
) -> DeskWindow:
    """The window with these pages in their tabs (``quote``, ``order``, ``pending``, ``plan``, ``holdings``, ``fills``,
    ``activity``; a missing one is a disabled tab, one given as a function is made when it is first asked for). Not
    shown yet. ``player`` replaces the system's sounds. With a ``parent`` it is a part of that window; ``groups``: the
    watch lists that it shares with other windows."""
    return DeskWindow(context, preferences, pages, now, player, parent, groups)
