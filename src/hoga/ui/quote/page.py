"""The quote tab: headline, card and chart at the left, the book with the tape under it at the right (ux.md 3.8)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.values import Price
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.painting import grid, small
from hoga.ui.quote.book_view import BookView
from hoga.ui.quote.card import Card
from hoga.ui.quote.card_fields import Depth, fields_of
from hoga.ui.quote.facts import Facts
from hoga.ui.quote.halves import Halves
from hoga.ui.quote.headline import HeadLine
from hoga.ui.quote.range_bar import RangeBar
from hoga.ui.quote.reading import Reader
from hoga.ui.quote.selected import Freshness, SelectedMarket
from hoga.ui.quote.tape import Gap
from hoga.ui.quote.tape_pane import TapePane

STATE = "quote/depth"
_FACTS_MS = 60


class QuotePage(QWidget):
    """Reads the desk's board when it is visible and something changed; hidden, it only keeps the tape whole."""

    def __init__(self, context: Context, chart: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.market = SelectedMarket(context, self)
        self.headline = HeadLine(context, self)
        self.card = Card(context, self)
        self.range_bar = RangeBar(context, self)
        self.book = BookView(context, self)
        self.tape = TapePane(context, self)
        self.note = QLabel(self)
        self.depth_button = QToolButton(self)
        self.shown = Depth.DAY
        self._facts = Facts()
        self._reader = Reader(context)
        self._owes_facts = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._pause_over)
        self._gap_told: object = None
        self._noted = ("", "", "")
        self._lay_out(chart)
        self.setFocusProxy(self.book)
        self._add_actions()
        self._restore()
        self._connect()
        self._busy()
        if self.market.instrument is not None:
            self._switched()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self, chart: QWidget | None) -> None:
        self._strip = QHBoxLayout()
        self._strip.addWidget(self.range_bar, 1)
        self._strip.addWidget(self.note)
        self._strip.addWidget(self.depth_button)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.headline)
        column.addLayout(self._strip)
        column.addWidget(self.card)
        if chart is not None:
            column.addWidget(chart, 1)
        else:
            column.addStretch(1)
        self.halves = Halves(self._context, left, self.book, self.tape)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.halves)
        self.depth_button.setAutoRaise(True)
        self.depth_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()

    def _add_actions(self) -> None:
        actions = self._context.actions
        actions.add(
            "quote.depth",
            self._depth_words,
            self.next_depth,
            shortcut="Ctrl+I",
            tooltip=lambda: self.tr("Shows more of the instrument: price, day, company"),
            where=self,
        )
        # Not on the whole page: the chart reads its candles again by the same key.
        for pane in (self.card, self.book, self.tape):
            actions.add(
                "quote.refresh",
                lambda: self.tr("Read the quote again"),
                self.market.refresh,
                shortcut="F5",
                tooltip=lambda: self.tr("Asks the broker for quote and book now"),
                where=pane,
            )
        actions.bind(self.depth_button, "quote.depth")

    def _connect(self) -> None:
        context = self._context
        self.market.switched.connect(self._switched)
        self.market.judged.connect(self._judged)
        self.market.began_or_ended.connect(self._busy)
        self.book.picked.connect(self._picked)
        context.book_turn.connect(self._on_book_turn)
        context.facts_turn.connect(self._on_facts_turn)
        context.tape_turn.connect(self._on_tape_turn)
        context.second.connect(self._second)
        context.orders_changed.connect(self._own_changed)
        context.portfolio_changed.connect(self._own_changed)
        context.health_changed.connect(self._health)
        context.instruments_changed.connect(self._master_read)
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(self._dress)

    # --- what changes -----------------------------------------------------------------------------------------------

    def _switched(self) -> None:
        instrument = self.market.instrument
        if instrument is not None:
            self.tape.follow(instrument)
            self.show_all()

    def _shows(self, dirty: frozenset[object]) -> bool:
        return self.isVisible() and self.market.instrument in dirty

    def _on_book_turn(self, dirty: frozenset[object]) -> None:
        if self._shows(dirty):
            self._read_facts()
            self._show_book()
            self.book.show_flow(self.tape.flow)

    def _on_facts_turn(self, dirty: frozenset[object]) -> None:
        """The price at once; the numbers around it not again before a pause: nobody reads thirty of them faster."""
        instrument = self.market.instrument
        if instrument is None or not self._shows(dirty):
            return
        if self._pause.isActive():
            self._owes_facts = True
            self.headline.show_facts(instrument, self._read_facts())
        else:
            self._show_facts()
            self._pause.start(_FACTS_MS)

    def _pause_over(self) -> None:
        if self._owes_facts and self.isVisible():
            self._show_facts()
            self._pause.start(_FACTS_MS)

    def _on_tape_turn(self, dirty: frozenset[object]) -> None:
        if self._shows(dirty) and self.tape.take():
            self.tape.show_new()

    def _picked(self, price: Price, _instrument: object) -> None:
        """The ticket is on another tab: say that it has the price now."""
        words = self.tr("{price} is on the ticket ({buy} buy, {sell} sell)")
        hint = self._context.actions.hint
        words = words.format(price=fmt.price(price), buy=hint("order.buy"), sell=hint("order.sell"))
        self._context.say(Event.NOTE, words, merge="price picked")

    def _second(self) -> None:
        if not self.isVisible():
            self.tape.take()
            return
        self._show_freshness()
        for part in (self.headline, self.range_bar, self.book, self.tape.view):
            part.tell_accessible()

    def _judged(self) -> None:
        if self.isVisible():
            self._show_facts()
            self._show_book()

    def _busy(self) -> None:
        """For who waits until everything is there, such as the snapshots."""
        self.setProperty("busy", self.market.reading)

    def _health(self) -> None:
        """Where the stream was silent, the tape shows a gap."""
        stream = self._context.desk.health().streams.get(Stream.QUOTES)
        if stream is None or stream.health is not StreamHealth.LIVE or stream.gap_seconds is None:
            return
        if self._gap_told != stream and self.market.instrument is not None:
            self._gap_told = stream
            self.tape.take()
            self.tape.gap(Gap(stream.at, stream.gap_seconds))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.market.wanted = True
        self.show_all()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.market.wanted = False

    # --- showing ----------------------------------------------------------------------------------------------------

    def _master_read(self) -> None:
        self._reader.forget_own()
        self.show_all()

    def _own_changed(self) -> None:
        self._reader.forget_own()
        self._show_book()

    def show_all(self) -> None:
        """Everything anew; nothing while hidden."""
        if not self.isVisible() or self.market.instrument is None:
            return
        self.tape.take()
        self.tape.show_new()
        self._show_facts()
        self._show_book()
        self.book.show_flow(self.tape.flow)

    def _read_facts(self) -> Facts:
        if self.market.instrument is not None:
            self._facts = self._reader.facts(self.market.instrument)
        return self._facts

    def _show_facts(self) -> None:
        instrument = self.market.instrument
        if instrument is None:
            return
        self._owes_facts = False
        facts = self._read_facts()
        stale = self.market.price_freshness() in (Freshness.STALE, Freshness.NONE)
        self.headline.show_facts(instrument, facts)
        self.range_bar.show_facts(facts, stale=stale)
        self.card.show_fields(fields_of(facts, self.tape.flow, self.shown, self._context.language), stale=stale)
        self._show_freshness()

    def _show_freshness(self) -> None:
        market = self.market
        freshness = market.price_freshness()
        self.headline.show_freshness(freshness, streaming=market.streaming, age=market.age())
        self.tape.show_freshness(freshness)
        self._show_note(market.trouble)

    def _show_note(self, trouble: Message | None) -> None:
        """When the company figures were read, or why they could not be."""
        words = self._context.worded(trouble) if trouble is not None else ""
        read = self.tr("read {at}").format(at=fmt.clock(self._facts.quote_at))
        tokens = self._context.tokens
        note = (self.tr("Could not be read (F5)") if words else read, words, tokens.bad if words else tokens.dim)
        if note != self._noted:
            self._noted = note
            self.note.setText(note[0])
            self.note.setToolTip(words)
            palette = self.note.palette()
            palette.setColor(self.note.foregroundRole(), QColor(note[2]))
            self.note.setPalette(palette)

    def _show_book(self) -> None:
        if not self.isVisible():
            return
        instrument = self.market.instrument
        if instrument is not None:
            stale, failed = self.market.book_freshness() is Freshness.STALE, self.market.trouble is not None
            self.book.show_book(self._reader.book(instrument, self._facts, stale=stale, failed=failed))

    # --- depth, layout, words ---------------------------------------------------------------------------------------

    def next_depth(self) -> None:
        """Price, day, company, and round again."""
        self.shown = Depth.PRICE if self.shown is Depth.COMPANY else Depth(self.shown + 1)
        self._context.actions.refresh("quote.depth")
        self._context.state.put(STATE, int(self.shown))
        self._show_facts()

    def _depth_words(self) -> str:
        return {
            Depth.PRICE: self.tr("Price ▾"),
            Depth.DAY: self.tr("Day ▾"),
            Depth.COMPANY: self.tr("Company ▴"),
        }[self.shown]

    def _restore(self) -> None:
        kept = self._context.state.get(STATE)
        if kept in {int(depth) for depth in Depth}:
            self.shown = Depth(kept)
            self._context.actions.refresh("quote.depth")

    def retranslate(self) -> None:
        self._context.actions.refresh("quote.depth", "quote.refresh")
        self.show_all()

    def _dress(self) -> None:
        unit = grid(self)
        self._strip.setContentsMargins(0, 0, unit, 0)
        self._strip.setSpacing(unit)
        for part in (self.note, self.depth_button):
            font = small(self.font())
            if part.font() != font:
                part.setFont(font)
        self._noted = ("", "", "")
        self.update()
        self.show_all()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_strip"):
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(self._context.tokens.ground))
