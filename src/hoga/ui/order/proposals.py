"""What a person is about to approve: a new order, a move, a cancel. What is shown is what runs.

A proposal keeps the very ticket (or the orders and the price) that its sentence was made from. Market data only
changes what is said beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.known import Known
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, Side, Ticket
from hoga.domain.values import Money, Price
from hoga.trading.same_ticket import SAME_TICKET
from hoga.trading.views import Consent, Denied, FollowUp, MustAsk, Preview, Submitted
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.cautions import Level, cautions_of, level_of
from hoga.ui.order.figures import Figure, figures_of, now_line
from hoga.ui.order.market import Market
from hoga.ui.order.sentences import cancel_sentence, place_sentence, reprice_sentence, short
from hoga.ui.order.text import side_word, translate
from hoga.ui.order.watch import Watch

Answer: TypeAlias = Submitted | Denied | MustAsk | None
"""What the desk said; None: everything asked for is on its way."""


class Now(Struct, frozen=True):
    """How a proposal stands at this moment. ``line``: what would happen now, and how the market moved since."""

    figures: tuple[Figure, ...] = ()
    line: str = ""
    blocks: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    """What could not be judged: said, and in nobody's way."""


class Proposal(ABC):
    """``key`` names it while it runs: a second press of the same one is dropped. What goes at once leaves before it is
    put into words: ``sentence`` is made from the same values either way, when it is first read."""

    def __init__(
        self, context: Context, key: str, side: Side, level: Level, sentence: Callable[[], str], verb: str
    ) -> None:
        self.context = context
        self.key = key
        self.side = side
        self.level = level
        self._sentence = sentence
        self.verb = verb
        self.of_account = context.desk.account
        self.cautions: tuple[Message, ...] = ()
        self.questions: tuple[Message, ...] = ()

    @cached_property
    def sentence(self) -> str:
        """Exactly what runs."""
        return self._sentence()

    @cached_property
    def account(self) -> str:
        """Whose it is, stakes first."""
        return self.context.account_line(self.of_account)

    def prepare(self) -> None:  # noqa: B027 most proposals know it from the first
        """It is asked about now, though it was to go at once: know what there is to say of it."""

    @property
    def amount(self) -> Money | None:
        """What is at stake, where it is known: typed at level 3."""
        return None

    @property
    def toast(self) -> str:
        return self.sentence

    @abstractmethod
    def now(self) -> Now: ...

    @abstractmethod
    async def carry_out(self, consent: Consent) -> Answer: ...


class Placing(Proposal):
    """A new order: exactly ``ticket``. ``every_press``: each press is meant, the same order twice in a moment too."""

    def __init__(
        self,
        context: Context,
        watch: Watch,
        ticket: Ticket,
        base: int,
        *,
        most: Level = Level.TYPED,
        all_of_it: bool = False,
        every_press: bool = False,
    ) -> None:
        verb = translate("Order", "Sell all") if all_of_it else side_word(ticket.side)
        super().__init__(
            context,
            f"order {ticket.id}",
            ticket.side,
            Level.AT_ONCE,
            lambda: place_sentence(context, ticket, all_of_it=all_of_it),
            verb,
        )
        self.ticket = ticket
        self._watch = watch
        self._every_press = every_press
        self._looked_at = False
        self._amount: Money | None = None
        self._last: Price | None = None
        if base > 0:  # what goes at once is judged as it goes
            preview = self._look()
            self.level = min(level_of(base, preview, self.cautions, context.desk.limits), most)

    def _look(self) -> Preview:
        """Know what is to be said of it at this moment."""
        preview, market = self.context.desk.preview(self.ticket), self._watch.market(self.ticket.instrument)
        self._looked_at = True
        self.cautions = () if market is None else cautions_of(self.ticket, market, preview, self.context.desk)
        self.questions = preview.questions
        self._amount = preview.amount.value if isinstance(preview.amount, Known) else None
        self._last = market.last if market is not None else None
        return preview

    def prepare(self) -> None:
        if not self._looked_at:
            self._look()

    @property
    def amount(self) -> Money | None:
        return self._amount

    @property
    def toast(self) -> str:
        return short(self.context, self.ticket)

    def now(self) -> Now:
        market = self._watch.market(self.ticket.instrument)
        if market is None:
            return Now(blocks=(Message("MASTER_NOT_READ"),))
        preview = self.context.desk.preview(self.ticket)
        lines = (now_line(self.ticket, market), self._moved(market))
        return Now(
            figures_of(self.context, self.ticket, preview, market),
            " ".join(filter(None, lines)),
            preview.reasons,
            preview.notes,
        )

    def _moved(self, market: Market) -> str:
        if self._last is None or market.last is None or market.last == self._last:
            return ""
        return translate("Order", "Since you looked the last price went from {old} to {new}.").format(
            old=fmt.price(self._last), new=fmt.price(market.last)
        )

    async def carry_out(self, consent: Consent) -> Answer:
        if self._every_press:
            consent = Consent(consent.codes | {SAME_TICKET}, consent.words)
        return await self.context.desk.submit(self.ticket, consent)


class _Following(Proposal):
    """Something asked of working orders, one after the other; those already asked are not asked twice."""

    def __init__(
        self, context: Context, orders: Iterable[Order], level: Level, key: str, sentence: Callable[[], str], verb: str
    ) -> None:
        self.orders = tuple(orders)
        super().__init__(context, key, self.orders[0].side, level, sentence, verb)
        self._left = [order.id for order in self.orders]

    def now(self) -> Now:
        """Nobody should approve what is no longer there."""
        known = (self.context.desk.order(id) for id in self._left)
        if any(order is not None and not order.state.over for order in known):
            return Now()
        return Now(blocks=(Message("NOTHING_LEFT"),))

    async def carry_out(self, consent: Consent) -> Answer:
        while self._left:
            answer = await self._ask(self._left[0], consent)
            if isinstance(answer, Denied | MustAsk):
                return answer
            self._left.pop(0)
        return None

    @abstractmethod
    async def _ask(self, order: OrderId, consent: Consent) -> FollowUp: ...


class Moving(_Following):
    """Working orders of one price to another price."""

    def __init__(self, context: Context, orders: Iterable[Order], limit: Price, base: int) -> None:
        orders = tuple(orders)
        level = Level.AT_ONCE if base <= 0 else Level.SLIP
        verb = translate("Order", "Move")
        super().__init__(
            context, orders, level, _key("move", orders), lambda: reprice_sentence(context, orders, limit), verb
        )
        self.limit = limit

    async def _ask(self, order: OrderId, consent: Consent) -> FollowUp:
        return await self.context.desk.reprice(order, self.limit, consent)


class Cancelling(_Following):
    """Working orders, all of them chosen by hand. One goes at once, more are asked about (speed is safety)."""

    def __init__(self, context: Context, orders: Iterable[Order], base: int) -> None:
        orders = tuple(orders)
        level = Level.SLIP if base > 0 and len(orders) > 1 else Level.AT_ONCE
        verb = translate("Order", "Cancel orders")
        super().__init__(context, orders, level, _key("cancel", orders), lambda: cancel_sentence(context, orders), verb)

    async def _ask(self, order: OrderId, consent: Consent) -> FollowUp:
        return await self.context.desk.cancel(order)


def _key(verb: str, orders: tuple[Order, ...]) -> str:
    return f"{verb} {' '.join(order.id for order in orders)}"
