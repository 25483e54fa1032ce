"""Hears the exchange once and hands its news to the sessions that registered for them, as frames of the wire.

Trades of one step travel in one frame of several records; a changed book follows the trades that changed it; notices
are encrypted with the key of each connection. An instrument nobody watches costs one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from hoga.domain.market_data import Book
from hoga.practice.api import (
    Broker,
    Environment,
    Exchange,
    OrderNews,
    PracticeAccount,
    of_broker,
)
from hoga.practice.kis.codes import find_instrument
from hoga.practice.kis.crypto import CipherKey
from hoga.practice.kis.notices import is_told, notice_record
from hoga.practice.kis.records import (
    BOOK_TR,
    STATUS_TR,
    TRADE_TR,
    book_record,
    frame,
    status_record,
    trade_record,
)
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.kis.stream import DOMESTIC_NOTICE, Registration, StreamSession
from hoga.practice.listener import Listener, Print

RECORDS_PER_FRAME = 50
"""A sweep through many resting orders is cut into frames of at most so many trades."""


class Approvals(Protocol):
    """Whose approval keys are whose."""

    def account_for_approval(self, key: str, environment: Environment) -> PracticeAccount | None: ...


class StreamFeed(Listener):
    """All WebSocket sessions of one exchange. ``refuse`` lets a fault answer the next registration with a code."""

    def __init__(
        self,
        exchange: Exchange,
        approvals: Approvals,
        settings: DoorSettings,
        *,
        wire_now: Callable[[], float],
        refuse: Callable[[Environment], str | None] = lambda _environment: None,
    ) -> None:
        self.settings = settings
        self.injected_refusal = refuse
        super().__init__(exchange)
        self._approvals = approvals
        self._wire_now = wire_now
        self._accounts = {account.number: account for account in of_broker(exchange, Broker.KIS)}
        self._sessions: dict[StreamSession, None] = {}
        self._in_use: dict[str, StreamSession] = {}
        self._lingering: dict[str, float] = {}
        self._watchers: dict[tuple[str, str], dict[StreamSession, Registration]] = {}
        self._sent_books: dict[str, Book] = {}
        self._sent_status: dict[str, str] = {}
        self._opened = 0

    @property
    def sessions(self) -> Sequence[StreamSession]:
        return tuple(self._sessions)

    def open(self, environment: Environment, send: Callable[[str], None], cut: Callable[[str], None]) -> StreamSession:
        """A client connected. ``cut`` must end the socket without a close frame and, soon after, close the session."""
        self._opened += 1
        cipher = CipherKey.derive(f"{self._exchange.ledger_id}/{environment.value}/{self._opened}")
        session = StreamSession(self, environment, send, cut, cipher, self._wire_now())
        self._sessions[session] = None
        return session

    # --- what sessions ask ------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self._exchange.now()

    def accounts(self) -> Sequence[PracticeAccount]:
        return tuple(self._accounts.values())

    def account_for(self, approval: str, environment: Environment) -> PracticeAccount | None:
        return self._approvals.account_for_approval(approval, environment)

    def knows_appkey(self, appkey: str) -> bool:
        return any(account.appkey == appkey for account in self._accounts.values())

    def code_of(self, key: str) -> str | None:
        """The instrument of a tr_key; None where there is no such instrument."""
        instrument = find_instrument(self._exchange.instruments(), key)
        return None if instrument is None else instrument.code

    def claim(self, account: PracticeAccount, session: StreamSession) -> bool:
        """Bind an app key to a session; False while another connection uses it (or has just broken off)."""
        holder = self._in_use.get(account.appkey)
        if holder is not None and holder is not session:
            return False
        if self._lingering.get(account.appkey, 0.0) > self._wire_now():
            return False
        self._lingering.pop(account.appkey, None)
        self._in_use[account.appkey] = session
        return True

    def forget(self, session: StreamSession, now: float, *, clean: bool) -> None:
        self._sessions.pop(session, None)
        for registration in session.registrations.values():
            self.unwatch(session, registration)
        for appkey in [key for key, holder in self._in_use.items() if holder is session]:
            del self._in_use[appkey]
            if not clean and self.settings.key_linger_seconds > 0:
                self._lingering[appkey] = now + self.settings.key_linger_seconds

    def watch(self, session: StreamSession, registration: Registration) -> None:
        for topic in _topics(registration):
            self._watchers.setdefault(topic, {})[session] = registration
        if registration.tr == STATUS_TR:
            self._tell_status(registration.code)

    def unwatch(self, session: StreamSession, registration: Registration) -> None:
        for topic in _topics(registration):
            watchers = self._watchers.get(topic, {})
            if watchers.get(session) is registration:
                del watchers[session]
            if not watchers:
                self._watchers.pop(topic, None)

    # --- what the exchange says -------------------------------------------------------------------------------------

    def _watches_trades(self, code: str) -> bool:
        return (TRADE_TR, code) in self._watchers

    def _on_book(self, code: str, book: Book) -> None:
        self._tell_status(code)
        watchers = self._watchers.get((BOOK_TR, code))
        state = self._exchange.state(code) if watchers else None
        if not watchers or state is None:
            return
        before, self._sent_books[code] = self._sent_books.get(code), book
        text = frame(BOOK_TR, [book_record(book, state, before, self.settings.book_width)])
        for session in list(watchers):
            session.send(text)

    def _send_prints(self, code: str, prints: list[Print], book: Book | None = None) -> None:
        if not prints:
            return
        beside = self._exchange.book(code) if book is None else book
        records = [trade_record(each, beside, self.settings.trade_width) for each in prints]
        frames = [
            frame(TRADE_TR, records[at : at + RECORDS_PER_FRAME]) for at in range(0, len(records), RECORDS_PER_FRAME)
        ]
        for session in list(self._watchers.get((TRADE_TR, code), {})):
            for text in frames:
                session.send(text)

    def _tell_status(self, code: str) -> None:
        """H0STMKO0 is sent only when something changed; the state at registration is where counting starts."""
        watchers = self._watchers.get((STATUS_TR, code))
        state = self._exchange.state(code) if watchers else None
        if not watchers or state is None:
            return
        status = status_record(state)
        if self._sent_status.setdefault(code, status) != status:
            self._sent_status[code] = status
            for session in list(watchers):
                session.send(frame(STATUS_TR, [status]))

    def _on_news(self, news: OrderNews) -> None:
        if not is_told(news):
            return
        account = self._accounts.get(news.entry.account)
        if account is None:
            return
        tr = DOMESTIC_NOTICE[account.environment]
        instrument = self._exchange.instruments()[news.entry.code]
        for session, registration in list(self._watchers.get((tr, account.number), {}).items()):
            record = notice_record(news, account, instrument, registration.key, self.settings.notice_width)
            session.send_secret(tr, record)


def _topics(registration: Registration) -> list[tuple[str, str]]:
    """Under which keys the feed finds the watchers: by instrument, or by account for notices."""
    if registration.accounts:
        return [(registration.tr, number) for number in sorted(registration.accounts)]
    return [(registration.tr, registration.code)]
