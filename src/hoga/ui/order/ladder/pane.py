"""The ladder with what belongs to it: the mode in big words above, quantity pad, grouping, one-click switch."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.confirming import Confirmer
from hoga.ui.order.ladder.chips import Chip, chips_of
from hoga.ui.order.ladder.hand import LadderHand
from hoga.ui.order.ladder.looks import MarketRows
from hoga.ui.order.ladder.market import market_rows
from hoga.ui.order.ladder.one_click import OneClick
from hoga.ui.order.ladder.pad import Pad
from hoga.ui.order.ladder.press import CancelChip, MoveChip, PickPrice, PlaceAt, Spot
from hoga.ui.order.ladder.view import LadderView
from hoga.ui.order.ladder.words import mark_meaning, mark_word
from hoga.ui.order.measures import SMALL, lettered, sized
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import side_word
from hoga.ui.order.ticket import TicketView
from hoga.ui.painting import grid

GROUPS = (1, 2, 5, 10, 20)
_SAID_MS = 6000


class LadderPane(QWidget):
    """Everything of the ladder; presses end in the ticket, on its slip or, one-click, at the desk."""

    def __init__(self, context: Context, confirmer: Confirmer, ticket: TicketView, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._watch = ticket.watch
        self.pad = Pad(context, self)
        self.one_click = OneClick(context, self)
        self.hand = LadderHand(context, confirmer, ticket, self.pad, self.one_click)
        self.view = LadderView(context, self.hand.quantity_at, self)
        self.mode, self.said = QLabel(self), QLabel(self)
        lettered(self.mode, strong=True)
        for label in (self.mode, self.said):
            label.setMinimumWidth(1)
        self.switch, self.to_middle = QPushButton(self), QPushButton(self)
        self.switch.setCheckable(True)
        self.group = QComboBox(self)
        self.group.activated.connect(lambda _place: self.refresh())
        self._hush = QTimer(self)
        self._hush.setSingleShot(True)
        self._hush.timeout.connect(self.said.clear)
        self._menu: QMenu | None = None
        self._behind = False
        self._mode_shown: tuple[object, ...] = ()
        self._mode_rows: tuple[bool, bool] | None = None
        self._orders: tuple[Order, ...] = ()
        self._of: InstrumentId | None = None
        self._chips: tuple[Chip, ...] = ()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        step = grid(self)
        top, tools, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for row in (top, tools):
            row.setSpacing(step)
        top.addWidget(self.mode, 1)
        top.addWidget(self.switch)
        tools.addWidget(self.pad)
        tools.addStretch(1)
        tools.addWidget(self.group)
        sized(self.group, digits=7.5)
        sized(self.to_middle, digits=3.5, fixed=True)
        tools.addWidget(self.to_middle)
        column.setContentsMargins(step, step * 2, step, step)
        column.setSpacing(step)
        column.addLayout(top)
        column.addLayout(tools)
        # Always there, one line: a word more or less must never move the rows under a pointer.
        lettered(self.said, SMALL)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        context = self._context
        context.book_turn.connect(self._on_frame)
        for signal in (context.selected, context.amounts_hidden, context.lock_changed):
            signal.connect(self._on_value)
        for plain in (context.orders_changed, context.portfolio_changed, context.instruments_changed):
            plain.connect(self._news)
        for passing in (context.health_changed, context.second, self._watch.grew_stale):
            passing.connect(self._news)
        context.news_told.connect(lambda: self.refresh() if self._behind else None)
        context.look_changed.connect(self._look_again)
        self.one_click.changed.connect(lambda _on: self.refresh())
        self.pad.changed.connect(self.refresh)
        self.view.pressed.connect(self.hand.get_ready)
        self.view.acted.connect(self.hand.act)
        self.view.refused.connect(self.say)
        self.view.menu_wanted.connect(self._open_menu)
        self.hand.said.connect(self.say)
        self.hand.choose.connect(self._choose)
        self.switch.clicked.connect(lambda: context.actions.trigger("order.ladder.one_click"))
        self.to_middle.clicked.connect(self.view.centre)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.pad.retranslate()
        place = max(self.group.currentIndex(), 0)
        with QSignalBlocker(self.group):
            self.group.clear()
            self.group.addItems([self.tr("1 tick"), *(self.tr("{n} ticks").format(n=n) for n in GROUPS[1:])])
            self.group.setCurrentIndex(place)
        self.group.setAccessibleName(self.tr("Ticks in a row"))
        self.group.setToolTip(self.tr("Several ticks in a row; a click there asks which price is meant."))
        self.to_middle.setText("◎")
        self.to_middle.setAccessibleName(self.tr("Centre"))
        self.to_middle.setToolTip(self.tr("The last price in the middle (Space)"))
        self.view.setAccessibleName(self.tr("Price ladder"))
        self.view.update()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _news(self) -> None:
        """Of several kinds at once only the last is worth a look."""
        self._behind = True
        if not self._context.telling:
            self.refresh()

    def _on_value(self, _value: object) -> None:
        self.refresh()

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self._context.instrument not in dirty or not self.isVisible():
            return
        if self._behind:
            self.refresh()
            return
        rows = self._show_market()
        # The rest of it is no matter of the market's; a press on the switch checks it before it is on.
        if self.switch.isChecked() is not self.one_click.check() or self._mode_rows != _standing(rows):
            self._show_mode(rows)

    def refresh(self) -> None:
        """Look at the market again; a hidden ladder does so when it is shown."""
        self._behind = False
        if not self.isVisible():
            return
        self._show_mode(self._show_market())

    def _show_market(self) -> MarketRows | None:
        desk, instrument = self._context.desk, self._context.instrument
        market = self._watch.market(instrument)
        rows = market_rows(desk, market) if market is not None and market.steps is not None else None
        if market is None or instrument is None:
            self.view.show_market(None, None, (), 1)
        else:
            chips = self._chips_now(desk.orders(), instrument)
            self.view.show_market(market.steps, rows, chips, GROUPS[max(self.group.currentIndex(), 0)])
        return rows

    def _chips_now(self, orders: tuple[Order, ...], instrument: InstrumentId) -> tuple[Chip, ...]:
        """The desk's tuple is the same one while no order has changed."""
        if orders is not self._orders or instrument != self._of:
            self._chips = chips_of(orders, instrument)
            self._orders, self._of = orders, instrument
        return self._chips

    def _show_mode(self, rows: MarketRows | None) -> None:
        self._mode_rows = _standing(rows)
        tokens, on = self._context.tokens, self.one_click.check()
        text, ground, words = self._mode_words(rows, on), tokens.raised, tokens.text
        text = " · ".join(filter(None, (self._context.whose, text)))
        why = self._context.actions.why_not("order.ladder.one_click")
        stale = rows is not None and rows.stale
        tip = self._context.actions.tooltip("order.ladder.one_click") + (f"\n{why}" if why else "")
        shown = (text, on, why, stale, tip, tokens, self.switch.isChecked(), self._context.language)
        if shown == self._mode_shown:
            return
        self._mode_shown = shown
        if stale:
            ground, words = tokens.warn_ground, tokens.warn
        if on:
            ground, words = tokens.warn_ground, tokens.text
        if self.mode.text() != text:
            self.mode.setText(text)
            self.mode.setToolTip(text)
        dress.ground(self.mode, ground)
        dress.ink(self.mode, words)
        with QSignalBlocker(self.switch):
            self.switch.setChecked(on)
        self.switch.setText(self.tr("One-click: on") if on else self.tr("One-click: off"))
        self.switch.setEnabled(not why)
        self.switch.setToolTip(tip)
        dress.filled(self.switch, tokens.warn if on else tokens.raised, tokens.ground if on else tokens.text)

    def _mode_words(self, rows: MarketRows | None, on: bool) -> str:
        """What a click does, in words that cannot be overlooked."""
        if self._context.locked:
            return self.tr("Locked: clicks do nothing")
        if rows is None:
            return self.tr("No prices")
        many = fmt.shares(self.pad.quantity, self._context.language)
        what = self.tr("Max") if self.pad.all_of_it else many
        sends, fills = self.tr("LIMIT · click SENDS {what}"), self.tr("LIMIT · click fills ticket: {what}")
        words = (sends if on else fills).format(what=what)
        return self.tr("Prices stand still · {words}").format(words=words) if rows.stale else words

    def say(self, message: Message) -> None:
        """Why a press led to nothing, for a few seconds."""
        self.said.setText(in_words(self._context, message))
        self.said.setToolTip(self.said.text())
        dress.ink(self.said, self._context.tokens.bad)
        self._hush.start(_SAID_MS)

    def _look_again(self) -> None:
        self.view.look_again()
        self.pad.refresh()
        self.refresh()

    # --- menus ------------------------------------------------------------------------------------------------------

    def _choose(self, act: PlaceAt | MoveChip | PickPrice) -> None:
        """The row holds several prices: which one is meant?"""
        self.say(Message("GROUPED_ROW"))
        menu = self._fresh_menu()
        for units in act.prices:
            menu.addAction(self._price_words(units), partial(self._chosen, act, units))
        menu.popup(self.cursor().pos())

    def _chosen(self, act: PlaceAt | MoveChip | PickPrice, units: int) -> None:
        self.said.clear()
        if isinstance(act, PlaceAt):
            quantity = act.quantity if act.quantity is not None else self.hand.quantity_at(act.side, (units,))
            self.hand.act(PlaceAt(act.instrument, act.side, (units,), quantity))
        elif isinstance(act, MoveChip):
            self.hand.act(MoveChip(act.chip, (units,)))
        else:
            self.hand.act(PickPrice(act.instrument, (units,)))

    def _open_menu(self, spot: Spot, point: QPoint) -> None:
        """Everything about the place under the pointer; what it speaks of was bound when it opened."""
        menu = self._fresh_menu()
        for units in spot.prices if spot.allowed else ():
            for side in Side:
                act = PlaceAt(spot.instrument, side, (units,), self.hand.quantity_at(side, (units,)))
                words = self.tr("{side} at {price}").format(side=side_word(side), price=self._price_words(units))
                menu.addAction(words, partial(self.hand.act, act))
        if spot.chip is not None and not spot.chip.coming:
            menu.addAction(self.tr("Cancel this order  Del"), partial(self.hand.act, CancelChip(spot.chip)))
        menu.addSeparator()
        for mark in self._marks_at(spot.prices):
            menu.addAction(mark).setEnabled(False)
        menu.addAction(self.tr("Centre  Space"), self.view.centre)
        menu.popup(point)

    def _marks_at(self, prices: tuple[int, ...]) -> list[str]:
        market = self.view.sight.market
        marks = market.marks if market is not None else ()
        return [f"{mark_word(mark)}: {mark_meaning(mark)}" for mark, units in marks if units in prices]

    def _fresh_menu(self) -> QMenu:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self)
        return self._menu

    def _price_words(self, units: int) -> str:
        return fmt.price(Price(units, self.view.sight.currency))


def _standing(rows: MarketRows | None) -> tuple[bool, bool]:
    """What the words above the ladder take from the market: whether there is one, and whether it stands still."""
    return rows is None, rows is not None and rows.stale
