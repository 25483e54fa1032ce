"""What every view shares: the desk behind it, the selected instrument, language, theme, and the beat of the frame.

Views hold no trading state. They read immutable snapshots from ``desk`` when a signal says that something changed, and
repaint market data when ``frame`` names an instrument that they show.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from hoga.base.message import Language, Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import Stream, StreamHealth
from hoga.broker.throttle import Meter
from hoga.domain.accounts import Account, Stakes
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known
from hoga.domain.search import SearchIndex
from hoga.domain.values import Price
from hoga.trading.day_curve import DayCurve
from hoga.trading.facade import Desk
from hoga.trading.views import Change, Part
from hoga.ui.accounts import Accounts, broker_word
from hoga.ui.actions import Actions
from hoga.ui.beat import FRAME_MS as FRAME_MS
from hoga.ui.beat import Beat
from hoga.ui.event import Event as Event
from hoga.ui.loop import hurried, in_a_hurry
from hoga.ui.retelling import Later, Retelling
from hoga.ui.state import StateStore
from hoga.ui.theme.tokens import STAKES, Scheme, Tokens, UpDown, tokens
from hoga.ui.words import in_words

if TYPE_CHECKING:  # plans come after the first paint
    from hoga.plans.facade import Plans


class Toast(Struct, frozen=True):
    """A short word in the corner. Equal ``merge`` keys become one line; ``sticky`` ones stay until closed."""

    event: Event
    text: str
    merge: str = ""
    sticky: bool = False
    undo: Callable[[], None] | None = None
    undo_text: str = ""
    account: str | None = None
    """Whose it is, said where there are several accounts; None: the account's whose window says it. Empty: of none."""
    again: Callable[[], str] | None = None
    """The same text in the language of then; None: it stays as it is."""


