"""A fake desk behind the real gate: the gate looks at what the desk shows, and what it says is the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.domain.costs import fee_model
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.risk import AverageVolume
from hoga.domain.slips import Habit
from hoga.domain.tickets import OrderId, Origin, Side, Ticket
from hoga.domain.values import Money, Price, Shares
from hoga.trading.gate import GateFacts, Verdict, judge_reprice, judge_ticket, needed_cash
from hoga.trading.views import NO_CONSENT, Consent, Denied, FollowUp, MustAsk, Preview, Submission
from tests.support.fake_desk import FakeDesk


@dataclass
class Told:
    """What a fake desk has no part for, and the gate asks about."""

    volume: Maybe[AverageVolume] = field(default_factory=lambda: Unknown(Message("NOT_READ_YET")))
    day_result: Maybe[Money] | None = None
    habit: Habit = field(default_factory=Habit)
    recent: int = 0


class GatedDesk(FakeDesk):
    """``told`` is set by the test; limits, orders, portfolio and market are the desk's own."""

    told: Told

    def facts(self, instrument: InstrumentId) -> GateFacts:
        told, now = self.told, self.clock.now()
        found, portfolio = self.instrument(instrument), self.portfolio()
        held = portfolio.holding(instrument)
        unread = portfolio.holdings if isinstance(portfolio.holdings, Unknown) else None
        last = self.board.last(instrument)
        asked = (r for order in self.orders() for r in order.requests if r.made_at >= now - timedelta(minutes=1))
        recent = sum(request.kind in (RequestKind.NEW, RequestKind.REPRICE) for request in asked)
        return GateFacts(
            account=self.account,
            locked=None,
            now=now,
            schedule=self.schedule,
            capabilities=self.capabilities,
            fees=fee_model(self.account.profile),
            instrument=found,
            master_read=True,
            quote=self.board.quote(instrument),
            stale_after=10.0,
            orderable=portfolio.orderable,
            sellable=unread or Known(held.sellable if held else Shares(0), now, "test"),
            price_at=last.at if isinstance(last, Known) else None,
            stopped=self.health().stopped_since is not None,
            limits=self.limits,
            book=self.board.book(instrument),
            last=last,
            held=unread or Known(held.position.quantity if held else Shares(0), now, "test"),
            total=portfolio.total,
            day_result=told.day_result or Known(Money(0), now, "test"),
            volume=told.volume,
            working=tuple(o for o in self.orders() if o.instrument == instrument and not o.state.over),
            recent=recent + told.recent,
            habit=told.habit,
        )

    def judge(self, ticket: Ticket) -> Verdict:
        return judge_ticket(ticket, self.facts(ticket.instrument))

    def preview(self, ticket: Ticket) -> Preview:
        verdict = self.judge(ticket)
        need = needed_cash(ticket.side, ticket.type, ticket.limit, ticket.quantity, self.facts(ticket.instrument))
        held = Known(need, self.clock.now(), "test") if need is not None else None
        return replace(
            super().preview(ticket),
            reasons=verdict.reasons,
            questions=verdict.questions,
            notes=verdict.notes,
            held=held if ticket.side is Side.BUY else None,
        )

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission:
        stopped = _stopped(self.judge(ticket), consent)
        return stopped or await super().submit(ticket, consent)

    async def reprice(
        self, order: OrderId, limit: Price, consent: Consent = NO_CONSENT, *, origin: Origin | None = None
    ) -> FollowUp:
        known = self.book_of_orders.orders[order]
        stopped = _stopped(judge_reprice(known, limit, self.facts(known.instrument)), consent)
        return stopped or await super().reprice(order, limit, consent, origin=origin)


def gated_desk(told: Told | None = None) -> GatedDesk:
    desk = GatedDesk()
    desk.told = told or Told()
    return desk


def _stopped(verdict: Verdict, consent: Consent) -> Denied | MustAsk | None:
    if verdict.reasons:
        return Denied(verdict.reasons)
    unasked = tuple(question for question in verdict.questions if question.code not in consent.codes)
    return MustAsk(unasked) if unasked else None
