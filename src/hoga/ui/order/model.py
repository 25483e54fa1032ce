"""The ticket's state while it is composed: one draft, how it stands in the market now, and what stands in the fields.

Holds no trading state: everything but the draft is read anew from the desk. A ticket that is asked for leaves here as
one immutable value with its id; the next draft has another id.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Price
from hoga.ui.context import Context, Event
from hoga.ui.order.draft import Draft, Unit
from hoga.ui.order.market import Follow
from hoga.ui.order.numbers import Part, Plain, Typed, read, whole
from hoga.ui.order.standing import Standing, standing_of
from hoga.ui.order.text import translate
from hoga.ui.order.watch import Watch

SETTLE_MS = 90
"""Market data is taken in at most so often: a person reads no faster, and the fields stay calm."""


class TicketModel(QObject):
    """Signals:

    changed: the draft or how it stands is another now; read ``draft`` and ``standing``.
    moved: instead of ``changed`` where only market data came: what a person did or the account is stands as before.
    edited: a person changed the draft: whatever was about to be confirmed is not what stands there any more.
    cleared: the account changed, or another instrument was chosen; nothing of the old draft is left.
    """

    changed = Signal()
    moved = Signal()
    edited = Signal()
    cleared = Signal()

    def __init__(self, context: Context, watch: Watch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._watch = context, watch
        self._account = context.desk.account
        self._instrument = context.instrument
        self._id = context.desk.new_ticket_id()
        self.draft = Draft()
        self.unread_price = ""
        self.unread_size = ""
        self.refused: tuple[Message, ...] = ()
        """Why the last one was not sent; stays until the draft is changed."""
        self.all_of_it = False
        self.sending = False
        self.standing: Standing = Standing(self.draft, None)
        self._resting = self._behind = False
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._keep_up)
        context.selected.connect(self._on_selected)
        context.stakes_left.connect(self._on_stakes_left)
        context.something_typed = self.something_typed
        context.price_picked.connect(self._on_price_picked)
        context.facts_turn.connect(self._on_frame)
        for signal in (context.second, context.orders_changed, context.portfolio_changed, context.instruments_changed):
            signal.connect(self._news)
        for other in (context.health_changed, watch.grew_stale, context.lock_changed):
            other.connect(self._news)
        context.news_told.connect(self._catch_up)
        self.refresh()

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def id(self) -> TicketId:
        """That of the ticket which stands here now."""
        return self._id

    @property
    def instrument(self) -> InstrumentId | None:
        return self._instrument

    @property
    def blocks(self) -> tuple[Message, ...]:
        """Why it cannot be sent now; empty when it can."""
        unread = []
        if self.unread_price and self.draft.type.carries_price:
            unread.append(Message("PRICE_NOT_READ"))
        if self.unread_size:
            unread.append(Message("QUANTITY_NOT_READ"))
        locked = (self._context.desk.read_only or Message("ACCOUNT_LOCKED"),) if self._context.locked else ()
        standing = self.standing.blocks
        if unread:
            hidden = {"PRICE_MISSING", "QUANTITY_MISSING"}
            standing = tuple(message for message in standing if message.code not in hidden)
        said = {"ACCOUNT_LOCKED", *(message.code for message in locked)} if locked else set()
        return locked + tuple(unread) + tuple(message for message in standing if message.code not in said)

    def ready(self) -> Ticket | None:
        """The ticket to be confirmed or sent; None while something stands in its way."""
        if self.blocks or self.sending:
            return None
        return self.standing.ticket

    # --- editing ----------------------------------------------------------------------------------------------------

    def set_side(self, side: Side) -> None:
        if side is not self.draft.side:
            self._edit(self.draft.on_side(side))

    def set_kind(self, type: OrderType, tif: TimeInForce) -> None:
        if (type, tif) != (self.draft.type, self.draft.tif):
            self._edit(replace(self.draft, type=type, tif=tif))

    def follow(self, follow: Follow) -> None:
        """The price moves with the market again."""
        self.unread_price = ""
        self._edit(replace(self.draft, follow=follow))

    def pin(self, price: Price) -> None:
        self.unread_price = ""
        self._edit(self.draft.priced(price))

    def type_price(self, text: str) -> None:
        """What stands in the price field was typed. Unreadable text is kept and said, never guessed."""
        price = self.price_of(text)
        self.unread_price = text if price is None and text.strip() else ""
        self._edit(self.draft.priced(price))

    def step_price(self, ticks: int) -> None:
        market, price = self.standing.market, self.draft.price
        if market is None or market.steps is None or not self.draft.type.carries_price:
            return
        start = price or market.last
        if start is not None:
            self.pin(market.steps.moved(start, ticks) if price is not None else market.steps.floored(start))

    def step_percent(self, percent: int) -> None:
        market, price = self.standing.market, self.draft.price
        if market is not None and market.steps is not None and price is not None and self.draft.type.carries_price:
            self.pin(market.steps.moved_percent(price, percent))

    def type_size(self, text: str) -> None:
        size = read(text)
        self.unread_size = text if size is None and text.strip() else ""
        self._edit(replace(self.draft, size=size))

    def set_size(self, size: Typed | None) -> None:
        self.unread_size = ""
        self._edit(replace(self.draft, size=size))

    def set_unit(self, unit: Unit) -> None:
        if unit is not self.draft.unit:
            self._edit(replace(self.draft, unit=unit))

    def step_size(self, lots: int) -> None:
        """Lots more or fewer, never below one; counts on from the shares that a sum or a percentage came to."""
        market, quantity = self.standing.market, self.standing.quantity
        if market is None:
            return
        now = quantity.shares.count if quantity is not None and quantity.shares is not None else 0
        lot = market.instrument.lot
        count = max(now // lot * lot + lots * lot, lot)
        self.unread_size = ""
        self._edit(replace(self.draft, size=Plain(Decimal(count)), unit=Unit.SHARES))

    def sell_all(self) -> None:
        """Its own verb: everything that can be sold now."""
        self.unread_size = ""
        self._edit(replace(self.draft.on_side(Side.SELL), size=Part(Decimal(100))), all_of_it=True)

    def fill_in(self, side: Side, price: Price | None, count: int | None, type: OrderType = OrderType.LIMIT) -> None:
        """A whole ticket at once, from the ladder: the price is pinned."""
        self.unread_price = self.unread_size = ""
        size = self.draft.size if count is None else Plain(Decimal(count))
        unit = self.draft.unit if count is None else Unit.SHARES
        draft = Draft(side, type, TimeInForce.DAY, price or self.draft.price, None, size, unit)
        if not type.carries_price:
            draft = replace(draft, follow=self.draft.follow)
        self._edit(draft)

    def clear_size(self) -> None:
        """After sending: the next one is not sent by a press too many."""
        self.unread_size = ""
        self._edit(replace(self.draft, size=None, unit=Unit.SHARES))

    def consumed(self) -> None:
        """The id went out with a ticket."""
        self._id = self._context.desk.new_ticket_id()

    def refuse(self, reasons: tuple[Message, ...]) -> None:
        self.refused = reasons
        self.changed.emit()

    # --- keeping up -------------------------------------------------------------------------------------------------

    def rest(self, resting: bool) -> None:
        """Nobody sees the ticket: it keeps up when somebody does, or works with it."""
        self._resting = resting
        self._catch_up()

    def _news(self, _whatever: object = None) -> None:
        self._behind = True
        if not self._context.telling:
            self._catch_up()

    def _catch_up(self) -> None:
        if self._behind and not self._resting:
            self.refresh()

    def refresh(self) -> None:
        """Look at the market and the account again, and let a followed price follow."""
        if self._look():
            self.changed.emit()

    def _keep_up(self) -> None:
        """With market data alone."""
        if self._resting:
            self._behind = True
        elif self._behind:
            self.refresh()
        elif self._look():
            self.moved.emit()

    def _look(self) -> bool:
        """False: another account trades now, and nothing of the old draft is left to stand."""
        self._later.stop()
        self._behind = False
        if self._context.desk.account != self._account:
            self._account = self._context.desk.account
            self._clear()
            return False
        self._since.start()
        self._stand()
        return True

    def _stand(self) -> None:
        if self._instrument is None:
            self.standing = Standing(self.draft, None, blocks=(Message("CHOOSE_INSTRUMENT"),))
            return
        market = self._watch.market(self._instrument)
        if market is not None and self.draft.follow is not None:
            followed = market.followed(self.draft.follow, self.draft.side)
            if followed is not None:
                self.draft = replace(self.draft, price=followed)
        self.standing = standing_of(self._context.desk, market, self.draft, self._id)

    def _edit(self, draft: Draft, *, all_of_it: bool = False) -> None:
        self.draft, self.refused, self.all_of_it = draft, (), all_of_it
        self.edited.emit()
        self.refresh()

    def price_of(self, text: str) -> Price | None:
        market = self.standing.market
        typed = read(text)
        if market is None or typed is None or isinstance(typed, Part):
            return None
        units = whole(typed.value.scaleb(market.instrument.currency.scale))
        return None if units is None or units <= 0 else Price(units, market.instrument.currency)

    def _clear(self) -> None:
        """Nothing of a draft outlives its account or its instrument, but the side and kind a person works with."""
        self._id = self._context.desk.new_ticket_id()
        self.unread_price = self.unread_size = ""
        self.sending = False
        self._edit(Draft(side=self.draft.side))
        self.cleared.emit()

    def something_typed(self) -> bool:
        """A person has begun to say how much, or is typing."""
        return self.draft.size is not None or bool(self.unread_size or self.unread_price)

    def _on_stakes_left(self) -> None:
        """Another kind of money is shown now: nothing typed for this one waits unseen (ux.md 3.3)."""
        if self.something_typed():
            self._clear()
            text = translate("Order", "The ticket was emptied: an account with other stakes is shown now.")
            self._context.say(Event.NOTE, text, merge="ticket")

    def _on_selected(self, instrument: InstrumentId) -> None:
        self._instrument = instrument
        self._clear()

    def _on_price_picked(self, price: Price, instrument: InstrumentId) -> None:
        if instrument == self._instrument and not self.draft.type.carries_price:
            self.draft = replace(self.draft, type=OrderType.LIMIT, tif=TimeInForce.DAY)
        if instrument == self._instrument:
            self.pin(price)

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self._instrument not in dirty:
            return
        if self._resting:
            self._behind = True
            return
        gone = self._since.elapsed() if self._since.isValid() else SETTLE_MS
        if gone >= SETTLE_MS:
            self._keep_up()
        elif not self._later.isActive():
            self._later.start(SETTLE_MS - gone)
