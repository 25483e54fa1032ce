"""The reconciler: what the broker's list of the day says, brought together with what we intended.

It reads on start, after each reconnect, soon after every unknown and every oddity, and slowly all the time. Absence is
proof only after several complete reads, the last begun long enough after the send. Late arrivals are claimed all the
same; what nobody here intended is adopted as foreign; what cannot be told apart becomes a question.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.port import Broker, NotSupported
from hoga.domain.broker_orders import BrokerNumber, OrderList, OrderReport, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.number_life import read_row
from hoga.domain.order_facts import Adopted, Fact, Found, Joined, Listed, ProvedAbsent
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, RequestId
from hoga.trading.day_end import DayEnd
from hoga.trading.matching import Candidate, Doubt, Matcher, fingerprint_of, originals_first
from hoga.trading.recorder import Recorder
from hoga.trading.records import Fingerprint, OrderRecords, fingerprint
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Question, Unresolved

_log = logging.getLogger(__name__)


class Reconciler:
    """See the module. ``load(number)`` brings an order of an earlier day back into memory if the journal knows the
    number; ``new_order_id()`` names adopted orders; ``on_questions()`` runs when the open questions changed;
    ``is_over(date, moment)`` tells whether a trading date had ended; ``on_untold(date, why)`` hears once of each past
    date whose list this host does not show."""

    def __init__(
        self,
        broker: Broker,
        recorder: Recorder,
        records: OrderRecords,
        clock: MarketClock,
        settings: DeskSettings,
        *,
        trading_date: Callable[[datetime], date],
        load: Callable[[BrokerNumber], Awaitable[bool]],
        new_order_id: Callable[[], OrderId],
        on_questions: Callable[[], None],
        is_over: Callable[[date, datetime], bool],
        on_untold: Callable[[date, Message], None],
    ) -> None:
        self._broker = broker
        self._recorder = recorder
        self._records = records
        self._clock = clock
        self._settings = settings
        self._trading_date = trading_date
        self._load = load
        self._new_order_id = new_order_id
        self._on_questions = on_questions
        self._on_untold = on_untold
        self._untold: set[date] = set()
        self._missed: set[date] = set()
        self._last_rows: dict[BrokerNumber, OrderReport] = {}
        self._reads: dict[RequestId, list[datetime]] = {}
        self._questions: dict[RequestId, Question] = {}
        self._doubtful: set[RequestId] = set()
        self._looking = asyncio.Lock()
        self._finished: set[date] = set()
        self._day_end = DayEnd(records, clock.now, is_over, timedelta(seconds=settings.claim_before))
        self.unclaimed: frozenset[InstrumentId] = frozenset()
        """In which instruments the list shows orders of which it is not settled yet whether they are ours."""
        self.last_look: datetime | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._questions.values())

    async def look(self) -> None:
        """Read every list that matters, to the end, and act on it. Raises BrokerError; then nothing was concluded."""
        async with self._looking:
            lists, untold = await self._read_lists()
            await self._digest([*untold, *lists])
            await self._prove_absence(lists)
            self._missed.clear()
            self.last_look = lists[-1].began

    def catch_up(self, missed: Iterable[date]) -> None:
        """The next look reads the lists of these past dates too."""
        self._missed |= set(missed)

    async def answer(self, question: str, number: BrokerNumber | None) -> bool:
        """The person's word: which candidate is ours, or none. The others are foreign. False: the question has been
        answered before, by the person or by itself, and nothing was changed."""
        async with self._looking:
            asked = next((q for q in self._questions.values() if q.id == question), None)
            if asked is None:
                return False
            del self._questions[asked.request.id]
            facts: list[Fact] = []
            now = self._clock.now()
            found = self._records.request(asked.request.id)
            open_still = found is not None and found[1].state is RequestState.UNKNOWN  # its answer may have come since
            for row in asked.candidates:
                if self._records.of_number(row.number) is not None:
                    continue
                if row.number == number and open_still:
                    facts += self._claim(Candidate(asked.order, asked.request), row, by_person=True)
                else:
                    facts.append(Adopted(now, self._new_order_id(), row))
            if number is None and open_still:
                reads = tuple(self._reads.get(asked.request.id, ()))
                facts.append(ProvedAbsent(now, asked.order.id, asked.request.id, reads, by_person=True))
            await self._recorder.told(*facts)
            self._on_questions()
            return True

    def next_look(self) -> datetime:
        """When the list should be read again, as things stand."""
        now, s = self._clock.now(), self._settings
        due = now + timedelta(seconds=s.slow_look)
        for _, request in self._records.requests_in(RequestState.UNKNOWN):
            sent = request.sent_at or request.made_at
            looks = [*s.unknown_looks, s.absence_after + 0.5]
            ahead = [at for after in looks if (at := sent + timedelta(seconds=after)) > now]
            due = min(due, *ahead) if ahead else min(due, now + timedelta(seconds=s.absence_after / 6))
        return min(due, self._day_end.next_look(self._trading_date, due - now) or due)

    def unresolved(self) -> tuple[Unresolved, ...]:
        """What is unknown now, oldest first, with how far the asking is."""
        due, s = self.next_look(), self._settings
        return tuple(
            Unresolved(
                order, request, sent, len(self._reads.get(request.id, ())), s.absence_reads,
                sent + timedelta(seconds=s.absence_after), due, request.id in self._questions,
            )
            for order, request in self._records.requests_in(RequestState.UNKNOWN)
            for sent in [request.sent_at or request.made_at]
        )  # fmt: skip

    # --- lists ------------------------------------------------------------------------------------------------------

    def _dates(self) -> list[date]:
        """Today, and each earlier date about which anything is open, oldest first."""
        now = self._clock.now()
        today = self._trading_date(now)
        dates = {today}
        for order in self._records.open_orders:
            dates |= {life.number.trading_date for life in order.numbers if order.remaining_of(life.number)}
        for _, request in self._records.requests_in(RequestState.SENDING, RequestState.UNKNOWN):
            dates |= self._dates_of(request.sent_at or request.made_at)
        if self.last_look is not None and (before := self._trading_date(self.last_look)) not in self._finished:
            dates.add(before)
        return sorted(day for day in dates | self._missed if day <= today)

    async def _read_lists(self) -> tuple[list[OrderList], list[OrderList]]:
        """The lists that matter; and empty ones in the place of those that this host does not show any more: their
        dates are over, so nothing of them can still work, and they prove nothing else."""
        lists: list[OrderList] = []
        untold: list[OrderList] = []
        for day in self._dates():
            nothing = OrderList(day, (), self._clock.now())
            try:
                lists.append(await self._broker.orders(day))
            except NotSupported as error:
                if not self._day_end.is_over(nothing):
                    raise
                untold.append(nothing)
                if day not in self._untold:
                    self._untold.add(day)
                    self._on_untold(day, error.message)
        return lists, untold

    def _dates_of(self, sent: datetime) -> set[date]:
        """On which trading dates a send may be listed: around a roll, the broker's clock may be on the other side."""
        before, after = self._settings.claim_before, self._settings.claim_window
        return {self._trading_date(sent + timedelta(seconds=s)) for s in (-before, 0, after)}

    async def _digest(self, lists: Sequence[OrderList]) -> None:
        rows = originals_first(row for listed in lists for row in listed.rows)
        for row in rows:
            if self._records.of_number(row.number) is None:
                await self._load(row.number)
        lapsing = [fact for listed in lists for fact in self._day_end.lapsing(listed)]
        fills_first = sorted(self._known_rows(rows), key=lambda fact: not self._tells_of_fills(fact))
        at = sum(self._tells_of_fills(fact) for fact in fills_first)
        await self._tell([*fills_first[:at], *lapsing, *fills_first[at:]])
        unclaimed = [row for row in rows if self._records.of_number(row.number) is None]
        held = await self._new_orders([row for row in unclaimed if row.original is None])
        for row in unclaimed:
            if row.original is not None and row.number not in held and self._records.of_number(row.number) is None:
                if row.original in held:
                    held.add(row.number)
                else:
                    await self._tell(self._follow_up(row))
        await self._tell([fact for listed in lists for fact in self._day_end.left_over(listed)])
        self._finished |= {listed.trading_date for listed in lists if self._day_end.is_over(listed)}

    async def _tell(self, facts: Sequence[Fact]) -> None:
        if facts:
            await self._recorder.told(*facts)

    def _tells_of_fills(self, fact: Listed) -> bool:
        """What was filled before a rest lapsed is told before it."""
        order = self._records.of_number(fact.row.number)
        life = order.life(fact.row.number) if order is not None else None
        return life is not None and fact.row.filled.count > life.filled

    def _known_rows(self, rows: Iterable[OrderReport]) -> list[Listed]:
        facts: list[Listed] = []
        before, self._last_rows = self._last_rows, {}
        for row in rows:
            order = self._records.of_number(row.number)
            life = order.life(row.number) if order else None
            if order is None or life is None:
                continue
            self._last_rows[row.number] = row
            if before.get(row.number) == row:
                continue
            self._records.learn_channel(row)
            if read_row(life, row) != life:
                facts.append(Listed(self._clock.now(), order.id, row))
        return facts

    async def _new_orders(self, rows: list[OrderReport]) -> set[BrokerNumber]:
        """Claim, hold, ask about or adopt rows without an original number. Returns the numbers that were left."""
        by_print: dict[Fingerprint, list[OrderReport]] = {}
        for row in rows:
            by_print.setdefault(fingerprint_of(row), []).append(row)
        left: set[BrokerNumber] = set()
        doubts: dict[RequestId, Doubt] = {}
        facts: list[Fact] = []
        for print_, group in by_print.items():
            verdict = self._matcher().new_orders(group, self._candidates(print_))
            for candidate, row in verdict.claims:
                facts += self._claim(candidate, row)
            for doubt in verdict.doubts:
                doubts[doubt.candidate.request.id] = doubt
                left |= {row.number for row in doubt.rows}
            left |= {row.number for row in verdict.held}
            facts += [Adopted(self._clock.now(), self._new_order_id(), row) for row in verdict.foreign]
        await self._tell(facts)
        self._ask(doubts)
        self.unclaimed = frozenset(row.instrument for row in rows if row.number in left)
        return left

    def _matcher(self) -> Matcher:
        own_channels = self._records.own_channels or self._broker.capabilities.own_channels
        return Matcher(self._settings, own_channels, self._records.heard_before, self._dates_of)

    def _candidates(self, wanted: Fingerprint) -> list[Candidate]:
        """New orders of ours without a number that a row of this fingerprint may be."""
        return [
            Candidate(order, first)
            for order in self._records.orders
            if (first := order.first) is not None
            and not order.numbers
            and first.state in (RequestState.SENDING, RequestState.UNKNOWN, RequestState.ABSENT)
            and fingerprint(order) == wanted
        ]

    def _claim(self, candidate: Candidate, row: OrderReport, *, by_person: bool = False) -> list[Fact]:
        now, order = self._clock.now(), candidate.order.id
        self._reads.pop(candidate.request.id, None)
        return [Found(now, order, candidate.request.id, row.number, by_person), Listed(now, order, row)]

    def _follow_up(self, row: OrderReport) -> list[Fact]:
        """A row that refers to another number: a reprice, reduce or cancel, ours or from elsewhere."""
        now = self._clock.now()
        parent = self._records.of_number(row.original) if row.original is not None else None
        if parent is None:
            carries = bool(row.remaining or row.filled)
            return [Adopted(now, self._new_order_id(), row)] if carries else []
        candidates = [
            Candidate(parent, request)
            for request in parent.requests
            if request.kind is not RequestKind.NEW
            and request.state in (RequestState.SENDING, RequestState.UNKNOWN, RequestState.ABSENT)
        ]
        found = self._matcher().follow_up(row, candidates)
        if found is RequestState.SENDING:
            return []
        if isinstance(found, Candidate):
            return self._claim(found, row)
        return [Joined(now, parent.id, row)]

    # --- questions and absence --------------------------------------------------------------------------------------

    def _ask(self, doubts: dict[RequestId, Doubt]) -> None:
        """Keep the questions that still stand, with their newest evidence; drop those that answered themselves."""
        before = dict(self._questions)
        self._questions = {}
        for id, doubt in doubts.items():
            c = doubt.candidate
            if doubt.may_clear and not self._late_enough(c.sent_at, self._clock.now()):
                continue
            why = Message(doubt.why, {"candidates": len(doubt.rows)})
            usual = frozenset(self._records.own_channels)
            self._questions[id] = Question(f"question of {id}", c.order, c.request, doubt.rows, why, usual)
        self._doubtful = set(doubts)
        if before != self._questions:
            self._on_questions()

    def _late_enough(self, sent: datetime, began: datetime) -> bool:
        return began >= sent + timedelta(seconds=self._settings.absence_after)

    async def _prove_absence(self, lists: Sequence[OrderList]) -> None:
        """Count complete reads that do not show what is unknown; when they are enough, it is absent."""
        began = min(listed.began for listed in lists)
        covered = {listed.trading_date for listed in lists}
        today = self._trading_date(began)
        unknown = self._records.requests_in(RequestState.UNKNOWN)
        self._reads = {r.id: self._reads.get(r.id, []) for _, r in unknown}
        facts: list[Fact] = []
        for order, request in unknown:
            sent = request.sent_at or request.made_at
            wanted = {day for day in self._dates_of(sent) if day <= today}
            if request.id in self._doubtful or not wanted <= covered or began <= sent:
                continue
            reads = self._reads[request.id]
            reads.append(began)
            if len(reads) >= self._settings.absence_reads and self._late_enough(sent, reads[-1]):
                facts.append(ProvedAbsent(self._clock.now(), order.id, request.id, tuple(reads)))
        await self._tell(facts)
