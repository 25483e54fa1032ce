"""One client's WebSocket, without the socket: texts and ticks of wire time come in; texts go out through ``send``.

``cut`` ends the connection at once and without a close frame, ``hang_up`` with one, after what was sent has left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.kiwoom import frames
from hoga.practice.kiwoom.frames import Said, Unreadable
from hoga.practice.kiwoom.notices import BALANCE, ORDERS
from hoga.practice.kiwoom.records import NAMES

if TYPE_CHECKING:
    from hoga.practice.kiwoom.feed import KiwoomFeed

_SILENT_TYPES = frozenset(
    ("0A", "0E", "0F", "0G", "0I", "0J", "0U", "0g", "0m", "0u", "0w", "02", "F4", "F5", "FE", "FT")
)
"""Types of the broker that this exchange has nothing to say of: registered, never pushed."""
_WITHOUT_ITEM = frozenset((ORDERS, BALANCE, "0s", "1h"))


class StreamSession:
    """One connection. LOGIN binds it to the token's account; a second login of the same app key ends the first one.

    Registrations are kept by group; REG with ``refresh`` 0 drops every one before it, as at the broker.
    """

    def __init__(
        self,
        feed: KiwoomFeed,
        environment: Environment,
        send: Callable[[str], None],
        cut: Callable[[str], None],
        hang_up: Callable[[], None],
        started: float,
    ) -> None:
        self.environment = environment
        self.account: PracticeAccount | None = None
        self.closed = False
        self._feed = feed
        self._send = send
        self._cut = cut
        self._hang_up = hang_up
        self._started = started
        self._pinged = started
        self._unanswered: float | None = None
        self._groups: dict[str, dict[tuple[str, str], None]] = {}

    # --- in ---------------------------------------------------------------------------------------------------------

    def receive(self, text: str, now: float) -> None:
        """A text frame arrived. Nothing a client says can raise."""
        if self.closed:
            return
        try:
            said = frames.read_said(text)
        except Unreadable as error:
            self.send(frames.answer(frames.SYSTEM, frames.REFUSED, str(error)))
            return
        if said.name == frames.PING:
            self._unanswered = None
        elif said.name == frames.LOGIN:
            self._log_in(said.token, now)
        elif self.account is None:
            self.send(frames.not_logged_in(said.name))
        else:
            self._obey(said)

    def pong(self, payload: bytes, now: float) -> None:
        """Control frames mean nothing here: the broker's keep-alive is a text (kiwoom.md 5)."""

    def tick(self, now: float) -> None:
        """Send PING when it is due; end a connection that does not log in or does not answer. ``now`` is wire time."""
        settings = self._feed.settings
        if self.closed:
            return
        if self.account is None:
            if 0 < settings.login_seconds <= now - self._started:
                self.end("R10004")
        elif self._unanswered is not None and 0 < settings.ping_drop_seconds <= now - self._unanswered:
            self.end("R10002")
        elif 0 < settings.ping_seconds <= now - self._pinged:
            self._pinged = now
            self._unanswered = now if self._unanswered is None else self._unanswered
            self.send(frames.ping())

    def close(self, now: float, *, clean: bool = True) -> None:
        """The socket is gone. Safe to call twice."""
        if not self.closed:
            self.closed = True
            self._feed.forget(self)

    # --- out --------------------------------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        if not self.closed:
            self._send(text)

    def end(self, code: str) -> None:
        """Say why, then close."""
        self.send(frames.system(code))
        self._hang_up()

    def cut(self, why: str) -> None:
        """End the connection without a close frame."""
        self._cut(why)

    # --- demands ----------------------------------------------------------------------------------------------------

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Every (type, item) that is registered in some group."""
        return {pair for group in self._groups.values() for pair in group}

    def _log_in(self, token: str, now: float) -> None:
        account = self._feed.owner_of_token(token)
        if account is None or account.environment is not self.environment:
            self.send(frames.login_refusal("8005" if account is None else "8031"))
            self._hang_up()
            return
        self.account = account
        self._pinged = now
        self._feed.claim(account, self)
        self.send(frames.login_answer(sor=self._feed.settings.sor))
        if self._feed.settings.system_frames and self.environment is Environment.REAL:
            self.send(frames.system("R10000"))

    def _obey(self, said: Said) -> None:
        if said.name == frames.REG:
            self._register(said)
        elif said.name == frames.REMOVE:
            self._remove(said)
        elif said.name == frames.CONDITION_LIST:
            self.send(frames.no_conditions())
        else:
            self.send(frames.answer(said.name, frames.REFUSED, "지원하지 않는 전문입니다"))

    def _register(self, said: Said) -> None:
        why = self._feed.injected_refusal(self.environment) or self._objection(said)
        if why is not None:
            self.send(frames.answer(frames.REG, frames.REFUSED, why))
            return
        before = self.pairs
        if not said.keep:
            self._groups.clear()
        self._groups.setdefault(said.group, {}).update(dict.fromkeys(said.pairs))
        self.send(frames.answer(frames.REG))
        self._feed.watch(self, self.pairs - before, before - self.pairs)

    def _remove(self, said: Said) -> None:
        """Without data the whole group goes."""
        before = self.pairs
        if said.pairs:
            for pair in said.pairs:
                self._groups.get(said.group, {}).pop(pair, None)
        else:
            self._groups.pop(said.group, None)
        self.send(frames.answer(frames.REMOVE))
        self._feed.watch(self, set(), before - self.pairs)

    def _objection(self, said: Said) -> str | None:
        """Why a registration cannot be taken; None when it can."""
        if not said.pairs:
            return "등록할 항목이 없습니다"
        group = {} if not said.keep else self._groups.get(said.group, {})
        codes = {item for _, item in (*group, *said.pairs) if item}
        if len(codes) > self._feed.settings.codes_per_registration:
            return f"그룹당 {self._feed.settings.codes_per_registration}종목까지 등록할 수 있습니다"
        for kind, item in said.pairs:
            if kind not in NAMES and kind not in _SILENT_TYPES:
                return f"없는 실시간 타입입니다 ({kind})"
            if not item and kind in NAMES and kind not in _WITHOUT_ITEM:
                return f"종목코드가 없습니다 ({kind})"
        return None