class Context(QObject):
    """Handed to every view. Signals:

    selected (InstrumentId): another instrument was chosen; every tab follows.
    chip_acted (MoveChip | CancelChip | OutsideLimits): a chart's order line was let go; the order tab's hand does it.
    price_picked (Price, InstrumentId): somebody clicked a price in a book or chart; the ticket takes it.
    orders_changed, portfolio_changed, health_changed, activity_changed, questions_changed, recovery_changed: read anew.
    instruments_changed: the symbol master was read; names and search are there.
    news_told: all that changed since the last frame was told; see ``telling``.
    frame (frozenset[InstrumentId]): at most once a frame; these instruments have new market data.
    book_turn, tape_turn, chart_turn, facts_turn (frozenset[InstrumentId]): as frame, but each once in two frames and in
    a moment of its own (``beat``): for panes that take long to paint.
    second: once a second of wall time, for ages and clocks.
    look_changed: theme or palette; repaint with ``tokens``.
    language_changed: retranslate. Both are heard at once by what is seen, between the next frames by what is hidden.
    amounts_hidden (bool): Ctrl+H.
    lock_changed (bool): the account was locked or unlocked; locked, nothing that trades can be pressed.
    tab_wanted (str): show this tab (quote, order, pending, plan, holdings, fills, activity).
    toast (Toast): show a word in the corner.
    trouble_changed: ``trouble`` is another.
    sound_wanted (Event): let it be heard, whatever the settings say.
    layout_reset: forget kept columns and splits, and stand as at first.
    rewound: a recording plays from another moment; nothing of the market that was shown counts any more.
    stakes_left: an account with other stakes is shown now; what was typed here is forgotten.
    """

    selected = Signal(object)
    price_picked = Signal(object, object)
    chip_acted = Signal(object)
    orders_changed = Signal()
    portfolio_changed = Signal()
    health_changed = Signal()
    activity_changed = Signal()
    questions_changed = Signal()
    recovery_changed = Signal()
    instruments_changed = Signal()
    news_told = Signal()
    frame = Signal(object)
    book_turn = Signal(object)
    facts_turn = Signal(object)
    chart_turn = Signal(object)
    tape_turn = Signal(object)
    second = Signal()
    amounts_hidden = Signal(bool)
    lock_changed = Signal(bool)
    tab_wanted = Signal(str)
    toast = Signal(object)
    trouble_changed = Signal()
    sound_wanted = Signal(object)
    layout_reset = Signal()
    stakes_left = Signal()
    rewound = Signal()

    plans: Plans | None = None
    """The plans of the account, for what is marked of them elsewhere; None where there are none."""

    def __init__(self, desk: Desk, tasks: TaskOwner, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.later = Later(self)
        self.look_changed = Retelling(self.later)
        self.language_changed = Retelling(self.later)
        self.desk = desk
        self.tasks = tasks
        self.language = language
        self.scheme = Scheme.LIGHT
        self.up_down = UpDown.KOREA
        self.hidden = False
        self.locked = desk.account.stakes is Stakes.REAL or desk.read_only is not None
        self.confirm_level = 0 if desk.account.stakes is Stakes.PRACTICE else 1
        """The lowest level of ux.md 3.4 that an order is asked for by: 0 goes at once, 1 shows its slip first."""
        self.trouble: Message | None = None
        """What is wrong outside the desk (the practice exchange is gone, being started again, has moved)."""
        self.free: Message | None = None
        """For a window that only looks on: the desk that traded on its folder has ended."""
        self.reopen: Callable[[], None] | None = None
        """Opens the desk properly in the place of such a window, while that can be done."""
        self.actions = Actions(self, self.later)
        self.state = StateStore(None, self)
        self.words: Callable[[Message, Language], str] = in_words
        """Any message as a sentence and what to do; the composition root puts every room's catalogue behind it."""
        self.desks: Callable[[], tuple[Desk, ...]] = lambda: (self.desk,)
        """Every open desk, this one among them: for what concerns all at once, as stopping does. The composition root
        names the others."""
        self.something_typed: Callable[[], bool] = lambda: False
        """Whether a person has begun a ticket, which another instrument would empty."""
        self.need: Callable[[str], object] = lambda page: None
        """Has a page made (``order``) that must hear what comes next, if nobody has looked at it yet."""
        self.accounts: Accounts | None = None
        """All accounts of the window, where it has more than this one to show."""
        self.meter: Callable[[], Meter | None] = lambda: None
        """How much of the broker's rate limit is used; None where it is not known."""
        self.round_trip: Callable[[], float | None] = lambda: None
        """Wire seconds of the last request; None before the first."""
        self.day_curve = DayCurve()
        """The day's profit since the desk began: looked at once a second, and whenever the account changes."""
        self.search = SearchIndex(())
        self._names: dict[InstrumentId, Instrument] = {}
        self._instrument: InstrumentId | None = None
        self._undo = desk.subscribe(self._changed)
        self._news: dict[Part, None] = {}
        self.telling = False
        """Several kinds of news are being told, one after the other: who would do the same for each waits until they
        are told."""
        turns = (self.book_turn.emit, self.tape_turn.emit, self.chart_turn.emit, self.facts_turn.emit)
        self._beat = Beat(self._on_frame, turns, self)
        self._seconds = QTimer(self)
        self._seconds.timeout.connect(self.look_at_profit)
        self._seconds.timeout.connect(self.second)

    # --- life -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to beat; call once the first window is painted."""
        self.later.start()
        self._beat.start()
        self._seconds.start(1000)

    def rest(self) -> None:
        """Nobody looks at it: market data is no longer passed on. Orders and all that must be told still are."""
        self._beat.stop()

    def wake(self) -> None:
        """Somebody looks again."""
        self.later.finish()
        self._beat.start()

    def stop(self) -> None:
        """No signal comes after this; the tasks end with their owner."""
        self.later.stop()
        self._beat.stop()
        self._seconds.stop()
        self._undo()

    def do(self, name: str, work: Coroutine[Any, Any, Any], busy: Busy = Busy.DROP, *, hurry: bool = False) -> None:
        """Run a command on behalf of a view. A second press while the first still runs is dropped by default.
        ``hurry``: it sends to the broker, which goes before anything is painted."""
        with in_a_hurry() if hurry else nullcontext():
            task = self.tasks.start(name, work, busy=busy, at_once=hurry)
        if hurry:
            hurried(task)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def tokens(self) -> Tokens:
        return tokens(self.scheme, self.up_down)

    @property
    def instrument(self) -> InstrumentId | None:
        return self._instrument

    def select(self, instrument: InstrumentId) -> None:
        if instrument != self._instrument:
            self._instrument = instrument
            self.selected.emit(instrument)

    def pick_price(self, price: Price, instrument: InstrumentId) -> None:
        self.need("order")
        self.price_picked.emit(price, instrument)

    def act_on_chip(self, act: object) -> None:
        """A chart's order line was let go."""
        self.need("order")
        self.chip_acted.emit(act)

    def set_instruments(self, instruments: tuple[Instrument, ...]) -> None:
        """The master, most popular first."""
        self._names = {one.id: one for one in instruments}
        self.search = SearchIndex(instruments)
        self.instruments_changed.emit()

    def share_instruments(self, other: Context) -> None:
        """Until this account's own master is read: the names that another one has."""
        if not self._names:
            self._names, self.search = other._names, other.search
            self.instruments_changed.emit()

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The master as it was read, most popular first; empty before that."""
        return tuple(self._names.values())

    def known(self, instrument: InstrumentId) -> Instrument | None:
        return self._names.get(instrument)

    def name(self, instrument: InstrumentId) -> str:
        """The instrument's name in the chosen language; its code until the master is read."""
        known = self._names.get(instrument)
        if known is None:
            found = self.desk.instrument(instrument)
            known = found.value if isinstance(found, Known) else None
        if known is None:
            return instrument.code
        return known.name_en if self.language is Language.EN and known.name_en else known.name_ko

    # --- whose it is ------------------------------------------------------------------------------------------------

    @property
    def account_name(self) -> str:
        """What people call the account."""
        if self.accounts is not None:
            return self.accounts.name_of(self.desk.account)
        return broker_word(self.desk.account.profile, self.language)

    @property
    def whose(self) -> str:
        """The account's name, said in words that could belong to another one; empty where there is no other."""
        return self.account_name if self.several else ""

    def account_line(self, account: Account) -> str:
        """연습 PRACTICE · 키움 · ******56-01: stakes, name and number."""
        name = broker_word(account.profile, self.language)
        if self.accounts is not None:
            name = self.accounts.name_of(account).replace(account.label, "").strip()
        return f"{STAKES[account.stakes].words} · {name} · {account.label}"

    def named(self, toast: Toast) -> Toast:
        """With whose it is, where there are several accounts."""
        if not self.several or toast.account is not None:
            return toast
        merge = toast.merge and f"{self.desk.account.connection} {toast.merge}"
        return replace(toast, account=self.account_name, merge=merge)

    @property
    def several(self) -> bool:
        """There are other accounts in this window: what concerns one says which."""
        return self.accounts is not None and self.accounts.several

    # --- how it looks -----------------------------------------------------------------------------------------------

    def set_look(self, scheme: Scheme, up_down: UpDown) -> None:
        if (scheme, up_down) != (self.scheme, self.up_down):
            self.scheme, self.up_down = scheme, up_down
            self.look_changed.emit()

    def set_language(self, language: Language) -> None:
        if language is not self.language:
            self.language = language
            if self.accounts is not None:
                self.accounts.language = language  # before anybody asks again what they are called
            self.language_changed.emit()

    def hide_amounts(self, hidden: bool) -> None:
        if hidden != self.hidden:
            self.hidden = hidden
            self.amounts_hidden.emit(hidden)

    def set_locked(self, locked: bool) -> None:
        """A window that only looks on stays locked."""
        if locked != self.locked and (locked or self.desk.read_only is None):
            self.locked = locked
            self.lock_changed.emit(locked)

    def set_trouble(self, trouble: Message | None) -> None:
        """Say what is wrong outside the desk until it is over (None)."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit()

    def offer_reopening(self, free: Message | None, reopen: Callable[[], None] | None) -> None:
        """The other desk has ended, and this is how to open properly; None: it (or yet another) trades again."""
        self.free, self.reopen = free, reopen
        self.trouble_changed.emit()

    def show_tab(self, name: str) -> None:
        self.tab_wanted.emit(name)

    def say(self, event: Event, text: str | Callable[[], str], **more: Any) -> None:
        """``text`` as a function is asked again where the language changes while it is seen."""
        if isinstance(text, str):
            self.toast.emit(Toast(event, text, **more))
        else:
            self.toast.emit(Toast(event, text(), again=text, **more))

    def worded(self, message: Message) -> str:
        """A message of any room in the chosen language, the names of instruments too."""
        return self.words(self._renamed(message), self.language)

    def _renamed(self, message: Message) -> Message:
        """Rooms below name an instrument as the broker does, in Korean."""
        if self.language is Language.KO:
            return message
        values = message.values
        changed: dict[str, object] = {
            key: renamed
            for key, value in values.items()
            if isinstance(value, Message) and (renamed := self._renamed(value)) is not value
        }
        code = values.get("other", values.get("code"))
        known = self._names.get(InstrumentId(code)) if isinstance(code, str) and code.strip() == code != "" else None
        if known is not None and known.name_en and values.get("name") == known.name_ko:
            changed["name"] = known.name_en
        return Message(message.code, {**values, **changed}) if changed else message

    # --- what changed -----------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        """Told with the next frame: what is on its way to the broker goes before what is drawn, and a burst of news is
        drawn once. At once while the window does not beat."""
        if self._beat.going:
            self._news[change.part] = None
        else:
            self._tell(change.part)

    def look_at_profit(self) -> None:
        """Let the curve of the day's profit know the account of now."""
        desk = self.desk
        quotes = desk.health().streams.get(Stream.QUOTES)
        live = quotes is not None and quotes.health is StreamHealth.LIVE
        self.day_curve.look(desk.clock.now(), desk.portfolio(), desk.fills, live=live)

    def _tell(self, part: Part) -> None:
        if part is Part.PORTFOLIO:
            self.look_at_profit()
        signal = {
            Part.ORDERS: self.orders_changed,
            Part.PORTFOLIO: self.portfolio_changed,
            Part.HEALTH: self.health_changed,
            Part.ACTIVITY: self.activity_changed,
            Part.QUESTIONS: self.questions_changed,
            Part.RECOVERY: self.recovery_changed,
        }.get(part)
        if signal is not None:
            signal.emit()

    def _on_frame(self) -> frozenset[InstrumentId]:
        self._tell_news()
        dirty = self.desk.board.take_dirty()
        if dirty:
            self.frame.emit(dirty)
        return dirty

    def _tell_news(self) -> None:
        news, self._news = self._news, {}
        if not news:
            return
        self.telling = True
        try:
            for part in news:
                self._tell(part)
        finally:
            self.telling = False
            self.news_told.emit()
