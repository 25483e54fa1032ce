"""The Order tab: ticket left, ladder in the middle, the small chart and this instrument's working orders right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.accounts import Stakes
from hoga.domain.known import Known
from hoga.domain.tickets import Side
from hoga.ui.context import Context, Event
from hoga.ui.order.confirming import Confirmer
from hoga.ui.order.ladder.hand import LadderHand
from hoga.ui.order.ladder.one_click import Arming
from hoga.ui.order.ladder.pane import LadderPane
from hoga.ui.order.ladder.press import CancelChip
from hoga.ui.order.measures import measure_again, sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.reasons import in_words
from hoga.ui.order.ticket import TicketView
from hoga.ui.order.watch import Watch
from hoga.ui.order.working import WorkingPane

_STATE, _VERSION = "split/order", 1
_SHARES = (340, 460, 340)
"""How the width is divided at first; what is kept from the last time wins."""


class OrderPage(QWidget):
    """See the module. Registers every action of the tab."""

    def __init__(self, context: Context, mini_chart: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.watch = Watch(context, self)
        self.model = TicketModel(context, self.watch, self)
        self.confirmer = Confirmer(context, self, self)
        self.ticket = TicketView(context, self.watch, self.model, self.confirmer, self)
        self.ladder = LadderPane(context, self.confirmer, self.ticket, self)
        self.working = WorkingPane(context, self.confirmer, self)
        self._lay_out(mini_chart)
        self._add_actions()
        self.setFocusProxy(self.ticket.quantity.edit)
        # The chart's order lines go the ladder's way; what it has to say comes up where the person looks.
        self.line_hand = LadderHand(context, self.confirmer, self.ticket, self.ladder.pad, self.ladder.one_click)
        self.line_hand.said.connect(self._say_of_line)
        context.chip_acted.connect(self.line_hand.act)
        self.confirmer.slip_wanted.connect(lambda _proposal: context.show_tab("order"))
        context.language_changed.connect(self.retranslate)
        context.look_changed.connect(lambda: measure_again(self))
        context.layout_reset.connect(lambda: self.columns.setSizes(list(_SHARES)))
        context.lock_changed.connect(lambda _locked: self._refresh_actions())
        context.portfolio_changed.connect(self._refresh_actions)
        context.selected.connect(lambda _instrument: self._refresh_actions())
        self.retranslate()

    def _lay_out(self, mini_chart: QWidget | None) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        if mini_chart is not None:
            column.addWidget(mini_chart, 3)
        column.addWidget(self.working, 2)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        for widget, stretch in ((self.ticket, 3), (self.ladder, 4), (right, 3)):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(self.columns.count() - 1, stretch)
        # Fixed least widths: a longer word in one column must not move the rows of the ladder.
        for widget, digits in ((self.ticket, 32), (self.ladder, 35), (right, 20)):
            sized(widget, digits=digits)
        self.columns.setCollapsible(0, False)
        self.columns.setCollapsible(1, False)
        self.columns.setSizes(list(_SHARES))
        kept = self._context.state.get(_STATE, _VERSION)
        if isinstance(kept, list) and len(kept) == self.columns.count() and all(type(n) is int for n in kept):
            self.columns.setSizes(kept)
        self.columns.splitterMoved.connect(self._keep_columns)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns)

    def _keep_columns(self, _place: int, _index: int) -> None:
        self._context.state.put(_STATE, self.columns.sizes(), _VERSION)

    def retranslate(self) -> None:
        for part in (self.ticket, self.ladder, self.working):
            part.retranslate()

    def _say_of_line(self, message: Message) -> None:
        self._context.say(Event.REFUSED, in_words(self._context, message), merge="order line")

    # --- actions ----------------------------------------------------------------------------------------------------

    def _add_actions(self) -> None:
        actions, ticket = self._context.actions, self.ticket
        actions.add(
            "order.buy", lambda: self.tr("Buy"), lambda: self.open_ticket(Side.BUY), shortcut="F2",
            tooltip=lambda: self.tr("A buy ticket for the chosen instrument."), why_not=self._no_instrument,
        )  # fmt: skip
        actions.add(
            "order.sell", lambda: self.tr("Sell"), lambda: self.open_ticket(Side.SELL), shortcut="F3",
            tooltip=lambda: self.tr("A sell ticket for the chosen instrument."), why_not=self._no_instrument,
        )  # fmt: skip
        actions.add(
            "order.sell_all", lambda: self.tr("Sell all"), self._sell_all, shortcut="Shift+F3", trades=True,
            tooltip=lambda: self.tr("Everything that can be sold of the chosen instrument; asked about first."),
            why_not=self._nothing_to_sell,
        )  # fmt: skip
        review = actions.add(
            "order.review", lambda: self.tr("Review and send"), ticket.review, shortcut="Ctrl+Return", where=ticket,
            tooltip=lambda: self.tr("As Enter in a field of the ticket."), trades=True,
        )  # fmt: skip
        review.setAutoRepeat(False)
        fields = (
            ("order.to_quantity", "Alt+Q", lambda: self.tr("To the quantity"), ticket.quantity.edit),
            ("order.to_price", "Alt+P", lambda: self.tr("To the price"), ticket.price.edit),
            ("order.to_type", "Alt+T", lambda: self.tr("To the type"), ticket.kind.type),
            ("order.to_ladder", "Alt+L", lambda: self.tr("To the ladder"), self.ladder.view),
        )
        for id, key, words, field in fields:
            actions.add(id, words, lambda field=field: _go_to(field), shortcut=key, where=self)  # type: ignore[misc]
        self._add_ladder_actions()

    def _add_ladder_actions(self) -> None:
        actions, view = self._context.actions, self.ladder.view
        actions.add(
            "order.ladder.centre", lambda: self.tr("Centre the ladder"), view.centre, shortcut="Space", where=view,
            tooltip=lambda: self.tr("The last price in the middle."),
        )  # fmt: skip
        actions.add(
            "order.ladder.move", lambda: self.tr("Move my order"), view.carry, shortcut="Ctrl+M", where=view,
            tooltip=lambda: self.tr("Take up the order at the cursor; arrows move it, Enter puts it down."),
            trades=True,
        )  # fmt: skip
        cancel = actions.add(
            "order.ladder.cancel", lambda: self.tr("Cancel my order here"), self._cancel_at_cursor, shortcut="Del",
            where=view, tooltip=lambda: self.tr("Cancels the order at the cursor."),
        )  # fmt: skip
        cancel.setAutoRepeat(False)
        actions.add(
            "order.ladder.one_click", lambda: self.tr("One-click ladder"), self._switch_one_click,
            shortcut="Ctrl+Shift+K", where=self, trades=True,
            tooltip=lambda: self.tr("A click places at once: for this account, until it is locked or hoga ends."),
        )  # fmt: skip
        here = actions.add(
            "order.here.cancel", lambda: self.tr("Cancel the chosen order"), self.working.cancel_chosen,
            shortcut="Del", where=self.working.table, why_not=self.working.why_no_cancel,
        )  # fmt: skip
        here.setAutoRepeat(False)

    def _refresh_actions(self) -> None:
        self._context.actions.refresh("order.buy", "order.sell", "order.sell_all", "order.ladder.one_click")

    def open_ticket(self, side: Side) -> None:
        """F2, F3 from anywhere."""
        self._context.show_tab("order")
        self.ticket.focus_side(side)

    def _sell_all(self) -> None:
        self._context.show_tab("order")
        self.ticket.start_sell_all()

    def _no_instrument(self) -> str:
        missing = self._context.instrument is None
        return in_words(self._context, Message("CHOOSE_INSTRUMENT")) if missing else ""

    def _nothing_to_sell(self) -> str:
        instrument = self._context.instrument
        if instrument is None:
            return self._no_instrument()
        portfolio = self._context.desk.portfolio()
        if not isinstance(portfolio.holdings, Known):
            return in_words(self._context, portfolio.holdings.why)
        held = portfolio.holding(instrument)
        if held is None:
            return self.tr("Nothing of it is held.")
        return "" if held.sellable else self.tr("Open sells hold all of it.")

    def _cancel_at_cursor(self) -> None:
        spot = self.ladder.view.cursor_key.spot()
        if spot is None or spot.chip is None:
            self.ladder.say(Message("NO_CHIP_HERE"))
        else:
            self.ladder.hand.act(CancelChip(spot.chip))

    def _switch_one_click(self) -> None:
        """On with real money only after a look; off at once."""
        switch = self.ladder.one_click
        if switch.on or self._context.desk.account.stakes is Stakes.PRACTICE:
            switch.switch(not switch.on)
        else:
            self.confirmer.propose(Arming(self._context, switch))


def _go_to(field: QWidget) -> None:
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
