"""One client's WebSocket, without the socket: what comes in are texts, pongs and ticks of wire time; what goes out are
texts through ``send`` and, when the server has had enough, one call of ``cut``.

So the real server and a test on virtual time run the same session.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.kis.control_frames import TEXTS, Action, Demand, Echo, Refusal, answer, ping, read_message, stamp
from hoga.practice.kis.crypto import CipherKey
from hoga.practice.kis.records import BOOK_TR, STATUS_TR, TRADE_TR

if TYPE_CHECKING:
    from hoga.practice.kis.feed import StreamFeed

DOMESTIC_NOTICE = {Environment.REAL: "H0STCNI0", Environment.PAPER: "H0STCNI9"}
FOREIGN_NOTICE = {Environment.REAL: "H0GSCNI0", Environment.PAPER: "H0GSCNI9"}
_MARKET_TRS = {
    Environment.REAL: frozenset({TRADE_TR, BOOK_TR, STATUS_TR}),
    Environment.PAPER: frozenset({TRADE_TR, BOOK_TR}),
}
_PINGS_REMEMBERED = 16


class Registration(Struct, frozen=True):
    """What a session asked for. ``code`` is the instrument (blank for notices); ``accounts`` whose notices it gets."""

    tr: str
    key: str
    code: str = ""
    accounts: frozenset[str] = frozenset()


class StreamSession:
    """One connection of one app key.

    The key is bound by the first valid approval; a second connection of the same key is told OPSP8996 and stays open.
    Registrations beyond the limit are refused with OPSP0008. A foreign HTS id cuts the connection without a close
    frame, as KIS does (kis.md 2.5).
    """

    def __init__(
        self,
        feed: StreamFeed,
        environment: Environment,
        send: Callable[[str], None],
        cut: Callable[[str], None],
        cipher: CipherKey,
        started: float,
    ) -> None:
        self.environment = environment
        self.registrations: dict[tuple[str, str], Registration] = {}
        self.account: PracticeAccount | None = None
        self.closed = False
        self._feed = feed
        self._send = send
        self._cut = cut
        self._cipher = cipher
        self._pings: deque[str] = deque(maxlen=_PINGS_REMEMBERED)
        self._pinged = started
        self._answered = started

    # --- in ---------------------------------------------------------------------------------------------------------

    def receive(self, text: str, now: float) -> None:
        """A text frame arrived. Every demand is answered; nothing a client says can raise."""
        if self.closed:
            return
        try:
            said = read_message(text)
            if isinstance(said, Echo):
                self._hear(said.stamp, now)
            else:
                self._obey(said)
        except Refusal as refusal:
            self.send(answer(refusal.code, refusal.tr, refusal.key))

    def pong(self, payload: bytes, now: float) -> None:
        """A pong control frame arrived: it counts when it carries one of our PINGPONG messages."""
        try:
            said = read_message(payload.decode())
        except (Refusal, UnicodeDecodeError):
            return
        if isinstance(said, Echo):
            self._hear(said.stamp, now)

    def tick(self, now: float) -> None:
        """Send PINGPONG when it is due; cut a client that has not answered for too long. ``now`` is wire time."""
        settings = self._feed.settings
        if self.closed:
            return
        silent = now - self._answered
        if self._pings and 0 < settings.ping_drop_seconds < silent:
            self.cut("no answer to PINGPONG")
        elif 0 < settings.ping_seconds <= now - self._pinged:
            at = self._feed.now()
            if not self._pings:
                self._answered = now
            self._pings.append(stamp(at))
            self._pinged = now
            self.send(ping(at))

    def close(self, now: float, *, clean: bool = True) -> None:
        """The socket is gone. Safe to call twice."""
        if not self.closed:
            self.closed = True
            self._feed.forget(self, now, clean=clean)

    # --- out --------------------------------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        if not self.closed:
            self._send(text)

    def send_secret(self, tr: str, record: str) -> None:
        """An encrypted frame with one record."""
        self.send(f"1|{tr}|001|{self._cipher.encrypt(record)}")

    def cut(self, why: str) -> None:
        """End the connection without a close frame."""
        self._cut(why)

    # --- demands ----------------------------------------------------------------------------------------------------

    def _hear(self, echoed: str, now: float) -> None:
        if echoed in self._pings:
            self._pings.clear()
            self._answered = now

    def _obey(self, demand: Demand) -> None:
        self._identify(demand)
        if (code := self._feed.injected_refusal(self.environment)) is not None:
            raise Refusal(code if code in TEXTS else "OPSP0007", demand.tr, demand.key)
        where = (demand.tr, demand.key)
        if demand.action is Action.UNSUBSCRIBE:
            self._unsubscribe(where)
        elif where in self.registrations:
            raise Refusal("OPSP0002", *where)
        else:
            self._subscribe(where)

    def _identify(self, demand: Demand) -> None:
        """Find whose approval key it is and bind the connection to that account's app key."""
        if not demand.approval:
            known = self._feed.knows_appkey(demand.appkey)
            raise Refusal("OPSP0010" if known else "OPSP9994", demand.tr, demand.key)
        account = self._feed.account_for(demand.approval, self.environment)
        if account is None:
            raise Refusal("OPSP0011", demand.tr, demand.key)
        if not self._feed.claim(account, self):
            raise Refusal("OPSP8996")
        self.account = account

    def _unsubscribe(self, where: tuple[str, str]) -> None:
        registration = self.registrations.pop(where, None)
        if registration is None:
            raise Refusal("OPSP0003", *where)
        self._feed.unwatch(self, registration)
        self.send(answer("OPSP0001", *where, encrypt=bool(registration.accounts)))

    def _subscribe(self, where: tuple[str, str]) -> None:
        registration = self._checked(*where)
        if len(self.registrations) >= self._feed.settings.registrations:
            raise Refusal("OPSP0008", *where)
        self.registrations[where] = registration
        # The ack comes before any frame: without its key a client cannot read an encrypted one.
        self.send(answer("OPSP0000", *where, encrypt=bool(registration.accounts), cipher=self._cipher))
        self._feed.watch(self, registration)

    def _checked(self, tr: str, key: str) -> Registration:
        if tr in (DOMESTIC_NOTICE[self.environment], FOREIGN_NOTICE[self.environment]):
            return Registration(tr, key, accounts=self._accounts_of(tr, key))
        if tr not in _MARKET_TRS[self.environment]:
            raise Refusal("OPSP8991", tr, key)
        code = self._feed.code_of(key)
        if code is None:
            raise Refusal("OPSP8992", tr, key)
        return Registration(tr, key, code=code)

    def _accounts_of(self, tr: str, hts_id: str) -> frozenset[str]:
        """Notices go by HTS id: one id gets those of all its accounts here (kis.md quirk 50).

        The id of the same person's account in the other environment is taken as well: a client that has both may send
        either (it then gets the notices of the account whose key it uses).
        """
        own = self.account
        if own is None:
            raise Refusal("OPSP0011", tr, hts_id)
        holders = [account for account in self._feed.accounts() if account.hts_id == hts_id]
        here = {account.number for account in holders if account.environment is self.environment}
        if own.number in here:
            return frozenset(here)
        if holders and not here:
            return frozenset({own.number})
        self.cut("unknown HTS id")
        raise Refusal("OPSP8992", tr, hts_id)
