"""A person at a desk who never rests: new orders, reprices, reductions and cancels, one after the other.

Knows the desk by its one face alone, so the same person sits at a desk on virtual time and in a process of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderType, PlanChild, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.trading.facade import Desk
from hoga.trading.views import Consent, Denied, MustAsk, Submission, Submitted, TakenBack

MOST_SHARES = 12
_CONSENTS = 3


@dataclass(frozen=True, slots=True)
class Prices:
    """Where an instrument stands, plain won."""

    bid: int
    ask: int
    tick: int


PricesOf = Callable[[InstrumentId], Prices]


class Person:
    """``actions`` counts decisions to ask something of the broker, ``blocked`` those that the desk did not take or that
    were taken back before they left. ``name`` keeps the tickets of one person apart from those of an earlier life."""

    def __init__(
        self, desk: Desk, chance: random.Random, instruments: tuple[InstrumentId, ...], prices: PricesOf, name: str
    ) -> None:
        self._desk = desk
        self._chance = chance
        self._instruments = instruments
        self._prices = prices
        self._name = name
        self._tickets = 0
        self.actions = 0
        self.blocked = 0

    async def act(self) -> None:
        """Decide one thing and tell the desk."""
        self.actions += 1
        deed = self._chance.choices([self.buy_or_sell, self.reprice, self.reduce, self.cancel], [11, 3, 3, 3])[0]
        if await deed():
            self.blocked += 1

    async def clear_offers(self) -> None:
        """What was queued when the desk last ended is sent now or dropped."""
        for offer in self._desk.offers():
            if self._chance.random() < 0.8:
                await self._desk.resume(offer.request.id, _everything())
            else:
                await self._desk.discard(offer.request.id)

    async def buy_or_sell(self) -> bool:
        """True when it was blocked."""
        return not isinstance(await self.order(), Submitted)

    async def order(self) -> Submission:
        """One order of some kind, every question answered with yes; what the desk said in the end."""
        self._tickets += 1
        chance = self._chance
        instrument = chance.choice(self._instruments)
        prices = self._prices(instrument)
        side = chance.choice(list(Side))
        best = prices.bid if side is Side.BUY else prices.ask
        limit = best - side.sign * prices.tick * chance.choice([-1, 0, 1, 2, 3, 4, 5, 6])
        ticket = Ticket(
            TicketId(f"{self._name}-{self._tickets}"), self._desk.account, instrument, side, OrderType.LIMIT,
            Shares(chance.randint(1, MOST_SHARES)), Price(limit), TimeInForce.DAY,
        )  # fmt: skip
        if chance.random() < 0.2:
            ticket = replace(ticket, origin=PlanChild(self._name, 1, self._tickets, 0))
        consent = Consent()
        for _ in range(_CONSENTS):
            answer = await self._desk.submit(ticket, consent)
            if not isinstance(answer, MustAsk):
                break
            consent = Consent(consent.codes | {question.code for question in answer.questions}, "seen")
        return answer

    async def reprice(self) -> bool:
        order = self._pick(least=1)
        if order is None or order.limit is None:
            return await self.buy_or_sell()
        prices = self._prices(order.instrument)
        here = order.current_limit or order.limit
        limit = here.units - order.side.sign * prices.tick * self._chance.choice([-2, -1, 1, 2])
        answer = await self._desk.reprice(order.id, Price(limit), _everything())
        return isinstance(answer, Denied | MustAsk)

    async def reduce(self) -> bool:
        order = self._pick(least=2)
        if order is None:
            return await self.buy_or_sell()
        answer = await self._desk.reduce(order.id, Shares(self._chance.randint(1, order.leaves.count - 1)))
        return isinstance(answer, Denied | MustAsk)

    async def cancel(self) -> bool:
        live = [order for order in self._desk.orders() if not order.state.over]
        if not live:
            return await self.buy_or_sell()
        answer = await self._desk.cancel(self._chance.choice(live).id)
        return isinstance(answer, Denied | TakenBack)

    def _pick(self, *, least: int) -> Order | None:
        """An order that can be changed now, with at least ``least`` shares left."""
        live = [
            order
            for order in self._desk.orders()
            if not order.state.over and len(order.heads) == 1 and not order.asked and order.leaves.count >= least
        ]
        return self._chance.choice(live) if live else None


def _everything() -> Consent:
    """Yes to whatever the desk asks about a change."""
    return Consent(frozenset({"NOT_RECONCILED", "CASH_UNKNOWN", "INSTRUMENT_NOT_READ", "LIMITS_UNKNOWN"}), "seen")
