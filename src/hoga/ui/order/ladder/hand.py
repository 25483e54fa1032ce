"""What a completed press on the ladder leads to: an order, a filled ticket, a move, a cancel, or a word why not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from hoga.base.message import Message
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.loop import get_ready
from hoga.ui.order.cautions import Level, is_very_large
from hoga.ui.order.confirming import Confirmer
from hoga.ui.order.ladder.one_click import OneClick
from hoga.ui.order.ladder.pad import Pad
from hoga.ui.order.ladder.press import Act, CancelChip, MoveChip, OutsideLimits, PickPrice, PlaceAt
from hoga.ui.order.proposals import Cancelling, Moving, Placing
from hoga.ui.order.sizing import Means, fees_of, most_of
from hoga.ui.order.ticket import TicketView


class LadderHand(QObject):
    """Does what a press means. Signals:

    said (Message): why nothing came of it, or what is still missing.
    choose (Act): the row holds several prices; ask which, and ``act`` again with one.
    """

    said = Signal(object)
    choose = Signal(object)

    def __init__(
        self, context: Context, confirmer: Confirmer, ticket: TicketView, pad: Pad, one_click: OneClick
    ) -> None:
        super().__init__(ticket)
        self._context, self._confirmer, self._ticket = context, confirmer, ticket
        self._pad, self._one_click, self._watch = pad, one_click, ticket.watch
        self._made: tuple[PlaceAt, Placing] | None = None
        """What the press that lasts is for."""

    def quantity_at(self, side: Side, prices: tuple[int, ...]) -> int | None:
        """The pad's quantity for a click there; None where it says nothing."""
        if not self._pad.all_of_it:
            return self._pad.quantity
        instrument, desk = self._context.instrument, self._context.desk
        market = self._watch.market(instrument)
        if market is None or len(prices) != 1:
            return None
        price = Price(prices[0], market.instrument.currency)
        fees = fees_of(desk.account, market.instrument)
        most = most_of(side, OrderType.LIMIT, price, market, desk.portfolio(), fees)
        return most.most.count if isinstance(most, Means) and most.most else None

    def act(self, act: Act) -> None:
        if isinstance(act, OutsideLimits):
            self.said.emit(Message("OUTSIDE_LIMITS", {"price": self._words(act.prices[0])}))
        elif isinstance(act, CancelChip):
            self._cancel(act)
        elif len(act.prices) != 1:
            self.choose.emit(act)
        elif isinstance(act, PickPrice):
            if act.instrument == self._context.instrument:
                self._context.pick_price(self._price(act.prices[0]), act.instrument)
        elif isinstance(act, MoveChip):
            self._move(act)
        elif act.instrument != self._context.instrument:
            self.said.emit(Message("OTHER_INSTRUMENT"))
        elif self._context.locked:
            self.said.emit(Message("ACCOUNT_LOCKED"))
        elif self._one_click.check():
            self._place(act)
        else:
            self._fill_in(act)

    def _fill_in(self, act: PlaceAt) -> None:
        """Not one-click: the ticket takes side, price and quantity, and is read before it goes."""
        self._ticket.model.fill_in(act.side, self._price(act.prices[0]), act.quantity)
        if act.quantity is None:
            self._ticket.focus_side(act.side)
        else:
            self._ticket.review_on_slip()

    def _place(self, act: PlaceAt) -> None:
        """One-click: at once, within limits. Very large ones are asked about, as everywhere."""
        if act.quantity is None:
            self.said.emit(Message("NO_PAD_QUANTITY"))
            return
        made, self._made = self._made, None
        if made is None or made[0] != act or made[1].of_account != self._context.desk.account:
            made = act, self._proposal_of(act, act.quantity)
        self._confirmer.propose(made[1])

    def _proposal_of(self, act: PlaceAt, quantity: int) -> Placing:
        desk, price, shares = self._context.desk, self._price(act.prices[0]), Shares(quantity)
        ticket = Ticket(desk.new_ticket_id(), desk.account, act.instrument, act.side, OrderType.LIMIT, shares, price)
        base = 1 if is_very_large(price * shares, desk.limits) else 0
        return Placing(self._context, self._watch, ticket, base, every_press=True)

    def get_ready(self, act: Act | None) -> None:
        """The button is down: what letting go of it sends is made now, and looked through once. It is judged when it
        goes."""
        self._made = None
        if not isinstance(act, PlaceAt) or act.quantity is None or len(act.prices) != 1 or self._context.locked:
            return
        if act.instrument == self._context.instrument and self._one_click.check():
            get_ready()
            self._made = act, self._proposal_of(act, act.quantity)
            self._context.desk.get_ready(self._made[1].ticket)

    def _move(self, act: MoveChip) -> None:
        orders = self._working(act.chip.orders)
        if self._context.locked:
            self.said.emit(Message("ACCOUNT_LOCKED"))
        elif not orders:
            self.said.emit(Message("NOTHING_LEFT"))
        elif act.chip.busy:
            self.said.emit(Message("CHIP_BUSY"))
        else:
            self._confirmer.propose(Moving(self._context, orders, self._price(act.prices[0]), self._base()))

    def _cancel(self, act: CancelChip) -> None:
        orders = self._working(act.chip.orders)
        if orders:
            self._confirmer.propose(Cancelling(self._context, orders, self._base()))
        else:
            self.said.emit(Message("NOTHING_LEFT"))

    def _base(self) -> int:
        return int(Level.AT_ONCE) if self._one_click.check() else self._context.confirm_level

    def _working(self, ids: tuple[OrderId, ...]) -> tuple[Order, ...]:
        found = (self._context.desk.order(id) for id in ids)
        return tuple(order for order in found if order is not None and not order.state.over)

    def _price(self, units: int) -> Price:
        """Whole units as a price of the instrument on the ladder."""
        instrument = self._context.instrument
        known = self._context.desk.instrument(instrument) if instrument is not None else None
        return Price(units, known.value.currency) if isinstance(known, Known) else Price(units)

    def _words(self, units: int) -> str:
        return fmt.price(self._price(units))
