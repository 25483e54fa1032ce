"""One person at a terminal: what they look at, what their lines do, and the picture of it all. Knows no screen.

A ticket is sent by the line that was typed; where the gate asks, the next line must be ``y``. It is the same ticket:
what was shown is what is sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec.structs import replace

from hoga.base.message import Language, Message
from hoga.broker.port import BrokerError, Lease, Stream, StreamHealth, Topic, TopicKind
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Unknown
from hoga.domain.market_data import Quote
from hoga.domain.orders import Order
from hoga.domain.search import SearchIndex
from hoga.domain.tickets import Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.terminal.commands import (
    Cancel,
    CancelAll,
    Command,
    Help,
    Place,
    Quit,
    Reduce,
    Reprice,
    Select,
    Speak,
    parse,
)
from hoga.terminal.picture import DASH, HoldingLine, OrderLine, Picture
from hoga.terminal.wording import HELP_EN, HELP_KO
from hoga.trading.facade import Desk
from hoga.trading.views import NO_CONSENT, Consent, Denied, FollowUp, MustAsk, Submission, Submitted, TakenBack

Words = Callable[[Message, Language], str]
_STATES_KO = {
    "queued": "대기",
    "sending": "전송 중",
    "unknown": "확인 중",
    "working": "접수",
    "partially filled": "일부 체결",
    "filled": "체결",
    "cancelled": "취소",
    "expired": "만료",
    "refused": "거부",
    "withdrawn": "철회",
    "absent": "없음",
}


class Session:
    """See the module. ``words`` puts any message into words; ``title`` names broker, account and stakes."""

    def __init__(self, desk: Desk, title: str, words: Words, language: Language = Language.KO) -> None:
        self._desk = desk
        self._title = title
        self._words = words
        self.language = language
        self.instrument: InstrumentId | None = None
        self.over = False
        self._search = SearchIndex(())
        self._leases: list[Lease] = []
        self._said: list[str] = []
        self._asked: tuple[Ticket, tuple[Message, ...]] | None = None

    async def start(self, first: str = "005930") -> None:
        """Read the symbol master and show an instrument. Raises BrokerError."""
        await self.read_master()
        await self.execute(first)

    async def read_master(self) -> None:
        self._search = SearchIndex(await self._desk.instruments())

    def close(self) -> None:
        for lease in self._leases:
            lease.release()
        self._leases.clear()

    # --- lines ------------------------------------------------------------------------------------------------------

    async def execute(self, line: str) -> tuple[str, ...]:
        """Do what ``line`` says; returns what is said in answer (it is on the picture too)."""
        before = len(self._said)
        if self._asked is not None and line.strip():
            await self._confirmed(line)
        else:
            meant = parse(line)
            if isinstance(meant, Message):
                self._say(meant)
            elif meant is not None:
                await self._do(meant)
        return tuple(self._said[before:])

    async def _do(self, command: Command) -> None:
        match command:
            case Select(query):
                await self._select(query)
            case Place():
                await self._place(command)
            case Reprice(line, price):
                await self._about(line, lambda order: self._desk.reprice(order.id, Price(price)))
            case Reduce(line, by):
                await self._about(line, lambda order: self._desk.reduce(order.id, Shares(by)))
            case Cancel(line):
                await self._about(line, lambda order: self._desk.cancel(order.id))
            case CancelAll():
                await self._cancel_all()
            case Speak(language):
                self.language = language
            case Help():
                self._said += HELP_KO if self.language is Language.KO else HELP_EN
            case Quit():
                self.over = True

    async def _select(self, query: str) -> None:
        found = self._search.find(query, 1)
        if not found:
            self._say(Message("NOT_FOUND", {"text": query}))
            return
        self.close()
        self.instrument = found[0].id
        self._leases = [self._desk.lease(Topic(kind, found[0].id)) for kind in TopicKind]
        try:
            self._desk.board.update(await self._desk.quote(found[0].id), "rest")
            self._desk.board.update(await self._desk.book(found[0].id), "rest")
        except BrokerError as error:
            self._say(error.message)

    async def _place(self, command: Place) -> None:
        if self.instrument is None:
            self._say(Message("NO_INSTRUMENT"))
            return
        if command.quantity == 0 or command.price == 0:
            self._say(Message("NOT_UNDERSTOOD", {"text": "0"}))
            return
        ticket = Ticket(
            id=self._desk.new_ticket_id(),
            account=self._desk.account,
            instrument=self.instrument,
            side=command.side,
            type=command.type,
            quantity=Shares(command.quantity),
            limit=None if command.price is None else Price(command.price),
            tif=command.tif,
        )
        await self._submit(ticket, NO_CONSENT)

    async def _submit(self, ticket: Ticket, consent: Consent) -> None:
        answer: Submission = await self._desk.submit(ticket, consent)
        match answer:
            case Submitted(again=again):
                self._say(Message("SENT_ALREADY" if again else "SENT", {"what": self._describe(ticket)}))
            case Denied(reasons):
                self._say(*reasons)
            case MustAsk(questions):
                self._asked = ticket, questions
                for question in questions:
                    self._say(Message("CONFIRM", {"question": self._words(question, self.language)}))

    async def _confirmed(self, line: str) -> None:
        asked, self._asked = self._asked, None
        if asked is None or line.strip().lower() not in ("y", "yes", "네", "예", "ㅛ"):
            self._say(Message("NOT_SENT"))
            return
        ticket, questions = asked
        words = " / ".join(self._words(question, self.language) for question in questions)
        await self._submit(ticket, Consent(frozenset(question.code for question in questions), words))

    async def _about(self, line: int, ask: Callable[[Order], Awaitable[FollowUp]]) -> None:
        order = self._lines().get(line)
        if order is None:
            self._say(Message("NO_SUCH_LINE", {"line": line}))
            return
        self._follow(await ask(order), f"#{line}")

    async def _cancel_all(self) -> None:
        answers = await self._desk.cancel_all()
        if not answers:
            self._say(Message("NOTHING_TO_CANCEL"))
        for answer in answers:
            self._follow(answer, "취소" if self.language is Language.KO else "cancel")

    def _follow(self, answer: FollowUp, what: str) -> None:
        match answer:
            case Denied(reasons) | MustAsk(reasons):
                self._say(*reasons)
            case TakenBack():
                self._say(Message("TAKEN_BACK"))
            case _:
                self._say(Message("REQUESTED", {"what": what}))

    def _say(self, *messages: Message) -> None:
        self._said += [self._words(message, self.language) for message in messages]

    # --- the picture ------------------------------------------------------------------------------------------------

    def picture(self, most_lines: int = 8) -> Picture:
        """Everything as it is now."""
        instrument = self.instrument
        quote = self._desk.board.quote(instrument) if instrument else None
        book = self._desk.board.book(instrument) if instrument else None
        portfolio = self._desk.portfolio()
        healthy, health = self._health()
        orderable = portfolio.orderable
        return Picture(
            title=self._title,
            market_time=f"{self._desk.clock.now():%H:%M:%S} KST",
            health=health,
            healthy=healthy,
            cash=str(orderable.value) if isinstance(orderable, Known) else DASH,
            language=self.language,
            quote=self._live_quote(quote.value) if isinstance(quote, Known) else None,
            name=self._name(instrument) if instrument else "",
            book=book.value if isinstance(book, Known) else None,
            stale=not healthy,
            orders=[self._order_line(line, order) for line, order in self._lines().items()],
            holdings=self._holdings(),
            lines=self._activity(most_lines),
            own_prices=frozenset(
                limit.units
                for order in self._lines().values()
                if order.instrument == instrument and (limit := order.current_limit)
            ),
        )

    def _live_quote(self, quote: Quote) -> Quote:
        """The quote as last read, carried on by the newest trade."""
        trade = self._desk.board.trade(quote.instrument)
        if not isinstance(trade, Known) or trade.value.at < quote.at:
            return quote
        now = trade.value
        change = now.price_units - quote.base.units
        return replace(
            quote,
            last=now.price,
            change_units=change,
            change_percent=_percent(change, quote.base.units),
            volume=now.day_volume,
            at=now.at,
        )

    def _lines(self) -> dict[int, Order]:
        """Working orders by the number one types; a number stays with its order while it works."""
        return {n: order for n, order in enumerate(self._desk.orders(), 1) if not order.settled}

    def _order_line(self, line: int, order: Order) -> OrderLine:
        korean = self.language is Language.KO
        state = order.state.value
        limit = order.current_limit
        return OrderLine(
            line=line,
            name=self._name(order.instrument),
            side=order.side,
            price=str(limit) if limit else order.type.value,
            quantity=order.quantity.count,
            filled=order.filled.count,
            left=order.leaves.count,
            state=_STATES_KO[state] if korean else state,
        )

    def _holdings(self) -> tuple[HoldingLine, ...]:
        held = self._desk.portfolio().holdings
        if isinstance(held, Unknown):
            return ()
        rows = []
        for one in held.value:
            profit = one.open_profit.value.units if isinstance(one.open_profit, Known) else None
            rows.append(
                HoldingLine(
                    name=one.position.name or self._name(one.position.instrument),
                    quantity=one.position.quantity.count,
                    sellable=one.sellable.count,
                    average=f"{one.position.average:,.0f}" if one.position.average is not None else DASH,
                    last=str(one.last.value) if isinstance(one.last, Known) else DASH,
                    profit=DASH if profit is None else f"{profit:+,}",
                    gain=0 if not profit else (1 if profit > 0 else -1),
                )
            )
        return tuple(rows)

    def _activity(self, most: int) -> tuple[str, ...]:
        """What the desk did (with the market's time) and, below it, what was said here last."""
        lines = [
            f"{line.at:%H:%M:%S} {self._words(line.message, self.language)}" for line in self._desk.activity()[-most:]
        ]
        return tuple(lines[-max(most - 4, 1) :] + self._said[-4:])

    def _health(self) -> tuple[bool, str]:
        health = self._desk.health()
        streams = [health.streams.get(stream) for stream in (Stream.QUOTES, Stream.FILLS)]
        live = all(one is not None and one.health is StreamHealth.LIVE for one in streams)
        korean = self.language is Language.KO
        words = ("실시간" if korean else "live") if live else ("연결 중" if korean else "connecting")
        if health.unknown:
            words += f" · {'확인 중' if korean else 'unknown'} {health.unknown}"
        return live, words

    def _name(self, instrument: InstrumentId) -> str:
        known = self._desk.instrument(instrument)
        if isinstance(known, Unknown):
            return instrument.code
        one: Instrument = known.value
        return one.name_en if self.language is Language.EN and one.name_en else one.name_ko

    def _describe(self, ticket: Ticket) -> str:
        korean = self.language is Language.KO
        side = {Side.BUY: "매수", Side.SELL: "매도"}[ticket.side] if korean else ticket.side.value
        price = str(ticket.limit) if ticket.limit else ("시장가" if korean else ticket.type.value)
        return f"{self._name(ticket.instrument)} {side} {ticket.quantity} @ {price}"

    @property
    def now(self) -> datetime:
        return self._desk.clock.now()


def _percent(change: int, base: int) -> str:
    """Two decimals, half away from zero, by whole numbers."""
    if base == 0:
        return DASH
    hundredths = (abs(change) * 10_000 * 2 + base) // (base * 2)
    return f"{'-' if change < 0 else ''}{hundredths // 100}.{hundredths % 100:02d}"
