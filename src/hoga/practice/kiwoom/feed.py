"""Hears the exchange once and hands its news to the sessions that registered for them, as REAL frames.

Trades of one step travel in one frame of several entries; a changed book follows the trades that changed it. An
instrument nobody watches costs one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from hoga.domain.market_data import Book
from hoga.practice.api import (
    Broker,
    Environment,
    Exchange,
    HoldingEntry,
    MarketState,
    OrderNews,
    PracticeAccount,
    of_broker,
)
from hoga.practice.kiwoom import records
from hoga.practice.kiwoom.answers import Row
from hoga.practice.kiwoom.codes import asked_code
from hoga.practice.kiwoom.frames import push
from hoga.practice.kiwoom.keys import KiwoomKeys
from hoga.practice.kiwoom.notices import BALANCE, ORDERS, Beside, balance_values, is_told, order_values
from hoga.practice.kiwoom.records import BEST, BOOK, EXPECTED, INTERRUPTION, SESSION, TRADE
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.kiwoom.stream import StreamSession
from hoga.practice.listener import Listener, Print
from hoga.practice.ranges import PriceRanges
from hoga.practice.realised import day_results

ENTRIES_PER_FRAME = 20
"""A sweep through many resting orders is cut into frames of at most so many trades."""

_Topic: TypeAlias = tuple[str, str]
"""A type, and the code or account it is about; "" for what is about the whole market."""


class KiwoomFeed(Listener):
    """All WebSocket sessions of one exchange. ``refuse`` lets a fault answer the next registration with a text."""

    def __init__(
        self,
        exchange: Exchange,
        keys: KiwoomKeys,
        settings: KiwoomSettings,
        *,
        wire_now: Callable[[], float],
        refuse: Callable[[Environment], str | None] = lambda _environment: None,
    ) -> None:
        self.settings = settings
        self.injected_refusal = refuse
        super().__init__(exchange)
        self._keys = keys
        self._wire_now = wire_now
        self._accounts = {account.number for account in of_broker(exchange, Broker.KIWOOM)}
        self._sessions: dict[StreamSession, None] = {}
        self._in_use: dict[str, StreamSession] = {}
        self._watchers: dict[_Topic, dict[str, dict[StreamSession, None]]] = {}
        self._sent_books: dict[str, Book] = {}
        self._sent_bests: dict[str, Row] = {}
        self._interrupted: dict[str, bool] = {}
        self._ranges = PriceRanges(exchange)
        self._today = exchange.trading_date()

    @property
    def sessions(self) -> Sequence[StreamSession]:
        return tuple(self._sessions)

    def open(
        self,
        environment: Environment,
        send: Callable[[str], None],
        cut: Callable[[str], None],
        hang_up: Callable[[], None],
    ) -> StreamSession:
        """A client connected. ``cut`` and ``hang_up`` must end the socket and, soon after, close the session."""
        session = StreamSession(self, environment, send, cut, hang_up, self._wire_now())
        self._sessions[session] = None
        return session

    # --- what sessions ask ------------------------------------------------------------------------------------------

    def owner_of_token(self, token: str) -> PracticeAccount | None:
        return self._keys.owner_of_token(token)

    def claim(self, account: PracticeAccount, session: StreamSession) -> None:
        """Bind an app key to a session; an older session of the key is told R10001 and closed."""
        holder = self._in_use.get(account.appkey)
        self._in_use[account.appkey] = session
        if holder is not None and holder is not session and self.settings.one_session:
            holder.end("R10001")

    def forget(self, session: StreamSession) -> None:
        self._sessions.pop(session, None)
        self.watch(session, (), session.pairs)
        for appkey in [key for key, holder in self._in_use.items() if holder is session]:
            del self._in_use[appkey]

    def watch(
        self, session: StreamSession, added: Iterable[tuple[str, str]], dropped: Iterable[tuple[str, str]]
    ) -> None:
        """Registrations changed. Who comes to the session type is told at once which one it is."""
        for kind, item in dropped:
            self._drop(session, kind, item)
        for kind, item in sorted(added):
            topic = self._topic(session, kind, item)
            if topic is not None:
                self._watchers.setdefault(topic, {}).setdefault(item, {})[session] = None
            if kind == SESSION:
                session.send(push(SESSION, item, [records.session_values(self._exchange.now())]))

    def _drop(self, session: StreamSession, kind: str, item: str) -> None:
        topic = self._topic(session, kind, item)
        items = self._watchers.get(topic, {}) if topic is not None else {}
        items.get(item, {}).pop(session, None)
        if not items.get(item, True):
            del items[item]
        if topic is not None and not items:
            self._watchers.pop(topic, None)

    def _topic(self, session: StreamSession, kind: str, item: str) -> _Topic | None:
        """None for a code that this exchange does not know: registered, never pushed."""
        if kind in (ORDERS, BALANCE):
            return (kind, session.account.number) if session.account is not None else None
        if kind in (SESSION, INTERRUPTION):
            return (kind, "")
        instrument = asked_code(self._exchange.instruments(), item).instrument
        return None if instrument is None else (kind, instrument.code)

    # --- what the exchange says -------------------------------------------------------------------------------------

    def _watches_trades(self, code: str) -> bool:
        return (TRADE, code) in self._watchers

    def _on_book(self, code: str, book: Book) -> None:
        wanted = {kind for kind in (BEST, BOOK, EXPECTED) if (kind, code) in self._watchers}
        interruptions = (INTERRUPTION, "") in self._watchers
        state = self._exchange.state(code) if wanted or interruptions else None
        if state is None:
            return
        if BEST in wanted:
            self._send_best(code, records.best_values(book, state.base))
        if BOOK in wanted:
            before, self._sent_books[code] = self._sent_books.get(code), book
            self._push((BOOK, code), [records.book_values(book, state, before)])
        if EXPECTED in wanted and book.expected_units:
            self._push((EXPECTED, code), [records.expected_values(book, state)])
        if interruptions:
            self._tell_interruption(code, state)

    def _send_best(self, code: str, best: Row) -> None:
        if self._sent_bests.get(code) != best:
            self._sent_bests[code] = best
            self._push((BEST, code), [best])

    def _tell_interruption(self, code: str, state: MarketState) -> None:
        """Only changes are told; every name trades until it is seen not to."""
        on = state.flags.volatility_interruption
        if self._interrupted.setdefault(code, False) != on:
            self._interrupted[code] = on
            self._push((INTERRUPTION, ""), [records.interruption_values(state)], item=code)

    def flush(self) -> None:
        super().flush()
        if self._exchange.trading_date() != self._today:
            self._today = self._exchange.trading_date()
            self._push((SESSION, ""), [records.session_values(self._exchange.now())])

    def _send_prints(self, code: str, prints: list[Print], book: Book | None = None) -> None:
        if not prints:
            return
        yesterday = self._ranges.of(prints[-1].state).yesterday
        amount = yesterday.amount_units if yesterday is not None else 0
        values = [records.trade_values(each, amount) for each in prints]
        for at in range(0, len(values), ENTRIES_PER_FRAME):
            self._push((TRADE, code), values[at : at + ENTRIES_PER_FRAME])

    def _on_news(self, news: OrderNews) -> None:
        entry = news.entry
        if entry.account not in self._accounts or not is_told(news):
            return
        orders, balance = (ORDERS, entry.account), (BALANCE, entry.account)
        state = self._exchange.state(entry.code)
        if state is None or not (orders in self._watchers or balance in self._watchers):
            return
        beside = self._beside(news, state)
        if orders in self._watchers:
            cumulative = self.settings.cumulative_filled
            self._push(orders, [order_values(news, beside, cumulative=cumulative)], item=entry.code)
        if news.fill is not None and balance in self._watchers:
            values = balance_values(news, beside, self._holding(entry.account, entry.code), self._realised(news))
            self._push(balance, [values], item=entry.code)

    def _beside(self, news: OrderNews, state: MarketState) -> Beside:
        """With the executions of the order up to this one: later ones of the same step are told later."""
        entry, fill = news.entry, news.fill
        day = entry.trading_date
        every = self._exchange.fills(entry.account, day, day) if fill is not None else ()
        last = fill.execution if fill is not None else 0
        fills = [each for each in every if each.number == entry.number and each.execution <= last]
        return Beside(self._exchange.instruments()[entry.code], state, self._exchange.book(entry.code), fills)

    def _holding(self, account: str, code: str) -> HoldingEntry:
        none = HoldingEntry(code, 0, 0, 0, 0, 0, 0, 0)
        return next((held for held in self._exchange.holdings(account) if held.code == code), none)

    def _realised(self, news: OrderNews) -> tuple[int, int]:
        day = news.entry.trading_date
        results = day_results(self._exchange, news.entry.account, day, day)
        own = [result for result in results if result.code == news.entry.code]
        return sum(result.profit for result in own), sum(result.cost for result in own)

    def _push(self, topic: _Topic, values: Sequence[Row], *, item: str | None = None) -> None:
        """To everybody who watches the topic, under the item that each registered (or ``item``)."""
        for registered, sessions in list(self._watchers.get(topic, {}).items()):
            text = push(topic[0], registered if item is None else item, values)
            for session in list(sessions):
                session.send(text)
